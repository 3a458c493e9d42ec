"""How an entity is defined: once, for the engine's rules, the table, the API's schema and the browser's types."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from marshmallow import Schema, ValidationError
from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, String, Table, Text, text

from server.database import Base
from server.entities.values import Value
from sync.mutation import Errors
from sync.rules import Entity, FieldRule, Kind


@dataclass(frozen=True)
class Field:
    """One field of an entity: its kind, its value, whether a record is complete without it, and who may write it."""

    kind: Kind
    value: Value
    required: bool = False
    managers_only: bool = False


def frozen(value: Value, *, required: bool = False) -> Field:
    return Field(Kind.FROZEN, value, required)


def once(value: Value) -> Field:
    return Field(Kind.ONCE, value)


def last(value: Value, *, required: bool = False, managers_only: bool = False) -> Field:
    return Field(Kind.LAST, value, required, managers_only)


@dataclass(frozen=True)
class Definition:
    """An entity as the server knows it: the engine's `rules`, its table, its schema, what can be searched in it."""

    rules: Entity
    fields: Mapping[str, Field]
    table: Table
    schema: type[Schema]
    derived: Mapping[str, str]
    searchable: tuple[str, ...]


def define(
    name: str,
    fields: Mapping[str, Field],
    *,
    owner_field: str = "member_id",
    shared: bool = False,
    derived: Mapping[str, str] | None = None,
    searchable: tuple[str, ...] = (),
    together: Callable[[Mapping[str, Any]], Errors] | None = None,
    indexes: tuple[tuple[str, ...], ...] = (),
) -> Definition:
    """An entity. `together` checks fields that only make sense with others in the same mutation; `derived` are the
    engine's own fields with their TypeScript types, beside the two that every entity has."""
    derived = {**(derived or {}), "open_reviews": "number", "review_note": "string"}
    rules = Entity(
        name,
        {n: FieldRule(f.kind, f.required, f.managers_only) for n, f in fields.items()},
        _check(fields, together),
        owner_field,
        shared,
        tuple(derived),
    )
    schema = Schema.from_dict({n: f.value for n, f in fields.items()}, name=name.title().replace("_", ""))
    table = _table(name, fields, derived, owner_field, shared, bool(searchable), indexes)
    return Definition(rules, fields, table, schema, derived, searchable)


def _check(
    fields: Mapping[str, Field], together: Callable[[Mapping[str, Any]], Errors] | None
) -> Callable[[Mapping[str, Any]], tuple[dict[str, Any], Errors]]:
    def check(values: Mapping[str, Any]) -> tuple[dict[str, Any], Errors]:
        clean: dict[str, Any] = {}
        errors: Errors = {}
        for name, value in values.items():
            kind = fields[name].value
            try:
                if value is None and not kind.allow_none:
                    raise ValidationError("invalid")
                clean[name] = None if value is None else kind.clean(value)
            except ValidationError as error:
                errors[name] = [str(code) for code in error.messages]
        if together is not None and not errors:
            errors = together(clean)
        return clean, errors

    return check


_DERIVED_COLUMNS: dict[str, Any] = {"boolean": Boolean, "number": BigInteger, "string": Text}


def _table(
    name: str,
    fields: Mapping[str, Field],
    derived: Mapping[str, str],
    owner_field: str,
    shared: bool,
    searchable: bool,
    indexes: tuple[tuple[str, ...], ...],
) -> Table:
    """`at` and `stamps` are those of protocol.md's change; `since_ms` is when the server first heard of the record.

    Every key and index begins with coop_id, so that the schema can be spread over machines by it.
    """
    columns: list[Column[Any]] = [
        Column("coop_id", String(36), primary_key=True),
        Column("id", String(36), primary_key=True),
        Column("seq", BigInteger, nullable=False),
        Column("complete", Boolean, nullable=False),
        Column("fp", BigInteger, nullable=False),
        Column("since_ms", BigInteger, nullable=False),
        Column("at", String(26), nullable=False),
        Column("stamps", Text, nullable=False),
        *(Column(n, f.value.column) for n, f in fields.items()),
        *(Column(n, Integer if n == "open_reviews" else _DERIVED_COLUMNS[t]) for n, t in derived.items()),
        *([Column("search", Text)] if searchable else []),
    ]
    table = Table(name, Base.metadata, *columns)
    Index(f"ix_{name}_seq", table.c.coop_id, table.c.seq)
    waiting = text("complete = false")
    Index(
        f"ix_{name}_waiting",
        table.c.coop_id,
        table.c.since_ms,
        sqlite_where=text("complete = 0"),
        postgresql_where=waiting,
    )
    if not shared and owner_field != "id":
        Index(f"ix_{name}_owner", table.c.coop_id, table.c[owner_field], table.c.seq)
    for names in indexes:
        Index(f"ix_{name}_{names[0]}", table.c.coop_id, *(table.c[n] for n in names))
    return table
