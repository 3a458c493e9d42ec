"""Who had seen what, whatever the clocks say: the log's chain of bases (docs/protocol.md, rule 5)."""

from collections.abc import Iterable, Iterator

from sync.mutation import Entry
from sync.stamps import is_stamp, session_of


class History:
    """The logged mutations that named one record, in the order of arrival, found by the stamps that bases hold."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._entries: list[Entry] = []
        self._by_stamp: dict[str, list[Entry]] = {}
        for entry in entries:
            self.add(entry)

    def __iter__(self) -> Iterator[Entry]:
        return iter(self._entries)

    def add(self, entry: Entry) -> None:
        self._entries.append(entry)
        for stamp in {entry.key, entry.eff}:
            self._by_stamp.setdefault(stamp, []).append(entry)

    def named(self, stamp: str, field: str) -> list[Entry]:
        """The writes of a field that a base holding this stamp means."""
        return [entry for entry in self._by_stamp.get(stamp, ()) if field in entry.set]

    def causal(self, one: Entry, other: Entry, field: str) -> bool:
        """Whether one of two writes of a field was made knowing the other.

        So it is when both are of one session, or when the base of one names the other, directly or through the bases
        of the mutations here, held and refused ones included.
        """
        if is_stamp(one.key) and is_stamp(other.key) and session_of(one.key) == session_of(other.key):
            return True
        return self._saw(one, other, field) or self._saw(other, one, field)

    def _saw(self, later: Entry, earlier: Entry, field: str) -> bool:
        todo, done = [later], set()
        while todo:
            base = todo.pop().base.get(field)
            if base is None or base in done:
                continue
            if earlier.names(base):
                return True
            done.add(base)
            todo.extend(self.named(base, field))
        return False
