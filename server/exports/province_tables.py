"""The tables of the file with all merged data: what each holds, what it links to, what can be searched in it.

Quantities are in whole units, money in đồng, times in UTC, days Hanoi's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson

from server.lists import local_day
from server.reviews.history import recorded_at


@dataclass(frozen=True)
class Cell:
    """A column: its type, and how a record gives its value: the field of its name or `of`, then `made` of that.

    With `link` it is the number of a row in that table, and the field holds that one's record id.
    """

    type: type
    of: str = ""
    made: Callable[[Any], Any] | None = None
    link: str = ""


@dataclass(frozen=True)
class FileTable:
    """`parts` are tables of what a record holds several of. `label` is the column that names a row."""

    about: str
    cells: Mapping[str, Cell]
    searched: tuple[str, ...] = ()
    label: str = ""
    units: Mapping[str, str] = field(default_factory=dict)
    indexes: tuple[tuple[str, ...], ...] = ()
    parts: Mapping[str, str] = field(default_factory=dict)


TEXT, NUMBER = Cell(str), Cell(int)
FLAG = Cell(int, made=bool)


def _link(table: str, of: str = "") -> Cell:
    return Cell(int, of or f"{table}_id", link=table)


def _units(of: str) -> Cell:
    return Cell(float, of, lambda milli: (milli or 0) / 1000)


def _day(of: str) -> Cell:
    return Cell(str, of, lambda moment: local_day(moment) if moment else None)


def _said(value: Any) -> Any:
    """A field's value as it is, several as JSON."""
    return orjson.dumps(value).decode() if isinstance(value, dict | list) else value


def _all(cell: Cell, names: str) -> dict[str, Cell]:
    return dict.fromkeys(names.split(), cell)


COOP, MEMBER, LISTING = _link("coop"), _link("member"), _link("listing")
OF_MEMBER = {"coop": COOP, "member": MEMBER}
OF_COOP = {"coop": COOP}
WITHDRAWN = {"withdrawn": FLAG}
VOIDED = {"voided": FLAG}

# In an order in which every link leads back; those to `sale` are set when all are there.
TABLES: dict[str, FileTable] = {
    "coop": FileTable(
        "Co-operatives",
        _all(TEXT, "name kind tax_code province_code province_name commune_code commune_name"),
        label="name",
    ),
    "member": FileTable(
        "Members",
        OF_COOP
        | _all(TEXT, "name called village language")
        | {"active": Cell(int, made=lambda active: active is not False), "phones": Cell(int, "replicas")}
        | _all(TEXT, "last_sync_at phone ethnic_group"),
        searched=("name", "called", "village"),
        label="name",
        units={"village": "thôn bản", "phones": "how many"},
    ),
    "listing": FileTable(
        "Goods on offer",
        OF_MEMBER
        | {"name": Cell(str, "product_name"), "stock_left": _units("left_milli"), "unit": TEXT, "price_vnd": NUMBER}
        | _all(TEXT, "description status approval approval_note"),
        searched=("name", "description"),
        label="name",
        units={"price_vnd": "đồng a unit", "stock_left": "in units; computed"},
    ),
    "stock_entry": FileTable(
        "Goods that came in or went out otherwise than by a sale",
        OF_MEMBER | {"listing": LISTING, "quantity": _units("quantity_milli"), "kind": TEXT, "note": TEXT} | VOIDED,
        units={"quantity": "in the listing's unit"},
    ),
    "sale": FileTable(
        "Sales; add up only where counts = 1",
        {**OF_MEMBER, "listing": LISTING, "replaces": _link("sale", "replaces_id"), "sold_on": _day("sold_at")}
        | {"product_name": TEXT, "quantity": _units("quantity_milli"), "unit": TEXT}
        | _all(NUMBER, "unit_price_vnd total_vnd")
        | _all(TEXT, "sold_at payment money_with buyer_name note due_on")
        | {"settled": FLAG, **VOIDED, "void_reason": TEXT, "counts": FLAG},
        searched=("product_name", "note"),
        label="product_name",
        units={
            "quantity": "in the unit beside it",
            "total_vnd": "đồng, as paid",
            "sold_at": "UTC",
            "sold_on": "day in Asia/Ho_Chi_Minh",
            "replaces": "the sale that this one corrects",
        },
        indexes=(("coop", "sold_on"), ("product_name",)),
    ),
    "payment": FileTable(
        "What was owed before, advances and payouts; add up only where voided = 0",
        {**OF_MEMBER, "paid_on": _day("paid_at"), "kind": TEXT, "amount_vnd": NUMBER}
        | _all(TEXT, "paid_at method note")
        | {**VOIDED, "void_reason": TEXT},
        units={"amount_vnd": "đồng", "paid_at": "UTC"},
        indexes=(("coop", "paid_on"),),
    ),
    "season": FileTable(
        "Seasons of payment", OF_COOP | _all(TEXT, "name starts_on ends_on") | {"closed": FLAG}, label="name"
    ),
    "statement": FileTable(
        "Accounts as they stood when a season was closed; no member: the co-operative's own goods",
        {"coop": COOP, "season": _link("season"), "member": MEMBER}
        | _all(NUMBER, "before_vnd late_vnd opening_vnd with_member_vnd with_coop_vnd on_credit_vnd")
        | _all(NUMBER, "advances_vnd payouts_vnd owed_vnd"),
        units={"owed_vnd": "before + late + opening + with_coop − advances − payouts"},
    ),
    "summary": FileTable(
        "Months that a co-operative made public to its members",
        {"coop": COOP, "month": TEXT, "made_at": TEXT}
        | _all(NUMBER, "members sales sold_vnd with_coop_vnd on_credit_vnd paid_vnd owed_vnd"),
        label="month",
        units={"month": "its first day", "owed_vnd": "to all members at its end"},
        indexes=(("month",),),
        parts={"summary_goods": "goods"},
    ),
    "summary_goods": FileTable(
        "What was sold in such a month; without a name: all other goods",
        {**OF_COOP, "summary": _link("summary"), "product_name": TEXT, "quantity": _units("quantity_milli")}
        | {"unit": TEXT, "total_vnd": NUMBER, "sales": NUMBER},
    ),
    "need": FileTable(
        "Needs and difficulties that members told, and the answers",
        {**OF_MEMBER, "told_on": _day("told_at")} | _all(TEXT, "kind text told_at answer answered_at") | WITHDRAWN,
        searched=("text", "answer"),
        label="text",
        indexes=(("coop", "told_on"),),
    ),
    "notice": FileTable(
        "Notices to members; what the province wrote to many stands once for each of them",
        OF_COOP | _all(TEXT, "kind title body told_by starts_on ends_on") | WITHDRAWN,
        searched=("title", "body"),
        label="title",
    ),
    "price": FileTable(
        "What goods usually sell for",
        OF_COOP
        | _all(TEXT, "product_name unit place source")
        | _all(NUMBER, "usual_vnd low_vnd high_vnd")
        | {"as_of": TEXT, **WITHDRAWN},
        searched=("product_name", "place"),
        label="product_name",
        units={"usual_vnd": "đồng a unit", "source": "sales: reckoned from those; staff: written down"},
    ),
    "market": FileTable(
        "Markets and their days",
        OF_COOP | _all(TEXT, "name place rule") | WITHDRAWN,
        searched=("name", "place"),
        label="name",
        units={"rule": "zodiac (Tý is 0), weekday (Monday is 1), lunar day or dates"},
    ),
    "review": FileTable(
        "What somebody had to look at, and what was decided",
        {**OF_COOP, **_all(TEXT, "kind status entity"), "sale": _link("sale"), "listing": LISTING, "member": MEMBER}
        | _all(TEXT, "about_id field opened_at closed_at action decided_by note")
        | {"value": Cell(str, made=_said)},
        searched=("note",),
        label="kind",
        units={"about_id": "record_id of the record", "value": "what was decided"},
        indexes=(("coop", "status", "kind"), ("about_id",)),
        parts={"review_side": "sides"},
    ),
    "review_side": FileTable(
        "The sides of a review: what was said, by whom, when there and when here",
        {**OF_COOP, "review": _link("review"), "sale": _link("sale"), "value": Cell(str, made=_said)}
        | {"written_by": Cell(str, "account_name"), "recorded_at": Cell(str, "at", recorded_at), "arrived_at": TEXT},
        units={"sale": "of two that may be one", "recorded_at": "by the phone's clock"},
    ),
}
# What has no record id and no reviews of its own.
PARTS = frozenset(part for table in TABLES.values() for part in table.parts)
