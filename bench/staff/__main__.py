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

from flask import Flask

from bench.staff.data import filled
from bench.staff.pages import PAGES, Known, Page, known_of
from config import ROOT
from server.demo import people

GOAL_MS = 200


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
        known = known_of(app)
        tokens = {who: signed_in(app, who) for who in ("manager", "admin")}
        wanted = [page for page in PAGES if arguments.only in page.name]
        rows = [measured(app, page, known, tokens[page.who], arguments.times) for page in wanted]
    say(rows, arguments.sales)


def measured(app: Flask, page: Page, known: Known, headers: dict[str, str], times: int) -> dict[str, Any]:
    client = app.test_client()
    waited: list[float] = []
    worked: list[float] = []
    for _ in range(times + 1):  # the first one warms up
        request = page.request(known)
        began, work_began = time.perf_counter(), time.process_time()
        answer = client.open(**request, headers=headers)
        worked.append((time.process_time() - work_began) * 1000)
        waited.append((time.perf_counter() - began) * 1000)
        assert answer.status_code == 200, answer.text
    median_ms, cpu_ms = (round(statistics.median(found[1:]), 1) for found in (waited, worked))
    return {"page": page.name, "median_ms": median_ms, "max_ms": round(max(waited[1:]), 1), "cpu_ms": cpu_ms}


def signed_in(app: Flask, who: str) -> dict[str, str]:
    login = people.ADMIN_PHONE if who == "admin" else people.COOPS[0].manager[0]
    body = {"login": login, "password": people.PASSWORD}
    answer = app.test_client().post("/api/v1/auth/login", json=body)
    return {"Authorization": f"Bearer {(answer.json or {})['access_token']}"}


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
