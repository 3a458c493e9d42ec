"""What was paid for one kind of goods, week by week."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from server.reports.asked import COUNT, HOUR, SALE, Asked, Rows, day_of_hour, live_sales
from server.reports.sales import by_goods, goods_key
from server.viewer import Viewer


def by_week(session: Session, viewer: Viewer, asked: Asked) -> Rows:
    """The lowest and highest price asked, and the average that was paid for a unit. Weeks begin on Monday.

    Without `goods` it is the goods that brought the most; each row says which.
    """
    spelled = _spelled(session, viewer, asked)
    if not spelled:
        return []
    weeks: dict[str, dict[str, Any]] = {}
    for row in _hours(session, viewer, asked, spelled):
        day = date.fromisoformat(day_of_hour(row["hour"]))
        monday = (day - timedelta(days=day.weekday())).isoformat()
        new = {"count": 0, "low_vnd": row["low"], "high_vnd": row["high"], "total": 0, "quantity": 0}
        week = weeks.setdefault(monday, {"week": monday, **new})
        week["count"] += row["count"]
        week["low_vnd"] = min(week["low_vnd"], row["low"])
        week["high_vnd"] = max(week["high_vnd"], row["high"])
        week["total"] += int(row["total"])
        week["quantity"] += int(row["quantity"])
    said = dict(zip(("product_name", "unit"), spelled[0], strict=True))
    return [
        {**weeks[monday], **said, "mean_vnd": weeks[monday]["total"] * 1000 // weeks[monday]["quantity"]}
        for monday in sorted(weeks)
    ]


def _spelled(session: Session, viewer: Viewer, asked: Asked) -> list[tuple[str, str]]:
    """The goods and their unit, in every spelling that sales have; the most usual first."""
    if not asked.goods:
        best = next(iter(by_goods(session, viewer, asked)), None)
        return _spelled(session, viewer, replace(asked, goods=best["product_name"], unit=best["unit"])) if best else []
    wanted = goods_key(asked.goods, asked.unit or "")
    names = (SALE.c.product_name, SALE.c.unit)
    query = select(*names).where(*live_sales(viewer, asked)).group_by(*names).order_by(COUNT.desc())
    return [(name, unit) for name, unit in session.execute(query) if goods_key(name, unit) == wanted]


def _hours(session: Session, viewer: Viewer, asked: Asked, spelled: list[tuple[str, str]]) -> Rows:
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
