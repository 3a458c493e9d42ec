"""Recorded sentences: a manager's are for the co-operative, an admin's for all, a draft's for its recorder alone."""

from __future__ import annotations

import hashlib
import random
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from config import Settings
from server.backup import backup
from server.database import new_id
from server.restore import restore
from server.voice import clips
from tests.conftest import SignIn, assert_problem, bearer, change_account

KINDS = {
    "audio/webm": b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84webm\x86\x86A_OPUS",
    "audio/ogg": b"OggS" + bytes(24) + b"OpusHead",
    "audio/mp4": b"\0\0\0\x1cftypiso5\0\0\0\0moovhdlrsoun",
}


def recording(seed: int = 1, kind: str = "audio/webm", length: int = 2_000) -> bytes:
    return KINDS[kind] + random.Random(seed).randbytes(length)


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


class Person:
    def __init__(self, client: FlaskClient, token: str) -> None:
        self.client, self.token = client, bearer(token)

    def send(self, content: bytes, to: str = "") -> TestResponse:
        return self.client.put(f"/api/v1/voice/clips/{to or digest(content)}", data=content, headers=self.token)

    def hear(self, content: bytes) -> TestResponse:
        return self.client.get(f"/api/v1/voice/clips/{digest(content)}", headers=self.token)

    def write(self, id: str, *recorded: bytes, published: bool = True, **more: Any) -> TestResponse:
        named = [
            {"key": f"say_{number}", "sha256": digest(content), "duration_ms": 1_500}
            for number, content in enumerate(recorded)
        ]
        told = {"language": "hmn", "name": "Hmoob", "published": published, "clips": named} | more
        return self.client.put(f"/api/v1/voice/packs/{id}", json=told, headers=self.token)

    def packs(self) -> dict[str, Any]:
        answer = self.client.get("/api/v1/voice/packs", headers=self.token)
        assert answer.status_code == 200, answer.text
        assert answer.json
        return {pack["id"]: pack for pack in answer.json["items"]}

    def pack(self, id: str) -> TestResponse:
        return self.client.get(f"/api/v1/voice/packs/{id}", headers=self.token)

    def publish(self, *recorded: bytes) -> str:
        for content in recorded:
            assert self.send(content).status_code == 200
        id = new_id()
        assert self.write(id, *recorded).status_code == 200
        return id


@pytest.fixture
def who(client: FlaskClient, sign_in: SignIn) -> Any:
    return lambda name: Person(client, sign_in(name)["access_token"])


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_browser_recorded_is_served_as_it_came_and_as_nothing_but_sound(who: Any, kind: str) -> None:
    manager, content = who("manager"), recording(kind=kind)
    answer = manager.send(content)
    assert answer.json == {"sha256": digest(content), "bytes": len(content), "type": kind}
    assert manager.send(content).status_code == 200
    heard = manager.hear(content)
    assert (heard.data, heard.content_type) == (content, kind)
    assert heard.headers["X-Content-Type-Options"] == "nosniff"
    assert "immutable" in heard.headers["Cache-Control"]


def test_a_published_pack_is_heard_in_its_cooperative_and_nowhere_else(who: Any) -> None:
    content, other = recording(1), recording(2)
    id = who("manager").publish(content, other)
    for name in ("manager", "member", "neighbour"):
        shown = who(name).packs()[id]
        assert (shown["scope"], shown["language"], shown["name"], shown["version"]) == ("coop", "hmn", "Hmoob", 1)
        assert (shown["clip_count"], shown["bytes"]) == (2, len(content) + len(other))
        assert shown["mine"] == (name == "manager")
        clip = who(name).pack(id).json["clips"][0]
        assert clip == {
            "key": "say_0",
            "sha256": digest(content),
            "bytes": len(content),
            "duration_ms": 1_500,
            "type": "audio/webm",
        }
        assert who(name).hear(content).data == content
    for name in ("other_manager", "admin"):
        assert id not in who(name).packs()
        assert_problem(who(name).pack(id), 404, "not_found")
        assert_problem(who(name).hear(content), 404, "not_found")


def test_what_the_province_publishes_is_heard_by_everyone(who: Any) -> None:
    content = recording(3)
    id = who("admin").publish(content)
    for name in ("member", "other_manager", "admin"):
        assert who(name).packs()[id]["scope"] == "province"
        assert who(name).hear(content).data == content


def test_a_draft_is_its_recorders_alone_until_it_is_published_and_again_afterwards(who: Any) -> None:
    manager, content, id = who("manager"), recording(4), new_id()
    manager.send(content)
    assert manager.write(id, content, published=False).json["version"] == 1
    assert manager.packs()[id]["published"] is False
    for name in ("member", "admin"):
        assert id not in who(name).packs()
        assert_problem(who(name).hear(content), 404, "not_found")
    assert manager.write(id, content).json["version"] == 2
    assert who("member").hear(content).status_code == 200
    manager.write(id, content, published=False)
    assert_problem(who("member").pack(id), 404, "not_found")
    assert_problem(who("member").hear(content), 404, "not_found")


def test_another_manager_replaces_a_published_pack_but_never_somebodys_draft(app: Flask, who: Any, people: Any) -> None:
    change_account(app, people.neighbour, role="manager")
    manager, second, kept, new = who("manager"), who("neighbour"), recording(5), recording(6)
    draft = new_id()
    manager.write(draft, published=False)
    assert_problem(second.write(draft), 404, "not_found")
    assert_problem(second.pack(draft), 404, "not_found")
    id = manager.publish(kept)
    second.send(new)
    replaced = second.write(id, kept, new).json
    assert [clip["sha256"] for clip in replaced["clips"]] == [digest(kept), digest(new)]
    assert who("member").hear(new).data == new


def test_nobody_writes_anothers_pack_or_names_anothers_clip(who: Any) -> None:
    manager, stranger, content = who("manager"), who("other_manager"), recording(7)
    id = manager.publish(content)
    for other in (stranger, who("admin")):
        assert_problem(other.write(id), 404, "not_found")
        refused = assert_problem(other.write(new_id(), content), 422, "invalid")
        assert refused["errors"] == {"clips": ["unknown"]}
    assert manager.packs()[id]["version"] == 1


def test_members_and_strangers_record_nothing(client: FlaskClient, who: Any) -> None:
    assert_problem(who("member").send(recording()), 403, "forbidden")
    assert_problem(who("member").write(new_id()), 403, "forbidden")
    for path in ("packs", f"packs/{new_id()}", f"clips/{'a' * 64}"):
        assert_problem(client.get(f"/api/v1/voice/{path}"), 401, "unauthenticated")


@pytest.mark.parametrize(
    "content",
    [b"<script>alert(1)</script>", b"\x1a\x45\xdf\xa3 no sound", recording() + b"V_VP8", b"RIFF....WAVE", b""],
)
def test_what_is_no_recording_is_refused(who: Any, content: bytes) -> None:
    refused = assert_problem(who("manager").send(content), 422, "invalid")
    assert refused["errors"] == {"clip": ["not_a_recording"]}


def test_what_is_too_large_or_not_what_its_address_names_is_refused(who: Any, settings: Settings) -> None:
    manager = who("manager")
    assert manager.send(recording(length=199_000)).status_code == 200
    assert_problem(manager.send(recording(length=200_000)), 413, "too_large")
    wrong = assert_problem(manager.send(recording(1), to="a" * 64), 422, "invalid")
    assert wrong["errors"] == {"clip": ["wrong_hash"]}
    assert_problem(manager.send(recording(1), to="..%2F" + "a" * 60), 404, "not_found")
    assert_problem(manager.send(recording(1), to="A" * 64), 422, "invalid")
    assert len(list((settings.data_dir / "voice").glob("*/??/*"))) == 1


def test_full_disk_takes_no_clip_and_the_recorder_sends_it_again_later(who: Any, full_disk: Any) -> None:
    manager, clip = who("manager"), recording()
    with full_disk():
        assert_problem(manager.send(clip), 503, "unavailable")
    assert_problem(manager.hear(clip), 404, "not_found")
    assert manager.send(clip).status_code == 200


def test_one_account_cannot_fill_the_disk(who: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clips, "DAY_BYTES_MAX", 5_000)
    manager = who("manager")
    assert [manager.send(recording(seed)).status_code for seed in (1, 2, 3)] == [200, 200, 429]
    assert manager.send(recording(1)).status_code == 200
    assert who("other_manager").send(recording(9)).status_code == 200


@pytest.mark.parametrize(
    "more",
    [
        {"language": "Hmông của tôi"},
        {"language": ""},
        {"name": ""},
        {"name": "a\0b"},
        {"published": None},
        {"clips": [{"key": "../x", "sha256": "a" * 64, "duration_ms": 1}]},
        {"clips": [{"key": "say", "sha256": "a" * 64, "duration_ms": 30_001}]},
        {"clips": [{"key": "say", "sha256": "b", "duration_ms": 1}]},
    ],
)
def test_a_manifest_that_says_nonsense_is_refused(who: Any, more: dict[str, Any]) -> None:
    assert_problem(who("manager").write(new_id(), **more), 422, "invalid")
    assert_problem(who("manager").write("no-id"), 422, "invalid")


def test_a_backup_holds_the_clips_and_a_restore_brings_them_back(app: Flask, who: Any, tmp_path: Path) -> None:
    content = recording(8)
    id = who("manager").publish(content)
    with app.app_context():
        made = backup(tmp_path / "backup")
    for file in (tmp_path / "voice").glob("*/??/*.clip"):
        file.unlink()
    assert_problem(who("member").hear(content), 404, "not_found")
    with app.app_context():
        restore(made.path)
    assert id in who("member").packs()
    assert who("member").hear(content).data == content
