"""What a season is made of: people, their phones and servers, a bad network between, one clock, one chance."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from server.entities.definition import DATA_VERSION
from sync import engine
from sync.mutation import Author
from sync.own import OwnReplica
from sync.replica import Replica
from sync.rules import MANAGER, MEMBER
from sync.stamps import Clock
from tests.simulation.phones import FullError, KilledError, Phone, copy_replica
from tests.simulation.servers import KEY, REGISTRIES, Coop, TooOldError, empty_store

START_MS = 1_795_000_000_000
MINUTE_MS = 60_000
DAY_MS = 24 * 60 * MINUTE_MS
YEAR_MS = 365 * DAY_MS

Mutation = dict[str, Any]
Answer = dict[str, Any]


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
class World:
    """Everything. `recorded` are the ticks, `gone` the stamps of those that went with a phone put back."""

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
        clock = Clock(self.session())
        self.own = OwnReplica(Author(self.id(), "the co-operative", MANAGER), lambda: clock.read(self.now_ms))

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

    def note_fault(self, what: str, phone: Phone | None = None) -> None:
        self.faults += 1
        self.tell(what + (f" ({phone.name})" if phone else ""))

    # People and their phones

    def open_coop(self) -> None:
        store = empty_store(f"history-{len(self.coops)}-{self.session()}")
        self.coops.append(Coop(store, self.rng.choice((1, 1, DATA_VERSION))))

    def enrol(self, coop: int, role: str) -> Account:
        account = Account(self.id(), coop, role)
        self.accounts[account.id] = account
        return account

    def sign_in(self, account: Account) -> Phone:
        registry = REGISTRIES[self.rng.choice((1, DATA_VERSION, DATA_VERSION))]
        phone = Phone(account.id, account.coop, Replica(self.id(), registry, Clock(self.session())))
        self.phones.append(phone)
        return phone

    def clone(self, phone: Phone) -> Phone:
        twin = phone.twin()
        twin.restart(self.session())
        self.phones.append(twin)
        return twin

    def keep(self, phone: Phone) -> None:
        phone.kept = copy_replica(phone.replica)

    def lose_phone(self, phone: Phone) -> None:
        """It falls into the river, with what it alone held."""
        self.phones.remove(phone)
        self.gone |= {pending.mutation["at"] for pending in phone.replica.outbox}

    def put_phone_back(self, phone: Phone) -> None:
        self.gone |= phone.put_back()
        phone.restart(self.session())

    def author(self, phone: Phone) -> Author:
        account = self.accounts[phone.account]
        held = account.disabled or account.coop != phone.coop
        return Author(phone.replica.id, account.id, account.role, held)

    # What a person does

    def record(self, phone: Phone, entity: str, values: dict[str, Any], id: str | None = None) -> str:
        """A tick, unless the phone is full or killed first: from then on the mutation may not get lost."""
        id = id or self.id()
        stutter_ms = self.rng.choice((0, 0, 0, 1, 700, MINUTE_MS)) if phone.stands_ms is not None else 0
        now_ms = phone.reading_ms(self.now_ms, stutter_ms)
        mutation = self._write(phone, lambda replica: replica.record(entity, id, values, now_ms), "its record")
        if mutation is not None:
            said = {**mutation, "set": dict(mutation["set"]), "base": dict(mutation["base"])}
            self.recorded[mutation["at"]] = (phone.coop, said)
        return id

    def _write(self, phone: Phone, change: Callable[[Replica], Any], what: str) -> Any:
        """A write of the phone's storage: what it gave (True if nothing), or None when it never happened."""
        fate = self.rng.random() if phone.faults else 0.5
        try:
            done = phone.write(change, killed=fate < 0.015)
        except FullError:
            self.note_fault(f"full: no room for {what}", phone)
            return None
        except KilledError:
            self.note_fault(f"killed before {what} was stored", phone)
            phone.restart(self.session())
            return None
        if fate > 0.985:
            self.note_fault(f"killed after {what} was stored", phone)
            phone.restart(self.session())
        return True if done is None else done

    # What the network and the server do

    def around(self) -> engine.Surroundings:
        return engine.Surroundings(self.now_ms, self.session(), self.id(), KEY)

    def answer(self, phone: Phone, author: Author, body: Mutation) -> Answer:
        coop = self.coops[phone.coop]
        if phone.version < coop.oldest:
            raise TooOldError
        known = set(coop.store.log)
        answer = coop.sync(author, body, self.around())
        for mutation in body["mutations"]:
            entry = coop.store.log.get(mutation["at"])
            waits = entry is None or entry.outcome in ("held", "rejected") or mutation["at"] in known
            assert waits or not author.held, "taken from an account that may not write"
        assert not author.held or not answer["changes"], "shown to an account that may not read"
        return answer

    def exchange(self, phone: Phone, limit: int, most: int) -> Answer:
        """One request over a bad network. Raises LostError when the phone gets no answer, TooOldError for `426`."""
        author, body = self.author(phone), phone.replica.request(limit, most)
        body["mutations"] = [dict(mutation) for mutation in body["mutations"]]
        fate = self.rng.random() if phone.faults else 1.0
        if fate < 0.08:
            self._lose("request lost", phone)
        if fate < 0.12:
            self.delayed.append((phone, author, body))
            self._lose("request delayed past its sender's patience", phone)
        if fate < 0.15:
            coop, around = self.coops[phone.coop], self.around()
            coop.die_during(lambda: coop.sync(author, body, around))
            self._lose("server killed before it had committed", phone)
        answer = self.answer(phone, author, body)
        if fate < 0.22:
            self._lose("answer lost", phone)
        if fate < 0.26:
            self.note_fault("request twice", phone)
            answer = self.answer(phone, author, body)
        return answer

    def _lose(self, what: str, phone: Phone) -> None:
        self.note_fault(what, phone)
        raise LostError

    def sync(self, phone: Phone) -> bool:
        """Sync until the last page or until something breaks; whether it came to an end."""
        limit, most = (self.rng.choice((3, 20, 500)), self.rng.choice((1, 7, 1000))) if phone.faults else (500, 1000)
        for _ in range(400):
            try:
                answer = self.exchange(phone, limit, most)
            except LostError:
                return False
            except TooOldError:
                self.note_fault("told to renew its app", phone)
                return False
            session = self.session()
            if answer["reset"]:
                phone.had |= phone.replica.confirmed
            if self._write(phone, lambda replica: replica.receive(answer, session), "the answer") is None:  # noqa: B023
                return False
            unsent = any(pending.receipt is None for pending in phone.replica.outbox)
            if not answer["more"] and not unsent:
                return self.offer(phone)
        raise AssertionError("a sync that never ends")

    def offer(self, phone: Phone) -> bool:
        """Tell the server what did not come back after a reset; whether nothing broke."""
        while records := phone.replica.unoffered(self.rng.choice((1, 50))):
            author, coop, tag = self.author(phone), self.coops[phone.coop], self.session()
            fate = self.rng.random() if phone.faults else 1.0
            if author.held or fate < 0.1:
                return False
            if fate < 0.15:
                coop.die_during(lambda: coop.witness(author, records, self.now_ms, tag))  # noqa: B023
                return False
            coop.witness(author, records, self.now_ms, tag)
            self.tell(f"{len(records)} offered ({phone.name})")
            if fate < 0.2 or self._write(phone, lambda replica: replica.take_offered(records), "the offer") is None:
                return False
        return True

    def deliver_delayed(self) -> None:
        """Requests that were on the way for days arrive now; nobody waits for their answers."""
        late, self.delayed = self.delayed, []
        self.rng.shuffle(late)
        for phone, author, body in late:
            if phone.version >= self.coops[phone.coop].oldest:
                self.answer(phone, author, body)


__all__ = ["MANAGER", "MEMBER", "Account", "Coop", "Phone", "World"]
