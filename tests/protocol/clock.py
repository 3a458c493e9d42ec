"""Stamps, ids and fingerprints as the protocol's document words them; nothing here is shared with the server."""

import itertools
import os
import time
import uuid
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

MINUTE_MS = 60_000
DAY_MS = 86_400_000
YEAR_MS = 365 * DAY_MS
COUNTER_MAX = 0xFFFF
DIGEST_MODULUS = 1 << 48


def now_ms() -> int:
    return time.time_ns() // 1_000_000


def new_session() -> str:
    """32 random bits, as eight hex characters."""
    return os.urandom(4).hex()


def stamp(ms: int, counter: int, session: str) -> str:
    """`MMMMMMMMMMMM-CCCC-SSSSSSSS`: sorts as text as it sorts in time."""
    return f"{ms:012x}-{counter:04x}-{session}"


def session_of(at: str) -> str:
    return at[-8:]


def ms_of(at: str) -> int:
    return int(at[:12], 16)


def tick_above(seen: str, session: str) -> str:
    """The next reading above `seen`; the counter's overflow carries into the milliseconds."""
    ms, counter = ms_of(seen), int(seen[13:17], 16) + 1
    if counter > COUNTER_MAX:
        ms, counter = ms + 1, 0
    return stamp(ms, counter, session)


_uuid7_counter = itertools.count()


def uuid7(ms: int | None = None) -> str:
    """UUIDv7; a counter keeps those of one millisecond in the order of making."""
    value = (now_ms() if ms is None else ms) << 80
    value |= 7 << 76 | (next(_uuid7_counter) & 0xFFF) << 64
    value |= 0b10 << 62 | int.from_bytes(os.urandom(8)) >> 2
    return str(uuid.UUID(int=value))


@dataclass
class Clock:
    """A hybrid logical clock. `drift_ms` is how wrong the phone's own clock is."""

    session: str = field(default_factory=new_session)
    drift_ms: int = 0
    last: str = ""

    def __post_init__(self) -> None:
        self.last = self.last or stamp(0, 0, self.session)

    def reading_ms(self) -> int:
        return now_ms() + self.drift_ms

    def tick(self) -> str:
        at = stamp(self.reading_ms(), 0, self.session)
        self.last = at if at[:17] > self.last[:17] else tick_above(self.last, self.session)
        return self.last

    def observe(self, seen: str) -> None:
        self.last = max(self.last, seen)


def fingerprint(entity: str, record_id: str, stamps: Mapping[str, str]) -> int:
    """CRC-32 of `entity id field=stamp field=stamp …`, fields sorted by name."""
    words = [entity, record_id, *(f"{name}={stamps[name]}" for name in sorted(stamps))]
    return zlib.crc32(" ".join(words).encode())


def digest(records: Iterable[tuple[str, int]]) -> dict[str, list[int]]:
    """Per entity the number of records and the sum modulo 2^48 of their given fingerprints."""
    sums: dict[str, list[int]] = {}
    for entity, mark in records:
        total = sums.setdefault(entity, [0, 0])
        total[0] += 1
        total[1] = (total[1] + mark) % DIGEST_MODULUS
    return sums
