"""Rows of the database and the engine's objects: one made from the other, each way."""

import json
from collections.abc import Mapping
from typing import Any

import orjson

from server.entities.definition import Definition
from server.tables import REVIEW
from server.text import fold
from sync.intake import used_base
from sync.mutation import Entry, canonical, data_version
from sync.review import Review
from sync.rules import Record

# What a nullable field holds when it was set to null: SQL's own NULL means that it was never set.
SET_TO_NULL = ""
# What a review holds as JSON, and what in columns of its own.
_REVIEW_JSON = ("sides", "keys", "value")
_REVIEW_COLUMNS = tuple(column.name for column in REVIEW.columns if column.name not in ("coop_id", *_REVIEW_JSON))


def record_of(definition: Definition, row: Mapping[Any, Any]) -> Record:
    """A record from a row of its table."""
    fields = {}
    for name, field in definition.fields.items():
        value = row[name]
        if value is not None:
            fields[name] = None if field.value.allow_none and value == SET_TO_NULL else value
    stamps = dict.fromkeys(fields, row["at"])
    stamps.update(orjson.loads(row["stamps"]))
    derived = {name: row[name] for name in definition.derived if row[name] is not None}
    return Record(
        definition.rules.name,
        row["id"],
        fields,
        stamps,
        derived,
        row["complete"],
        row["seq"],
        row["fp"],
        row["since_ms"],
    )


def record_row(coop_id: str, definition: Definition, record: Record) -> dict[str, Any]:
    at = min(record.stamps.values(), default="")
    row: dict[str, Any] = {
        "coop_id": coop_id,
        "id": record.id,
        "seq": record.seq,
        "complete": record.complete,
        "fp": record.fp,
        "since_ms": record.since_ms,
        "at": at,
        "stamps": orjson.dumps({n: s for n, s in record.stamps.items() if s != at}).decode(),
    }
    for name in definition.fields:
        value = record.fields.get(name)
        row[name] = SET_TO_NULL if value is None and name in record.fields else value
    for name in definition.derived:
        row[name] = record.derived.get(name)
    for name, key in definition.keyed.items():
        row[name] = key(record.fields)
    if definition.searchable:
        row["search"] = fold(" ".join(str(row[name] or "") for name in definition.searchable))
    return row


def entry_of(row: Mapping[Any, Any]) -> Entry:
    sent = json.loads(row["raw"])
    sent = sent if isinstance(sent, dict) else {}
    values, base = sent.get("set"), sent.get("base")
    values = values if isinstance(values, dict) else {}
    return Entry(
        key=row["key"],
        at=sent.get("at"),
        v=data_version(sent),
        entity=row["entity"],
        id=row["record_id"],
        set=values,
        base=used_base(values, base if isinstance(base, dict) else {}),
        raw=row["raw"],
        hash=row["hash"],
        replica=row["replica"],
        account=row["account"],
        role=row["role"],
        arrived_ms=row["arrived_ms"],
        eff=row["eff"] or row["key"],
        ahead=row["ahead"],
        outcome=row["outcome"],
        errors=json.loads(row["errors"]) if row["errors"] else {},
        seq=row["seq"],
        arrived_seq=row["arrived_seq"],
        anew=row["anew"],
        note=row["note"],
    )


def entry_row(coop_id: str, entry: Entry) -> dict[str, Any]:
    return {
        "coop_id": coop_id,
        "key": entry.key,
        "entity": entry.entity,
        "record_id": entry.id,
        "raw": entry.raw,
        "hash": entry.hash,
        "replica": entry.replica,
        "account": entry.account,
        "role": entry.role,
        "arrived_ms": entry.arrived_ms,
        "eff": entry.eff if entry.eff != entry.key else None,
        "ahead": entry.ahead,
        "outcome": entry.outcome,
        "errors": canonical(entry.errors) if entry.errors else None,
        "seq": entry.seq,
        "arrived_seq": entry.arrived_seq,
        "anew": entry.anew,
        "note": entry.note,
    }


def review_of(row: Mapping[Any, Any]) -> Review:
    plain = {name: row[name] for name in _REVIEW_COLUMNS}
    value = None if row["value"] is None else json.loads(row["value"])
    return Review(**plain, sides=json.loads(row["sides"]), keys=json.loads(row["keys"]), value=value)


def review_row(coop_id: str, review: Review) -> dict[str, Any]:
    row = {name: getattr(review, name) for name in _REVIEW_COLUMNS}
    value = None if review.value is None else canonical(review.value)
    return row | {"coop_id": coop_id, "sides": canonical(review.sides), "keys": canonical(review.keys), "value": value}
