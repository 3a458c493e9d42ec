"""Phones of one co-operative over HTTP, in one process with the server: the reference client on a real database."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import Flask
from sqlalchemy import select, update

from server import tokens
from server.accounts import Account, Place, create_account, create_coop
from server.database import db, new_id, now_ms, reading, writing
from server.entities import DEFINITIONS, REGISTRY
from server.replicas import new_replica
from server.store import SqlStore
from sync.fingerprint import DIGEST_MODULUS, fingerprint
from sync.replica import Replica
from sync.stamps import Clock
from tests.conftest import PASSWORD, bearer
from tests.sync.village import sale_of


class BusyError(Exception):
    """The server answered 503."""


@dataclass
class Phone:
    app: Flask
    account: str
    token: str
    replica: Replica

    def record(self, entity: str, values: Mapping[str, Any], id: str | None = None) -> dict[str, Any]:
        return self.replica.record(entity, id or new_id(), values, now_ms())

    def sell(self, **extra: Any) -> dict[str, Any]:
        return self.record("sale", sale_of(self.account) | extra)

    def list_goods(self) -> dict[str, Any]:
        goods = {"product_name": "Chè", "unit": "kg", "price_vnd": 1, "member_id": self.account}
        return self.record("listing", goods)

    def post(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """One answer, not taken. Raises BusyError."""
        answer = self.app.test_client().post("/api/v1/sync", json=body, headers=bearer(self.token))
        if answer.status_code == 503:
            assert answer.headers["Retry-After"]
            raise BusyError
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.get_json()
        return found

    def exchange(self, limit: int = 500) -> dict[str, Any]:
        """One request and its answer, taken."""
        answer = self.post(self.replica.request(limit))
        self.replica.receive(answer, secrets.token_hex(4))
        return answer

    def sync(self, limit: int = 500) -> "Phone":
        """Until the last page; its digest must be ours."""
        while self.exchange(limit)["more"] or any(pending.receipt is None for pending in self.replica.outbox):
            pass
        assert self.replica.checked
        return self

    @property
    def rows(self) -> dict[Any, Any]:
        return self.replica.confirmed


@dataclass
class Market:
    app: Flask
    coop_id: str = ""
    phones: list[Phone] = field(default_factory=list)

    def open(self) -> "Market":
        with self.app.app_context(), writing() as session:
            place = Place("08", "Tuyên Quang", "00721", "Xã Đồng Văn")
            self.coop_id = create_coop(session, name="HTX", place=place).id
        return self

    def account(self, role: str = "member") -> str:
        with self.app.app_context(), writing() as session:
            made = create_account(session, name="Sùng", role=role, coop_id=self.coop_id, phone=None, password=PASSWORD)
            return made.id

    def phone(self, account_id: str, *, known: bool = True) -> Phone:
        """Another installation of an account; one that is not `known` the server has lost."""
        with self.app.app_context(), writing() as session:
            replica_id, account = new_id(), session.get_one(Account, account_id)
            if known:
                new_replica(session, replica_id, account_id, self.coop_id)
            token = tokens.sign_in(session, account, replica_id).access_token
        replica = Replica(replica_id, REGISTRY, Clock(secrets.token_hex(4)))
        self.phones.append(Phone(self.app, account_id, token, replica))
        return self.phones[-1]

    def change_account(self, account_id: str, **values: Any) -> None:
        with self.app.app_context(), writing() as session:
            session.execute(update(Account).where(Account.id == account_id).values(**values))

    def everyone_agrees(self) -> None:
        """All sync until quiet; what each holds is what a new phone gets, and the digests are exact."""
        for phone in self.phones * 2:
            phone.sync()
        for phone in list(self.phones):
            fresh = Phone(self.app, phone.account, phone.token, Replica(phone.replica.id, REGISTRY, Clock("0" * 8)))
            assert fresh.sync().rows == phone.rows
        with self.app.app_context(), reading() as session:
            store = SqlStore(session, self.coop_id)
            assert store.digest(None) == {name: self._counted(session, name) for name in DEFINITIONS}

    def _counted(self, session: Any, entity: str) -> list[int]:
        """The digest of an entity from its rows themselves."""
        rows = SqlStore(session, self.coop_id).page(None, 0, 1_000_000)
        marks = [fingerprint(row.entity, row.id, row.stamps) for row in rows if row.entity == entity]
        return [len(marks), sum(marks) % DIGEST_MODULUS]

    def values_of(self, table: str, *names: str) -> list[Any]:
        """These columns of all rows of a table of this co-operative."""
        columns = db.metadata.tables[table].c
        with self.app.app_context(), reading() as session:
            mine = columns.coop_id == self.coop_id
            return list(session.execute(select(*(columns[name] for name in names)).where(mine)))
