"""Who had seen what, whatever the clocks say: the log's chain of bases (docs/protocol.md, rule 5)."""

from collections.abc import Iterable

from sync.mutation import Entry
from sync.stamps import is_stamp, session_of


def causal(one: Entry, other: Entry, field: str, history: Iterable[Entry]) -> bool:
    """Whether one of two writes of a field was made knowing the other.

    So it is when both are of one session, or when the base of one names the other, directly or through the bases of
    the record's logged mutations (`history`), held and refused ones included.
    """
    if is_stamp(one.key) and is_stamp(other.key) and session_of(one.key) == session_of(other.key):
        return True
    writers = [entry for entry in history if field in entry.set]
    return _saw(one, other, field, writers) or _saw(other, one, field, writers)


def _saw(later: Entry, earlier: Entry, field: str, writers: list[Entry]) -> bool:
    by_stamp: dict[str, list[Entry]] = {}
    for entry in writers:
        for stamp in {entry.key, entry.eff}:
            by_stamp.setdefault(stamp, []).append(entry)
    todo, done = [later], set()
    while todo:
        base = todo.pop().base.get(field)
        if base is None or base in done:
            continue
        if earlier.names(base):
            return True
        done.add(base)
        todo.extend(by_stamp.get(base, ()))
    return False
