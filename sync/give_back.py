"""Recording again what a restore lost, as a witness has it."""

from collections.abc import Mapping

from sync.batch import Batch
from sync.intake import read
from sync.judge import CLOCK_TOLERANCE_MS, accept
from sync.mutation import Entry
from sync.own import OwnReplica
from sync.review import Review
from sync.stamps import ms_of


def give_back(batch: Batch, review: Review, own: OwnReplica) -> Entry | None:
    """Record what the witness had and the record lacks, a mutation for each stamp; the last of them.

    Each keeps the effective stamp that the values had (docs/decisions/0010): what the author wrote later stays later,
    and what was built on a value is known to have seen it.
    """
    assert review.entity is not None
    assert review.record_id is not None
    side, record = review.sides[0], batch.record(review.entity, review.record_id)
    value, had, rules = side["value"], side.get("stamps", {}), batch.registry[review.entity]
    v = side.get("v", rules.version_of(value))
    entry: Entry | None = None
    ahead: set[str] = set()  # of their own stamp, beside a field that makes no sense without them
    # Anew each time: when it becomes known whose record it is, what others wrote early may have to go.
    while lacking := [name for name in value if name not in record.stamps or name in ahead]:
        stamp = min(had.get(name, side["at"]) for name in lacking)
        values = {name: value[name] for name in lacking if had.get(name, side["at"]) == stamp}
        ahead -= values.keys()
        _, errors = rules.read(values, v)
        for name in errors.keys() & value.keys() - values.keys():
            values[name] = record.fields.get(name, value[name])
            ahead |= {name} - record.stamps.keys()
        said = {"v": v, "entity": record.entity, "id": record.id, "set": values, "base": {}}
        entry = _write(batch, said, stamp, own)
        if not entry.accepted:
            break
    return entry


def _write(batch: Batch, said: Mapping[str, object], stamp: str, own: OwnReplica) -> Entry:
    """A mutation of the server's own replica, at an effective stamp that was given before; not one ahead of now."""
    at = own.stamp()
    eff = stamp if ms_of(stamp) <= batch.now_ms + CLOCK_TOLERANCE_MS else at
    entry, _ = read(batch.registry, own.author, {"at": at, "eff": eff, **said}, batch.now_ms)
    entry.eff = eff
    accept(batch, entry)
    return entry
