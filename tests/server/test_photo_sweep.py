"""Photos that no record names are cleared away after a while; one that any record ever named is not."""

from __future__ import annotations

import hashlib
import os
import time
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from config import Settings
from server.backup import backup
from server.blobs.blob import UNNAMED_KEPT_S
from server.photos.arrival import UNFINISHED_KEPT_S
from server.restore import restore
from server.sweep import Swept, sweep
from tests.conftest import SECRET, Command, People
from tests.protocol.client import Phone
from tests.protocol.goods import listing
from tests.server.photos import PIECE, NewSender, Sender, decoded, picture


@pytest.fixture
def phone(sender: NewSender) -> Sender:
    return sender("member")


def hash_of(photo: bytes) -> str:
    return hashlib.sha256(photo).hexdigest()


def grow_old(settings: Settings, pattern: str, age_s: int) -> list[Path]:
    files = [file for file in settings.data_dir.glob(pattern) if file.is_file()]
    for file in files:
        os.utime(file, (time.time() - age_s - 60,) * 2)
    return files


def photos_grow_old(settings: Settings) -> None:
    assert grow_old(settings, "photos/*/*/*", UNNAMED_KEPT_S)


def swept(app: Flask) -> Swept:
    with app.app_context():
        return sweep()


def test_old_photo_that_no_record_names_goes_and_a_new_one_stays(app: Flask, phone: Sender, settings: Settings) -> None:
    old, new = picture(seed=1), picture(seed=7)
    phone.send(old)
    photos_grow_old(settings)
    phone.send(new)
    assert swept(app) == Swept(photos=1, clips=0, unfinished=0)
    assert phone.progress(old)["state"] == "absent"
    assert phone.get(old, size="thumbnail").status_code == 404
    assert decoded(phone.get(new))
    assert phone.send(old).json["state"] == "complete"


def test_photo_that_any_version_of_a_record_named_stays(
    app: Flask, phone: Sender, member: Phone, settings: Settings, people: People
) -> None:
    before, now, refused = picture(seed=1), picture(seed=7), picture(seed=11)
    for photo in (before, now, refused):
        phone.send(photo)
    goods = member.record("listing", listing(member.member_id, photo=hash_of(before)))
    member.record("listing", {"photo": hash_of(now)}, goods["id"])
    member.record("listing", listing(people.neighbour, photo=hash_of(refused)))
    member.sync()
    photos_grow_old(settings)
    assert swept(app) == Swept(photos=0, clips=0, unfinished=0)


def test_photo_of_one_co_operative_is_not_kept_by_a_record_of_another(
    app: Flask, phone: Sender, sender: NewSender, member: Phone, settings: Settings
) -> None:
    photo, other = picture(), sender("other_manager")
    phone.send(photo)
    other.send(photo)
    member.record("listing", listing(member.member_id, photo=hash_of(photo)))
    member.sync()
    photos_grow_old(settings)
    assert swept(app).photos == 1
    assert decoded(phone.get(photo))
    assert other.progress(photo)["state"] == "absent"


def test_pieces_of_which_nothing_more_came_go_and_what_still_arrives_stays(
    app: Flask, phone: Sender, sender: NewSender, settings: Settings
) -> None:
    left, arriving = picture(seed=1), picture(seed=7)
    phone.send(left, stop=PIECE)
    grow_old(settings, "photos-arriving/*/*/[0-9a-f]*", UNFINISHED_KEPT_S)
    sender("neighbour").send(arriving, stop=PIECE)
    assert swept(app) == Swept(photos=0, clips=0, unfinished=1)
    assert phone.progress(left)["received"] == 0
    assert sender("neighbour").progress(arriving)["received"] == PIECE


def test_what_a_server_that_died_was_writing_goes(app: Flask, phone: Sender, settings: Settings) -> None:
    photo = picture()
    phone.send(photo)
    [full] = settings.data_dir.glob("photos/*/*/*.full.webp")
    half = full.with_name(f".{full.name}.4711-1")
    half.write_bytes(b"half")
    os.utime(half, (1, 1))
    assert swept(app) == Swept(photos=0, clips=0, unfinished=1)
    assert decoded(phone.get(photo))


def test_photos_that_a_restored_server_does_not_know_yet_are_kept_as_if_they_were_new(
    app: Flask, phone: Sender, member: Phone, settings: Settings, tmp_path: Path
) -> None:
    photo = picture()
    with app.app_context():
        made = backup(tmp_path / "backups")
    phone.send(photo)
    member.record("listing", listing(member.member_id, photo=hash_of(photo)))
    member.sync()
    photos_grow_old(settings)
    with app.app_context():
        restore(made.path)
    assert swept(app).photos == 0
    member.sync()
    photos_grow_old(settings)
    (settings.data_dir / "photos" / "renewed").write_text("0")
    assert swept(app).photos == 0


def test_each_backup_sweeps_and_so_does_a_command_and_copies_stay(
    phone: Sender, settings: Settings, command: Command, tmp_path: Path
) -> None:
    def flask(*arguments: str) -> Any:
        return command("flask", *arguments, SECRET_KEY=SECRET)

    folder = tmp_path / "backups"
    told = "Cleared away: {} unnamed photos, 0 unnamed clips, 0 unfinished."
    phone.send(picture())
    assert told.format(0) in flask("backup", str(folder)).stderr
    photos_grow_old(settings)
    assert told.format(1) in flask("backup", str(folder)).stderr
    assert told.format(0) in flask("photos", "sweep").stderr
    assert len(list(folder.glob("photos/*/*/*.webp"))) == 2
