"""What was paid for one kind of goods, week by week."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from server.lists import Viewer
from server.reports.asked import COUNT, HOUR, SALE, Asked, Rows, day_of_hour, live_sales
from server.reports.sales import by_goods, goods_key


def by_week(session: Session, viewer: Viewer, asked: Asked) -> Rows:
    """The lowest and highest price asked, and the average that was paid for a unit. Weeks begin on Monday.

    Without `goods` it is the goods that brought the most; each row says which.
    """
    goods = by_goods(session, viewer, Asked(asked.since, asked.until))
    wanted = goods_key(asked.goods or "", asked.unit or "")
    found = next((row for row in goods if row["goods"] == wanted), None) if asked.goods else next(iter(goods), None)
    if found is None:
        return []
    weeks: dict[str, dict[str, Any]] = {}
    for row in _hours(session, viewer, asked, found):
        day = date.fromisoformat(day_of_hour(row["hour"]))
        monday = (day - timedelta(days=day.weekday())).isoformat()
        new = {"count": 0, "low_vnd": row["low"], "high_vnd": row["high"], "total": 0, "quantity": 0}
        week = weeks.setdefault(monday, {"week": monday, **new})
        week["count"] += row["count"]
        week["low_vnd"] = min(week["low_vnd"], row["low"])
        week["high_vnd"] = max(week["high_vnd"], row["high"])
        week["total"] += int(row["total"])
        week["quantity"] += int(row["quantity"])
    said = {"product_name": found["product_name"], "unit": found["unit"]}
    return [
        {**weeks[monday], **said, "mean_vnd": weeks[monday]["total"] * 1000 // weeks[monday]["quantity"]}
        for monday in sorted(weeks)
    ]


def _hours(session: Session, viewer: Viewer, asked: Asked, goods: dict[str, Any]) -> Rows:
    names = select(SALE.c.product_name, SALE.c.unit).where(*live_sales(viewer, asked)).distinct()
    spelled = [tuple(row) for row in session.execute(names) if goods_key(*row) == goods["goods"]]
    query = (
        select(
            HOUR.label("hour"),
            COUNT.label("count"),
            func.min(SALE.c.unit_price_vnd).label("low"),
            func.max(SALE.c.unit_price_vnd).label("high"),
            func.sum(SALE.c.total_vnd).label("total"),
            func.sum(SALE.c.quantity_milli).label("quantity"),
        )
        .where(
            *live_sales(viewer, asked),
            SALE.c.product_name.in_({name for name, _ in spelled}),
            SALE.c.unit.in_({unit for _, unit in spelled}),
        )
        .group_by(HOUR)
    )
    return [dict(row) for row in session.execute(query).mappings()]
