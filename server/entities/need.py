"""A need or difficulty that a member sends up, and what the co-operative or the province answers."""

from server.entities.definition import define, frozen, last, once
from server.entities.values import Choice, Flag, Instant, Uuid, Words

NEED = define(
    "need",
    {
        "kind": frozen(
            Choice("goods", "price", "transport", "capital", "training", "phone_or_app", "other"), required=True
        ),
        # Not frozen: when its member is erased, so is what they wrote.
        "text": last(Words(0, 1000), required=True),
        "told_at": frozen(Instant(), required=True),
        "member_id": frozen(Uuid(), required=True),
        "answer": last(Words(0, 1000), managers_only=True),
        "answered_at": last(Instant(), managers_only=True),
        # The member needs it no longer.
        "withdrawn": once(Flag()),
    },
    since=3,
    searchable=("text",),
    indexes=(("told_at",),),
)
