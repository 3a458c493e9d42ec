"""A spreadsheet as it came, as rows of cells: CSV in the encodings and separators that people have, and XLSX.

Bounded: what is unpacked, how many rows and columns are looked at.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from xml.etree.ElementTree import ParseError

FILE_BYTES_MAX = 8 << 20
UNPACKED_BYTES_MAX = 64 << 20
ROWS_MAX = 10_000
COLUMNS_MAX = 60
SHEETS_MAX = 20
CELL_CHARACTERS_MAX = 2_000
_SEPARATORS = (",", ";", "\t", "|")
_OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

Cell = str | int | float | datetime | date | None


@dataclass(frozen=True)
class Sheet:
    """`rows[0]` is the spreadsheet's row 1."""

    name: str
    rows: list[list[Cell]]


class UnreadableError(Exception):
    """A file that is no spreadsheet that can be read; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def read_sheets(content: bytes) -> list[Sheet]:
    """Every sheet with something in it.

    Raises UnreadableError: `old_excel` (.xls), `too_large`, `too_many_rows`, `damaged`, `empty`.
    """
    if content.startswith(_OLD_EXCEL):
        raise UnreadableError("old_excel")
    sheets = _workbook(content) if content.startswith(b"PK") else [Sheet("", _csv_rows(_text(content)))]
    sheets = [sheet for sheet in sheets if sheet.rows]
    if not sheets:
        raise UnreadableError("empty")
    return sheets


def _workbook(content: bytes) -> list[Sheet]:
    # Every start of the server would wait for it otherwise.
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > UNPACKED_BYTES_MAX:
                raise UnreadableError("too_large")
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        try:
            sheets = []
            for sheet in book.worksheets[:SHEETS_MAX]:
                sheet.reset_dimensions()  # many programs write them wrong
                sheets.append(Sheet(sheet.title, _bounded(sheet.iter_rows(values_only=True, max_col=COLUMNS_MAX))))
            return sheets
        finally:
            book.close()
    # What its many parts raise for a file that is damaged, or made to harm.
    except (zipfile.BadZipFile, InvalidFileException, ParseError, KeyError, ValueError, TypeError, OSError) as error:
        raise UnreadableError("damaged") from error


def _csv_rows(text: str) -> list[list[Cell]]:
    csv.field_size_limit(FILE_BYTES_MAX)
    try:
        return _bounded(csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text)))
    except csv.Error as error:
        raise UnreadableError("damaged") from error


def _bounded(rows: Iterable[Iterable[object]]) -> list[list[Cell]]:
    found: list[list[Cell]] = []
    for row in rows:
        found.append([_cell(value) for value in list(row)[:COLUMNS_MAX]])
        while found[-1] and found[-1][-1] is None:
            found[-1].pop()
        if len(found) > ROWS_MAX + 100:  # titles, totals and signatures are no rows of data
            while found and not found[-1]:
                found.pop()
            if len(found) > ROWS_MAX:
                raise UnreadableError("too_many_rows")
    while found and not found[-1]:
        found.pop()
    return found


def _cell(value: object) -> Cell:
    if isinstance(value, bool) or value is None:
        return None if value is None else str(value)
    if isinstance(value, int | float | datetime | date):
        return value
    if isinstance(value, time):
        return None
    text = "".join(" " if unicodedata.category(c) in ("Cc", "Cs", "Zs") else c for c in str(value))
    return unicodedata.normalize("NFC", " ".join(text.split()))[:CELL_CHARACTERS_MAX] or None


def _text(content: bytes) -> str:
    """UTF-8 and UTF-16 with or without their mark, else Windows' own Vietnamese encoding."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    elif content[1:200:2].count(0) > len(content[1:200:2]) // 3:
        encoding = "utf-16-le"
    elif content[0:200:2].count(0) > len(content[0:200:2]) // 3:
        encoding = "utf-16-be"
    else:
        encoding = "utf-8-sig"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        if encoding != "utf-8-sig" or b"\0" in content:
            raise UnreadableError("damaged") from None
    # Marks stand after their letters in it; what it has no letter for is shown as such.
    return unicodedata.normalize("NFC", content.decode("cp1258", "replace"))


def _separator(text: str) -> str:
    """The one that cuts the most lines into the same number of cells, at least two."""
    lines = text.splitlines()[:200]
    if lines and re.fullmatch("sep=.", lines[0].strip(), re.IGNORECASE):
        return lines[0].strip()[4]  # what Excel itself reads

    def fit(separator: str) -> int:
        widths = [len(row) for row in csv.reader(lines, delimiter=separator)]
        return max((widths.count(width) * (width - 1) for width in set(widths) if width > 1), default=0)

    return max(_SEPARATORS, key=fit)
