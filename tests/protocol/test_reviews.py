"""Reviews and history: nothing disappears, and who, when and where is on record."""

import json
from typing import Any

import pytest

from .client import Api, Mutation, Phone
from .clock import MINUTE_MS, uuid7
from .goods import instant, listing, problem, reviews, sale


def history(api: Api, mutation: Mutation, **params: Any) -> list[dict[str, Any]]:
    path = f"/records/{mutation['entity']}/{mutation['id']}/history"
    items: list[dict[str, Any]] = api.get(path, **params)["items"]
    return items


def test_a_rejected_mutation_is_one_review_with_what_was_sent(member: Phone, manager: Phone) -> None:
    refused = member.mutation("sale", sale(member.member_id, total_vnd=-7))
    member.send(refused)
    (review,) = reviews(manager, "rejected", refused)
    assert review["status"] == "open"
    assert review["entity"] == "sale"
    (side,) = review["sides"]
    assert side["replica"] == member.replica
    assert "-7" in json.dumps(review)


def test_a_refusal_about_a_record_is_counted_on_it(member: Phone, manager: Phone) -> None:
    sold = member.record("sale", sale(member.member_id))
    member.sync()
    member.send(member.mutation("sale", {"unit": "chai"}, sold["id"]))
    assert len(reviews(manager, "rejected", sold)) == 1
    assert member.sync().row(sold).derived["open_reviews"] == 1


def test_reviews_are_chosen_by_kind_and_status(member: Phone, manager: Phone) -> None:
    odd = member.mutation("sale", sale(member.member_id, sold_at=instant(days=3)))
    bad = member.mutation("sale", sale(member.member_id, unit=""))
    member.send(odd, bad)
    assert {review["kind"] for review in manager.items("/reviews", kind="odd_date", limit=1000)} == {"odd_date"}
    assert {review["status"] for review in manager.items("/reviews", status="open", limit=1000)} == {"open"}
    found = manager.items("/reviews", limit=100)
    assert len({review["id"] for review in found}) == len(found)
    assert {odd["id"], bad["id"]} <= {review["record_id"] for review in found}


def test_a_manager_reads_the_own_cooperatives_reviews_an_admin_all(
    member: Phone, other_member: Phone, manager: Phone, other_manager: Phone, admin: Api
) -> None:
    here, there = (phone.mutation("sale", sale(phone.member_id, unit="")) for phone in (member, other_member))
    member.send(here)
    other_member.send(there)
    assert reviews(manager, "rejected", here)
    assert not reviews(manager, "rejected", there)
    assert not reviews(other_manager, "rejected", here)
    assert reviews(admin, "rejected", here)
    assert reviews(admin, "rejected", there)
    one = admin.items("/reviews", coop=manager.user["coop_id"], limit=1000)
    assert {review["coop_id"] for review in one} == {manager.user["coop_id"]}


def test_members_do_not_read_others_reviews(member: Phone, neighbour: Phone) -> None:
    refused = member.mutation("sale", sale(member.member_id, unit=""))
    member.send(refused)
    response = neighbour.request("GET", "/reviews", params={"limit": 1000})
    if response.status_code == 200:
        assert refused["id"] not in {review["record_id"] for review in response.json()["items"]}
    else:
        problem(response, 403, "forbidden")


def test_a_history_holds_every_mutation_oldest_first(member: Phone, manager: Phone, admin: Api) -> None:
    shop = member.record("listing", listing(member.member_id), at=member.stamp(-MINUTE_MS))
    member.sync()
    manager.sync()
    edit = manager.mutation("listing", {"price_vnd": 1}, shop["id"])
    clash = member.mutation("listing", {"price_vnd": 2}, shop["id"])
    refused = member.mutation("listing", {"approval": "approved"}, shop["id"])
    manager.send(edit)
    member.send(clash, refused, clash)
    for reader, params in ((manager, {}), (admin, {"coop": manager.user["coop_id"]})):
        items = history(reader, shop, **params)
        texts = [json.dumps(item) for item in items]
        assert len(items) == 4
        for text, (phone, mutation) in zip(
            texts,
            [(member, shop), (manager, edit), (member, clash), (member, refused)],
            strict=True,
        ):
            assert mutation["at"] in text
            assert str(phone.replica) in text
            assert phone.user["name"] in text or phone.member_id in text
        assert [word for text in texts for word in ("merged", "rejected") if word in text][-1] == "rejected"


def test_a_member_reads_the_history_of_the_own_record_only(member: Phone, neighbour: Phone) -> None:
    sold = member.record("sale", sale(member.member_id))
    member.sync()
    assert len(history(member, sold)) == 1
    response = neighbour.request("GET", f"/records/sale/{sold['id']}/history")
    assert response.status_code in (403, 404)


def test_a_history_of_nothing_is_not_found(manager: Phone) -> None:
    problem(manager.request("GET", f"/records/sale/{uuid7()}/history"), 404, "not_found")


@pytest.mark.parametrize("minutes", [0, 4])
def test_a_clock_a_little_ahead_makes_no_odd_day(member: Phone, manager: Phone, minutes: int) -> None:
    sold = member.mutation("sale", sale(member.member_id, sold_at=instant(minutes=minutes)))
    member.send(sold)
    assert reviews(manager, "odd_date", sold) == []


def test_an_incomplete_record_opens_no_review_on_its_first_day(manager: Phone) -> None:
    early = manager.mutation("sale", {"note": "sớm"})
    manager.send(early)
    assert reviews(manager, "incomplete", early) == []
