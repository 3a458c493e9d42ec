"""Planted faults: for each rule of the protocol ways to get it wrong that the simulation must catch."""

from collections.abc import Callable
from typing import Any

import pytest

from sync import derive, engine, judge
from sync.batch import Batch
from sync.merge import Merge
from sync.mutation import Entry
from sync.store import MemoryStore
from tests.simulation.servers import Coop, copy_store

Plant = Callable[[pytest.MonkeyPatch], None]
MUTANTS: dict[str, Plant] = {}


def mutant(plant: Plant) -> Plant:
    MUTANTS[plant.__name__] = plant
    return plant


@mutant
def rule_1_a_change_is_numbered_below_one_already_read(patch: pytest.MonkeyPatch) -> None:
    touch = Batch.touch
    patch.setattr(Batch, "touch", lambda self, record, seq: touch(self, record, max(1, seq - 9)))


@mutant
def rule_2_refused_mutations_are_not_kept(patch: pytest.MonkeyPatch) -> None:
    log = Batch.log

    def forget(self: Batch, entry: Entry) -> None:
        log(self, entry)
        if entry.outcome == "rejected":
            self.changes.new_entries.remove(entry)

    patch.setattr(Batch, "log", forget)


@mutant
def rule_3_a_known_mutation_is_judged_again(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Batch, "entry", lambda self, key: None)


@mutant
def rule_4_a_bad_mutation_takes_the_rest_of_the_request_with_it(patch: pytest.MonkeyPatch) -> None:
    take = judge._take

    def stop(batch: Batch, author: Any, entry: Entry, errors: Any) -> Entry:
        if any(e.outcome == "rejected" for e in batch.changes.new_entries):
            return entry
        return take(batch, author, entry, errors)

    patch.setattr(judge, "_take", stop)


@mutant
def rule_5_the_last_to_arrive_wins(patch: pytest.MonkeyPatch) -> None:
    def last(result: Merge, name: str, _held: Any, _stored: str, value: Any, eff: str, _later: Any) -> None:
        result.values[name], result.stamps[name] = value, eff

    patch.setattr("sync.merge._last", last)


@mutant
def rule_5_a_lost_race_opens_no_review(patch: pytest.MonkeyPatch) -> None:
    review = Batch.review
    patch.setattr(
        Batch, "review", lambda self, kind, *a, **k: None if kind == "conflict" else review(self, kind, *a, **k)
    )


@mutant
def rule_5_the_smaller_stamp_of_an_equal_value_is_kept(patch: pytest.MonkeyPatch) -> None:
    real = judge.merge

    def smaller(entity: Any, fields: Any, stamps: Any, values: Any, eff: str, *more: Any) -> Merge:
        result = real(entity, fields, stamps, values, eff, *more)
        for name in [n for n in result.values if n in fields and fields[n] == values[n]]:
            del result.values[name], result.stamps[name]
        return result

    patch.setattr(judge, "merge", smaller)


@mutant
def rule_6_a_clock_ahead_is_believed(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(judge, "CLOCK_TOLERANCE_MS", 10**15)


@mutant
def rule_6_what_was_seen_is_not_beaten(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(judge, "tick_above", lambda stamp, session: stamp[:18] + session)


@mutant
def rule_7_a_frozen_field_can_be_written_again(patch: pytest.MonkeyPatch) -> None:
    real = judge.merge

    def thaw(entity: Any, fields: Any, stamps: Any, values: Any, eff: str, *more: Any) -> Merge:
        result = real(entity, fields, stamps, values, eff, *more)
        for name in result.errors:
            result.values[name], result.stamps[name] = values[name], eff
        result.errors.clear()
        return result

    patch.setattr(judge, "merge", thaw)


@mutant
def rule_7_every_correction_counts(patch: pytest.MonkeyPatch) -> None:
    def count_all(batch: Batch, family: list[Any]) -> None:
        for sale in family:
            sale.derived["counts"] = derive._live(sale)

    patch.setattr(derive, "_count_family", count_all)


@mutant
def rule_7_a_corrected_sale_goes_on_counting(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(derive, "_family", lambda batch, id: [batch.record("sale", id)])


@mutant
def rule_7_a_void_gives_no_stock_back(patch: pytest.MonkeyPatch) -> None:
    from sync.before import stock_share

    def forgetful(record: Any) -> Any:
        voided = record.fields.pop("voided", None)
        counts = record.derived.get("counts")
        if voided and record.entity == "sale":
            record.derived["counts"] = True
        share = stock_share(record)
        if voided:
            record.fields["voided"] = voided
            if counts is not None:
                record.derived["counts"] = counts
        return share

    patch.setattr("sync.before.stock_share", forgetful)
    patch.setattr(derive, "stock_share", forgetful)


@mutant
def rule_7_overselling_is_not_asked_about(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(derive, "_oversold", lambda batch, id, left: None)


@mutant
def rule_8_incomplete_records_are_shown(patch: pytest.MonkeyPatch) -> None:
    touch = Batch.touch

    def show(self: Batch, record: Any, seq: int) -> None:
        record.complete = True
        touch(self, record, seq)

    patch.setattr(Batch, "touch", show)


@mutant
def rule_8_early_writes_without_a_right_stand(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(
        judge, "_without_early_intruders", lambda batch, entity, record, values: ({}, record.fields, record.stamps)
    )


@mutant
def rule_9_disabled_accounts_write_on(patch: pytest.MonkeyPatch) -> None:
    take = judge._take

    def let_in(batch: Batch, author: Any, entry: Entry, errors: Any) -> Entry:
        from dataclasses import replace

        return take(batch, replace(author, held=False), entry, errors)

    patch.setattr(judge, "_take", let_in)


@mutant
def rule_9_held_mutations_open_no_review(patch: pytest.MonkeyPatch) -> None:
    review = Batch.review
    patch.setattr(Batch, "review", lambda self, kind, *a, **k: None if kind == "held" else review(self, kind, *a, **k))


@mutant
def rule_10_a_page_skips_what_did_not_fit(patch: pytest.MonkeyPatch) -> None:
    page = MemoryStore.page
    patch.setattr(MemoryStore, "page", lambda self, *asked: page(self, *asked)[: asked[2] - 1])


@mutant
def rule_10_a_derived_change_is_not_sent(patch: pytest.MonkeyPatch) -> None:
    def quiet(self: Batch, tag: str) -> None:
        for key, record in self._records.items():
            if key in self._touched or record.derived != self.before[key].derived:
                self.changes.records.append(record)
                self._count(key, record)
        self.changes.head = (self.changes.seq, tag) if self.changes.seq > self._first_seq else None
        self.store.save(self.changes)

    patch.setattr(Batch, "save", quiet)


@mutant
def rule_11_the_digest_forgets_changed_records(patch: pytest.MonkeyPatch) -> None:
    count = Batch._count
    patch.setattr(
        Batch, "_count", lambda self, key, record: None if self.before[key].complete else count(self, key, record)
    )


@mutant
def cursor_a_disk_put_back_goes_unnoticed(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(MemoryStore, "has_head", lambda self, seq, tag: True)


@mutant
def cursor_a_changed_scope_reads_on(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(engine, "scope_of", lambda *_: "same")


@mutant
def safe_is_said_before_the_backup(patch: pytest.MonkeyPatch) -> None:
    def hasty(self: Coop) -> None:
        self.backup = self.backup or (copy_store(self.store), self.version)
        self.store.state.safe = self.store.state.seq

    patch.setattr(Coop, "back_up", hasty)


@mutant
def rule_1_a_mutation_is_kept_before_its_transaction_is_committed(patch: pytest.MonkeyPatch) -> None:
    log = Batch.log

    def hasty(self: Batch, entry: Entry) -> None:
        log(self, entry)
        self.store.log[entry.key] = entry  # type: ignore[attr-defined]

    patch.setattr(Batch, "log", hasty)
