"""Selling as people do it: counted and weighed, bargained, on credit, paid later, and a receipt handed over."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import NewPhone
from tests.browser.phone import Phone
from tests.browser.server import MEMBER, Server

pytestmark = pytest.mark.browser

GOODS = "Gà đồi"
WEIGHED = "Chè Shan tuyết"
# What a phone's browser has and this one has not: it hands things to other apps.
SHARING = """
navigator.canShare = () => true
navigator.share = async ({ text, files }) => { window.shared = { text, type: files[0].type, bytes: files[0].size } }
"""


def test_quick_amounts_and_the_keypad_suit_the_unit(new_phone: NewPhone) -> None:
    phone = _selling(new_phone)
    page = phone.page
    phone.tile(GOODS).tap()
    expect(page.locator(".quick button")).to_have_text(["1", "2", "3", "5", "10"])
    expect(_key(page, "000")).to_be_visible()
    page.get_by_role("link", name="Quay lại").tap()
    phone.tile(WEIGHED).tap()
    expect(page.locator(".quick button")).to_have_text(["0,5", "1", "2", "5"])
    expect(_key(page, ",")).to_be_visible()
    page.locator(".entry-total").tap()
    expect(_key(page, "000")).to_be_visible()


def test_bargained_total_is_typed_and_the_price_it_makes_is_shown(server: Server, new_phone: NewPhone) -> None:
    phone = _selling(new_phone)
    page = phone.page
    phone.tile(GOODS).tap()
    page.locator(".quick").get_by_role("button", name="2", exact=True).tap()
    total = page.locator(".entry-total")
    total.tap()
    _type(page, "4", "0", "0", "000")
    expect(total).to_contain_text("400.000 ₫")
    expect(total).to_contain_text("được 200.000 ₫/con")
    page.get_by_text("Chuyển khoản", exact=True).tap()
    phone.save_button().tap()
    expect(page.get_by_text("Đã lưu 400.000 ₫")).to_be_visible()
    phone.expect_checked()
    (sale,) = server.new_sales()
    assert (sale["total_vnd"], sale["unit_price_vnd"], sale["payment"]) == (400_000, 230_000, "transfer")


def test_what_is_missing_is_said_when_an_incomplete_form_is_to_be_saved(new_phone: NewPhone) -> None:
    phone = _selling(new_phone)
    page = phone.page
    phone.tab("Hàng")
    page.get_by_role("link", name="Thêm hàng").tap()
    save = phone.save_button()
    expect(save).to_have_accessible_description("Còn thiếu: tên hàng, bán theo, giá")
    save.dispatch_event("click")  # A finger: Playwright would wait until it is no longer grey.
    expect(page.get_by_text("Còn thiếu: tên hàng, bán theo, giá")).to_be_in_viewport()
    page.get_by_label("Tên hàng").fill("Măng khô")
    page.get_by_text("kg", exact=True).tap()
    expect(page.get_by_text("Còn thiếu: giá", exact=True)).to_be_visible()
    page.get_by_role("link", name="Quay lại").tap()
    phone.tab("Bán")
    phone.tile(GOODS).tap()
    _type(page, "0")
    save.dispatch_event("click")  # A finger: Playwright would wait until it is no longer grey.
    expect(page.get_by_text("Còn thiếu: số lượng")).to_be_in_viewport()


def test_buyers_debts_are_added_up_and_paid_in_one_go(server: Server, new_phone: NewPhone) -> None:
    phone = _selling(new_phone)
    page = phone.page
    server.stop()
    _sell_on_credit(phone, "2", "chị Lan")
    phone.tile(GOODS).tap()
    page.get_by_text("Bán chịu", exact=True).tap()
    page.get_by_role("list", name="Người đã mua").get_by_role("button", name="chị Lan").tap()
    expect(page.get_by_label("Người mua")).to_have_value("chị Lan")
    phone.save_button().tap()
    expect(page.get_by_text("Đã lưu 230.000 ₫")).to_be_visible()

    phone.tab("Sổ")
    page.get_by_text("Chưa trả tiền", exact=True).tap()
    debt = _debt(page, "chị Lan")
    expect(debt.get_by_role("heading")).to_contain_text("690.000 ₫")
    expect(debt.locator("a.row")).to_have_count(2)
    owed = page.locator(".owed-total")
    expect(owed).to_contain_text("690.000 ₫")

    debt.get_by_role("button", name="Đã trả hết").tap()
    sheet = page.get_by_role("dialog", name="Đã nhận đủ tiền chưa?")
    expect(sheet).to_contain_text("690.000 ₫")
    sheet.get_by_role("button", name="Chưa nhận").tap()
    expect(debt).to_be_visible()
    debt.get_by_role("button", name="Đã trả hết").tap()
    sheet.get_by_role("button", name="Đã nhận đủ tiền").tap()
    expect(debt).to_have_count(0)
    expect(page.get_by_text("Không ai còn nợ.")).to_be_visible()

    server.start()
    phone.expect_checked()
    assert [(sale["payment"], sale["settled"]) for sale in server.new_sales()] == [("credit", True)] * 2


def test_week_and_month_show_what_was_earned_and_of_what(server: Server, new_phone: NewPhone) -> None:
    phone = _selling(new_phone)
    page = phone.page
    server.stop()
    phone.tab("Sổ")
    earned = page.get_by_role("region", name="Tiền bán được")
    today = earned.locator(".bar.now").get_by_role("img")
    expect(today).to_have_accessible_name(re.compile("không bán"))
    before = _dong(earned.locator(".big"))
    phone.tab("Bán")
    phone.sell(GOODS, "3")
    phone.tab("Sổ")
    expect(today).to_have_accessible_name(re.compile(r"1 lần bán, 690\.000\s₫"))
    assert _dong(earned.locator(".big")) == before + 690_000
    earned.get_by_text("Xem từng hàng, từng ngày").tap()
    expect(earned.locator(".earned-goods")).to_contain_text(GOODS)
    expect(earned.get_by_role("table")).to_contain_text("690.000 ₫")

    expect(earned.get_by_role("button", name="Sau đó")).to_be_disabled()
    earned.get_by_role("button", name="Trước đó").tap()
    expect(today).to_have_count(0)
    expect(earned.locator(".bar")).to_have_count(7)
    earned.get_by_text("Tháng", exact=True).tap()
    expect(earned).to_contain_text("Tháng này")
    expect(today).to_have_accessible_name(re.compile(r"690\.000\s₫"))


def test_receipt_says_whether_the_cooperative_has_confirmed_the_sale(
    server: Server, new_phone: NewPhone, tmp_path: Path
) -> None:
    phone = _selling(new_phone)
    page = phone.page
    server.stop()
    phone.sell(GOODS, "2")
    phone.tab("Sổ")
    phone.book_rows(GOODS).first.tap()
    page.get_by_role("button", name="Biên nhận").tap()
    receipt = page.get_by_role("dialog", name="Biên nhận bán hàng").get_by_role("img")
    text = str(receipt.get_attribute("alt"))
    for said in ("HTX Đá Nở Hoa", "Gà đồi: 2 con × 230.000 ₫/con", "460.000 ₫", "Giàng A Páo", "Tiền mặt"):
        assert said in text.replace("\N{NO-BREAK SPACE}", " ")
    assert text.endswith("Chưa được hợp tác xã xác nhận")
    with page.expect_download() as saved:
        page.get_by_role("link", name="Lưu ảnh").tap()
    saved.value.save_as(tmp_path / "receipt.png")
    assert (tmp_path / "receipt.png").read_bytes().startswith(b"\x89PNG")

    server.start()
    page.get_by_role("dialog").get_by_role("button", name="Đóng").tap()
    phone.open()
    phone.send()
    phone.expect_checked()
    (sale,) = server.new_sales()
    phone.open(f"book/{sale['id']}")
    page.get_by_role("button", name="Biên nhận").tap()
    expect(receipt).to_have_attribute("alt", re.compile(r"Hợp tác xã đã xác nhận · \d+/\d+/\d{4} \d+:\d\d$"))
    assert f"Số {_number(sale['id'])}" in str(receipt.get_attribute("alt"))


def test_receipt_is_shared_as_picture_and_text_without_a_network(server: Server, new_phone: NewPhone) -> None:
    phone = new_phone()
    page = phone.launch()
    page.add_init_script(SHARING)
    phone.sign_in(MEMBER)
    phone.wait_until_offline_works()
    server.stop()
    page.reload()
    phone.tab("Bán")
    phone.sell(GOODS, "5")
    phone.tab("Sổ")
    phone.book_rows(GOODS).first.tap()
    page.get_by_role("button", name="Biên nhận").tap()
    page.get_by_role("button", name="Gửi biên nhận").tap()
    page.wait_for_function("() => window.shared")
    shared = page.evaluate("() => window.shared")
    assert shared["type"] == "image/png"
    assert "1.150.000" in shared["text"]
    assert shared["text"].endswith("Chưa được hợp tác xã xác nhận")


def _selling(new_phone: NewPhone) -> Phone:
    phone = new_phone()
    phone.ready_for(MEMBER)
    phone.tab("Bán")
    return phone


def _sell_on_credit(phone: Phone, quantity: str, buyer: str) -> None:
    page = phone.page
    phone.tile(GOODS).tap()
    page.locator(".quick").get_by_role("button", name=quantity, exact=True).tap()
    page.get_by_text("Bán chịu", exact=True).tap()
    page.get_by_label("Người mua").fill(buyer)
    phone.save_button().tap()
    expect(page.get_by_text(re.compile("^Đã lưu"))).to_be_visible()


def _debt(page: Page, buyer: str) -> Locator:
    return page.locator("section.day").filter(has=page.get_by_role("heading", name=re.compile(buyer)))


def _key(page: Page, key: str) -> Locator:
    return page.locator(".keypad").get_by_role("button", name=key, exact=True)


def _type(page: Page, *keys: str) -> None:
    for key in keys:
        _key(page, key).tap()


def _number(id: str) -> str:
    return f"{id[-8:-4]} {id[-4:]}".upper()


def _dong(shown: Locator) -> int:
    expect(shown).to_contain_text("₫")
    return int(re.sub(r"\D", "", shown.inner_text()))
