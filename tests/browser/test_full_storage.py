"""A phone without room: nothing is recorded or taken in by halves, the person is told, and what there is stays."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NewPhone
from tests.browser.phone import Phone
from tests.browser.server import MEMBER, Server

pytestmark = pytest.mark.browser

GOODS = "Gà đồi"
NOT_SAVED = re.compile("^Chưa lưu: máy đầy bộ nhớ")
FULL = re.compile("^Máy đầy bộ nhớ")


def test_sale_on_a_full_phone_is_refused_in_words_and_saved_when_there_is_room(
    server: Server, new_phone: NewPhone
) -> None:
    phone = new_phone()
    phone.ready_for(MEMBER)
    server.stop()
    phone.tab("Bán")
    phone.sell(GOODS, "3")
    total = _today(phone)
    phone.kill()

    page = phone.launch(is_full=True)
    phone.type_sale(GOODS, 71)
    for _ in range(2):
        phone.save_button().tap()
        expect(page.get_by_text(NOT_SAVED)).to_be_visible()
        expect(page.get_by_text(re.compile("^Đã lưu"))).to_have_count(0)
        expect(page.locator(".entry-value")).to_contain_text("71")
    phone.open()
    page.reload()
    phone.expect_unsent(1)
    assert _today(phone) == total
    assert phone.counted_in_book().count(71) == 0

    phone.tab("Bán")
    phone.type_sale(GOODS, 72)
    phone.save_button().tap()
    expect(page.get_by_text(NOT_SAVED)).to_be_visible()
    phone.make_room()
    phone.save_button().tap()
    expect(page.get_by_text(re.compile("^Đã lưu"))).to_be_visible()
    expect(page.get_by_text(FULL)).to_have_count(0)

    server.start()
    phone.send()
    phone.expect_checked()
    assert sorted(sale["quantity_milli"] for sale in server.new_sales()) == [3000, 72000]


def test_answer_that_finds_no_room_leaves_everything_as_it_was_and_is_taken_later(
    server: Server, new_phone: NewPhone
) -> None:
    phone = new_phone()
    page = phone.ready_for(MEMBER)
    server.stop()
    phone.tab("Bán")
    phone.sell(GOODS, "3")
    phone.kill()

    page = phone.launch(is_full=True)
    server.start()
    phone.send()
    expect(page.get_by_text(FULL).first).to_be_visible()
    phone.expect_unsent(1)
    assert len(server.new_sales()) == 1
    phone.tab("Sổ")
    expect(page.get_by_text(FULL).first).to_be_visible()
    expect(phone.book_rows(GOODS).filter(has_text="3 con").first).to_contain_text("trên máy")
    page.reload()
    phone.expect_unsent(1)

    phone.make_room()
    phone.send()
    phone.expect_checked()
    expect(page.get_by_text(FULL)).to_have_count(0)
    assert len(server.new_sales()) == 1


def _today(phone: Phone) -> str:
    phone.tab("Bán")
    return phone.page.locator(".screen:not([hidden]) .page").inner_text().split("₫")[0]
