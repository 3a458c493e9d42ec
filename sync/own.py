"""The server's own replica in a co-operative: it writes what was decided, through the same rules as every phone."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sync.batch import Batch
from sync.errors import DecisionError
from sync.intake import read
from sync.judge import accept, effective_stamp
from sync.mutation import Author, Entry
from sync.review import made_id


@dataclass(frozen=True, slots=True)
class OwnReplica:
    """Who writes, and `stamp`, which reads the server's clock."""

    author: Author
    stamp: Callable[[], str]

    def write(self, batch: Batch, entity: str, id: str | None, values: Mapping[str, Any]) -> Entry:
        """Record that these values replace what stands; without an id, in a new record. Raises DecisionError."""
        at, rules = self.stamp(), batch.registry[entity]
        id = id or made_id(at, entity)
        stamps = batch.record(entity, id).stamps
        # What the row will hold, not another way to say it.
        clean, errors = rules.read(values, rules.version)
        base = {name: stamps[name] for name in values if name in stamps}
        said = {"at": at, "v": rules.version, "entity": entity, "id": id, "set": clean, "base": base}
        entry, wrong = read(batch.registry, self.author, said, batch.now_ms)
        errors |= wrong
        if not errors:
            entry.eff = effective_stamp(batch, entry)
            accept(batch, entry)
        for codes in (errors or entry.errors).values():
            raise DecisionError("value", codes[0])
        return entry
