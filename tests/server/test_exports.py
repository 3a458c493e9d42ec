"""Exported files hold what the filter shows, run nothing in a spreadsheet, and tell nobody's private things."""

from __future__ import annotations

import csv
import io
import json
from contextlib import closing
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from flask import Flask
from flask.testing import FlaskClient

from server.database import writing
from server.exports.source import LISTS
from server.people.ethnic_group import EthnicGroup
from server.reports import REPORTS
from tests.conftest import People, assert_problem, bearer
from tests.protocol.client import Phone
from tests.protocol.goods import listing, sale
from tests.server.phones import sign_in

BUYER = "chị Sính"


@pytest.fixture
def member(app: Flask) -> Phone:
    """A member with three sales and a thing on offer, all at the co-operative."""
    phone = sign_in(app, "member").sync()
    phone.record("listing", listing(phone.member_id))
    phone.record("sale", sale(phone.member_id, buyer_name=BUYER, note="gọi 0912 345 678"))
    phone.record("sale", sale(phone.member_id, product_name='=HYPERLINK("http://x")', note="-1+2", unit="kg"))
    phone.record("sale", sale(phone.member_id, product_name="Đậu nho nhe", payment="credit", total_vnd=600_000))
    return phone.sync()


def steps(phone: Phone, what: str, made_as: str, **asked: Any) -> list[dict[str, Any]]:
    answer = phone.request("POST", "/exports", json={"what": what, "format": made_as, **asked})
    assert answer.status_code == 200, answer.text
    return [json.loads(line) for line in answer.text.splitlines()]


def exported(phone: Phone, what: str, made_as: str, **asked: Any) -> bytes:
    last = steps(phone, what, made_as, **asked)[-1]
    answer = phone.request("GET", f"/exports/{last['file']}")
    assert answer.status_code == 200, answer.text
    assert len(answer.content) == last["bytes"]
    assert last["name"] in answer.headers["Content-Disposition"]
    return answer.content


def rows_of_csv(content: bytes) -> list[dict[str, str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_csv_holds_what_the_filter_shows_in_peoples_words(app: Flask, member: Phone) -> None:
    rows = rows_of_csv(exported(sign_in(app, "manager"), "sales", "csv", kind="cash"))
    assert len(rows) == 2
    [honey] = [row for row in rows if row["Tên hàng"] == "Mật ong bạc hà"]
    assert honey["Số lượng"] == "2,5"
    assert honey["Thành tiền"] == "625000"
    assert honey["Thanh toán"] == "tiền mặt"
    assert honey["Thành viên"] == "Giàng member" or honey["Thành viên"] == "của hợp tác xã"
    [row] = rows_of_csv(exported(sign_in(app, "manager"), "sales", "csv", q="dau nho", language="en"))
    assert (row["Quantity"], row["Payment"]) == ("2.5", "credit")


def test_no_cell_of_a_csv_begins_like_a_formula(app: Flask, member: Phone) -> None:
    rows = rows_of_csv(exported(sign_in(app, "manager"), "sales", "csv"))
    cells = [cell for row in rows for cell in row.values()]
    assert '\'=HYPERLINK("http://x")' in cells
    assert [cell for cell in cells if cell[:1] in "=+-@\t\r" and cell] == []


def test_workbook_holds_numbers_and_days_and_no_formula(app: Flask, member: Phone) -> None:
    content = exported(sign_in(app, "manager"), "sales", "xlsx")
    with closing(openpyxl.load_workbook(io.BytesIO(content))) as book:
        table = list(book.active.iter_rows())
    names = [cell.value for cell in table[0]]
    assert len(table) == 4
    assert {cell.data_type for row in table[1:] for cell in row} <= {"n", "s", "d"}
    assert all(row[names.index("Ngày bán")].is_date for row in table[1:])
    assert sorted(row[names.index("Thành tiền")].value for row in table[1:]) == [600_000, 625_000, 625_000]
    assert {row[names.index("Số lượng")].value for row in table[1:]} == {2.5}


def test_json_holds_the_records_as_the_lists_have_them(app: Flask, member: Phone) -> None:
    manager = sign_in(app, "manager")
    items = json.loads(exported(manager, "sales", "json"))
    listed = manager.items("/sales")
    assert [item["id"] for item in items] == [item["id"] for item in listed]
    assert {item["total_vnd"] for item in items} == {600_000, 625_000}


@pytest.mark.parametrize("kind", ["csv", "json"])
def test_private_things_are_in_no_export_unless_an_admin_asks_and_that_is_logged(
    app: Flask, member: Phone, people: People, kind: str
) -> None:
    admin = sign_in(app, "admin")
    for who in (sign_in(app, "manager"), admin):
        for what in ("sales", "members"):
            told = exported(who, what, kind).decode()
            assert BUYER not in told
            assert "buyer" not in told.lower()
            assert "0912 345 678" not in told
            assert "0900000011" not in told
    asked = {"private": ["buyer_name", "phone"], "coop": people.coop}
    assert BUYER in exported(admin, "sales", kind, **asked).decode()
    refused = sign_in(app, "manager").request("POST", "/exports", json={"what": "sales", "private": ["phone"]})
    assert (refused.status_code, refused.json()["code"]) == (403, "forbidden")
    entries = [entry for entry in admin.items("/audit") if entry["action"] == "exports.sales"]
    assert entries[0]["details"] == {"format": kind, "rows": 3, "private": ["buyer_name", "phone"]}
    assert entries[0]["account"] == people.admin
    assert entries[0]["coop_id"] == people.coop


def test_ethnic_group_is_exported_only_by_name(app: Flask, member: Phone, people: People) -> None:
    manager, admin = sign_in(app, "manager").sync(), sign_in(app, "admin")
    manager.record("member", {"name": "Giàng A Páo"}, people.member)
    manager.sync()
    with app.app_context(), writing() as session:
        session.add(
            EthnicGroup(
                coop_id=people.coop, member_id=people.member, value="Mông", recorded_by=people.manager, recorded_at_ms=1
            )
        )
    assert "Mông" not in exported(admin, "members", "csv").decode()
    [row] = rows_of_csv(exported(admin, "members", "csv", private=["ethnic_group", "phone"]))
    assert (row["Dân tộc"], row["Số điện thoại"]) == ("Mông", "0900000011")


def test_every_list_and_report_can_be_taken_along(app: Flask, member: Phone) -> None:
    admin = sign_in(app, "admin")
    for what in (*LISTS, *REPORTS):
        rows = rows_of_csv(exported(admin, what, "csv"))
        assert len(rows) == len(json.loads(exported(admin, what, "json"))), what


def test_export_tells_how_far_it_is_and_the_file_is_nobody_elses(app: Flask, member: Phone) -> None:
    manager = sign_in(app, "manager")
    told = steps(manager, "sales", "csv")
    assert told[0] == {"rows": 0, "total": 3}
    assert [step["rows"] for step in told] == sorted(step["rows"] for step in told)
    assert told[-1]["rows"] == told[-1]["total"] == 3
    for other in ("other_manager", "admin"):
        assert sign_in(app, other).request("GET", f"/exports/{told[-1]['file']}").status_code == 404
    for strange in ("..", "0199aa5b-0000-7000-8000-000000000000", "%2e%2e%2f"):
        assert manager.request("GET", f"/exports/{strange}").status_code == 404


def test_another_cooperatives_data_is_in_no_export(app: Flask, member: Phone, people: People) -> None:
    other = sign_in(app, "other_manager")
    assert json.loads(exported(other, "sales", "json")) == []
    answer = other.request("POST", "/exports", json={"what": "sales", "coop": people.coop})
    assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")
    assert member.request("POST", "/exports", json={"what": "sales"}).status_code == 403


def test_filter_that_makes_no_sense_is_refused_before_a_file_is_begun(client: FlaskClient, app: Flask) -> None:
    token = bearer(sign_in(app, "manager").access_token)
    for asked in ({"status": "lost"}, {"since": "soon"}, {"format": "sqlite"}, {"what": "data"}):
        answer = client.post("/api/v1/exports", json={"what": "sales", **asked}, headers=token)
        assert_problem(answer, 422, "invalid")


def test_whoever_goes_away_leaves_no_file_behind(
    app: Flask, client: FlaskClient, member: Phone, tmp_path: Path
) -> None:
    token = bearer(sign_in(app, "manager").access_token)
    answer = client.post("/api/v1/exports", json={"what": "sales"}, headers=token, buffered=False)
    assert json.loads(next(answer.iter_encoded()))["rows"] == 0
    answer.close()
    assert list((tmp_path / "exports").glob("*/*")) == []


def test_only_a_few_files_of_an_account_are_kept(app: Flask, member: Phone, tmp_path: Path) -> None:
    manager = sign_in(app, "manager")
    made = [steps(manager, "sales", "csv")[-1]["file"] for _ in range(5)]
    assert {place.name for place in (tmp_path / "exports").glob("*/*")} == set(made[-3:])
