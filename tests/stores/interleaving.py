"""Threads that are held before a chosen statement of their own, so that a race happens in one order, every time."""

import threading
import time
from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text

WAIT_SECONDS_MAX = 60
COMMIT = "COMMIT"

_here = threading.local()


def watch(engine: Engine) -> None:
    """Let `Run` see every statement of this engine, and its commits, before they are sent."""
    event.listen(engine, "before_cursor_execute", lambda _conn, _cursor, statement, *_rest: _step(statement))
    event.listen(engine, "commit", _commit)


def _commit(_connection: Connection) -> None:
    _step(COMMIT)


def _step(statement: str) -> None:
    run = getattr(_here, "run", None)
    if run is not None:
        run.step(statement)


def nowhere(_nth: int, _statement: str) -> bool:
    return False


class Run:
    """Work in a thread of its own. It stops once, before the first statement that `stop_before` names."""

    def __init__(self, work: Callable[[], Any], stop_before: Callable[[int, str], bool] = nowhere) -> None:
        self.work, self.stop_before = work, stop_before
        self.statements: list[str] = []
        self.result: Any = None
        self.error: BaseException | None = None
        self._held = threading.Event()
        self._go = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def start(self) -> "Run":
        self._thread.start()
        return self

    def held(self) -> "Run":
        """Started, and waited for until it stands before its statement."""
        self.start()
        assert self._held.wait(WAIT_SECONDS_MAX)
        assert self._thread.is_alive(), f"it never came there: {self.statements} {self.error}"
        return self

    @property
    def ended(self) -> bool:
        return not self._thread.is_alive()

    def finish(self) -> Any:
        """Let go and waited for: what the work returned."""
        self._go.set()
        self._thread.join(WAIT_SECONDS_MAX)
        assert self.ended
        if self.error is not None:
            raise self.error
        return self.result

    def step(self, statement: str) -> None:
        self.statements.append(statement)
        if not self._held.is_set() and self.stop_before(len(self.statements) - 1, statement):
            self._held.set()
            assert self._go.wait(WAIT_SECONDS_MAX)

    def _run(self) -> None:
        _here.run = self
        try:
            self.result = self.work()
        except BaseException as error:  # for whoever waits
            self.error = error
        finally:
            _here.run = None
            self._held.set()


def wait_until_locked_out(url: str, *runs: Run) -> None:
    """Until PostgreSQL itself says that each of these waits for another's lock, or has ended."""
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    waiting = text(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )
    deadline = time.monotonic() + WAIT_SECONDS_MAX
    with engine.connect() as connection:
        while connection.scalar(waiting) < sum(not run.ended for run in runs):
            assert time.monotonic() < deadline
            time.sleep(0.005)
    engine.dispose()
