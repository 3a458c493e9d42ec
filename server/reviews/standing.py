"""What stands now where a review asks, and why: a person decides about that, not about what stood when it opened."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from server.entities import DEFINITIONS
from server.store import SqlStore
from server.viewer import Viewer
from sync.mutation import Entry
from sync.rules import Record

Item = dict[str, Any]
# (co-operative, entity, id)
Place = tuple[str, str, str]


def add_standing(session: Session, viewer: Viewer, items: Sequence[Item], keys: Mapping[str, Sequence[str]]) -> None:
    """Put beside each review the records that it is about, as they stand; beside an open one the `stamps` that a
    decision names; beside a conflict which side stands and why. `keys` are the reviews' own."""
    records = _records(session, {place for item in items for place in _places(item)})
    whose = _member_names(session, records)
    for item in items:
        places = [place for place in _places(item) if place in records]
        item["records"] = {place[2]: _shown(viewer, records[place], whose.get(place)) for place in places}
        place = (item["coop_id"], item["entity"], item["record_id"])
        record = records.get(place)
        if item["status"] == "open":
            item["stamps"] = record.stamps if record is not None else {}
        if item["kind"] == "conflict" and record is not None:
            entries = SqlStore(session, item["coop_id"]).entries(keys[item["id"]][:2])
            item |= _outcome(item, record, {entry.key: entry for entry in entries}, keys[item["id"]][:2])


def _places(item: Item) -> list[Place]:
    coop_id, entity = item["coop_id"], item["entity"]
    if entity is None or item["record_id"] is None:
        return []
    ids = [item["record_id"]]
    if item["kind"] == "duplicate_sale":
        ids += [side["value"] for side in item["sides"] if side["value"] not in ids]
    return [(coop_id, entity, id) for id in ids]


def _records(session: Session, places: Iterable[Place]) -> dict[Place, Record]:
    wanted: dict[tuple[str, str], list[str]] = defaultdict(list)
    for coop_id, entity, id in sorted(places):
        wanted[coop_id, entity].append(id)
    return {
        (coop_id, entity, record.id): record
        for (coop_id, entity), ids in wanted.items()
        for record in SqlStore(session, coop_id).records(entity, ids)
    }


def _member_names(session: Session, records: Mapping[Place, Record]) -> dict[Place, str]:
    member = DEFINITIONS["member"].table
    owners = {place: (place[0], record.fields.get("member_id")) for place, record in records.items()}
    known = {owner for owner in owners.values() if owner[1] is not None}
    query = select(member.c.coop_id, member.c.id, member.c.name).where(tuple_(member.c.coop_id, member.c.id).in_(known))
    names = {(coop_id, id): name for coop_id, id, name in session.execute(query)}
    return {place: names[owner] for place, owner in owners.items() if names.get(owner)}


def _shown(viewer: Viewer, record: Record, member_name: str | None) -> Item:
    return {**viewer.shown(record.fields), **record.derived, "member_name": member_name}


def _outcome(item: Item, record: Record, entries: Mapping[str, Entry], keys: Sequence[str]) -> Item:
    """`stands`: the position of the side whose value stands, null when neither does; `reason`: why it is that one.

    `later`: it was recorded later. `clock_ahead`: the other was recorded by a clock that was ahead, and so came in
    behind. `replaced`: what stands was written after both.
    """
    stamp = record.stamps.get(item["field"])
    sides = [entries.get(key) for key in keys]
    stands = next((i for i, entry in enumerate(sides) if entry is not None and entry.eff == stamp), None)
    if stands is None or len(sides) < 2:
        return {"stands": None, "reason": "replaced"}
    other = sides[1 - stands]
    return {"stands": stands, "reason": "clock_ahead" if other is not None and other.ahead else "later"}
