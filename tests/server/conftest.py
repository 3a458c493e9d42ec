"""A commune's database for one test, and a folder for its backups."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import flask_migrate
import pytest

from server.accounts import create_coop
from server.database import db, writing
from tests.server.commune import PLACE, Commune, app_of, sqlite_url


@pytest.fixture(params=["sqlite", "postgresql"])
def commune(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Commune]:
    data = tmp_path / "data"
    url = request.getfixturevalue("postgresql_url") if request.param == "postgresql" else sqlite_url(data)
    app = app_of(url, data)
    with app.app_context():
        flask_migrate.upgrade()
        with writing() as session:
            coop = create_coop(session, name="HTX", place=PLACE)
        yield Commune(coop_id=coop.id)
        db.engine.dispose()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "backup"
