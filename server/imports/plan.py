"""What an import would do, row by row: what was read, what is wrong with it, what is worth a look. Writes nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from server.entities import DEFINITIONS
from server.imports.headings import REQUIRED, Headings, find_headings, known_as, plain
from server.imports.members import Members
from server.imports.sheet import Cell, Sheet
from server.imports.spellings import SPELLINGS
from server.imports.values import UnreadError, day, known_unit, money, payment, quantity
from server.lists import HANOI
from server.text import fold
from sync.derive import DAY_MS, OLDEST_SALE_MS

OLD_DAYS = OLDEST_SALE_MS // DAY_MS
# Of what is written beside another: a little is rounding.
MISMATCH_SHARE = 100
_TOTALS = (
    "tong",
    "cong",
    "tong cong",
    "tong so",
    "cong don",
    "cong thang",
    "cong ngay",
    "tong tien",
    "cong trang",
    "total",
)


@dataclass(frozen=True)
class Asked:
    """How a spreadsheet is to be read: what the person changed of what was guessed.

    `fields[i]` is what column i holds. `unit`, `payment` and `money_with` stand where the file says nothing;
    `no_member`: a row without a member is refused, the co-operative's own (`coop`), or as the row above (`above`).
    """

    entity: str
    sheet: int = 0
    heading_row: int | None = None
    fields: Sequence[str | None] | None = None
    unit: str = ""
    payment: str = "cash"
    money_with: str = "member"
    no_member: str = "refuse"


@dataclass(frozen=True)
class Problem:
    """`column`: the field's heading, empty where the file has none; `code`: what was expected (required, day, money,
    number, quantity, unit_required, payment, too_long, in_future, unknown_member, several_members); `got`: what stands
    there."""

    field: str
    column: str
    code: str
    got: str


@dataclass
class Row:
    """`state`: ready, wrong, there (already recorded), skipped. `notes` are codes of what is worth a look."""

    number: int
    state: str = "ready"
    values: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    same_as: str | None = None

    @property
    def answers(self) -> set[str]:
        """The kinds of review that whoever took this row of sales had before their eyes. Every day is read from the
        sheet: it was no phone's clock."""
        told = {"odd_date"}
        if "total_differs" in self.notes:
            told.add("odd_amount")
        if self.state == "there" or "twice_in_file" in self.notes:
            told.add("duplicate_sale")
        return told


@dataclass
class Plan:
    headings: Headings
    fields: list[str | None]
    missing: list[str]
    rows: list[Row]
    said_total_vnd: int | None = None

    def of(self, state: str) -> list[Row]:
        return [row for row in self.rows if row.state == state]


def plan_of(sheet: Sheet, asked: Asked, members: Members, today: date) -> Plan:
    """Read every row under the headings."""
    headings = find_headings(sheet, asked.entity, asked.heading_row)
    fields = list(headings.fields if asked.fields is None else asked.fields)
    missing = [name for name in REQUIRED[asked.entity] if name not in fields]
    if asked.entity == "sale" and "unit_price_vnd" not in fields and "total_vnd" not in fields:
        missing.append("total_vnd")
    if asked.entity == "sale" and "member" not in fields and asked.no_member != "coop":
        missing.append("member")  # whose goods they were is never guessed
    plan = Plan(headings, fields, missing, [])
    if not missing:
        plan.rows = list(_rows(sheet, asked, plan, members, today))
    return plan


def _rows(sheet: Sheet, asked: Asked, plan: Plan, members: Members, today: date) -> Iterator[Row]:
    above: dict[str, Cell] = {}
    for number, cells in enumerate(sheet.rows[plan.headings.row :], plan.headings.row + 1):
        row, said = Row(number), _said(cells, plan.fields)
        reason = _why_no_row(cells, said, asked.entity)
        if reason == "total_row":
            _take_total(plan, said)
        if reason is not None:
            if reason != "empty":
                yield Row(number, "skipped", notes=[reason])
            continue
        for name in ("sold_on", *(["member"] if asked.no_member == "above" else [])):
            if name in plan.fields and said.get(name) is None and above.get(name) is not None:
                said[name] = above[name]
                row.notes.append("as_above")
        above = said
        read = _read_sale if asked.entity == "sale" else _read_member
        read(row, said, asked, _Reader(row, plan), members, today)
        if row.problems:
            row.state = "wrong"
        yield row


def _said(cells: Sequence[Cell], fields: Sequence[str | None]) -> dict[str, Cell]:
    return {name: cells[place] if place < len(cells) else None for place, name in enumerate(fields) if name}


def _why_no_row(cells: Sequence[Cell], said: Mapping[str, Cell], entity: str) -> str | None:
    """Why these cells are no row of data, though they stand among them."""
    filled = [cell for cell in cells if cell is not None]
    if not filled:
        return "empty"
    words = [plain(cell) for cell in filled if isinstance(cell, str)]
    if any(word in _TOTALS or word.startswith(("tong cong", "cong thang", "tong so tien")) for word in words[:2]):
        return "total_row"
    if len(words) > 1 and sum(known_as(word, entity) is not None for word in words) * 2 > len(filled):
        return "heading_again"
    if len(filled) > 2 and [plain(cell) for cell in filled] in _numberings(len(filled)):
        return "column_numbers"
    if entity == "sale" and not any(_figure(said.get(name)) for name in ("quantity", "unit_price_vnd", "total_vnd")):
        return "no_figures"  # a signature, a date of signing
    if entity == "member" and said.get("name") is None:
        return "no_name"
    return None


def _figure(cell: Cell) -> bool:
    return isinstance(cell, int | float) or (isinstance(cell, str) and cell.lstrip("+-").lstrip()[:1].isdigit())


def _numberings(count: int) -> list[list[str]]:
    """`(1) (2) (3)`, `A B 1 2 3`: what official forms have under their headings."""
    letters = [chr(ord("a") + place) for place in range(count)]
    numbers = [str(place + 1) for place in range(count)]
    mixed = [letters[:cut] + numbers[: count - cut] for cut in range(min(count, 5))]
    return [*mixed, letters] if count <= 26 else mixed


def _take_total(plan: Plan, said: Mapping[str, Cell]) -> None:
    """The last total row is the one of everything."""
    try:
        plan.said_total_vnd = money(said.get("total_vnd")) if said.get("total_vnd") is not None else plan.said_total_vnd
    except UnreadError:
        return


@dataclass
class _Reader:
    """Reads cells of one row, and puts down what cannot be read under its column's heading."""

    row: Row
    plan: Plan

    def read(self, name: str, cell: Cell, how: Any) -> Any:
        try:
            return how(cell)
        except UnreadError as error:
            self.refuse(name, error.code if cell is not None else "required", cell)
            return None

    def refuse(self, name: str, code: str, cell: Cell) -> None:
        got = cell.strftime("%d/%m/%Y") if isinstance(cell, date) else "" if cell is None else str(cell)
        place = self.plan.fields.index(name) if name in self.plan.fields else -1
        texts = self.plan.headings.texts
        self.row.problems.append(Problem(name, texts[place] if 0 <= place < len(texts) else "", code, got[:100]))

    def text(self, name: str, cell: Cell, field: str, entity: str, *, required: bool = False) -> str | None:
        if cell is None or not (text := str(cell).strip()):
            if required:
                self.refuse(name, "required", cell)
            return None
        _, errors = DEFINITIONS[entity].rules.read({field: text}, DEFINITIONS[entity].rules.version)
        if errors.get(field):
            self.refuse(name, "too_long", cell)
        return text


def _read_sale(
    row: Row, said: Mapping[str, Cell], asked: Asked, reader: _Reader, members: Members, today: date
) -> None:
    values = row.values
    values["product_name"] = reader.text(
        "product_name", said.get("product_name"), "product_name", "sale", required=True
    )
    sold_on = reader.read("sold_on", said.get("sold_on"), day)
    if sold_on is not None:
        _date(row, sold_on, said, reader, today)
    milli, beside = reader.read("quantity", said.get("quantity"), quantity) or (None, None)
    written = reader.text("unit", said.get("unit"), "unit", "sale")
    unit = known_unit(written) if written else beside or asked.unit
    if not unit:
        reader.refuse("unit" if "unit" in reader.plan.fields else "quantity", "unit_required", None)
    values |= {"quantity_milli": milli, "unit": unit}
    _prices(row, said, reader, milli)
    paid = said.get("payment")
    values["payment"] = reader.read("payment", paid, payment) if paid is not None else asked.payment
    values["money_with"] = asked.money_with
    for name in ("buyer_name", "note"):
        text = reader.text(name, said.get(name), name, "sale")
        if text:
            values[name] = text
    _owner(row, said.get("member"), asked, reader, members)


def _date(row: Row, sold_on: date, said: Mapping[str, Cell], reader: _Reader, today: date) -> None:
    if sold_on > today:
        reader.refuse("sold_on", "in_future", said.get("sold_on"))
    elif sold_on < today - timedelta(days=OLD_DAYS):
        row.notes.append("old")
    # What is said of a day alone is said of its noon; of today, not of a moment that is still to come.
    moment = datetime.combine(sold_on, time(0 if sold_on == today else 12), HANOI)
    row.values["sold_at"] = moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _prices(row: Row, said: Mapping[str, Cell], reader: _Reader, milli: int | None) -> None:
    """Price and total as written; the one that is missing follows from the other."""
    price, total = (
        reader.read(name, said[name], money) if said.get(name) is not None else None
        for name in ("unit_price_vnd", "total_vnd")
    )
    if said.get("unit_price_vnd") is None and said.get("total_vnd") is None:
        reader.refuse("total_vnd" if "total_vnd" in reader.plan.fields else "unit_price_vnd", "required", None)
    if milli and price is not None and total is None and said.get("total_vnd") is None:
        total = (price * milli + 500) // 1000
    if milli and total is not None and price is None and said.get("unit_price_vnd") is None:
        price = (total * 1000 + milli // 2) // milli
    if milli and price is not None and total is not None:
        expected = price * milli // 1000
        if abs(expected - total) * MISMATCH_SHARE > max(total, expected):
            row.notes.append("total_differs")
    row.values |= {"unit_price_vnd": price, "total_vnd": total}


def _owner(row: Row, cell: Cell, asked: Asked, reader: _Reader, members: Members) -> None:
    row.values["member_id"] = None
    if cell is None:
        if asked.no_member == "refuse":
            reader.refuse("member", "required", cell)
        return
    found = members.named(str(cell))
    if len(found) == 1:
        row.values["member_id"] = found[0]
    else:
        reader.refuse("member", "several_members" if found else "unknown_member", cell)


def _read_member(
    row: Row, said: Mapping[str, Cell], _asked: Asked, reader: _Reader, members: Members, _today: date
) -> None:
    for name in SPELLINGS["member"]:
        text = reader.text(name, said.get(name), name, "member", required=name == "name")
        if text:
            row.values[name] = text
    row.values["active"] = True
    if not row.problems:
        row.same_as = members.same(row.values["name"], fold(row.values.get("village", "")))
        row.state = "there" if row.same_as else "ready"
