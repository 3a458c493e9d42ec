"""What a season is made of: servers that are backed up and put back, and phones with clocks, owners and bad luck."""

import copy
import random
from dataclasses import dataclass, field, replace
from typing import Any

from server.entities import REGISTRY
from sync import engine
from sync.decide import Decision
from sync.mutation import Author
from sync.replica import Replica
from sync.rules import MANAGER, MEMBER
from sync.stamps import Clock
from sync.store import Counter, MemoryStore

START_MS = 1_795_000_000_000
MINUTE_MS = 60_000
DAY_MS = 24 * 60 * MINUTE_MS
YEAR_MS = 365 * DAY_MS
KEY = b"simulation"

Mutation = dict[str, Any]
Answer = dict[str, Any]


def empty_store(history: str) -> MemoryStore:
    return MemoryStore(
        frozenset(name for name, entity in REGISTRY.items() if entity.shared),
        tuple(REGISTRY),
        {name: entity.owner_field for name, entity in REGISTRY.items()},
        Counter(0, history),
    )


class LostError(Exception):
    """The request or its answer did not arrive."""


@dataclass
class Account:
    """A person's account as the server has it now."""

    id: str
    coop: int
    role: str = MEMBER
    disabled: bool = False


@dataclass
class Coop:
    """One co-operative's server side. `backup` is the last verified copy; `screens` are decisions not yet sent."""

    store: MemoryStore
    backup: MemoryStore | None = None
    screens: list[Decision] = field(default_factory=list)


@dataclass
class Phone:
    """One replica on one installation; `drift_ms` is how far its clock is off."""

    account: str
    coop: int
    replica: Replica
    drift_ms: int = 0
    kept: Replica | None = None
    faults: bool = True


@dataclass
class World:
    """Everything, with one source of chance and one clock."""

    seed: int
    now_ms: int = START_MS
    coops: list[Coop] = field(default_factory=list)
    accounts: dict[str, Account] = field(default_factory=dict)
    phones: list[Phone] = field(default_factory=list)
    recorded: dict[str, tuple[int, Mutation]] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    delayed: list[tuple[Phone, Author, Mutation]] = field(default_factory=list)
    trace: list[str] = field(default_factory=list)
    faults: int = 0

    def __post_init__(self) -> None:
        self.rng = random.Random(self.seed)
        self.clock = Clock(self.session())

    # Chance

    def id(self) -> str:
        digits = f"{self.now_ms:012x}7{self.rng.getrandbits(12):03x}8{self.rng.getrandbits(60):015x}"
        return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))

    def session(self) -> str:
        return f"{self.rng.getrandbits(32):08x}"

    def chance(self, probability: float) -> bool:
        return self.rng.random() < probability

    def tell(self, text: str) -> None:
        self.trace.append(f"{(self.now_ms - START_MS) / DAY_MS:7.3f}  {text}")

    # People and their phones

    def open_coop(self) -> None:
        self.coops.append(Coop(empty_store(f"history-{len(self.coops)}-{self.session()}")))

    def enrol(self, coop: int, role: str) -> Account:
        account = Account(self.id(), coop, role)
        self.accounts[account.id] = account
        return account

    def sign_in(self, account: Account) -> Phone:
        phone = Phone(account.id, account.coop, Replica(self.id(), REGISTRY, Clock(self.session())))
        self.phones.append(phone)
        return phone

    def author(self, phone: Phone) -> Author:
        account = self.accounts[phone.account]
        held = account.disabled or account.coop != phone.coop
        return Author(phone.replica.id, account.id, account.role, held)

    # What a person does

    def record(self, phone: Phone, entity: str, values: dict[str, Any], id: str | None = None) -> str:
        """A tick: from now on the mutation may not get lost."""
        id = id or self.id()
        now_ms = max(0, self.now_ms + phone.drift_ms)
        mutation = phone.replica.record(entity, id, values, now_ms)
        self.recorded[mutation["at"]] = (phone.coop, copy.deepcopy(mutation))
        return id

    # What the network and the server do

    def answer(self, phone: Phone, author: Author, body: Mutation) -> Answer:
        store = self.coops[phone.coop].store
        around = engine.Surroundings(self.now_ms, self.session(), self.id(), KEY)
        cursor, limit = body["cursor"], body["limit"]
        known = set(store.log)
        answer = engine.sync(store, REGISTRY, author, body["mutations"], cursor, limit, around)
        for mutation in body["mutations"]:
            entry = store.log.get(mutation["at"])
            waits = entry is None or entry.outcome in ("held", "rejected") or mutation["at"] in known
            assert waits or not author.held, "taken from an account that may not write"
        assert not author.held or not answer["changes"], "shown to an account that may not read"
        return answer

    def exchange(self, phone: Phone, limit: int, most: int) -> Answer:
        """One request over a bad network. Raises LostError when the phone gets no answer."""
        author, body = self.author(phone), copy.deepcopy(phone.replica.request(limit, most))
        fate = self.rng.random() if phone.faults else 1.0
        if fate < 0.08:
            self.note_fault("request lost", phone)
            raise LostError
        if fate < 0.12:
            self.note_fault("request delayed past its sender's patience", phone)
            self.delayed.append((phone, author, body))
            raise LostError
        answer = self.answer(phone, author, body)
        if fate < 0.20:
            self.note_fault("answer lost", phone)
            raise LostError
        if fate < 0.24:
            self.note_fault("request twice", phone)
            answer = self.answer(phone, author, body)
        return copy.deepcopy(answer)

    def sync(self, phone: Phone) -> bool:
        """Sync until the last page or until something breaks; whether it came to an end."""
        limit, most = (self.rng.choice((3, 20, 500)), self.rng.choice((1, 7, 1000))) if phone.faults else (500, 1000)
        for _ in range(400):
            try:
                answer = self.exchange(phone, limit, most)
            except LostError:
                return False
            if phone.faults and self.chance(0.03):
                self.note_fault("killed before the answer was stored", phone)
                self.restart(phone)
                return False
            phone.replica.receive(answer, self.session())
            unsent = any(pending.receipt is None for pending in phone.replica.outbox)
            if not answer["more"] and not unsent:
                return True
        raise AssertionError("a sync that never ends")

    def deliver_delayed(self) -> None:
        """Requests that were on the way for days arrive now; nobody waits for their answers."""
        late, self.delayed = self.delayed, []
        self.rng.shuffle(late)
        for phone, author, body in late:
            self.answer(phone, author, body)

    def note_fault(self, what: str, phone: Phone | None = None) -> None:
        self.faults += 1
        self.tell(what + (f" ({phone.replica.id[-6:]})" if phone else ""))

    # What goes wrong with machines

    def restart(self, phone: Phone) -> None:
        """The app starts again: another session, and the clock as the database has it."""
        clock = phone.replica.clock
        phone.replica.clock = Clock(self.session(), clock.last_ms, clock.last_counter)

    def clone(self, phone: Phone) -> Phone:
        twin = replace(phone, replica=copy_replica(phone.replica), kept=None)
        self.restart(twin)
        self.phones.append(twin)
        return twin

    def keep(self, phone: Phone) -> None:
        phone.kept = copy_replica(phone.replica)

    def put_phone_back(self, phone: Phone) -> None:
        """The phone is restored from a backup of its own; what only it had recorded since is gone with it."""
        assert phone.kept is not None
        kept = {pending.mutation["at"] for pending in phone.kept.outbox}
        self.gone |= {pending.mutation["at"] for pending in phone.replica.outbox} - kept
        phone.replica = copy_replica(phone.kept)
        self.restart(phone)

    def back_up(self, coop: Coop) -> None:
        """A verified backup; only then may phones forget what it holds."""
        coop.backup = copy.deepcopy(coop.store)
        coop.store.state.safe = coop.store.state.seq
        coop.backup.state.safe = coop.store.state.seq

    def put_server_back(self, coop: Coop, *, told: bool) -> None:
        """The last backup is put back, by `flask restore` (told: a new history) or by copying files."""
        assert coop.backup is not None
        coop.store = copy.deepcopy(coop.backup)
        if told:
            coop.store.state.history = f"history-{self.session()}"


def copy_replica(held: Replica) -> Replica:
    return Replica(
        held.id,
        held.registry,
        copy.copy(held.clock),
        dict(held.confirmed),
        [copy.deepcopy(pending) for pending in held.outbox],
        held.cursor,
        None if held.staging is None else dict(held.staging),
        dict(held.aside),
        held.checked,
    )


__all__ = ["MANAGER", "MEMBER", "Account", "Coop", "Phone", "World"]
