"""Sales added up: by day, month, goods, member, co-operative and province."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func
from sqlalchemy.orm import Session

from server.reports.asked import HOUR, SALE, Asked, Rows, added, coops_of, day_of_hour, grouped, names_of
from server.text import fold
from server.viewer import Viewer


def by_day(session: Session, viewer: Viewer, asked: Asked) -> Rows:
    """In the order of days; days without a sale are not there."""
    hours = grouped(session, [HOUR.label("hour")], viewer, asked)
    days = added(({**row, "day": day_of_hour(row["hour"])} for row in hours), "day")
    return sorted(days, key=lambda row: str(row["day"]))


def by_month(session: Session, viewer: Viewer, asked: Asked) -> Rows:
    return added(({**row, "month": row["day"][:7]} for row in by_day(session, viewer, asked)), "month")


def by_goods(session: Session, viewer: Viewer, asked: Asked) -> Rows:
    """What differs in case and marks alone is one; it goes by its most frequent spelling."""
    quantity = func.sum(SALE.c.quantity_milli).label("quantity_milli")
    found = list(grouped(session, [SALE.c.product_name, SALE.c.unit], viewer, asked, quantity))
    found.sort(key=lambda row: row["count"], reverse=True)
    keyed = [
        {**row, "goods": goods_key(row["product_name"], row["unit"]), "quantity_milli": int(row["quantity_milli"])}
        for row in found
    ]
    return _largest(added(keyed, "goods", ("count", "total_vnd", "quantity_milli")))


def goods_key(product_name: str, unit: str) -> tuple[str, str]:
    return fold(product_name), fold(unit)


def by_member(session: Session, viewer: Viewer, asked: Asked) -> Rows:
    """`member_name` null: the co-operative's own, or somebody whose record has not come yet."""
    names, coops = names_of(session, viewer), coops_of(session, viewer)
    rows = grouped(session, [SALE.c.coop_id, SALE.c.member_id], viewer, asked)
    return _largest(
        [
            {
                **row,
                "member_name": names.get((row["coop_id"], row["member_id"])),
                "coop_name": coops[row["coop_id"]].name,
            }
            for row in rows
        ]
    )


def by_coop(session: Session, viewer: Viewer, asked: Asked) -> Rows:
    coops = coops_of(session, viewer)
    rows = grouped(session, [SALE.c.coop_id], viewer, asked)
    return _largest([{**row, **_place(coops[row["coop_id"]])} for row in rows])


def by_province(session: Session, viewer: Viewer, asked: Asked) -> Rows:
    return _largest(added(by_coop(session, viewer, asked), "province_name"))


def _place(coop: Any) -> dict[str, str]:
    return {"coop_name": coop.name, "province_name": coop.province_name}


def _largest(rows: Rows) -> Rows:
    return sorted(rows, key=lambda row: row["total_vnd"], reverse=True)
