"""Reading amounts, quantities, days and words as people write them in spreadsheets. What cannot be read raises."""

from __future__ import annotations

import math
import re
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from server.imports.headings import plain
from server.imports.sheet import Cell
from server.text import fold

# As they are written here, by how they are said: unknown ones are kept as they stand.
UNITS = {
    fold(unit): unit
    for unit in (
        "lạng",
        "kg",
        "yến",
        "tạ",
        "tấn",
        "lít",
        "con",
        "bó",
        "mớ",
        "chục",
        "quả",
        "cái",
        "bộ",
        "hộp",
        "chai",
        "gói",
        "túi",
    )
} | {
    "ki lo": "kg",
    "kilo": "kg",
    "ky": "kg",
    "can": "kg",
    "kilogam": "kg",
    "kgs": "kg",
    "lit": "lít",
    "l": "lít",
    "qua": "quả",
}
_TIMES = {"k": 1_000, "nghin": 1_000, "ngan": 1_000, "ng": 1_000, "tr": 10**6, "trieu": 10**6, "ty": 10**9, "ti": 10**9}
_MONEY_WORDS = re.compile(r"(vnd|vn|dong|d|₫)\.?$")
_NUMBER = re.compile(r"[+-]?\d[\d.,' \u00a0]*")
_EXCEL_EPOCH = date(1899, 12, 30)
_YEARS = range(2000, 2101)
_PAYMENTS = {
    "cash": (
        "tien mat",
        "tm",
        "mat",
        "da tra",
        "da tra tien",
        "da thanh toan",
        "da thu",
        "roi",
        "xong",
        "du",
        "cash",
        "paid",
        "t m",
    ),
    "transfer": (
        "chuyen khoan",
        "ck",
        "ngan hang",
        "bank",
        "transfer",
        "qr",
        "c k",
        "momo",
        "viettel money",
        "vi dien tu",
    ),
    "credit": (
        "no",
        "ban chiu",
        "chiu",
        "con no",
        "mua chiu",
        "chua tra",
        "chua thanh toan",
        "cho no",
        "credit",
        "chua",
        "tra sau",
        "ghi no",
    ),
}


class UnreadError(Exception):
    """A cell that does not say what its column should; `code` is what was expected."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def number(text: str) -> Decimal:
    """`1.250.000`, `1,250,000`, `2,5`, `1 250 000`. A single group of three is thousands, as people here write them."""
    digits = re.sub(r"[ '\u00a0]", "", text)
    last = max(digits.rfind("."), digits.rfind(","))
    if last >= 0:
        mark, whole, rest = digits[last], digits[:last], digits[last + 1 :]
        other = "," if mark == "." else "."
        grouped = (
            re.fullmatch(rf"[+-]?\d{{1,3}}(\{mark}\d{{3}})*", whole)
            and len(rest) == 3
            and not whole.lstrip("+-").startswith("0")
        )
        if grouped and other not in whole:
            digits = whole.replace(mark, "") + rest
        elif mark in whole:
            raise UnreadError("number")
        else:
            if other in whole and not re.fullmatch(rf"[+-]?\d{{1,3}}(\{other}\d{{3}})+", whole):
                raise UnreadError("number")
            digits = f"{whole.replace(other, '')}.{rest}"
    try:
        return Decimal(digits)
    except InvalidOperation as error:
        raise UnreadError("number") from error


def money(cell: Cell) -> int:
    """Whole đồng: `1.250.000 đ`, `250k`, `1,2 triệu`, a number."""
    amount = _amount(cell, "money")
    if amount is None:
        said = fold(str(cell)).strip()
        found = _NUMBER.match(said)
        if found is None:
            raise UnreadError("money")
        rest = said[found.end() :].strip()
        times = _TIMES.get(_MONEY_WORDS.sub("", rest).strip(" ."))
        if times is None:
            if _MONEY_WORDS.sub("", rest).strip(" ."):
                raise UnreadError("money")
            times = 1
        amount = number(found.group().strip(" .,")) * times
    whole = int(amount.to_integral_value(ROUND_HALF_UP))
    if whole < 0 or (amount - whole).copy_abs() > Decimal("0.01"):
        raise UnreadError("money")
    return whole


def quantity(cell: Cell) -> tuple[int, str | None]:
    """Thousandths of the unit, and the unit if it stands beside the number: `2,5 kg`."""
    amount, unit = _amount(cell, "quantity"), None
    if amount is None:
        said = str(cell).strip()
        found = _NUMBER.match(said)
        if found is None:
            raise UnreadError("quantity")
        amount, unit = number(found.group().strip(" .,")), said[found.end() :].strip(" .") or None
        if unit is not None and (len(unit) > 20 or any(c.isdigit() for c in unit)):
            raise UnreadError("quantity")
    milli = int((amount * 1000).to_integral_value(ROUND_HALF_UP))
    if milli <= 0:
        raise UnreadError("quantity")
    return milli, known_unit(unit) if unit else None


def _amount(cell: Cell, code: str) -> Decimal | None:
    """A number cell, or None for one of text. Rounded as a spreadsheet shows it, not as a computer keeps it."""
    if isinstance(cell, datetime | date) or cell is None:
        raise UnreadError(code)
    if isinstance(cell, str):
        return None
    if not math.isfinite(cell) or abs(cell) >= 10**15:
        raise UnreadError(code)
    return Decimal(repr(round(cell, 6)))


def known_unit(text: str) -> str:
    """A unit as it is written here; one that is not known stays as it is said."""
    return UNITS.get(plain(text), text)


def day(cell: Cell) -> date:
    """Day before month: `5/3/2025`, `ngày 5 tháng 3 năm 2025`; or `2025-03-05`, a date cell, its serial number."""
    try:
        found = _day(cell)
    except (ValueError, OverflowError) as error:
        raise UnreadError("day") from error
    if found.year not in _YEARS:
        raise UnreadError("day")
    return found


def _day(cell: Cell) -> date:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, int | float):
        if not 30_000 < cell < 80_000:
            raise ValueError(cell)
        return _EXCEL_EPOCH + timedelta(days=int(cell))
    parts = [int(part) for part in re.findall(r"\d+", str(cell or ""))]
    if len(parts) == 1 and 30_000 < parts[0] < 80_000:
        return _EXCEL_EPOCH + timedelta(days=parts[0])
    if len(parts) not in (3, 5, 6):  # with or without a time
        raise ValueError(cell)
    first, month, last = parts[:3]
    if first > 31:
        return date(first, month, last)
    return date(last + 2000 if last < 100 else last, month, first)


def payment(cell: Cell) -> str:
    said = plain(cell)
    for code, spellings in _PAYMENTS.items():
        if said in spellings:
            return code
    raise UnreadError("payment")
