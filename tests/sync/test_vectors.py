"""The vectors that the phone's TypeScript runs too."""

import json
from pathlib import Path
from typing import Any

import pytest

from server.entities import REGISTRY
from sync.fingerprint import fingerprint
from sync.merge import merge
from sync.replica import stamps_of
from sync.stamps import Clock, is_stamp, tick_above

VECTORS = Path(__file__).parent.parent / "vectors"


def load(name: str) -> Any:
    return json.loads((VECTORS / f"{name}.json").read_text())


STAMPS = load("stamps")


@pytest.mark.parametrize("reading", STAMPS["readings"], ids=lambda reading: reading["name"])
def test_a_clock_reads_as_the_vector_says(reading: dict[str, Any]) -> None:
    clock = Clock(reading["session"])
    for step in reading["steps"]:
        if "seen" in step:
            clock.see(step["seen"])
        else:
            assert clock.read(step["now_ms"]) == step["stamp"]


@pytest.mark.parametrize("tick", STAMPS["ticks"])
def test_one_tick_above_a_stamp_is_the_vectors(tick: dict[str, str]) -> None:
    assert tick_above(tick["stamp"], tick["session"]) == tick["above"]
    assert tick["above"] > tick["stamp"]


@pytest.mark.parametrize("text", STAMPS["malformed"])
def test_what_only_looks_like_a_stamp_is_none(text: str) -> None:
    assert not is_stamp(text)


@pytest.mark.parametrize("record", load("fingerprint")["records"])
def test_a_record_has_the_vectors_fingerprint(record: dict[str, Any]) -> None:
    assert fingerprint(record["entity"], record["id"], stamps_of(record)) == record["fingerprint"]


@pytest.mark.parametrize("case", load("merge"), ids=lambda case: case["name"])
def test_writes_merge_as_the_vector_says(case: dict[str, Any]) -> None:
    entity = REGISTRY[case["entity"]]
    row = dict(case["confirmed"]["row"]) if case["confirmed"] else {}
    stamps = stamps_of(case["confirmed"]) if case["confirmed"] else {}
    for write in case["writes"]:
        result = merge(entity, row, stamps, write["set"], write["stamp"])
        row.update(result.values)
        stamps.update(result.stamps)
    assert (row, stamps) == (case["row"], case["stamps"])
    assert (entity.required <= stamps.keys()) is case["complete"]
