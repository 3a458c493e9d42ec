"""A sale: a fact, written once. A mistake is voided with a reason, and a new sale names the old one."""

from collections.abc import Mapping
from typing import Any

from server.entities.definition import define, frozen, last, once
from server.entities.values import (
    PRICE_VND_MAX,
    QUANTITY_MAX,
    TOTAL_VND_MAX,
    Choice,
    Day,
    Flag,
    Instant,
    Uuid,
    Whole,
    Words,
)
from server.goods import goods_key
from sync.mutation import Errors


def void_has_a_reason(values: Mapping[str, Any]) -> Errors:
    return {"void_reason": ["required"]} if "voided" in values and "void_reason" not in values else {}


SALE = define(
    "sale",
    {
        "product_name": frozen(Words(1, 200), required=True),
        "unit": frozen(Words(1, 20), required=True),
        "quantity_milli": frozen(Whole(1, QUANTITY_MAX), required=True),
        "unit_price_vnd": frozen(Whole(0, PRICE_VND_MAX), required=True),
        # May differ from quantity times price: people haggle.
        "total_vnd": frozen(Whole(0, TOTAL_VND_MAX), required=True),
        "sold_at": frozen(Instant(), required=True),
        "payment": frozen(Choice("cash", "transfer", "credit"), required=True),
        "listing_id": frozen(Uuid()),
        "replaces_id": frozen(Uuid()),
        # Whose goods; null: the co-operative's own.
        "member_id": frozen(Uuid(nullable=True), required=True),
        "money_with": frozen(Choice("member", "coop"), required=True),
        "buyer_name": last(Words(0, 200)),
        "note": last(Words(0, 2000)),
        # When a buyer on credit promised to pay.
        "due_on": last(Day(), since=2),
        "settled": once(Flag()),
        "voided": once(Flag()),
        "void_reason": last(Words(1, 200)),
    },
    derived={"counts": "boolean"},
    # Not buyer_name: admins search here and may not see it.
    searchable=("product_name", "note"),
    # Sales of the same goods, and of the same amount by the same member, are compared: server/reviews/detection.py.
    keyed={"goods": goods_key},
    together=void_has_a_reason,
    indexes=(
        ("sold_at",),
        ("replaces_id",),
        ("goods", "sold_at", "id"),
        ("member_id", "total_vnd", "sold_at"),
        # All that reports and statements add up: read without the rows themselves, which are ten times as large.
        (
            *("counts", "complete", "member_id", "payment", "money_with", "settled"),
            *("sold_at", "total_vnd", "since_ms", "id"),
            *("product_name", "unit", "quantity_milli", "unit_price_vnd"),
        ),
    ),
)
