"""A co-operative's spreadsheet is taken whole or not at all, once, in sight, and can be undone."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from tests.conftest import People
from tests.protocol.goods import sale
from tests.server.phones import sign_in
from tests.server.sheets import OFFICE_FORM, Office, csv_of, xlsx_of

HEADINGS = ["Ngày bán", "Thành viên", "Tên hàng", "Số lượng", "ĐVT", "Thành tiền"]
ROW = ["05/03/2026", None, "Mật ong", "2", "lít", "500.000"]
PRICED = [*HEADINGS[:5], "Đơn giá", HEADINGS[5]]
MEMBERS = [["DANH SÁCH THÀNH VIÊN"], ["STT", "Họ và tên", "Thôn", "SĐT"], [1, "Vàng Thị Mỷ", "Tả Lùng A", "0912345678"]]


@pytest.fixture
def office(app: Flask) -> Office:
    return Office(app)


def changed(sheet: list[list[Any]], row: int, column: int, value: Any) -> list[list[Any]]:
    return [
        [value if (r, c) == (row, column) else cell for c, cell in enumerate(cells)] for r, cells in enumerate(sheet)
    ]


def sold(day: str, price: str = "250.000", total: str = "500.000", goods: str = "Mật ong") -> list[str | None]:
    """A row under PRICED."""
    return [day, None, goods, "2", "lít", price, total]


def test_the_form_that_offices_print_is_understood_and_taken(office: Office) -> None:
    content = xlsx_of(OFFICE_FORM, merged=["A1:H1", "A2:H2", "F4:G4"])
    look = office.look(content)
    assert look["missing"] == []
    assert look["counts"] == {"wrong": 0, "there": 0, "ready": 3, "skipped": 4}
    assert look["total_vnd"] == look["said_total_vnd"] == 5_425_000
    assert [column["field"] for column in look["columns"]] == [
        *(None, "sold_on", "product_name", "quantity", "unit", "unit_price_vnd", "total_vnd", "note")
    ]
    assert office.sales() == []
    steps = office.take(content)
    assert steps[0] == {"rows": 0, "total": 3}
    assert (steps[-1]["import"]["rows"], steps[-1]["import"]["total_vnd"]) == (3, 5_425_000)
    rice, honey, tea = sorted(office.sales(), key=lambda sold: sold["product_name"])
    honey, rice, tea = (
        next(s for s in (rice, honey, tea) if s["product_name"].startswith(n)) for n in ("Mật", "Gạo", "Chè")
    )
    assert (honey["quantity_milli"], honey["unit"], honey["unit_price_vnd"]) == (2500, "lít", 250_000)
    assert (rice["quantity_milli"], rice["unit"], rice["note"]) == (1200, "tạ", "bán cho quán")
    assert (tea["quantity_milli"], tea["unit"], tea["total_vnd"]) == (3000, "kg", 1_200_000)
    assert honey["sold_at"] == "2026-03-05T05:00:00Z"
    assert {sold["money_with"] for sold in office.sales()} == {"member"}


def test_the_same_file_twice_changes_nothing(office: Office) -> None:
    content = xlsx_of(OFFICE_FORM)
    first = office.take(content)[-1]["import"]
    before = office.sales()
    assert office.look(content)["taken"]["id"] == first["id"]
    assert office.take(content)[-1]["import"] == first
    assert office.sales() == before


def test_rows_that_are_there_already_are_pointed_out_and_left_out(office: Office) -> None:
    first = office.take(csv_of([HEADINGS, ROW]).encode())[-1]["import"]
    [imported] = office.sales()
    office.phone.sync()
    said = {"product_name": "Măng khô", "unit": "kg", "quantity_milli": 1000, "total_vnd": 90_000}
    by_phone = office.phone.record("sale", sale(None, **said, sold_at="2026-03-06T01:00:00Z"))
    office.phone.sync()
    rows = [HEADINGS, ROW, ROW, ["06/03/2026", None, "MANG KHO", "1", "kg", "90.000"], ["07/03/2026", *ROW[1:]]]
    content = csv_of(rows).encode()
    look = office.look(content)
    assert [(row["number"], row["state"], row["same_as"]) for row in look["rows"]] == [
        (2, "there", imported["id"]),
        (3, "ready", None),  # once is there, twice is in the file
        (4, "there", by_phone["id"]),
        (5, "ready", None),
    ]
    assert "twice_in_file" in look["rows"][1]["notes"]
    taken = office.take(content, keep=[2])[-1]["import"]
    assert taken["id"] != first["id"]
    assert taken["rows"] == 3
    assert len(office.sales()) == 5


def test_nothing_is_taken_while_anything_is_wrong_and_each_row_says_what(office: Office) -> None:
    rows = [
        HEADINGS,
        ROW,
        ["32/13/2026", None, "Mật ong", "hai lít", "lít", "500.000"],
        ["06/03/2026", "Nobody Known", "", "2", "", "nhiều"],
        ["06/03/2099", None, "Mật ong", "2", "lít", "500.000"],
    ]
    content = csv_of(rows).encode()
    look = office.look(content)
    problems = {(row["number"], p["column"], p["code"]) for row in look["rows"] for p in row["problems"]}
    assert problems == {
        (3, "Ngày bán", "day"),
        (3, "Số lượng", "quantity"),
        (4, "Thành viên", "unknown_member"),
        (4, "Tên hàng", "required"),
        (4, "ĐVT", "unit_required"),
        (4, "Thành tiền", "money"),
        (5, "Ngày bán", "in_future"),
    }
    refused = office.phone.request("POST", "/imports", json=office.asked(content))
    assert refused.status_code == 422
    assert refused.json()["errors"] == {"rows": ["3", "4", "5"]}
    assert office.sales() == []
    assert office.take(content, leave_out=[3, 4, 5])[-1]["import"]["rows"] == 1


def test_whose_goods_they_were_is_never_guessed(office: Office) -> None:
    content = csv_of([[*HEADINGS[:1], *HEADINGS[2:]], [ROW[0], *ROW[2:]]]).encode()
    assert office.look(content, no_member="refuse")["missing"] == ["member"]
    refused = office.phone.request("POST", "/imports", json=office.asked(content, no_member="refuse"))
    assert (refused.status_code, refused.json()["errors"]) == (422, {"fields": ["member"]})
    named = office.look(csv_of([HEADINGS, ROW]).encode(), no_member="refuse")
    assert [row["problems"] for row in named["rows"]] == [
        [{"field": "member", "column": "Thành viên", "code": "required", "got": ""}]
    ]


def test_undone_import_voids_its_sales_and_the_file_can_be_taken_again(office: Office) -> None:
    content = csv_of([HEADINGS, ROW, ["06/03/2026", *ROW[1:]]]).encode()
    taken = office.take(content)[-1]["import"]
    undone = office.undo(taken["id"])
    assert undone["undone_at"] is not None
    assert office.sales() == []
    assert {sold["void_reason"] for sold in office.phone.items("/sales", status="voided")} == {"undo"}
    assert office.undo(taken["id"]) == undone
    assert office.take(content)[-1]["import"]["id"] != taken["id"]
    assert len(office.sales()) == 2


def test_imported_sales_reach_the_members_phone_whose_goods_they_were(app: Flask, office: Office) -> None:
    office.take(csv_of([["Họ tên", "Thôn"], ["Giàng Thị Mỷ", "Tả Lùng"]]).encode(), entity="member")
    rows = [HEADINGS, ["05/03/2026", "GIANG THI MY", *ROW[2:]], ["06/03/2026", "Giàng Thị Mỷ (Tả Lùng)", *ROW[2:]]]
    office.take(csv_of(rows).encode())
    [member] = office.phone.items("/members", q="Giàng Thị Mỷ")
    assert {sold["member_id"] for sold in office.sales()} == {member["id"]}


def test_members_are_taken_once_and_an_undo_makes_them_inactive(office: Office) -> None:
    taken = office.take(xlsx_of(MEMBERS), entity="member", name="thanh-vien.xlsx")[-1]["import"]
    [member] = office.phone.items("/members", q="Vàng Thị Mỷ")
    assert (member["village"], member["active"]) == ("Tả Lùng A", True)
    assert "0912345678" not in str(member)
    longer = office.look(xlsx_of([*MEMBERS, [2, "Sùng A Chứ", "Tả Lùng B", None]]), entity="member")
    assert [(row["state"], row["same_as"]) for row in longer["rows"]] == [("there", member["id"]), ("ready", None)]
    assert [column["unkept"] for column in longer["columns"]] == ["row_number", None, None, "phone"]
    office.undo(taken["id"])
    assert office.phone.items("/members", q="Vàng Thị Mỷ", status="active") == []


def asked_about(office: Office, status: str = "open") -> list[tuple[str, str]]:
    found = office.phone.items("/reviews", status=status)
    return sorted((review["kind"], review["record_id"]) for review in found)


def test_what_the_preview_told_is_not_asked_again_when_the_rows_are_taken(office: Office) -> None:
    rows = [PRICED, *(sold(f"{1 + day:02}/03/{year}") for year in (2022, 2023, 2024) for day in range(20))]
    rows[4] = sold("04/03/2022", total="5.000.000")
    content = csv_of(rows).encode()
    look = office.look(content)
    assert look["notes"] == {"old": 60, "total_differs": 1}
    assert len(look["rows"]) == 50
    assert office.take(content)[-1]["import"]["rows"] == 60
    assert asked_about(office) == []
    [wrong] = [one for one in office.sales() if one["total_vnd"] == 5_000_000]
    [review] = office.phone.items("/reviews", status="resolved")
    assert (review["kind"], review["record_id"], review["resolution"]["action"]) == (
        "odd_amount",
        wrong["id"],
        "dismiss",
    )
    office.take(csv_of([PRICED, sold("05/03/2022", total="490.000")]).encode())
    assert asked_about(office) == [], "nor when its neighbours change"


def test_rows_whose_amounts_do_not_agree_are_shown_before_all_others(office: Office) -> None:
    rows = [PRICED, *(sold(f"{1 + day % 28:02}/03/2026", goods=f"Chè {day}") for day in range(80))]
    rows[79] = sold("05/03/2026", total="5.000.000")
    assert 80 in [row["number"] for row in office.look(csv_of(rows).encode())["rows"]]


def test_what_the_preview_cannot_tell_is_asked_after_it_was_taken(office: Office) -> None:
    rows = [PRICED, *(sold(f"{1 + day:02}/03/2022") for day in range(20))]
    rows[9] = sold("09/03/2022", price="2.500.000", total="5.000.000")
    office.take(csv_of(rows).encode())
    [dear] = [one["id"] for one in office.sales() if one["total_vnd"] == 5_000_000]
    assert asked_about(office) == [("odd_amount", dear)]


def test_a_row_that_was_taken_although_it_is_there_is_not_asked_about_as_its_double(office: Office) -> None:
    said = {"product_name": "Mật ong", "unit": "lít", "quantity_milli": 2000, "total_vnd": 500_000}
    office.phone.record("sale", sale(None, **said, unit_price_vnd=250_000, sold_at="2026-03-05T01:00:00Z"))
    office.phone.sync()
    content = csv_of([PRICED, sold("05/03/2026"), sold("05/03/2026")]).encode()
    assert [row["state"] for row in office.look(content)["rows"]] == ["there", "ready"]
    office.take(content, keep=[2])
    assert asked_about(office) == []
    office.take(csv_of([PRICED, sold("06/03/2026", total="480.000")]).encode())
    assert asked_about(office) == []


def test_an_old_day_on_a_phone_is_asked_about(office: Office) -> None:
    old = office.phone.record("sale", sale(None, sold_at="2022-03-05T01:00:00Z"))
    office.phone.sync()
    assert asked_about(office) == [("odd_date", old["id"])]


def test_an_import_is_written_down_and_open_to_its_own_cooperative_alone(
    app: Flask, office: Office, people: People
) -> None:
    content = csv_of([HEADINGS, ROW]).encode()
    taken = office.take(content)[-1]["import"]
    assert taken["account"] == people.manager
    other = Office(app, "other_manager")
    assert other.phone.request("POST", f"/imports/{taken['id']}/undo").status_code == 404
    asked = office.asked(content)
    assert other.phone.request("POST", "/imports/look", json=asked).status_code == 404  # sent by somebody else
    assert other.phone.request("GET", "/imports", params={"coop": people.coop}).status_code == 403
    assert sign_in(app, "member").request("GET", "/imports").status_code == 403
    admin = sign_in(app, "admin")
    assert admin.get("/imports", coop=people.coop)["items"] == [taken]
    assert "imports.take" in {entry["action"] for entry in admin.items("/audit")}


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"PK\x03\x04 damaged", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "old_excel"),
        (b"a,b\n" * 10_200, "too_many_rows"),
    ],
)
def test_file_that_is_no_spreadsheet_is_refused_with_what_is_wrong(office: Office, content: bytes, code: str) -> None:
    answer = office.send(content)
    assert (answer.status_code, answer.json()["errors"]) == (422, {"file": [code]})
