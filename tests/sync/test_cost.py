"""What a sync costs grows with what changed, never with what exists: no query reads a whole table."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from config import Settings
from server.accounts import Place, create_coop
from server.app import create_app
from server.database import db, writing
from server.store import SqlStore
from tests.sync.village import DAY_MS, Village


@pytest.fixture
def village(tmp_path: Path) -> Iterator[Village]:
    settings = Settings(secret_key="x" * 40, data_dir=tmp_path, database_url=f"sqlite:///{tmp_path / 'test.db'}")
    app = create_app(settings)
    with app.app_context():
        db.create_all()
        with writing() as session:
            coop = create_coop(session, name="HTX", place=Place("08", "Tuyên Quang", "00721", "Xã Đồng Văn"))
            yield Village(store=SqlStore(session, coop.id))
        db.engine.dispose()


def _reads_everything(step: str) -> bool:
    """Whether a step of a query plan walks a table, or all that one co-operative has in it."""
    if "coop_counter" in step or "COMPOUND" in step:
        return False
    return step.startswith("SCAN") or step.endswith("(coop_id=?)")


def test_no_query_of_a_sync_reads_a_whole_table_or_index(village: Village) -> None:
    asked: dict[str, Any] = {}

    def note(_c: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, many: bool) -> None:
        if statement.startswith("SELECT") and not many:
            asked[statement] = parameters

    event.listen(db.engine, "before_cursor_execute", note)
    member, manager = village.phone(), village.manager()
    member.drift_ms = 500 * DAY_MS
    listing = member.list_goods()["id"]
    sale = member.sell(listing_id=listing)["id"]
    member.record("sale", {"note": "early"}, village.id())
    member.sync()
    manager.sync()
    for phone in (member, manager):
        phone.record("listing", {"price_vnd": phone.drift_ms + 1}, listing)
        phone.sell(member_id=member.account, replaces_id=sale)
        phone.sync()
    village.now_ms += 8 * DAY_MS
    member.sync()
    event.remove(db.engine, "before_cursor_execute", note)
    connection = village.store.session.connection()
    scans = []
    for statement, parameters in asked.items():
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        scans += [(step.detail, statement) for step in plan if _reads_everything(step.detail)]
    assert len(asked) > 15
    assert scans == []
