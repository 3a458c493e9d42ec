"""The commands against a server that goes on serving: a backup, a restore, and a power cut in the middle of one."""

import os
import signal
import subprocess
import time

import pytest

from .client import Phone
from .goods import reviews, sale
from .server_process import PROGRAMS, ROOT, Server

MANAGER, FIRST, SECOND = "0900000002", "0900000011", "0900000012"


def phone_of(server: Server, login: str) -> Phone:
    return Phone(server.url).login(login).sync()


def agree(*phones: Phone) -> None:
    for _ in range(2):
        for phone in phones:
            phone.sync()
    assert all(phone.checked for phone in phones)


def test_a_server_that_goes_on_serving_is_restored_under_its_phones(own_server: Server) -> None:
    manager, first, second = (phone_of(own_server, login) for login in (MANAGER, FIRST, SECOND))
    early = first.record("sale", sale(first.member_id))
    agree(manager, first, second)
    assert manager.post().json()["safe"] == 0
    saved = own_server.flask("backup").strip()
    assert manager.post().json()["safe"] >= first.receipts[early["at"]]["seq"]

    late = [phone.record("sale", sale(phone.member_id)) for phone in (first, second)]
    agree(manager, first, second)
    signed_out = phone_of(own_server, SECOND)
    refresh = {"Authorization": f"Bearer {signed_out.refresh_token}"}
    assert signed_out.request("POST", "/auth/logout", headers=refresh).status_code < 300

    resets = manager.resets
    assert own_server.flask("restore", saved).startswith("Restored: ")
    agree(second, manager, first)
    agree(second, manager, first)
    assert manager.resets > resets
    assert all(manager.shows(mutation) for mutation in [early, *late])
    assert signed_out.post().status_code == 401
    assert reviews(manager, "conflict", early) == []


@pytest.mark.parametrize("after_seconds", [1.0, 2.0])
def test_a_restore_that_is_cut_off_leaves_the_old_or_the_new(own_server: Server, after_seconds: float) -> None:
    manager, first = (phone_of(own_server, login) for login in (MANAGER, FIRST))
    sold = [first.record("sale", sale(first.member_id)) for _ in range(30)]
    agree(manager, first)
    saved = own_server.flask("backup").strip()
    sold += [first.record("sale", sale(first.member_id)) for _ in range(5)]
    agree(manager, first)
    restoring = subprocess.Popen(
        [str(PROGRAMS / "flask"), "restore", saved], cwd=ROOT, env=own_server.environment, start_new_session=True
    )
    time.sleep(after_seconds)
    os.killpg(restoring.pid, signal.SIGKILL)
    restoring.wait()
    agree(first, manager)
    agree(first, manager)
    assert all(manager.shows(mutation) for mutation in sold)
    own_server.flask("restore", saved)
    agree(first, manager)
    agree(first, manager)
    assert all(manager.shows(mutation) for mutation in sold)
    own_server.flask("backup")
