"""A payment: money that the co-operative owes or gave to a member otherwise than by a sale. A fact, written once."""

from collections.abc import Mapping
from typing import Any

from server.entities.definition import define, frozen, last, once
from server.entities.sale import void_has_a_reason
from server.entities.values import TOTAL_VND_MAX, Choice, Flag, Instant, Uuid, Whole, Words
from sync.mutation import Errors


def _together(values: Mapping[str, Any]) -> Errors:
    """Only what was owed before the book began may be negative: the member owed the co-operative."""
    errors = void_has_a_reason(values)
    if values.get("amount_vnd", 1) < 0 and values.get("kind") != "opening":
        errors |= {"amount_vnd": ["out_of_range"]}
    return errors


PAYMENT = define(
    "payment",
    {
        "member_id": frozen(Uuid(), required=True),
        "kind": frozen(Choice("opening", "advance", "payout"), required=True),
        "amount_vnd": frozen(Whole(-TOTAL_VND_MAX, TOTAL_VND_MAX, zero=False), required=True),
        "paid_at": frozen(Instant(), required=True),
        "method": frozen(Choice("cash", "transfer")),
        # Payments that were made together have one.
        "batch_id": frozen(Uuid()),
        "note": last(Words(0, 2000)),
        "voided": once(Flag()),
        "void_reason": last(Words(1, 200)),
    },
    managers_only=True,
    since=3,
    together=_together,
    indexes=(("paid_at",),),
)
