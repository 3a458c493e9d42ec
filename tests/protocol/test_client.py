"""The client's pure parts, against values worked out by hand from the document."""

import re
import zlib

from .client import Row
from .clock import Clock, digest, fingerprint, session_of, stamp, tick_above, uuid7


def test_a_stamp_has_26_characters_and_sorts_as_time_does() -> None:
    earlier, later = (
        stamp(1_764_000_000_000, 0xFFFF, "ffffffff"),
        stamp(1_764_000_000_001, 0, "00000000"),
    )
    assert len(earlier) == 26
    assert earlier < later
    assert session_of(earlier) == "ffffffff"


def test_the_counter_carries_into_the_milliseconds() -> None:
    assert tick_above("0199aa5be8f0-0000-5f3a9c21", "00000001") == "0199aa5be8f0-0001-00000001"
    assert tick_above("0199aa5be8ff-ffff-5f3a9c21", "00000001") == "0199aa5be900-0000-00000001"


def test_a_clock_never_repeats_and_moves_past_what_it_sees() -> None:
    clock = Clock()
    seen = stamp(clock.reading_ms() + 100_000, 7, "ffffffff")
    stamps = [clock.tick() for _ in range(100)]
    assert stamps == sorted(set(stamps))
    clock.observe(seen)
    assert clock.tick() == tick_above(seen, clock.session)


def test_a_clock_that_is_put_back_keeps_its_order() -> None:
    clock = Clock()
    before = clock.tick()
    clock.drift_ms = -(10**11)
    assert clock.tick() > before


def test_ids_are_of_version_7_and_in_the_order_of_making() -> None:
    ids = [uuid7() for _ in range(50)]
    assert ids == sorted(set(ids))
    assert all(re.fullmatch(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", id) for id in ids)


def test_a_fingerprint_is_the_crc_of_the_documented_text() -> None:
    stamps = {"unit": "0199aa5be8f0-0000-5f3a9c21", "note": "0199aa5be8f1-0000-5f3a9c21"}
    text = "sale 0199aa5b-e8f0-7abc-8def-0123456789ab note=0199aa5be8f1-0000-5f3a9c21 unit=0199aa5be8f0-0000-5f3a9c21"
    assert fingerprint("sale", "0199aa5b-e8f0-7abc-8def-0123456789ab", stamps) == zlib.crc32(text.encode())


def test_a_digest_counts_and_adds_per_entity() -> None:
    records = [("sale", 2**47), ("listing", 9), ("sale", 2**47 + 5)]
    assert digest(records) == {"sale": [2, 5], "listing": [1, 9]}


def test_a_row_takes_the_changes_stamp_where_none_is_named() -> None:
    change = {
        "entity": "sale",
        "id": "x",
        "at": "a",
        "stamps": {"note": "b"},
        "row": {"note": "n", "unit": "kg"},
        "derived": {"counts": True},
    }
    row = Row.of(change)
    assert row.stamps == {"note": "b", "unit": "a"}
    assert row.fingerprint == zlib.crc32(b"sale x note=b unit=a")
