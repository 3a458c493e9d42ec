"""Two tabs of one account: one database, one sync at a time."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NewPhone
from tests.browser.portal import Network, Way
from tests.browser.server import MEMBER, Server

pytestmark = pytest.mark.browser

ONE, OTHER = "Gà đồi", "Tam giác mạch"


def test_two_tabs_see_each_others_sales_and_send_each_once(server: Server, new_phone: NewPhone) -> None:
    phone = new_phone()
    first = phone.ready_for(MEMBER)
    second = phone.another_tab()
    phone.tab("Bán", second)
    phone.tab("Bán", first)

    for _ in range(3):
        phone.sell(ONE, "1", first)
        phone.sell(OTHER, "2", second)
    phone.tab("Sổ", first)
    phone.tab("Sổ", second)
    for tab in (first, second):
        expect(phone.book_rows(ONE, tab).filter(has_text="1 con")).to_have_count(3)
        expect(phone.book_rows(OTHER, tab).filter(has_text="2 kg")).to_have_count(3)

    phone.send()
    phone.expect_checked()
    phone.tab("Gửi", second)
    expect(second.get_by_text(re.compile("phiếu đã đối chiếu, khớp"))).to_be_visible()
    sent = [sale["product_name"] for sale in server.new_sales()]
    assert sorted(sent) == sorted([ONE] * 3 + [OTHER] * 3)


def test_signing_out_in_one_tab_signs_out_the_other(new_phone: NewPhone) -> None:
    phone = new_phone()
    first = phone.launch()
    phone.sign_in(MEMBER)
    phone.expect_checked()
    second = phone.another_tab()
    expect(second.get_by_role("button", name="Tài khoản:")).to_be_visible()
    first.get_by_role("button", name="Tài khoản:").tap()
    first.get_by_role("dialog").get_by_role("button", name="Đăng xuất").tap()
    for tab in (first, second):
        expect(tab.get_by_role("button", name="Đăng nhập")).to_be_visible()


def test_tab_takes_over_when_the_one_that_sends_crashes_in_the_middle(
    server: Server, network: Network, new_phone: NewPhone
) -> None:
    phone = new_phone(network.url)
    first = phone.ready_for(MEMBER)
    second = phone.another_tab()
    phone.tab("Bán", second)
    phone.tab("Bán", first)

    network.take(Way.ANSWER_LOST)
    for _ in range(2):
        phone.sell(ONE, "1", first)
        phone.sell(OTHER, "2", second)
    network.take(Way.ANSWER_WAITS)
    phone.sell(ONE, "3", first)
    assert network.lost.wait(60)
    phone.sell(OTHER, "5", second)
    phone.crash()
    network.take(Way.OPEN)

    phone.send(second)
    expect(second.get_by_text(re.compile("phiếu đã đối chiếu, khớp"))).to_be_visible()
    sent = sorted((sale["product_name"], sale["quantity_milli"]) for sale in server.new_sales())
    assert sent == [(ONE, 1000), (ONE, 1000), (ONE, 3000), (OTHER, 2000), (OTHER, 2000), (OTHER, 5000)]
    phone.tab("Sổ", second)
    expect(phone.book_rows(ONE, second).filter(has_text="3 con").filter(has_text="HTX đã nhận")).to_have_count(1)
