"""A stock entry: goods that came in or went out otherwise than by a sale."""

from server.entities.definition import define, frozen, last, once
from server.entities.values import QUANTITY_MAX, Choice, Flag, Uuid, Whole, Words

STOCK_ENTRY = define(
    "stock_entry",
    {
        "listing_id": frozen(Uuid(), required=True),
        "quantity_milli": frozen(Whole(-QUANTITY_MAX, QUANTITY_MAX, zero=False), required=True),
        "kind": frozen(Choice("harvest", "purchase", "adjust", "loss"), required=True),
        "member_id": frozen(Uuid(nullable=True), required=True),
        "note": last(Words(0, 2000)),
        "voided": once(Flag()),
    },
)
