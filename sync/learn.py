"""What a newer data version does to rows that an older one made: it reads the log again for what the older one ignored.

Runs once when a co-operative comes to a new version, never in a request.
"""

import json
from collections.abc import Callable, Collection, Mapping
from functools import partial
from typing import Any

from sync.batch import Batch
from sync.derive import derive
from sync.judge import accept, ask, checked, disputes, foreign, later_than, look_up, show_refused
from sync.merge import merge
from sync.mutation import Entry, Errors
from sync.rules import Entity, FieldRule, Record, Registry, refusals
from sync.store import Store

# As many as one request may bring: storages bound how much may be asked for at once.
AT_ONCE = 1000


def learn(store: Store, registry: Registry, from_version: int, now_ms: int, random_tag: str) -> int:
    """Bring rows that hold the fields of `from_version` to the registry's version; how many records changed.

    Mutations that were refused because nobody knew their entity, and about which no person decided since, are judged as
    if they arrived now; their authors get receipts. Accepted mutations are taken in the order of arrival, and of each
    only the fields that `from_version` lacked: they are merged by effective stamp, and conflicts are put before a
    person, as if they arrived now. A value that is invalid, or whose writer had no right to it, is not taken and opens
    a `rejected` review; the mutation's outcome stands. Values that the newer version says otherwise are said so, under
    the stamps that they have. Doing it again changes nothing. The caller holds the transaction open, behind the
    co-operative's lock.
    """
    counter = store.counter()
    batch = Batch(store, registry, counter, now_ms)
    for entry in batch.unknown():
        _judge_anew(batch, entry)
    new = _fields(registry, lambda rule: rule.since > from_version)
    changed = _fields(registry, lambda rule: rule.since <= from_version < rule.changed)
    wanted = {name: new[name] | changed[name] for name in registry if new[name] | changed[name]}
    entries = batch.writes_of(wanted) if wanted else []
    for start in range(0, len(entries), AT_ONCE):
        some = entries[start : start + AT_ONCE]
        look_up(batch, some)
        for entry in some:
            name = entry.entity or ""
            _take(batch, entry, new[name])
            _say_anew(batch, entry, changed[name])
    if batch.changes.seq > counter.seq or batch.changes.reviews:
        derive(batch, [])
        batch.save(random_tag)
    return len(batch.changes.records)


def _fields(registry: Registry, wanted: Callable[[FieldRule], bool]) -> dict[str, frozenset[str]]:
    return {
        name: frozenset(field for field, rule in entity.fields.items() if wanted(rule))
        for name, entity in registry.items()
    }


def _judge_anew(batch: Batch, entry: Entry) -> None:
    """Judge what was refused for its entity alone, if the entity is known now and the question is still open."""
    sent = json.loads(entry.raw)
    name, id = sent["entity"], entry.id
    known = isinstance(name, str) and name in batch.registry and batch.registry[name].since <= entry.v
    if not known or id is None:
        return
    asked = [review for review in batch.open_reviews(None, id, "rejected") if review.about == entry.key]
    if not asked:
        return
    batch.close(asked[0])
    entry.entity, entry.errors = name, {}
    batch.identify(entry)
    accept(batch, entry)


def _take(batch: Batch, entry: Entry, fields: Collection[str]) -> None:
    """Merge the fields that are new into the row, each by itself: what is wrong with one does not block another."""
    entity, record = _of(batch, entry)
    values, wrong = checked(entity, entry)
    errors: Errors = {name: codes for name, codes in wrong.items() if name in fields}
    for name in sorted(values.keys() & set(fields)):
        value = {name: values[name]}
        refused = refusals(entity, entry.role, entry.account, record, value, foreign(batch, entry, value))
        result = merge(entity, record.fields, record.stamps, value, entry.eff, _later(batch, entry))
        if refused or result.errors:
            errors |= refused or result.errors
            continue
        disputed = disputes(batch, entry, record, result.contested)
        _write(batch, record, result.values, result.stamps)
        ask(batch, entry, value, disputed)
    if errors:
        show_refused(batch, entry, errors)


def _say_anew(batch: Batch, entry: Entry, fields: Collection[str]) -> None:
    """Say the values that stand as the newer version says them, each read as the one who wrote it recorded it."""
    entity, record = _of(batch, entry)
    values, _ = checked(entity, entry)
    for name in sorted(values.keys() & set(fields)):
        stands = record.stamps.get(name) == entry.eff and _later(batch, entry)(name)
        if stands and record.fields[name] != values[name]:
            _write(batch, record, {name: values[name]}, {})


def _of(batch: Batch, entry: Entry) -> tuple[Entity, Record]:
    assert entry.entity is not None
    assert entry.id is not None
    return batch.registry[entry.entity], batch.record(entry.entity, entry.id)


def _later(batch: Batch, entry: Entry) -> Callable[[str], bool]:
    assert entry.entity is not None
    assert entry.id is not None
    return later_than(partial(batch.history, entry.entity, entry.id), entry)


def _write(batch: Batch, record: Record, values: Mapping[str, Any], stamps: Mapping[str, str]) -> None:
    if values:
        record.fields.update(values)
        record.stamps.update(stamps)
        batch.touch(record, batch.next_seq())
