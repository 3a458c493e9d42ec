"""A clip that no pack names any more is cleared away after a while; one that is heard or was sent lately is not."""

from __future__ import annotations

import time
from typing import Any

import pytest
from flask import Flask

from config import Settings
from server.blobs.blob import UNNAMED_KEPT_S
from server.database import new_id, writing
from server.sweep import sweep
from server.voice.tables import VoiceClip
from tests.conftest import SignIn, assert_problem
from tests.server.test_photo_sweep import grow_old
from tests.server.test_voice import Person, recording


@pytest.fixture
def settings(settings_of_either: Settings) -> Settings:
    return settings_of_either


@pytest.fixture
def who(app: Flask, sign_in: SignIn) -> Any:
    return lambda name: Person(app.test_client(), sign_in(name)["access_token"])


def swept(app: Flask) -> int:
    with app.app_context():
        return sweep().clips


def clips_grow_old(app: Flask, settings: Settings) -> None:
    assert grow_old(settings, "voice/*/*/*.clip", UNNAMED_KEPT_S)
    with app.app_context(), writing() as session:
        for sent in session.query(VoiceClip):
            sent.sent_at_ms = (int(time.time()) - UNNAMED_KEPT_S - 60) * 1_000


def test_only_clips_that_no_pack_names_and_nobody_sent_lately_go(app: Flask, who: Any, settings: Settings) -> None:
    manager, admin = who("manager"), who("admin")
    heard, drafted, replaced, again, new = (recording(seed) for seed in range(5))
    id = manager.publish(heard, replaced)
    manager.send(drafted)
    manager.write(new_id(), drafted, published=False)
    manager.send(again)
    admin.publish(replaced)
    admin.send(heard)
    manager.write(id, heard)
    clips_grow_old(app, settings)
    manager.send(again)
    manager.send(new)
    assert swept(app) == 2
    for content in (heard, drafted, again, new):
        assert manager.hear(content).data == content
    assert who("member").hear(replaced).data == replaced, "the province's own"
    assert len(list(settings.data_dir.glob("voice/province/*/*.clip"))) == 1
    assert swept(app) == 0


def test_clip_that_was_cleared_away_is_unknown_and_can_be_sent_again(app: Flask, who: Any, settings: Settings) -> None:
    manager, content = who("manager"), recording()
    manager.send(content)
    clips_grow_old(app, settings)
    assert swept(app) == 1
    assert_problem(manager.hear(content), 404, "not_found")
    assert_problem(manager.write(new_id(), content), 422, "invalid")
    manager.publish(content)
    assert who("member").hear(content).data == content
