"""The main job, end to end: recorded without a network, it survives everything and arrives exactly once."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NewPhone
from tests.browser.phone import Phone
from tests.browser.server import ADMIN, MANAGER, MEMBER, Server

pytestmark = pytest.mark.browser

GOODS = "Gà đồi"


def test_sale_recorded_without_network_survives_a_killed_browser_and_arrives_once(
    server: Server, new_phone: NewPhone
) -> None:
    phone = new_phone()
    phone.ready_for(MEMBER)

    server.stop()
    phone.page.reload()
    phone.tab("Bán")
    total = phone.sell(GOODS)
    phone.kill()

    phone.launch()
    phone.expect_unsent(1)
    phone.tab("Sổ")
    row = phone.book_rows(GOODS).first
    expect(row).to_contain_text(total)
    expect(row).to_contain_text("trên máy")

    server.start()
    phone.send()
    phone.expect_checked()
    phone.tab("Sổ")
    expect(phone.book_rows(GOODS).first).to_contain_text("HTX đã nhận")

    (sale,) = server.new_sales()
    assert (sale["product_name"], sale["quantity_milli"], sale["total_vnd"]) == (GOODS, 2000, _dong(total))
    assert sale["counts"]


def test_managers_book_and_the_provinces_search_find_a_members_sale(server: Server, new_phone: NewPhone) -> None:
    phone = new_phone()
    phone.ready_for(MEMBER)
    phone.tab("Bán")
    total = phone.sell(GOODS, "10")
    phone.expect_checked()
    phone.close()
    assert len(server.new_sales()) == 1

    office = new_phone()
    office.launch()
    office.sign_in(MANAGER)
    office.tab("HTX")
    _search(office, "Tìm hàng, người mua, thành viên", "giang a pao ga doi")
    _expect_sale(office, total, "HTX đã nhận")
    office.wait_until_offline_works()
    server.stop()
    office.page.reload()
    office.tab("HTX")
    _search(office, "Tìm hàng, người mua, thành viên", "giang a pao ga doi")
    _expect_sale(office, total, "HTX đã nhận")
    server.start()

    province = new_phone(viewport={"width": 1280, "height": 800}, has_touch=False, is_mobile=False)
    page = province.launch()
    province.sign_in(ADMIN)
    _search(province, re.compile("^Tìm hàng"), "ga doi")
    _expect_sale(province, total, "HTX Đá Nở Hoa")
    page.get_by_role("table").get_by_role("row").filter(has_text=total).first.get_by_role("link").click()
    expect(page.get_by_role("heading", name="Giàng A Páo")).to_be_visible()
    assert len(server.new_sales()) == 1


def _search(phone: Phone, label: str | re.Pattern[str], words: str) -> None:
    phone.page.get_by_role("searchbox", name=label).fill(words)


def _expect_sale(phone: Phone, total: str, text: str) -> None:
    row = phone.page.get_by_role("table").get_by_role("row").filter(has_text=GOODS).filter(has_text=total)
    expect(row.first).to_contain_text("10 con")
    expect(row.first).to_contain_text(text)


def _dong(total: str) -> int:
    return int(re.sub(r"\D", "", total))
