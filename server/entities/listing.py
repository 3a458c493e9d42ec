"""A listing: goods on offer. What is left is never stored by anyone; it follows from stock entries and sales."""

import hashlib

from server.entities.definition import define, frozen, last
from server.entities.values import PRICE_VND_MAX, Choice, Sha256, Uuid, Whole, Words

# What `photo` says where it was taken away: the address of nothing at all.
NO_PHOTO = hashlib.sha256(b"").hexdigest()

LISTING = define(
    "listing",
    {
        "product_name": last(Words(1, 200), required=True),
        "unit": frozen(Words(1, 20), required=True),
        "price_vnd": last(Whole(0, PRICE_VND_MAX), required=True),
        "member_id": frozen(Uuid(nullable=True), required=True),
        "description": last(Words(0, 2000)),
        "photo": last(Sha256()),
        "status": last(Choice("offered", "withdrawn")),
        "approval": last(Choice("approved", "refused"), managers_only=True),
        "approval_note": last(Words(0, 2000), managers_only=True),
    },
    shared=True,
    derived={"left_milli": "number"},
    searchable=("product_name", "description"),
)
