"""The open questions and the past of a record, as people read them."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import Session

from server.accounts import Account
from server.entities import DEFINITIONS
from server.lists import Filter, Order, Viewer, place_of, read_moment
from server.problems import InvalidError, NotFoundError
from server.store import SqlStore
from server.tables import LOG, REVIEW
from sync.judge import checked, later_than
from sync.merge import merge
from sync.mutation import Entry, is_id
from sync.review import KINDS, STATUSES, instant
from sync.rules import Entity
from sync.stamps import is_stamp, ms_of

Item = dict[str, Any]


def reviews(session: Session, viewer: Viewer, wanted: Filter) -> Item:
    """`{items, next}`: reviews, newest first. A member sees those of the own records and mutations."""
    order = Order(REVIEW, "opened_ms", newest_first=True)
    query = order.page(session, select(REVIEW).where(*_conditions(viewer, wanted)), viewer, wanted)
    rows = session.execute(query).mappings().all()
    shown = rows[: wanted.limit]
    items = _reviews(session, viewer, shown)
    return {"items": items, "next": place_of(shown[-1]) if len(rows) > wanted.limit else None}


def review(session: Session, viewer: Viewer, id: str) -> Item:
    """One review of the viewer's co-operative."""
    query = select(REVIEW).where(REVIEW.c.coop_id == viewer.coop_id, REVIEW.c.id == id)
    [item] = _reviews(session, viewer, [session.execute(query).mappings().one()])
    return item


def _reviews(session: Session, viewer: Viewer, rows: Sequence[Mapping[Any, Any]]) -> list[Item]:
    items = [_review(viewer, row) for row in rows]
    _name_people(session, [side for item in items for side in item["sides"]])
    _name_people(session, [item["resolution"] for item in items if "resolution" in item])
    if not viewer.member:
        _add_stamps(session, [item for item in items if item["status"] == "open"])
    return items


def _add_stamps(session: Session, items: Iterable[Item]) -> None:
    """What a decision must name, to say about which state of the record it was taken."""
    wanted: dict[tuple[str, str], dict[str, list[Item]]] = {}
    for item in items:
        item["stamps"] = {}
        if item["entity"] and item["record_id"]:
            wanted.setdefault((item["coop_id"], item["entity"]), {}).setdefault(item["record_id"], []).append(item)
    for (coop_id, entity), by_id in wanted.items():
        for record in SqlStore(session, coop_id).records(entity, list(by_id)):
            for item in by_id[record.id]:
                item["stamps"] = record.stamps


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
            table.c[definition.rules.owner_field] == viewer.account_id,
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
    return item


def _side(viewer: Viewer, field: str | None, side: Item) -> Item:
    value = side["value"]
    if isinstance(value, dict):
        return side | {"value": viewer.shown(value)}
    if field is not None and field not in viewer.shown({field: value}):
        return side | {"value": None}
    return side


def _name_people(session: Session, items: Iterable[Item]) -> None:
    """Say beside each account id whose it is."""
    items = list(items)
    ids = {item["account"] for item in items if item["account"]}
    found = session.execute(select(Account.id, Account.name).where(Account.id.in_(ids)))
    names = {row.id: row.name for row in found}
    for item in items:
        item["account_name"] = names.get(item["account"])


def history(session: Session, viewer: Viewer, entity: str, id: str) -> Item:
    """`{items}`: every mutation that named the record, oldest first. Raises NotFoundError for what is not visible."""
    definition = DEFINITIONS.get(entity)
    if definition is None or not is_id(id):
        raise NotFoundError
    if viewer.coop_id is None:
        raise InvalidError(errors={"coop": ["required"]})
    store = SqlStore(session, viewer.coop_id)
    rules, found = definition.rules, store.records(entity, [id])
    own = bool(found) and (rules.shared or found[0].owner(rules) == viewer.account_id)
    entries = store.history(entity, id)
    if not entries or (viewer.member and not own):
        raise NotFoundError
    fates = _fates(rules, viewer, entries)
    # What others had refused or held is between them and the manager.
    shown = [(e, f) for e, f in fates if not viewer.member or e.accepted or e.account == viewer.account_id]
    items = [_entry(entry) | {"fields": fields} for entry, fields in shown]
    _name_people(session, items)
    return {"items": items}


def _entry(entry: Entry) -> Item:
    item: Item = {
        "at": entry.at,
        "account": entry.account,
        "role": entry.role,
        "replica": entry.replica,
        "recorded_at": instant(min(ms_of(entry.key), _LAST_MS)) if is_stamp(entry.key) else None,
        "arrived_at": instant(entry.arrived_ms),
        "outcome": entry.outcome,
        "seq": entry.seq,
    }
    if entry.eff != entry.key:
        item["eff"] = entry.eff
    if entry.errors:
        item["errors"] = entry.errors
    if entry.note:
        item["note"] = entry.note
    return item


# The last millisecond that a calendar knows: a clock may be set beyond it.
_LAST_MS = 253_402_300_799_999


def _fates(rules: Entity, viewer: Viewer, entries: list[Entry]) -> list[tuple[Entry, Item]]:
    """What became of each field of each mutation, by merging them again in the order of arrival.

    `current` stands; `replaced` stood until a later one won; `lost` met a greater stamp; `same` said what stood;
    `ignored` is no field here; `held` and `rejected` as the whole mutation.
    """
    row: Item = {}
    stamps: dict[str, str] = {}
    fates: list[tuple[Entry, Item]] = []
    for entry in entries:
        fields = {name: {"value": value, "result": entry.outcome} for name, value in viewer.shown(entry.set).items()}
        fates.append((entry, fields))
        if not entry.accepted:
            continue
        values, _ = checked(rules, entry)
        result = merge(rules, row, stamps, values, entry.eff, later_than(lambda: entries, entry))
        row.update(result.values)
        stamps.update(result.stamps)
        for name, field in fields.items():
            known = "ignored" if name not in values else "lost" if name in result.contested else "same"
            field["result"] = "current" if name in result.values else known
    for entry, fields in fates:
        for name, field in fields.items():
            if field["result"] == "current" and stamps.get(name) != entry.eff:
                field["result"] = "replaced"
    return fates
