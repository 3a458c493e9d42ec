"""What is exported: the rows that a filter shows, with their columns, some at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from server import lists
from server.accounts import Account, Coop
from server.exports.columns import Column, columns_of, kind_of, without_private
from server.lists import Filter
from server.people.ethnic_group import EthnicGroup
from server.reports import Report
from server.reports.asked import Asked
from server.viewer import Viewer

# What the list endpoints call them: the entity.
LISTS = {
    "sales": "sale",
    "listings": "listing",
    "members": "member",
    "stock_entries": "stock_entry",
    "payments": "payment",
    "needs": "need",
}


@dataclass(frozen=True)
class Source:
    """Rows to write: how many, under which columns, and they themselves, read as they are written."""

    columns: Sequence[Column]
    total: int
    rows: Iterator[list[dict[str, Any]]]


def list_source(session: Session, viewer: Viewer, entity: str, wanted: Filter) -> Source:
    """A list of records. Raises InvalidError for a filter that the list does not know."""
    total = lists.count(session, viewer, entity, wanted)
    return Source(columns_of(entity, viewer), total, shown_rows(session, viewer, entity, wanted))


def shown_rows(session: Session, viewer: Viewer, entity: str, wanted: Filter) -> Iterator[list[dict[str, Any]]]:
    """Records some at a time, with the names beside them that people know, without what was not asked for."""
    coops = dict(session.execute(select(Coop.id, Coop.name)).all()) if viewer.coop_id is None else {}
    for items in lists.stream(session, viewer, entity, wanted):
        if entity == "member":
            lists.add_phones(session, items)
            if "phone" in viewer.private:
                _add_numbers(session, items)
            if "ethnic_group" in viewer.private:
                _add_groups(session, items)
        for item in items:
            if coops:
                item["coop_name"] = coops.get(item["coop_id"])
        yield [without_private(item, viewer) for item in items]


def _add_numbers(session: Session, items: list[dict[str, Any]]) -> None:
    ids = [item["id"] for item in items]
    query = select(Account.id, Account.phone).where(Account.id.in_(ids), Account.phone.is_not(None))
    numbers = dict(session.execute(query).all())
    for item in items:
        item.setdefault("phone", numbers.get(item["id"]))


def _add_groups(session: Session, items: list[dict[str, Any]]) -> None:
    """Of those who agreed to its being kept; nobody else's is there."""
    query = select(EthnicGroup).where(EthnicGroup.member_id.in_([item["id"] for item in items]))
    groups = {(found.coop_id, found.member_id): found.value for found in session.scalars(query)}
    for item in items:
        item["ethnic_group"] = groups.get((item["coop_id"], item["id"]))


def report_columns(report: Report, viewer: Viewer) -> list[Column]:
    """A report's columns; whose co-operative it is stands there where several are seen."""
    several = viewer.coop_id is None
    return [Column(field, kind_of(field)) for field in report.fields if several or field != "coop_name"]


def report_source(session: Session, viewer: Viewer, report: Report, asked: Asked) -> Source:
    columns = report_columns(report, viewer)
    rows = [{c.field: row.get(c.field) for c in columns} for row in report.rows(session, viewer, asked)]
    return Source(columns, len(rows), iter([rows]))
