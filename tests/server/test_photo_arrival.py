"""Photos arrive in pieces, whole or not at all, and nobody fills the disk with what is never finished."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Any

import pytest
from flask.testing import FlaskClient

from config import ROOT, Settings
from server.photos import arrival
from tests.conftest import People, assert_problem
from tests.server.photos import PIECE, NewSender, Sender, address, picture, refused


@pytest.fixture
def member(sender: NewSender) -> Sender:
    return sender("member")


def test_piece_sent_twice_or_too_early_changes_nothing_and_is_told_where_to_go_on(member: Sender) -> None:
    photo = picture()
    member.send(photo, stop=PIECE)
    for start in (0, PIECE * 3):
        assert member.piece(photo, start, start + PIECE).json["received"] == PIECE
    member.send(photo)
    assert member.piece(photo, 0, PIECE).json["state"] == "complete"


def test_pieces_of_another_account_are_not_mixed_with_the_own(member: Sender, sender: NewSender) -> None:
    photo = picture()
    member.send(photo, stop=PIECE)
    neighbour = sender("neighbour")
    assert neighbour.progress(photo)["received"] == 0
    spoilt = bytes(PIECE) + photo[PIECE:]
    neighbour.send(spoilt, to=address(photo), stop=PIECE)
    member.send(photo)
    assert member.progress(photo)["state"] == "complete"


def test_wrong_bytes_are_refused_and_the_right_ones_can_follow(member: Sender) -> None:
    photo = picture()
    wrong = photo[:-1] + bytes([photo[-1] ^ 1])
    assert refused(member.send(wrong, to=address(photo))) == {"photo": ["wrong_hash"]}
    assert member.progress(photo)["received"] == 0
    assert member.send(photo).json["state"] == "complete"


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
from server.blobs.folder import FolderStore
from server.photos import arrival, picture
from server.photos.files import PhotoFiles
picture.encode_anew = lambda _: os._exit(9)
photo = sys.stdin.buffer.read()
start = int(sys.argv[4])
piece = arrival.Piece(start, len(photo), photo[start:])
data = Path(sys.argv[1])
arrivals = arrival.Arrivals(PhotoFiles(FolderStore(data / "photos")), data / "photos-arriving")
arrivals.take(*sys.argv[2:4], hashlib.sha256(photo).hexdigest(), piece)
"""


def test_server_that_dies_while_it_decodes_is_sent_the_last_piece_again(
    member: Sender, settings: Settings, people: People
) -> None:
    photo = picture()
    last = member.send_all_but_the_last(photo)
    arguments = [str(settings.data_dir), people.coop, people.member, str(last)]
    died = subprocess.run([sys.executable, "-c", DYING, *arguments], input=photo, cwd=ROOT, timeout=60)
    assert died.returncode == 9
    assert member.progress(photo) == {"state": "partial", "received": last, "safe": False}
    assert member.piece(photo, last, len(photo)).json["state"] == "complete"


def test_what_another_account_finished_is_no_longer_an_unfinished_photo(
    member: Sender, sender: NewSender, settings: Settings
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


def test_full_disk_takes_nothing_says_so_and_the_phone_goes_on_later(
    member: Sender, settings: Settings, people: People
) -> None:
    photo = picture()
    member.send(photo, stop=PIECE)
    arriving = settings.data_dir / "photos-arriving" / people.coop / people.member
    file = arriving / address(photo).rpartition("/")[2]
    taken = file.read_bytes()
    file.unlink()
    file.symlink_to("/dev/full")  # what a full disk answers, to every byte
    answer = member.piece(photo, 0, PIECE)
    assert_problem(answer, 503, "unavailable")
    assert int(answer.headers["Retry-After"]) >= 60
    file.unlink()
    file.write_bytes(taken)
    assert member.send(photo).json["state"] == "complete"


def test_photo_that_finds_no_room_at_its_end_is_taken_when_there_is_some(
    member: Sender, settings: Settings, full_disk: Any
) -> None:
    photo = picture()
    last = member.send_all_but_the_last(photo)

    with full_disk():
        assert_problem(member.piece(photo, last, len(photo)), 503, "unavailable")
    assert member.progress(photo) == {"state": "partial", "received": last, "safe": False}
    assert not list(settings.data_dir.glob("photos/*/*/*")), "nothing of it is left on the full disk"
    assert member.piece(photo, last, len(photo)).json["state"] == "complete"
