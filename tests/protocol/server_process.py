"""The server as a process group of its own, started as the front door starts it, without building anything."""

import os
import shutil
import signal
import socket
import sys
import time
from pathlib import Path

import httpx

from tests.program import Program, run

from .databases import Databases

ROOT = Path(__file__).parents[2]
PROGRAMS = Path(sys.executable).parent
START_SECONDS_MAX = 60


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """A demo server over `data_dir`. It may be killed, its data put back, and started again on the same port.

    With `databases` its data is in PostgreSQL, and beside the directory only what a demo keeps there.
    """

    def __init__(self, data_dir: Path, databases: Databases | None = None) -> None:
        self.data_dir, self.databases = data_dir, databases
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.process: Program | None = None
        inherited = {name: os.environ[name] for name in ("HOME", "LANG", "PATH") if name in os.environ}
        self.environment = inherited | {
            "DATA_DIR": str(data_dir),
            "DEMO": "1",
            "DEMO_SALES": "0",
            # Tests sell the same again and again: that is no question here (tests/server/test_detection.py).
            "DETECTION": "0",
            "HOST": "127.0.0.1",
            "PORT": str(self.port),
        }
        if databases:
            self.environment["DATABASE_URL"] = databases.url(data_dir)

    @property
    def log(self) -> Path:
        return self.data_dir.with_suffix(".log")

    @property
    def database_url(self) -> str:
        """For SQLAlchemy, as the server makes it of its environment."""
        if self.databases:
            return self.databases.url(self.data_dir).replace("postgresql:", "postgresql+psycopg:", 1)
        (file,) = self.data_dir.glob("*.db")
        return f"sqlite:///{file}"

    def flask(self, *arguments: str) -> str:
        """Run one of the server's commands; its output. Raises CalledProcessError with the output kept."""
        return run(["flask", *arguments], self.environment, check=True).stdout

    def prepare(self) -> "Server":
        """A migrated database with the demo's accounts and no sales."""
        self.data_dir.mkdir(parents=True)
        if self.databases:
            self.databases.make(self.data_dir)
        self.flask("demo")
        return self

    def start(self) -> "Server":
        self.process = Program(["gunicorn", "wsgi:app"], self.environment, self.log, self.log)
        for _ in range(START_SECONDS_MAX * 20):
            if self.is_healthy():
                return self
            if self.process.poll() is not None:
                break
            time.sleep(0.05)
        self.kill()
        raise RuntimeError(f"the server did not start:\n{self.log.read_text()[-4000:]}")

    def is_healthy(self) -> bool:
        try:
            return httpx.get(f"{self.url}/api/v1/health", timeout=5).status_code == 200
        except httpx.TransportError:
            return False

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        """End the whole process group and wait for it; a second time does nothing."""
        if self.process is None:
            return
        self.process.stop(how)
        self.process = None

    def kill(self) -> None:
        """What a power cut looks like to the processes: no goodbye."""
        self.stop(signal.SIGKILL)

    def copy_data(self, name: str) -> Path:
        """A copy of the data as it lies on the disk, the server running or not."""
        target = self.data_dir.with_name(name)
        shutil.copytree(self.data_dir, target)
        if self.databases:
            self.databases.copy(self.data_dir, target)
        return target

    def put_back(self, copied: Path) -> None:
        """Replace the data by an older copy."""
        if self.data_dir.exists():
            shutil.rmtree(self.data_dir)
        shutil.copytree(copied, self.data_dir)
        if self.databases:
            self.databases.copy(copied, self.data_dir)
