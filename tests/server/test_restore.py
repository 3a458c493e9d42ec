"""A restored server gets the lost day back from its phones, whichever database it has."""

from __future__ import annotations

import shutil
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import flask_migrate
import pytest
from flask import current_app
from sqlalchemy import create_engine, make_url, select, text

from server.backup import BackupError, backup, checksum_file, opened
from server.database import db, reading
from server.entities import DEFINITIONS
from server.migrating import migrations
from server.problems import UnavailableError
from server.restore import restore
from server.tables import COUNTER
from tests.server.commune import (
    Commune,
    agree,
    app_of,
    holds,
    in_context,
    settled,
    signed,
    sqlite_url,
)


def test_a_restored_server_gets_the_lost_day_back_from_the_phones(commune: Commune, folder: Path) -> None:
    manager, first, second = commune.manager(), commune.phone(), commune.phone()
    listing = first.list_goods()["id"]
    yesterday = first.sell(listing_id=listing)
    agree(manager, first, second)
    made = backup(folder)
    agree(manager, first, second)

    today = [first.sell(listing_id=listing), second.sell(), manager.sell(member_id=first.account)]
    agree(manager, first, second)
    today.append(first.record("sale", {"voided": True, "void_reason": "nhầm"}, yesterday["id"]))
    agree(manager, first, second)
    manager.record("listing", {"price_vnd": 2}, listing)
    agree(manager, first, second)
    first.record("listing", {"price_vnd": 3}, listing)
    agree(manager, first, second)
    before = {key: (change["row"], change["stamps"]) for key, change in manager.replica.confirmed.items()}

    restore(made.path)
    assert commune.digest()["sale"][0] == 1
    agree(second, manager, first)
    after = {key: (change["row"], change["stamps"]) for key, change in manager.replica.confirmed.items()}
    assert after == before
    assert all(settled(manager, mutation) for mutation in today)
    assert manager.sees("listing", listing).fields["price_vnd"] == 3
    assert manager.replica.aside == {}


def test_readers_with_old_cursors_miss_nothing(commune: Commune, folder: Path) -> None:
    """The cursor is older than the backup, as old as it, or newer; new work covers the lost positions first."""
    seller = commune.phone()
    seller.sell()
    old, same, new = commune.manager(), commune.manager(), commune.manager()
    agree(seller, old)
    seller.sell()
    agree(seller, same)
    made = backup(folder)
    lost = seller.sell()
    agree(seller, new)

    restore(made.path)
    other = commune.phone()
    fresh = [other.sell() for _ in range(5)]
    agree(other)
    agree(seller, old, same, new)
    for reader in (old, same, new):
        assert settled(reader, lost)
        assert all(settled(reader, mutation) for mutation in fresh)
        assert reader.replica.digest() == commune.digest()


def test_restored_several_times_while_phones_are_away(commune: Commune, folder: Path) -> None:
    away, here, manager = commune.phone(), commune.phone(), commune.manager()
    agree(away, here, manager)
    recorded = []
    for _ in range(3):
        recorded.append(away.sell())
        away.sync()
        recorded.append(here.sell())
        agree(here, manager)
        made = backup(folder)
        recorded.append(here.sell())
        agree(here)
        recorded.append(away.sell())
        restore(made.path)
        agree(here)
        restore(made.path)
    recorded.append(away.sell())
    agree(away, here, manager)
    assert all(settled(manager, mutation) for mutation in recorded)
    assert commune.digest()["sale"][0] == len(recorded)
    backup(folder)
    agree(away, here, manager)
    assert [pending for phone in (away, here) for pending in phone.replica.outbox] == []


def test_a_backup_that_lacks_what_phones_forgot_is_restored_only_on_demand(commune: Commune, folder: Path) -> None:
    phone, manager = commune.phone(), commune.manager()
    phone.sell()
    agree(phone, manager)
    first = backup(folder)
    sold = phone.sell()
    agree(phone, manager)
    second = backup(folder)
    agree(phone, manager)
    assert not holds(phone, sold)
    with pytest.raises(BackupError, match="newer backup"):
        restore(first.path)
    assert commune.digest()["sale"][0] == 2
    restore(second.path)
    with pytest.raises(BackupError, match="newer backup"):
        restore(first.path)
    restore(first.path, older=True)
    assert commune.digest()["sale"][0] == 1
    agree(phone, manager)
    assert ("sale", sold["id"]) in manager.replica.aside


def test_readers_see_the_old_or_the_new_and_never_a_half(commune: Commune, folder: Path) -> None:
    phone = commune.phone()
    for _ in range(3):
        phone.sell()
    agree(phone)
    made = backup(folder)
    phone.sell()
    agree(phone)
    sale = DEFINITIONS["sale"].table
    with reading() as session:
        session.execute(select(COUNTER)).all()
        thread = threading.Thread(
            target=in_context, args=(current_app._get_current_object(), lambda: restore(made.path))
        )
        thread.start()
        thread.join()
        assert len(session.execute(select(sale.c.id)).all()) == 4
    with reading() as session:
        assert len(session.execute(select(sale.c.id)).all()) == 3


def test_phones_that_sync_while_it_is_restored_lose_nothing(commune: Commune, folder: Path) -> None:
    phones, manager = [commune.phone() for _ in range(3)], commune.manager()
    for phone in phones:
        phone.sell()
    agree(*phones, manager)
    made = backup(folder)
    app, stop, sold, failures = current_app._get_current_object(), threading.Event(), [], []

    def trade() -> None:
        while not stop.is_set():
            for phone in phones:
                sold.append((phone, phone.sell()))
                try:
                    phone.sync()
                except UnavailableError:
                    pass  # answered 503: the phone tries again
                except Exception as error:
                    failures.append(error)
                    return

    thread = threading.Thread(target=in_context, args=(app, trade))
    thread.start()
    try:
        for _ in range(3):
            restore(made.path)
    finally:
        stop.set()
        thread.join()
    assert failures == []
    agree(*phones, manager)
    assert all(settled(manager, mutation) for _, mutation in sold)
    assert commune.digest()["sale"][0] == len(sold) + 3
    backup(folder)


@pytest.mark.parametrize("there", ["sqlite", "postgresql"])
def test_a_backup_of_either_database_is_restored_into_either(
    commune: Commune, folder: Path, tmp_path: Path, there: str, request: pytest.FixtureRequest
) -> None:
    phone = commune.phone()
    phone.sell(note="Phở Ơ đ “…”")
    manager = commune.manager()
    manager.sell(member_id=None)
    agree(phone, manager)
    made = backup(folder)
    digest = commune.digest()
    data = tmp_path / "elsewhere"
    url = sqlite_url(data) if there == "sqlite" else second_database(request)
    with app_of(url, data).app_context():
        restore(made.path)
        assert commune.digest() == digest
        agree(phone, manager)
        phone.sell()
        agree(phone, manager)
        again = backup(folder)
        db.engine.dispose()
    assert again.counts["sale"] == 3


def second_database(request: pytest.FixtureRequest) -> str:
    address = make_url(request.getfixturevalue("postgresql_server")).set(drivername="postgresql+psycopg")
    server = create_engine(address, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text("DROP DATABASE IF EXISTS elsewhere WITH (FORCE)"))
        connection.execute(text("CREATE DATABASE elsewhere"))
    server.dispose()
    return address.set(database="elsewhere").render_as_string(hide_password=False)


def test_a_backup_of_an_older_release_is_brought_up_to_date(commune: Commune, folder: Path) -> None:
    phone, manager = commune.phone(), commune.manager()
    phone.sell()
    agree(phone, manager)
    made = backup(folder).path
    with opened(made):
        flask_migrate.downgrade(revision=migrations().get_base())
    signed(made)
    kept = made.read_bytes()
    phone.sell()
    agree(phone, manager)
    restore(made)
    assert made.read_bytes() == kept
    agree(phone, manager)
    assert commune.digest()["sale"][0] == 2
    backup(folder)


def test_a_damaged_or_foreign_file_is_refused_and_nothing_changes(commune: Commune, folder: Path) -> None:
    phone = commune.phone()
    phone.sell()
    agree(phone)
    whole = backup(folder).path
    digest = commune.digest()

    def copied(name: str) -> Path:
        return Path(shutil.copyfile(whole, folder / name))

    flipped = copied("flipped.db")
    checksum_file(flipped).write_text(checksum_file(whole).read_text())
    content = bytearray(flipped.read_bytes())
    content[len(content) // 2] ^= 1
    flipped.write_bytes(content)

    cut = copied("cut.db")
    cut.write_bytes(cut.read_bytes()[: -3 * 4096])

    other = folder / "other.db"
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("CREATE TABLE book (id)")
        connection.commit()

    words = folder / "words.db"
    words.write_text("Not a database at all, whatever its name says.")

    altered, newer = copied("altered.db"), copied("newer.db")
    for path, statement in (
        (altered, "UPDATE digest SET count = count + 1"),
        (newer, "UPDATE alembic_version SET version_num = 'of tomorrow'"),
    ):
        with closing(sqlite3.connect(path)) as connection:
            connection.execute(statement)
            connection.commit()

    for path, message in (
        (folder / "nowhere.db", "no file"),
        (copied("bare.db"), "sha256 is missing"),
        (flipped, "differs from its checksum"),
        (signed(cut), "damaged"),
        (signed(other), "something else"),
        (signed(words), "not a backup"),
        (signed(altered), "digest"),
        (signed(newer), "newer release"),
    ):
        with pytest.raises(BackupError, match=message):
            restore(path)
    assert commune.digest() == digest
    restore(whole)
    assert commune.digest() == digest
