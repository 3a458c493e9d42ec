"""A market: where people meet to trade, and on which days. Written by managers and the province, seen by all."""

import re
from datetime import date
from typing import Any

from marshmallow import ValidationError

from server.entities.definition import define_for_all, last
from server.entities.values import Truth, Value, Words

# What a rule counts, and from what to what; named days are dates.
RULE_NUMBERS = {"zodiac": (0, 11), "weekday": (1, 7), "lunar": (1, 30)}
MOST_DATES = 60

_rule = re.compile(
    r"(zodiac|weekday|lunar):(\d{1,2}(?:,\d{1,2})*)\Z|(dates):(\d{4}-\d\d-\d\d(?:,\d{4}-\d\d-\d\d)*)\Z"
).match


class MarketRule(Value):
    """On which days: `zodiac:5,11` (Tý is 0, Hợi 11), `weekday:7` (Monday is 1), `lunar:1,15`, `dates:2026-12-30`.

    Kept in order and without repeats, so that rules that mean the same are the same.
    """

    def clean(self, value: Any) -> str:
        found = _rule(value) if isinstance(value, str) and value.isascii() else None
        if found is None:
            raise ValidationError("invalid")
        numbers_of, numbers, _, dates = found.groups()
        if dates:
            return f"dates:{','.join(_days(dates))}"
        least, most = RULE_NUMBERS[numbers_of]
        counted = sorted({int(number) for number in numbers.split(",")})
        if counted[0] < least or counted[-1] > most:
            raise ValidationError("out_of_range")
        return f"{numbers_of}:{','.join(map(str, counted))}"


def _days(text: str) -> list[str]:
    days = sorted(set(text.split(",")))
    if len(days) > MOST_DATES:
        raise ValidationError("too_large")
    try:
        years = {date.fromisoformat(day).year for day in days}
    except ValueError:
        raise ValidationError("invalid") from None
    if not 2000 <= min(years) <= max(years) <= 2100:
        raise ValidationError("out_of_range")
    return days


MARKET = define_for_all(
    "market",
    {
        "name": last(Words(1, 120), required=True),
        "place": last(Words(0, 200)),
        "rule": last(MarketRule(), required=True),
        "withdrawn": last(Truth()),
    },
    since=3,
    searchable=("name", "place"),
)
