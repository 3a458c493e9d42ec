"""Photos and recorded sentences in a bucket: as private as on the disk, and nothing is lost while it is away."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest
from flask import Flask
from flask.testing import FlaskClient

from config import ConfigError, Settings
from server.backup import backup
from server.blobs import blob
from server.blobs.stores import bucket_of
from server.problems import UnavailableError
from server.restore import restore
from server.sweep import Swept, sweep
from tests.conftest import SECRET, People, SignIn, assert_problem
from tests.protocol.client import Phone
from tests.protocol.goods import listing
from tests.server.photos import PIECE, NewSender, Sender, decoded, picture
from tests.server.test_photo_sweep import hash_of
from tests.server.test_voice import Person, recording

Asking = Callable[[str], AbstractContextManager[None]]


@pytest.fixture
def settings(settings: Settings, bucket: str) -> Settings:
    return replace(settings, photo_bucket=bucket)


@pytest.fixture
def phone(sender: NewSender) -> Sender:
    return sender("member")


@pytest.fixture
def asking(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Asking:
    """`with asking(address):` the server looks for its bucket there."""

    @contextmanager
    def instead(address: str) -> Iterator[None]:
        with monkeypatch.context() as other:
            other.setenv("AWS_ENDPOINT_URL_S3", address)
            app.extensions.pop("bucket", None)
            yield
        app.extensions.pop("bucket")

    return instead


@pytest.fixture
def nobody_there(port: int) -> str:
    return f"http://127.0.0.1:{port}"


class NoRoom(BaseHTTPRequestHandler):
    """A bucket that answers, and has nothing and no room."""

    protocol_version = "HTTP/1.1"

    def do_HEAD(self) -> None:
        self._answer(404, b"")

    def do_PUT(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self._answer(507, b"<Error><Code>XMinioStorageFull</Code></Error>")

    def _answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def no_room() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), NoRoom) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_photo_moves_to_the_bucket_when_it_is_whole_and_is_served_from_there_to_its_own_alone(
    phone: Sender, sender: NewSender, settings: Settings, bucket_server: str, people: People
) -> None:
    photo = picture()
    phone.send(photo, stop=PIECE)
    assert phone.progress(photo) == {"state": "partial", "received": PIECE, "safe": False}
    assert phone.send(photo).json == {"state": "complete", "received": 0, "safe": False}
    assert not [file for file in settings.data_dir.glob("photos*/**/*") if hash_of(photo) in file.name]
    for size, width in (("full", 900), ("thumbnail", 320)):
        assert decoded(sender("neighbour").get(photo, size=size)).width == width
        key = f"photos/{people.coop}/{hash_of(photo)[:2]}/{hash_of(photo)}.{size}.webp"
        assert httpx.get(f"{bucket_server}/{settings.photo_bucket}/{key}").status_code == 403, "without a key"
    assert_problem(sender("other_manager").get(photo), 404, "not_found")
    assert sender("other_manager").progress(photo)["state"] == "absent"


@pytest.mark.parametrize("trouble", ["nobody_there", "no_room"])
def test_phone_is_told_to_come_again_when_the_bucket_takes_nothing_and_nothing_is_lost(
    request: pytest.FixtureRequest, phone: Sender, asking: Asking, trouble: str
) -> None:
    photo, last = picture(), len(picture()) // PIECE * PIECE
    phone.send(photo, stop=last)
    with asking(request.getfixturevalue(trouble)):
        for _ in range(2):
            answer = phone.piece(photo, last, len(photo))
            assert_problem(answer, 503, "unavailable")
            assert int(answer.headers["Retry-After"]) >= 60
    assert phone.progress(photo) == {"state": "partial", "received": last, "safe": False}
    assert phone.piece(photo, last, len(photo)).json["state"] == "complete"
    with asking(request.getfixturevalue("nobody_there")):
        assert_problem(phone.get(photo), 503, "unavailable")
    assert decoded(phone.get(photo))


def test_photo_is_safe_once_a_backup_has_it_and_comes_back_from_there(
    app: Flask, phone: Sender, tmp_path: Path, asking: Asking, nobody_there: str
) -> None:
    photo, folder = picture(), tmp_path / "backups"
    phone.send(photo)
    with app.app_context():
        with asking(nobody_there), pytest.raises(UnavailableError):
            backup(folder)
        assert not phone.progress(photo)["safe"]
        made = backup(folder)
        assert (made.photos, phone.progress(photo)["safe"]) == (2, True)
        store = bucket_of("photos")
        for owner in store.owners():
            for found in store.blobs(owner):
                store.remove(found.name)
        assert phone.progress(photo)["state"] == "absent"
        with asking(nobody_there), pytest.raises(UnavailableError):
            restore(made.path)
        assert restore(made.path).damaged == []
    assert decoded(phone.get(photo))
    assert decoded(phone.get(photo, size="thumbnail"))


def test_what_nobody_names_any_more_is_swept_from_the_bucket_and_nothing_else(
    app: Flask, phone: Sender, client: FlaskClient, sign_in: SignIn, member: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    named, unnamed = picture(seed=1), picture(seed=7)
    manager, heard, unheard = Person(client, sign_in("manager")["access_token"]), recording(1), recording(2)
    phone.send(named)
    phone.send(unnamed)
    member.record("listing", listing(member.member_id, photo=hash_of(named)))
    member.sync()
    manager.publish(heard)
    manager.send(unheard)
    with app.app_context():
        assert sweep() == Swept(photos=0, clips=0, unfinished=0)
        monkeypatch.setattr(blob, "UNNAMED_KEPT_S", -3_600)
        monkeypatch.setattr("server.voice.sweep.UNNAMED_KEPT_S", -3_600)
        assert sweep() == Swept(photos=1, clips=1, unfinished=0)
    assert decoded(phone.get(named))
    assert phone.get(unnamed, size="thumbnail").status_code == 404
    assert manager.hear(heard).data == heard
    assert_problem(manager.hear(unheard), 404, "not_found")


def test_files_are_moved_to_the_bucket_and_back_by_a_command_that_can_be_repeated(
    app: Flask, client: FlaskClient, sign_in: SignIn, phone: Sender, settings: Settings
) -> None:
    def flask(*arguments: str) -> str:
        return app.test_cli_runner().invoke(args=["photos", *arguments]).output

    photo, clip = picture(), recording()
    manager = Person(client, sign_in("manager")["access_token"])
    app.extensions["settings"] = replace(settings, photo_bucket="")
    phone.send(photo)
    manager.publish(clip)
    assert "PHOTO_BUCKET is not set." in flask("copy", "--to", "bucket")
    app.extensions["settings"] = settings
    assert phone.progress(photo)["state"] == "absent"
    told = flask("copy", "--to", "bucket")
    assert "photos: 2 files, 2 copied." in told
    assert "voice: 1 files, 1 copied." in told
    assert decoded(phone.get(photo))
    assert manager.hear(clip).data == clip
    assert "photos: 2 files, 0 copied, 2 deleted where they were." in flask("copy", "--to", "bucket", "--delete")
    assert not [file for file in settings.data_dir.glob("photos/**/*") if file.is_file()]
    assert "photos: 2 files read, 0 damaged." in flask("verify")
    assert "photos: 2 files, 2 copied." in flask("copy", "--to", "folder")
    [full] = settings.data_dir.glob("photos/*/*/*.full.webp")
    full.write_bytes(b"not what the bucket has")
    assert "photos: 2 files, 0 copied, 1 deleted where they were." in flask("copy", "--to", "bucket", "--delete")
    assert full.exists()


def test_bucket_must_be_named_and_not_addressed(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="AWS_ENDPOINT_URL_S3"):
        Settings.from_environment(
            {"SECRET_KEY": SECRET, "DATA_DIR": str(tmp_path), "PHOTO_BUCKET": "https://bucket.example"}
        )
