"""Two tabs of one account: one database, one sync at a time."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NewPhone
from tests.browser.server import MEMBER, Server

pytestmark = pytest.mark.browser

ONE, OTHER = "Gà đồi", "Tam giác mạch"


def test_two_tabs_see_each_others_sales_and_send_each_once(server: Server, new_phone: NewPhone) -> None:
    phone = new_phone()
    first = phone.launch()
    phone.sign_in(MEMBER)
    phone.wait_until_offline_works()
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
