"""The two doors to the database, and the migrations behind them."""

from __future__ import annotations

import sqlite3
import threading
import uuid

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.orm import Session

from config import Settings
from server import database
from server.accounts import Account
from server.database import new_id, now_ms, reading, writing
from server.problems import UnavailableError
from tests.conftest import People


def name_of(account_id: str) -> str:
    with reading() as session:
        return session.get_one(Account, account_id).name


def test_error_takes_back_everything(app: Flask, people: People) -> None:
    with app.app_context():
        before = name_of(people.member)
        with pytest.raises(ZeroDivisionError), writing() as session:
            _rename_and_fail(session, people.member)
        assert name_of(people.member) == before


def _rename_and_fail(session: Session, account_id: str) -> None:
    session.get_one(Account, account_id).name = "half done"
    session.flush()
    raise ZeroDivisionError


def test_concurrent_writers_follow_one_another(app: Flask, people: People) -> None:
    def add() -> None:
        with app.app_context():
            for _ in range(25):
                with writing() as session:
                    account = session.get_one(Account, people.member)
                    account.created_at_ms += 1

    with app.app_context(), writing() as session:
        session.get_one(Account, people.member).created_at_ms = 0
    threads = [threading.Thread(target=add) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with app.app_context(), reading() as session:
        assert session.get_one(Account, people.member).created_at_ms == 100


def test_reading_is_one_moment(app: Flask, people: People) -> None:
    with app.app_context():
        with reading() as before:
            name = before.get_one(Account, people.member).name
            with writing() as session:
                session.get_one(Account, people.member).name = "later"
            before.expire_all()
            assert before.get_one(Account, people.member).name == name
        assert name_of(people.member) == "later"


def test_busy_database_is_unavailable_and_a_retry_works(
    app: Flask, settings: Settings, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_TIMEOUT_MS", 50)
    other = sqlite3.connect(settings.data_dir / "chophien.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with app.app_context():
        with pytest.raises(UnavailableError), writing():
            pytest.fail("the lock is another's")
        assert name_of(people.member), "readers are not blocked"
        other.execute("ROLLBACK")
        other.close()
        with writing() as session:
            session.get_one(Account, people.member).name = "now"
        assert name_of(people.member) == "now"


def test_sqlite_syncs_every_commit_to_disk(app: Flask) -> None:
    with app.app_context(), reading() as session:
        pragma = {
            name: session.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert pragma == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 5000}


def test_new_ids_are_uuids_in_the_order_of_time() -> None:
    earlier, later = new_id(), f"{now_ms() + 1000:012x}"
    assert uuid.UUID(earlier).version == 7
    assert uuid.UUID(earlier).variant == uuid.RFC_4122
    assert earlier.replace("-", "")[:12] < later
