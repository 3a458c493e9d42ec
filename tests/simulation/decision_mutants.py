"""Planted faults in what becomes of decisions, and of what phones offer after a restore."""

from dataclasses import replace
from typing import Any

import pytest

from sync import answers, decide, give_back, judge, witness
from sync.batch import Batch
from sync.mutation import Entry
from sync.store import MemoryStore
from tests.simulation.mutants import mutant


@mutant
def decision_an_accepted_mutation_is_not_merged(patch: pytest.MonkeyPatch) -> None:
    def nod(batch: Batch, entry: Entry) -> None:
        entry.outcome = "applied"
        batch.decide_anew(entry)

    patch.setattr(answers, "accept", nod)


@mutant
def decision_an_accepted_mutation_is_let_in_whoever_wrote_it(patch: pytest.MonkeyPatch) -> None:
    accept = answers.accept

    def wave_through(batch: Batch, entry: Entry) -> None:
        with pytest.MonkeyPatch.context() as open_door:
            open_door.setattr(judge, "refusals", lambda *_: {})
            accept(batch, entry)

    patch.setattr(answers, "accept", wave_through)


@mutant
def decision_a_refused_mutation_is_taken_all_the_same(patch: pytest.MonkeyPatch) -> None:
    held = {"accept": answers._accept_held, "refuse": answers._accept_held}
    patch.setattr(decide, "ANSWERS", {**answers.ANSWERS, "held": held})


@mutant
def decision_the_other_side_of_a_conflict_is_taken(patch: pytest.MonkeyPatch) -> None:
    take = answers._take

    def swapped(case: answers.Case) -> Entry:
        return take(replace(case, value=1 - case.value))

    patch.setattr(decide, "ANSWERS", {**answers.ANSWERS, "conflict": {**answers.ANSWERS["conflict"], "take": swapped}})


@mutant
def decision_its_author_never_hears_of_it(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(MemoryStore, "decided", lambda self, replica, after, until: [])


@mutant
def decision_about_what_is_no_longer_there_is_taken(patch: pytest.MonkeyPatch) -> None:
    check = decide._open

    def careless(batch: Batch, review: Any, decision: decide.Decision) -> Any:
        about = (review.entity, review.record_id) if review else (None, None)
        stamps = batch.record(*about).stamps if all(about) else {}
        return check(batch, review, replace(decision, stamps=stamps))

    patch.setattr(decide, "_open", careless)


@mutant
def decision_the_question_stays_open(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Batch, "resolve", lambda self, review, account, action, value, note: None)


@mutant
def decision_sent_twice_it_is_refused(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(decide.Decision, "made", lambda self, review: False)


@mutant
def witness_nobody_is_asked(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(witness, "_ask", lambda batch, author, record: None)


@mutant
def witness_accepted_it_is_forgotten(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(answers, "give_back", lambda batch, review, own: None)


@mutant
def witness_accepted_it_overwrites_what_is_there(patch: pytest.MonkeyPatch) -> None:
    def overwrite(batch: Batch, review: Any, own: Any) -> None:
        accept(batch, review, own)
        record, side = batch.record(review.entity, review.record_id), review.sides[0]
        record.fields.update(side["value"])
        record.stamps.update(side["stamps"])
        batch.touch(record, batch.next_seq())

    accept = answers.give_back
    patch.setattr(answers, "give_back", overwrite)


@mutant
def witness_accepted_it_is_dated_by_the_decision(patch: pytest.MonkeyPatch) -> None:
    write = give_back._write

    def now(batch: Batch, said: Any, stamp: str, own: Any) -> Entry:
        return write(batch, said, own.stamp(), own)

    patch.setattr(give_back, "_write", now)
