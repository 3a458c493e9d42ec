"""A season: the days whose sales and payments one statement tells. Closed once, by the server (server/money)."""

from server.entities.definition import define_for_all, last, once
from server.entities.values import Day, Flag, Words

SEASON = define_for_all(
    "season",
    {
        "name": last(Words(1, 200), required=True),
        "starts_on": last(Day(), required=True),
        "ends_on": last(Day(), required=True),
        "closed": once(Flag()),
    },
    since=3,
)
