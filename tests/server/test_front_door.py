"""Real processes: production refuses what is unsafe, a demo refuses what is real, and both stop when told."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from config import ROOT
from tests.conftest import PASSWORD, Command, run_program
from tests.server.conftest import wait_until_up

SECRET_KEY = "for tests only " * 4
ADMIN = ("--phone", "0912345678", "--name", "Vàng Thị Mai", "--password", PASSWORD)

Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def serve(tmp_path: Path, port: int) -> Iterator[Start]:
    started: list[subprocess.Popen[str]] = []

    def start(**environ: str) -> subprocess.Popen[str]:
        plain = {"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path), "PORT": str(port), "LOG_LEVEL": "error"}
        process = subprocess.Popen(
            [Path(sys.executable).with_name("gunicorn"), "wsgi:app"],
            cwd=ROOT,
            env=plain | environ,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        started.append(process)
        wait_until_up(process, f"http://127.0.0.1:{port}/api/v1/health")
        return process

    yield start
    for process in started:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        if process.stdout and not process.stdout.closed:
            process.communicate()


@pytest.fixture(scope="session")
def production_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("production")
    for arguments in (("db", "upgrade"), ("create-admin", *ADMIN)):
        made = run_program(folder, "flask", *arguments, SECRET_KEY=SECRET_KEY)
        assert made.returncode == 0, made.stderr
    return folder


@pytest.fixture(scope="session")
def demo_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    made = run_program(folder, "flask", "demo", "--sales", "0", DEMO="1")
    assert made.returncode == 0, made.stderr
    return folder


@pytest.fixture
def production(production_data: Path, command: Command, tmp_path: Path) -> Command:
    """A migrated database with one account."""
    shutil.copytree(production_data, tmp_path, dirs_exist_ok=True)
    return command


@pytest.fixture
def demo(demo_data: Path, command: Command, tmp_path: Path) -> Command:
    """A demo's database without sales."""
    shutil.copytree(demo_data, tmp_path, dirs_exist_ok=True)
    return command


@pytest.mark.parametrize(("secret", "said"), [("", "SECRET_KEY is not set"), ("short", "SECRET_KEY is shorter")])
def test_production_does_not_start_without_a_secret(command: Command, secret: str, said: str) -> None:
    refused = command("gunicorn", "wsgi:app", SECRET_KEY=secret)
    assert refused.returncode != 0
    assert said in refused.stderr


def test_production_does_not_start_without_tables(command: Command) -> None:
    refused = command("gunicorn", "wsgi:app", SECRET_KEY=SECRET_KEY)
    assert refused.returncode != 0
    assert "flask db upgrade" in refused.stderr


def test_production_does_not_serve_a_demo(demo: Command) -> None:
    refused = demo("gunicorn", "wsgi:app", SECRET_KEY=SECRET_KEY)
    assert refused.returncode != 0
    assert "demo" in refused.stderr


@pytest.mark.parametrize("program", ["create-admin", "create-coop"])
def test_real_accounts_do_not_come_into_a_demo(demo: Command, program: str) -> None:
    arguments = ADMIN if program == "create-admin" else ("--name", "HTX", "--commune", "00721")
    refused = demo("flask", program, *arguments, SECRET_KEY=SECRET_KEY)
    assert refused.returncode != 0
    assert "demo" in refused.stderr


def test_demo_does_not_touch_a_database_with_real_accounts(production: Command) -> None:
    refused = production("flask", "demo", DEMO="1")
    assert refused.returncode != 0
    assert "not a demo" in refused.stderr
    assert production("gunicorn", "wsgi:app", DEMO="1").returncode != 0


def test_demo_needs_to_be_asked_for(command: Command) -> None:
    refused = command("flask", "demo", SECRET_KEY=SECRET_KEY)
    assert refused.returncode != 0
    assert "DEMO=1" in refused.stderr


def test_demo_keeps_its_own_secret_to_itself(demo: Command, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    kept = secret.read_text()
    assert secret.stat().st_mode & 0o777 == 0o600
    assert demo("flask", "demo", DEMO="1").returncode == 0
    assert secret.read_text() == kept


def test_demo_tells_its_accounts(command: Command) -> None:
    said = command("flask", "demo", "--sales", "0", DEMO="1").stdout
    assert "0900000001" in said
    assert "chophien-demo" in said


def test_account_made_at_the_command_line_signs_in(production: Command, serve: Start, port: int) -> None:
    serve(SECRET_KEY=SECRET_KEY)
    login = {"login": "0912345678", "password": PASSWORD}
    answer = httpx.post(f"http://127.0.0.1:{port}/api/v1/auth/login", json=login)
    assert answer.json()["user"]["role"] == "admin"
    assert httpx.get(f"http://127.0.0.1:{port}/api/v1/health").json()["demo"] is False


def test_every_command_that_the_operating_guide_names_is_there(command: Command) -> None:
    guide = (ROOT / "docs" / "operating.md").read_text()
    named = set(re.findall(r"\bflask (?:--app wsgi )?([a-z][a-z-]+)", guide))
    assert {"db", "backup", "update-prices"} <= named
    known = command("flask", "--help", SECRET_KEY=SECRET_KEY).stdout
    assert {name for name in named if f"\n  {name} " not in known} == set()


def test_passwords_at_the_command_line_obey_the_rules(production: Command) -> None:
    refused = production("flask", "set-password", "--login", "0912345678", "--password", "short", SECRET_KEY=SECRET_KEY)
    assert refused.returncode != 0
    assert "password: too_short" in refused.stderr


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT])
def test_server_stops_when_told(demo: Command, serve: Start, told: signal.Signals) -> None:
    process = serve(DEMO="1")
    os.killpg(process.pid, told)
    assert process.wait(timeout=60) == 0


def test_server_starts_again_after_it_was_killed(demo: Command, serve: Start, port: int) -> None:
    process = serve(DEMO="1")
    login = {"login": "0900000011", "password": "chophien-demo"}
    token = httpx.post(f"http://127.0.0.1:{port}/api/v1/auth/login", json=login).json()["refresh_token"]
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    serve(DEMO="1")
    address = f"http://127.0.0.1:{port}/api/v1/auth/refresh"
    assert httpx.post(address, headers={"Authorization": f"Bearer {token}"}).status_code == 200


def test_demo_stays_on_loopback_unless_told_otherwise(demo: Command, serve: Start, port: int) -> None:
    process = serve(DEMO="1", HOST="0.0.0.0")
    with socket.socket() as other, pytest.raises(ConnectionRefusedError):
        other.connect(("127.0.0.2", port))
    os.killpg(process.pid, signal.SIGTERM)
    assert "DEMO_PUBLIC=1" in process.communicate()[0]


def test_body_over_the_bound_is_refused_on_the_wire(demo: Command, serve: Start, port: int) -> None:
    serve(DEMO="1")
    address = f"http://127.0.0.1:{port}/api/v1/auth/login"
    kind = {"Content-Type": "application/json"}
    assert httpx.post(address, content=b" " * (3 << 20), headers=kind).json()["code"] == "too_large"
    pieces = (b" " * 65_536 for _ in range(48))  # chunked: no length in advance
    assert httpx.post(address, content=pieces, headers=kind).json()["code"] == "too_large"
