"""Reading what statements are made of: records added up by the database, per member, between two days of Hanoi."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, case, func, select
from sqlalchemy.orm import Session

from server.database import now_ms
from server.entities import DEFINITIONS
from server.lists import MILLION
from server.money.ledger import PAYMENT_PARTS, Period, Season, Statement, Totals, periods, sale_part, statement
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


def seasons_of(session: Session, coops: Collection[str]) -> dict[str, list[Season]]:
    """Of each of these co-operatives, in the order of time."""
    found: dict[str, list[Season]] = {coop_id: [] for coop_id in coops}
    query = select(SEASON).where(SEASON.c.coop_id.in_(coops), SEASON.c.complete.is_(True))
    for row in session.execute(query.order_by(SEASON.c.ends_on, SEASON.c.id)).mappings():
        season = Season(row["id"], row["name"], row["starts_on"], row["ends_on"], bool(row["closed"]))
        found[row["coop_id"]].append(season)
    return found


def seasons(session: Session, coop_id: str) -> list[Season]:
    return seasons_of(session, [coop_id])[coop_id]


def period_now(seasons: Iterable[Season]) -> Period:
    """The period that today is in."""
    day = today()
    return next(period for period in periods(seasons) if period.has(day))


def period_of(session: Session, coop_id: str, season_id: str | None) -> Period:
    """A season's period; of None the one that today is in. Raises NotFoundError."""
    known = seasons(session, coop_id)
    if season_id is None:
        return period_now(known)
    for period in periods(known):
        if period.season and period.season.id == season_id:
            return period
    raise NotFoundError


def days(column: ColumnElement[str], after: str | None, until: str | None) -> list[ColumnElement[bool]]:
    """Instants after one day and up to the end of another."""
    found: list[ColumnElement[bool]] = []
    if after is not None:
        found.append(column >= after + MIDNIGHT)
    if until is not None:
        found.append(column < until + MIDNIGHT)
    return found


def live(table: Table) -> ColumnElement[bool]:
    if table is SALE:
        return and_(SALE.c.counts.is_(True), SALE.c.complete.is_(True))
    return and_(table.c.complete.is_(True), table.c.voided.is_not(True))


def of_accounts(table: Table, accounts: Collection[str | None] | None) -> list[ColumnElement[bool]]:
    """The records of these accounts; None: of every one."""
    if accounts is None:
        return []
    return [table.c.member_id.in_([SET_TO_NULL if account is None else account for account in accounts])]


def totals(
    session: Session,
    coop_id: str,
    after: str | None,
    until: str | None,
    accounts: Collection[str | None] | None = None,
) -> tuple[Accounts, Accounts]:
    """Of every account, or of those that are asked for: all up to the day `until`, and of that since `after`."""
    ever: dict[str | None, Counter[str]] = defaultdict(Counter)
    since: dict[str | None, Counter[str]] = defaultdict(Counter)
    for _, account, part, ever_vnd, since_vnd in added(session, [coop_id], after, until, accounts):
        ever[account][part] += ever_vnd
        since[account][part] += since_vnd
    return _totals(ever), _totals(since)


def _totals(accounts: Mapping[str | None, Mapping[str, int]]) -> Accounts:
    return {account: Totals(**parts) for account, parts in accounts.items()}


def added(
    session: Session,
    coops: Collection[str],
    after: str | None,
    until: str | None,
    accounts: Collection[str | None] | None = None,
) -> Iterator[tuple[str, str | None, str, int, int]]:
    """Records added up: co-operative, account, part of Totals, đồng up to the day `until`, and of that since `after`.

    A part may come several times: the database adds up what is alike in all that `sale_part` asks, in the order of the
    index ix_sale_counts, which has all of it. Both sums in one go, since each reads every sale there ever was.
    """
    for table, when, vnd, names in (
        (SALE, SALE.c.sold_at, SALE.c.total_vnd, ("payment", "money_with", "settled")),
        (PAYMENT, PAYMENT.c.paid_at, PAYMENT.c.amount_vnd, ("kind",)),
    ):
        keys = [table.c[name] for name in ("coop_id", "member_id", *names)]
        # In two parts: a sum of the largest amounts is more than 64 bits hold.
        halves: list[ColumnElement[Any]] = [vnd // MILLION, vnd % MILLION]
        if after is not None:
            halves += [case((when >= after + MIDNIGHT, half), else_=0) for half in halves]
        query = select(*keys, *(func.sum(half) for half in halves)).group_by(*keys)
        mine = (table.c.coop_id.in_(coops), live(table), *of_accounts(table, accounts), *days(when, None, until))
        for coop_id, member_id, *found in session.execute(query.where(*mine)):
            said, halved = found[: len(names)], [int(half) for half in found[len(names) :]]
            part = sale_part(*said) if table is SALE else PAYMENT_PARTS[said[0]]
            ever, since = (millions * MILLION + rest for millions, rest in (halved[:2], halved[-2:]))
            yield coop_id, (None if member_id == SET_TO_NULL else member_id), part, ever, since


def written(
    session: Session, coop_id: str, season_id: str, accounts: Collection[str | None] | None = None
) -> dict[str | None, Statement]:
    """The statements of a closed season, as they were written down."""
    mine = (STATEMENT.c.coop_id == coop_id, STATEMENT.c.season_id == season_id, *of_accounts(STATEMENT, accounts))
    found: dict[str | None, Statement] = {}
    for row in session.execute(select(STATEMENT).where(*mine, STATEMENT.c.complete.is_(True))).mappings():
        during = Totals(**{name: row[name] for name in asdict(Totals())})
        account = None if row["member_id"] == SET_TO_NULL else row["member_id"]
        found[account] = Statement(row["before_vnd"], row["late_vnd"], during)
    return found


def statements(
    session: Session, coop_id: str, period: Period, asked: Collection[str | None] | None = None
) -> dict[str | None, Statement]:
    """Every account that has something in the period or from before it, or those that are asked for."""
    if period.season is not None and period.season.closed:
        return written(session, coop_id, period.season.id, asked)
    ever, during = totals(session, coop_id, period.after, period.until, asked)
    before = period.before
    closed = written(session, coop_id, before.id, asked) if before is not None and before.closed else None
    none = Totals()
    return {
        account: statement(
            ever.get(account, none),
            during.get(account, none),
            _owed_of(account, closed) if closed is not None else None,
        )
        for account in {*ever, *(closed or ())}
    }


def _owed_of(account: str | None, closed: Mapping[str | None, Statement]) -> int:
    return closed[account].owed_vnd if account in closed else 0


def owed_now(session: Session, coop_id: str, members: Collection[str] | None = None) -> dict[str, int]:
    """What each member is owed by all that is recorded, or those that are asked for."""
    accounts, _ = totals(session, coop_id, None, None, members)
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
