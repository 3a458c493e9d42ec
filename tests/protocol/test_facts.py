"""Facts are written once: frozen fields, once fields, and voids with a reason."""

from typing import Any

import pytest

from .client import Mutation, Phone
from .goods import codes, instant, listing, sale, stock_entry

OTHER_VALUES = {
    "product_name": "Mật ong rừng",
    "unit": "chai",
    "quantity_milli": 1,
    "unit_price_vnd": 1,
    "total_vnd": 1,
    "sold_at": instant(days=-3),
    "payment": "credit",
    "money_with": "coop",
}


@pytest.fixture
def sold(member: Phone) -> Mutation:
    created = member.record("sale", sale(member.member_id, payment="credit"))
    member.sync()
    return created


@pytest.mark.parametrize("name", sorted(OTHER_VALUES.keys() - {"payment"}))
def test_a_frozen_field_keeps_its_first_value(sold: Mutation, member: Phone, name: str) -> None:
    change = member.mutation("sale", {name: OTHER_VALUES[name], "note": "cùng gửi"}, sold["id"])
    receipt = member.send(change)[0]
    assert receipt["outcome"] == "rejected"
    assert receipt["errors"] == {name: ["frozen"]}
    values = member.sync().row(sold).values
    assert values[name] == sold["set"][name]
    assert "note" not in values


def test_an_equal_frozen_value_again_is_a_no_op(sold: Mutation, member: Phone) -> None:
    stamps = dict(member.row(sold).stamps)
    again = member.mutation("sale", dict(sold["set"]), sold["id"])
    assert member.send(again)[0]["outcome"] == "applied"
    row = member.sync().row(sold)
    assert row.values == sold["set"]
    assert row.stamps == stamps


def test_a_frozen_field_may_be_set_later_but_once(sold: Mutation, member: Phone) -> None:
    shop = member.record("listing", listing(member.member_id))
    late = member.record("sale", {"listing_id": shop["id"]}, sold["id"])
    member.sync()
    assert member.receipts[late["at"]]["outcome"] == "applied"
    other = member.mutation("sale", {"listing_id": sold["id"]}, sold["id"])
    assert codes(member.send(other)[0]) == ["frozen"]
    assert member.sync().row(sold).values["listing_id"] == shop["id"]


@pytest.mark.parametrize("field", ["unit", "member_id"])
def test_a_listings_facts_are_frozen_too(member: Phone, manager: Phone, field: str) -> None:
    shop = manager.record("listing", listing(member.member_id))
    manager.sync()
    change = manager.mutation("listing", {field: None if field == "member_id" else "lít"}, shop["id"])
    assert manager.send(change)[0]["errors"] == {field: ["frozen"]}


@pytest.mark.parametrize("field", ["listing_id", "quantity_milli", "kind", "member_id"])
def test_a_stock_entrys_facts_are_frozen_too(manager: Phone, field: str) -> None:
    shop = manager.record("listing", listing(None))
    entry = manager.record("stock_entry", stock_entry(None, shop["id"]))
    manager.sync()
    other = {
        "listing_id": entry["id"],
        "quantity_milli": 7,
        "kind": "loss",
        "member_id": manager.member_id,
    }
    change = manager.mutation("stock_entry", {field: other[field]}, entry["id"])
    assert manager.send(change)[0]["errors"] == {field: ["frozen"]}


def test_a_frozen_field_of_a_clone_is_rejected_whoever_stamps_later(sold: Mutation, member: Phone) -> None:
    earlier = member.mutation("sale", {"total_vnd": 5}, sold["id"], at=member.stamp(-3_600_000))
    assert codes(member.clone().send(earlier)[0]) == ["frozen"]


def test_a_void_carries_its_reason(sold: Mutation, member: Phone) -> None:
    bare = member.mutation("sale", {"voided": True}, sold["id"])
    receipt = member.send(bare)[0]
    assert receipt["outcome"] == "rejected"
    assert set(receipt["errors"]) & {"voided", "void_reason"}
    assert member.sync().row(sold).derived["counts"] is True
    void = member.mutation("sale", {"voided": True, "void_reason": "nhầm"}, sold["id"])
    assert member.send(void)[0]["outcome"] == "applied"
    row = member.sync().row(sold)
    assert (row.values["voided"], row.values["void_reason"]) == (True, "nhầm")
    assert row.derived["counts"] is False


@pytest.mark.parametrize("reason", ["", "   ", None, 5, "x" * 201])
def test_a_void_without_a_real_reason_is_rejected(sold: Mutation, member: Phone, reason: Any) -> None:
    void = member.mutation("sale", {"voided": True, "void_reason": reason}, sold["id"])
    receipt = member.send(void)[0]
    assert receipt["outcome"] == "rejected"
    assert "void_reason" in receipt["errors"]


def test_a_void_is_never_taken_back(sold: Mutation, member: Phone, manager: Phone) -> None:
    member.send(member.mutation("sale", {"voided": True, "void_reason": "nhầm"}, sold["id"]))
    for phone in (member, manager.sync()):
        back = phone.mutation("sale", {"voided": False, "void_reason": "không nhầm"}, sold["id"])
        receipt = phone.send(back)[0]
        assert receipt["outcome"] == "rejected"
        assert "voided" in receipt["errors"]
    assert member.sync().row(sold).values["voided"] is True
    assert member.row(sold).values["void_reason"] == "nhầm"


def test_a_credit_sale_is_settled_once(sold: Mutation, member: Phone) -> None:
    assert member.send(member.mutation("sale", {"settled": True}, sold["id"]))[0]["outcome"] == "applied"
    back = member.send(member.mutation("sale", {"settled": False}, sold["id"]))[0]
    assert (back["outcome"], set(back["errors"])) == ("rejected", {"settled"})
    assert member.sync().row(sold).values["settled"] is True


def test_two_phones_that_void_alike_do_not_conflict(sold: Mutation, member: Phone, manager: Phone) -> None:
    manager.sync()
    values = {"voided": True, "void_reason": "nhầm"}
    assert member.send(member.mutation("sale", values, sold["id"]))[0]["outcome"] == "applied"
    assert manager.send(manager.mutation("sale", values, sold["id"]))[0]["outcome"] == "applied"
    assert member.sync().row(sold).values["voided"] is True


def test_last_writer_fields_of_a_sale_may_change(sold: Mutation, member: Phone) -> None:
    member.record("sale", {"note": "một", "buyer_name": "Lan"}, sold["id"])
    member.sync()
    member.record("sale", {"note": "hai"}, sold["id"])
    values = member.sync().row(sold).values
    assert (values["note"], values["buyer_name"]) == ("hai", "Lan")


def test_a_sale_that_is_not_voided_counts(sold: Mutation, member: Phone) -> None:
    assert member.row(sold).derived["counts"] is True
