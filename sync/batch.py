"""One request's work on one co-operative: what it read, what it changed, saved at once at the end.

Everything is looked up in bulk before judging starts, so that a thousand sales cost a handful of queries.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sync.before import Before
from sync.causality import History
from sync.fingerprint import DIGEST_MODULUS, fingerprint
from sync.mutation import Entry
from sync.review import NOTHING_AGREED, Agreed, Review, Side, review_id
from sync.rules import Record, Registry
from sync.store import WHOLE, Changes, Counter, Key, Store


class Batch:
    """The unit of work. Records and entries are held once each, changed in place, and handed to the store by `save`."""

    def __init__(
        self, store: Store, registry: Registry, counter: Counter, now_ms: int, agreed: Agreed = NOTHING_AGREED
    ) -> None:
        self.store, self.registry, self.now_ms, self.agreed = store, registry, now_ms, agreed
        self.changes = Changes(seq=counter.seq, history=counter.history)
        self.before: dict[Key, Before] = {}
        self._first_seq = counter.seq
        self._records: dict[Key, Record] = {}
        self._touched: dict[Key, None] = {}
        self._entries: dict[str, Entry | None] = {}
        self._by_eff: dict[str, list[Entry]] = {}
        self._looked_up: set[str] = set()
        self._fresh: dict[Key, list[Entry]] = {}
        self._histories: dict[Key, History] = {}
        self._replacing: dict[str, set[str]] = {}
        self._reviews: dict[str, list[Review]] = {}
        self._review_about: dict[tuple[str | None, ...], Review] = {}
        self._reviewed: set[Key] = set()

    # The log

    def load_entries(self, keys: Collection[str], stamps: Collection[str]) -> None:
        """Look up mutations by key, and by the stamps that bases name (a key or an effective stamp)."""
        missing = {key for key in (*keys, *stamps) if key not in self._entries}
        if missing:
            for entry in self.store.entries(missing):
                self._adopt(entry)
            for key in missing:
                self._entries.setdefault(key, None)
        wanted = {stamp for stamp in stamps if stamp not in self._looked_up}
        if wanted:
            self._looked_up |= wanted
            for entry in self.store.entries_with_eff(wanted):
                self._adopt(entry)

    def entry(self, key: str) -> Entry | None:
        self.load_entries([key], [])
        return self._entries[key]

    def named(self, writer: Entry, field: str, stamp: str) -> list[Entry]:
        """The logged writes of this field of the writer's record that a base holding `stamp` means."""
        self.load_entries([], [stamp])
        found = [*self._by_eff.get(stamp, ()), self._entries.get(stamp)]
        return [e for e in found if e and e.entity == writer.entity and e.id == writer.id and field in e.set]

    def load_histories(self, keys: Iterable[Key]) -> None:
        for entity, ids in _by_entity(key for key in keys if key not in self._histories):
            stored: dict[str | None, list[Entry]] = {id: [] for id in ids}
            for entry in self.store.history(entity, ids):
                stored[entry.id].append(self._adopt(entry))
            for id in ids:
                self._histories[entity, id] = History(stored[id] + self._fresh.get((entity, id), []))

    def history(self, entity: str, id: str) -> History:
        """Every mutation that named the record, in the order of arrival, those of this request included."""
        self.load_histories([(entity, id)])
        return self._histories[entity, id]

    def writes_of(self, fields: Mapping[str, Collection[str]]) -> list[Entry]:
        """The accepted mutations that set one of these fields of an entity, in the order of arrival."""
        return [self._adopt(entry) for entry in self.store.writes_of(fields)]

    def unknown(self) -> list[Entry]:
        """The mutations that were refused for their entity alone, in the order of arrival."""
        return [self._adopt(entry) for entry in self.store.unknown()]

    def log(self, entry: Entry) -> None:
        """Take a mutation into the log, decided now."""
        entry.seq = entry.arrived_seq = self.next_seq()
        self.changes.new_entries.append(entry)
        self.identify(self._adopt(entry))

    def identify(self, entry: Entry) -> None:
        """The log knows of which record a mutation speaks."""
        if entry.entity and entry.id:
            key = (entry.entity, entry.id)
            self._fresh.setdefault(key, []).append(entry)
            if key in self._histories:
                self._histories[key].add(entry)

    def decide_anew(self, entry: Entry) -> None:
        """Give an earlier mutation another outcome; its replica gets the receipt with its next page."""
        entry.seq, entry.anew = self.next_seq(), True
        if entry not in self.changes.new_entries and entry not in self.changes.decided_entries:
            self.changes.decided_entries.append(entry)

    def _adopt(self, entry: Entry) -> Entry:
        held = self._entries.get(entry.key)
        if held is not None:
            return held
        self._entries[entry.key] = entry
        if entry.eff != entry.key:
            self._by_eff.setdefault(entry.eff, []).append(entry)
        return entry

    def next_seq(self) -> int:
        self.changes.seq += 1
        return self.changes.seq

    # The records

    def load_records(self, keys: Iterable[Key]) -> None:
        for entity, ids in _by_entity(key for key in keys if key not in self._records):
            for record in self.store.records(entity, ids):
                self._hold(record)
            for id in ids:
                if (entity, id) not in self._records:
                    self._hold(Record(entity, id, since_ms=self.now_ms))

    def record(self, entity: str, id: str) -> Record:
        """The record as it stands in this request; a blank one when nobody ever wrote it."""
        self.load_records([(entity, id)])
        return self._records[entity, id]

    def replacing(self, sale_ids: Collection[str]) -> set[str]:
        """The ids of the sales that say they replace one of these."""
        for record in self.store.replacing(sale_ids):
            self._hold(record)
        return {id for target in sale_ids for id in self._replacing.get(target, ())}

    def touch(self, record: Record, seq: int) -> None:
        """The record changed at `seq`: complete it if it can be, and stamp its fingerprint."""
        key = (record.entity, record.id)
        self._touched[key] = None
        record.seq = seq
        if not record.complete:
            record.complete = self.registry[record.entity].required <= record.stamps.keys()
        if record.complete:
            record.fp = fingerprint(record.entity, record.id, record.stamps)
        target = record.fields.get("replaces_id")
        if target is not None:
            self._replacing.setdefault(target, set()).add(record.id)

    def unlink(self, record: Record) -> None:
        """The record's `replaces_id` no longer stands."""
        self._replacing.get(record.fields.get("replaces_id", ""), set()).discard(record.id)

    def touched(self, entity: str) -> list[Record]:
        return [self._records[key] for key in self._touched if key[0] == entity]

    def _hold(self, record: Record) -> None:
        key = (record.entity, record.id)
        if key in self._records:
            return
        self._records[key] = record
        self.before[key] = before = Before.of(record)
        if before.replaces_id is not None:
            self._replacing.setdefault(before.replaces_id, set()).add(record.id)

    # The reviews

    def load_reviews(self, record_ids: Iterable[str]) -> None:
        wanted = {id for id in record_ids if id not in self._reviews}
        if wanted:
            for id in wanted:
                self._reviews[id] = []
            for review in self.store.open_reviews(wanted):
                self._know(review)

    def _know(self, review: Review) -> None:
        self._reviews.setdefault(review.record_id or "", []).append(review)
        self._review_about[review.entity, review.record_id, review.kind, review.field, review.about] = review

    def open_reviews(self, entity: str | None, id: str, kind: str | None = None) -> list[Review]:
        """The open reviews of a record, of one kind or of all."""
        self.load_reviews([id])
        return [
            r
            for r in self._reviews[id]
            if r.status == "open" and r.entity == entity and (kind is None or r.kind == kind)
        ]

    def review(
        self,
        kind: str,
        entity: str | None,
        record_id: str | None,
        sides: list[Side],
        *,
        field: str | None = None,
        about: str = "",
        keys: Iterable[str] = (),
    ) -> Review:
        """Open a review, or bring the open one about the same thing up to date."""
        if record_id:
            self.load_reviews([record_id])
        held = self._review_about.get((entity, record_id, kind, field, about))
        if held is not None and held.status == "open":
            if [side["value"] for side in held.sides] != [side["value"] for side in sides] or keys:
                held.sides, held.keys = sides, list(keys)
                self._note(held)
            return held
        id = review_id(self.changes.history, self.next_seq(), kind, about, record_id, field)
        review = Review(id, kind, entity, record_id, field, about, sides, self.now_ms, keys=list(keys))
        self.changes.reviews.append(review)
        self._know(review)
        if entity and record_id:
            self._reviewed.add((entity, record_id))
        return review

    def close(self, review: Review) -> None:
        review.close(self.now_ms)
        self._note(review)

    def resolve(self, review: Review, account: str, action: str, value: Any, note: str | None) -> None:
        review.resolve(self.now_ms, account, action, value, note)
        self._note(review)

    def _note(self, review: Review) -> None:
        if review not in self.changes.reviews:
            self.changes.reviews.append(review)
        if review.entity and review.record_id:
            self._reviewed.add((review.entity, review.record_id))

    @property
    def reviewed(self) -> set[Key]:
        """The records of which a review opened, changed or closed."""
        return self._reviewed

    # The end

    def save(self, head_tag: str) -> None:
        """Give records whose derived fields alone changed their seq, add up the digests, and hand everything over."""
        for key, record in self._records.items():
            derived_changed = record.derived != self.before[key].derived
            if derived_changed and record.complete and key not in self._touched:
                self.touch(record, self.next_seq())
            if key in self._touched or derived_changed:
                self.changes.records.append(record)
                self._count(key, record)
        if self.changes.seq > self._first_seq:
            self.changes.head = (self.changes.seq, head_tag)
        self.store.save(self.changes)

    def _count(self, key: Key, record: Record) -> None:
        before = self.before[key]
        count = int(record.complete) - int(before.complete)
        total = (record.fp if record.complete else 0) - (before.fp if before.complete else 0)
        if not count and not total:
            return
        owner = record.owner(self.registry[record.entity])
        for scope in {WHOLE, owner or WHOLE}:
            held = self.changes.digest_deltas.get((scope, record.entity), (0, 0))
            self.changes.digest_deltas[scope, record.entity] = (held[0] + count, (held[1] + total) % DIGEST_MODULUS)


def _by_entity(keys: Iterable[Key]) -> list[tuple[str, list[str]]]:
    """The ids of each entity, each once."""
    found: dict[str, set[str]] = {}
    for entity, id in keys:
        found.setdefault(entity, set()).add(id)
    return [(entity, sorted(ids)) for entity, ids in found.items()]
