"""What a browser really writes through to the disk: fsync and fdatasync of its databases, as the kernel sees them."""

from __future__ import annotations

import re
import signal
import subprocess
import time
from pathlib import Path
from types import TracebackType

import pytest

from tests.browser.phone import Phone

DATABASE = "/IndexedDB/"
CALL = re.compile(r"^(?:\[pid +)?(?P<pid>\d+)\]? +(?P<at>\d+\.\d+) (?P<rest>.*)$")
TOOK = re.compile(r"<(\d+\.\d+)>$")
ATTACH_S = 20


class DiskWatch:
    """Follows all processes of a phone's browser with strace, as long as the `with` block runs."""

    def __init__(self, phone: Phone, trace: Path) -> None:
        self._trace = trace
        pids = [argument for pid in phone.processes() for argument in ("-p", str(pid))]
        # -y: file names, -ttt: when a call began, -T: how long it took.
        calls = ["-f", "-y", "-ttt", "-T", "-e", "trace=fsync,fdatasync", "-e", "signal=none"]
        self._strace = subprocess.Popen(["strace", *calls, "-o", trace, *pids], stderr=subprocess.PIPE, text=True)
        self._attached = len(pids) // 2

    def __enter__(self) -> DiskWatch:
        assert self._strace.stderr
        for line in self._strace.stderr:
            if "Operation not permitted" in line:
                self._end()
                pytest.skip("This machine forbids ptrace: strace may not look at the browser.")
            self._attached -= "attached" in line
            if self._attached == 0:
                return self
        raise AssertionError("strace did not attach to the browser.")

    def __exit__(self, *_of: type[BaseException] | BaseException | TracebackType | None) -> None:
        time.sleep(0.5)  # What was called last is written down.
        self._end()

    def _end(self) -> None:
        self._strace.send_signal(signal.SIGINT)
        assert self._strace.stderr
        self._strace.stderr.read()
        self._strace.stderr.close()
        self._strace.wait()

    def synced_at(self) -> list[float]:
        """When each write of a database had reached the disk: seconds since 1970, in order."""
        synced, begun = [], set()
        for call in map(CALL.match, self._trace.read_text().splitlines()):
            if not call:
                continue
            pid, at, rest = call["pid"], float(call["at"]), call["rest"]
            if rest.endswith("<unfinished ...>"):
                if DATABASE in rest:
                    begun.add(pid)
                continue
            resumed = "resumed>" in rest
            if (resumed and pid in begun) or (not resumed and DATABASE in rest):
                begun.discard(pid)
                took = TOOK.search(rest)
                assert took, rest
                synced.append(at if resumed else at + float(took[1]))
        return sorted(synced)
