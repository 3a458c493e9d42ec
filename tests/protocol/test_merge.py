"""Merge per field: who wins, what is kept for a person to look at, and what is no conflict at all."""

from typing import Any

import pytest

from .client import Api, Mutation, Phone
from .clock import MINUTE_MS
from .goods import listing, reviews, sale


@pytest.fixture
def shop(member: Phone, manager: Phone) -> Mutation:
    """A listing that the member's phone and the manager's have both seen."""
    created = member.record("listing", listing(member.member_id, description="vụ xuân"), at=member.stamp(-MINUTE_MS))
    member.sync()
    manager.sync()
    return created


def values_seen(phone: Phone, mutation: Mutation) -> dict[str, Any]:
    return phone.sync().row(mutation).values


def test_a_causal_edit_replaces_without_a_review(shop: Mutation, member: Phone, manager: Phone) -> None:
    edit = manager.mutation("listing", {"description": "vụ hè"}, shop["id"])
    assert edit["base"] == {"description": shop["at"]}
    assert manager.send(edit)[0]["outcome"] == "applied"
    assert values_seen(member, shop)["description"] == "vụ hè"
    assert reviews(manager, "conflict", shop, status=None) == []


@pytest.mark.parametrize("later_first", [False, True])
def test_concurrent_values_merge_and_the_greater_stamp_wins(
    shop: Mutation, member: Phone, manager: Phone, later_first: bool
) -> None:
    mine = member.mutation("listing", {"price_vnd": 111}, shop["id"], at=member.stamp(-2000))
    theirs = manager.mutation("listing", {"price_vnd": 222}, shop["id"], at=manager.stamp(-1000))
    pair = [(member, mine), (manager, theirs)]
    (one, first), (two, second) = reversed(pair) if later_first else pair
    assert one.send(first)[0]["outcome"] == "applied"
    assert two.send(second)[0]["outcome"] == "merged"
    assert values_seen(member, shop)["price_vnd"] == 222
    assert member.row(shop).stamps["price_vnd"] == theirs["at"]


def test_a_conflict_review_names_both_sides(shop: Mutation, member: Phone, manager: Phone) -> None:
    mine = member.mutation("listing", {"price_vnd": 111}, shop["id"])
    theirs = manager.mutation("listing", {"price_vnd": 222}, shop["id"])
    member.send(mine)
    manager.send(theirs)
    (review,) = reviews(manager, "conflict", shop)
    assert (review["entity"], review["record_id"], review["field"]) == (
        "listing",
        shop["id"],
        "price_vnd",
    )
    assert (review["kind"], review["status"]) == ("conflict", "open")
    assert review["coop_id"] == manager.user["coop_id"]
    assert review["opened_at"]
    sides = {side["value"]: side for side in review["sides"]}
    assert set(sides) == {111, 222}
    assert (sides[111]["replica"], sides[111]["at"]) == (member.replica, mine["at"])
    assert (sides[222]["replica"], sides[222]["at"]) == (manager.replica, theirs["at"])
    assert all(side["account"] and side["arrived_at"] for side in sides.values())


def test_equal_values_never_conflict_but_the_greater_stamp_is_kept(
    shop: Mutation, member: Phone, manager: Phone
) -> None:
    mine = member.mutation("listing", {"price_vnd": 333}, shop["id"], at=member.stamp(-1000))
    theirs = manager.mutation("listing", {"price_vnd": 333}, shop["id"], at=manager.stamp(-2000))
    assert member.send(mine)[0]["outcome"] == "applied"
    assert manager.send(theirs)[0]["outcome"] == "applied"
    member.sync()
    assert member.row(shop).stamps["price_vnd"] == mine["at"]
    higher = manager.mutation("listing", {"price_vnd": 333}, shop["id"], at=manager.stamp())
    assert manager.send(higher)[0]["outcome"] == "applied"
    member.sync()
    assert member.row(shop).stamps["price_vnd"] == higher["at"]
    assert reviews(manager, "conflict", shop, status=None) == []


def test_different_fields_never_conflict(shop: Mutation, member: Phone, manager: Phone) -> None:
    mine = member.mutation("listing", {"price_vnd": 444}, shop["id"])
    theirs = manager.mutation("listing", {"description": "vụ thu"}, shop["id"])
    assert member.send(mine)[0]["outcome"] == "applied"
    assert manager.send(theirs)[0]["outcome"] == "applied"
    seen = values_seen(member, shop)
    assert (seen["price_vnd"], seen["description"]) == (444, "vụ thu")
    assert reviews(manager, "conflict", shop, status=None) == []


def test_one_field_of_two_may_conflict(shop: Mutation, member: Phone, manager: Phone) -> None:
    mine = member.mutation("listing", {"price_vnd": 555, "description": "giống nhau"}, shop["id"])
    theirs = manager.mutation("listing", {"price_vnd": 556, "description": "giống nhau"}, shop["id"])
    member.send(mine)
    assert manager.send(theirs)[0]["outcome"] == "merged"
    assert [review["field"] for review in reviews(manager, "conflict", shop)] == ["price_vnd"]


def test_one_review_per_field_and_pair_is_brought_up_to_date(shop: Mutation, member: Phone, manager: Phone) -> None:
    for number in range(1, 4):
        member.send(member.mutation("listing", {"price_vnd": number * 10}, shop["id"]))
        manager.send(manager.mutation("listing", {"price_vnd": number * 10 + 1}, shop["id"]))
    (review,) = reviews(manager, "conflict", shop)
    assert {side["value"] for side in review["sides"]} == {30, 31}


def test_two_pairs_of_phones_make_two_reviews(
    shop: Mutation, member: Phone, member_again: Phone, manager: Phone
) -> None:
    member_again.sync()
    for number, phone in enumerate((member, member_again, manager)):
        at = phone.stamp(number * 10)
        phone.send(phone.mutation("listing", {"price_vnd": 700 + number}, shop["id"], at=at))
    pairs = {frozenset(side["replica"] for side in review["sides"]) for review in reviews(manager, "conflict", shop)}
    assert frozenset((member_again.replica, manager.replica)) in pairs
    assert len(pairs) == 2


def test_a_clone_and_its_twin_conflict_as_two_phones_do(shop: Mutation, member: Phone, manager: Phone) -> None:
    twin = member.clone()
    assert twin.clock.session != member.clock.session
    mine = member.mutation("listing", {"price_vnd": 801}, shop["id"])
    theirs = twin.mutation("listing", {"price_vnd": 802}, shop["id"])
    assert member.send(mine)[0]["outcome"] == "applied"
    assert twin.send(theirs)[0]["outcome"] == "merged"
    (review,) = reviews(manager, "conflict", shop)
    assert {side["replica"] for side in review["sides"]} == {member.replica}


def test_a_conflict_is_counted_on_the_record_and_comes_with_the_next_page(
    shop: Mutation, member: Phone, manager: Phone
) -> None:
    assert member.row(shop).derived.get("open_reviews", 0) == 0
    member.send(member.mutation("listing", {"price_vnd": 1}, shop["id"]))
    manager.send(manager.mutation("listing", {"price_vnd": 2}, shop["id"]))
    assert member.sync().row(shop).derived["open_reviews"] == 1


def test_concurrent_reasons_of_two_voids_merge(member: Phone, manager: Phone) -> None:
    sold = member.record("sale", sale(member.member_id))
    member.sync()
    manager.sync()
    mine = member.mutation("sale", {"voided": True, "void_reason": "nhầm số lượng"}, sold["id"])
    theirs = manager.mutation("sale", {"voided": True, "void_reason": "khách trả lại"}, sold["id"])
    member.send(mine)
    assert manager.send(theirs)[0]["outcome"] == "merged"
    assert member.sync().row(sold).values["voided"] is True
    assert [review["field"] for review in reviews(manager, "conflict", sold)] == ["void_reason"]


def test_text_is_kept_as_nfc_and_trimmed(member: Phone) -> None:
    decomposed = member.record("listing", listing(member.member_id, description="  Cha\u0300o cho\u031b\u0323  "))
    receipt = member.send(decomposed)[0]
    if receipt["outcome"] == "applied":
        assert member.sync().row(decomposed).values["description"] == "Chào chợ"


def test_an_admin_reads_conflicts_of_every_cooperative(
    shop: Mutation, member: Phone, manager: Phone, admin: Api
) -> None:
    member.send(member.mutation("listing", {"price_vnd": 11}, shop["id"]))
    manager.send(manager.mutation("listing", {"price_vnd": 12}, shop["id"]))
    assert len(reviews(admin, "conflict", shop)) == 1


def test_one_mutation_may_win_one_field_and_lose_another(shop: Mutation, member: Phone, manager: Phone) -> None:
    member.send(member.mutation("listing", {"price_vnd": 1}, shop["id"], at=member.stamp(-3000)))
    member.send(member.mutation("listing", {"description": "sau"}, shop["id"], at=member.stamp(-1000)))
    values = {"price_vnd": 2, "description": "giữa"}
    between = manager.mutation("listing", values, shop["id"], at=manager.stamp(-2000))
    assert manager.send(between)[0]["outcome"] == "merged"
    row = member.sync().row(shop)
    assert (row.values["price_vnd"], row.values["description"]) == (2, "sau")
    assert {review["field"] for review in reviews(manager, "conflict", shop)} == set(values)


@pytest.mark.parametrize("turned", [False, True])
def test_at_the_same_instant_the_greater_session_wins(
    shop: Mutation, member: Phone, manager: Phone, turned: bool
) -> None:
    instant = member.stamp(-1000)[:18]
    edits = [
        (
            phone,
            phone.mutation("listing", {"price_vnd": price}, shop["id"], at=f"{instant}{phone.clock.session}"),
        )
        for price, phone in ((1, member), (2, manager))
    ]
    for phone, mutation in reversed(edits) if turned else edits:
        phone.send(mutation)
    winner = max((mutation for _, mutation in edits), key=lambda mutation: str(mutation["at"]))
    assert member.sync().row(shop).stamps["price_vnd"] == winner["at"]
    assert member.row(shop).values["price_vnd"] == winner["set"]["price_vnd"]
    assert len(reviews(manager, "conflict", shop)) == 1
