"""A server on an empty database of its own, SQLite or PostgreSQL, that many threads ask at once."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from server.app import create_app
from server.database import db
from tests.conftest import settings_in

from .interleaving import watch
from .market import Market


@pytest.fixture
def sqlite_url(migrated: Path, tmp_path: Path) -> str:
    shutil.copy(migrated / "chophien.db", tmp_path)
    return settings_in(tmp_path).database_url


def serve(url: str, folder: Path) -> Iterator[Flask]:
    app = create_app(replace(settings_in(folder), database_url=url))
    with app.app_context():
        watch(db.engine)
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def postgresql_market(migrated_postgresql_url: str, tmp_path: Path) -> Iterator[Market]:
    for app in serve(migrated_postgresql_url, tmp_path):
        yield Market(app).open()


@pytest.fixture
def sqlite_market(sqlite_url: str, tmp_path: Path) -> Iterator[Market]:
    for app in serve(sqlite_url, tmp_path):
        yield Market(app).open()
