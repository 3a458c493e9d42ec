"""A commune's database for one test, and a folder for its backups."""

from __future__ import annotations

import errno
import os
import secrets
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import create_engine

from config import Settings
from server.accounts import create_coop
from server.app import create_app
from server.database import db, writing
from server.table_copy import replace_rows
from tests.conftest import SECRET, SignIn, settings_in
from tests.protocol.client import Phone
from tests.protocol.server_process import free_port
from tests.server.commune import PLACE, Commune, app_of, sqlite_url
from tests.server.phones import sign_in as phone_of
from tests.server.photos import NewSender, Sender


@pytest.fixture(params=["sqlite", "postgresql"])
def commune(request: pytest.FixtureRequest, migrated: Path, tmp_path: Path) -> Iterator[Commune]:
    data = tmp_path / "data"
    if request.param == "sqlite":
        shutil.copytree(migrated, data)
    url = request.getfixturevalue("migrated_postgresql_url") if request.param == "postgresql" else sqlite_url(data)
    app = app_of(url, data)
    with app.app_context():
        with writing() as session:
            coop = create_coop(session, name="HTX", place=PLACE)
        yield Commune(coop_id=coop.id)
        db.engine.dispose()


@pytest.fixture
def member(app: Flask) -> Phone:
    return phone_of(app, "member").sync()


@pytest.fixture
def manager(app: Flask) -> Phone:
    return phone_of(app, "manager").sync()


@pytest.fixture
def sender(client: FlaskClient, sign_in: SignIn) -> NewSender:
    return lambda who: Sender(client, sign_in(who)["access_token"])


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> Callable[[], AbstractContextManager[None]]:
    """`with full_disk():` nothing that is written reaches the disk, which has no room left."""

    def no_room(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    @contextmanager
    def full() -> Iterator[None]:
        with monkeypatch.context() as patched:
            patched.setattr(os, "fsync", no_room)
            yield

    return full


@pytest.fixture
def port() -> int:
    return free_port()


def wait_until_up(process: subprocess.Popen[str], address: str) -> None:
    for _ in range(600):
        assert process.poll() is None, process.communicate()[0]
        try:
            httpx.get(address)
            return
        except httpx.TransportError:
            time.sleep(0.05)
    raise AssertionError("the server does not answer")


@pytest.fixture(scope="session")
def bucket_server() -> Iterator[str]:
    """The address of a server that speaks S3: one of its own, that lives as long as the tests."""
    port = free_port()
    server = subprocess.Popen(
        [Path(sys.executable).with_name("moto_server"), "-H", "127.0.0.1", "-p", str(port)],
        env=os.environ | {"MOTO_S3_DEFAULT_MAX_KEYS": "5"},  # so that lists have several pages
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    address = f"http://127.0.0.1:{port}"
    wait_until_up(server, f"{address}/moto-api/")
    yield address
    server.kill()
    server.wait()


@pytest.fixture
def aws(bucket_server: str) -> dict[str, str]:
    """The environment of one who may use its buckets."""
    keys = {"AWS_ACCESS_KEY_ID": "tests", "AWS_SECRET_ACCESS_KEY": SECRET, "AWS_REGION": "us-east-1"}
    return keys | {"AWS_ENDPOINT_URL_S3": bucket_server}


@pytest.fixture
def bucket(bucket_server: str, aws: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> str:
    """A bucket of its own for one test, which the environment allows to use."""
    for name, value in aws.items():
        monkeypatch.setenv(name, value)
    name = f"photos-{secrets.token_hex(6)}"
    assert httpx.put(f"{bucket_server}/{name}").status_code == 200
    return name


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "backup"


@pytest.fixture(params=["sqlite", "postgresql"])
def settings_of_either(request: pytest.FixtureRequest, template: tuple[Settings, object], tmp_path: Path) -> Settings:
    """The people of the tests' template in a database of their own, in turn of either kind."""
    settings, _ = template
    if request.param == "sqlite":
        shutil.copy(settings.data_dir / "chophien.db", tmp_path)
        return settings_in(tmp_path)
    moved = replace(settings_in(tmp_path), database_url=request.getfixturevalue("migrated_postgresql_url"))
    with create_app(moved).app_context():
        source = create_engine(settings.database_url)
        with source.connect() as old, db.engine.begin() as new:
            replace_rows(old, new)
        source.dispose()
        db.engine.dispose()
    return moved
