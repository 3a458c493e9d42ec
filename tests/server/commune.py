"""A village on the application's database, SQLite and PostgreSQL, and what its phones hold."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask

from config import Settings
from server.accounts import Place
from server.app import create_app
from server.backup import checksum_file, sha256
from server.database import reading, writing
from server.store import SqlStore
from sync import engine
from sync.mutation import Author
from sync.rules import UNTOLD_VERSION
from tests.sync.village import KEY, Phone, Village

PLACE = Place("08", "Tuyên Quang", "00721", "Đồng Văn")


@dataclass
class Commune(Village):
    """A village whose server keeps its co-operative in the application's database, a transaction for each request."""

    coop_id: str = ""

    def answer(self, author: Author, body: dict[str, Any]) -> dict[str, Any]:
        around = engine.Surroundings(self.now_ms, self.session(), self.id(), KEY)
        sent = json.loads(json.dumps(body))
        with writing() as session:
            store = SqlStore(session, self.coop_id)
            store.lock()
            place = (sent["cursor"], sent["limit"], around, sent.get("v", UNTOLD_VERSION))
            answer = engine.sync(store, self.registry, author, sent["mutations"], *place)
        return dict(json.loads(json.dumps(answer)))

    @property
    def safe(self) -> int:
        with reading() as session:
            return SqlStore(session, self.coop_id).counter().safe

    def digest(self) -> dict[str, list[int]]:
        with reading() as session:
            return SqlStore(session, self.coop_id).digest(None)


def app_of(url: str, folder: Path) -> Flask:
    folder.mkdir(exist_ok=True)
    return create_app(Settings(secret_key="x" * 40, data_dir=folder, database_url=url, app_dir=folder / "dist"))


def sqlite_url(folder: Path) -> str:
    return f"sqlite:///{folder / 'chophien.db'}"


def agree(*phones: Phone) -> None:
    for _ in range(3):
        for phone in phones:
            phone.sync()
    assert all(phone.replica.checked for phone in phones)


def settled(phone: Phone, mutation: dict[str, Any]) -> bool:
    """Whether the server's rows on this phone hold the record."""
    return (mutation["entity"], mutation["id"]) in phone.replica.confirmed


def holds(phone: Phone, mutation: dict[str, Any]) -> bool:
    return mutation["at"] in [pending.mutation["at"] for pending in phone.replica.outbox]


def in_backup(file: Path, mutation: dict[str, Any]) -> bool:
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute("SELECT 1 FROM mutation WHERE key = ?", [mutation["at"]]).fetchone() is not None


def in_context(app: Flask, work: Callable[[], object]) -> None:
    with app.app_context():
        work()


def signed(path: Path) -> Path:
    checksum_file(path).write_text(f"{sha256(path)}  {path.name}\n")
    return path
