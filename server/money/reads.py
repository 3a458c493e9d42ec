"""Reading what statements are made of: records added up by the database, per member, between two days of Hanoi."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Column, ColumnElement, Table, and_, case, func, select
from sqlalchemy.orm import Session

from server.database import now_ms
from server.entities import DEFINITIONS
from server.lists import MILLION
from server.money.ledger import PAYMENT_PARTS, Period, Season, Statement, Totals, periods, statement
from server.problems import NotFoundError
from server.rows import SET_TO_NULL

SALE, PAYMENT, SEASON = (DEFINITIONS[name].table for name in ("sale", "payment", "season"))
STATEMENT, MEMBER = DEFINITIONS["statement"].table, DEFINITIONS["member"].table
# Midnight in Hanoi, in UTC of the day before. Without seconds' fractions and `Z` it is before all that it begins.
MIDNIGHT = "T17:00:00"

# Whose account: a member's id, or None for the co-operative's own goods.
Accounts = dict[str | None, Totals]


@dataclass(frozen=True, slots=True)
class Line:
    """One account's statement, with the name of whose it is (empty: the co-operative's own)."""

    member_id: str | None
    name: str
    village: str
    statement: Statement


def today() -> str:
    return (datetime.fromtimestamp(now_ms() / 1000, UTC) + timedelta(hours=7)).date().isoformat()


def seasons(session: Session, coop_id: str) -> list[Season]:
    query = select(SEASON).where(SEASON.c.coop_id == coop_id, SEASON.c.complete.is_(True))
    rows = session.execute(query.order_by(SEASON.c.ends_on, SEASON.c.id)).mappings()
    return [Season(row["id"], row["name"], row["starts_on"], row["ends_on"], bool(row["closed"])) for row in rows]


def period_of(session: Session, coop_id: str, season_id: str | None) -> Period:
    """A season's period; of None the one that today is in. Raises NotFoundError."""
    day = today()
    for period in periods(seasons(session, coop_id)):
        if period.has(day) if season_id is None else (period.season and period.season.id == season_id):
            return period
    raise NotFoundError


def days(column: Column[Any], after: str | None, until: str | None) -> list[ColumnElement[bool]]:
    """Instants after one day and up to the end of another."""
    found: list[ColumnElement[bool]] = []
    if after is not None:
        found.append(column >= after + MIDNIGHT)
    if until is not None:
        found.append(column < until + MIDNIGHT)
    return found


def live(table: Table) -> ColumnElement[bool]:
    if table is SALE:
        return SALE.c.counts.is_(True)
    return and_(table.c.complete.is_(True), table.c.voided.is_not(True))


def totals(session: Session, coop_id: str, after: str | None, until: str | None) -> Accounts:
    """Every account that has something between these days."""
    found: dict[str | None, Totals] = defaultdict(Totals)
    part = case(
        (and_(SALE.c.payment == "credit", SALE.c.settled.is_not(True)), "on_credit_vnd"),
        (SALE.c.money_with == "coop", "with_coop_vnd"),
        else_="with_member_vnd",
    )
    when = days(SALE.c.sold_at, after, until)
    for member_id, name, vnd in _added(session, SALE, coop_id, part, SALE.c.total_vnd, when):
        found[member_id] += Totals(**{name: vnd})
    when = days(PAYMENT.c.paid_at, after, until)
    for member_id, kind, vnd in _added(session, PAYMENT, coop_id, PAYMENT.c.kind, PAYMENT.c.amount_vnd, when):
        found[member_id] += Totals(**{PAYMENT_PARTS[kind]: vnd})
    return found


def _added(
    session: Session,
    table: Table,
    coop_id: str,
    key: ColumnElement[Any],
    vnd: Column[Any],
    when: list[ColumnElement[bool]],
) -> Iterator[tuple[str | None, str, int]]:
    """Sums in two parts: those of the largest amounts are more than 64 bits hold."""
    query = select(table.c.member_id, key, func.sum(vnd // MILLION), func.sum(vnd % MILLION))
    query = query.where(table.c.coop_id == coop_id, live(table), *when).group_by(table.c.member_id, key)
    for member_id, name, millions, rest in session.execute(query):
        yield (None if member_id == SET_TO_NULL else member_id), name, int(millions) * MILLION + int(rest)


def written(session: Session, coop_id: str, season_id: str) -> dict[str | None, Statement]:
    """The statements of a closed season, as they were written down."""
    query = select(STATEMENT).where(STATEMENT.c.coop_id == coop_id, STATEMENT.c.season_id == season_id)
    found: dict[str | None, Statement] = {}
    for row in session.execute(query.where(STATEMENT.c.complete.is_(True))).mappings():
        during = Totals(**{name: row[name] for name in asdict(Totals())})
        account = None if row["member_id"] == SET_TO_NULL else row["member_id"]
        found[account] = Statement(row["before_vnd"], row["late_vnd"], during)
    return found


def statements(session: Session, coop_id: str, period: Period) -> dict[str | None, Statement]:
    """Every account that has something in the period or from before it."""
    if period.season is not None and period.season.closed:
        return written(session, coop_id, period.season.id)
    earlier = totals(session, coop_id, None, period.after) if period.after else {}
    during = totals(session, coop_id, period.after, period.until)
    before = period.before
    closed = written(session, coop_id, before.id) if before is not None and before.closed else None
    accounts = {*earlier, *during, *(closed or ())}
    none = Totals()
    return {
        account: statement(
            earlier.get(account, none),
            during.get(account, none),
            _owed_of(account, closed) if closed is not None else None,
        )
        for account in accounts
    }


def _owed_of(account: str | None, closed: Mapping[str | None, Statement]) -> int:
    return closed[account].owed_vnd if account in closed else 0


def owed_now(session: Session, coop_id: str) -> dict[str, int]:
    """What each member is owed by all that is recorded."""
    accounts = totals(session, coop_id, None, None)
    return {id: account.owed_vnd for id, account in accounts.items() if id is not None}


def members(session: Session, coop_id: str) -> dict[str, Mapping[str, Any]]:
    """Those that have a member record, by id: `name`, `village`, `active`."""
    query = select(MEMBER.c.id, MEMBER.c.name, MEMBER.c.village, MEMBER.c.active)
    rows = session.execute(query.where(MEMBER.c.coop_id == coop_id, MEMBER.c.complete.is_(True))).mappings()
    return {row["id"]: dict(row) for row in rows}


def lines(session: Session, coop_id: str, period: Period) -> list[Line]:
    """Every statement of a period by name, the co-operative's own last."""
    people = members(session, coop_id)
    found = []
    for account, one in statements(session, coop_id, period).items():
        person = people.get(account or "", {})
        found.append(Line(account, person.get("name") or "", person.get("village") or "", one))
    return sorted(found, key=lambda line: (line.member_id is None, line.name.casefold(), line.member_id or ""))
