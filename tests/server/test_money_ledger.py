"""Accounts add up whatever is recorded, taken back, corrected or comes late, and a closed season stands."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from server.accounts import create_coop
from server.database import new_id, now_ms, reading, writing
from server.money import commands, late, reads
from server.money.ledger import Season, Statement, Totals, periods, statement_values
from server.problems import InvalidError
from server.reports import money
from server.reports.asked import Asked
from server.viewer import Viewer
from tests.server.commune import PLACE, Commune
from tests.sync.village import Phone, sale_of

SUMMER = Season("01990000-0000-7000-8000-00000000000a", "Vụ hè", "2026-07-01", "2026-08-31", False)
AUTUMN = Season("01990000-0000-7000-8000-00000000000b", "Vụ thu", "2026-09-01", "2026-10-31", False)
DAYS = ("2026-06-30", "2026-07-15", "2026-08-31", "2026-09-01", "2026-10-31", "2026-11-15")
ACTIONS = ("sell", "sell", "sell", "void", "correct", "settle", "pay", "unpay", "close")


@dataclass
class Year:
    """A co-operative's year by one manager's phone and the office; `live` is what should count, naively."""

    commune: Commune
    office: Phone
    rng: random.Random
    people: list[str | None] = field(default_factory=list)
    sales: dict[str, dict[str, Any]] = field(default_factory=dict)
    paid: dict[str, dict[str, Any]] = field(default_factory=dict)
    closed: dict[str, Any] = field(default_factory=dict)

    @property
    def coop_id(self) -> str:
        return self.commune.coop_id

    def do(self, action: str) -> None:
        live = [id for id, sale in self.sales.items() if not sale.get("gone")]
        if action == "sell":
            self.sell()
        elif action in ("void", "correct") and live:
            id = self.rng.choice(live)
            self.sales[id]["gone"] = True
            self.office.record("sale", {"voided": True, "void_reason": "x"}, id)
            if action == "correct":
                old = self.sales[id]
                self.sell(replaces_id=id, member_id=old["member_id"], sold_at=old["sold_at"])
        elif action == "settle" and live:
            id = self.rng.choice(live)
            self.sales[id]["settled"] = True
            self.office.record("sale", {"settled": True}, id)
        elif action == "pay":
            self.pay()
        elif action == "unpay" and (standing := [id for id, one in self.paid.items() if not one.get("gone")]):
            id = self.rng.choice(standing)
            self.paid[id]["gone"] = True
            self.office.record("payment", {"voided": True, "void_reason": "x"}, id)
        elif action == "close":
            self.close()
        self.office.sync()

    def sell(self, **extra: Any) -> None:
        values = {
            **sale_of(self.rng.choice(self.people)),
            "total_vnd": self.rng.choice((0, 1, 10**6, 10**15)),
            "sold_at": self.instant(),
            "payment": self.rng.choice(("cash", "transfer", "credit")),
            "money_with": self.rng.choice(("member", "coop")),
            **extra,
        }
        self.sales[self.office.record("sale", values)["id"]] = values

    def pay(self) -> None:
        kind = self.rng.choice(("opening", "advance", "payout"))
        vnd = self.rng.choice((1, 500_000)) * (self.rng.choice((1, -1)) if kind == "opening" else 1)
        member_id = self.rng.choice([id for id in self.people if id])
        values = {"member_id": member_id, "kind": kind, "amount_vnd": vnd, "paid_at": self.instant()}
        self.paid[self.office.record("payment", values)["id"]] = values

    def close(self) -> None:
        season = SUMMER if SUMMER.id not in self.closed else AUTUMN
        if season.id not in self.closed:
            with writing() as session:
                commands.close(session, self.coop_id, season.id)
            self.closed[season.id] = self.statements(season.id)

    def instant(self) -> str:
        return f"{self.rng.choice(DAYS)}T{self.rng.choice(('00:00:00Z', '16:59:59.9Z', '17:00:00Z', '17:00:00.1Z'))}"

    def statements(self, season_id: str | None) -> Any:
        with reading() as session:
            period = reads.period_of(session, self.coop_id, season_id)
            return reads.statements(session, self.coop_id, period)

    def expected(self) -> dict[str | None, Totals]:
        """Every account by all that counts."""
        found: dict[str | None, Totals] = {}
        for sale in self.sales.values():
            if sale.get("gone"):
                continue
            unpaid = sale["payment"] == "credit" and not sale.get("settled")
            part = "on_credit_vnd" if unpaid else f"with_{sale['money_with']}_vnd"
            account = sale["member_id"]
            found[account] = found.get(account, Totals()) + Totals(**{part: sale["total_vnd"]})
        for one in self.paid.values():
            if not one.get("gone"):
                part = {"opening": "opening_vnd", "advance": "advances_vnd", "payout": "payouts_vnd"}[one["kind"]]
                account = one["member_id"]
                found[account] = found.get(account, Totals()) + Totals(**{part: one["amount_vnd"]})
        return found


@pytest.fixture
def place(commune: Commune) -> Commune:
    commune.now_ms = now_ms()
    return commune


def year_of(commune: Commune, seed: int) -> Year:
    """Another co-operative in the same database, with two seasons."""
    with writing() as session:
        coop_id = create_coop(session, name="HTX", place=PLACE).id
        for season in (AUTUMN, SUMMER):
            commands.write_season(session, coop_id, season)
    own = Commune(coop_id=coop_id, seed=seed, now_ms=commune.now_ms)
    year = Year(own, own.manager(), random.Random(seed))
    year.people = [None, own.id(), own.id()]
    year.office.sync()
    return year


@settings(
    max_examples=10,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(seed=st.integers(0, 2**32), actions=st.lists(st.sampled_from(ACTIONS), max_size=16))
def test_what_is_owed_and_sold_adds_up_over_members_seasons_and_late_arrivals(
    place: Commune, seed: int, actions: list[str]
) -> None:
    year = year_of(place, seed)
    for action in actions:
        year.do(action)
    year.office.sync()
    assert year.office.replica.checked
    expected, now = year.expected(), year.statements(None)
    assert {account: one.owed_vnd for account, one in now.items() if one.owed_vnd} == {
        account: one.owed_vnd for account, one in expected.items() if one.owed_vnd
    }
    with reading() as session:
        every, since_ever = reads.totals(session, year.coop_id, None, None)
        parts = [
            reads.totals(session, year.coop_id, period.after, period.until)[1]
            for period in periods(reads.seasons(session, year.coop_id))
        ]
        items = late.late(session, year.coop_id)
        [told] = money.by_coop(session, Viewer("", "admin", year.coop_id), Asked())
        alone = reads.statements(session, year.coop_id, reads.period_of(session, year.coop_id, None), [None])
    assert every == since_ever == expected
    assert alone == {account: one for account, one in now.items() if account is None}
    assert told["owed_vnd"] == sum(one.owed_vnd for account, one in now.items() if account)
    assert told["sold_vnd"] == sum(one.during.sold_vnd for one in now.values())
    assert told["paid_vnd"] == sum(one.during.advances_vnd + one.during.payouts_vnd for one in now.values())
    assert sum(one.sold_vnd for part in parts for one in part.values()) == sum(
        sale["total_vnd"] for sale in year.sales.values() if not sale.get("gone")
    )
    for season_id, statements in year.closed.items():
        assert year.statements(season_id) == statements, "what was closed stands"
    if year.closed:
        after = year.statements(AUTUMN.id if len(year.closed) == 1 else None)
        assert sum(one.late_vnd for one in after.values()) == sum(item["effect_vnd"] for item in items)


def test_a_sale_that_comes_late_is_told_as_late_in_the_next_season(place: Commune) -> None:
    year = year_of(place, 1)
    member = year.people[1]
    said = {"member_id": member, "payment": "cash", "money_with": "coop", "sold_at": "2026-08-01T02:00:00Z"}
    year.sell(**said, total_vnd=100_000)
    year.office.sync()
    year.close()
    year.sell(**said, total_vnd=30_000)
    first = next(iter(year.sales))
    year.office.record("sale", {"voided": True, "void_reason": "x"}, first)
    year.office.sync()
    summer, autumn = year.statements(SUMMER.id)[member], year.statements(AUTUMN.id)[member]
    assert (summer.owed_vnd, autumn.before_vnd, autumn.late_vnd, autumn.owed_vnd) == (100_000, 100_000, -70_000, 30_000)
    with reading() as session:
        items = late.late(session, year.coop_id)
    assert {(item["why"], item["effect_vnd"]) for item in items} == {("arrived", 30_000), ("voided", -100_000)}
    year.close()
    assert year.statements(None)[member].late_vnd == 0
    assert year.statements(None)[member].owed_vnd == 30_000


def test_a_statement_that_a_phone_brought_back_after_a_restore_stands_when_its_season_is_closed_again(
    place: Commune,
) -> None:
    year = year_of(place, 1)
    member = year.people[1]
    said = {"member_id": member, "payment": "cash", "money_with": "coop", "sold_at": "2026-08-01T02:00:00Z"}
    signed = {account: Statement(0, 0, Totals(with_coop_vnd=vnd)) for account, vnd in ((member, 70_000), (None, 0))}
    for id, values in statement_values(UUID(SUMMER.id), signed).items():
        year.office.record("statement", values, id)
    year.sell(**said, total_vnd=100_000)
    year.office.sync()
    year.close()
    assert year.statements(SUMMER.id) == signed
    autumn = year.statements(AUTUMN.id)[member]
    assert (autumn.before_vnd, autumn.late_vnd, autumn.owed_vnd) == (70_000, 30_000, 100_000)


def test_seasons_close_in_the_order_of_time_once_they_are_over(place: Commune) -> None:
    year = year_of(place, 1)
    with pytest.raises(InvalidError) as error, writing() as session:
        commands.close(session, year.coop_id, AUTUMN.id)
    assert error.value.errors == {"season": ["earlier_open"]}
    running = Season(new_id(), "Năm sau", "2026-11-01", "2027-01-31", False)
    with writing() as session:
        commands.write_season(session, year.coop_id, running)
    for _ in range(2):
        year.close()
    with pytest.raises(InvalidError) as error, writing() as session:
        commands.close(session, year.coop_id, running.id)
    assert error.value.errors == {"season": ["not_ended"]}
    with pytest.raises(InvalidError) as error, writing() as session:
        commands.write_season(session, year.coop_id, SUMMER)
    assert error.value.errors == {"season": ["closed"]}
