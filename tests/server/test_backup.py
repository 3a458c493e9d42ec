"""A backup is made while the server runs, verified, and only then do phones forget."""

from __future__ import annotations

import os
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import current_app
from sqlalchemy import update

from server import database
from server.accounts import create_coop
from server.backup import BackupError, backup, checksum_file, sha256
from server.database import db, reading, writing
from server.entities import DEFINITIONS
from server.problems import UnavailableError
from server.restore import restore
from server.store import SqlStore
from server.store.counters import raise_safe
from tests.server.commune import (
    PLACE,
    Commune,
    agree,
    holds,
    in_backup,
    settled,
)
from tests.sync.village import DAY_MS, Phone


def test_a_backup_holds_every_row_and_is_verified_and_checksummed(commune: Commune, folder: Path) -> None:
    phone = commune.phone()
    listing = phone.list_goods()["id"]
    phone.sell(listing_id=listing)
    agree(phone)
    made = backup(folder)
    assert made.counts | {"sale": 1, "listing": 1, "mutations": 2} == made.counts
    assert checksum_file(made.path).read_text().split() == [sha256(made.path), made.path.name]
    assert sorted(path.name for path in folder.iterdir()) == [made.path.name, checksum_file(made.path).name]
    assert made.path.stat().st_mode & 0o077 == 0


def test_stock_that_came_before_its_goods_is_backed_up_too(commune: Commune, folder: Path) -> None:
    phone = commune.phone()
    stock = {"listing_id": commune.id(), "quantity_milli": 9000, "kind": "harvest", "member_id": phone.author.account}
    early = phone.record("stock_entry", stock)
    agree(phone)
    assert in_backup(backup(folder).path, early)


def test_phones_forget_only_what_is_safe_and_is_in_the_backup(commune: Commune, folder: Path) -> None:
    phone = commune.phone()
    early = phone.sell()
    agree(phone)
    assert holds(phone, early)
    made = backup(folder)
    late = phone.sell()
    agree(phone)
    assert not holds(phone, early)
    assert in_backup(made.path, early)
    assert holds(phone, late)
    assert not in_backup(made.path, late)


def test_a_backup_is_made_while_syncs_go_on(commune: Commune, folder: Path, tmp_path: Path) -> None:
    phones = [commune.phone() for _ in range(3)]
    sold: list[tuple[Phone, dict[str, Any]]] = []
    app, stop, failures = current_app._get_current_object(), threading.Event(), []

    def trade() -> None:
        with app.app_context():
            while not stop.is_set():
                try:
                    for phone in phones:
                        sold.append((phone, phone.sell()))
                        phone.sync()
                except Exception as error:
                    failures.append(error)
                    return

    thread = threading.Thread(target=trade)
    thread.start()
    try:
        made = [backup(folder) for _ in range(4)]
    finally:
        stop.set()
        thread.join()
    assert failures == []
    agree(*phones)
    forgotten = [mutation for phone, mutation in sold if not holds(phone, mutation)]
    assert all(in_backup(made[-1].path, mutation) for mutation in forgotten)
    assert all(settled(phone, mutation) for phone, mutation in sold)
    assert commune.digest()["sale"][0] == len(sold)


def test_a_database_that_does_not_agree_with_itself_makes_no_phone_forget(commune: Commune, folder: Path) -> None:
    phone = commune.phone()
    phone.sell()
    agree(phone)
    older = backup(folder)
    safe = commune.safe
    late = phone.sell()
    agree(phone)
    sale = DEFINITIONS["sale"].table
    with writing() as session:
        session.execute(update(sale).where(sale.c.id == late["id"]).values(fp=sale.c.fp + 1))
    with pytest.raises(BackupError, match="fingerprint"):
        backup(folder, keep=1)
    assert older.path.exists()
    assert [path.suffix for path in folder.glob("*.unverified")] == [".unverified"]
    assert commune.safe == safe
    for _ in range(2):
        phone.sync()
    assert holds(phone, late)


def test_what_was_refused_held_or_too_early_is_in_the_backup_too(commune: Commune, folder: Path) -> None:
    phone, manager, ahead, out = commune.phone(), commune.manager(), commune.phone(), commune.phone()
    refused = [phone.sell(note="x" * 70_000), phone.sell(note="\ud800 \0"), phone.sell(total_vnd=-1)]
    early = manager.record("listing", {"price_vnd": 1}, commune.id())
    ahead.drift_ms = 500 * DAY_MS
    sold = ahead.sell(quantity_milli=10**12)
    voided = ahead.record("sale", {"voided": True, "void_reason": "nhầm"}, sold["id"])
    out.author = replace(out.author, held=True)
    held = out.sell()
    out.push([held])
    agree(phone, manager, ahead)
    made = backup(folder)
    assert all(in_backup(made.path, mutation) for mutation in [*refused, early, sold, voided, held])
    restore(made.path)
    agree(phone, manager, ahead)
    assert [pending.outcome for pending in phone.replica.outbox] == ["rejected"] * 3
    assert manager.sees("sale", sold["id"]).fields["voided"]
    backup(folder)


def test_what_a_power_cut_left_unfinished_is_cleared_away_later(commune: Commune, folder: Path) -> None:
    old, fresh = folder / ".unfinished-old", folder / ".unfinished-fresh"
    for left in (old, fresh):
        left.mkdir(parents=True)
        (left / "half.db").write_bytes(b"half")
    os.utime(old, (0, 0))
    backup(folder)
    assert (old.exists(), fresh.exists()) == (False, True)


def test_only_the_newest_backups_are_kept_when_asked(commune: Commune, folder: Path) -> None:
    made = [backup(folder, keep=2) for _ in range(3)]
    left = sorted(folder.iterdir())
    assert left == sorted(path for m in made[1:] for path in (m.path, checksum_file(m.path)))


def test_a_server_that_was_put_back_meanwhile_is_not_told_that_more_is_safe(commune: Commune, folder: Path) -> None:
    """The disk comes back as it was, unnoticed, and then a backup of the lost future is finished."""
    phone = commune.phone()
    phone.sell()
    agree(phone)
    with reading() as session:
        counter = SqlStore(session, commune.coop_id).counter()
        tag = SqlStore(session, commune.coop_id).head_tag(counter.seq)
    with writing() as session:
        raise_safe(session, commune.coop_id, counter.history, counter.seq, "another tag")
        raise_safe(session, commune.coop_id, "another history", counter.seq, tag)
        raise_safe(session, commune.coop_id, counter.history, counter.seq + 1, tag)
    assert commune.safe == 0
    with writing() as session:
        raise_safe(session, commune.coop_id, counter.history, counter.seq, tag)
    assert commune.safe == counter.seq


def test_a_busy_co_operative_keeps_no_other_from_being_told(
    commune: Commune, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if db.engine.dialect.name == "sqlite":
        pytest.skip("has one lock for all")
    monkeypatch.setattr(database, "BUSY_TIMEOUT_MS", 200)
    with writing() as session:
        others = [create_coop(session, name="HTX khác", place=PLACE).id for _ in range(2)]
    communes = [commune, *(Commune(coop_id=id, seed=2 + n) for n, id in enumerate(others))]
    for one in communes:
        phone = one.phone()
        phone.sell()
        phone.sync()
    with writing() as session:
        SqlStore(session, others[0]).lock()
        with pytest.raises(UnavailableError):
            backup(folder)
    assert [one.safe > 0 for one in communes] == [True, False, True]
    backup(folder)
    assert all(one.safe > 0 for one in communes)


def test_the_commands_say_what_they_did(command: Any, tmp_path: Path) -> None:
    environ = {"SECRET_KEY": "k" * 40}
    refused = command("flask", "backup", **environ)
    assert refused.returncode == 1
    assert "flask db upgrade" in refused.stderr
    assert command("flask", "db", "upgrade", **environ).returncode == 0
    made = command("flask", "backup", "--keep", "3", **environ)
    assert made.returncode == 0, made.stderr
    path = Path(made.stdout.strip())
    assert path.parent == tmp_path / "backup"
    restored = command("flask", "restore", str(path), **environ)
    assert (restored.returncode, restored.stdout) == (0, f"Restored: {nothing()}.\n"), restored.stderr
    missing = command("flask", "restore", str(tmp_path / "none.db"), **environ)
    assert (missing.returncode, "There is no file" in missing.stderr) == (1, True)
    assert "Traceback" not in missing.stderr
    demo = command("flask", "restore", str(path), DEMO="1", **environ)
    assert (demo.returncode, "demo" in demo.stderr) == (1, True)


def nothing() -> str:
    names = ["co-operatives", "mutations", *DEFINITIONS]
    return ", ".join(f"0 {name}" for name in names)
