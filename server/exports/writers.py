"""Writing rows into a file, one after another: what was written is on the disk, not in memory."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, Protocol

import orjson

from server.exports.columns import Column
from server.exports.messages import heading, word
from server.lists import HANOI

SHEET_ROWS_MAX = 1_048_576
# A spreadsheet takes a cell that begins like this for a formula, full-width signs included.
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_FORMATS = {
    "money": "#,##0",
    "number": "#,##0",
    "milli": "#,##0.###",
    "day": "dd/mm/yyyy",
    "instant": "dd/mm/yyyy hh:mm",
}
_WIDTHS = {"money": 14, "milli": 10, "number": 10, "day": 12, "instant": 17, "flag": 8, "word": 14}


class Writer(Protocol):
    """Made with a path; `close` finishes the file."""

    def add(self, row: Mapping[str, Any]) -> None: ...
    def close(self) -> None: ...


def harmless(text: str) -> str:
    """Text that no spreadsheet runs: an apostrophe before what looks like a formula."""
    return f"'{text}" if text.startswith(_DANGEROUS) else text


def cell(column: Column, value: Any, language: str) -> Any:
    """A value in people's words and units: numbers stay numbers, times are Hanoi's."""
    if column.field == "member_name" and value is None:
        return word("coop_own", language)
    if value is None:
        return False if column.kind == "flag" else None
    if column.kind == "milli":
        return value // 1000 if value % 1000 == 0 else value / 1000
    if column.kind == "instant":
        return datetime.fromisoformat(value).astimezone(HANOI).replace(tzinfo=None)
    if column.kind == "day":
        return date.fromisoformat(value)
    if column.kind == "word":
        return word(str(value), language)
    return value


class CsvWriter:
    """UTF-8 with a byte order mark. In Vietnamese 2,5 and 21/11/2026, in English 2.5 and 2026-11-21."""

    def __init__(self, path: Path, columns: Sequence[Column], language: str) -> None:
        self.columns, self.language = columns, language
        self.file = path.open("w", encoding="utf-8-sig", newline="")
        self.rows = csv.writer(self.file)
        self.rows.writerow([heading(column.field, language) for column in columns])

    def add(self, row: Mapping[str, Any]) -> None:
        self.rows.writerow([self._said(column, row.get(column.field)) for column in self.columns])

    def _said(self, column: Column, value: Any) -> str:
        value = cell(column, value, self.language)
        if value is None:
            return ""
        vietnamese = self.language == "vi"
        if isinstance(value, bool):
            return word(str(value).lower(), self.language)
        if isinstance(value, float):
            text = f"{value:.3f}".rstrip("0").rstrip(".")
            return text.replace(".", ",") if vietnamese else text
        if isinstance(value, datetime):
            return value.strftime("%d/%m/%Y %H:%M" if vietnamese else "%Y-%m-%d %H:%M")
        if isinstance(value, date):
            return value.strftime("%d/%m/%Y" if vietnamese else "%Y-%m-%d")
        return harmless(value) if isinstance(value, str) else str(value)

    def close(self) -> None:
        self.file.close()


class XlsxWriter:
    """A workbook in constant memory; another sheet begins where one is full."""

    def __init__(self, path: Path, columns: Sequence[Column], language: str) -> None:
        import xlsxwriter  # when somebody asks for one: every start would wait

        self.columns, self.language = columns, language
        # Text is text: neither formulas nor links are made of it.
        options = {"constant_memory": True, "tmpdir": str(path.parent), "default_date_format": "dd/mm/yyyy"}
        self.book = xlsxwriter.Workbook(str(path), options)
        self.bold = self.book.add_format({"bold": True})
        self.formats = {kind: self.book.add_format({"num_format": text}) for kind, text in _FORMATS.items()}
        self._begin_sheet()

    def _begin_sheet(self) -> None:
        self.sheet = self.book.add_worksheet()
        self.sheet.freeze_panes(1, 0)
        for place, column in enumerate(self.columns):
            self.sheet.set_column(place, place, _WIDTHS.get(column.kind, 22))
            self.sheet.write_string(0, place, heading(column.field, self.language), self.bold)
        self.row = 1

    def add(self, row: Mapping[str, Any]) -> None:
        if self.row == SHEET_ROWS_MAX:
            self._begin_sheet()
        for place, column in enumerate(self.columns):
            value = cell(column, row.get(column.field), self.language)
            if isinstance(value, bool):
                self.sheet.write_string(self.row, place, word(str(value).lower(), self.language))
            elif isinstance(value, int | float):
                self.sheet.write_number(self.row, place, value, self.formats.get(column.kind))
            elif isinstance(value, date):
                self.sheet.write_datetime(self.row, place, value, self.formats[column.kind])
            elif value is not None:
                self.sheet.write_string(self.row, place, str(value))
        self.row += 1

    def close(self) -> None:
        self.book.close()


class JsonWriter:
    """An array with a record on each line, fields and values as the list endpoints have them."""

    def __init__(self, path: Path, _columns: Sequence[Column], _language: str) -> None:
        self.file = path.open("wb")
        self.file.write(b"[")
        self.before = b"\n"

    def add(self, row: Mapping[str, Any]) -> None:
        self.file.write(self.before + orjson.dumps(dict(row)))
        self.before = b",\n"

    def close(self) -> None:
        self.file.write(b"\n]\n")
        self.file.close()


WRITERS: dict[str, type[CsvWriter | XlsxWriter | JsonWriter]] = {
    "csv": CsvWriter,
    "xlsx": XlsxWriter,
    "json": JsonWriter,
}
