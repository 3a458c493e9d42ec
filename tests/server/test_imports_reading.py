"""Cells and files as people write them are read as they are meant, and what is not clear is refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from server.imports import values
from server.imports.headings import find_headings, known_as
from server.imports.sheet import UnreadableError, read_sheets
from server.imports.values import UnreadError
from tests.server.sheets import OFFICE_FORM, csv_of, xlsx_of

TABLE = [["Ngày", "Tên hàng", "Số lượng", "Thành tiền"], ["5/3/2026", "Mật ong; bạc hà", "2,5 lít", "1.250.000 đ"]]


@pytest.mark.parametrize(
    ("written", "vnd"),
    [
        ("1.250.000", 1_250_000),
        ("1,250,000", 1_250_000),
        ("1 250 000 đ", 1_250_000),
        ("1.250.000 đồng", 1_250_000),
        ("1250000VNĐ", 1_250_000),
        ("1.250", 1_250),
        ("250k", 250_000),
        ("250 nghìn", 250_000),
        ("1,2 triệu", 1_200_000),
        ("1,5tr", 1_500_000),
        ("0", 0),
        (1250000.0, 1_250_000),
        (333333.3333333333 * 3, 1_000_000),
    ],
)
def test_money_is_read_as_people_write_it(written: Any, vnd: int) -> None:
    assert values.money(written) == vnd


@pytest.mark.parametrize(
    "written", ["", "nhiều", "-5000", "1.25.000", "12,34", "1.250.00", "5 con", datetime(2026, 1, 1)]
)
def test_money_that_is_not_clear_is_refused(written: Any) -> None:
    with pytest.raises(UnreadError):
        values.money(written)


@pytest.mark.parametrize(
    ("written", "milli", "unit"),
    [
        ("2,5 kg", 2500, "kg"),
        ("2.5", 2500, None),
        ("1.250", 1_250_000, None),
        ("1.250,5kg", 1_250_500, "kg"),
        ("3 ta", 3000, "tạ"),
        ("1 YẾN", 1000, "yến"),
        ("5 lang", 5000, "lạng"),
        ("2 sọt", 2000, "sọt"),
        ("0,125", 125, None),
        (1.1, 1100, None),
        (12, 12_000, None),
    ],
)
def test_quantities_are_read_with_their_unit(written: Any, milli: int, unit: str | None) -> None:
    assert values.quantity(written) == (milli, unit)


@pytest.mark.parametrize("written", ["0", "-1", "kg", "hai", "1/2", float("nan"), float("inf")])
def test_quantity_that_is_not_clear_is_refused(written: Any) -> None:
    with pytest.raises(UnreadError):
        values.quantity(written)


@pytest.mark.parametrize(
    "written",
    [
        *(
            "5/3/2026",
            "05/03/2026",
            "5-3-26",
            "05.03.2026",
            "2026-03-05",
            "ngày 5 tháng 3 năm 2026",
            "05/03/2026 14:30",
        ),
        *(46086, 46086.6, "46086", datetime(2026, 3, 5, 14, 30), date(2026, 3, 5)),
    ],
)
def test_days_are_read_day_first(written: Any) -> None:
    assert values.day(written) == date(2026, 3, 5)


@pytest.mark.parametrize("written", ["31/2/2026", "3/2026", "13/13/2026", "hôm qua", 5, "1/1/1890", ""])
def test_day_that_is_none_is_refused(written: Any) -> None:
    with pytest.raises(UnreadError):
        values.day(written)


@pytest.mark.parametrize(("written", "code"), [("TM", "cash"), ("Chuyển khoản", "transfer"), ("còn nợ", "credit")])
def test_ways_of_paying_are_read(written: str, code: str) -> None:
    assert values.payment(written) == code


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Đơn giá (đồng/kg)", "unit_price_vnd"),
        ("SL", "quantity"),
        ("Số lượng bán ra", "quantity"),
        ("T.TIỀN", None),
        ("THÀNH TIỀN", "total_vnd"),
        ("Tên xã viên", "member"),
        ("Ngày, tháng", "sold_on"),
        ("ĐVT", "unit"),
        ("Khách hàng", "buyer_name"),
        ("Họ tên người mua", "buyer_name"),
    ],
)
def test_headings_are_known_by_many_spellings(heading: str, field: str | None) -> None:
    assert known_as(heading, "sale") == field


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_csv_is_read_in_every_encoding_and_separator(encoding: str, separator: str) -> None:
    [sheet] = read_sheets(csv_of(TABLE, separator).encode(encoding))
    assert sheet.rows == TABLE


def test_csv_of_an_old_windows_is_read() -> None:
    """Its encoding keeps tones apart from letters."""
    old = "Ngày;Tên hàng\r\n5/3/2026;Măng tươi Vuờn\r\n".replace("ươ", "uo").replace("uờ", "ươ\u0300")
    [sheet] = read_sheets(old.encode("cp1258"))
    assert sheet.rows[0] == ["Ngày", "Tên hàng"]
    assert sheet.rows[1][1] == "Măng tuoi Vườn".replace("Vườn", "Vườn")


def test_the_separator_that_a_file_names_is_used() -> None:
    [sheet] = read_sheets(b"sep=;\r\na;b,c\r\n")
    assert sheet.rows[-1] == ["a", "b,c"]


def test_workbook_keeps_numbers_and_days() -> None:
    day = datetime(2026, 3, 5)
    [sheet] = read_sheets(xlsx_of([["Ngày", "SL"], [day, 2.5], [None, None], [day, 46000]]))
    assert sheet.rows == [["Ngày", "SL"], [day, 2.5], [], [day, 46000]]


def test_headings_in_two_rows_under_titles_are_found() -> None:
    [sheet] = read_sheets(xlsx_of(OFFICE_FORM))
    headings = find_headings(sheet, "sale")
    assert headings.row == 5
    assert headings.texts[5:7] == ["Đơn giá", "Thành tiền"]


def refusal(read: Callable[[Any], Any], given: Any) -> str | None:
    try:
        read(given)
    except (UnreadableError, UnreadError) as error:
        return error.code
    return None


@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(some.binary(max_size=300) | some.text(max_size=200).map(lambda text: b"PK" + text.encode("utf-8", "ignore")))
def test_whatever_is_sent_is_read_or_refused(content: bytes) -> None:
    code = refusal(lambda content: [find_headings(sheet, "sale") for sheet in read_sheets(content)], content)
    assert code in {None, "old_excel", "too_large", "too_many_rows", "damaged", "empty"}


@settings(max_examples=200, deadline=None, derandomize=True, database=None)
@given(some.text(max_size=30) | some.floats() | some.integers() | some.datetimes())
def test_whatever_stands_in_a_cell_is_read_or_refused(cell: Any) -> None:
    for read in (values.money, values.quantity, values.day, values.payment):
        assert refusal(read, cell) in {None, "money", "number", "quantity", "day", "payment"}
