"""A phone may forget a photo when a backup has it, and not before."""

from __future__ import annotations

import hashlib
import time
from pathlib import Path

import pytest
from flask import Flask

from config import Settings
from server.backup import backup
from server.copies import sha256
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


def test_every_copy_has_its_checksum_and_a_damaged_one_is_told_and_left_out(
    app: Flask, member: Sender, sender: NewSender, tmp_path: Path, settings: Settings
) -> None:
    photo, spoilt = picture(seed=1), picture(seed=7)
    folder = tmp_path / "backups"
    with app.app_context():
        member.send(photo)
        backup(folder)
        member.send(spoilt)
        made = backup(folder)
    [checksums] = (folder / "photos").glob("*.sha256")
    lines = [line.partition("  ") for line in checksums.read_text().splitlines()]
    files = {file.relative_to(folder / "photos"): file for file in folder.glob("photos/*/*/*.webp")}
    assert {Path(name): told for told, _, name in lines} == {name: sha256(file) for name, file in files.items()}
    assert len(files) == 4

    [copy] = [file for file in files.values() if file.name == f"{hashlib.sha256(spoilt).hexdigest()}.full.webp"]
    copy.write_bytes(copy.read_bytes()[:-1] + b"!")
    with app.app_context():
        assert backup(folder).photos == 0
        for kept in settings.data_dir.glob("photos/*/*/*"):
            kept.unlink()
        assert restore(made.path).damaged == [copy]
    assert decoded(member.get(photo))
    assert member.progress(spoilt)["state"] == "absent"
    assert member.send(spoilt).json["state"] == "complete"


def test_copies_of_a_release_that_wrote_no_checksums_get_theirs(
    app: Flask, member: Sender, tmp_path: Path, settings: Settings
) -> None:
    folder = tmp_path / "backups"
    member.send(picture())
    with app.app_context():
        backup(folder)
        [checksums] = (folder / "photos").glob("*.sha256")
        written = checksums.read_text()
        checksums.unlink()
        for kept in settings.data_dir.glob("photos/*/*/*"):
            kept.unlink()
        made = backup(folder)
        assert restore(made.path).damaged == []
        backup(folder)
    assert checksums.read_text() == written
