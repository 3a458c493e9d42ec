"""Reports add up to the same as the lists, by day of Hanoi, for whoever may see them."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from flask import Flask

from config import Settings
from server.app import create_app
from server.database import db, writing
from server.reports import REPORTS
from tests.conftest import People, change_account
from tests.protocol.client import Phone
from tests.protocol.goods import instant, sale
from tests.server.phones import sign_in

SALES = ("sales_by_day", "sales_by_month", "sales_by_goods", "sales_by_member", "sales_by_coop", "sales_by_province")


def sold(phone: Phone, name: str, day: str, total_vnd: int, **more: Any) -> None:
    values = {"product_name": name, "total_vnd": total_vnd, "sold_at": day} | more
    phone.record("sale", sale(phone.member_id, **values))


@pytest.fixture
def season(app: Flask) -> Flask:
    """Two members of one co-operative and nobody of the other; one sale is void."""
    member, neighbour = sign_in(app, "member").sync(), sign_in(app, "neighbour").sync()
    sold(member, "Mật ong", "2026-03-02T02:00:00Z", 500_000, unit_price_vnd=200_000)
    sold(member, "MẬT ONG", "2026-03-02T16:59:59.5Z", 300_000, unit_price_vnd=120_000)
    sold(member, "Mật ong", "2026-03-02T17:00:00Z", 200_000, unit_price_vnd=80_000)  # the third in Hanoi
    sold(neighbour, "Chè", "2026-03-11T02:00:00Z", 10**15, unit="kg")
    sold(neighbour, "Chè", "2026-03-11T03:00:00Z", 7)
    void = neighbour.record("sale", sale(neighbour.member_id, total_vnd=99, sold_at="2026-03-05T02:00:00Z"))
    neighbour.record("sale", {"voided": True, "void_reason": "twice"}, void["id"])
    member.sync()
    neighbour.sync()
    return app


def report(phone: Phone, name: str, **asked: Any) -> list[dict[str, Any]]:
    return list(phone.get(f"/reports/{name}", **asked)["rows"])


@pytest.mark.parametrize("name", SALES)
def test_every_report_of_sales_adds_up_to_the_list(season: Flask, name: str) -> None:
    manager = sign_in(season, "manager")
    for period in ({}, {"since": "2026-03-03"}, {"until": "2026-03-02"}):
        rows = report(manager, name, **period)
        totals = manager.get("/sales", **period)["totals"]
        assert sum(row["total_vnd"] for row in rows) == totals["total_vnd"]
        assert sum(row["count"] for row in rows) == totals["count"]


def test_days_are_those_of_hanoi(season: Flask) -> None:
    rows = report(sign_in(season, "manager"), "sales_by_day")
    assert [(row["day"], row["count"]) for row in rows] == [("2026-03-02", 2), ("2026-03-03", 1), ("2026-03-11", 2)]


def test_goods_are_one_whatever_their_case(season: Flask) -> None:
    rows = report(sign_in(season, "manager"), "sales_by_goods")
    assert [(row["product_name"], row["unit"], row["count"], row["quantity_milli"]) for row in rows] == [
        ("Chè", "kg", 1, 2500),
        ("Mật ong", "lít", 3, 7500),
        ("Chè", "lít", 1, 2500),
    ]


def test_prices_are_told_week_by_week_of_the_goods_that_are_asked_for(season: Flask) -> None:
    manager = sign_in(season, "manager")
    [week] = report(manager, "prices", goods="mat ong", unit="lít")
    assert week == {
        **{"week": "2026-03-02", "count": 3, "low_vnd": 80_000, "high_vnd": 200_000, "mean_vnd": 133_333},
        **{"product_name": "Mật ong", "unit": "lít"},
    }
    assert report(manager, "prices", goods="vàng") == []
    assert report(manager, "prices")[0]["product_name"] == "Chè"


def test_reports_of_another_cooperative_are_empty_and_an_admin_sees_all(season: Flask, people: People) -> None:
    other, admin = sign_in(season, "other_manager"), sign_in(season, "admin")
    for name in SALES:
        assert report(other, name) == []
        assert sum(row["count"] for row in report(admin, name)) == 5
    assert other.request("GET", "/reports/waiting", params={"coop": people.coop}).status_code == 403
    assert sign_in(season, "member").request("GET", "/reports/waiting").status_code == 403
    assert other.request("GET", "/reports/secrets").status_code == 404


def late_sales(app: Flask) -> None:
    member = sign_in(app, "member").sync()
    for days in (0, 4):
        member.record("sale", sale(member.member_id, sold_at=instant(days=-days)))
    member.sync()


def test_lateness_is_the_time_from_sale_to_arrival(app: Flask) -> None:
    late_sales(app)
    [row] = report(sign_in(app, "manager"), "lateness")
    assert (row["count"], row["late_days"], row["late_days_max"]) == (2, 2.0, 4.0)
    assert row["last_sync_at"] is not None


def test_both_databases_tell_the_same(settings_of_either: Settings) -> None:
    app = create_app(settings_of_either)
    late_sales(app)
    manager = sign_in(app, "manager")
    rows = {name: report(manager, name) for name in REPORTS}
    assert {name: len(found) for name, found in rows.items() if name.startswith("sales")} == {
        **dict.fromkeys(SALES, 1),
        **{"sales_by_day": 2, "sales_by_month": len({row["month"] for row in rows["sales_by_month"]})},
    }
    assert rows["lateness"][0]["late_days_max"] == 4.0
    assert rows["prices"][0]["mean_vnd"] == 250_000
    with app.app_context():
        db.engine.dispose()


def test_what_waits_is_counted_by_kind(season: Flask) -> None:
    rows = report(sign_in(season, "manager"), "waiting")
    listed = sign_in(season, "manager").items("/reviews", status="open")
    assert sum(row["waiting"] for row in rows) == len(listed)


def test_who_stopped_is_told_with_the_reason_where_it_is_known(app: Flask, people: People) -> None:
    manager = sign_in(app, "manager").sync()
    people_of = {"never_invited": "Vàng A", "left": "Sùng B", "disabled": None, "sends_no_sales": None}
    for reason, name in people_of.items():
        if name:
            member = manager.record("member", {"name": name, "active": reason != "left"})
            assert member["id"]
    for who in ("member", "neighbour"):
        manager.record("member", {"name": who, "active": True}, getattr(people, who))
        sign_in(app, who).sync()
    manager.sync()
    change_account(app, people.neighbour, status="disabled")
    rows = {row["member_name"]: row["reason"] for row in report(sign_in(app, "manager"), "stopped")}
    assert rows == {"Vàng A": "never_invited", "Sùng B": "left", "neighbour": "disabled", "member": "sends_no_sales"}
    with app.app_context(), writing() as session:
        session.execute(db.text("UPDATE replica SET last_sync_at_ms = 1"))
    again = {row["member_name"]: row["reason"] for row in report(sign_in(app, "manager"), "stopped")}
    assert again["member"] == "silent"


def test_a_report_is_downloaded_as_it_is_shown(season: Flask) -> None:
    manager = sign_in(season, "manager")
    asked = {"what": "sales_by_member", "format": "csv", "since": "2026-03-03"}
    answer = manager.request("POST", "/exports", json=asked)
    made = json.loads(answer.text.splitlines()[-1])
    content = manager.request("GET", f"/exports/{made['file']}").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(content)))
    shown = report(manager, "sales_by_member", since="2026-03-03")
    assert [row["Thành tiền"] for row in rows] == [str(row["total_vnd"]) for row in shown]
    assert "Hợp tác xã" not in rows[0]
