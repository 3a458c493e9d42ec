"""Who may write what: the member's own, the manager's co-operative, and nobody else."""

from typing import Any

import pytest

from .client import Mutation, Phone
from .clock import uuid7
from .goods import listing, sale, stock_entry


def outcome(phone: Phone, entity: str, values: dict[str, Any], record_id: str | None = None) -> str:
    receipt = phone.send(phone.mutation(entity, values, record_id))[0]
    assert (receipt["outcome"] == "rejected") == bool(receipt.get("errors"))
    return str(receipt["outcome"])


@pytest.fixture
def shop(member: Phone, manager: Phone, neighbour: Phone) -> Mutation:
    created = member.record("listing", listing(member.member_id))
    for phone in (member, manager, neighbour):
        phone.sync()
    return created


def test_a_member_writes_only_with_the_own_member_id(member: Phone, neighbour: Phone, shop: Mutation) -> None:
    for stranger in (neighbour.member_id, uuid7(), None):
        refused = [
            member.mutation("sale", sale(stranger)),
            member.mutation("listing", listing(stranger)),
            member.mutation("stock_entry", stock_entry(stranger, shop["id"])),
        ]
        for receipt in member.send(*refused):
            assert receipt["outcome"] == "rejected"
            assert "member_id" in receipt["errors"]


def test_a_manager_names_any_member_or_none(manager: Phone, member: Phone) -> None:
    for member_id in (member.member_id, None, manager.member_id):
        assert outcome(manager, "sale", sale(member_id)) == "applied"
        shop = manager.record("listing", listing(member_id))
        manager.sync()
        assert outcome(manager, "stock_entry", stock_entry(member_id, shop["id"])) == "applied"


def test_a_member_edits_and_voids_what_a_manager_wrote_for_them(member: Phone, manager: Phone) -> None:
    written = manager.record("sale", sale(member.member_id))
    manager.sync()
    assert member.sync().shows(written)
    assert outcome(member, "sale", {"note": "đúng rồi"}, written["id"]) == "applied"
    assert outcome(member, "sale", {"voided": True, "void_reason": "không"}, written["id"]) == "applied"


@pytest.mark.parametrize(
    ("entity", "values"),
    [
        ("sale", {"note": "của người khác"}),
        ("sale", {"voided": True, "void_reason": "của người khác"}),
        ("listing", {"price_vnd": 1}),
        ("listing", {"status": "withdrawn"}),
        ("stock_entry", {"note": "của người khác"}),
        ("stock_entry", {"voided": True}),
    ],
)
def test_a_member_edits_nothing_of_another(
    member: Phone, neighbour: Phone, shop: Mutation, entity: str, values: dict[str, Any]
) -> None:
    records = {
        "listing": shop,
        "sale": member.record("sale", sale(member.member_id)),
        "stock_entry": member.record("stock_entry", stock_entry(member.member_id, shop["id"])),
    }
    before = member.sync().row(records[entity]).values
    assert outcome(neighbour, entity, values, records[entity]["id"]) == "rejected"
    assert member.sync().row(records[entity]).values == before
    assert not neighbour.sync().shows(records["sale"])


def test_a_member_adds_no_stock_to_anothers_listing(member: Phone, neighbour: Phone, shop: Mutation) -> None:
    assert outcome(neighbour, "stock_entry", stock_entry(neighbour.member_id, shop["id"])) == "rejected"
    assert member.sync().row(shop).derived["left_milli"] == 0


@pytest.mark.parametrize("values", [{"approval": "approved"}, {"approval": "refused"}, {"approval_note": "tốt"}])
def test_only_a_manager_approves(member: Phone, manager: Phone, shop: Mutation, values: dict[str, Any]) -> None:
    assert outcome(member, "listing", values, shop["id"]) == "rejected"
    assert outcome(member, "listing", listing(member.member_id) | values) == "rejected"
    assert outcome(manager, "listing", values, shop["id"]) == "applied"
    assert values.items() <= member.sync().row(shop).values.items()


@pytest.mark.parametrize("values", [{"called": "Pá"}, {"language": "vi"}])
def test_a_member_edits_how_to_be_called_and_the_language(member: Phone, values: dict[str, Any]) -> None:
    assert outcome(member, "member", values, member.member_id) == "applied"
    assert values.items() <= member.sync().rows["member", member.member_id].values.items()


@pytest.mark.parametrize("values", [{"name": "Tên Khác"}, {"village": "Bản Khác"}, {"active": False}])
def test_a_member_edits_nothing_else_of_the_own_record(member: Phone, values: dict[str, Any]) -> None:
    assert outcome(member, "member", values, member.member_id) == "rejected"


def test_a_member_touches_no_other_member_and_makes_none(member: Phone, neighbour: Phone) -> None:
    assert outcome(member, "member", {"called": "Xấu"}, neighbour.member_id) == "rejected"
    assert outcome(member, "member", {"name": "Người Mới"}) == "rejected"


def test_a_manager_makes_and_edits_members(manager: Phone) -> None:
    made = manager.record("member", {"name": "H Bla Niê", "village": "Buôn Đôn"})
    manager.sync()
    manager.record("member", {"active": False, "language": "rad"}, made["id"])
    values = manager.sync().row(made).values
    assert (values["name"], values["active"]) == ("H Bla Niê", False)


def test_a_managers_approval_is_nobody_elses_in_the_other_cooperative(other_manager: Phone, shop: Mutation) -> None:
    """There the id names no record: an edit waits for one, and touches nothing here."""
    other_manager.send(other_manager.mutation("listing", {"approval": "refused"}, shop["id"]))
    assert not other_manager.sync().shows(shop)
