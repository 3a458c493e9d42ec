"""Planted faults in how versions understand each other."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from server.entities.definition import Field
from sync import judge, learn
from sync.mutation import Entry
from sync.store import MemoryStore
from tests.simulation import servers
from tests.simulation.mutants import mutant


def _learn_from(patch: pytest.MonkeyPatch, wanted: Callable[[Entry], bool]) -> None:
    writes_of = MemoryStore.writes_of
    patch.setattr(
        MemoryStore, "writes_of", lambda self, fields: [entry for entry in writes_of(self, fields) if wanted(entry)]
    )


@mutant
def version_a_newer_server_does_not_read_its_log(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(servers, "learn", lambda *_: 0)


@mutant
def version_learning_skips_what_was_held_before(patch: pytest.MonkeyPatch) -> None:
    _learn_from(patch, lambda entry: not entry.anew)


@mutant
def version_learning_skips_what_lost_a_race(patch: pytest.MonkeyPatch) -> None:
    _learn_from(patch, lambda entry: entry.outcome != "merged")


@mutant
def version_learning_takes_what_arrived_last(patch: pytest.MonkeyPatch) -> None:
    real = learn.merge

    def last(entity: Any, fields: Any, stamps: Any, values: Any, eff: str, later: Any) -> Any:
        result = real(entity, fields, stamps, values, eff, later)
        result.values, result.stamps = dict(values), dict.fromkeys(values, eff)
        return result

    patch.setattr(learn, "merge", last)


@mutant
def version_learned_rows_are_not_sent(patch: pytest.MonkeyPatch) -> None:
    def write(batch: Any, record: Any, values: Any, stamps: Any) -> None:
        if values:
            record.fields.update(values)
            record.stamps.update(stamps)
            batch.touch(record, record.seq)

    patch.setattr(learn, "_write", write)


@mutant
def version_values_of_the_newer_one_are_upcast_too(patch: pytest.MonkeyPatch) -> None:
    checked = judge.checked

    def upcast(entity: Any, entry: Entry) -> Any:
        values, errors = checked(entity, entry)
        older, _ = checked(entity, replace(entry, v=1))
        return {name: older.get(name, value) for name, value in values.items()}, errors

    patch.setattr(judge, "checked", upcast)


@mutant
def version_values_of_the_older_one_stay_as_they_were(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Field, "upcast", lambda self, value, v, version: value)
