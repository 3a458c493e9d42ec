"""The browser may end the service worker whenever it likes: in the middle of a sync, while the app loads."""

from __future__ import annotations

import pytest
from playwright.sync_api import Error, expect

from tests.browser.conftest import NewPhone
from tests.browser.phone import Phone
from tests.browser.portal import Network, Way
from tests.browser.server import MEMBER, Server

pytestmark = pytest.mark.browser

GOODS = "Gà đồi"


def test_sync_goes_on_and_doubles_nothing_when_the_service_worker_is_stopped_in_the_middle(
    server: Server, network: Network, new_phone: NewPhone
) -> None:
    phone = new_phone(network.url)
    page = phone.ready_for(MEMBER)

    network.take(Way.ANSWER_WAITS)
    phone.tab("Bán")
    phone.sell(GOODS, "1")
    assert network.lost.wait(30)
    phone.stop_worker()
    phone.sell(GOODS, "3")
    network.take(Way.OPEN)
    phone.expect_unsent(0)
    phone.expect_checked()

    # Once more, and the page goes as well.
    network.take(Way.ANSWER_WAITS)
    phone.tab("Bán")
    phone.sell(GOODS, "5")
    assert network.lost.wait(30)
    phone.stop_worker()
    page.reload()
    network.take(Way.OPEN)
    phone.send()
    phone.expect_checked()
    assert sorted(sale["quantity_milli"] for sale in server.new_sales()) == [1000, 3000, 5000]

    server.stop()
    page.reload()
    phone.tab("Sổ")
    expect(phone.book_rows(GOODS).filter(has_text="5 con").first).to_contain_text("HTX đã nhận")


def test_app_opens_again_after_the_service_worker_was_stopped_while_it_loaded(
    server: Server, new_phone: NewPhone
) -> None:
    phone = new_phone()
    page = phone.ready_for(MEMBER)
    phone.tab("Bán")
    for after_ms in (0, 5, 20, 60):
        page.evaluate("location.reload()")
        page.wait_for_timeout(after_ms)
        phone.stop_worker()
        _open_again(phone)
        phone.sell(GOODS, "1")
    server.stop()
    page.reload()
    phone.tab("Sổ")
    expect(phone.book_rows(GOODS).filter(has_text="1 con")).to_have_count(4)


def _open_again(phone: Phone) -> None:
    """Whatever became of the page that was loading: it may end only now, and then has the last word."""
    for _ in range(5):
        try:
            phone.open()
        except Error:
            phone.page.wait_for_timeout(200)
        else:
            return
    phone.open()
