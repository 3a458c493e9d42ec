"""Usual prices reckoned from merged sales: written to the board of each co-operative, of many sellers alone."""

from datetime import date, datetime, timedelta

import pytest
from flask import Flask

from server.accounts import create_account, create_coop
from server.board import records
from server.board.prices import update_prices
from server.database import reading, writing
from server.entities import DEFINITIONS
from server.lists import HANOI
from server.reconcile import own_author, record
from tests.conftest import PASSWORD, People
from tests.protocol.goods import instant
from tests.server.commune import PLACE

TODAY = datetime.now(HANOI).date()
SELLERS = ["0199aa5b-0000-7000-8000-00000000000" + digit for digit in "1234"]


def sell(app: Flask, coop_id: str, *prices: int, sellers: int = 3, days: int = 1, **given: object) -> None:
    """Sales of a kilogram each, in turn by the sellers."""
    with app.app_context(), writing() as session:
        for number, price in enumerate(prices):
            values = {
                "product_name": "Chè Shan tuyết",
                "unit": "kg",
                "quantity_milli": 1000,
                "unit_price_vnd": price,
                "total_vnd": price,
                "sold_at": instant(days=-days),
                "payment": "cash",
                "member_id": SELLERS[number % sellers],
                "money_with": "member",
            }
            id = f"0199aa5b-0000-7000-8000-{hash((coop_id, days, number, *given)) % 10**12:012d}"
            record(session, own_author(session, coop_id), coop_id, "sale", id, values | given)


def prices(app: Flask, coop_id: str, today: date = TODAY) -> list[tuple[str, str, int, int, int]]:
    """What stands on the board after reckoning: goods, place, low, usual, high."""
    with app.app_context():
        update_prices(today)
        with reading() as session:
            price = DEFINITIONS["price"].table
            query = price.select().where(price.c.coop_id == coop_id, price.c.withdrawn.is_(False))
            rows = session.execute(query.order_by(price.c.place)).mappings().all()
    return [(r["product_name"], r["place"], r["low_vnd"], r["usual_vnd"], r["high_vnd"]) for r in rows]


def test_enough_sales_of_enough_members_make_a_price_where_they_live(app: Flask, people: People) -> None:
    sell(app, people.coop, 300_000, 330_000, 340_000, 350_000, 350_000, 350_000, 360_000, 370_000, 400_000)
    assert prices(app, people.coop) == [("Chè Shan tuyết", "Tả Lùng", 340_000, 350_000, 360_000)]
    assert prices(app, people.other_coop) == []


def test_a_price_of_two_people_is_never_told(app: Flask, people: People) -> None:
    sell(app, people.coop, *[350_000] * 30, sellers=2)
    assert prices(app, people.coop) == []


@pytest.mark.parametrize(
    "given",
    [
        pytest.param({"voided": True, "void_reason": "wrong_amount"}, id="voided"),
        pytest.param({"total_vnd": 0}, id="given away"),
        pytest.param({"sold_at": instant(days=-60)}, id="long ago"),
        pytest.param({"sold_at": instant(days=30)}, id="in review: its day is odd"),
    ],
)
def test_sales_that_say_nothing_of_a_price_are_left_out(app: Flask, people: People, given: dict[str, object]) -> None:
    sell(app, people.coop, *[350_000] * 12, **given)
    assert prices(app, people.coop) == []


def test_units_of_mass_are_reckoned_in_the_one_that_is_said_most(app: Flask, people: People) -> None:
    sell(app, people.coop, *[350_000] * 7)
    sell(app, people.coop, *[3_500_000] * 3, unit="yến", days=2)
    assert prices(app, people.coop) == [("Chè Shan tuyết", "Tả Lùng", 350_000, 350_000, 350_000)]


def test_reckoning_again_writes_nothing_until_something_changed(app: Flask, people: People) -> None:
    sell(app, people.coop, *[350_000] * 9)
    with app.app_context():
        assert [update_prices(TODAY), update_prices(TODAY), update_prices(TODAY)] == [1, 0, 0]
    sell(app, people.coop, *[380_000] * 20, days=3)
    with app.app_context():
        assert [update_prices(TODAY), update_prices(TODAY)] == [1, 0]


def test_a_price_that_staff_withdrew_does_not_come_back_with_the_next_sale(app: Flask, people: People) -> None:
    sell(app, people.coop, *[350_000] * 9)
    assert len(prices(app, people.coop)) == 1
    with app.app_context(), writing() as session:
        [id] = session.scalars(DEFINITIONS["price"].table.select().with_only_columns(DEFINITIONS["price"].table.c.id))
        records.write(session, people.coop, "price", {id: {"withdrawn": True}})
    sell(app, people.coop, *[380_000] * 20, days=3)
    assert prices(app, people.coop) == []


def test_a_price_that_nobody_renews_goes_from_the_board(app: Flask, people: People) -> None:
    sell(app, people.coop, *[350_000] * 9)
    assert len(prices(app, people.coop)) == 1
    assert len(prices(app, people.coop, TODAY + timedelta(days=80))) == 1
    assert prices(app, people.coop, TODAY + timedelta(days=100)) == []


def test_the_provinces_price_needs_three_co_operatives(app: Flask) -> None:
    with app.app_context(), writing() as session:
        coops = [create_coop(session, name=f"HTX {number}", place=PLACE).id for number in range(3)]
        create_account(session, name="A", role="manager", coop_id=coops[0], phone="0900000099", password=PASSWORD)
    for coop_id in coops[:2]:
        sell(app, coop_id, *[350_000] * 4, sellers=2)
    assert prices(app, coops[0]) == []
    sell(app, coops[2], *[360_000] * 4, sellers=2)
    told = [("Chè Shan tuyết", "Tuyên Quang", 350_000, 350_000, 360_000)]
    assert [prices(app, coop_id) for coop_id in coops] == [told] * 3
