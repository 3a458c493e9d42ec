"""A database of an older data version: upgraded, stopped halfway, restored, it learns what its log holds."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import flask_migrate
import pytest
from sqlalchemy import select, update

from server import migrating
from server.accounts import create_coop
from server.backup import backup, opened
from server.database import reading, writing
from server.entities import registry_of
from server.entities.definition import DATA_VERSION
from server.restore import restore
from server.store import SqlStore
from server.tables import COUNTER, LOG
from server.upgrade import learn_new_fields
from tests.server.commune import PLACE, Commune, agree, signed

# The last migration of data version 1.
LAST_OF_FIRST = "8c1d05e2b9f4"


@pytest.fixture
def old(commune: Commune) -> Commune:
    """A commune whose server is of data version 1."""
    commune.registry = registry_of(1)
    begun_by_an_old_server(commune.coop_id)
    return commune


def begun_by_an_old_server(coop_id: str) -> None:
    with writing() as session:
        session.execute(update(COUNTER).where(COUNTER.c.coop_id == coop_id).values(data_version=1))


def data_versions() -> set[int]:
    with reading() as session:
        return set(session.scalars(select(COUNTER.c.data_version)))


def due_on(commune: Commune, sale: dict[str, Any]) -> Any:
    with reading() as session:
        [row] = SqlStore(session, commune.coop_id).records("sale", [sale["id"]])
        return row.fields.get("due_on")


def seq(commune: Commune) -> int:
    with reading() as session:
        return SqlStore(session, commune.coop_id).counter().seq


def test_an_upgrade_learns_what_an_older_server_ignored_and_tells_the_phones(old: Commune) -> None:
    phone, office = old.phone(), old.manager()
    sale = phone.sell(payment="credit", due_on="2026-12-24")
    agree(phone, office)
    assert due_on(old, sale) is None
    migrating.upgrade()
    old.registry = registry_of(DATA_VERSION)
    assert (due_on(old, sale), data_versions()) == ("2026-12-24", {DATA_VERSION})
    agree(phone, office)
    assert office.sees("sale", sale["id"]).fields["due_on"] == "2026-12-24"


def test_an_upgrade_done_again_changes_nothing(old: Commune) -> None:
    phone = old.phone()
    phone.sell(due_on="2026-12-24")
    phone.sell(due_on="Tết")
    agree(phone)
    migrating.upgrade()
    after = seq(old)
    migrating.upgrade()
    begun_by_an_old_server(old.coop_id)
    migrating.upgrade()
    assert seq(old) == after


def test_an_upgrade_stopped_between_co_operatives_goes_on_where_it_stopped(old: Commune) -> None:
    with writing() as session:
        other = Commune(coop_id=create_coop(session, name="HTX khác", place=PLACE).id, seed=2, registry=old.registry)
    begun_by_an_old_server(other.coop_id)
    first, second = sorted((old, other), key=lambda commune: commune.coop_id)
    sales = {}
    for commune in (first, second):
        phone = commune.phone()
        sales[commune.coop_id] = phone.sell(due_on="2026-12-24")
        agree(phone)
    stopping = (LOG.c.coop_id == second.coop_id) & (LOG.c.key == sales[second.coop_id]["at"])
    with writing() as session:
        raw = session.scalars(select(LOG.c.raw).where(stopping)).one()
        session.execute(update(LOG).where(stopping).values(raw=raw[:-1]))
    with pytest.raises(json.JSONDecodeError):
        migrating.upgrade()
    assert due_on(first, sales[first.coop_id]) == "2026-12-24"
    assert data_versions() == {1, DATA_VERSION}
    with writing() as session:
        session.execute(update(LOG).where(stopping).values(raw=raw))
    after = seq(first)
    assert learn_new_fields() == {second.coop_id: 1}
    assert due_on(second, sales[second.coop_id]) == "2026-12-24"
    assert (seq(first), data_versions()) == (after, {DATA_VERSION})


def test_a_backup_of_an_older_release_learns_when_it_is_restored(old: Commune, folder: Path) -> None:
    phone, office = old.phone(), old.manager()
    sale = phone.sell(payment="credit", due_on="2026-12-24")
    agree(phone, office)
    file = backup(folder).path
    with opened(file):
        flask_migrate.downgrade(revision=LAST_OF_FIRST)
    migrating.upgrade()
    old.registry = registry_of(DATA_VERSION)
    agree(phone, office)
    restore(signed(file))
    assert (due_on(old, sale), data_versions()) == ("2026-12-24", {DATA_VERSION})
    agree(office, phone)
    assert office.sees("sale", sale["id"]).fields["due_on"] == "2026-12-24"


def test_a_co_operative_that_begins_now_is_not_behind(commune: Commune) -> None:
    assert learn_new_fields() == {}
