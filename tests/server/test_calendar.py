"""Market days and the lunar calendar: against printed calendars, astronomy, and what the phone reckons."""

import json
from datetime import date, timedelta
from itertools import islice, pairwise
from typing import Any

import astronomy
import pytest

from config import ROOT
from server.board.calendar import LUNAR_FIRST_DAY, LUNAR_YEARS, LunarDay, branch_of, lunar_of, market_days

VECTORS: dict[str, list[Any]] = json.loads((ROOT / "tests/vectors/calendar.json").read_text(encoding="utf-8"))
LAST_DAY = date(2101, 1, 28)
UTC7_DAYS = 7 / 24
# So near to midnight astronomers, who have to guess how the earth will turn, may put a new moon on either day.
UNSURE_DAYS = 2 / (24 * 60)


@pytest.mark.parametrize("line", VECTORS["days"], ids=lambda line: line["day"])
def test_a_day_has_its_branch_and_its_lunar_day(line: dict[str, Any]) -> None:
    day = date.fromisoformat(line["day"])
    assert branch_of(day) == line["branch"]
    assert day.isoweekday() == line["weekday"]
    assert lunar_of(day) == (LunarDay(**line["lunar"]) if line["lunar"] else None)


@pytest.mark.parametrize("text", VECTORS["new_years"])
def test_the_lunar_year_begins_when_people_celebrate_it(text: str) -> None:
    day = date.fromisoformat(text)
    assert lunar_of(day) == LunarDay(day.year, 1, 1)


@pytest.mark.parametrize("line", VECTORS["markets"], ids=lambda line: line["name"])
def test_markets_meet_on_the_days_of_their_rule(line: dict[str, Any]) -> None:
    found = islice(market_days(line["rule"], date.fromisoformat(line["since"])), 5)
    assert [str(day) for day in found] == line["days"]


def test_every_lunar_month_of_the_table_begins_at_a_new_moon() -> None:
    starts = [day for day in _days() if (lunar := lunar_of(day)) and lunar.day == 1]
    moon = astronomy.Time.Make(2000, 1, 20, 0, 0, 0)
    for start in starts:
        found = astronomy.SearchMoonPhase(0, moon, 40)
        assert found is not None
        into_the_day = found.ut + UTC7_DAYS - _midnight(start)
        assert -UNSURE_DAYS <= into_the_day < 1 + UNSURE_DAYS, start
        moon = found.AddDays(20)


def test_a_leap_month_is_the_first_without_a_solar_term_between_two_winter_solstices() -> None:
    months = [(day, lunar) for day in _days() if (lunar := lunar_of(day)) and lunar.day == 1]
    terms = [_solar_term(day) for day, _ in months]
    plain = [a == b for a, b in pairwise(terms)]
    winters = [place for place, (_, lunar) in enumerate(months) if lunar.month == 11 and not lunar.leap]
    for winter, next_winter in pairwise(winters):
        leap = [place for place in range(winter + 1, next_winter) if months[place][1].leap]
        expected = [place for place in range(winter + 1, next_winter) if plain[place]][: next_winter - winter - 12]
        assert leap == expected, months[winter]


def test_the_phone_has_the_same_table() -> None:
    source = (ROOT / "pwa/src/calendar/lunar.ts").read_text(encoding="utf-8")
    digits = source[source.index("const YEARS") :].split("export")[0]
    assert "".join(part for part in digits.split("'")[1::2]) == LUNAR_YEARS


def _days() -> list[date]:
    return [LUNAR_FIRST_DAY + timedelta(days=n) for n in range((LAST_DAY - LUNAR_FIRST_DAY).days + 1)]


def _midnight(day: date) -> float:
    """Days since noon of 1 January 2000, as astronomy counts them, by the local clock."""
    return day.toordinal() - date(2000, 1, 1).toordinal() - 0.5


def _solar_term(day: date) -> int:
    """Which twelfth of its year the sun is in when the day begins in Vietnam."""
    return int(astronomy.SunPosition(astronomy.Time(_midnight(day) - UTC7_DAYS)).elon // 30)
