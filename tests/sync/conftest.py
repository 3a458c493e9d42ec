"""The storages of a co-operative."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from config import Settings
from server.accounts import Place, create_coop
from server.app import create_app
from server.database import db, writing
from server.store import SqlStore
from tests.sync.village import memory_store


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Any]:
    if request.param == "memory":
        yield memory_store()
        return
    url = f"sqlite:///{tmp_path / 'test.db'}"
    if request.param == "postgresql":
        url = request.getfixturevalue("postgresql_url")
    settings = Settings(secret_key="x" * 40, data_dir=tmp_path, database_url=url)
    app = create_app(settings)
    with app.app_context():
        db.create_all()
        with writing() as session:
            coop = create_coop(session, name="HTX", place=Place("08", "Tuyên Quang", "00721", "Xã Đồng Văn"))
            yield SqlStore(session, coop.id)
        db.engine.dispose()
