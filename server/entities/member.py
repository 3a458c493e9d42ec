"""A member: one name field (never split), and how to address the person. Its id is the account's id."""

from server.entities.definition import define, last
from server.entities.values import Truth, Words

MEMBER = define(
    "member",
    {
        "name": last(Words(1, 200), required=True, managers_only=True),
        "called": last(Words(0, 200)),
        "village": last(Words(0, 200), managers_only=True),
        "language": last(Words(0, 35)),
        "active": last(Truth(), managers_only=True),
    },
    owner_field="id",
    searchable=("name", "called", "village"),
)
