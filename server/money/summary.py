"""A month of the co-operative for all its members: what was sold, paid and is owed in all, and nobody's name."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from server.board.records import write
from server.database import now_ms
from server.entities.values import MOST_GOODS
from server.lists import MILLION
from server.money.ledger import Totals
from server.money.reads import SALE, days, live, members, totals
from server.reconcile import own_author
from sync.review import instant


def publish(session: Session, coop_id: str, month: str) -> dict[str, Any]:
    """Reckon a month (its first day) and let every phone have it; published again it says what is true by now."""
    own_author(session, coop_id)
    values = summary(session, coop_id, month)
    write(session, coop_id, "summary", {str(uuid5(UUID(coop_id), f"summary {month}")): values})
    return values


def summary(session: Session, coop_id: str, month: str) -> dict[str, Any]:
    first = date.fromisoformat(month)
    after = (first - timedelta(days=1)).isoformat()
    until = first.replace(day=monthrange(first.year, first.month)[1]).isoformat()
    ever, month_of = totals(session, coop_id, after, until)
    during = sum(month_of.values(), Totals())
    goods, sales = _goods(session, coop_id, after, until)
    return {
        "month": month,
        "made_at": instant(now_ms()),
        "members": sum(person["active"] is not False for person in members(session, coop_id).values()),
        "sales": sales,
        "sold_vnd": during.sold_vnd,
        "with_coop_vnd": during.with_coop_vnd,
        "on_credit_vnd": during.on_credit_vnd,
        "paid_vnd": during.advances_vnd + during.payouts_vnd,
        "owed_vnd": sum(account.owed_vnd for id, account in ever.items() if id is not None),
        "goods": goods,
    }


def _goods(session: Session, coop_id: str, after: str, until: str) -> tuple[list[dict[str, Any]], int]:
    """By goods, those that brought most first, the smallest together; and how many sales there were."""
    name, unit, vnd = SALE.c.product_name, SALE.c.unit, SALE.c.total_vnd
    sums = (func.sum(vnd // MILLION), func.sum(vnd % MILLION), func.sum(SALE.c.quantity_milli), func.count())
    query = select(name, unit, *sums).where(SALE.c.coop_id == coop_id, live(SALE), *days(SALE.c.sold_at, after, until))
    rows = [
        {
            "product_name": product_name,
            "unit": its_unit,
            "quantity_milli": int(milli),
            "total_vnd": int(millions) * MILLION + int(rest),
            "sales": count,
        }
        for product_name, its_unit, millions, rest, milli, count in session.execute(query.group_by(name, unit))
    ]
    rows.sort(key=lambda goods: (-goods["total_vnd"], goods["product_name"], goods["unit"]))
    most, rest_of = (rows, []) if len(rows) <= MOST_GOODS else (rows[: MOST_GOODS - 1], rows[MOST_GOODS - 1 :])
    if rest_of:
        added = {key: sum(goods[key] for goods in rest_of) for key in ("total_vnd", "sales")}
        most = [*most, {"product_name": "", "unit": "", "quantity_milli": 0, **added}]
    return most, sum(goods["sales"] for goods in rows)
