"""Causality by base: directly, through the log's chains, within a session, and found out late."""

from collections.abc import Callable

import pytest

from .client import Mutation, Phone
from .clock import DAY_MS, MINUTE_MS
from .goods import listing, reviews

Edit = Callable[..., Mutation]


@pytest.fixture
def shop(member: Phone, manager: Phone) -> Mutation:
    created = member.record(
        "listing",
        listing(member.member_id, description="đầu tiên"),
        at=member.stamp(-10 * MINUTE_MS),
    )
    member.sync()
    manager.sync()
    return created


@pytest.fixture
def edit(shop: Mutation) -> Edit:
    """`edit(phone, value, offset_ms, base)`: a change of the listing's description, its base said outright."""

    def make(phone: Phone, value: str, offset_ms: int, base: str | None) -> Mutation:
        named = {"description": base} if base else {}
        at = phone.stamp(offset_ms)
        return phone.mutation("listing", {"description": value}, shop["id"], at=at, base=named)

    return make


def description(phone: Phone, shop: Mutation) -> str:
    return str(phone.sync().row(shop).values["description"])


def test_a_base_that_names_the_stored_value_is_causal(shop: Mutation, edit: Edit, manager: Phone) -> None:
    assert manager.send(edit(manager, "hai", 0, shop["at"]))[0]["outcome"] == "applied"


def test_without_a_base_another_session_is_concurrent(shop: Mutation, edit: Edit, manager: Phone) -> None:
    assert manager.send(edit(manager, "hai", 0, None))[0]["outcome"] == "merged"
    assert len(reviews(manager, "conflict", shop)) == 1


def test_a_base_of_an_older_value_is_concurrent_with_what_came_since(
    shop: Mutation, edit: Edit, member: Phone, manager: Phone
) -> None:
    assert member.send(edit(member, "hai", -2000, shop["at"]))[0]["outcome"] == "applied"
    assert manager.send(edit(manager, "ba", -1000, shop["at"]))[0]["outcome"] == "merged"


def test_an_edit_that_arrives_before_the_one_it_built_on_wins_without_a_review(
    shop: Mutation, edit: Edit, member: Phone, manager: Phone
) -> None:
    older = edit(member, "hai", -2000, shop["at"])
    newer = edit(manager, "ba", -1000, older["at"])
    manager.send(newer)
    assert member.send(older)[0]["outcome"] == "applied"
    assert description(member, shop) == "ba"
    assert reviews(manager, "conflict", shop) == []


def test_causality_goes_through_a_chain_of_bases(
    shop: Mutation, edit: Edit, member: Phone, member_again: Phone, manager: Phone
) -> None:
    """The middle of the chain was never the stored value: it arrived after what was built on it."""
    one = edit(member, "một", -4000, shop["at"])
    two = edit(member_again, "hai", -3000, one["at"])
    three = edit(manager, "ba", -2000, two["at"])
    member_again.send(two)
    manager.send(three)
    assert member.send(one)[0]["outcome"] == "applied"
    assert description(member, shop) == "ba"
    assert reviews(manager, "conflict", shop) == []


def test_a_refused_mutation_is_a_link_of_the_chain(shop: Mutation, edit: Edit, member: Phone, manager: Phone) -> None:
    refused = edit(manager, "hỏng", -3000, shop["at"])
    refused["set"]["price_vnd"] = -1
    assert manager.send(refused)[0]["outcome"] == "rejected"
    again = manager.restart()
    built = edit(again, "đã sửa", -2000, refused["at"])
    assert again.send(built)[0]["outcome"] == "applied"
    assert description(member, shop) == "đã sửa"
    assert reviews(again, "conflict", shop) == []


@pytest.mark.parametrize("turned", [False, True])
def test_writes_of_one_session_are_causal_in_whatever_order_they_arrive(
    shop: Mutation, edit: Edit, manager: Phone, turned: bool
) -> None:
    first = edit(manager, "hai", -3000, shop["at"])
    second = edit(manager, "ba", -2000, None)
    arrivals = [second, first] if turned else [first, second]
    outcomes = [manager.send(mutation)[0]["outcome"] for mutation in arrivals]
    if not turned:
        assert outcomes == ["applied", "applied"]
    else:
        assert outcomes[1] == "applied"
    assert description(manager, shop) == "ba"


def test_a_restarted_app_is_another_session_of_the_same_phone(shop: Mutation, edit: Edit, member: Phone) -> None:
    assert member.send(edit(member, "hai", -3000, shop["at"]))[0]["outcome"] == "applied"
    member.restart()
    blind = edit(member, "ba", -2000, shop["at"])
    assert member.send(blind)[0]["outcome"] == "merged"
    seeing = edit(member, "bốn", -1000, blind["at"])
    assert member.send(seeing)[0]["outcome"] == "applied"


def test_a_review_that_a_late_link_shows_to_be_causal_closes_itself(
    shop: Mutation, edit: Edit, member: Phone, member_again: Phone, manager: Phone
) -> None:
    one = edit(member, "một", -4000, shop["at"])
    link = edit(member_again, "hai", -3000, one["at"])
    three = edit(manager, "ba", -2000, link["at"])
    member.send(one)
    assert manager.send(three)[0]["outcome"] == "merged"
    assert len(reviews(manager, "conflict", shop)) == 1
    member_again.send(link)
    assert reviews(manager, "conflict", shop) == []
    assert [review["status"] for review in reviews(manager, "conflict", shop, status=None)] == ["closed"]
    assert description(member, shop) == "ba"
    assert member.row(shop).derived["open_reviews"] == 0


def test_a_late_link_that_was_refused_closes_the_review_too(
    shop: Mutation, edit: Edit, member: Phone, member_again: Phone, manager: Phone
) -> None:
    one = edit(member, "một", -4000, shop["at"])
    link = edit(member_again, "hai", -3000, one["at"])
    link["set"]["unit"] = "another unit"
    three = edit(manager, "ba", -2000, link["at"])
    member.send(one)
    manager.send(three)
    assert member_again.send(link)[0]["outcome"] == "rejected"
    assert reviews(manager, "conflict", shop) == []


def test_a_review_between_others_stays_when_an_unrelated_link_arrives(
    shop: Mutation, edit: Edit, member: Phone, member_again: Phone, manager: Phone
) -> None:
    one = edit(member, "một", -4000, shop["at"])
    other = edit(manager, "ba", -2000, shop["at"])
    member.send(one)
    manager.send(other)
    member_again.send(edit(member_again, "bốn", -1000, other["at"]))
    assert len(reviews(manager, "conflict", shop)) == 1


def test_a_slow_clock_wins_over_what_it_saw(shop: Mutation, edit: Edit, member: Phone, manager: Phone) -> None:
    late = edit(manager, "đồng hồ chậm", -400 * DAY_MS, shop["at"])
    receipt = manager.send(late)[0]
    assert receipt["outcome"] == "applied"
    assert receipt["eff"] > shop["at"] > late["at"]
    assert description(member, shop) == "đồng hồ chậm"


def test_a_slow_clock_loses_to_what_it_did_not_see(shop: Mutation, edit: Edit, member: Phone, manager: Phone) -> None:
    member.send(edit(member, "mới", -3000, shop["at"]))
    assert manager.send(edit(manager, "chậm", -400 * DAY_MS, shop["at"]))[0]["outcome"] == "merged"
    assert description(member, shop) == "mới"
    assert len(reviews(manager, "conflict", shop)) == 1


def test_a_base_may_name_the_eff_of_what_was_pulled(shop: Mutation, edit: Edit, member: Phone, manager: Phone) -> None:
    receipt = manager.send(edit(manager, "hai", -400 * DAY_MS, shop["at"]))[0]
    member.sync()
    built = member.mutation("listing", {"description": "ba"}, shop["id"])
    assert built["base"] == {"description": receipt["eff"]}
    assert member.send(built)[0]["outcome"] == "applied"
    assert description(member, shop) == "ba"


def test_bases_that_run_in_a_ring_come_to_an_end(
    shop: Mutation, edit: Edit, member: Phone, member_again: Phone, manager: Phone
) -> None:
    ring = [(phone, edit(phone, str(number), number, None)) for number, phone in enumerate((member, member_again))]
    for (_, mutation), (_, other) in zip(ring, reversed(ring), strict=True):
        mutation["base"] = {"description": other["at"]}
    for phone, mutation in ring:
        assert phone.send(mutation)[0]["outcome"] in ("applied", "merged")
    selfish = edit(manager, "tự mình", 5, None)
    selfish["base"] = {"description": selfish["at"]}
    assert manager.send(selfish)[0]["outcome"] in ("applied", "merged")
    member.sync()
    assert member.checked


def test_a_chain_of_a_thousand_links_is_followed(shop: Mutation, edit: Edit, member: Phone, manager: Phone) -> None:
    """Two sessions take turns; the chain's first link arrives last."""
    twins, base = (member, member.clone()), shop["at"]
    chain = []
    for number in range(1000):
        chain.append(edit(twins[number % 2], str(number), -300_000 + number * 100, base))
        base = chain[-1]["at"]
    assert member.send(*chain[1:])[-1]["outcome"] == "applied"
    assert member.send(chain[0])[0]["outcome"] == "applied"
    assert reviews(manager, "conflict", shop) == []
    assert manager.send(edit(manager, "cuối", 0, base))[0]["outcome"] == "applied"
    assert description(member, shop) == "cuối"
