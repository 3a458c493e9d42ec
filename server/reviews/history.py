"""The past of a record, as people read it: who wrote what, when it arrived, what became of it."""

from typing import Any

from sqlalchemy.orm import Session

from server.entities import DEFINITIONS
from server.problems import InvalidError, NotFoundError
from server.reviews.queue import name_people, of_record
from server.store import SqlStore
from server.viewer import Viewer
from sync.judge import checked, later_than
from sync.merge import merge
from sync.mutation import Entry, is_id
from sync.review import instant
from sync.rules import Entity
from sync.stamps import is_stamp, ms_of

Item = dict[str, Any]


def history(session: Session, viewer: Viewer, entity: str, id: str) -> Item:
    """`{items, reviews}`: every mutation that named the record, oldest first, and what was asked and decided about it.

    Raises NotFoundError for what is not visible.
    """
    definition = DEFINITIONS.get(entity)
    if definition is None or not is_id(id):
        raise NotFoundError
    if viewer.coop_id is None:
        raise InvalidError(errors={"coop": ["required"]})
    store = SqlStore(session, viewer.coop_id)
    rules, found = definition.rules, store.records(entity, [id])
    own = bool(found) and (rules.shared or found[0].owner(rules) == viewer.account_id)
    entries = store.history(entity, [id])
    if not entries or (viewer.member and not own):
        raise NotFoundError
    fates = _fates(rules, viewer, entries)
    # What others had refused or held is between them and the manager.
    shown = [(e, f) for e, f in fates if not viewer.member or e.accepted or e.account == viewer.account_id]
    items = [_entry(entry) | {"fields": fields} for entry, fields in shown]
    name_people(session, items)
    return {"items": items, "reviews": [] if viewer.member else of_record(session, viewer, entity, id)}


def _entry(entry: Entry) -> Item:
    item: Item = {
        "at": entry.at,
        "account": entry.account,
        "role": entry.role,
        "replica": entry.replica,
        "recorded_at": recorded_at(entry.key),
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


def recorded_at(stamp: object) -> str | None:
    """When the phone's clock said that it was; of what is no stamp nobody knows."""
    return instant(min(ms_of(stamp), _LAST_MS)) if is_stamp(stamp) else None


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
