"""What a phone had confirmed before a restore and did not get back: offered by it, and put before a person.

Its author's phone may be gone, so nobody can send it again. It changes no row: the one who decides may be wrong about
what the server forgot on purpose, a phone may be.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sync.batch import Batch
from sync.derive import derive
from sync.mutation import Author, is_id
from sync.review import instant
from sync.rules import MEMBER, Record, Registry
from sync.stamps import is_stamp
from sync.store import Key, Store

KIND = "lost_in_restore"
MAX_RECORDS = 1000


def witness(
    store: Store,
    registry: Registry,
    author: Author,
    offered: Sequence[object],
    decided: Collection[Key],
    now_ms: int,
    random_tag: str,
) -> int:
    """Open one review for each offered record that the server lacks; how many of the offered ones have a review.

    `decided` are those about which a person has decided already. What makes no sense, what the account could never
    have been shown, and what the server has is passed over.
    """
    counter = store.counter()
    batch = Batch(store, registry, counter, now_ms)
    records = [record for item in offered if (record := _readable(registry, author, item)) is not None]
    batch.load_records((record.entity, record.id) for record in records)
    batch.load_reviews(record.id for record in records)
    lost = [record for record in records if not batch.record(record.entity, record.id).complete]
    for record in lost:
        if (record.entity, record.id) not in decided:
            _ask(batch, author, record)
    if batch.changes.seq > counter.seq or batch.changes.reviews:
        derive(batch, [])
        batch.save(random_tag)
    return len({(record.entity, record.id) for record in lost})


def _ask(batch: Batch, author: Author, record: Record) -> None:
    """Of two phones that offer the same record, the one with the later writing is believed."""
    newest = max(record.stamps.values())
    if any(str(review.sides[0]["at"]) >= newest for review in batch.open_reviews(record.entity, record.id, KIND)):
        return
    side = {
        "value": record.fields,
        "stamps": record.stamps,
        "v": batch.registry[record.entity].version_of(record.fields),
        "account": author.account,
        "replica": author.replica,
        "at": newest,
        "arrived_at": instant(batch.now_ms),
    }
    batch.review(KIND, record.entity, record.id, [side])


def _readable(registry: Registry, author: Author, item: object) -> Record | None:
    """The offered record, if it is a whole one of ours that this account may see."""
    if not isinstance(item, dict):
        return None
    entity, id, row = item.get("entity"), item.get("id"), item.get("row")
    if not isinstance(entity, str) or entity not in registry or not is_id(id) or not isinstance(row, dict):
        return None
    rules = registry[entity]
    values, errors = rules.check({name: value for name, value in row.items() if name in rules.fields})
    stamps = _stamps(item, values)
    if errors or stamps is None or not rules.required <= values.keys():
        return None
    record = Record(entity, id, values, stamps)
    if author.role == MEMBER and not rules.shared and record.owner(rules) != author.account:
        return None
    return record


def _stamps(item: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, str] | None:
    differing = item.get("stamps")
    if not isinstance(differing, dict):
        return None
    stamps = {name: differing.get(name, item.get("at")) for name in values}
    valid = {name: stamp for name, stamp in stamps.items() if is_stamp(stamp)}
    return valid if valid.keys() == stamps.keys() else None
