"""A co-operative in memory with phones: the real engine and the reference replica, no network, time at will."""

import json
import random
from dataclasses import dataclass, field
from typing import Any

from server.entities import REGISTRY
from sync import engine
from sync.decide import Decision, decide
from sync.mutation import Author
from sync.own import OwnReplica
from sync.replica import Replica
from sync.review import Review
from sync.rules import MANAGER, MEMBER, UNTOLD_VERSION, Registry
from sync.stamps import Clock
from sync.store import Counter, MemoryStore

START_MS = 1_795_000_000_000
MINUTE_MS = 60_000
DAY_MS = 24 * 60 * MINUTE_MS
KEY = b"a key for tests"
COOP = "0199aa5b-0000-7000-8000-00000000c00b"


def memory_store() -> MemoryStore:
    return MemoryStore(
        frozenset(name for name, entity in REGISTRY.items() if entity.shared),
        tuple(REGISTRY),
        {name: entity.owner_field for name, entity in REGISTRY.items()},
        Counter(0, "history-0"),
    )


@dataclass
class Village:
    """One server; `now_ms` is its clock, `rng` the only source of chance."""

    seed: int = 1
    now_ms: int = START_MS
    store: Any = field(default_factory=memory_store)
    # What its server knows: of this data version, or of an earlier one.
    registry: Registry = field(default_factory=lambda: REGISTRY)

    def __post_init__(self) -> None:
        self.rng = random.Random(self.seed)
        self.clock = Clock(self.session())

    def id(self) -> str:
        digits = f"{self.now_ms:012x}7{self.rng.getrandbits(12):03x}8{self.rng.getrandbits(60):015x}"
        return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))

    def session(self) -> str:
        return f"{self.rng.getrandbits(32):08x}"

    def phone(self, account: str | None = None, role: str = MEMBER) -> "Phone":
        account = account or self.id()
        return Phone(self, Author(self.id(), account, role), Replica(self.id(), REGISTRY, Clock(self.session())))

    def manager(self) -> "Phone":
        return self.phone(role=MANAGER)

    def answer(self, author: Author, body: dict[str, Any]) -> dict[str, Any]:
        around = engine.Surroundings(self.now_ms, self.session(), self.id(), KEY)
        sent = json.loads(json.dumps(body))
        cursor, limit = sent["cursor"], sent["limit"]
        version = sent.get("v", UNTOLD_VERSION)
        answer = engine.sync(self.store, self.registry, author, sent["mutations"], cursor, limit, around, version)
        return json.loads(json.dumps(answer))

    def decide(self, decision: Decision) -> Review:
        """What a manager decides, carried out by the server's own replica."""
        own = OwnReplica(Author(COOP, COOP, MANAGER), lambda: self.clock.read(self.now_ms))
        return decide(self.store, self.registry, decision, own, self.now_ms, self.session())

    def reviews(self, kind: str, status: str = "open") -> list[Any]:
        return [r for r in self.store.reviews.values() if r.kind == kind and r.status == status]


@dataclass
class Phone:
    """A replica with an account; `drift_ms` is how far its clock is off."""

    village: Village
    author: Author
    replica: Replica
    drift_ms: int = 0

    @property
    def account(self) -> str:
        return self.author.account

    def record(self, entity: str, values: dict[str, Any], id: str | None = None) -> dict[str, Any]:
        id = id or self.village.id()
        return self.replica.record(entity, id, values, self.village.now_ms + self.drift_ms)

    def push(self, mutations: list[Any], cursor: str | None = None, limit: int = 500) -> dict[str, Any]:
        """Send these mutations as they are; the answer, not taken."""
        body = self.replica.request(limit) | {"cursor": cursor, "mutations": mutations}
        return self.village.answer(self.author, body)

    def receipts(self, mutations: list[Any]) -> list[dict[str, Any]]:
        return self.push(mutations)["receipts"][: len(mutations)]

    def sync(self, limit: int = 500) -> list[dict[str, Any]]:
        """Sync until the last page; the receipts that came."""
        receipts: list[dict[str, Any]] = []
        while True:
            answer = self.village.answer(self.author, self.replica.request(limit))
            receipts += answer["receipts"]
            self.replica.receive(answer, self.village.session())
            waiting = any(pending.receipt is None for pending in self.replica.outbox)
            if not answer["more"] and not (waiting and answer["reset"]):
                return receipts

    def sees(self, entity: str, id: str) -> Any:
        return self.replica.seen(entity, id)

    def sell(self, **extra: Any) -> dict[str, Any]:
        return self.record("sale", sale_of(self.account) | extra)

    def list_goods(self, **extra: Any) -> dict[str, Any]:
        values = {"product_name": "Chè Shan tuyết", "unit": "kg", "price_vnd": 350_000, "member_id": self.account}
        return self.record("listing", values | extra)

    def stock(self, listing_id: str, quantity_milli: int, **extra: Any) -> dict[str, Any]:
        values = {"quantity_milli": quantity_milli, "kind": "harvest", "member_id": self.account}
        return self.record("stock_entry", values | {"listing_id": listing_id} | extra)


def sale_of(member_id: str | None) -> dict[str, Any]:
    return {
        "product_name": "Mật ong bạc hà",
        "unit": "lít",
        "quantity_milli": 2500,
        "unit_price_vnd": 250_000,
        "total_vnd": 625_000,
        "sold_at": "2026-11-18T02:10:00Z",
        "payment": "cash",
        "member_id": member_id,
        "money_with": "member",
    }
