"""What a report is asked for, and what reports have in common: which sales, whose names, which day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from server import lists
from server.accounts import Coop
from server.entities import DEFINITIONS
from server.lists import MILLION, Filter
from server.viewer import Viewer

SALE = DEFINITIONS["sale"].table
MEMBER = DEFINITIONS["member"].table
EVENING = "17"  # the hour in UTC at which Hanoi's next day begins: all year, and in all years that sales are of

Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Asked:
    """A period as the lists take it; `goods` and `unit` for reports about one kind of goods."""

    since: str | None = None
    until: str | None = None
    goods: str | None = None
    unit: str | None = None


def live_sales(session: Session, viewer: Viewer, asked: Asked) -> list[ColumnElement[bool]]:
    """The sales that count, of the period and of whom the viewer may see."""
    mine = lists.conditions(DEFINITIONS["sale"], viewer, Filter(asked.since, asked.until, status="live"))
    return [of_coops(session, viewer), *mine]


def of_coops(session: Session, viewer: Viewer) -> ColumnElement[bool]:
    """Co-operatives named one by one, so that indexes can be used: they come first in each."""
    return SALE.c.coop_id.in_([viewer.coop_id] if viewer.coop_id else session.scalars(select(Coop.id)).all())


# Money in two parts: a sum of the largest amounts that a sale may have is more than 64 bits hold.
MILLIONS = func.sum(SALE.c.total_vnd // MILLION)
REST = func.sum(SALE.c.total_vnd % MILLION)
COUNT = func.count()
HOUR = func.substr(SALE.c.sold_at, 1, 13)


def grouped(
    session: Session, keys: Iterable[ColumnElement[Any]], viewer: Viewer, asked: Asked, *more: ColumnElement[Any]
) -> Iterator[Mapping[str, Any]]:
    """Live sales added up by keys: `count`, `total_vnd`, and what `more` names."""
    columns = [*keys, COUNT.label("count"), MILLIONS.label("millions"), REST.label("rest"), *more]
    query = select(*columns).where(*live_sales(session, viewer, asked)).group_by(*keys)
    for row in session.execute(query).mappings():
        yield {**row, "count": int(row["count"]), "total_vnd": int(row["millions"]) * MILLION + int(row["rest"])}


def day_of_hour(hour: str) -> str:
    """The day in Hanoi of an hour in UTC, `2026-11-21T17`."""
    day = hour[:10]
    return day if hour[11:] < EVENING else (date.fromisoformat(day) + timedelta(days=1)).isoformat()


def added(rows: Iterable[Mapping[str, Any]], key: str, names: Iterable[str] = ("count", "total_vnd")) -> Rows:
    """Rows of the same key as one, with these fields added up."""
    found: dict[Any, dict[str, Any]] = {}
    for row in rows:
        one = found.setdefault(row[key], {**row, **dict.fromkeys(names, 0)})
        for name in names:
            one[name] += row[name]
    return list(found.values())


def coops_of(session: Session, viewer: Viewer) -> dict[str, Coop]:
    query = select(Coop) if viewer.coop_id is None else select(Coop).where(Coop.id == viewer.coop_id)
    return {coop.id: coop for coop in session.scalars(query)}


def names_of(session: Session, viewer: Viewer) -> dict[tuple[str, str], str]:
    """Members' names by co-operative and id."""
    query = select(MEMBER.c.coop_id, MEMBER.c.id, MEMBER.c.name).where(MEMBER.c.complete.is_(True))
    if viewer.coop_id is not None:
        query = query.where(MEMBER.c.coop_id == viewer.coop_id)
    return {(coop_id, id): name for coop_id, id, name in session.execute(query)}
