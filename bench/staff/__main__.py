"""`make bench-staff`: the server's time for what each staff page asks, with many sales in one co-operative."""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import flask_migrate
from flask import Flask
from flask.testing import FlaskClient

from config import ROOT, Settings
from server import demo
from server.app import create_app
from server.database import db, writing
from server.demo import people
from server.front_door import mark_demo

GOAL_MS = 200

# (page, who, what it asks). `{since}` is a month ago.
PAGES = (
    ("sales, first page and totals", "manager", "/sales?limit=50"),
    ("sales, a month", "manager", "/sales?limit=50&since={since}"),
    ("sales, search", "manager", "/sales?limit=50&q=mat%20ong"),
    ("listings", "manager", "/listings?limit=100"),
    ("members", "manager", "/members?limit=1000"),
    ("reviews", "manager", "/reviews?status=open&limit=20"),
    ("co-operatives", "manager", "/coops"),
    ("imports", "manager", "/imports"),
    ("report: sales by day", "manager", "/reports/sales_by_day"),
    ("report: sales by day, a month", "manager", "/reports/sales_by_day?since={since}"),
    ("report: sales by goods", "manager", "/reports/sales_by_goods"),
    ("report: sales by member", "manager", "/reports/sales_by_member"),
    ("report: prices", "manager", "/reports/prices?goods=mat%20ong%20bac%20ha&unit=lit"),
    ("report: lateness", "manager", "/reports/lateness"),
    ("report: what waits", "manager", "/reports/waiting"),
    ("report: who stopped", "manager", "/reports/stopped"),
    ("province: sales", "admin", "/sales?limit=50"),
    ("province: sales, search", "admin", "/sales?limit=50&q=mat%20ong"),
    ("province: reviews", "admin", "/reviews?status=open&limit=20"),
    ("province: co-operatives", "admin", "/coops"),
    ("province: audit", "admin", "/audit?limit=100"),
    ("province: report: sales by co-operative", "admin", "/reports/sales_by_coop"),
    ("province: report: sales by province", "admin", "/reports/sales_by_province"),
)


def main() -> None:
    os.environ.setdefault("LOG_LEVEL", "error")
    parser = argparse.ArgumentParser(prog="python -m bench.staff", description=__doc__)
    parser.add_argument("--sales", type=int, default=100_000)
    parser.add_argument("--times", type=int, default=9)
    parser.add_argument("--keep", type=Path, help="a folder for the data, taken up again when it has some")
    parser.add_argument("--only", default="", help="pages whose name holds this")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        app = filled(arguments.keep or Path(folder), arguments.sales)
        rows = [measured(app, page, arguments.times) for page in PAGES if arguments.only in page[0]]
    say(rows, arguments.sales)


def filled(folder: Path, sales: int) -> Flask:
    """The demo's first co-operative with all the sales, written through the engine like everything else."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "chophien.db"
    is_new = not file.exists()
    settings = Settings(secret_key="b" * 40, data_dir=folder, database_url=f"sqlite:///{file}", demo=True)
    app = create_app(settings)
    if is_new:
        sys.stderr.write(f"Recording {sales} sales ...\n")
        with app.app_context():
            flask_migrate.upgrade()
            with writing() as session:
                mark_demo(session)
            people.COOPS = people.COOPS[:1]
            demo.load(sales=sales)
            db.engine.dispose()
    return app


def measured(app: Flask, page: tuple[str, str, str], times: int) -> dict[str, Any]:
    name, who, path = page
    since = time.strftime("%Y-%m-%d", time.gmtime(time.time() - 30 * 86_400))
    client, headers = signed_in(app, who)
    waited: list[float] = []
    worked: list[float] = []
    for _ in range(times + 1):  # the first one warms up
        began, work_began = time.perf_counter(), time.process_time()
        answer = client.get(f"/api/v1{path.format(since=since)}", headers=headers)
        worked.append((time.process_time() - work_began) * 1000)
        waited.append((time.perf_counter() - began) * 1000)
        assert answer.status_code == 200, answer.text
    median_ms, cpu_ms = (round(statistics.median(found[1:]), 1) for found in (waited, worked))
    return {"page": name, "median_ms": median_ms, "max_ms": round(max(waited[1:]), 1), "cpu_ms": cpu_ms}


def signed_in(app: Flask, who: str) -> tuple[FlaskClient, dict[str, str]]:
    client = app.test_client()
    login = people.ADMIN_PHONE if who == "admin" else people.COOPS[0].manager[0]
    answer = client.post("/api/v1/auth/login", json={"login": login, "password": people.PASSWORD})
    return client, {"Authorization": f"Bearer {(answer.json or {})['access_token']}"}


def say(rows: list[dict[str, Any]], sales: int) -> None:
    sys.stdout.write(
        f"| page, {sales} sales | median ms | slowest ms | CPU ms | goal |\n| --- | --- | --- | --- | --- |\n"
    )
    for row in rows:
        met = "met" if row["median_ms"] < GOAL_MS else "**missed**"
        sys.stdout.write(f"| {row['page']} | {row['median_ms']} | {row['max_ms']} | {row['cpu_ms']} | {met} |\n")
    result = ROOT / "var" / "bench-staff.json"
    result.parent.mkdir(exist_ok=True)
    result.write_text(json.dumps({"sales": sales, "rows": rows}, indent=1) + "\n")


if __name__ == "__main__":
    main()
