"""The questions about records, as people read them."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import Session

from server.accounts import Account
from server.entities import DEFINITIONS
from server.lists import ROWS_AT_ONCE, Filter, Order, place_of, read_moment
from server.problems import InvalidError
from server.reviews.standing import add_standing
from server.tables import LOG, REVIEW
from server.viewer import Viewer
from sync.review import KINDS, STATUSES, instant

Item = dict[str, Any]


def reviews(session: Session, viewer: Viewer, wanted: Filter) -> Item:
    """`{items, next}`: reviews, newest first. A member sees those of the own records and mutations."""
    order = Order(REVIEW, "opened_ms", newest_first=True)
    query = order.page(session, select(REVIEW).where(*_conditions(viewer, wanted)), viewer, wanted)
    rows = session.execute(query).mappings().all()
    shown = rows[: wanted.limit]
    items = _reviews(session, viewer, shown)
    return {"items": items, "next": place_of(shown[-1]) if len(rows) > wanted.limit else None}


def count(session: Session, viewer: Viewer) -> int:
    """How many `stream` gives."""
    return session.scalar(select(func.count()).select_from(REVIEW).where(*_conditions(viewer, Filter()))) or 0


def stream(session: Session, viewer: Viewer) -> Iterator[list[Item]]:
    """Every review, the oldest first, some at a time, as they were asked and decided: without what stands by now."""
    query = select(REVIEW).where(*_conditions(viewer, Filter())).order_by(REVIEW.c.opened_ms, REVIEW.c.id)
    found = session.execute(query, execution_options={"yield_per": ROWS_AT_ONCE})
    for rows in found.mappings().partitions():
        yield _named(session, viewer, rows)


def review(session: Session, viewer: Viewer, id: str) -> Item:
    """One review of the viewer's co-operative."""
    query = select(REVIEW).where(REVIEW.c.coop_id == viewer.coop_id, REVIEW.c.id == id)
    [item] = _reviews(session, viewer, [session.execute(query).mappings().one()])
    return item


def _reviews(session: Session, viewer: Viewer, rows: Sequence[Mapping[Any, Any]]) -> list[Item]:
    items = _named(session, viewer, rows)
    if not viewer.member:
        add_standing(session, viewer, items, {row["id"]: json.loads(row["keys"]) for row in rows})
    return items


def _named(session: Session, viewer: Viewer, rows: Sequence[Mapping[Any, Any]]) -> list[Item]:
    items = [_review(viewer, row) for row in rows]
    name_people(session, [side for item in items for side in item["sides"]])
    name_people(session, [item["resolution"] for item in items if "resolution" in item])
    return items


def of_record(session: Session, viewer: Viewer, entity: str, id: str) -> list[Item]:
    """Every review there ever was of a record, the oldest first."""
    mine = (REVIEW.c.coop_id == viewer.coop_id, REVIEW.c.record_id == id, REVIEW.c.entity == entity)
    query = select(REVIEW).where(*mine).order_by(REVIEW.c.opened_ms, REVIEW.c.id)
    return _reviews(session, viewer, session.execute(query).mappings().all())


def _conditions(viewer: Viewer, wanted: Filter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if viewer.coop_id is not None:
        conditions.append(REVIEW.c.coop_id == viewer.coop_id)
    if viewer.member:
        conditions.append(_of_member(viewer))
    for name, value, known in (("kind", wanted.kind, KINDS), ("status", wanted.status, STATUSES)):
        if value is not None and value not in known:
            raise InvalidError(errors={name: ["unknown"]})
        if value is not None:
            conditions.append(REVIEW.c[name] == value)
    for text, until in ((wanted.since, False), (wanted.until, True)):
        if text is not None:
            ms = int(read_moment(text, until=until).timestamp() * 1000)
            conditions.append(REVIEW.c.opened_ms < ms if until else REVIEW.c.opened_ms >= ms)
    if wanted.q:
        conditions.append(REVIEW.c.record_id == wanted.q.strip())
    return conditions


def _of_member(viewer: Viewer) -> ColumnElement[bool]:
    found: list[ColumnElement[bool]] = []
    for name, definition in DEFINITIONS.items():
        table = definition.table
        own = exists().where(
            table.c.coop_id == REVIEW.c.coop_id,
            table.c.id == REVIEW.c.record_id,
            definition.owned_by(viewer.account_id),
        )
        found.append((REVIEW.c.entity == name) & own)
    written = exists().where(
        LOG.c.coop_id == REVIEW.c.coop_id, LOG.c.key == REVIEW.c.about, LOG.c.account == viewer.account_id
    )
    return or_(*found, written)


def _review(viewer: Viewer, row: Mapping[Any, Any]) -> Item:
    names = ("id", "kind", "status", "coop_id", "entity", "record_id", "field")
    item: Item = {name: row[name] for name in names}
    item["sides"] = [_side(viewer, row["field"], side) for side in json.loads(row["sides"])]
    item["opened_at"] = instant(row["opened_ms"])
    if row["closed_ms"] is not None:
        item["closed_at"] = instant(row["closed_ms"])
    if row["action"] is not None:
        item["resolution"] = {"action": row["action"], "note": row["note"], "account": row["resolved_by"]}
        if row["value"] is not None:
            item["resolution"]["value"] = _shown(viewer, row["field"], json.loads(row["value"]))
    return item


def _side(viewer: Viewer, field: str | None, side: Item) -> Item:
    return side | {"value": _shown(viewer, field, side["value"])}


def _shown(viewer: Viewer, field: str | None, value: Any) -> Any:
    if isinstance(value, dict):
        return viewer.shown(value)
    return None if field is not None and field not in viewer.shown({field: value}) else value


def name_people(session: Session, items: Iterable[Item]) -> None:
    """Say beside each account id whose it is."""
    items = list(items)
    ids = {item["account"] for item in items if item["account"]}
    found = session.execute(select(Account.id, Account.name).where(Account.id.in_(ids)))
    names = {row.id: row.name for row in found}
    for item in items:
        item["account_name"] = names.get(item["account"])
