"""The real server over demo data, as `make run` starts it: gunicorn in its own process group."""

from __future__ import annotations

import json
import os
import shutil
import socket
import sys
import time
import urllib.parse
import urllib.request
from pathlib import Path
from typing import Any

from tests.program import Program, run

PASSWORD = "chophien-demo"
ADMIN, MANAGER, OTHER_MANAGER = "0900000001", "0900000002", "0900000003"
MEMBERS = tuple(f"09000000{number}" for number in range(11, 21))
MEMBER, NEIGHBOUR = MEMBERS[:2]
START_SECONDS_MAX = 60


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def environment(data_dir: Path, **more: str) -> dict[str, str]:
    """What `make run` sets, and nothing of the environment that the tests themselves run in."""
    commands = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    plain = {"PATH": commands, "LANG": "C.UTF-8", "DEMO": "1", "DATA_DIR": str(data_dir), "LOG_LEVEL": "error"}
    return plain | more


def make_demo(data_dir: Path, sales: int) -> Path:
    data_dir.mkdir(parents=True, exist_ok=True)
    made = environment(data_dir, DEMO_SALES=str(sales))
    flask(made, "demo")
    return data_dir


def flask(made: dict[str, str], *command: str | Path) -> None:
    run(["flask", *map(str, command)], made, check=True)


class Server:
    """One server over a copy of demo data. It may be stopped and started again: its port and its data stay."""

    def __init__(self, demo: Path, data_dir: Path, application: str = "wsgi:app") -> None:
        self._application = application
        self.data_dir = Path(shutil.copytree(demo, data_dir))
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._process: Program | None = None
        self._tokens: dict[str, str] = {}
        self._demo_sales: set[str] = set()

    def start(self, **more: str) -> None:
        """Returns when its port is open. `more`: of the environment, another SECRET_KEY say."""
        if "SECRET_KEY" in more:
            self._tokens.clear()
        made = environment(self.data_dir, HOST="127.0.0.1", PORT=str(self.port), WEB_CONCURRENCY="1", **more)
        log = self.data_dir / "server.log"
        self._process = Program(["gunicorn", self._application], made, log, log)
        for _ in range(START_SECONDS_MAX * 20):
            if self._is_open():
                break
            assert self._process.poll() is None, log.read_text()
            time.sleep(0.05)
        else:
            raise AssertionError(f"The server does not start: {log.read_text()}")
        self._demo_sales = self._demo_sales or {sale["id"] for sale in self._sales()}

    def stop(self) -> None:
        """Closes the port; nothing of the server is left."""
        process, self._process = self._process, None
        if process is None:
            return
        process.stop()
        while self._is_open():  # its workers end a moment after it
            time.sleep(0.01)

    def _is_open(self) -> bool:
        with socket.socket() as asking:
            return asking.connect_ex(("127.0.0.1", self.port)) == 0

    def backup(self) -> Path:
        """A backup of this moment, made as in docs/operating.md."""
        folder = self.data_dir / "backup"
        flask(environment(self.data_dir), "backup", folder)
        return max(folder.glob("*.db"))

    def restore(self, backup: Path) -> None:
        """Puts it back and serves again; what came since is gone from here."""
        self.stop()
        flask(environment(self.data_dir), "restore", backup)
        self.start()

    def read(self, who: str, path: str, **query: str) -> Any:
        """What the API answers to this account."""
        address = f"{self.url}/api/v1/{path}?{urllib.parse.urlencode(query)}"
        return self._ask(address, headers={"Authorization": f"Bearer {self._token(who)}"})

    def post(self, who: str, path: str, body: dict[str, Any]) -> Any:
        """What the API answers to this account's JSON."""
        headers = {"Authorization": f"Bearer {self._token(who)}", "Content-Type": "application/json"}
        return self._ask(f"{self.url}/api/v1/{path}", json.dumps(body).encode(), headers)

    def new_sales(self, **query: str) -> list[dict[str, Any]]:
        """What the manager of the first co-operative reads of sales that the demo data did not have."""
        return [sale for sale in self._sales(**query) if sale["id"] not in self._demo_sales]

    def _sales(self, **query: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.read(MANAGER, "sales", limit="1000", **query)["items"]
        return found

    def _token(self, who: str) -> str:
        if who not in self._tokens:
            body = json.dumps({"login": who, "password": PASSWORD}).encode()
            headers = {"Content-Type": "application/json"}
            answer = self._ask(f"{self.url}/api/v1/auth/login", body, headers)
            self._tokens[who] = answer["access_token"]
        return self._tokens[who]

    def _ask(self, address: str, body: bytes | None = None, headers: dict[str, str] | None = None) -> Any:
        with urllib.request.urlopen(urllib.request.Request(address, body, headers or {}), timeout=30) as answer:
            return json.load(answer)
