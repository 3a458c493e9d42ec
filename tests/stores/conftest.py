"""A server on an empty database of its own, SQLite or PostgreSQL, that many threads ask at once."""

from collections.abc import Iterator
from pathlib import Path

import flask_migrate
import pytest
from flask import Flask

from config import Settings
from server.app import create_app
from server.database import db

from .interleaving import watch
from .market import Market


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'chophien.db'}"


def serve(url: str, folder: Path) -> Iterator[Flask]:
    app = create_app(Settings(secret_key="x" * 40, data_dir=folder, database_url=url, app_dir=folder / "dist"))
    with app.app_context():
        flask_migrate.upgrade()
        watch(db.engine)
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def postgresql_market(postgresql_url: str, tmp_path: Path) -> Iterator[Market]:
    for app in serve(postgresql_url, tmp_path):
        yield Market(app).open()


@pytest.fixture
def sqlite_market(sqlite_url: str, tmp_path: Path) -> Iterator[Market]:
    for app in serve(sqlite_url, tmp_path):
        yield Market(app).open()
