"""What each screen of the office and the province asks of the server (pwa/src/screens/office, …/province)."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from flask import Flask
from sqlalchemy import select

from server.accounts import Coop
from server.database import new_id, reading
from server.entities import DEFINITIONS
from server.money.reads import owed_now
from server.tables import REVIEW

PAYMENT, SEASON, SALE = (DEFINITIONS[name].table for name in ("payment", "season", "sale"))


@dataclass(frozen=True)
class Page:
    """`path` may name what `Known` found; `pays` is the look at a payment to everybody."""

    name: str
    who: str
    path: str
    pays: bool = False

    def request(self, known: Known) -> dict[str, Any]:
        path = f"/api/v1{self.path.format(**known.names)}"
        if not self.pays:
            return {"method": "GET", "path": path}
        amounts = [{"member_id": id, "amount_vnd": 1} for id in known.owed]
        body = {"id": new_id(), "kind": "advance", "preview": True, "amounts": amounts}
        return {"method": "POST", "path": path, "json": body}


@dataclass(frozen=True)
class Known:
    """The ids and days that pages are asked for."""

    names: dict[str, str]
    owed: dict[str, int]


def known_of(app: Flask) -> Known:
    with app.app_context(), reading() as session:
        coop = session.scalars(select(SALE.c.coop_id).limit(1)).one()
        payment = session.execute(select(PAYMENT.c.batch_id, PAYMENT.c.member_id)).first()
        assert payment is not None
        asked = select(REVIEW.c.record_id).where(REVIEW.c.coop_id == coop, REVIEW.c.entity == "sale")
        names = {
            "coop": coop,
            "member": payment.member_id,
            "batch": payment.batch_id,
            "season": session.scalars(select(SEASON.c.id)).one(),
            "sale": session.scalars(asked.limit(1)).one(),
            "other": session.scalars(select(Coop.id).where(Coop.id != coop).limit(1)).one(),
            "month": time.strftime("%Y-%m-%d", time.gmtime(time.time() - 30 * 86_400)),
            "quarter": time.strftime("%Y-%m-%d", time.gmtime(time.time() - 90 * 86_400)),
        }
        return Known(names, owed_now(session, coop))


def _both(name: str, path: str) -> tuple[Page, Page]:
    return Page(name, "manager", path), Page(f"province: {name}", "admin", path)


HONEY = "goods=mat%20ong%20bac%20ha&unit=l%C3%ADt"

PAGES: tuple[Page, ...] = (
    Page("members", "manager", "/members?limit=1000"),
    Page("a person", "manager", "/people/{member}"),
    *_both("phones", "/phones"),
    *_both("audit log", "/audit?limit=50"),
    *_both("audit log, a month of one kind", "/audit?limit=50&since={month}&action=exports.sales"),
    Page("imports", "manager", "/imports"),
    *_both("voices", "/voice/packs"),
    *_both("reviews", "/reviews?status=open&limit=20"),
    *_both("reviews of one kind", "/reviews?status=open&kind=duplicate_sale&limit=20"),
    *_both("reviews that were decided", "/reviews?status=resolved&limit=20"),
    Page("a record's past", "manager", "/records/sale/{sale}/history"),
    Page("province: a record's past", "admin", "/records/sale/{sale}/history?coop={coop}"),
    Page("money", "manager", "/money/statements"),
    Page("money of a closed season", "manager", "/money/statements?season={season}"),
    Page("money of a member", "manager", "/money/statements/{member}"),
    Page("money that came late", "manager", "/money/late"),
    Page("money: a look at paying all", "manager", "/money/payments", pays=True),
    Page("money: the sheet of what is owed", "manager", "/money/sheet"),
    Page("money: the sheet of what was paid", "manager", "/money/sheet?batch={batch}"),
    *_both("report: sales by day", "/reports/sales_by_day?since={quarter}"),
    *_both("report: sales by day, ever", "/reports/sales_by_day"),
    *_both("report: sales by month, ever", "/reports/sales_by_month"),
    *_both("report: sales by goods", "/reports/sales_by_goods?since={quarter}"),
    *_both("report: sales by goods, ever", "/reports/sales_by_goods"),
    *_both("report: sales by member", "/reports/sales_by_member?since={quarter}"),
    *_both("report: sales by member, ever", "/reports/sales_by_member"),
    *_both("report: prices", f"/reports/prices?since={{quarter}}&{HONEY}"),
    *_both("report: prices, ever", f"/reports/prices?{HONEY}"),
    *_both("report: prices of what sells best, ever", "/reports/prices"),
    *_both("report: lateness", "/reports/lateness?since={quarter}"),
    *_both("report: lateness, ever", "/reports/lateness"),
    *_both("report: what waits", "/reports/waiting"),
    *_both("report: who stopped", "/reports/stopped"),
    Page("province: report: sales by co-operative", "admin", "/reports/sales_by_coop?since={quarter}"),
    Page("province: report: sales by co-operative, ever", "admin", "/reports/sales_by_coop"),
    Page("province: report: sales by province, ever", "admin", "/reports/sales_by_province"),
    Page("province: money", "admin", "/reports/money_by_coop"),
    Page("province: months made public", "admin", "/reports/money_by_month"),
    Page("province: sales", "admin", "/sales?limit=50"),
    Page("province: sales, all added up", "admin", "/sales?limit=1"),
    Page("province: sales of a month", "admin", "/sales?limit=50&since={month}"),
    Page("province: sales, search", "admin", "/sales?limit=50&q=mat%20ong"),
    Page("province: sales of one co-operative", "admin", "/sales?limit=50&coop={coop}"),
    Page("province: sales of one co-operative, search", "admin", "/sales?limit=50&coop={coop}&q=mat%20ong"),
    Page("province: co-operatives", "admin", "/coops"),
    Page("province: accounts", "admin", "/accounts?limit=50"),
    Page("province: accounts, search", "admin", "/accounts?limit=50&q=giang"),
    Page("province: phones of one co-operative", "admin", "/phones?coop={coop}"),
    Page("province: a person", "admin", "/people/{member}"),
    Page("province: places", "admin", "/places?q=dong%20van&limit=20"),
    Page("province: notices", "admin", "/board/notice"),
    Page("province: prices", "admin", "/board/price"),
    Page("province: markets", "admin", "/board/market"),
    Page("province: needs", "admin", "/needs?limit=1000"),
)
