"""Photos of the goods of somebody who was erased go with the person, unless others' goods name them."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from config import Settings
from server.backup import backup
from server.database import db
from server.entities.listing import NO_PHOTO
from server.restore import restore
from tests.conftest import People, SignIn
from tests.protocol.client import Phone
from tests.protocol.goods import listing
from tests.server.photos import PIECE, NewSender, Sender, decoded, picture, refused
from tests.server.test_people import Staff
from tests.server.test_photo_sweep import hash_of


@pytest.fixture
def phone(sender: NewSender) -> Sender:
    return sender("member")


@pytest.fixture
def staff(client: FlaskClient, sign_in: SignIn) -> Staff:
    return Staff(client, sign_in("manager"))


OWN, BEFORE, SHARED, HALF = (picture(seed=seed) for seed in (1, 7, 11, 13))


@pytest.fixture
def goods(phone: Sender, member: Phone, manager: Phone, people: People) -> str:
    """The member's goods: one with a photo and another one before it, one with a photo that the neighbour's goods have
    too, and a photo of which not all has come yet."""
    for photo in (OWN, BEFORE, SHARED):
        phone.send(photo)
    phone.send(HALF, stop=PIECE)
    made = member.record("listing", listing(member.member_id, photo=hash_of(BEFORE)))
    member.record("listing", {"photo": hash_of(OWN)}, made["id"])
    member.record("listing", listing(member.member_id, photo=hash_of(SHARED)))
    member.sync()
    manager.record("member", {"name": "Giàng Thị Dợ", "active": True}, id=people.member)
    manager.record("listing", listing(people.neighbour, photo=hash_of(SHARED)))
    manager.sync()
    return str(made["id"])


def files_of(folder: Path, photo: bytes) -> list[Path]:
    return list(folder.rglob(f"{hash_of(photo)}*"))


def test_photos_of_who_was_erased_go_with_their_thumbnails_and_those_of_others_stay(
    phone: Sender, sender: NewSender, staff: Staff, manager: Phone, goods: str, settings: Settings, people: People
) -> None:
    office = sender("manager")
    assert decoded(office.get(OWN, size="thumbnail"))
    assert files_of(settings.data_dir, HALF)
    assert staff.ask("POST", f"/people/{people.member}/erase").status_code == 200
    for photo in (OWN, BEFORE, HALF):
        assert not files_of(settings.data_dir, photo)
        assert office.get(photo).status_code == 404
        assert office.get(photo, size="thumbnail").status_code == 404
    assert decoded(office.get(SHARED))
    manager.sync()
    assert manager.checked
    named = {
        row.values["member_id"]: row.values["photo"] for (kind, _), row in manager.rows.items() if kind == "listing"
    }
    assert named == {people.member: NO_PHOTO, people.neighbour: hash_of(SHARED)}


def test_a_phone_that_still_has_the_photo_does_not_bring_it_back(
    sender: NewSender, staff: Staff, manager: Phone, goods: str, settings: Settings, people: People
) -> None:
    staff.ask("POST", f"/people/{people.member}/erase")
    office = sender("manager")
    assert office.progress(OWN)["state"] == "absent"
    assert refused(office.send(OWN)) == {"photo": ["erased"]}
    assert not files_of(settings.data_dir, OWN)
    manager.record("listing", listing(people.neighbour, photo=hash_of(OWN)))
    manager.sync()
    assert office.send(OWN).json["state"] == "complete", "somebody else's goods have it now"


def test_backups_lose_the_photos_too_and_an_older_one_does_not_bring_them_back(
    app: Flask, sender: NewSender, staff: Staff, goods: str, settings: Settings, people: People, tmp_path: Path
) -> None:
    folder, elsewhere = tmp_path / "backups", tmp_path / "elsewhere"
    with app.app_context():
        before = backup(folder)
        kept = backup(elsewhere)
    assert files_of(folder, OWN)
    staff.ask("POST", f"/people/{people.member}/erase")
    with app.app_context():
        after = backup(folder)
        assert not files_of(folder, OWN)
        assert files_of(folder, SHARED)
        assert hash_of(OWN) not in (folder / "photos" / f"{people.coop}.sha256").read_text()
        for made in (after, before, kept):
            db.engine.dispose()
            restore(made.path, older=True)
            assert not files_of(settings.data_dir / "photos", OWN), made.path
    assert decoded(sender("manager").get(SHARED))
