"""An independent client of the sync protocol: one replica that keeps rows, receipts and an outbox in memory."""

import copy
import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

import httpx

from .clock import Clock, digest, fingerprint, ms_of, stamp, uuid7

Mutation = dict[str, Any]
Receipt = dict[str, Any]
Answer = dict[str, Any]

PASSWORD = "chophien-demo"
ROUNDS_MAX = 400
# Shared, since each client would otherwise read all certificates for itself.
TLS = httpx.create_ssl_context()


class DigestDiffersError(AssertionError):
    """What the phone holds after a last page is not what the server says that it should hold."""


@dataclass
class Row:
    """A confirmed record: its values, one stamp per value, and what the server derived."""

    values: dict[str, Any]
    stamps: dict[str, str]
    derived: dict[str, Any]
    fingerprint: int

    @classmethod
    def of(cls, change: Mapping[str, Any]) -> Self:
        stamps = {name: change["stamps"].get(name, change["at"]) for name in change["row"]}
        mark = fingerprint(change["entity"], change["id"], stamps)
        return cls(dict(change["row"]), stamps, dict(change.get("derived") or {}), mark)


class Api:
    """Plain HTTP with an account's tokens. Waits out a busy server's 503; everything else is returned."""

    def __init__(self, url: str) -> None:
        # Every request on its own connection: an idle one may be closed by the server just as it is used again.
        limits = httpx.Limits(max_keepalive_connections=0)
        self.http = httpx.Client(base_url=url, timeout=60, limits=limits, verify=TLS)
        self.access_token = ""
        self.refresh_token = ""
        self.replica: str | None = None
        self.user: dict[str, Any] = {}

    def request(self, method: str, path: str, **arguments: Any) -> httpx.Response:
        headers = {"Authorization": f"Bearer {self.access_token}"} if self.access_token else {}
        headers |= arguments.pop("headers", {})
        for _ in range(20):
            response = self.http.request(method, f"/api/v1{path}", headers=headers, **arguments)
            if response.status_code != 503:
                break
            time.sleep(min(float(response.headers["Retry-After"]), 2))
        return response

    def get(self, path: str, **params: Any) -> Any:
        response = self.request("GET", path, params=params)
        assert response.status_code == 200, response.text
        return response.json()

    def items(self, path: str, **params: Any) -> list[dict[str, Any]]:
        """Every item of a list endpoint, following `next`."""
        found: list[dict[str, Any]] = []
        for _ in range(ROUNDS_MAX):
            page = self.get(path, **params)
            found += page["items"]
            if page["next"] is None:
                return found
            params["after"] = page["next"]
        raise AssertionError(f"{path} never ends")

    def login(self, login: str, password: str = PASSWORD, replica: str | None = None) -> Self:
        body = {"login": login, "password": password} | ({"replica": replica} if replica else {})
        response = self.request("POST", "/auth/login", json=body)
        assert response.status_code == 200, response.text
        self.take_tokens(response.json())
        return self

    def take_tokens(self, answer: Mapping[str, Any]) -> None:
        self.access_token = answer["access_token"]
        self.refresh_token = answer["refresh_token"]
        self.replica = answer.get("replica", self.replica)
        self.user = answer.get("user", self.user)

    def refresh(self, refresh_token: str | None = None) -> httpx.Response:
        token = refresh_token or self.refresh_token
        return self.request("POST", "/auth/refresh", headers={"Authorization": f"Bearer {token}"})


class Phone(Api):
    """One replica. `record` works offline; `sync` runs until everything is sent and the last page is stored."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.clock = Clock()
        self.rows: dict[tuple[str, str], Row] = {}
        self.arriving: dict[tuple[str, str], Row] | None = None
        self.outbox: list[Mutation] = []
        self.receipts: dict[str, Receipt] = {}
        self.cursor: str | None = None
        self.resets = 0
        self.checked = False

    def restart(self, drift_ms: int = 0) -> Self:
        """Start the app again: a new session, confirmed rows and cursor as they were, nothing waiting."""
        self.clock = Clock(drift_ms=drift_ms)
        self.outbox, self.receipts, self.resets, self.checked = [], {}, 0, False
        return self

    def clone(self) -> "Phone":
        """The same replica on another device, as after copying its storage: it stamps differently."""
        twin = Phone(str(self.http.base_url))
        for name in ("access_token", "refresh_token", "replica", "user", "cursor", "arriving"):
            setattr(twin, name, getattr(self, name))
        twin.rows, twin.outbox = copy.deepcopy(self.rows), copy.deepcopy(self.outbox)
        twin.receipts = copy.deepcopy(self.receipts)
        return twin

    @property
    def member_id(self) -> str:
        return str(self.user["id"])

    def stamp(self, offset_ms: int = 0, counter: int = 0) -> str:
        """A stamp of this session, `offset_ms` from the true time."""
        return stamp(self.clock.reading_ms() + offset_ms, counter, self.clock.session)

    def mutation(self, entity: str, values: Mapping[str, Any], record_id: str | None = None, **given: Any) -> Mutation:
        """A mutation as recorded here; `at`, `base`, `v` and `eff` may be given instead."""
        record_id = record_id or uuid7()
        seen = {name: self.seen(entity, record_id, name) for name in values}
        base = {name: at for name, at in seen.items() if at}
        at = given.pop("at", None) or self.clock.tick()
        return {
            "at": at,
            "v": 1,
            "entity": entity,
            "id": record_id,
            "set": dict(values),
            "base": base,
        } | given

    def record(self, entity: str, values: Mapping[str, Any], record_id: str | None = None, **given: Any) -> Mutation:
        mutation = self.mutation(entity, values, record_id, **given)
        self.outbox.append(mutation)
        return mutation

    def seen(self, entity: str, record_id: str, name: str) -> str | None:
        """The stamp of the value that a person sees: the own one without a receipt yet, else the row's."""
        for mutation in reversed(self.unsent()):
            if (mutation["entity"], mutation["id"]) == (entity, record_id) and name in mutation["set"]:
                return str(mutation["at"])
        row = self.rows.get((entity, record_id))
        return row.stamps.get(name) if row else None

    def unsent(self) -> list[Mutation]:
        return [mutation for mutation in self.outbox if mutation["at"] not in self.receipts]

    def post(self, mutations: Sequence[Any] = (), **given: Any) -> httpx.Response:
        """One request, answered as it comes; nothing is stored here."""
        body = {
            "replica": self.replica,
            "cursor": self.cursor,
            "limit": 500,
            "mutations": list(mutations),
        }
        # ASCII with escapes, so that even an unpaired surrogate can be sent.
        content = json.dumps(body | given).encode()
        headers = {"Content-Type": "application/json"}
        return self.request("POST", "/sync", content=content, headers=headers)

    def send(self, *mutations: Any) -> list[Receipt]:
        """The receipts of these mutations, in their order; nothing is stored here."""
        response = self.post(mutations, limit=1)
        assert response.status_code == 200, response.text
        receipts: list[Receipt] = response.json()["receipts"]
        assert [receipt["at"] for receipt in receipts[: len(mutations)]] == [one["at"] for one in mutations]
        return receipts[: len(mutations)]

    def sync(self, batch: int = 300, limit: int = 500) -> Self:
        for _ in range(ROUNDS_MAX):
            response = self.post(self.unsent()[:batch], limit=limit)
            assert response.status_code == 200, response.text
            answer = response.json()
            self.store(answer)
            if not answer["more"] and not self.unsent():
                return self
        raise AssertionError("the pages never end")

    def store(self, answer: Answer) -> None:
        """Take one answer in: all of it or, where the digest differs, an error."""
        if answer["reset"]:
            self.receipts, self.arriving = {}, {}
            self.resets += 1
        for receipt in answer["receipts"]:
            self.take_receipt(receipt, answer["server_time_ms"])
        rows = self.rows if self.arriving is None else self.arriving
        for change in answer["changes"]:
            row = rows[change["entity"], change["id"]] = Row.of(change)
            for seen in row.stamps.values():
                self.clock.observe(seen)
        self.cursor = answer["cursor"]
        self.checked = False
        if answer.get("digest"):
            self.rows, self.arriving = rows, None
            self.check(answer["digest"])
            self.forget_safe(answer["safe"])

    def take_receipt(self, receipt: Receipt, server_time_ms: int) -> None:
        self.receipts[receipt["at"]] = receipt
        for mutation in self.outbox:
            if mutation["at"] == receipt["at"] and "eff" in receipt:
                mutation["eff"] = receipt["eff"]
        if receipt.get("clock") == "ahead" and ms_of(self.clock.last) > server_time_ms:
            self.clock = Clock(self.clock.session)
            for row in self.rows.values():
                for seen in row.stamps.values():
                    self.clock.observe(seen)

    def check(self, theirs: Mapping[str, list[int]]) -> None:
        ours = digest((entity, row.fingerprint) for (entity, _), row in self.rows.items())
        if ours != {entity: list(total) for entity, total in theirs.items() if total[0]}:
            raise DigestDiffersError(f"here {ours}, there {theirs}")
        self.checked = True

    def forget_safe(self, safe: int) -> None:
        self.outbox = [mutation for mutation in self.outbox if not self.is_safe(mutation, safe)]

    def is_safe(self, mutation: Mutation, safe: int) -> bool:
        receipt = self.receipts.get(mutation["at"])
        return bool(receipt and receipt["outcome"] in ("applied", "merged") and receipt["seq"] <= safe)

    def row(self, mutation: Mutation) -> Row:
        """The confirmed row of the record that a mutation touched."""
        return self.rows[mutation["entity"], mutation["id"]]

    def shows(self, mutation: Mutation) -> bool:
        return (mutation["entity"], mutation["id"]) in self.rows
