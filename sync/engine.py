"""One request, one answer: push what a replica recorded, pull what changed since its cursor.

The caller gives the time, the random tags and the key, and holds the transaction open around the call.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sync.batch import Batch
from sync.cursor import Cursor, decode
from sync.derive import INCOMPLETE_MS, Inspect, derive
from sync.errors import ReadOnlyError
from sync.judge import judge
from sync.mutation import Author
from sync.review import NOTHING_AGREED, Agreed
from sync.rules import MANAGER, UNTOLD_VERSION, Registry
from sync.store import Counter, Store

SCOPE_VERSION = 1
DEFAULT_LIMIT = 500
MAX_PAGE = 1000
MAX_MUTATIONS = 1000


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the engine must not find out by itself: the time, random text, the key of the cursors; what else is asked
    about the rows before they are saved, and what need not be asked."""

    now_ms: int
    random_tag: str
    new_history: str
    cursor_key: bytes
    writable: bool = True
    inspect: Inspect | None = None
    agreed: Agreed = NOTHING_AGREED


@dataclass(frozen=True, slots=True)
class View:
    """What a request may bring back: records of these entities, of one member or (None) of all. A cursor remembers
    `scope`; another scope starts from the beginning."""

    owner: str | None
    entities: frozenset[str]
    scope: str


def view_of(author: Author, registry: Registry, version: int) -> View:
    """What an account sees with a client of a data version: nothing of an entity that came later."""
    known = {name: entity.since for name, entity in registry.items() if entity.since <= version}
    owner = None if author.role == MANAGER else author.account
    return View(owner, frozenset(known), scope_of(author, max(known.values())))


def scope_of(author: Author, since: int) -> str:
    """`since`: the data version that brought the newest entity in it. The first one is not named."""
    return ":".join((str(SCOPE_VERSION), author.role, author.account, *([str(since)] if since > 1 else [])))


def sync(
    store: Store,
    registry: Registry,
    author: Author,
    mutations: Sequence[object],
    cursor: object,
    limit: int,
    around: Surroundings,
    version: int = UNTOLD_VERSION,
) -> dict[str, Any]:
    """Answer one request (docs/protocol.md) of a client of this data version.

    Raises ReadOnlyError when something must be written in a read.
    """
    counter = store.counter()
    history = counter.history
    view = view_of(author, registry, version)
    seen = _genuine(store, counter, author, cursor, view, around)
    batch = Batch(store, registry, counter, around.now_ms, around.agreed)
    entries = judge(batch, author, mutations)
    overdue = store.overdue(around.now_ms - INCOMPLETE_MS)
    if mutations or overdue:
        _require_writable(around)
        derive(batch, overdue, around.inspect)
    if batch.changes.seq > counter.seq or counter.history != history:
        _require_writable(around)
        batch.save(around.random_tag)
    receipts = [entry.receipt() for entry in entries]
    answer = {"server_time_ms": around.now_ms, "safe": counter.safe, "receipts": receipts}
    head = Counter(batch.changes.seq, counter.history)
    if author.held:
        return answer | _hold(store, author, seen, head, view, around, receipts)
    return answer | _page(store, author, seen, head, view, max(1, min(limit, MAX_PAGE)), around, receipts)


def _genuine(
    store: Store, counter: Counter, author: Author, text: object, view: View, around: Surroundings
) -> Cursor | None:
    """The cursor if it can be read on from. One that proves that the disk was put back draws a new history."""
    cursor = decode(text, around.cursor_key)
    if cursor is None or cursor.history != counter.history:
        return None
    if cursor.head_seq and not store.has_head(cursor.head_seq, cursor.head_tag):
        _require_writable(around)
        counter.history = around.new_history
        return None
    if cursor.replica != author.replica or (cursor.scope != view.scope and not author.held):
        return None
    return cursor


def _require_writable(around: Surroundings) -> None:
    if not around.writable:
        raise ReadOnlyError


def _hold(
    store: Store,
    author: Author,
    seen: Cursor | None,
    head: Counter,
    view: View,
    around: Surroundings,
    sent: list[dict[str, Any]],
) -> dict[str, Any]:
    """Receipts only, and the cursor where it was: its author sees what became of the own mutations, nothing else."""
    scope = seen.scope if seen else view.scope
    position = seen.position if seen else 0
    tag = store.head_tag(head.seq)
    cursor = Cursor(author.replica, head.history, position, head.seq, tag, scope)
    receipts = _with_decided(store, author, sent, position, head.seq)
    cursor_text = cursor.encode(around.cursor_key)
    return {"receipts": receipts, "changes": [], "cursor": cursor_text, "more": False, "reset": seen is None}


def _with_decided(
    store: Store, author: Author, sent: list[dict[str, Any]], after: int, until: int
) -> list[dict[str, Any]]:
    """The receipts of this request, then those of what was decided anew meanwhile."""
    known = {(receipt["seq"], str(receipt["at"])) for receipt in sent}
    decided = [entry.receipt() for entry in store.decided(author.replica, after, until)]
    return sent + [receipt for receipt in decided if (receipt["seq"], str(receipt["at"])) not in known]


def _page(
    store: Store,
    author: Author,
    seen: Cursor | None,
    head: Counter,
    view: View,
    limit: int,
    around: Surroundings,
    sent: list[dict[str, Any]],
) -> dict[str, Any]:
    after = seen.position if seen else 0
    records = store.page(view.owner, after, limit + 1, view.entities)
    more = len(records) > limit
    records = records[:limit]
    position = records[-1].seq if more else head.seq
    cursor = Cursor(author.replica, head.history, position, head.seq, store.head_tag(head.seq), view.scope)
    answer: dict[str, Any] = {
        "receipts": _with_decided(store, author, sent, after, position),
        "changes": [record.change() for record in records],
        "cursor": cursor.encode(around.cursor_key),
        "more": more,
        "reset": seen is None,
    }
    if not more:
        answer["digest"] = {name: held for name, held in store.digest(view.owner).items() if name in view.entities}
    return answer
