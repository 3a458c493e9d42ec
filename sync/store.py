"""The port to a storage: one co-operative inside one transaction; and the in-memory storage.

The engine reads through these calls, collects what it changes, and hands it over once, in `save`. A storage promises
that nothing is visible to others before its transaction commits, and that transactions of one co-operative that write
follow one another. tests/sync/test_stores.py is the conformance suite that every storage must pass.
"""

import copy
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any, Protocol

from sync.fingerprint import DIGEST_MODULUS
from sync.mutation import UNKNOWN_ENTITY, Entry
from sync.review import Review
from sync.rules import Record

# The digests' scope of everything in the co-operative; other scopes are member ids.
WHOLE = ""

Key = tuple[str, str]


@dataclass(slots=True)
class Counter:
    """The co-operative's row that every writing transaction locks first."""

    seq: int
    history: str
    safe: int = 0


@dataclass(slots=True)
class Changes:
    """What one transaction changes, saved at once. Digest deltas are (scope, entity) → (count, sum of fingerprints)."""

    seq: int
    history: str
    head: tuple[int, str] | None = None
    new_entries: list[Entry] = field(default_factory=list)
    decided_entries: list[Entry] = field(default_factory=list)
    records: list[Record] = field(default_factory=list)
    reviews: list[Review] = field(default_factory=list)
    digest_deltas: dict[Key, tuple[int, int]] = field(default_factory=dict)


class Store(Protocol):
    """One co-operative's records, log, reviews and digests, inside one transaction."""

    def counter(self) -> Counter: ...

    def has_head(self, seq: int, tag: str) -> bool: ...

    def head_tag(self, seq: int) -> str:
        """The random tag of the transaction that moved the counter to `seq`; empty at the very beginning."""
        ...

    def entries(self, keys: Collection[str]) -> list[Entry]:
        """The log's mutations under these keys."""
        ...

    def entries_with_eff(self, effs: Collection[str]) -> list[Entry]:
        """The mutations whose effective stamp is one of these and differs from their key."""
        ...

    def history(self, entity: str, ids: Collection[str]) -> list[Entry]:
        """Every mutation that named one of these records, those of each in the order of arrival."""
        ...

    def writes_of(self, fields: Mapping[str, Collection[str]]) -> list[Entry]:
        """The accepted mutations that set one of these fields of an entity, in the order of arrival.

        Reads the whole log: for an upgrade, never for a request.
        """
        ...

    def unknown(self) -> list[Entry]:
        """The mutations that were refused for their entity alone, in the order of arrival. For an upgrade, too."""
        ...

    def records(self, entity: str, ids: Collection[str]) -> list[Record]: ...

    def replacing(self, sale_ids: Collection[str]) -> list[Record]:
        """The sales whose `replaces_id` is one of these."""
        ...

    def overdue(self, since_ms: int) -> list[Record]:
        """Incomplete records of which the server has known since before `since_ms` and which no one was told of."""
        ...

    def open_reviews(self, record_ids: Collection[str]) -> list[Review]: ...

    def review(self, id: str) -> Review | None: ...

    def save(self, changes: Changes) -> None: ...

    def page(self, owner: str | None, after: int, limit: int, entities: Collection[str] | None = None) -> list[Record]:
        """Complete records of these entities (None: of all) that `owner` may see (None: all) with `seq > after`, in the
        order of seq."""
        ...

    def decided(self, replica: str, after: int, until: int) -> list[Entry]:
        """This replica's mutations that were decided anew with `after < seq <= until`."""
        ...

    def digest(self, owner: str | None) -> dict[str, list[int]]:
        """Per entity the number of complete records that `owner` may see and the sum of their fingerprints."""
        ...


@dataclass
class MemoryStore:
    """A co-operative in memory: what the simulation and the engine's own tests run on."""

    shared_entities: frozenset[str]
    entity_names: tuple[str, ...]
    owner_fields: dict[str, str | None]
    state: Counter
    heads: dict[int, str] = field(default_factory=dict)
    log: dict[str, Entry] = field(default_factory=dict)
    rows: dict[Key, Record] = field(default_factory=dict)
    reviews: dict[str, Review] = field(default_factory=dict)
    digests: dict[Key, tuple[int, int]] = field(default_factory=dict)

    def counter(self) -> Counter:
        return copy.copy(self.state)

    def has_head(self, seq: int, tag: str) -> bool:
        return self.head_tag(seq) == tag

    def head_tag(self, seq: int) -> str:
        return self.heads.get(seq, "")

    def entries(self, keys: Collection[str]) -> list[Entry]:
        return [_copy_entry(self.log[key]) for key in keys if key in self.log]

    def entries_with_eff(self, effs: Collection[str]) -> list[Entry]:
        return self._logged(lambda entry: entry.eff in effs and entry.eff != entry.key)

    def history(self, entity: str, ids: Collection[str]) -> list[Entry]:
        return self._logged(lambda entry: entry.entity == entity and entry.id in ids)

    def writes_of(self, fields: Mapping[str, Collection[str]]) -> list[Entry]:
        return self._logged(
            lambda entry: entry.accepted and not entry.set.keys().isdisjoint(fields.get(entry.entity or "", ()))
        )

    def unknown(self) -> list[Entry]:
        return self._logged(lambda entry: entry.outcome == "rejected" and entry.errors == UNKNOWN_ENTITY)

    def records(self, entity: str, ids: Collection[str]) -> list[Record]:
        return [self.rows[entity, id].copy() for id in ids if (entity, id) in self.rows]

    def replacing(self, sale_ids: Collection[str]) -> list[Record]:
        return self._rows(lambda row: row.entity == "sale" and row.fields.get("replaces_id") in sale_ids)

    def overdue(self, since_ms: int) -> list[Record]:
        told = {(r.entity, r.record_id) for r in self.reviews.values() if r.kind == "incomplete"}
        return self._rows(
            lambda row: (
                not row.complete and bool(row.stamps) and row.since_ms < since_ms and (row.entity, row.id) not in told
            )
        )

    def open_reviews(self, record_ids: Collection[str]) -> list[Review]:
        found = [r for r in self.reviews.values() if r.status == "open" and r.record_id in record_ids]
        return [_copy_review(review) for review in found]

    def review(self, id: str) -> Review | None:
        return _copy_review(self.reviews[id]) if id in self.reviews else None

    def save(self, changes: Changes) -> None:
        self.state.seq, self.state.history = changes.seq, changes.history
        if changes.head:
            self.heads[changes.head[0]] = changes.head[1]
        for entry in changes.new_entries + changes.decided_entries:
            self.log[entry.key] = _copy_entry(entry)
        for record in changes.records:
            self.rows[record.entity, record.id] = record.copy()
        for review in changes.reviews:
            self.reviews[review.id] = _copy_review(review)
        for key, (count, total) in changes.digest_deltas.items():
            held = self.digests.get(key, (0, 0))
            self.digests[key] = (held[0] + count, (held[1] + total) % DIGEST_MODULUS)

    def page(self, owner: str | None, after: int, limit: int, entities: Collection[str] | None = None) -> list[Record]:
        seen = [
            row
            for row in self.rows.values()
            if (entities is None or row.entity in entities)
            and row.complete
            and row.seq > after
            and self._visible(row, owner)
        ]
        return [row.copy() for row in sorted(seen, key=lambda row: row.seq)[:limit]]

    def decided(self, replica: str, after: int, until: int) -> list[Entry]:
        found = self._logged(lambda entry: entry.anew and entry.replica == replica and after < entry.seq <= until)
        return sorted(found, key=lambda entry: entry.seq)

    def digest(self, owner: str | None) -> dict[str, list[int]]:
        scopes = {name: WHOLE if owner is None or name in self.shared_entities else owner for name in self.entity_names}
        return {name: list(self.digests.get((scope, name), (0, 0))) for name, scope in scopes.items()}

    def _visible(self, row: Record, owner: str | None) -> bool:
        if owner is None or row.entity in self.shared_entities:
            return True
        field_name = self.owner_fields[row.entity]
        return field_name is not None and (row.id if field_name == "id" else row.fields.get(field_name)) == owner

    def _rows(self, wanted: Any) -> list[Record]:
        return [row.copy() for row in self.rows.values() if wanted(row)]

    def _logged(self, wanted: Any) -> list[Entry]:
        found: Iterable[Entry] = (_copy_entry(entry) for entry in self.log.values() if wanted(entry))
        return sorted(found, key=lambda entry: entry.arrived_seq)


_entry_values, _review_values = attrgetter(*Entry.__slots__), attrgetter(*Review.__slots__)


def _copy_entry(entry: Entry) -> Entry:
    return Entry(*_entry_values(entry))


def _copy_review(review: Review) -> Review:
    return Review(*_review_values(review))
