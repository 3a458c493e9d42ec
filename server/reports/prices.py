"""What was paid for one kind of goods, week by week."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import false, func, select
from sqlalchemy.orm import Session

from server import lists
from server.entities import DEFINITIONS
from server.goods import goods_key as key_of
from server.lists import Filter
from server.reports.asked import COUNT, HOUR, SALE, Asked, Rows, day_of_hour, of_coops
from server.reports.sales import by_goods, goods_key
from server.viewer import Viewer


def by_week(session: Session, viewer: Viewer, asked: Asked) -> Rows:
    """The lowest and highest price asked, and the average that was paid for a unit. Weeks begin on Monday.

    Without `goods` it is the goods that brought the most; each row says which.
    """
    if not asked.goods:
        best = next(iter(by_goods(session, viewer, asked)), None)
        if best is None:
            return []
        asked = replace(asked, goods=best["product_name"], unit=best["unit"])
    spellings: Counter[tuple[str, str]] = Counter()
    weeks: dict[str, dict[str, Any]] = {}
    for row in _hours(session, viewer, asked):
        spellings[row["product_name"], row["unit"]] += row["count"]
        day = date.fromisoformat(day_of_hour(row["hour"]))
        monday = (day - timedelta(days=day.weekday())).isoformat()
        new = {"count": 0, "low_vnd": row["low"], "high_vnd": row["high"], "total": 0, "quantity": 0}
        week = weeks.setdefault(monday, {"week": monday, **new})
        week["count"] += row["count"]
        week["low_vnd"] = min(week["low_vnd"], row["low"])
        week["high_vnd"] = max(week["high_vnd"], row["high"])
        week["total"] += int(row["total"])
        week["quantity"] += int(row["quantity"])
    said = [dict(zip(("product_name", "unit"), spelled, strict=True)) for spelled, _ in spellings.most_common(1)]
    return [
        {**weeks[monday], **said[0], "mean_vnd": weeks[monday]["total"] * 1000 // weeks[monday]["quantity"]}
        for monday in sorted(weeks)
    ]


def _hours(session: Session, viewer: Viewer, asked: Asked) -> Rows:
    """Of the goods in every spelling that sales have; the unit as it is written, whatever its case and marks."""
    keys = (HOUR.label("hour"), SALE.c.product_name, SALE.c.unit)
    query = (
        select(
            *keys,
            COUNT.label("count"),
            func.min(SALE.c.unit_price_vnd).label("low"),
            func.max(SALE.c.unit_price_vnd).label("high"),
            func.sum(SALE.c.total_vnd).label("total"),
            func.sum(SALE.c.quantity_milli).label("quantity"),
        )
        .where(
            of_coops(session, viewer),
            *lists.conditions(DEFINITIONS["sale"], viewer, Filter(asked.since, asked.until)),
            SALE.c.goods == key_of({"product_name": asked.goods, "unit": asked.unit or ""}),
            # Not `counts` itself: SQLite would take the index of what counts, and read everybody's goods.
            func.coalesce(SALE.c.counts, false()),
        )
        .group_by(*keys)
    )
    wanted = goods_key(asked.goods or "", asked.unit or "")
    return [
        dict(row) for row in session.execute(query).mappings() if goods_key(row["product_name"], row["unit"]) == wanted
    ]
