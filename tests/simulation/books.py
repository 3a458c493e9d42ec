"""What the co-operative owes: as the office reckons it from its database, and as it follows from what people wrote."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime, timedelta
from functools import cache
from typing import NamedTuple

from sqlalchemy import Engine, create_engine
from sqlalchemy.orm import Session

from server.database import Base
from server.entities import DEFINITIONS
from server.money import reads
from server.money.ledger import Season, Statement, Totals, periods
from server.rows import record_row
from sync.mutation import Entry
from sync.rules import MANAGER
from sync.store import MemoryStore
from tests.simulation.violation import require

COOP = "the co-operative"
READ = ("sale", "payment", "season", "statement")


class Fact(NamedTuple):
    """Money that somebody wrote down: whose account, which day in Hanoi, which part of it."""

    account: str | None
    day: str
    part: str
    vnd: int


@cache
def _office() -> Engine:
    """A database in memory, empty but in a transaction that is never committed."""
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine, tables=[DEFINITIONS[name].table for name in READ])
    return engine


def _put(session: Session, store: MemoryStore) -> None:
    for name in READ:
        definition = DEFINITIONS[name]
        rows = [record_row(COOP, definition, row) for row in store.rows.values() if row.entity == name]
        if rows:
            session.execute(definition.table.insert(), rows)


def to_close(store: MemoryStore, today: str) -> tuple[Season, dict[str | None, Statement]] | None:
    """The first season that is open, if it has ended, and what every account comes to in it."""
    with Session(_office()) as session:
        _put(session, store)
        for period in periods(reads.seasons(session, COOP)):
            if period.season is None or period.season.ends_on >= today:
                return None
            if not period.season.closed:
                return period.season, reads.statements(session, COOP, period)
    return None


def accounts_add_up(store: MemoryStore) -> None:
    """Each account is what its sales and payments come to, day by day."""
    with Session(_office()) as session:
        _put(session, store)
        cuts = periods(reads.seasons(session, COOP))
        parts = [reads.totals(session, COOP, period.after, period.until) for period in cuts]
        now = reads.statements(session, COOP, cuts[-1])
    facts = [*_sales(store), *_payments(store)]
    for period, (ever, during) in zip(cuts, parts, strict=True):
        until = [fact for fact in facts if period.until is None or fact.day <= period.until]
        for read, recorded in ((ever, until), (during, [fact for fact in until if period.has(fact.day)])):
            same = _with_something(read) == _with_something(_added(recorded))
            require(same, "an account does not add up", period, read, recorded)
    for account, all_time in _added(facts).items():
        said = asdict(all_time)
        owed = said["opening_vnd"] + said["with_coop_vnd"] - said["advances_vnd"] - said["payouts_vnd"]
        require(now[account].owed_vnd == owed, "another sum is owed", account, now[account], owed)
    sold = sum(one.sold_vnd for _, during in parts for one in during.values())
    live = [row for row in store.rows.values() if row.entity == "sale" and row.derived.get("counts")]
    require(sold == sum(row.fields["total_vnd"] for row in live), "members and the co-operative sold another sum", sold)


def statements_stand(store: MemoryStore) -> None:
    """A statement adds up, and says what was signed when its season closed."""
    for row in store.rows.values():
        if row.entity == "statement" and row.complete:
            said = row.fields
            came = said["before_vnd"] + said["late_vnd"] + said["opening_vnd"] + said["with_coop_vnd"]
            require(
                said["owed_vnd"] == came - said["advances_vnd"] - said["payouts_vnd"],
                "a statement does not add up",
                said,
            )
    for entry in _accepted(store, "statement"):
        row = store.rows["statement", entry.id or ""]
        require(entry.set.items() <= row.fields.items(), "a signed statement changed", row.id, entry.set, row.fields)


def only_managers_paid(store: MemoryStore) -> None:
    for name in ("payment", "season", "statement"):
        for entry in _accepted(store, name):
            require(entry.role == MANAGER, "somebody else than a manager wrote of money", entry.key)


def _accepted(store: MemoryStore, entity: str) -> list[Entry]:
    return [entry for entry in store.log.values() if entry.entity == entity and entry.accepted]


def _sales(store: MemoryStore) -> Iterator[Fact]:
    """One for each family; that the right one counts is another invariant's."""
    for row in store.rows.values():
        if row.entity == "sale" and row.derived.get("counts"):
            said = row.fields
            debt = said["payment"] == "credit" and not said.get("settled")
            part = "on_credit_vnd" if debt else f"with_{said['money_with']}_vnd"
            yield Fact(said["member_id"], _day(said["sold_at"]), part, said["total_vnd"])


def _payments(store: MemoryStore) -> Iterator[Fact]:
    """From the log, not from the rows."""
    said: dict[str, dict[str, object]] = {}
    for entry in sorted(_accepted(store, "payment"), key=lambda entry: entry.seq):
        held = said.setdefault(entry.id or "", {})
        held.update({name: value for name, value in entry.set.items() if name not in held})
    for values in said.values():
        if DEFINITIONS["payment"].rules.required <= values.keys() and not values.get("voided"):
            part = {"opening": "opening_vnd", "advance": "advances_vnd", "payout": "payouts_vnd"}[str(values["kind"])]
            yield Fact(str(values["member_id"]), _day(str(values["paid_at"])), part, int(str(values["amount_vnd"])))


def _day(instant: str) -> str:
    return (datetime.fromisoformat(instant) + timedelta(hours=7)).date().isoformat()


def _with_something(accounts: dict[str | None, Totals]) -> dict[str | None, Totals]:
    return {account: one for account, one in accounts.items() if one != Totals()}


def _added(facts: list[Fact]) -> dict[str | None, Totals]:
    found: dict[str | None, Totals] = {}
    for fact in facts:
        found[fact.account] = found.get(fact.account, Totals()) + Totals(**{fact.part: fact.vnd})
    return found
