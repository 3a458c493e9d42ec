"""How an entity is defined: once, for the engine's rules, the table, the API's schema and the browser's types."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from marshmallow import Schema, ValidationError
from sqlalchemy import BigInteger, Boolean, Column, ColumnElement, Index, Integer, String, Table, Text, false, text

from server.database import Base
from server.entities.values import Value
from sync.mutation import Errors
from sync.rules import Check, Checked, Entity, FieldRule, Kind, Read

Together = Callable[[Mapping[str, Any]], Errors]
# What a column of the table says of a record's fields, to find alike records by; None while it cannot say.
Key = Callable[[Mapping[str, Any]], str | None]

# The version of the data: what fields there are and what their values say. Clients and servers of every earlier one
# are understood for ever (docs/protocol.md, Versions). The one place where it is said.
DATA_VERSION = 3


@dataclass(frozen=True)
class Earlier:
    """How a field's values were up to a data version, and how such a value is said since: pure, and never refused."""

    value: Value
    upcast: Callable[[Any], Any]


@dataclass(frozen=True)
class Field:
    """One field of an entity: its kind, its value, whether a record is complete without it, and who may write it.

    `since` is the data version that brought it; `earlier` holds, by the last data version that had them, its former
    kinds of value.
    """

    kind: Kind
    value: Value
    required: bool = False
    managers_only: bool = False
    since: int = 1
    earlier: Mapping[int, Earlier] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.required and self.since > 1:
            raise ValueError("A new field cannot be required: older phones do not know it.")

    def rule(self, version: int) -> FieldRule:
        changed = max((last + 1 for last in self.earlier if last < version), default=self.since)
        return FieldRule(self.kind, self.required, self.managers_only, self.since, changed)

    def value_in(self, version: int) -> Value:
        last = min((last for last in self.earlier if last >= version), default=None)
        return self.value if last is None else self.earlier[last].value

    def upcast(self, value: Any, v: int, version: int) -> Any:
        """A value of data version `v` as a later version says it, step by step."""
        for last in sorted(self.earlier):
            if v <= last < version:
                value = self.earlier[last].upcast(value)
        return value


def frozen(value: Value, *, required: bool = False) -> Field:
    return Field(Kind.FROZEN, value, required)


def once(value: Value) -> Field:
    return Field(Kind.ONCE, value)


def last(
    value: Value,
    *,
    required: bool = False,
    managers_only: bool = False,
    since: int = 1,
    earlier: Mapping[int, Earlier] | None = None,
) -> Field:
    return Field(Kind.LAST, value, required, managers_only, since, earlier or {})


@dataclass(frozen=True)
class Definition:
    """An entity as the server knows it: the engine's `rules`, its table, its schema, what can be searched in it.

    `rules_of` gives the rules as an earlier data version has them; `keyed` are columns made from the fields.
    """

    rules: Entity
    rules_of: Callable[[int], Entity]
    fields: Mapping[str, Field]
    table: Table
    schema: type[Schema]
    derived: Mapping[str, str]
    searchable: tuple[str, ...]
    keyed: Mapping[str, Key]

    def owned_by(self, member_id: str) -> ColumnElement[bool]:
        """In its table, the records of one member; none where an entity is the co-operative's alone."""
        name = self.rules.owner_field
        return false() if name is None else self.table.c[name] == member_id


def define(
    name: str,
    fields: Mapping[str, Field],
    *,
    owner_field: str | None = "member_id",
    shared: bool = False,
    managers_only: bool = False,
    since: int = 1,
    derived: Mapping[str, str] | None = None,
    searchable: tuple[str, ...] = (),
    keyed: Mapping[str, Key] | None = None,
    together: Together | None = None,
    indexes: tuple[tuple[str, ...], ...] = (),
) -> Definition:
    """An entity, there since a data version. `managers_only`: a member writes none of its fields. `together` checks
    fields that only make sense with others in the same mutation; `derived` are the engine's own fields with their
    TypeScript types, beside the two that every entity has."""
    if managers_only:
        fields = {n: replace(f, managers_only=True) for n, f in fields.items()}
    derived = {**(derived or {}), "open_reviews": "number", "review_note": "string"}

    def rules_of(version: int) -> Entity:
        known = {n: f for n, f in fields.items() if f.since <= version}
        rules = {n: f.rule(version) for n, f in known.items()}
        check, read = _check(known, version, together), _read(known, version, together)
        return Entity(name, version, rules, check, read, owner_field, shared, tuple(derived), since)

    schema = Schema.from_dict({n: f.value for n, f in fields.items()}, name=name.title().replace("_", ""))
    made = (*(("search",) if searchable else ()), *(keyed or {}))
    table = _table(name, fields, derived, owner_field, shared, made, indexes)
    return Definition(rules_of(DATA_VERSION), rules_of, fields, table, schema, derived, searchable, keyed or {})


def define_for_all(
    name: str,
    fields: Mapping[str, Field],
    *,
    since: int,
    searchable: tuple[str, ...] = (),
    together: Together | None = None,
) -> Definition:
    """An entity that is nobody's own: managers write it, and every member of the co-operative reads it."""
    return define(
        name,
        fields,
        owner_field=None,
        shared=True,
        managers_only=True,
        since=since,
        searchable=searchable,
        together=together,
    )


def _check(fields: Mapping[str, Field], version: int, together: Together | None) -> Check:
    kinds = {n: list(dict.fromkeys(f.value_in(v) for v in range(version, 0, -1))) for n, f in fields.items()}

    def check(values: Mapping[str, Any]) -> Checked:
        clean: dict[str, Any] = {}
        errors: Errors = {}
        for name, value in values.items():
            if not any(_clean(name, kind, value, clean, {}) and clean[name] == value for kind in kinds[name]):
                clean.pop(name, None)
                _clean(name, kinds[name][0], value, clean, errors)
        return clean, errors or (together(clean) if together else {})

    return check


def _read(fields: Mapping[str, Field], version: int, together: Together | None) -> Read:
    kinds = {v: {n: f.value_in(v) for n, f in fields.items() if f.since <= v} for v in range(1, version + 1)}

    def read(values: Mapping[str, Any], v: int) -> Checked:
        clean: dict[str, Any] = {}
        errors: Errors = {}
        known = kinds[min(v, version)]
        for name, value in values.items():
            if name in known and _clean(name, known[name], value, clean, errors) and v < version:
                clean[name] = fields[name].upcast(clean[name], v, version)
        return clean, errors or (together(clean) if together else {})

    return read


def _clean(name: str, kind: Value, value: Any, clean: dict[str, Any], errors: Errors) -> bool:
    """Put a field's value among the clean ones as it is kept, or the codes of what is wrong with it to the errors."""
    try:
        if value is None and not kind.allow_none:
            raise ValidationError("invalid")
        clean[name] = None if value is None else kind.clean(value)
    except ValidationError as error:
        errors[name] = [str(code) for code in error.messages]
    return name not in errors


_DERIVED_COLUMNS: dict[str, Any] = {"boolean": Boolean, "number": BigInteger, "string": Text}


def _table(
    name: str,
    fields: Mapping[str, Field],
    derived: Mapping[str, str],
    owner_field: str | None,
    shared: bool,
    made: tuple[str, ...],
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
        *(Column(n, Text) for n in made),
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
    if not shared and owner_field not in (None, "id"):
        Index(f"ix_{name}_owner", table.c.coop_id, table.c[owner_field], table.c.seq)
    for names in indexes:
        Index(f"ix_{name}_{names[0]}", table.c.coop_id, *(table.c[n] for n in names))
    return table
