"""Early is not wrong: edits before their record, and rights that are known only when it completes."""

from .client import Phone
from .clock import uuid7
from .goods import listing, reviews, sale


def test_an_edit_before_its_record_waits_unseen(manager: Phone, member: Phone) -> None:
    edit = manager.mutation("sale", {"note": "đến trước"}, uuid7(), at=manager.stamp(-1000))
    assert manager.send(edit)[0]["outcome"] == "applied"
    assert not manager.sync().shows(edit)
    assert manager.checked
    assert edit["id"] not in {item["id"] for item in manager.items("/sales", limit=1000)}
    created = manager.record("sale", sale(member.member_id), edit["id"])
    row = manager.sync().row(created)
    assert row.values["note"] == "đến trước"
    assert row.stamps["note"] == edit["at"]
    assert member.sync().row(created).values["note"] == "đến trước"


def test_a_record_may_complete_in_pieces(member: Phone) -> None:
    whole = sale(member.member_id)
    pieces = [{name: value} for name, value in whole.items()]
    record_id = uuid7()
    for piece in pieces[:-1]:
        assert member.send(member.mutation("sale", piece, record_id))[0]["outcome"] == "applied"
        assert ("sale", record_id) not in member.sync().rows
    last = member.record("sale", pieces[-1], record_id)
    assert member.sync().row(last).values == whole
    assert member.row(last).derived["counts"] is True


def test_early_and_late_edits_end_in_the_same_row(member: Phone, manager: Phone) -> None:
    rows = []
    for early in (False, True):
        values = sale(member.member_id, note="gốc", sold_at="2026-01-01T00:00:00Z")
        created = member.mutation("sale", values, at=member.stamp(-1000))
        edit = manager.mutation("sale", {"note": "sửa"}, created["id"], base={"note": created["at"]})
        arrivals = [(member, created), (manager, edit)]
        for phone, mutation in reversed(arrivals) if early else arrivals:
            assert phone.send(mutation)[0]["outcome"] == "applied"
        row = member.sync().row(created)
        assert row.stamps["note"] == edit["at"]
        assert reviews(manager, "conflict", created) == []
        rows.append(row.values)
    assert rows[0] == rows[1]


def test_an_early_edit_without_the_right_is_dropped_when_the_record_completes(
    member: Phone, neighbour: Phone, manager: Phone
) -> None:
    record_id = uuid7()
    intruding = neighbour.record("sale", {"note": "không phải của tôi"}, record_id)
    neighbour.sync()
    assert neighbour.receipts[intruding["at"]]["outcome"] != "rejected"
    created = member.record("sale", sale(member.member_id), record_id)
    assert "note" not in member.sync().row(created).values
    neighbour.sync()
    receipt = neighbour.receipts[intruding["at"]]
    assert receipt["outcome"] == "rejected"
    assert receipt["errors"]
    assert not neighbour.shows(intruding)
    assert len(reviews(manager, "rejected", record_id)) == 1
    assert neighbour.send(intruding)[0] == receipt
    assert neighbour.post().json()["receipts"] == [], "decided anew once, told once"


def test_an_early_edit_without_the_right_leaves_the_owners_value(
    member: Phone, neighbour: Phone, manager: Phone
) -> None:
    record_id = uuid7()
    neighbour.send(neighbour.mutation("listing", {"price_vnd": 1}, record_id))
    created = member.mutation("listing", listing(member.member_id), record_id, at=member.stamp(-60_000))
    assert member.send(created)[0]["outcome"] == "applied"
    row = member.sync().row(created)
    assert row.values == created["set"]
    assert set(row.stamps.values()) == {created["at"]}
    assert reviews(manager, "conflict", record_id) == []


def test_an_early_frozen_value_without_the_right_does_not_take_the_place(member: Phone, neighbour: Phone) -> None:
    record_id = uuid7()
    neighbour.send(neighbour.mutation("sale", {"total_vnd": 1}, record_id))
    created = member.record("sale", sale(member.member_id), record_id)
    member.sync()
    assert member.receipts[created["at"]]["outcome"] == "applied"
    assert member.row(created).values["total_vnd"] == created["set"]["total_vnd"]


def test_an_early_void_counts_when_the_sale_arrives(member: Phone) -> None:
    record_id = uuid7()
    void = member.mutation("sale", {"voided": True, "void_reason": "nhầm"}, record_id)
    assert member.send(void)[0]["outcome"] == "applied"
    created = member.record("sale", sale(member.member_id), record_id)
    row = member.sync().row(created)
    assert row.values["voided"] is True
    assert row.derived["counts"] is False


def test_an_incomplete_record_is_not_counted_in_stock(member: Phone) -> None:
    shop = member.record("listing", listing(member.member_id))
    record_id = uuid7()
    piece = {"listing_id": shop["id"], "quantity_milli": 1000, "kind": "harvest"}
    member.record("stock_entry", piece, record_id)
    assert member.sync().row(shop).derived["left_milli"] == 0
    member.record("stock_entry", {"member_id": member.member_id}, record_id)
    assert member.sync().row(shop).derived["left_milli"] == 1000


def test_members_do_not_see_anothers_incomplete_record(member: Phone, neighbour: Phone, manager: Phone) -> None:
    early = member.record("listing", {"price_vnd": 5})
    member.sync()
    for phone in (member, neighbour, manager):
        assert not phone.sync().shows(early)
