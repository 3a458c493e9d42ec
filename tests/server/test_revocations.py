"""Who was shut out stays out, whatever becomes of the database."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from flask import Flask

from config import Settings
from server.accounts import Account, create_account, find_by_login
from server.backup import backup
from server.database import db, reading, writing
from server.passwords import hash_password, matches
from server.people.erasure import NOBODY, erase
from server.restore import restore
from server.tokens import revoke_account
from tests.conftest import PASSWORD, bearer

Sign = Callable[..., Any]


def test_who_was_shut_out_since_the_backup_stays_out(
    app: Flask, client: Any, sign_in: Sign, people: Any, tmp_path: Path
) -> None:
    signed_out, kept, disabled = sign_in("member"), sign_in("manager"), sign_in("neighbour")
    with app.app_context():
        made = backup(tmp_path / "backup")
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
        found = find_by_login(session, "0900000003")
        assert found is not None
        assert matches(found.password_hash, "another password")


def test_who_was_shut_out_stays_out_when_the_old_database_is_gone(
    app: Flask, client: Any, sign_in: Sign, people: Any, tmp_path: Path, settings: Settings
) -> None:
    signed_out, kept = sign_in("member"), sign_in("manager")
    with app.app_context():
        made = backup(tmp_path / "backup")
    lost = sign_in("member")
    shut_out(app, client, people, signed_out, lost)
    with (settings.data_dir / "revoked").open("a") as noted:
        noted.write('{"account": "torn by a power c')
    signed_out_later = sign_in("member")
    assert client.post("/api/v1/auth/logout", headers=bearer(signed_out_later["refresh_token"])).status_code < 300
    with app.app_context():
        db.engine.dispose()
        (settings.data_dir / "chophien.db").write_bytes(b"the disk broke" * 1000)
        for suffix in ("-wal", "-shm"):
            (settings.data_dir / f"chophien.db{suffix}").unlink(missing_ok=True)
        restored = restore(made.path)
        assert restored.moved_to is not None
        assert (restored.moved_to / "chophien.db").exists()
    judge(client, kept, signed_out, lost, signed_out_later)
    with app.app_context(), reading() as session:
        assert session.get_one(Account, people.neighbour).status == "disabled"
        changed = find_by_login(session, "0900000003")
        assert changed is not None
        assert not matches(changed.password_hash, PASSWORD), "the password that leaked does not come back"


def test_a_backup_from_before_the_only_admin_was_followed_by_another_and_erased_is_restored(
    app: Flask, people: Any, tmp_path: Path
) -> None:
    with app.app_context():
        made = backup(tmp_path / "backup")
        with writing() as session:
            follower = create_account(
                session, name="Lù Thị Sen", role="admin", coop_id=None, phone=None, password=PASSWORD
            )
            erase(session, people.admin, follower.id)
        restore(made.path)
        with reading() as session:
            assert session.get_one(Account, people.admin).name == NOBODY


def test_a_sign_in_that_the_restored_server_forgot_can_still_be_ended(
    app: Flask, sign_in: Sign, client: Any, people: Any, tmp_path: Path
) -> None:
    with app.app_context():
        made = backup(tmp_path / "backup")
    lost = sign_in("member")
    with app.app_context():
        restore(made.path)
        with writing() as session:
            revoke_account(session, people.member)
    kept = sign_in("member")
    judge(client, kept, lost)


def shut_out(app: Flask, client: Any, people: Any, *signed_in: Any) -> None:
    """End sign-ins, disable the neighbour, change the other manager's password."""
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
