"""One change as it was recorded, what the log keeps of it, and the receipt that answers it."""

import hashlib
import json
import re
from dataclasses import dataclass, field
from typing import Any, Literal, TypeGuard

from sync.stamps import is_stamp

MAX_MUTATION_BYTES = 64 * 1024

_uuid = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\Z").match

Outcome = Literal["applied", "merged", "held", "rejected"]
Errors = dict[str, list[str]]

# Why a mutation is refused of which nothing is wrong but that nobody here knows such records.
UNKNOWN_ENTITY: Errors = {"entity": ["unknown"]}

_encode = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode


def is_id(value: object) -> TypeGuard[str]:
    """Whether a value from the wire is a canonical lower-case UUID, of whatever version."""
    return isinstance(value, str) and _uuid(value) is not None


def canonical(value: object) -> str:
    """The one text of a JSON value: sorted keys, no spaces, ASCII only (so that a broken surrogate can be kept too)."""
    return _encode(value)


def content_text(raw: object) -> str:
    """The text that identifies a mutation's content: v, entity, id, set and base as parsed; never `eff` or `at`."""
    if not isinstance(raw, dict):
        return canonical(raw)
    base = {} if raw.get("base") is None else raw["base"]
    return canonical([*(raw.get(name) for name in ("v", "entity", "id", "set")), base])


def text_hash(text: str) -> str:
    """SHA-256, as hex, of a canonical text."""
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def log_key(raw: object, content_hash: str) -> str:
    """Where the log keeps a mutation: its `at`, or, when that is no stamp, a key made from everything that it says."""
    at = raw.get("at") if isinstance(raw, dict) else None
    return at if is_stamp(at) else spare_key(at, content_hash)


def spare_key(at: object, content_hash: str) -> str:
    """A key for a mutation that cannot be kept under its `at`; the same mutation always gets the same one."""
    return "!" + text_hash(canonical([at, content_hash]))[:25]


def data_version(raw: object) -> int:
    """The data version that a mutation says it was recorded with; the first, where it says nothing that makes sense."""
    v = raw.get("v") if isinstance(raw, dict) else None
    return v if type(v) is int and v >= 1 else 1


@dataclass(frozen=True, slots=True)
class Author:
    """Who sends: an account in a co-operative, on one installation, with the role that the database gives it now."""

    replica: str
    account: str
    role: str
    held: bool = False


@dataclass(slots=True, eq=False)
class Entry:
    """One line of the mutation log: the mutation as received, who brought it, and what became of it.

    `set` is as it was recorded at the data version `v`; an entity's `read` says it as rows do. `seq` is where it was
    decided last, `arrived_seq` where it came in; `anew` tells that the two differ. `note` is what whoever decided had
    to say to its author.
    """

    key: str
    at: Any
    v: int
    entity: str | None
    id: str | None
    set: dict[str, Any]
    base: dict[str, str]
    raw: str
    hash: str
    replica: str
    account: str
    role: str
    arrived_ms: int
    eff: str
    ahead: bool = False
    outcome: Outcome = "applied"
    errors: Errors = field(default_factory=dict)
    seq: int = 0
    arrived_seq: int = 0
    anew: bool = False
    note: str | None = None

    def receipt(self) -> dict[str, Any]:
        """The answer to its author (docs/protocol.md, Words: receipt)."""
        receipt: dict[str, Any] = {"at": self.at, "outcome": self.outcome, "seq": self.seq}
        if self.errors:
            receipt["errors"] = self.errors
        if self.note:
            receipt["note"] = self.note
        if self.eff != self.at and is_stamp(self.at) and self.key == self.at:
            receipt["eff"] = self.eff
        if self.ahead:
            receipt["clock"] = "ahead"
        return receipt

    @property
    def accepted(self) -> bool:
        return self.outcome in ("applied", "merged")

    def names(self, stamp: str) -> bool:
        """Whether a base that holds this stamp means this mutation."""
        return stamp == self.key or stamp == self.eff
