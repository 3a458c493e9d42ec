"""Planted faults in what becomes of decisions, and of what phones offer after a restore."""

from dataclasses import replace
from typing import Any

import pytest

from sync import decide, judge, witness
from sync.batch import Batch
from sync.mutation import Entry
from sync.store import MemoryStore
from tests.simulation.mutants import mutant


@mutant
def decision_an_accepted_mutation_is_not_merged(patch: pytest.MonkeyPatch) -> None:
    accept = decide.accept

    def nod(batch: Batch, entry: Entry) -> None:
        if entry.seq == 0:  # the server's own: what is given back is asked for until it is there
            accept(batch, entry)
            return
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

    def careless(batch: Batch, review: Any, decision: decide.Decision) -> Any:
        about = (review.entity, review.record_id) if review else (None, None)
        stamps = batch.record(*about).stamps if all(about) else {}
        return check(batch, review, replace(decision, stamps=stamps))

    patch.setattr(decide, "_open", careless)


@mutant
def decision_the_question_stays_open(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Batch, "resolve", lambda self, review, account, action, note: None)


@mutant
def decision_sent_twice_it_is_refused(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(decide.Decision, "made", lambda self, review: False)


@mutant
def witness_nobody_is_asked(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(witness, "_ask", lambda batch, author, record: None)


@mutant
def witness_accepted_it_is_forgotten(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(decide, "_give_back", lambda batch, review, own: None)


@mutant
def witness_accepted_it_overwrites_what_is_there(patch: pytest.MonkeyPatch) -> None:
    def overwrite(batch: Batch, review: Any, own: Any) -> None:
        give_back(batch, review, own)
        record, side = batch.record(review.entity, review.record_id), review.sides[0]
        record.fields.update(side["value"])
        record.stamps.update(side["stamps"])
        batch.touch(record, batch.next_seq())

    give_back = decide._give_back
    patch.setattr(decide, "_give_back", overwrite)


@mutant
def witness_accepted_it_is_dated_by_the_decision(patch: pytest.MonkeyPatch) -> None:
    write = decide._write

    def now(batch: Batch, said: Any, stamp: str, own: Any) -> Entry:
        return write(batch, said, own.stamp(), own)

    patch.setattr(decide, "_write", now)
