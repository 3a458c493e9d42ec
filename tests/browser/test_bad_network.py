"""Networks that lie: a line that breaks after the server has committed, and a portal that answers everything."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewPhone
from tests.browser.portal import Network, Way
from tests.browser.server import MEMBER, Server

pytestmark = pytest.mark.browser

GOODS = "Gà đồi"
NO_ANSWER = re.compile("Mạng này chưa vào được Internet")
# The browser does not let an app tell a redirect that it refused from no network at all.
NO_CONNECTION = {Way.PORTAL: NO_ANSWER, Way.REDIRECT: re.compile("Không có mạng|Mạng này chưa vào được Internet")}


def test_sale_whose_answer_was_lost_stays_unsent_and_is_confirmed_by_the_next_sync(
    server: Server, network: Network, new_phone: NewPhone
) -> None:
    phone = new_phone(network.url)
    phone.launch()
    phone.sign_in(MEMBER)
    phone.expect_checked()

    network.take(Way.ANSWER_LOST)
    phone.tab("Bán")
    phone.sell(GOODS)
    assert network.lost.wait(30)
    assert len(server.new_sales()) == 1
    phone.expect_unsent(1)
    phone.tab("Sổ")
    expect(phone.book_rows(GOODS).first).to_contain_text("trên máy")

    network.take(Way.OPEN)
    phone.send()
    phone.expect_checked()
    phone.tab("Sổ")
    expect(phone.book_rows(GOODS).first).to_contain_text("HTX đã nhận")
    assert len(server.new_sales()) == 1


@pytest.mark.parametrize("way", [Way.PORTAL, Way.REDIRECT])
def test_portal_that_answers_everything_is_no_connection_and_costs_nothing(
    server: Server, network: Network, new_phone: NewPhone, way: Way
) -> None:
    phone = new_phone(network.url)
    page = phone.ready_for(MEMBER)
    phone.expect_checked()
    held = _counts(page)

    network.take(way)
    phone.tab("Bán")
    phone.sell(GOODS, "1")
    phone.sell(GOODS, "3")
    assert network.caught.wait(30)
    phone.send()
    expect(page.locator(".page > .stack").get_by_text(NO_CONNECTION[way]).first).to_be_visible()
    phone.expect_unsent(2)
    assert server.new_sales() == []

    # Opened again behind the portal, it is still the app and not the portal's page.
    page.reload()
    phone.expect_unsent(2)
    assert _counts(page) == (held[0] + 2, held[1])
    phone.tab("Sổ")
    expect(phone.book_rows(GOODS).filter(has_text="trên máy")).to_have_count(2)

    network.take(Way.OPEN)
    phone.send()
    phone.expect_checked()
    assert _counts(page) == (held[0] + 2, held[1] + 2)
    assert len(server.new_sales()) == 2


def test_app_of_which_only_the_page_came_goes_on_when_the_network_is_back(
    network: Network, new_phone: NewPhone
) -> None:
    network.take(Way.PAGE_ONLY)
    phone = new_phone(network.url)
    page = phone.launch()
    again = page.get_by_role("button", name="Thử lại")
    expect(again).to_be_visible()
    network.take(Way.OPEN)
    again.tap()
    phone.sign_in(MEMBER)
    phone.expect_checked()


def test_portal_before_the_first_use_is_told_and_later_the_app_opens(network: Network, new_phone: NewPhone) -> None:
    phone = new_phone(network.url)
    page = phone.launch()
    login = page.get_by_label("Số điện thoại hoặc mã thành viên")
    expect(login).to_be_visible()
    network.take(Way.PORTAL)
    login.fill(MEMBER)
    page.get_by_label("Mật khẩu", exact=True).fill("chophien-demo")
    page.get_by_role("button", name="Đăng nhập").tap()
    # What signing in needs may itself not have come yet.
    expect(page.get_by_role("alert")).to_have_text(re.compile("Mạng này chưa vào được Internet|Không có mạng"))

    network.take(Way.OPEN)
    phone.sign_in(MEMBER)
    phone.expect_checked()


def _counts(page: Page) -> tuple[int, int]:
    """What the send page says: how many are here, how many there."""
    boxes = page.locator(".pair .box b")
    expect(boxes).to_have_count(2)
    here, there = boxes.all_inner_texts()
    return int(here), int(there)
