"""The reference client: an outbox laid over confirmed rows (docs/protocol.md, The client).

It holds everything in memory and does no I/O: `request` is what it would send, `receive` takes the answer. The phone's
TypeScript client keeps the same rules; the simulation and the load generator run this one.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sync.fingerprint import DIGEST_MODULUS, fingerprint
from sync.merge import merge
from sync.rules import UNTOLD_VERSION, Record, Registry
from sync.stamps import Clock, session_of, tick_above
from sync.store import Key


@dataclass(slots=True, eq=False)
class Pending:
    """A mutation of the outbox. `landed`: a last page has come with or after its receipt, so the row says it all."""

    mutation: dict[str, Any]
    receipt: dict[str, Any] | None = None
    landed: bool = False

    @property
    def outcome(self) -> str | None:
        return self.receipt["outcome"] if self.receipt else None

    @property
    def laid_over(self) -> bool:
        return not self.landed and self.outcome != "rejected"

    @property
    def stamp(self) -> str:
        """What the server compares by: the receipt's, else the own `at` raised above what it was written over."""
        at: str = self.mutation["at"]
        if self.receipt:
            return str(self.receipt.get("eff", at))
        if "eff" in self.mutation:
            return str(self.mutation["eff"])
        top = max(self.mutation["base"].values(), default="")
        return tick_above(top, session_of(at)) if at <= top else at


@dataclass
class Replica:
    """One account in one co-operative on one installation."""

    id: str
    registry: Registry
    clock: Clock
    confirmed: dict[Key, dict[str, Any]] = field(default_factory=dict)
    outbox: list[Pending] = field(default_factory=list)
    cursor: str | None = None
    staging: dict[Key, dict[str, Any]] | None = None
    aside: dict[Key, dict[str, Any]] = field(default_factory=dict)
    offered: set[Key] = field(default_factory=set)
    checked: bool | None = None

    def record(self, entity: str, id: str, values: Mapping[str, Any], now_ms: int) -> dict[str, Any]:
        """Write a change into the outbox; its base names the stamps of what the person saw."""
        seen = self.seen(entity, id)
        mutation: dict[str, Any] = {
            "at": self.clock.read(now_ms),
            "v": self.registry[entity].version,
            "entity": entity,
            "id": id,
            "set": dict(values),
            "base": {name: seen.stamps[name] for name in values if name in seen.stamps},
        }
        for pending in self.outbox:
            if pending.receipt is None and (pending.mutation["entity"], pending.mutation["id"]) == (entity, id):
                for name in pending.mutation["set"]:
                    if mutation["base"].get(name) == pending.stamp:
                        mutation["base"][name] = pending.mutation["at"]
        self.outbox.append(Pending(mutation))
        return mutation

    @property
    def version(self) -> int:
        """The data version that it knows."""
        return max(entity.version for entity in self.registry.values())

    def request(self, limit: int = 500, most: int = 1000) -> dict[str, Any]:
        """The next request: what has no receipt yet, in the order of recording."""
        unsent = [pending.mutation for pending in self.outbox if pending.receipt is None]
        said = {"v": self.version} if self.version > UNTOLD_VERSION else {}
        return {"replica": self.id, "cursor": self.cursor, "limit": limit, "mutations": unsent[:most], **said}

    def receive(self, answer: Mapping[str, Any], fresh_session: str) -> None:
        """Take an answer whole. `fresh_session` replaces the clock's when the server says that it was ahead."""
        if answer["reset"]:
            for pending in self.outbox:
                pending.receipt, pending.landed = None, False
            self.staging = {}
        for receipt in answer["receipts"]:
            self._take_receipt(receipt, answer["server_time_ms"], fresh_session)
        rows = self.confirmed if self.staging is None else self.staging
        for change in answer["changes"]:
            rows[change["entity"], change["id"]] = change
            for stamp in (change["at"], *change["stamps"].values()):
                self.clock.see(stamp)
        self.cursor = answer["cursor"]
        if "digest" in answer:
            self._last_page(answer)

    def unoffered(self, most: int = 1000) -> list[dict[str, Any]]:
        """What did not come back after a reset and was not offered since, nor since the app started: `records` of the
        next request to witness. `offered` is forgotten at each start."""
        names = ("entity", "id", "at", "stamps", "row")
        lost = [change for key, change in self.aside.items() if key not in self.offered]
        return [{name: change[name] for name in names} for change in lost[:most]]

    def take_offered(self, records: Iterable[Mapping[str, Any]]) -> None:
        """The server was told of these: once for each reset, since one restored again forgets it."""
        self.offered |= {(record["entity"], record["id"]) for record in records}

    def seen(self, entity: str, id: str) -> Record:
        """What a person sees of a record: the confirmed row with the outbox laid over it."""
        rules = self.registry[entity]
        record = Record(entity, id)
        change = self.confirmed.get((entity, id))
        if change is not None:
            record.fields, record.stamps = dict(change["row"]), stamps_of(change)
            record.derived = dict(change["derived"])
        for pending in self.outbox:
            mutation = pending.mutation
            if pending.laid_over and (mutation["entity"], mutation["id"]) == (entity, id):
                known = {name: value for name, value in mutation["set"].items() if name in rules.fields}
                result = merge(rules, record.fields, record.stamps, known, pending.stamp)
                record.fields.update(result.values)
                record.stamps.update(result.stamps)
        record.complete = rules.required <= record.stamps.keys()
        return record

    def digest(self) -> dict[str, list[int]]:
        """Per entity how many confirmed records there are and the sum of their fingerprints."""
        sums = {name: [0, 0] for name in self.registry}
        for (entity, id), change in self.confirmed.items():
            held = sums[entity]
            held[0] += 1
            held[1] = (held[1] + fingerprint(entity, id, stamps_of(change))) % DIGEST_MODULUS
        return sums

    def _take_receipt(self, receipt: Mapping[str, Any], server_ms: int, fresh_session: str) -> None:
        for pending in self.outbox:
            if pending.mutation["at"] != receipt["at"]:
                continue
            if receipt.get("errors", {}).get("at") == ["at_taken"]:
                pending.mutation["at"] = self.clock.read(server_ms)
                return
            pending.receipt, pending.landed = dict(receipt), False
            if "eff" in receipt:
                pending.mutation["eff"] = receipt["eff"]
            if receipt.get("clock") == "ahead" and self.clock.last_ms > server_ms:
                self.clock = Clock(fresh_session, server_ms)
            return

    def _last_page(self, answer: Mapping[str, Any]) -> None:
        if self.staging is not None:
            self.aside, self.offered = {**self.aside, **self.confirmed}, set()
            self.confirmed, self.staging = self.staging, None
        self.aside = {key: change for key, change in self.aside.items() if key not in self.confirmed}
        for pending in self.outbox:
            pending.landed = pending.landed or pending.outcome in ("applied", "merged")
        self.outbox = [pending for pending in self.outbox if not self._forgettable(pending, answer["safe"])]
        here, there = self.digest(), answer["digest"]
        # The older of the two leaves out what it does not know.
        self.checked = all(here.get(name, [0, 0]) == there.get(name, [0, 0]) for name in {*here, *there})

    @staticmethod
    def _forgettable(pending: Pending, safe: int) -> bool:
        return pending.landed and pending.receipt is not None and bool(pending.receipt["seq"] <= safe)


def stamps_of(change: Mapping[str, Any]) -> dict[str, str]:
    """Every field's stamp of a record as a page carries it."""
    return {name: change["stamps"].get(name, change["at"]) for name in change["row"]}
