"""A phone may forget a photo when a backup has it, and not before."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from flask import Flask

from config import Settings
from server.backup import backup
from server.restore import restore
from tests.server.photos import NewSender, Sender, decoded, picture


@pytest.fixture
def member(sender: NewSender) -> Sender:
    return sender("member")


def test_photo_is_safe_once_a_backup_has_it_and_comes_back_from_there(
    app: Flask, member: Sender, tmp_path: Path, settings: Settings
) -> None:
    photo, later = picture(seed=1), picture(seed=7)
    member.send(photo)
    folder = tmp_path / "backups"
    with app.app_context():
        assert backup(folder).photos == 2
        assert member.progress(photo) == {"state": "complete", "received": 0, "safe": True}
        for kept in settings.data_dir.glob("photos/*/*/*"):
            kept.unlink()
        assert member.progress(photo)["state"] == "absent"
        made = backup(folder)
        assert made.photos == 0
        restore(made.path)
    assert decoded(member.get(photo))
    member.send(later)
    assert member.progress(later) == {"state": "complete", "received": 0, "safe": False}


def test_photo_is_not_safe_because_a_clock_was_ahead_when_the_backup_ran(
    app: Flask, member: Sender, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now_ns = time.time_ns()
    with app.app_context(), monkeypatch.context() as wrong:
        wrong.setattr(time, "time_ns", lambda: now_ns + 3600 * 1_000_000_000)
        backup(tmp_path / "backups")
    photo = picture()
    member.send(photo)
    assert not member.progress(photo)["safe"]
    with app.app_context():
        backup(tmp_path / "backups")
    assert member.progress(photo)["safe"]


def test_photo_that_a_restore_brought_back_is_safe_after_the_next_backup(
    app: Flask, member: Sender, tmp_path: Path, settings: Settings
) -> None:
    photo = picture()
    member.send(photo)
    with app.app_context():
        made = backup(tmp_path / "backups")
        for kept in settings.data_dir.glob("photos/*/*/*"):
            kept.unlink()
        restore(made.path)
        assert member.progress(photo) == {"state": "complete", "received": 0, "safe": False}
        backup(tmp_path / "backups")
    assert member.progress(photo)["safe"]
