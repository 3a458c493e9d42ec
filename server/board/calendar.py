"""Market days: by the day's branch of the zodiac, the weekday, the day of the lunar month, or named one by one.

`pwa/src/calendar` says the same; tests/vectors/calendar.json holds both to it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

# Days from 1 January of the year 1 (`date.toordinal`) to noon of Julian day 0.
_JULIAN_DAY_OF_ORDINAL = 1_721_425

# The months of the lunar years 2000 to 2100 by Vietnam's time (UTC+7), five hexadecimal digits a year: which month is
# followed by its leap month (0: none), then sixteen bits, the lowest for the first month: 30 days, or 29. From the new
# moons and solar terms of PyEphem 4.2; tests/server/test_calendar.py computes them anew by another astronomy.
LUNAR_FIRST_YEAR = 2000
LUNAR_FIRST_DAY = date(2000, 2, 5)
LUNAR_YEARS = (
    "006934152b0052b00a5b2155a0056a70b6500ba500d4951a9500a950052d40aad00ab5915aa005d200da561d4a00e4a00c964192e0055600a"
    "b5215b2006d260ea5007250064b50c97004ab0055b30ada00b6ab175200b9200b2561a4b00a4d004ad5095b005ad00baa21b5200d9271d250"
    "0d2500a55514ad004b6006b530daa00eca80e9200e9300d2660a5600a5b0055a40ad500b550074a30e9300a937152b0052b00a9b5155a0056"
    "a00b654174a00d4a81a9500c950092d60aad00ab5005aa40da500ea500d4a31d1500c96719560055600ab5516b4006d400ea540e8a0068b81"
    "497004ab0095b60ada00b6a007544172500b4500a8b2152b004ad"
)
_DIGITS_A_YEAR = 5

# Longer than one ever waits; after the end of the lunar table there is none.
_LOOK_AHEAD_DAYS = 120
# The longest a lunar month is: what meets on this day meets on the last day of every month.
_LAST_LUNAR_DAY = 30


@dataclass(frozen=True)
class LunarDay:
    """A day of the Vietnamese calendar; `leap` in the month that repeats its number."""

    year: int
    month: int
    day: int
    leap: bool = False


def branch_of(day: date) -> int:
    """The branch of a day in the cycle of twelve, 0 (Tý, rat) to 11 (Hợi, pig)."""
    return (day.toordinal() + _JULIAN_DAY_OF_ORDINAL + 1) % 12


@cache
def _months() -> tuple[tuple[int, int, int, bool], ...]:
    """(ordinal of the first day, year, month, leap) of each lunar month, and one line more where the table ends."""
    found = []
    start = LUNAR_FIRST_DAY.toordinal()
    for place in range(0, len(LUNAR_YEARS), _DIGITS_A_YEAR):
        year = LUNAR_FIRST_YEAR + place // _DIGITS_A_YEAR
        leap = int(LUNAR_YEARS[place], 16)
        long_months = int(LUNAR_YEARS[place + 1 : place + _DIGITS_A_YEAR], 16)
        for position in range(13 if leap else 12):
            repeats = 0 < leap <= position
            found.append((start, year, position + 1 - repeats, leap > 0 and position == leap))
            start += 29 + (long_months >> position & 1)
    return (*found, (start, 0, 0, False))


def lunar_of(day: date) -> LunarDay | None:
    """The lunar day; None before 5 February 2000 and after the lunar year 2100."""
    months = _months()
    ordinal = day.toordinal()
    if not months[0][0] <= ordinal < months[-1][0]:
        return None
    start, year, month, leap = next(line for line in reversed(months) if line[0] <= ordinal)
    return LunarDay(year, month, ordinal - start + 1, leap)


def market_days(rule: str, since: date) -> Iterator[date]:
    """The days of a rule (`server/entities/market.py`) from `since` on, which may be one of them."""
    kind, _, text = rule.partition(":")
    if kind == "dates":
        yield from (day for day in map(date.fromisoformat, text.split(",")) if day >= since)
        return
    numbers = {int(number) for number in text.split(",")}
    quiet_days, day = 0, since
    while quiet_days < _LOOK_AHEAD_DAYS:
        quiet_days += 1
        if numbers.intersection(_numbers_of(kind, day)):
            quiet_days = 0
            yield day
        day += timedelta(days=1)


def _numbers_of(kind: str, day: date) -> tuple[int, ...]:
    if kind == "zodiac":
        return (branch_of(day),)
    if kind == "weekday":
        return (day.isoweekday(),)
    lunar = lunar_of(day)
    if lunar is None:
        return ()
    tomorrow = lunar_of(day + timedelta(days=1))
    is_last = tomorrow is None or tomorrow.day == 1
    return (lunar.day, _LAST_LUNAR_DAY) if is_last else (lunar.day,)
