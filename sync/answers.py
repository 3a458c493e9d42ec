"""What each answer to each kind of review does: nothing, or mutations of the server's own replica."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sync.batch import Batch
from sync.errors import DecisionError, ReviewChangedError
from sync.give_back import give_back
from sync.judge import accept, checked
from sync.mutation import Entry
from sync.own import OwnReplica
from sync.review import Review
from sync.rules import MANAGER, Record


@dataclass(frozen=True, slots=True)
class Case:
    """A review that is answered, with the value that came with the answer."""

    batch: Batch
    review: Review
    value: Any
    own: OwnReplica

    @property
    def record(self) -> Record:
        return self.batch.record(str(self.review.entity), str(self.review.record_id))

    @property
    def mutation(self) -> Entry | None:
        return self.batch.entry(self.review.about)

    def write(self, entity: str, id: str | None, values: Mapping[str, Any]) -> Entry:
        return self.own.write(self.batch, entity, id, values)


# Carries an answer out: the mutation that it is told of, the last that it wrote; None when there is none.
Answer = Callable[[Case], Entry | None]

_AMOUNTS = frozenset({"quantity_milli", "unit_price_vnd", "total_vnd"})
# What a correction does not take over from the sale that it corrects.
_OWN_FATE = frozenset({"replaces_id", "settled", "voided", "void_reason"})


# A conflict


def _keep(case: Case) -> Entry:
    return _put(case, case.record.fields[str(case.review.field)])


def _take(case: Case) -> Entry:
    """`value`: which side. Its value is said as the data version of today says it, not as that of when it was asked."""
    review = case.review
    if type(case.value) is not int or not 0 <= case.value < len(review.sides):
        raise DecisionError("value", "unknown")
    entry = case.batch.entry(review.keys[case.value])
    values, _ = checked(case.batch.registry[str(review.entity)], entry) if entry is not None else ({}, {})
    return _put(case, values.get(str(review.field), review.sides[case.value]["value"]))


def _set(case: Case) -> Entry:
    return _put(case, case.value)


def _put(case: Case, value: Any) -> Entry:
    return case.write(str(case.review.entity), case.review.record_id, {str(case.review.field): value})


# Stock below zero


def _count_stock(case: Case) -> Entry:
    """`value`: what is left in truth, in thousandths."""
    listing = case.record
    if type(case.value) is not int or case.value < 0:
        raise DecisionError("value", "invalid")
    entry = {
        "listing_id": listing.id,
        "quantity_milli": case.value - listing.derived.get("left_milli", 0),
        "kind": "adjust",
        "member_id": listing.fields.get("member_id"),
    }
    return case.write("stock_entry", None, entry)


# Sales


def _void_one(case: Case) -> Entry:
    """`value`: the sale of the two, or more, that was none."""
    if case.value not in [side["value"] for side in case.review.sides]:
        raise DecisionError("value", "unknown")
    return _void(case, case.batch.record("sale", case.value), "twice")


def _void_odd(case: Case) -> Entry:
    return _void(case, case.record, "wrong_amount" if case.review.kind == "odd_amount" else "other")


def _correct(case: Case) -> Entry:
    """`value`: the right amounts, or the right time, by field. A correction is a void and a new sale that names it."""
    sale, value = case.record, case.value
    known = _AMOUNTS if case.review.kind == "odd_amount" else {"sold_at"}
    if not isinstance(value, dict) or not value or not value.keys() <= known:
        raise DecisionError("value", "unknown")
    kept = {name: said for name, said in sale.fields.items() if name not in _OWN_FATE and said != ""}
    _void(case, sale, "corrected")
    return case.write("sale", None, kept | value | {"replaces_id": sale.id})


def _void(case: Case, sale: Record, reason: str) -> Entry:
    if sale.fields.get("voided"):
        raise ReviewChangedError
    return case.write("sale", sale.id, {"voided": True, "void_reason": reason})


# Mutations that wait for an answer


def _accept_held(case: Case) -> Entry | None:
    """Judge it with the role that its author had when it came (docs/decisions/0008)."""
    entry = case.mutation
    if entry is not None:
        accept(case.batch, entry)
    return entry


def _refuse_held(case: Case) -> Entry | None:
    entry = case.mutation
    if entry is not None:
        # The question has its answer: no review asks the same person again.
        entry.outcome, entry.errors = "rejected", {"mutation": ["refused"]}
        case.batch.decide_anew(entry)
    return entry


def _vouch(case: Case) -> Entry:
    """Take what its author had no right to as a manager's word; nobody's word makes sense of what makes none."""
    entry = case.mutation
    if entry is None or entry.key != entry.at or entry.entity is None or entry.id is None:
        raise DecisionError("action", "impossible")
    entry.role, entry.errors = MANAGER, {}
    accept(case.batch, entry)
    if not entry.accepted:
        raise DecisionError("action", "impossible")
    return entry


def _dismiss_rejected(case: Case) -> Entry | None:
    return case.mutation


def _give_back(case: Case) -> Entry | None:
    return give_back(case.batch, case.review, case.own)


def _nothing(_: Case) -> None:
    return None


ANSWERS: Mapping[str, Mapping[str, Answer]] = {
    "conflict": {"keep": _keep, "take": _take, "set": _set},
    "oversold": {"set": _count_stock, "dismiss": _nothing},
    "duplicate_sale": {"void": _void_one, "dismiss": _nothing},
    "odd_amount": {"set": _correct, "void": _void_odd, "dismiss": _nothing},
    "odd_date": {"set": _correct, "void": _void_odd, "dismiss": _nothing},
    "rejected": {"accept": _vouch, "dismiss": _dismiss_rejected},
    "held": {"accept": _accept_held, "refuse": _refuse_held},
    "incomplete": {"dismiss": _nothing},
    "lost_in_restore": {"accept": _give_back, "dismiss": _nothing},
}
# The answers that need a value.
WITH_VALUE = {
    ("conflict", "take"),
    ("conflict", "set"),
    ("oversold", "set"),
    ("duplicate_sale", "void"),
    ("odd_amount", "set"),
    ("odd_date", "set"),
}
