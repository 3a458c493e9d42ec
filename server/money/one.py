"""One account in one period, in full: goods delivered and sold, sales whose money is or will be with the co-operative,
payments."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, and_, func, select
from sqlalchemy.orm import Session

from server.entities import DEFINITIONS
from server.lists import MILLION
from server.money.ledger import Period
from server.money.reads import MIDNIGHT, PAYMENT, SALE, days, live, of_accounts

STOCK, LISTING = DEFINITIONS["stock_entry"].table, DEFINITIONS["listing"].table
MOST = 1000


def goods(session: Session, coop_id: str, account: str | None, period: Period) -> list[dict[str, Any]]:
    """What came in and what was sold, by goods: `delivered_milli`, `sold_milli`, `total_vnd`."""
    found: dict[tuple[str, str], dict[str, Any]] = {}

    def line(name: str, unit: str) -> dict[str, Any]:
        zero = {"product_name": name, "unit": unit, "delivered_milli": 0, "sold_milli": 0, "total_vnd": 0}
        return found.setdefault((name, unit), zero)

    vnd = SALE.c.total_vnd
    sums = (func.sum(SALE.c.quantity_milli), func.sum(vnd // MILLION), func.sum(vnd % MILLION))
    sold = select(SALE.c.product_name, SALE.c.unit, *sums).where(*_mine(SALE, coop_id, account), live(SALE))
    # Not `sold_at` itself: SQLite would take the index of days, and read everybody's sales.
    sold_at = SALE.c.sold_at.concat("")
    sold = sold.where(*days(sold_at, period.after, period.until)).group_by(SALE.c.product_name, SALE.c.unit)
    for name, unit, milli, millions, rest in session.execute(sold):
        line(name, unit).update(sold_milli=int(milli), total_vnd=int(millions) * MILLION + int(rest))
    for name, unit, milli in session.execute(_delivered(coop_id, account, period)):
        line(name, unit)["delivered_milli"] = int(milli)
    return sorted(found.values(), key=lambda one: (one["product_name"].casefold(), one["unit"]))


def _delivered(coop_id: str, account: str | None, period: Period) -> Select[Any]:
    """Stock entries have no day of their own: they count for the day when they were recorded."""
    of_listing = and_(LISTING.c.coop_id == STOCK.c.coop_id, LISTING.c.id == STOCK.c.listing_id)
    query = select(LISTING.c.product_name, LISTING.c.unit, func.sum(STOCK.c.quantity_milli)).join(STOCK, of_listing)
    query = query.where(*_mine(STOCK, coop_id, account), live(STOCK), STOCK.c.kind.in_(("harvest", "purchase")))
    if period.after is not None:
        query = query.where(STOCK.c.at >= _stamp(period.after))
    if period.until is not None:
        query = query.where(STOCK.c.at < _stamp(period.until))
    return query.group_by(LISTING.c.product_name, LISTING.c.unit)


def _stamp(day: str) -> str:
    """Below every stamp of what follows a day in Hanoi."""
    return f"{int(datetime.fromisoformat(f'{day}{MIDNIGHT}+00:00').timestamp() * 1000):012x}"


def payments(session: Session, coop_id: str, account: str | None, period: Period) -> list[dict[str, Any]]:
    """Those of the period, the newest first, the ones taken back too."""
    names = ("id", "kind", "amount_vnd", "paid_at", "method", "batch_id", "note", "voided", "void_reason")
    query = select(*(PAYMENT.c[name] for name in names)).where(*_mine(PAYMENT, coop_id, account))
    query = query.where(PAYMENT.c.complete.is_(True), *days(PAYMENT.c.paid_at, period.after, period.until))
    return [dict(row) for row in session.execute(query.order_by(PAYMENT.c.paid_at.desc()).limit(MOST)).mappings()]


def debts(session: Session, coop_id: str, account: str | None) -> list[dict[str, Any]]:
    """Sales on credit that are not paid yet, whenever they were, the oldest first."""
    names = ("id", "product_name", "unit", "quantity_milli", "total_vnd", "sold_at", "buyer_name", "due_on")
    query = select(*(SALE.c[name] for name in names)).where(*_mine(SALE, coop_id, account), live(SALE))
    query = query.where(SALE.c.payment == "credit", SALE.c.settled.is_not(True))
    found = [dict(row) for row in session.execute(query).mappings()]  # in no order: SQLite would take the index of days
    return sorted(found, key=lambda sale: str(sale["sold_at"]))[:MOST]


def _mine(table: Table, coop_id: str, account: str | None) -> tuple[ColumnElement[bool], ...]:
    return table.c.coop_id == coop_id, *of_accounts(table, [account])
