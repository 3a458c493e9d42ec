"""One co-operative's server: its store, its backups, the data version that it runs, and the moments of its death."""

import copy
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NoReturn, TypeVar

from server.entities import REGISTRY, registry_of
from server.entities.definition import DATA_VERSION
from sync import engine
from sync.decide import Decision
from sync.learn import learn
from sync.mutation import Author
from sync.rules import UNTOLD_VERSION, Registry
from sync.store import Changes, Counter, MemoryStore
from sync.witness import KIND, witness

KEY = b"simulation"
REGISTRIES: dict[int, Registry] = {version: registry_of(version) for version in range(1, DATA_VERSION + 1)}

T = TypeVar("T")


class DownError(Exception):
    """The server died before its transaction was committed: nothing was taken."""


class TooOldError(Exception):
    """`426 client_too_old`: nothing was read."""


def empty_store(history: str) -> MemoryStore:
    return MemoryStore(
        frozenset(name for name, entity in REGISTRY.items() if entity.shared),
        tuple(REGISTRY),
        {name: entity.owner_field for name, entity in REGISTRY.items()},
        Counter(0, history),
    )


def copy_store(held: MemoryStore) -> MemoryStore:
    """Another store of the same state. What a store holds is replaced, never changed, so both may hold it."""
    return replace(
        held,
        state=copy.copy(held.state),
        heads=dict(held.heads),
        log=dict(held.log),
        rows=dict(held.rows),
        reviews=dict(held.reviews),
        digests=dict(held.digests),
    )


@dataclass
class Coop:
    """`backup` is the last verified copy with the version that made it; `screens` are decisions not yet sent;
    clients of a version below `oldest` are told to renew themselves first."""

    store: MemoryStore
    version: int = DATA_VERSION
    oldest: int = 1
    backup: tuple[MemoryStore, int] | None = None
    screens: list[Decision] = field(default_factory=list)

    @property
    def registry(self) -> Registry:
        return REGISTRIES[self.version]

    def sync(self, author: Author, body: dict[str, Any], around: engine.Surroundings) -> dict[str, Any]:
        place = (body["cursor"], body["limit"], around, body.get("v", UNTOLD_VERSION))
        return engine.sync(self.store, self.registry, author, body["mutations"], *place)

    def witness(self, author: Author, records: Sequence[object], now_ms: int, tag: str) -> None:
        about = [review for review in self.store.reviews.values() if review.kind == KIND and review.status != "open"]
        decided = {(review.entity or "", review.record_id or "") for review in about}
        witness(self.store, self.registry, author, records, decided, now_ms, tag)

    def die_during(self, work: Callable[[], object]) -> None:
        """The process is killed in the middle of `work`, just before its commit: no trace of it may be left."""
        before = copy_store(self.store)

        def die(changes: Changes) -> NoReturn:
            raise DownError

        self.store.save = die  # type: ignore[method-assign]
        try:
            work()
        except DownError:
            pass
        finally:
            del self.store.save
        assert self.store == before, "a transaction left something before it was committed"

    def back_up(self) -> None:
        """A verified backup; only then may phones forget what it holds."""
        copied = copy_store(self.store)
        self.backup = copied, self.version
        self.store.state.safe = copied.state.safe = self.store.state.seq

    def put_back(self, new_history: str | None) -> None:
        """The last backup is put back with the release that made it: by `flask restore` (a new history), or by
        copying files."""
        assert self.backup is not None
        kept, self.version = self.backup
        self.store, self.oldest = copy_store(kept), min(self.oldest, self.version)
        if new_history:
            self.store.state.history = new_history

    def upgrade(self, now_ms: int, tag: str) -> None:
        """A newer release: it learns from the log what the older one ignored."""
        if self.version < DATA_VERSION:
            before, self.version = self.version, DATA_VERSION
            learn(self.store, self.registry, before, now_ms, tag)
