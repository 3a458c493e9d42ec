"""Goods, stock and voids recorded without a network; afterwards the member and the manager read the same."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewPhone
from tests.browser.server import MANAGER, MEMBER, Server

pytestmark = pytest.mark.browser

NAME = "Măng khô vàng"


def test_listing_with_stock_added_offline_sells_down_and_everyone_agrees_afterwards(
    server: Server, new_phone: NewPhone
) -> None:
    phone = new_phone()
    page = phone.ready_for(MEMBER)
    server.stop()

    phone.tab("Hàng")
    add_listing(page, NAME, unit="kg", price="220000", stock="10")
    expect(page.get_by_role("heading", name=NAME)).to_be_visible()
    page.get_by_role("link", name="Quay lại").tap()
    phone.tab("Bán")
    expect(phone.tile(NAME)).to_contain_text("còn 10 kg")
    assert phone.sell(NAME, "2") == "440.000 ₫"
    expect(phone.tile(NAME)).to_contain_text("còn 8 kg")

    page.get_by_role("button", name="Hoàn tác").tap()
    expect(page.get_by_text("Đã hủy phiếu 440.000 ₫")).to_be_visible()
    expect(phone.tile(NAME)).to_contain_text("còn 10 kg")
    phone.sell(NAME, "5")
    expect(phone.tile(NAME)).to_contain_text("còn 5 kg")
    phone.expect_unsent(4)  # The listing, its stock and two sales, one of them voided.

    server.start()
    phone.send()
    phone.expect_checked()
    phone.tab("Bán")
    expect(phone.tile(NAME)).to_contain_text("còn 5 kg")
    (listing,) = server.read(MANAGER, "listings", q="mang kho vang")["items"]
    assert (listing["left_milli"], listing["price_vnd"], listing["unit"]) == (5000, 220_000, "kg")
    sales = server.new_sales(q="mang kho vang")
    assert sorted((sale["quantity_milli"], sale["counts"]) for sale in sales) == [(2000, False), (5000, True)]

    office = new_phone()
    office.launch()
    office.sign_in(MANAGER)
    office.expect_checked()
    office.open(f"goods/{listing['id']}")
    expect(office.page.get_by_text("còn 5 kg")).to_be_visible()


def test_sale_voided_with_a_reason_stays_in_the_book_and_counts_no_more(server: Server, new_phone: NewPhone) -> None:
    phone = new_phone()
    page = phone.ready_for(MEMBER)
    phone.tab("Bán")
    phone.sell("Gà đồi", "3")
    server.stop()

    phone.tab("Sổ")
    today = page.locator(".day").first
    expect(today).to_contain_text("690.000 ₫")
    phone.book_rows("Gà đồi").first.tap()
    page.get_by_role("button", name="Hủy phiếu").tap()
    page.get_by_role("dialog").get_by_role("button", name="Khách trả lại").tap()
    expect(page.get_by_text("Đã hủy: Khách trả lại")).to_be_visible()
    page.get_by_role("link", name="Quay lại").tap()
    expect(today.get_by_role("heading")).to_have_text(re.compile(r"Hôm nay\s*0\s₫"))
    expect(phone.book_rows("Gà đồi").first).to_contain_text("đã hủy")

    server.start()
    phone.send()
    phone.expect_checked()
    (sale,) = server.new_sales()
    assert (sale["voided"], sale["void_reason"], sale["counts"]) == (True, "returned", False)


def test_corrected_sale_is_voided_and_the_new_one_counts(server: Server, new_phone: NewPhone) -> None:
    phone = new_phone()
    page = phone.ready_for(MEMBER)
    phone.tab("Bán")
    phone.sell("Gà đồi", "3")
    phone.tab("Sổ")
    phone.book_rows("Gà đồi").first.tap()
    page.get_by_role("link", name="Sửa phiếu").tap()
    page.locator(".quick").get_by_role("button", name="2", exact=True).tap()
    page.get_by_role("button", name="Lưu", exact=True).tap()
    phone.expect_checked()
    sales = {sale["id"]: sale for sale in server.new_sales()}
    (new,) = [sale for sale in sales.values() if sale.get("replaces_id")]
    old = sales[new["replaces_id"]]
    assert (new["quantity_milli"], new["counts"]) == (2000, True)
    assert (old["quantity_milli"], old["counts"], old["voided"]) == (3000, False, True)


def add_listing(page: Page, name: str, unit: str, price: str, stock: str) -> None:
    page.get_by_role("link", name="Thêm hàng").tap()
    page.get_by_label("Tên hàng").fill(name)
    page.get_by_text(unit, exact=True).tap()
    type_number(page, "Giá một kg", price)
    type_number(page, "Đang có", stock)
    page.get_by_role("button", name="Lưu", exact=True).tap()


def type_number(page: Page, field: str, digits: str) -> None:
    """Opens the keypad of a field of a form and types on it."""
    page.locator(".field").filter(has_text=field).get_by_role("button").first.tap()
    sheet = page.get_by_role("dialog", name=field)
    for digit in digits:
        sheet.locator(".keypad").get_by_role("button", name=digit, exact=True).tap()
    sheet.get_by_role("button", name="Xong").tap()
