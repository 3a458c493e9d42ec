"""The main job, end to end: recorded without a network, it survives everything and arrives exactly once."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NewPhone
from tests.browser.server import ADMIN, MANAGER, MEMBER, Server

pytestmark = pytest.mark.browser

GOODS = "Gà đồi"


def test_sale_recorded_without_network_survives_a_killed_browser_and_arrives_once(
    server: Server, new_phone: NewPhone
) -> None:
    before = {sale["id"] for sale in server.sales(MANAGER)}
    phone = new_phone()
    phone.launch()
    phone.sign_in(MEMBER)
    phone.wait_until_offline_works()

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

    (sale,) = [sale for sale in server.sales(MANAGER) if sale["id"] not in before]
    assert (sale["product_name"], sale["quantity_milli"], sale["total_vnd"]) == (GOODS, 2000, _dong(total))
    assert sale["counts"]


def _dong(total: str) -> int:
    return int(re.sub(r"\D", "", total))
