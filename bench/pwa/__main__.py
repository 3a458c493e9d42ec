"""`make bench-pwa`: a table of what quality.md sets as the goals of the phone, and the same as JSON."""

from __future__ import annotations

import json
import shutil
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

import click
from playwright.sync_api import sync_playwright

from bench.pwa import data, measure
from tests.browser.server import MEMBERS, Server, make_demo

RATES = (4, 6, 20)
"""How many times slower: 20 is nearest to a phone with little memory."""
GOALS = {"launch": (600, 700, 1800), "save": (30, 50, 100), "book": (150, 250, 800)}
LAUNCH_SALES, SAVE_SALES, BOOK_SALES = 176, 10_000, 20_000  # With listings and stock 200 records.


def summary(times: list[float]) -> dict[str, float]:
    ordered = sorted(times)
    p95 = ordered[max(0, round(len(ordered) * 0.95) - 1)]
    return {"median": statistics.median(ordered), "p95": p95, "min": ordered[0], "count": len(ordered)}


class Bench:
    def __init__(self, folder: Path, server: Server) -> None:
        self.folder = folder
        self.server = server
        self.profiles: dict[int, Path] = {}
        self.rows: list[dict[str, Any]] = []

    def prepare(self, sales: list[int]) -> None:
        self.server.start()
        with sync_playwright() as playwright:
            for login, count in zip(MEMBERS, sales, strict=False):
                data.fill(self.server, login, count)
                self.profiles[count] = self.folder / f"phone-{count}"
                data.first_sync(playwright, self.server, login, self.profiles[count])
        self.server.stop()

    def profile(self, sales: int) -> Path:
        """As it was after its first sync."""
        copy = self.folder / "phone"
        shutil.rmtree(copy, ignore_errors=True)
        return Path(shutil.copytree(self.profiles[sales], copy, symlinks=True))

    def note(self, what: str, rate: int, times: list[measure.Times]) -> None:
        row: dict[str, Any] = {"what": what, "rate": rate}
        for name in times[0]:
            row[name] = summary([each[name] for each in times])
        self.rows.append(row)
        drawn = row["drawn_ms"]
        goal = GOALS.get(what.split("@")[0], ())
        goal_ms = goal[RATES.index(rate)] if goal and rate in RATES else ""
        click.echo(
            f"{what:16} {rate:>3}x  median {drawn['median']:7.0f}  p95 {drawn['p95']:7.0f}  "
            f"least {drawn['min']:7.0f}  goal {goal_ms:>5} ms"
            + "".join(
                f"   {words} {row[name]['median']:5.0f} ({row[name]['p95']:.0f})"
                for name, words in (("there_ms", "in the document"), ("cpu_ms", "main thread"))
                if name in row
            )
        )

    def launches(self, rate: int, sales: int, count: int) -> None:
        profile = self.profile(sales)
        times = []
        for number in range(count + 1):
            browser, launch = measure.launched(profile, rate, self.server.url)
            with browser:
                time.sleep(1)
            if number:  # The first one after copying the profile reads it from the disk.
                times.append(launch)
        self.note("launch" if sales == LAUNCH_SALES else f"launch@{sales}", rate, times)

    def saves(self, rate: int, count: int, send: bool) -> None:
        browser, _ = measure.launched(self.profile(SAVE_SALES), rate, self.server.url)
        with browser:
            measure.rest(rate, 3)
            disk = browser.run("bench.disk()")
            self.note("disk alone", rate, [{"drawn_ms": each} for each in disk])
            self.note("save", rate, measure.saves(browser, rate, count))
            if send:
                self.server.start()
                sent = measure.upload(browser, self.server.url)
                self.server.stop()
                self.rows.append({"what": "upload", "sales": count, "request_bytes": sent})
                click.echo(f"{count} sales up: requests of {sent} bytes (goal: one of at most 10240)")

    def books(self, rate: int, count: int) -> None:
        profile = self.profile(BOOK_SALES)
        launches, times, statements = [], [], []
        for number in range(count + 1):
            browser, launch = measure.launched(profile, rate, self.server.url)
            with browser:
                look = measure.book(browser, rate)
                owed = measure.statement(browser, rate)
            if number:
                launches.append(launch)
                times.append(look)
                statements.append(owed)
        self.note("book", rate, times)
        self.note("statement", rate, statements)
        self.note(f"launch@{BOOK_SALES}", rate, launches)


@click.command()
@click.option("--rate", "rates", type=int, multiple=True, default=RATES)
@click.option("--only", type=click.Choice(["launch", "save", "book"]), multiple=True)
@click.option("--launches", default=9)
@click.option("--saves", default=50)
@click.option("--json", "file", type=click.Path(path_type=Path), default=Path("var/bench-pwa.json"))
def main(rates: tuple[int, ...], only: tuple[str, ...], launches: int, saves: int, file: Path) -> None:
    """Measure launch, save and book of the built web app (`make pwa`), offline, at several CPU throttles."""
    sales = {"launch": LAUNCH_SALES, "save": SAVE_SALES, "book": BOOK_SALES}
    chosen = only or tuple(sales)
    with tempfile.TemporaryDirectory(prefix="bench-pwa-") as made:
        folder = Path(made)
        bench = Bench(folder, Server(make_demo(folder / "demo", sales=0), folder / "data"))
        try:
            bench.prepare([sales[what] for what in chosen])
            for rate in rates:
                if "launch" in chosen:
                    bench.launches(rate, LAUNCH_SALES, launches)
                if "save" in chosen:
                    bench.saves(rate, saves, send=rate == rates[0])
                if "book" in chosen:
                    bench.books(rate, launches)
        finally:
            bench.server.stop()
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps({"goals_ms": GOALS, "measured": bench.rows}, indent=1))
    click.echo(f"All of it: {file}")


if __name__ == "__main__":
    main()
