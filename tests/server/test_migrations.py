"""Every database that a release has made comes to today's tables, with all that is in it, on SQLite and PostgreSQL."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

import flask_migrate
import pytest
from flask import Flask
from sqlalchemy import MetaData, select
from sqlalchemy.orm import Session

from config import Settings
from server import migrating
from server.app import create_app
from server.database import db, reading, writing
from server.entities import REGISTRY
from server.entities.definition import DATA_VERSION
from server.reconcile import reconcile
from server.store import SqlStore
from server.tables import COUNTER, LOG
from server.verification import verify
from sync.mutation import Author, Entry, canonical, content_text, text_hash
from sync.replica import Replica
from sync.stamps import Clock
from tests.conftest import SECRET

RELEASED = sorted((Path(__file__).parent / "released").glob("*.jsonl"))


@dataclass(frozen=True)
class Release:
    """What tests/server/released/make.py kept of a version."""

    revision: str
    schema: list[str]
    rows: list[dict[str, Any]]

    @classmethod
    def read(cls, file: Path) -> Release:
        first, *rows = map(json.loads, file.read_text().splitlines())
        return cls(first["revision"], first["schema"], rows)


@pytest.fixture(params=RELEASED, ids=[file.stem for file in RELEASED])
def release(request: pytest.FixtureRequest) -> Release:
    return Release.read(request.param)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "postgresql":
        return str(request.getfixturevalue("postgresql_url"))
    return f"sqlite:///{tmp_path}/chophien.db"


@pytest.fixture
def empty(url: str, tmp_path: Path) -> Iterator[Flask]:
    """An app in front of a database without tables."""
    app = create_app(Settings(secret_key=SECRET, data_dir=tmp_path, database_url=url, app_dir=tmp_path / "dist"))
    with app.app_context():
        yield app
        db.engine.dispose()


@pytest.fixture
def old(empty: Flask, release: Release, tmp_path: Path) -> Flask:
    """The same with a released version's tables and data."""
    if db.engine.dialect.name == "sqlite":  # exactly as it lay on the disk
        with closing(sqlite3.connect(tmp_path / "chophien.db")) as database, database:
            for statement in release.schema:
                database.execute(statement)
            database.execute("INSERT INTO alembic_version VALUES (?)", [release.revision])
    else:
        migrating.upgrade(release.revision)
    tables = MetaData()
    tables.reflect(db.engine)
    with db.engine.begin() as connection:
        for name, lines in groupby(release.rows, lambda line: str(line["table"])):
            for line in lines:
                connection.execute(tables.tables[name].insert().values(**line["row"]))
    return empty


def test_migrations_make_exactly_what_the_code_declares(empty: Flask) -> None:
    migrating.upgrade()
    flask_migrate.check()


def test_an_old_database_ends_with_exactly_what_the_code_declares(old: Flask) -> None:
    migrating.upgrade()
    flask_migrate.check()


def test_migrations_of_a_release_still_make_its_tables(release: Release, tmp_path: Path) -> None:
    """A migration that somebody has run is never edited."""
    app = create_app(Settings(secret_key=SECRET, data_dir=tmp_path, database_url=f"sqlite:///{tmp_path}/new.db"))
    with app.app_context():
        migrating.upgrade(release.revision)
        db.engine.dispose()
    with closing(sqlite3.connect(tmp_path / "new.db")) as database:
        made = [sql for (sql,) in database.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")]
    assert sorted(made) == sorted(release.schema)


def test_every_row_is_carried_over(old: Flask, release: Release) -> None:
    migrating.upgrade()
    tables = MetaData()
    tables.reflect(db.engine)
    with db.engine.connect() as connection:
        for name, lines in groupby(release.rows, lambda line: str(line["table"])):
            held = [dict(row) for row in connection.execute(select(tables.tables[name])).mappings()]
            old_rows = [line["row"] for line in lines]
            assert len(held) == len(old_rows)
            for row in old_rows:
                assert any(row.items() <= one.items() for one in held), (name, row)


def test_replays_of_everything_that_was_ever_sent_change_nothing(old: Flask) -> None:
    migrating.upgrade()
    with writing() as session:
        for coop_id, seq in session.execute(select(COUNTER.c.coop_id, COUNTER.c.seq)).all():
            store = SqlStore(session, coop_id)
            entries = logged(session, store)
            assert len(entries) > 20
            for author, sent in groupby(entries, lambda entry: (entry.replica, entry.account, entry.role)):
                mine = list(sent)
                again = [json.loads(entry.raw) for entry in mine]
                answer = reconcile(session, Author(*author), coop_id, again, limit=1)
                assert answer["receipts"][: len(mine)] == [entry.receipt() for entry in mine]
            assert store.counter().seq == seq


def logged(session: Session, store: SqlStore) -> list[Entry]:
    keys = session.scalars(select(LOG.c.key).where(LOG.c.coop_id == store.coop_id)).all()
    return sorted(store.entries(keys), key=lambda entry: entry.arrived_seq)


def test_a_phone_reads_all_of_an_old_database_and_its_digest_is_true(old: Flask) -> None:
    migrating.upgrade()
    client = old.test_client()
    people = {"manager": "0900000002", "member": "0900000011", "other manager": "0900000003"}
    for phone in people.values():
        answer = client.post("/api/v1/auth/login", json={"login": phone, "password": "chophien-demo"})
        assert answer.status_code == 200, answer.text
        token = {"Authorization": f"Bearer {answer.json['access_token']}"}
        replica = Replica(answer.json["replica"], REGISTRY, Clock("00000000"))
        more = True
        while more:
            answer = client.post("/api/v1/sync", json=replica.request(limit=10), headers=token)
            assert answer.status_code == 200, answer.text
            replica.receive(answer.json, "00000001")
            more = answer.json["more"]
        assert replica.checked
        assert len(replica.confirmed) > 20
        for path in ("/sales", "/listings", "/members"):
            assert client.get(f"/api/v1{path}", headers=token).json["items"]
        sale = next(id for entity, id in replica.confirmed if entity == "sale")
        assert client.get(f"/api/v1/records/sale/{sale}/history", headers=token).json["items"]


def test_counts_of_stock_and_sales_are_what_the_rows_say(old: Flask) -> None:
    """Nothing that the engine would derive anew differs from what the old database holds."""
    migrating.upgrade()
    with reading() as session:
        for (coop_id,) in session.execute(select(COUNTER.c.coop_id)).all():
            store = SqlStore(session, coop_id)
            records = store.page(None, 0, 1_000_000)
            left = {r.id: 0 for r in records if r.entity == "listing"}
            for record in records:
                listing_id = record.fields.get("listing_id")
                if listing_id in left and not record.fields.get("voided"):
                    sold = record.entity == "sale"
                    quantity = record.fields["quantity_milli"]
                    left[listing_id] += quantity if not sold else -quantity * bool(record.derived.get("counts"))
            assert left == {r.id: r.derived["left_milli"] for r in records if r.entity == "listing"}


def test_what_an_old_release_ignored_is_learned_on_the_way(old: Flask, release: Release) -> None:
    """A phone of a later release had written a field that the old one did not know: it lies in that one's log."""
    said = [line["row"] for line in release.rows if line["table"] == "mutation" and line["row"]["outcome"] == "applied"]
    sold = next(row for row in said if row["entity"] == "sale" and "sold_at" in json.loads(row["raw"])["set"])
    counters = {line["row"]["coop_id"]: line["row"] for line in release.rows if line["table"] == "coop_counter"}
    at, seq = f"{sold['key'][:13]}ffff{sold['key'][17:]}", counters[sold["coop_id"]]["seq"] + 1
    sent = {"at": at, "v": 2, "entity": "sale", "id": sold["record_id"], "set": {"due_on": "2026-12-24"}, "base": {}}
    kept = {"key": at, "raw": canonical(sent), "hash": text_hash(content_text(sent)), "seq": seq, "arrived_seq": seq}
    tables = MetaData()
    tables.reflect(db.engine)
    with db.engine.begin() as connection:
        connection.execute(tables.tables["mutation"].insert().values(**sold | kept))
        connection.execute(tables.tables["head"].insert().values(coop_id=sold["coop_id"], seq=seq, tag="an old one"))
        mine = tables.tables["coop_counter"].c.coop_id == sold["coop_id"]
        connection.execute(tables.tables["coop_counter"].update().where(mine).values(seq=seq))
    migrating.upgrade()
    with reading() as session:
        [sale] = SqlStore(session, sold["coop_id"]).records("sale", [sold["record_id"]])
        assert (sale.fields["due_on"], sale.stamps["due_on"]) == ("2026-12-24", at)
        assert sale.seq > seq, "phones are told"
        assert set(session.scalars(select(COUNTER.c.data_version))) == {DATA_VERSION}
        verify(session)
