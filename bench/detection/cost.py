"""`python -m bench.detection.cost`: processor time of a sync of five sales, with detection and without, in turn."""

import argparse
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from bench.staff.__main__ import filled
from server.app import create_app
from server.database import new_id, now_ms
from server.demo import people
from server.entities.definition import DATA_VERSION
from sync.review import instant
from sync.stamps import Clock

HOUR_MS = 60 * 60 * 1000


@dataclass
class Sender:
    """A manager's phone, signed in at one of the two servers."""

    app: Flask
    client: FlaskClient = field(init=False)
    headers: dict[str, str] = field(init=False)
    place: dict[str, Any] = field(init=False)

    def __post_init__(self) -> None:
        self.client = self.app.test_client()
        login = {"login": people.COOPS[0].manager[0], "password": people.PASSWORD}
        session: dict[str, Any] = self.client.post("/api/v1/auth/login", json=login).json or {}
        self.headers = {"Authorization": f"Bearer {session['access_token']}"}
        self.clock, self.place = Clock(new_id()[:8]), {"replica": session["replica"], "cursor": None, "limit": 1000}
        while self.send([])[1]["more"]:
            pass

    def send(self, sales: list[dict[str, Any]]) -> tuple[float, dict[str, Any]]:
        """Milliseconds of processor time, and the answer."""
        said = [{"at": self.clock.read(now_ms()), "v": DATA_VERSION, "entity": "sale", "base": {}} for _ in sales]
        mutations = [one | {"id": new_id(), "set": sale} for one, sale in zip(said, sales, strict=True)]
        began = time.process_time()
        answer = self.client.post("/api/v1/sync", json={**self.place, "mutations": mutations}, headers=self.headers)
        worked_ms = (time.process_time() - began) * 1000
        assert answer.status_code == 200, answer.text
        body: dict[str, Any] = answer.json or {}
        self.place["cursor"] = body["cursor"]
        return worked_ms, body


def five(seen: list[dict[str, Any]], rng: random.Random) -> list[dict[str, Any]]:
    """Sales of five goods as others sold them, of one member."""
    by_goods = {sale["product_name"]: sale for sale in rng.sample(seen, len(seen))}
    member_id = seen[0]["member_id"]
    sales = rng.sample(sorted(by_goods.values(), key=lambda sale: sale["product_name"]), 5)
    return [_again(sale, member_id, rng.uniform(0, 48)) | _amounts(sale, rng.randrange(1, 400) * 100) for sale in sales]


def one_sum(seen: list[dict[str, Any]], count: int, rng: random.Random) -> list[dict[str, Any]]:
    """What a member sells again and again for one sum within an hour."""
    return [_again(seen[0], seen[0]["member_id"], 100 + rng.random()) for _ in range(count)]


def _amounts(sale: dict[str, Any], quantity_milli: int) -> dict[str, int]:
    return {"quantity_milli": quantity_milli, "total_vnd": sale["unit_price_vnd"] * quantity_milli // 1000}


def _again(sale: dict[str, Any], member_id: str, hours_ago: float) -> dict[str, Any]:
    names = ("product_name", "unit", "quantity_milli", "unit_price_vnd", "total_vnd", "payment", "money_with")
    moment = instant(int(now_ms() - hours_ago * HOUR_MS))
    return {name: sale[name] for name in names} | {"member_id": member_id, "sold_at": moment}


def measured(on: Sender, off: Sender, times: int, seen: list[dict[str, Any]]) -> Iterator[tuple[str, float, float]]:
    rng = random.Random(1)
    yield "5 goods", *_in_turn(on, off, times, lambda: five(seen, rng))
    for _ in range(2):
        off.send(one_sum(seen, 250, rng))  # nobody is asked about these
    yield "one sum, sold 500 times in that hour", *_in_turn(on, off, times, lambda: one_sum(seen, 5, rng))


def _in_turn(on: Sender, off: Sender, times: int, make: Any) -> tuple[float, float]:
    found = [(on.send(make())[0], off.send(make())[0]) for _ in range(times + 3)][3:]  # the first ones warm up
    # The quarter that other programs disturbed least.
    one, other = (statistics.quantiles(worked, n=4)[0] for worked in zip(*found, strict=True))
    return one, other


def main() -> None:
    os.environ.setdefault("LOG_LEVEL", "error")
    parser = argparse.ArgumentParser(prog="python -m bench.detection.cost", description=__doc__)
    parser.add_argument("--sales", type=int, default=20_000)
    parser.add_argument("--times", type=int, default=40)
    parser.add_argument("--keep", type=Path, help="a folder for the data, taken up again when it has some")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        on = filled(given.keep or Path(folder), given.sales)
        off = create_app(replace(on.extensions["settings"], detection=False))
        senders = Sender(on), Sender(off)
        seen = senders[0].client.get("/api/v1/sales?limit=500", headers=senders[0].headers).json["items"]
        sys.stdout.write("| sync of 5 sales | with, ms | without, ms | ratio |\n| --- | ---: | ---: | ---: |\n")
        for name, one, other in measured(*senders, given.times, seen):
            sys.stdout.write(f"| {name} | {one:.2f} | {other:.2f} | {one / other:.2f} |\n")


if __name__ == "__main__":
    main()
