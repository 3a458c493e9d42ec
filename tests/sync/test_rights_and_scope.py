"""Who may write what, and who sees what (docs/protocol.md, Scope)."""

from typing import Any

import pytest

from tests.sync.village import Village, sale_of


def test_a_member_sees_the_own_records_and_every_listing() -> None:
    village = Village()
    one, two, manager = village.phone(), village.phone(), village.manager()
    one.sell()
    one.list_goods()
    one.stock(village.id(), 1000)
    one.sync()
    manager.record("sale", sale_of(two.account))
    manager.record("member", {"name": "Giàng A Páo"}, two.account)
    manager.sync()
    two.sync()
    assert sorted(entity for entity, _ in two.replica.confirmed) == ["listing", "member", "sale"]
    manager.sync()
    assert len(manager.replica.confirmed) == 5
    assert two.replica.checked
    assert manager.replica.checked


@pytest.mark.parametrize(
    ("entity", "values", "field"),
    [
        ("sale", sale_of("0199aa5b-e8f0-7abc-8def-0123456789ab"), "member_id"),
        ("sale", sale_of(None), "member_id"),
        ("listing", {"product_name": "a", "unit": "kg", "price_vnd": 1, "member_id": None}, "member_id"),
        ("member", {"called": "Páo"}, "id"),
    ],
)
def test_a_member_writes_only_the_own(entity: str, values: dict[str, Any], field: str) -> None:
    phone = Village().phone()
    [receipt] = phone.receipts([phone.record(entity, values)])
    assert receipt["errors"] == {field: ["forbidden"]}


def test_a_member_may_not_approve_nor_rename() -> None:
    phone = Village().phone()
    listing = phone.list_goods()
    approve = phone.record("listing", {"approval": "approved"}, listing["id"])
    rename = phone.record("member", {"name": "Somebody else"}, phone.account)
    called = phone.record("member", {"called": "Páo"}, phone.account)
    receipts = phone.receipts([listing, approve, rename, called])
    assert [r["outcome"] for r in receipts] == ["applied", "rejected", "rejected", "applied"]


def test_nobody_else_may_touch_a_members_sale_listing_or_stock() -> None:
    village = Village()
    owner, stranger = village.phone(), village.phone()
    sale, listing = owner.sell(), owner.list_goods()
    owner.sync()
    attempts = [
        stranger.record("sale", {"voided": True, "void_reason": "x"}, sale["id"]),
        stranger.record("listing", {"price_vnd": 1}, listing["id"]),
        stranger.stock(listing["id"], 1000),
        stranger.sell(replaces_id=sale["id"]),
    ]
    assert {r["outcome"] for r in stranger.receipts(attempts)} == {"rejected"}
    owner.sync()
    assert owner.sees("sale", sale["id"]).derived == {"counts": True, "open_reviews": 1}
