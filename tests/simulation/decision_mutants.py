"""Planted faults in what becomes of decisions."""

from dataclasses import replace
from typing import Any

import pytest

from sync import decide, judge
from sync.batch import Batch
from sync.mutation import Entry
from sync.store import MemoryStore
from tests.simulation.mutants import MUTANTS, mutant

__all__ = ["MUTANTS"]


@mutant
def decision_an_accepted_mutation_is_not_merged(patch: pytest.MonkeyPatch) -> None:
    def nod(batch: Batch, entry: Entry) -> None:
        entry.outcome = "applied"
        batch.decide_anew(entry)

    patch.setattr(decide, "accept", nod)


@mutant
def decision_an_accepted_mutation_is_let_in_whoever_wrote_it(patch: pytest.MonkeyPatch) -> None:
    accept = decide.accept

    def wave_through(batch: Batch, entry: Entry) -> None:
        with pytest.MonkeyPatch.context() as open_door:
            open_door.setattr(judge, "refusals", lambda *_: {})
            accept(batch, entry)

    patch.setattr(decide, "accept", wave_through)


@mutant
def decision_a_refused_mutation_is_taken_all_the_same(patch: pytest.MonkeyPatch) -> None:
    release = decide._release
    patch.setattr(decide, "_release", lambda batch, entry, action: release(batch, entry, "accept"))


@mutant
def decision_its_author_never_hears_of_it(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(MemoryStore, "decided", lambda self, replica, after, until: [])


@mutant
def decision_about_what_is_no_longer_there_is_taken(patch: pytest.MonkeyPatch) -> None:
    check = decide._open

    def careless(batch: Batch, decision: decide.Decision) -> Any:
        review = batch.store.review(decision.review)
        about = (review.entity, review.record_id) if review else (None, None)
        stamps = batch.record(*about).stamps if all(about) else {}
        return check(batch, replace(decision, stamps=stamps))

    patch.setattr(decide, "_open", careless)


@mutant
def decision_the_question_stays_open(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Batch, "resolve", lambda self, review, account, action, note: None)
