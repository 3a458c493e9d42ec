"""Photos arrive in pieces, whole or not at all; nobody sees, spoils or fills up what is another's."""

from __future__ import annotations

import hashlib
import io
import os
import struct
import subprocess
import sys
import time
import zlib
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from werkzeug.test import TestResponse

from config import ROOT, Settings
from server.backup import backup
from server.photos import arrival
from server.restore import restore
from tests.conftest import People, SignIn, assert_problem, bearer, change_account

PIECE = 8_192


def picture(
    kind: str = "JPEG",
    width: int = 900,
    height: int = 600,
    exif: Image.Exif | None = None,
    seed: int = 1,
    progressive: bool = False,
) -> bytes:
    """Noise that no encoder makes small."""
    noise = Image.frombytes("RGB", (90, 60), bytes((n * n * seed) % 251 for n in range(90 * 60 * 3)))
    file = io.BytesIO()
    smooth = Image.Resampling.NEAREST if kind == "PNG" else Image.Resampling.BICUBIC
    options: dict[str, Any] = {"exif": exif} if exif else {}
    noise.resize((width, height), smooth).save(file, kind, quality=60, progressive=progressive, **options)
    return file.getvalue()


def address(photo: bytes) -> str:
    return f"/api/v1/photos/{hashlib.sha256(photo).hexdigest()}"


class Sender:
    def __init__(self, client: FlaskClient, token: str) -> None:
        self.client, self.token = client, bearer(token)

    def piece(
        self, photo: bytes, start: int, stop: int, to: str = "", total: int | None = None, **query: str
    ) -> TestResponse:
        told = {"Content-Range": f"bytes {start}-{stop - 1}/{total or len(photo)}"}
        return self.client.put(
            to or address(photo), data=photo[start:stop], headers=self.token | told, query_string=query
        )

    def send(self, photo: bytes, to: str = "", stop: int | None = None) -> TestResponse:
        for start in range(0, stop or len(photo), PIECE):
            answer = self.piece(photo, start, min(start + PIECE, len(photo)), to)
            if answer.status_code != 200:
                break
        return answer

    def get(self, photo: bytes, **query: str) -> TestResponse:
        return self.client.get(address(photo), headers=self.token, query_string=query)

    def progress(self, photo: bytes) -> Any:
        answer = self.client.get(f"{address(photo)}/progress", headers=self.token)
        assert answer.status_code == 200, answer.text
        return answer.json


@pytest.fixture
def member(client: FlaskClient, sign_in: SignIn) -> Sender:
    return Sender(client, sign_in("member")["access_token"])


@pytest.fixture
def sender(client: FlaskClient, sign_in: SignIn) -> Any:
    return lambda who: Sender(client, sign_in(who)["access_token"])


def decoded(answer: TestResponse) -> Image.Image:
    assert answer.status_code == 200, answer.text
    assert answer.content_type == "image/webp"
    return Image.open(io.BytesIO(answer.data), formats=["WEBP"])


@pytest.mark.parametrize("kind", ["JPEG", "WEBP", "PNG"])
def test_photo_sent_in_pieces_is_there_for_the_whole_cooperative(member: Sender, sender: Any, kind: str) -> None:
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


def test_piece_sent_twice_or_too_early_changes_nothing_and_is_told_where_to_go_on(member: Sender) -> None:
    photo = picture()
    member.send(photo, stop=PIECE)
    for start in (0, PIECE * 3):
        assert member.piece(photo, start, start + PIECE).json["received"] == PIECE
    member.send(photo)
    assert member.piece(photo, 0, PIECE).json["state"] == "complete"


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
    member: Sender, sender: Any, people: People
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


def test_pieces_of_another_account_are_not_mixed_with_the_own(member: Sender, sender: Any) -> None:
    photo = picture()
    member.send(photo, stop=PIECE)
    neighbour = sender("neighbour")
    assert neighbour.progress(photo)["received"] == 0
    spoilt = bytes(PIECE) + photo[PIECE:]
    neighbour.send(spoilt, to=address(photo), stop=PIECE)
    member.send(photo)
    assert member.progress(photo)["state"] == "complete"


def test_admin_sees_photos_of_the_cooperative_asked_for_and_sends_none(
    member: Sender, sender: Any, people: People
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


def refused(answer: TestResponse) -> Any:
    return assert_problem(answer, 422, "invalid")["errors"]


def test_wrong_bytes_are_refused_and_the_right_ones_can_follow(member: Sender) -> None:
    photo = picture()
    wrong = photo[:-1] + bytes([photo[-1] ^ 1])
    assert refused(member.send(wrong, to=address(photo))) == {"photo": ["wrong_hash"]}
    assert member.progress(photo)["received"] == 0
    assert member.send(photo).json["state"] == "complete"


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


@pytest.mark.parametrize(
    "told",
    ["", "bytes", "bytes */100", "bytes 0-9/*", "bytes 5-4/100", "bytes 0-98/100", "items 0-9/100", "bytes -5-4/100"],
)
def test_piece_must_say_where_it_belongs(client: FlaskClient, member: Sender, told: str) -> None:
    answer = client.put(address(b"x"), data=b"0123456789", headers=member.token | {"Content-Range": told})
    assert_problem(answer, 422, "invalid")


DYING = """
import hashlib, os, sys
from pathlib import Path
from server.photos import arrival
arrival.encode_anew = lambda _: os._exit(9)
photo = sys.stdin.buffer.read()
start = int(sys.argv[4])
piece = arrival.Piece(start, len(photo), photo[start:])
arrival.Arrivals(Path(sys.argv[1])).take(*sys.argv[2:4], hashlib.sha256(photo).hexdigest(), piece)
"""


def test_server_that_dies_while_it_decodes_is_sent_the_last_piece_again(
    member: Sender, settings: Settings, people: People
) -> None:
    photo = picture()
    last = len(photo) // PIECE * PIECE
    member.send(photo, stop=last)
    arguments = [str(settings.data_dir), people.coop, people.member, str(last)]
    died = subprocess.run([sys.executable, "-c", DYING, *arguments], input=photo, cwd=ROOT, timeout=60)
    assert died.returncode == 9
    assert member.progress(photo) == {"state": "partial", "received": last, "safe": False}
    assert member.piece(photo, last, len(photo)).json["state"] == "complete"


def test_what_another_account_finished_is_no_longer_an_unfinished_photo(
    member: Sender, sender: Any, settings: Settings
) -> None:
    photo = picture()
    member.send(photo, stop=PIECE)
    sender("neighbour").send(photo)
    assert member.piece(photo, PIECE, 2 * PIECE).json["state"] == "complete"
    assert not list(settings.data_dir.glob("photos-arriving/*/*/[0-9a-f]*"))


def test_piece_beyond_the_end_is_refused(member: Sender) -> None:
    photo = picture()
    assert_problem(member.piece(photo, 0, PIECE, total=PIECE - 1), 422, "invalid")
    assert member.progress(photo)["state"] == "absent"


def test_too_large_a_piece_and_too_large_a_photo_are_refused(member: Sender) -> None:
    much = os.urandom(arrival.PIECE_BYTES_MAX + 1)
    assert_problem(member.piece(much, 0, len(much)), 413, "too_large")
    assert_problem(member.piece(much, 0, PIECE, total=arrival.PHOTO_BYTES_MAX + 1), 413, "too_large")


def test_only_so_many_photos_are_begun_and_old_ones_make_way(
    member: Sender, settings: Settings, people: People
) -> None:
    for n in range(arrival.UNFINISHED_MAX):
        assert member.piece(b"x%d" % n, 0, 1).status_code == 200
    assert_problem(member.piece(b"another", 0, 1), 429, "rate_limited")
    begun = sorted((settings.data_dir / "photos-arriving" / people.coop / people.member).glob("[0-9a-f]*"))
    os.utime(begun[0], (1, 1))
    assert member.piece(b"another", 0, 1).status_code == 200


def test_only_so_much_is_taken_in_a_day(member: Sender, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arrival, "DAY_BYTES_MAX", PIECE * 2)
    answer = member.send(picture())
    assert_problem(answer, 429, "rate_limited")
    assert int(answer.headers["Retry-After"]) > 0


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
