"""What a person must look at. The engine opens reviews, brings them up to date, closes those that settle themselves."""

import dataclasses
import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sync.mutation import Entry

KINDS = (
    "conflict",
    "oversold",
    "duplicate_sale",
    "odd_amount",
    "odd_date",
    "rejected",
    "held",
    "incomplete",
    "lost_in_restore",
)
STATUSES = ("open", "resolved", "closed")

Side = dict[str, Any]


def instant(ms: int) -> str:
    """ISO 8601 UTC of milliseconds since 1970."""
    return datetime.fromtimestamp(ms / 1000, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def side(value: Any, entry: Entry | None, now_ms: int) -> Side:
    """One side of a review: a value, and who brought it from which phone, when there and when here."""
    if entry is None:
        return {"value": value, "account": None, "replica": None, "at": None, "arrived_at": instant(now_ms)}
    return {
        "value": value,
        "account": entry.account,
        "replica": entry.replica,
        "at": entry.at,
        "arrived_at": instant(entry.arrived_ms),
    }


@dataclass(frozen=True, slots=True)
class Agreed:
    """What a person saw beforehand and took all the same: by record the kinds of review that this answers."""

    account: str
    kinds: Mapping[str, Collection[str]]

    def answers(self, kind: str, *record_ids: str) -> bool:
        """Whether this answers such a question about one of these records."""
        return any(kind in self.kinds.get(id, ()) for id in record_ids)


NOTHING_AGREED = Agreed("", {})


@dataclass(slots=True, eq=False)
class Review:
    """One question for a person about one record. `about` tells reviews of one kind on one record apart: the pair of
    replicas of a conflict, the log key of a mutation, the pair of sales that may be one. `keys` are those of the
    mutations that it is about, then of what a decision wrote."""

    id: str
    kind: str
    entity: str | None
    record_id: str | None
    field: str | None
    about: str
    sides: list[Side]
    opened_ms: int
    status: str = "open"
    closed_ms: int | None = None
    keys: list[str] = dataclasses.field(default_factory=list)
    action: str | None = None
    value: Any = None
    note: str | None = None
    resolved_by: str | None = None

    def close(self, now_ms: int) -> None:
        self.status, self.closed_ms = "closed", now_ms

    def resolve(self, now_ms: int, account: str, action: str, value: Any, note: str | None) -> None:
        """A person decided: who, what, and what they had to say to whoever wrote it."""
        self.status, self.closed_ms = "resolved", now_ms
        self.resolved_by, self.action, self.value, self.note = account, action, value, note


def review_id(history: str, seq: int, kind: str, about: str, record_id: str | None, field: str | None) -> str:
    """An id made from what the review is about and when it opened."""
    return made_id(history, str(seq), kind, about, record_id or "", field or "")


def made_id(*said: str) -> str:
    """A UUID (version 8) made from what is said once only, so that no randomness is needed."""
    digits = hashlib.sha256("|".join(said).encode()).hexdigest()
    return f"{digits[:8]}-{digits[8:12]}-8{digits[13:16]}-8{digits[17:20]}-{digits[20:32]}"
