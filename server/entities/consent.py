"""A consent: a member agrees to one use of what is personal, in the words of a notice. Kept as proof when withdrawn."""

from server.entities.definition import define, frozen, once
from server.entities.values import Choice, Flag, Instant, Uuid, Words

PURPOSES = ("public_name", "photo", "ethnic_group")

CONSENT = define(
    "consent",
    {
        "member_id": frozen(Uuid(), required=True),
        "purpose": frozen(Choice(*PURPOSES), required=True),
        # The version of the words that the person was shown or read to.
        "notice": frozen(Words(1, 40), required=True),
        "given_at": frozen(Instant(), required=True),
        "withdrawn": once(Flag()),
    },
    since=3,
)
