"""Photos are served as the server encoded them, to those who may see them, and nobody spoils what is another's."""

from __future__ import annotations

import struct
import zlib

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image

from config import Settings
from tests.conftest import People, SignIn, assert_problem, bearer, change_account
from tests.server.photos import PIECE, NewSender, Sender, address, decoded, picture, refused


@pytest.fixture
def member(sender: NewSender) -> Sender:
    return sender("member")


@pytest.mark.parametrize("kind", ["JPEG", "WEBP", "PNG"])
def test_photo_sent_in_pieces_is_there_for_the_whole_cooperative(member: Sender, sender: NewSender, kind: str) -> None:
    photo = picture(kind, width=1600, height=800)
    assert member.progress(photo) == {"state": "absent", "received": 0, "safe": False}
    assert member.send(photo, stop=PIECE * 2).json == {"state": "partial", "received": PIECE * 2, "safe": False}
    assert member.progress(photo)["received"] == PIECE * 2
    for start in range(PIECE * 2, len(photo), PIECE):
        answer = member.piece(photo, start, min(start + PIECE, len(photo)))
    assert answer.json["state"] == "complete"
    for who in ("member", "neighbour", "manager"):
        assert decoded(sender(who).get(photo)).size == (1280, 640)
        assert decoded(sender(who).get(photo, size="thumbnail")).size == (320, 160)


def test_what_is_served_is_the_servers_own_encoding_upright_and_without_the_place(member: Sender) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by the phone
    exif[0x010F] = "Secret Maker"
    exif.get_ifd(0x8825)[2] = (23.0, 16.0, 40.0)
    photo = picture(exif=exif)
    member.send(photo)
    for size in ("full", "thumbnail"):
        answer = member.get(photo, size=size)
        shown = decoded(answer)
        assert shown.width < shown.height
        assert not shown.getexif()
        assert b"Secret" not in answer.data
        assert b"EXIF" not in answer.data


def test_thumbnail_is_small(member: Sender) -> None:
    photo = picture(width=1280, height=960)
    member.send(photo)
    assert len(member.get(photo, size="thumbnail").data) <= 15_000


def test_photo_is_kept_by_this_browser_for_this_account_only_and_is_nothing_but_a_picture(member: Sender) -> None:
    photo = picture()
    member.send(photo)
    headers = member.get(photo).headers
    assert headers["Cache-Control"] == "private, max-age=31536000, immutable"
    assert "Authorization" in headers["Vary"]
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_photo_of_another_cooperative_cannot_be_read_written_or_found(
    member: Sender, sender: NewSender, people: People
) -> None:
    photo = picture()
    member.send(photo)
    other = sender("other_manager")
    assert_problem(other.get(photo), 404, "not_found")
    assert_problem(other.get(photo, coop=people.coop), 403, "forbidden")
    assert_problem(other.piece(photo, 0, PIECE, coop=people.coop), 403, "forbidden")
    assert other.progress(photo)["state"] == "absent"
    other.send(photo)
    assert other.get(photo).status_code == 200


def test_admin_sees_photos_of_the_cooperative_asked_for_and_sends_none(
    member: Sender, sender: NewSender, people: People
) -> None:
    photo = picture()
    member.send(photo)
    admin = sender("admin")
    assert decoded(admin.get(photo, coop=people.coop))
    assert_problem(admin.get(photo, coop=people.other_coop), 404, "not_found")
    assert_problem(admin.get(photo), 422, "invalid")
    assert_problem(admin.piece(photo, 0, PIECE, coop=people.coop), 403, "forbidden")


@pytest.mark.parametrize(
    "named",
    [
        "..%2f..%2fchophien.db",
        "../../chophien.db",
        "A" * 64,
        "0" * 63,
        "0" * 65,
        "%00" * 64,
        ".lock",
        ".day",
        "0" * 62 + "%2f.",
    ],
)
def test_no_address_leads_out_of_the_folder(
    client: FlaskClient, member: Sender, settings: Settings, named: str
) -> None:
    for answer in (
        client.get(f"/api/v1/photos/{named}", headers=member.token),
        member.piece(b"x" * 10, 0, 10, to=f"/api/v1/photos/{named}"),
    ):
        assert answer.status_code in (404, 405, 422), answer.text
    assert {path.name for path in settings.data_dir.iterdir()} <= {
        "chophien.db",
        "chophien.db-wal",
        "chophien.db-shm",
        "revocations",
        "revocations.log",
        "dist",
    }


@pytest.mark.parametrize("content", [b"<svg/>", b"GIF89a" + bytes(40), picture()[:5_000], b"\xff\xd8\xff" + bytes(999)])
def test_what_is_no_picture_is_refused_and_not_kept(member: Sender, settings: Settings, content: bytes) -> None:
    assert refused(member.send(content)) == {"photo": ["not_a_picture"]}
    assert member.progress(content)["state"] == "absent"
    assert_problem(member.get(content), 404, "not_found")
    assert not list((settings.data_dir).glob("photos/*/*/*"))


def bomb(width: int, height: int) -> bytes:
    """A PNG of few bytes that says that it is enormous."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(bytes(1_000_000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.mark.parametrize(("width", "height"), [(4_001, 4_000), (5_000, 5_000), (30_000, 30_000), (2**31 - 1, 1)])
def test_decompression_bombs_are_refused_before_they_are_decoded(member: Sender, width: int, height: int) -> None:
    [code] = refused(member.send(bomb(width, height)))["photo"]
    assert code in ("too_many_pixels", "not_a_picture")


def test_jpeg_that_is_decoded_over_and_over_is_refused(member: Sender) -> None:
    photo = picture(width=90, height=60, progressive=True)
    scan = photo[photo.rindex(b"\xff\xda") : -2]
    assert member.send(photo[:-2] + scan + photo[-2:]).json["state"] == "complete"
    assert refused(member.send(photo[:-2] + scan * 100 + photo[-2:])) == {"photo": ["not_a_picture"]}


def test_disabled_account_and_revoked_phone_neither_send_nor_read(
    client: FlaskClient, sign_in: SignIn, app: Flask, people: People
) -> None:
    photo = picture()
    signed_in = sign_in("member")
    phone = Sender(client, signed_in["access_token"])
    phone.send(photo)
    change_account(app, people.member, status="disabled")
    assert_problem(phone.get(photo), 403, "forbidden")
    assert_problem(phone.piece(photo, 0, PIECE), 403, "forbidden")
    change_account(app, people.member, status="active")
    client.post("/api/v1/auth/logout", headers=bearer(signed_in["refresh_token"]))
    assert_problem(phone.get(photo), 401, "unauthenticated")
    assert_problem(phone.piece(photo, 0, PIECE), 401, "unauthenticated")
    assert_problem(client.get(address(photo)), 401, "unauthenticated")
