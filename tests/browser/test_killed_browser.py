"""SIGKILL of the whole browser, again and again on the same phone: what had its tick is there, nothing by half."""

from __future__ import annotations

import logging
import os
import random
import time

import pytest

from tests.browser.conftest import NewPhone
from tests.browser.phone import Phone
from tests.browser.server import MEMBER, Server

pytestmark = pytest.mark.browser
log = logging.getLogger(__name__)

GOODS = "Gà đồi"
KILLS = int(os.environ.get("KILLS") or 6)
"""Times that the browser is killed: `make storm KILLS=100`."""
BEFORE_TICK = 4
"""Every fourth time it is killed around the tick, at a moment that chance chooses."""
AROUND_TICK_S = 0.025


def test_every_ticked_sale_outlives_the_browser_however_often_it_is_killed(server: Server, new_phone: NewPhone) -> None:
    phone = new_phone()
    phone.ready_for(MEMBER)
    before = phone.counted_in_book()
    server.stop()
    phone.kill()

    chance = random.Random(KILLS)
    ticked, perhaps = [], []
    for quantity in range(1001, 1001 + KILLS):
        phone.launch()
        phone.type_sale(GOODS, quantity)
        if quantity % BEFORE_TICK:
            _save_and_kill_at_the_tick(phone)
            ticked.append(quantity)
        else:
            _save_and_kill_around_the_tick(phone, chance.uniform(0, AROUND_TICK_S))
            perhaps.append(quantity)

    phone.launch()
    book = [quantity for quantity in phone.counted_in_book() if quantity not in before]
    assert sorted(quantity for quantity in book if quantity in ticked) == ticked
    assert len(set(book)) == len(book)
    assert set(book) <= {*ticked, *perhaps}
    kept = len(book) - len(ticked)
    log.info("%d kills: %d at the tick, %d around it; of these %d were kept", KILLS, len(ticked), len(perhaps), kept)

    server.start()
    phone.send()
    phone.expect_checked()
    sent = server.new_sales()
    assert sorted(sale["quantity_milli"] for sale in sent) == sorted(quantity * 1000 for quantity in book)
    price = {sale["unit_price_vnd"] for sale in sent}
    assert len(price) == 1
    assert all(sale["total_vnd"] * 1000 == sale["quantity_milli"] * min(price) for sale in sent)
    assert all(sale["counts"] for sale in sent)


def _save_and_kill_at_the_tick(phone: Phone) -> None:
    phone.save_button().tap()
    phone.page.wait_for_selector(".toast")
    phone.kill()


def _save_and_kill_around_the_tick(phone: Phone, after_s: float) -> None:
    """The tap is on its way when this side goes on: the kill may come before it, in the middle, after the tick."""
    phone.save_button().evaluate("(button) => void setTimeout(() => button.click(), 10)")
    time.sleep(after_s)
    phone.kill()
