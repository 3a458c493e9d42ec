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
        at = self.stamp()
        id = id or made_id(at, entity)
        stamps = batch.record(entity, id).stamps
        said = {
            "at": at,
            "v": batch.registry[entity].version,
            "entity": entity,
            "id": id,
            "set": dict(values),
            "base": {name: stamps[name] for name in values if name in stamps},
        }
        entry, errors = read(batch.registry, self.author, said, batch.now_ms)
        if not errors:
            entry.eff = effective_stamp(batch, entry)
            accept(batch, entry)
        for codes in (errors or entry.errors).values():
            raise DecisionError("value", codes[0])
        return entry
