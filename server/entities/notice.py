"""A short notice to all members: a support policy, a training day, market news. Readable offline."""

from collections.abc import Mapping
from typing import Any

from server.entities.definition import define_for_all, last
from server.entities.values import Choice, Day, Truth, Words
from sync.mutation import Errors


def _begins_before_it_ends(values: Mapping[str, Any]) -> Errors:
    starts_on, ends_on = values.get("starts_on"), values.get("ends_on")
    return {"ends_on": ["out_of_range"]} if starts_on and ends_on and ends_on < starts_on else {}


NOTICE = define_for_all(
    "notice",
    {
        "kind": last(Choice("policy", "training", "market", "other"), required=True),
        "title": last(Words(1, 120), required=True),
        "body": last(Words(0, 1000), required=True),
        # Of what it tells of; it is shown until the later one is over, and without them until it is withdrawn.
        "starts_on": last(Day(nullable=True)),
        "ends_on": last(Day(nullable=True)),
        # Whose word it is; what was written without it says only when.
        "told_by": last(Choice("coop", "province")),
        "withdrawn": last(Truth()),
    },
    since=3,
    searchable=("title", "body"),
    together=_begins_before_it_ends,
)
