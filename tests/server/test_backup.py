"""Backup and restore, on SQLite and PostgreSQL: the real store, the engine, and the reference client as phones."""

from __future__ import annotations

import json
import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import flask_migrate
import pytest
from flask import Flask
from sqlalchemy import select, text, update

from config import Settings
from server.accounts import Account, Place, create_coop, find_by_login, password_matches
from server.app import create_app
from server.backup import BackupError, backup, checksum_file, sha256
from server.database import db, reading, writing
from server.entities import DEFINITIONS, REGISTRY
from server.restore import restore
from server.store import SqlStore
from server.tables import COUNTER
from sync import engine
from sync.mutation import Author
from tests.conftest import PASSWORD, bearer
from tests.sync.village import KEY, Phone, Village

PLACE = Place("08", "Tuyên Quang", "00721", "Đồng Văn")


@dataclass
class Commune(Village):
    """A village whose server keeps its co-operative in the application's database, a transaction for each request."""

    coop_id: str = ""
    log: list[str] = field(default_factory=list)

    def answer(self, author: Author, body: dict[str, Any]) -> dict[str, Any]:
        around = engine.Surroundings(self.now_ms, self.session(), self.id(), KEY)
        sent = json.loads(json.dumps(body))
        with writing() as session:
            store = SqlStore(session, self.coop_id)
            store.lock()
            answer = engine.sync(store, REGISTRY, author, sent["mutations"], sent["cursor"], sent["limit"], around)
        return dict(json.loads(json.dumps(answer)))

    @property
    def safe(self) -> int:
        with reading() as session:
            return SqlStore(session, self.coop_id).counter().safe

    @property
    def seq(self) -> int:
        with reading() as session:
            return SqlStore(session, self.coop_id).counter().seq

    def digest(self) -> dict[str, list[int]]:
        with reading() as session:
            return SqlStore(session, self.coop_id).digest(None)


def app_of(url: str, folder: Path) -> Flask:
    folder.mkdir(exist_ok=True)
    return create_app(Settings(secret_key="x" * 40, data_dir=folder, database_url=url, app_dir=folder / "dist"))


def sqlite_url(folder: Path) -> str:
    return f"sqlite:///{folder / 'chophien.db'}"


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


def agree(*phones: Phone) -> None:
    for _ in range(3):
        for phone in phones:
            phone.sync()
    assert all(phone.replica.checked for phone in phones)


def settled(phone: Phone, mutation: dict[str, Any]) -> bool:
    """Whether the server's rows on this phone hold the record."""
    return (mutation["entity"], mutation["id"]) in phone.replica.confirmed


def holds(phone: Phone, mutation: dict[str, Any]) -> bool:
    return mutation["at"] in [pending.mutation["at"] for pending in phone.replica.outbox]


def in_backup(file: Path, mutation: dict[str, Any]) -> bool:
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute("SELECT 1 FROM mutation WHERE key = ?", [mutation["at"]]).fetchone() is not None


# Making one


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
    app, stop, failures = db_app(), threading.Event(), []

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
    assert commune.digest()["sale"][0] == len(sold)


def db_app() -> Flask:
    from flask import current_app

    return current_app._get_current_object()  # type: ignore[attr-defined,no-any-return]


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
    agree_without_checks(phone)
    assert holds(phone, late)


def agree_without_checks(phone: Phone) -> None:
    for _ in range(2):
        phone.sync()


def test_only_the_newest_backups_are_kept_when_asked(commune: Commune, folder: Path) -> None:
    made = [backup(folder, keep=2) for _ in range(3)]
    left = sorted(folder.iterdir())
    assert left == sorted(path for m in made[1:] for path in (m.path, checksum_file(m.path)))


# Restoring


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


def test_a_server_that_was_put_back_meanwhile_is_not_told_that_more_is_safe(commune: Commune, folder: Path) -> None:
    """The disk comes back as it was, unnoticed, and then a backup of the lost future is finished."""
    from server.store import raise_safe

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
        thread = threading.Thread(target=in_context, args=(db_app(), lambda: restore(made.path)))
        thread.start()
        thread.join()
        assert len(session.execute(select(sale.c.id)).all()) == 4
    with reading() as session:
        assert len(session.execute(select(sale.c.id)).all()) == 3


def in_context(app: Flask, work: Callable[[], object]) -> None:
    with app.app_context():
        work()


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
    from sqlalchemy import create_engine, make_url

    address = make_url(request.getfixturevalue("postgresql_server")).set(drivername="postgresql+psycopg")
    engine = create_engine(address, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text("DROP DATABASE IF EXISTS elsewhere WITH (FORCE)"))
        connection.execute(text("CREATE DATABASE elsewhere"))
    engine.dispose()
    return address.set(database="elsewhere").render_as_string(hide_password=False)


# What is refused


def test_a_damaged_or_foreign_file_is_refused_and_nothing_changes(commune: Commune, folder: Path) -> None:
    phone = commune.phone()
    phone.sell()
    agree(phone)
    whole = backup(folder).path
    digest = commune.digest()

    def copied(name: str) -> Path:
        return Path(shutil.copyfile(whole, folder / name))

    def signed(path: Path) -> Path:
        checksum_file(path).write_text(f"{sha256(path)}  {path.name}\n")
        return path

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


# Who was shut out


Sign = Callable[..., Any]


def test_who_was_shut_out_since_the_backup_stays_out(
    app: Flask, client: Any, sign_in: Sign, people: Any, folder: Path
) -> None:
    signed_out, kept, disabled = sign_in("member"), sign_in("manager"), sign_in("neighbour")
    with app.app_context():
        made = backup(folder)
    lost = sign_in("member")
    shut_out(app, client, people, signed_out, lost)
    with app.app_context():
        restore(made.path)
    judge(client, kept, signed_out, lost)
    sync = {"replica": disabled["replica"]}
    answer = client.post("/api/v1/sync", headers=bearer(disabled["access_token"]), json=sync)
    assert answer.json["changes"] == []
    assert "digest" not in answer.json
    with app.app_context(), reading() as session:
        assert session.get_one(Account, people.neighbour).status == "disabled"
        assert password_matches(find_by_login(session, "0900000003"), "another password")


def test_who_was_shut_out_stays_out_when_the_old_database_is_gone(
    app: Flask, client: Any, sign_in: Sign, people: Any, folder: Path, settings: Settings
) -> None:
    signed_out, kept = sign_in("member"), sign_in("manager")
    with app.app_context():
        made = backup(folder)
    lost = sign_in("member")
    shut_out(app, client, people, signed_out, lost)
    with app.app_context():
        db.engine.dispose()
        (settings.data_dir / "chophien.db").write_bytes(b"the disk broke" * 1000)
        for suffix in ("-wal", "-shm"):
            (settings.data_dir / f"chophien.db{suffix}").unlink(missing_ok=True)
        restored = restore(made.path)
        assert restored.moved_to is not None
        assert (restored.moved_to / "chophien.db").exists()
    judge(client, kept, signed_out, lost)
    with app.app_context(), reading() as session:
        assert session.get_one(Account, people.neighbour).status == "disabled"
        changed = find_by_login(session, "0900000003")
        assert not password_matches(changed, PASSWORD), "the password that leaked does not come back"


def shut_out(app: Flask, client: Any, people: Any, *signed_in: Any) -> None:
    """End sign-ins, disable the neighbour, change the other manager's password."""
    from server.accounts import hash_password

    for tokens in signed_in:
        assert client.post("/api/v1/auth/logout", headers=bearer(tokens["refresh_token"])).status_code < 300
    with app.app_context(), writing() as session:
        session.get_one(Account, people.neighbour).status = "disabled"
        session.get_one(Account, people.other_manager).password_hash = hash_password("another password")


def judge(client: Any, kept: Any, *out: Any) -> None:
    for tokens in out:
        for path, token in (("auth/refresh", "refresh_token"), ("sync", "access_token")):
            answer = client.post(f"/api/v1/{path}", headers=bearer(tokens[token]), json={"replica": tokens["replica"]})
            assert answer.status_code == 401, (path, answer.text)
    assert client.post("/api/v1/auth/refresh", headers=bearer(kept["refresh_token"])).status_code == 200


# The commands


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
