"""Programs of ours as processes of their own, forked from one that has imported the server already.

Importing takes a second, which hundreds of tests would wait for. What `exec` itself brings is tested in
tests/server/test_front_door.py and tests/protocol/test_whole_product.py.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from importlib.metadata import entry_points
from pathlib import Path

from config import ROOT

_forks = multiprocessing.get_context("forkserver")
# With what commands load late, too.
_forks.set_forkserver_preload(
    ["server.app", "server.demo", "flask_migrate", "gunicorn.app.wsgiapp", "gunicorn.workers.gthread"]
)


class Program:
    """A process that leads a group of its own, in an environment that has only what is named."""

    def __init__(self, arguments: list[str], environ: Mapping[str, str], stdout: Path, stderr: Path) -> None:
        """`arguments`: the name of the program first. What it says is added to the files."""
        self._process = _forks.Process(
            target=_become, args=(arguments, dict(environ), str(stdout), str(stderr)), daemon=True
        )
        self._process.start()
        assert self._process.pid
        self.pid = self._process.pid

    def poll(self) -> int | None:
        """Its exit status; None while it runs."""
        return self._process.exitcode

    def wait(self, seconds: float) -> int:
        """Its exit status. Raises subprocess.TimeoutExpired."""
        self._process.join(seconds)
        status = self._process.exitcode
        if status is None:
            raise subprocess.TimeoutExpired(str(self.pid), seconds)
        return status

    def stop(self, how: signal.Signals = signal.SIGKILL, seconds: float = 20) -> None:
        """The whole group: told first if `how` is no kill, and killed when it does not listen."""
        self._signal(how)
        try:
            self.wait(seconds)
        except subprocess.TimeoutExpired:
            self._signal(signal.SIGKILL)
            self.wait(seconds)

    def _signal(self, how: signal.Signals) -> None:
        try:
            os.killpg(self.pid, how)
        except ProcessLookupError:
            # Ended, or only just forked: it leads no group before it runs.
            if self.poll() is None:
                os.kill(self.pid, how)


def run(
    arguments: list[str], environ: Mapping[str, str], *, check: bool = False, seconds: float = 120
) -> subprocess.CompletedProcess[str]:
    """As subprocess.run with its output captured. Raises CalledProcessError if `check`, and TimeoutExpired."""
    with tempfile.TemporaryDirectory(prefix="chophien-program-") as folder:
        stdout, stderr = Path(folder) / "stdout", Path(folder) / "stderr"
        program = Program(arguments, environ, stdout, stderr)
        try:
            status = program.wait(seconds)
        finally:
            program.stop()
        done = subprocess.CompletedProcess(arguments, status, stdout.read_text(), stderr.read_text())
    if check:
        done.check_returncode()
    return done


def _become(arguments: list[str], environ: dict[str, str], stdout: str, stderr: str) -> None:
    os.setsid()
    os.chdir(ROOT)
    os.environ.clear()
    os.environ.update(environ)
    for number, file in ((1, stdout), (2, stderr)):
        opened = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        os.dup2(opened, number)
        os.close(opened)
    sys.argv = arguments
    (found,) = entry_points(group="console_scripts", name=arguments[0])
    sys.exit(found.load()())
