"""The kinds of field and what an entity is: the vocabulary in which `server/entities/` writes its definitions.

frozen: the first value stands. once: false to true, never back. last: the last writer wins, field by field.
Derived fields are computed by the engine, carry no stamp and cannot be written.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from sync.mutation import Errors

MEMBER, MANAGER = "member", "manager"

# The clean values of some fields, and error codes per field.
Checked = tuple[dict[str, Any], Errors]
# Of a row, whose values may be of any data version.
Check = Callable[[Mapping[str, Any]], Checked]
# Of one `set` recorded at a data version, said as the registry's version says it. What that one lacks is left out.
Read = Callable[[Mapping[str, Any], int], Checked]


class Kind(StrEnum):
    FROZEN = "frozen"
    ONCE = "once"
    LAST = "last"


@dataclass(frozen=True, slots=True)
class FieldRule:
    """One field: how it merges, whether a record is complete without it, and whether a member may write it.

    It is there since one data version, and says its values as it does since `changed`, the same or a later one.
    """

    kind: Kind
    required: bool = False
    managers_only: bool = False
    since: int = 1
    changed: int = 1


@dataclass(frozen=True)
class Entity:
    """One kind of record as a data version has it; there since one of them.

    `owner_field` names the member whose record it is (None: the co-operative's alone); `shared` ones all members see.
    """

    name: str
    version: int
    fields: Mapping[str, FieldRule]
    check: Check
    read: Read
    owner_field: str | None = "member_id"
    shared: bool = False
    derived: tuple[str, ...] = ()
    since: int = 1
    required: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "required", frozenset(n for n, rule in self.fields.items() if rule.required))

    def version_of(self, values: Mapping[str, Any]) -> int:
        """The newest data version in which a mutation can set exactly these values of a row; else the oldest that
        understands them all: a server of today would have kept them in other words, so an older one did.
        """
        readings = {v: self.read(values, v) for v in range(self.version, self.since - 1, -1)}
        exact = [v for v, reading in readings.items() if reading == (values, {})]
        understood = [v for v, (said, errors) in readings.items() if not errors and said.keys() == values.keys()]
        return next(iter(exact + understood[::-1]), self.version)


Registry = Mapping[str, Entity]

# The last data version whose clients do not say in a request which one they know.
UNTOLD_VERSION = 2


@dataclass(slots=True, eq=False)
class Record:
    """One row of a synced entity. Every field that was ever set has a stamp; `fields` and `stamps` have the same keys.

    `fp` is its fingerprint, `since_ms` when the server first heard of it, `derived` what the engine computed.
    """

    entity: str
    id: str
    fields: dict[str, Any] = field(default_factory=dict)
    stamps: dict[str, str] = field(default_factory=dict)
    derived: dict[str, Any] = field(default_factory=dict)
    complete: bool = False
    seq: int = 0
    fp: int = 0
    since_ms: int = 0

    def copy(self) -> "Record":
        """Another record that can be changed without changing this one. Values themselves are never changed."""
        fields, stamps, derived = dict(self.fields), dict(self.stamps), dict(self.derived)
        return Record(self.entity, self.id, fields, stamps, derived, self.complete, self.seq, self.fp, self.since_ms)

    def owner(self, entity: Entity) -> str | None:
        """The member whose record it is; None for the co-operative's own and while it is not known."""
        if entity.owner_field is None:
            return None
        owner: str | None = self.id if entity.owner_field == "id" else self.fields.get(entity.owner_field)
        return owner

    def owner_known(self, entity: Entity) -> bool:
        return entity.owner_field in (None, "id") or entity.owner_field in self.fields

    def change(self) -> dict[str, Any]:
        """The record as a page carries it: `at` is the smallest stamp, `stamps` names only the fields that differ."""
        at = min(self.stamps.values())
        stamps = {name: stamp for name, stamp in self.stamps.items() if stamp != at}
        return {
            "entity": self.entity,
            "id": self.id,
            "at": at,
            "stamps": stamps,
            "row": self.fields,
            "derived": self.derived,
        }


def refusals(
    entity: Entity, role: str, account: str, record: Record, values: Mapping[str, Any], foreign: Iterable[str]
) -> Errors:
    """Why an account may not write these values into this record; empty when it may, or when it cannot be known yet.

    `foreign` are the fields that name a record of somebody else, where only the own may be named.
    """
    if role == MANAGER:
        return {}
    errors: Errors = {name: ["forbidden"] for name in foreign}
    if record.owner_known(entity):
        if record.owner(entity) != account:
            errors["id"] = ["forbidden"]
    elif entity.owner_field and values.get(entity.owner_field, account) != account:
        errors[entity.owner_field] = ["forbidden"]
    for name in values:
        if entity.fields[name].managers_only:
            errors[name] = ["forbidden"]
    return errors
