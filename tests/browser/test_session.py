"""Signed out against one's will, signing out too early, and the way out without a network."""

from __future__ import annotations

import re
import secrets

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewPhone
from tests.browser.phone import Phone
from tests.browser.server import MEMBER, NEIGHBOUR, PASSWORD, Server

pytestmark = pytest.mark.browser

GOODS = "Gà đồi"


def test_member_whose_tokens_are_refused_sells_on_and_sends_all_after_the_password(
    server: Server, new_phone: NewPhone
) -> None:
    phone = new_phone()
    page = phone.ready_for(MEMBER)
    server.stop()
    phone.tab("Bán")
    phone.sell(GOODS, "1")

    # Another secret: as after months away, none of the phone's tokens is worth anything.
    server.start(SECRET_KEY=secrets.token_urlsafe(48))
    phone.send()
    expect(page.get_by_text("Vẫn ghi bán hàng như thường.")).to_be_visible()
    page.reload()
    phone.tab("Bán")
    phone.sell(GOODS, "2")
    phone.expect_unsent(2)
    assert server.new_sales() == []

    phone.tab("Gửi")
    page.get_by_role("button", name="Nhập mật khẩu").tap()
    sheet = page.get_by_role("dialog", name="Nhập mật khẩu")
    _type_password(sheet.page, PASSWORD)
    expect(sheet).to_be_hidden()
    phone.expect_unsent(0)
    phone.expect_checked()
    sent = [sale["quantity_milli"] for sale in server.new_sales()]
    assert sorted(sent) == [1000, 2000]


def test_neighbours_password_does_not_take_over_unsent_sales(server: Server, new_phone: NewPhone) -> None:
    phone = new_phone()
    page = phone.ready_for(MEMBER)
    server.stop()
    phone.tab("Bán")
    phone.sell(GOODS, "1")
    server.start(SECRET_KEY=secrets.token_urlsafe(48))
    phone.send()
    page.get_by_role("button", name="Nhập mật khẩu").tap()
    _type_password(page, PASSWORD, login=NEIGHBOUR)
    expect(page.get_by_role("alert").get_by_text("Trên máy còn phiếu của người khác chưa gửi.")).to_be_visible()
    page.get_by_role("dialog").get_by_role("button", name="Đóng").tap()
    expect(page.get_by_role("button", name="Tài khoản: Giàng A Páo")).to_be_visible()
    phone.expect_unsent(1)


def test_sign_out_with_unsent_sales_is_blocked_and_shows_both_ways_out(server: Server, new_phone: NewPhone) -> None:
    phone = new_phone()
    page = phone.ready_for(MEMBER)
    server.stop()
    phone.tab("Bán")
    phone.sell(GOODS, "3")

    page.get_by_role("button", name="Tài khoản:").tap()
    sheet = page.get_by_role("dialog")
    sheet.get_by_role("button", name="Đăng xuất").tap()
    expect(sheet.get_by_role("alert").get_by_text(re.compile("^Còn 1 mục chỉ có trên máy này"))).to_be_visible()
    # What the file holds, and that it comes back: test_file.py.
    expect(sheet.get_by_role("button", name="Lưu ra tệp")).to_be_visible()
    expect(page.get_by_role("button", name="Đăng nhập")).to_have_count(0)

    server.start()
    sheet.get_by_role("button", name="Gửi rồi đăng xuất").tap()
    expect(page.get_by_role("button", name="Đăng nhập")).to_be_visible()
    assert [sale["product_name"] for sale in server.new_sales()] == [GOODS]

    # The book stayed on the phone: signing in again takes it up where it was.
    phone.sign_in(MEMBER)
    phone.expect_checked()
    phone.tab("Sổ")
    expect(phone.book_rows(GOODS).first).to_contain_text("HTX đã nhận")


def test_wrong_password_is_told_and_the_phone_stays_signed_out(new_phone: NewPhone) -> None:
    phone: Phone = new_phone()
    page = phone.launch()
    _type_password(page, "wrong", login=MEMBER)
    expect(page.get_by_role("alert")).to_have_text("Số điện thoại, mã hoặc mật khẩu không đúng.")
    phone.sign_in(MEMBER)


def _type_password(page: Page, password: str, login: str = MEMBER) -> None:
    page.get_by_label("Số điện thoại hoặc mã thành viên").fill(login)
    page.get_by_label("Mật khẩu", exact=True).fill(password)
    page.get_by_role("button", name="Đăng nhập").tap()
