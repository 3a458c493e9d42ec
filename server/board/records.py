"""Writes of the server itself on the board: many records at once, only what differs, through the one door."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from server.entities.definition import DATA_VERSION
from server.reconcile import own_author, own_stamp, reconcile
from server.store import SqlStore

Values = Mapping[str, Any]


def write(session: Session, coop_id: str, entity: str, wanted: Mapping[str, Values]) -> list[dict[str, Any]]:
    """Bring records of one co-operative, by id, to these values; the receipts of what had to be recorded.

    Each mutation names what it saw, so that it never conflicts with what it replaces.
    """
    author = own_author(session, coop_id)  # from here on nobody else writes
    known = {record.id: record for record in SqlStore(session, coop_id).records(entity, wanted.keys())}
    mutations = []
    for id, values in wanted.items():
        record = known.get(id)
        held, stamps = (record.fields, record.stamps) if record else ({}, {})
        changed = {name: value for name, value in values.items() if name not in held or held[name] != value}
        if changed:
            base = {name: stamps[name] for name in changed if name in stamps}
            said = {"entity": entity, "id": id, "set": changed, "base": base}
            mutations.append({"at": own_stamp(), "v": DATA_VERSION, **said})
    if not mutations:
        return []
    receipts: list[dict[str, Any]] = reconcile(session, author, coop_id, mutations, limit=1)["receipts"]
    return receipts
