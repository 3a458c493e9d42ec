"""The demo with its season of trade, as `make run` makes and serves it: the same in SQLite and in PostgreSQL."""

from collections.abc import Iterator

import pytest

from .client import Api, Phone
from .conftest import ADMIN, MANAGER, MEMBER, OTHER_MANAGER
from .databases import Databases
from .goods import sale
from .server_process import Server


@pytest.fixture(scope="module")
def demo(databases: Databases | None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    made = Server(tmp_path_factory.mktemp("demo") / "data", databases)
    made.environment["DEMO_SALES"] = "60"
    made.prepare().start()
    yield made
    made.kill()


def test_every_role_finds_a_season(demo: Server) -> None:
    manager, other = (Phone(demo.url).login(who).sync() for who in (MANAGER, OTHER_MANAGER))
    assert manager.checked
    assert other.checked
    found = [item for phone in (manager, other) for item in phone.items("/sales", limit=7)]
    assert len({item["id"] for item in found}) == len(found) == 60
    totals = [phone.get("/sales")["totals"] for phone in (manager, other)]
    counted = [item["total_vnd"] for item in found if item["counts"]]
    assert sum(total["count"] for total in totals) == len(counted)
    assert sum(total["total_vnd"] for total in totals) == sum(counted)
    kinds = {review["kind"] for phone in (manager, other) for review in phone.items("/reviews")}
    assert kinds == {"conflict", "duplicate_sale", "odd_date", "oversold"}
    assert len(Api(demo.url).login(ADMIN).get("/coops")["items"]) == 2
    assert Phone(demo.url).login(MEMBER).sync().rows.keys() < manager.rows.keys()


def test_it_is_filled_once_and_outlives_a_kill(demo: Server) -> None:
    member = Phone(demo.url).login(MEMBER).sync()
    sold = member.record("sale", sale(member.member_id))
    member.sync()
    demo.kill()
    demo.flask("demo")
    demo.start()
    resets = member.resets
    assert member.sync().resets == resets
    assert member.shows(sold)
    assert len(Api(demo.url).login(ADMIN).items("/sales", limit=1000)) == 61


def test_what_people_look_for_is_found_with_or_without_tones(demo: Server) -> None:
    manager = Api(demo.url).login(MANAGER)
    every = manager.items("/sales")
    name = every[0]["product_name"]
    with_tones, without = (manager.items("/sales", q=text) for text in (name, name.upper()))
    assert [item["id"] for item in with_tones] == [item["id"] for item in without]
    assert every[0]["id"] in {item["id"] for item in with_tones}
