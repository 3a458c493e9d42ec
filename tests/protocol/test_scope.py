"""What an account sees: never another co-operative's, never a fellow member's sales; admins never a buyer's name."""

import json
from typing import Any

import pytest

from .client import Api, Mutation, Phone
from .clock import uuid7
from .goods import listing, problem, reviews, sale, stock_entry


@pytest.fixture
def goods(member: Phone) -> list[Mutation]:
    shop = member.record("listing", listing(member.member_id))
    sold = member.record("sale", sale(member.member_id, listing_id=shop["id"], buyer_name="Giàng Thị Mỷ"))
    entry = member.record("stock_entry", stock_entry(member.member_id, shop["id"]))
    member.sync()
    return [shop, sold, entry]


def test_a_member_sees_the_own_records_and_every_listing(
    goods: list[Mutation], member: Phone, neighbour: Phone, manager: Phone
) -> None:
    assert [member.sync().shows(one) for one in goods] == [True, True, True]
    assert [neighbour.sync().shows(one) for one in goods] == [True, False, False]
    assert [manager.sync().shows(one) for one in goods] == [True, True, True]


def test_a_member_sees_only_the_own_member_record(member: Phone, manager: Phone) -> None:
    assert [record_id for entity, record_id in member.rows if entity == "member"] == [member.member_id]
    assert len([entity for entity, _ in manager.rows if entity == "member"]) >= 11


def test_the_cooperatives_own_sales_are_the_managers(manager: Phone, member: Phone) -> None:
    own = manager.record("sale", sale(None))
    shop = manager.record("listing", listing(None))
    manager.sync()
    assert manager.shows(own)
    assert not member.sync().shows(own)
    assert member.shows(shop)


def test_both_phones_of_a_member_see_the_same(goods: list[Mutation], member: Phone, member_again: Phone) -> None:
    assert member_again.sync().rows.keys() == member.sync().rows.keys()
    assert {key: row.stamps for key, row in member_again.rows.items()} == {
        key: row.stamps for key, row in member.rows.items()
    }


def test_another_cooperative_sees_nothing(goods: list[Mutation], other_manager: Phone, other_member: Phone) -> None:
    for stranger in (other_manager, other_member):
        assert not any(stranger.sync().shows(one) for one in goods)
        assert stranger.checked
    ids = {one["id"] for one in goods}
    for path in ("/sales", "/listings", "/members"):
        assert not ids & {item["id"] for item in other_manager.items(path, limit=1000)}


def test_asking_for_another_cooperative_gives_nothing_of_it(
    goods: list[Mutation], manager: Phone, other_manager: Phone, other_member: Phone
) -> None:
    there = manager.user["coop_id"]
    for stranger in (other_manager, other_member):
        for path in ("/sales", "/listings", "/members", "/reviews"):
            response = stranger.request("GET", path, params={"coop": there, "limit": 1000})
            assert response.status_code in (200, 403, 404)
            if response.status_code == 200:
                assert all(item["coop_id"] != there for item in response.json()["items"])
    for entity, one in zip(("listing", "sale", "stock_entry"), goods, strict=True):
        path = f"/records/{entity}/{one['id']}/history"
        for params in ({}, {"coop": there}):
            response = other_manager.request("GET", path, params=params)
            assert response.status_code in (403, 404)


def test_one_id_in_two_cooperatives_is_two_records(manager: Phone, other_manager: Phone) -> None:
    record_id = uuid7()
    here = manager.record("listing", listing(None, price_vnd=1), record_id)
    there = other_manager.record("listing", listing(None, price_vnd=2), record_id)
    assert manager.sync().row(here).values["price_vnd"] == 1
    assert other_manager.sync().row(there).values["price_vnd"] == 2


def test_one_at_in_two_cooperatives_is_two_mutations(manager: Phone, other_manager: Phone) -> None:
    here = manager.record("sale", sale(None, note="đây"))
    there = other_manager.record("sale", sale(None, note="kia"), at=here["at"])
    manager.sync()
    other_manager.sync()
    assert manager.receipts[here["at"]]["outcome"] == other_manager.receipts[there["at"]]["outcome"] == "applied"


def test_naming_a_cooperative_in_set_is_rejected(manager: Phone, other_manager: Phone) -> None:
    for coop_id in (manager.user["coop_id"], other_manager.user["coop_id"], None):
        receipt = manager.send(manager.mutation("sale", sale(None, coop_id=coop_id)))[0]
        assert receipt["outcome"] == "rejected"
        assert "coop_id" in receipt["errors"]


def test_an_admin_does_not_sync(admin: Api) -> None:
    body: dict[str, Any] = {"replica": uuid7(), "cursor": None, "limit": 10, "mutations": []}
    problem(admin.request("POST", "/sync", json=body), 403, "forbidden")


def contains(answer: Any, text: str) -> bool:
    return text in json.dumps(answer, ensure_ascii=False)


def test_a_buyers_name_is_for_the_cooperative_only(member: Phone, manager: Phone, admin: Api) -> None:
    name = f"Lò Văn {uuid7()}"
    sold = member.record("sale", sale(member.member_id, buyer_name=name))
    member.sync()
    coop = manager.user["coop_id"]
    assert member.row(sold).values["buyer_name"] == name
    assert contains(manager.items("/sales", limit=1000), name)
    items = admin.items("/sales", coop=coop, limit=1000)
    assert sold["id"] in {item["id"] for item in items}
    assert not contains(items, name)
    assert admin.items("/sales", coop=coop, q=name, limit=1000) == []
    history = f"/records/sale/{sold['id']}/history"
    assert contains(manager.get(history), name)
    assert not contains(admin.get(history, coop=coop), name)


def test_a_buyers_name_in_reviews_is_hidden_from_admins(member: Phone, manager: Phone, admin: Api) -> None:
    names = [f"Vàng A {uuid7()}", f"Vàng B {uuid7()}", f"Vàng C {uuid7()}"]
    sold = member.record("sale", sale(member.member_id, buyer_name="Vàng"))
    member.sync()
    manager.sync()
    for phone, name in zip((member, manager), names, strict=False):
        phone.send(phone.mutation("sale", {"buyer_name": name}, sold["id"]))
    refused = member.mutation("sale", sale(member.member_id, buyer_name=names[2], total_vnd=-1))
    member.send(refused)
    assert len(reviews(manager, "conflict", sold)) == 1
    seen = reviews(admin, "conflict", sold) + reviews(admin, "rejected", refused)
    assert len(seen) == 2
    assert not any(contains(seen, name) for name in names)


def test_role_and_scope_do_not_come_from_the_request(member: Phone, goods: list[Mutation]) -> None:
    answer = member.post(cursor=None, role="admin", coop="*", account="all", limit=1000).json()
    owners = {change["row"]["member_id"] for change in answer["changes"] if change["entity"] == "sale"}
    assert owners <= {member.member_id}


def test_a_replica_of_someone_else_is_refused(member: Phone, neighbour: Phone) -> None:
    mutation = member.mutation("sale", sale(member.member_id))
    response = member.post([mutation], replica=neighbour.replica, cursor=None)
    assert 400 <= response.status_code < 500
    assert response.json()["code"] in ("forbidden", "unauthenticated", "invalid")
    assert not member.sync().shows(mutation)


def test_one_id_may_name_a_record_of_each_entity(member: Phone, manager: Phone) -> None:
    shop = member.record("listing", listing(member.member_id))
    others = [
        member.record("sale", sale(member.member_id), shop["id"]),
        member.record("stock_entry", stock_entry(member.member_id, shop["id"]), shop["id"]),
    ]
    for mutation in (shop, *others):
        assert member.sync().row(mutation).values == mutation["set"]
    member.record("sale", {"note": "phiếu"}, shop["id"])
    member.sync()
    assert "note" not in member.row(others[1]).values
    counts = {
        entity: len(manager.get(f"/records/{entity}/{shop['id']}/history")["items"])
        for entity in ("listing", "sale", "stock_entry")
    }
    assert counts == {"listing": 1, "sale": 2, "stock_entry": 1}


def test_a_members_lists_are_as_narrow_as_the_phone(goods: list[Mutation], neighbour: Phone) -> None:
    neighbour.sync()
    for entity, path in (("sale", "/sales"), ("listing", "/listings"), ("member", "/members")):
        response = neighbour.request("GET", path, params={"limit": 1000})
        if response.status_code == 200:
            here = {record_id for kind, record_id in neighbour.rows if kind == entity}
            assert {item["id"] for item in response.json()["items"]} <= here
        else:
            problem(response, 403, "forbidden")
