"""A phone: one replica on a storage that takes all of a change or nothing, with a clock and bad luck of its own."""

import copy
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from sync.replica import Pending, Replica
from sync.stamps import Clock
from sync.store import Key

Change = dict[str, Any]
T = TypeVar("T")


class FullError(Exception):
    """The phone's disk is full: nothing was stored, and the person is told."""


class KilledError(Exception):
    """The app was killed before its storage had the change: it never happened."""


@dataclass
class Phone:
    """`drift_ms` is how far its clock is off, `stands_ms` where it stands still, if it does; `kept` is a backup that
    its owner made; `had` is what it had confirmed at each reset. `faults` says whether things still go wrong."""

    account: str
    coop: int
    replica: Replica
    drift_ms: int = 0
    stands_ms: int | None = None
    full: bool = False
    kept: Replica | None = None
    faults: bool = True
    had: dict[Key, Change] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.replica.id[-6:]

    @property
    def version(self) -> int:
        """The data version of its app."""
        return self.replica.registry["sale"].version

    def reading_ms(self, now_ms: int, stutter_ms: int) -> int:
        """What its clock says: a broken one stands still, or goes back by `stutter_ms` now and then."""
        return max(0, (now_ms if self.stands_ms is None else self.stands_ms) + self.drift_ms - stutter_ms)

    def write(self, change: Callable[[Replica], T], *, killed: bool = False) -> T:
        """One transaction of its storage: all of the change, or nothing. Raises FullError, KilledError."""
        if not self.full and not killed:
            return change(self.replica)
        change(copy_replica(self.replica))
        raise KilledError if killed else FullError

    def restart(self, session: str) -> None:
        """The app starts again: another session, and the clock as the database has it."""
        clock = self.replica.clock
        self.replica.clock = Clock(session, clock.last_ms, clock.last_counter)
        self.replica.offered = set()  # A server that was put back may have forgotten.

    def twin(self) -> "Phone":
        return replace(self, replica=copy_replica(self.replica), kept=None, had=dict(self.had))

    def put_back(self) -> set[str]:
        """Restored from its own backup; what it alone had recorded since is gone with it: the stamps of those."""
        assert self.kept is not None
        kept = {pending.mutation["at"] for pending in self.kept.outbox}
        gone = {pending.mutation["at"] for pending in self.replica.outbox} - kept
        self.replica = copy_replica(self.kept)
        self.had = dict(self.replica.aside)
        return gone


def copy_replica(held: Replica) -> Replica:
    """Another replica of the same state. What pages and receipts brought is never changed, so both may hold it."""
    return replace(
        held,
        clock=copy.copy(held.clock),
        confirmed=dict(held.confirmed),
        outbox=[Pending(dict(p.mutation), p.receipt, p.landed) for p in held.outbox],
        staging=None if held.staging is None else dict(held.staging),
        aside=dict(held.aside),
        offered=set(held.offered),
    )
