"""Hybrid logical clock: readings that sort as text, move past everything seen, and tell twins apart.

A stamp is 26 ASCII characters `MMMMMMMMMMMM-CCCC-SSSSSSSS`: milliseconds since 1970 (48 bits, lower-case hex), a
counter (16 bits; its overflow carries into the milliseconds) and a session: 32 random bits drawn each time the app
starts, so that a cloned phone stamps differently. Source: Kulkarni et al., "Logical Physical Clocks" (2014);
docs/protocol.md, Words.
"""

import re
from dataclasses import dataclass
from typing import TypeGuard

STAMP_LENGTH = 26
MAX_MS = (1 << 48) - 1
MAX_COUNTER = (1 << 16) - 1
ZERO = "000000000000-0000-00000000"

_matches = re.compile(r"[0-9a-f]{12}-[0-9a-f]{4}-[0-9a-f]{8}\Z").match


def is_stamp(value: object) -> TypeGuard[str]:
    """Whether a value from the wire is a well-formed stamp."""
    return isinstance(value, str) and _matches(value) is not None


def pack(ms: int, counter: int, session: str) -> str:
    """A stamp from milliseconds, counter and the 8 hex characters of a session."""
    if counter > MAX_COUNTER:
        ms, counter = ms + 1, 0
    return f"{ms:012x}-{counter:04x}-{session}"


def ms_of(stamp: str) -> int:
    """The milliseconds since 1970 of a stamp."""
    return int(stamp[:12], 16)


def session_of(stamp: str) -> str:
    """The 8 characters that say during which run of the app it was stamped."""
    return stamp[18:]


def tick_above(stamp: str, session: str) -> str:
    """The smallest reading of `session` that is above `stamp` whatever the sessions are."""
    return pack(ms_of(stamp), int(stamp[13:17], 16) + 1, session)


@dataclass
class Clock:
    """A replica's clock. The time is an argument of each reading; the clock never goes back and never stands still."""

    session: str
    last_ms: int = 0
    last_counter: int = -1

    def read(self, now_ms: int) -> str:
        """The next stamp: greater than all read or seen before, also when the wall clock stutters or goes back."""
        if now_ms > self.last_ms:
            self.last_ms, self.last_counter = now_ms, 0
        elif self.last_counter >= MAX_COUNTER:
            self.last_ms, self.last_counter = self.last_ms + 1, 0
        else:
            self.last_counter += 1
        return pack(self.last_ms, self.last_counter, self.session)

    def see(self, stamp: str) -> None:
        """Move past a stamp that came from elsewhere."""
        seen = (ms_of(stamp), int(stamp[13:17], 16))
        if seen > (self.last_ms, self.last_counter):
            self.last_ms, self.last_counter = seen
