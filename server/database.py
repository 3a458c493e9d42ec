"""The database and its two doors: `writing()` and `reading()`.

Everything goes through one of them, so that a transaction begins, ends and fails in one way.
SQLite (the default) and PostgreSQL run the same code: ids and times are made in Python.
"""

from __future__ import annotations

import secrets
import sqlite3
import time
import uuid
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Annotated, Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import BigInteger, Connection, Engine, MetaData, String, event, exc, text
from sqlalchemy.orm import DeclarativeBase, Session, mapped_column

from server.problems import UnavailableError

BUSY_TIMEOUT_MS = 5_000

# What columns hold: an id, and milliseconds (of an instant since 1970).
Id = Annotated[str, mapped_column(String(36))]
Ms = Annotated[int, mapped_column(BigInteger)]


class Base(DeclarativeBase):
    # Named constraints: Alembic can then change them on both databases.
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


db = SQLAlchemy(model_class=Base, disable_autonaming=True)


@contextmanager
def writing() -> Iterator[Session]:
    """One read-write transaction: committed at the end, rolled back on any error.

    On SQLite the write lock is taken at once, so what is read inside stays true until the commit.
    On PostgreSQL it is READ COMMITTED: lock the rows that you decide by.
    Raises UnavailableError when the lock cannot be had; nothing was taken, the caller may retry.
    """
    with _transaction({"begin": "BEGIN IMMEDIATE"}, {}) as session:
        session.info["writes"] = True
        if session.get_bind().dialect.name == "postgresql":
            session.execute(text(f"SET LOCAL lock_timeout = {BUSY_TIMEOUT_MS}"))
        yield session


@contextmanager
def reading() -> Iterator[Session]:
    """One snapshot: everything read inside is of one moment. Nothing is written.

    Raises UnavailableError when the database cannot be had.
    """
    snapshot = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    with _transaction({"begin": "BEGIN"}, snapshot) as session:
        yield session


@contextmanager
def _transaction(sqlite: dict[str, Any], postgresql: dict[str, Any]) -> Iterator[Session]:
    engine = db.engine
    options = sqlite if engine.dialect.name == "sqlite" else postgresql
    try:
        with Session(engine.execution_options(**options), expire_on_commit=False) as session:
            session.connection()  # begin now, not at the first statement
            yield session
            session.commit()
    except exc.TimeoutError as error:  # every connection of the pool is in use
        raise UnavailableError from error
    except exc.DBAPIError as error:
        if _is_temporary(error):
            raise UnavailableError from error
        raise


def _is_temporary(error: exc.DBAPIError) -> bool:
    """Whether the same transaction may succeed later, with nothing of it taken now."""
    if isinstance(error.orig, sqlite3.Error):
        code = getattr(error.orig, "sqlite_errorcode", 0) & 0xFF
        return code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_FULL)
    state = getattr(error.orig, "sqlstate", None)
    # 40: serialization and deadlock, 53: resources, 57P: shutting down, 55P03: lock timeout,
    # 23505: somebody else made the same row just now
    return error.connection_invalidated or (
        state[:2] in ("40", "53") or state in ("23505", "55P03") or state[:3] == "57P"
        if state
        else isinstance(error, exc.OperationalError)  # no connection at all
    )


@event.listens_for(Engine, "connect")
def _prepare_sqlite(connection: Any, _record: Any) -> None:
    if not isinstance(connection, sqlite3.Connection):
        return
    # The driver must not begin transactions by itself: `_begin_sqlite` does.
    connection.isolation_level = None
    for pragma in (
        f"busy_timeout = {BUSY_TIMEOUT_MS}",
        "journal_mode = WAL",
        "synchronous = FULL",  # an acknowledged sale survives a power cut
        "foreign_keys = ON",
    ):
        connection.execute(f"PRAGMA {pragma}").close()


@event.listens_for(Engine, "begin")
def _begin_sqlite(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(connection.get_execution_options().get("begin", "BEGIN"))


def chunks(values: Collection[str]) -> Iterator[list[str]]:
    """In order, no more at once than the databases let a query carry."""
    ordered = sorted(values)
    return (ordered[start : start + 5000] for start in range(0, len(ordered), 5000))


def now_ms() -> int:
    """The server's time, milliseconds since 1970. Times are made here, never in SQL."""
    return time.time_ns() // 1_000_000


def new_id() -> str:
    """A UUIDv7: its order is the order of making, which keeps indexes compact."""
    bits = now_ms() << 80 | secrets.randbits(80)
    bits = bits & ~(0xF << 76) | 0x7 << 76  # version
    bits = bits & ~(0x3 << 62) | 0x2 << 62  # variant
    return str(uuid.UUID(int=bits))


def ms_of_id(id: str) -> int:
    """When an id of `new_id` was made, milliseconds since 1970."""
    return uuid.UUID(id).int >> 80
