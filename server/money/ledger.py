"""What accounts come to: pure, in whole đồng.

Every day lies in one period. Periods end where seasons end, so a day between two seasons belongs to the later one, and
what follows the last season is a period without one. The statements of a closed season are written down once: what is
owed at its end is then what they say, and the difference to what the records say by now is told as late in the period
that follows (docs/decisions/0018-a-closed-season-stands.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, astuple, dataclass
from itertools import pairwise
from typing import Any
from uuid import UUID, uuid5


@dataclass(frozen=True, slots=True)
class Totals:
    """What some records of one account add up to. A sale is in one of the three: `with_member` (who has the money),
    `with_coop`, or `on_credit` (the buyer has it still)."""

    opening_vnd: int = 0
    with_member_vnd: int = 0
    with_coop_vnd: int = 0
    on_credit_vnd: int = 0
    advances_vnd: int = 0
    payouts_vnd: int = 0

    def __add__(self, other: Totals) -> Totals:
        return Totals(*map(sum, zip(astuple(self), astuple(other), strict=True)))

    @property
    def sold_vnd(self) -> int:
        return self.with_member_vnd + self.with_coop_vnd + self.on_credit_vnd

    @property
    def owed_vnd(self) -> int:
        """What they add to what the co-operative owes."""
        return self.opening_vnd + self.with_coop_vnd - self.advances_vnd - self.payouts_vnd


def sale_part(payment: str, money_with: str, settled: bool | None) -> str:
    """The part of Totals that a live sale is in."""
    if payment == "credit" and not settled:
        return "on_credit_vnd"
    return "with_coop_vnd" if money_with == "coop" else "with_member_vnd"


PAYMENT_PARTS = {"opening": "opening_vnd", "advance": "advances_vnd", "payout": "payouts_vnd"}


@dataclass(frozen=True, slots=True)
class Season:
    id: str
    name: str
    starts_on: str
    ends_on: str
    closed: bool


@dataclass(frozen=True, slots=True)
class Period:
    """The days after `after` up to and with `until`; None: without end. `before` is the season that ends at `after`."""

    season: Season | None
    before: Season | None
    after: str | None
    until: str | None

    def has(self, day: str) -> bool:
        return (self.after is None or day > self.after) and (self.until is None or day <= self.until)


def periods(seasons: Iterable[Season]) -> list[Period]:
    """Every day's period, in the order of time."""
    ordered = sorted(seasons, key=lambda season: (season.ends_on, season.id))
    ends = [None, *ordered, None]
    return [
        Period(season, before, before.ends_on if before else None, season.ends_on if season else None)
        for before, season in pairwise(ends)
    ]


@dataclass(frozen=True, slots=True)
class Statement:
    """One account in one period. `before` was owed when it began; `late` came for before, after that was closed."""

    before_vnd: int
    late_vnd: int
    during: Totals

    @property
    def owed_vnd(self) -> int:
        return self.before_vnd + self.late_vnd + self.during.owed_vnd


def statement(ever: Totals, during: Totals, closed_owed_vnd: int | None) -> Statement:
    """From what the records say by now of all days up to the period's end and of its own; `closed_owed_vnd` is what the
    season before says that it owed when it was closed, None while it is not."""
    earlier_vnd = ever.owed_vnd - during.owed_vnd
    before = earlier_vnd if closed_owed_vnd is None else closed_owed_vnd
    return Statement(before, earlier_vnd - before, during)


def statement_values(season_id: UUID, statements: Mapping[str | None, Statement]) -> dict[str, dict[str, Any]]:
    """The records that a closed season leaves, by id: closed again, it would leave the same ones."""
    return {
        str(uuid5(season_id, account or "own")): {
            "season_id": str(season_id),
            "member_id": account,
            "before_vnd": one.before_vnd,
            "late_vnd": one.late_vnd,
            "owed_vnd": one.owed_vnd,
            **asdict(one.during),
        }
        for account, one in statements.items()
    }


def seasons_closed(seasons: Iterable[Season]) -> list[Season]:
    """In the order of time."""
    return sorted((season for season in seasons if season.closed), key=lambda season: (season.ends_on, season.id))
