"""A member: one name field (never split), and how to address the person. Its id is the account's id."""

from server.entities.definition import Earlier, define, last
from server.entities.language import LanguageTag, tag_of
from server.entities.values import Truth, Words

MEMBER = define(
    "member",
    {
        "name": last(Words(1, 200), required=True, managers_only=True),
        "called": last(Words(0, 200)),
        "village": last(Words(0, 200), managers_only=True),
        "language": last(LanguageTag(), earlier={1: Earlier(Words(0, 35), tag_of)}),
        "active": last(Truth(), managers_only=True),
    },
    owner_field="id",
    searchable=("name", "called", "village"),
)
