"""One phone, several people: a book each, behind a PIN each, and all of them sent whoever has the phone in hand."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import NewPhone
from tests.browser.judge import beyond, violations
from tests.browser.server import MANAGER, MEMBER, PASSWORD, Server
from tests.browser.sharing import (
    GOODS,
    HER_GOODS,
    MY,
    PAO,
    PINS,
    choose_pin,
    hand_on,
    make_shared,
    open_book,
    shared_phone,
    shared_phone_with_a_sale,
    type_pin,
)

pytestmark = pytest.mark.browser


def test_each_sells_offline_under_their_own_name_and_all_are_sent_whoever_has_the_phone(
    server: Server, new_phone: NewPhone
) -> None:
    phone = new_phone()
    page = shared_phone(phone)
    phone.wait_until_offline_works()
    server.stop()
    hand_on(page)
    page.reload()

    open_book(page, PAO)
    phone.tab("Bán")
    phone.sell(GOODS, "1")
    phone.expect_unsent(1)
    hand_on(page)
    expect(page.get_by_role("button", name=PAO)).to_contain_text("còn 1 mục chưa gửi")
    _expect_nothing_told(page)
    open_book(page, MY)
    phone.expect_unsent(0)
    phone.tab("Sổ")
    expect(phone.book_rows("trên máy")).to_have_count(0)
    phone.tab("Bán")
    phone.sell(HER_GOODS, "2")
    phone.expect_unsent(1)

    server.start()
    phone.send()
    phone.expect_unsent(0)
    hand_on(page)
    expect(page.get_by_role("button", name=PAO)).not_to_contain_text("chưa gửi")
    sold = {sale["product_name"]: sale["member_id"] for sale in server.new_sales()}
    names = {member["id"]: member["name"] for member in server.read(MANAGER, "members", limit="1000")["items"]}
    assert {goods: names[member] for goods, member in sold.items()} == {GOODS: PAO, HER_GOODS: MY}


def test_members_do_not_read_what_their_manager_reads_on_the_same_phone(new_phone: NewPhone) -> None:
    phone = new_phone()
    page = shared_phone(phone, third=True)
    phone.tab("HTX")
    expect(page.get_by_role("navigation", name="Mục")).to_be_visible()
    manager_at = page.url
    hand_on(page)
    _expect_nothing_told(page)
    open_book(page, MY)
    expect(page.get_by_role("link", name="HTX")).to_have_count(0)
    page.goto(manager_at)
    expect(page.get_by_role("navigation", name="Mục")).to_have_count(0)
    expect(page.get_by_role("button", name=f"Tài khoản: {MY}")).to_be_visible()


def test_locked_phone_opens_neither_by_reload_nor_back_nor_address_nor_another_tab(new_phone: NewPhone) -> None:
    phone = new_phone()
    page = shared_phone(phone)
    phone.tab("Sổ")
    phone.tab("Bán")
    second = phone.another_tab()
    expect(second.locator(".tiles")).to_be_visible()
    page.bring_to_front()
    hand_on(page)
    expect(second.get_by_role("heading", name="Ai dùng máy?")).to_be_visible()
    page.go_back()
    _expect_locked(page)
    page.goto(f"{phone.url}/app/#/book")
    _expect_locked(page)
    page.reload()
    _expect_locked(page)
    third = phone.another_tab()
    _expect_locked(third)
    third.close()
    page.bring_to_front()
    open_book(page, PAO)
    expect(second.get_by_role("button", name=f"Tài khoản: {PAO}")).to_be_visible()


def test_phone_locks_when_nobody_uses_it_and_keeps_what_is_half_typed_for_its_owner(new_phone: NewPhone) -> None:
    phone = new_phone()
    page = phone.launch(clock=datetime.now(UTC))
    make_shared(phone)
    phone.type_sale(HER_GOODS, 12)
    page.clock.fast_forward("04:30")
    page.locator(".keypad").get_by_role("button", name="3", exact=True).tap()
    page.clock.fast_forward("04:30")
    expect(page.get_by_role("heading", name=HER_GOODS)).to_be_visible()
    page.clock.fast_forward("01:00")
    _expect_locked(page)
    # What is typed now is a PIN, wherever the focus is.
    page.get_by_role("button", name=MY).tap()
    page.keyboard.type(PINS[MY])
    expect(page.get_by_role("heading", name=HER_GOODS)).to_be_visible()
    expect(page.locator(".entry-value")).to_contain_text("123")
    page.clock.fast_forward("05:30")
    open_book(page, PAO)
    expect(page.locator(".tiles")).to_be_visible()
    expect(page.locator(".entry-value")).to_have_count(0)


def test_wrong_pins_wait_longer_and_a_reload_does_not_shorten_it(new_phone: NewPhone) -> None:
    phone = new_phone()
    page = phone.launch(clock=datetime.now(UTC))
    make_shared(phone)
    hand_on(page)
    page.get_by_role("button", name=PAO).tap()
    for _ in range(3):
        type_pin(page, "0000")
        expect(page.get_by_role("alert")).to_have_text("Mã PIN không đúng.")
    expect(page.get_by_role("timer")).to_contain_text(re.compile(r"Hãy đợi \d\d giây"))
    page.reload()
    page.get_by_role("button", name=PAO).tap()
    expect(page.get_by_role("timer")).to_be_visible()
    expect(page.locator(".keypad").get_by_role("button", name="1", exact=True)).to_be_disabled()
    page.clock.fast_forward("00:31")
    expect(page.get_by_role("timer")).to_have_count(0)
    type_pin(page, PINS[PAO])
    expect(page.get_by_role("button", name=f"Tài khoản: {PAO}")).to_be_visible()


def test_forgotten_pin_is_replaced_by_the_password_and_nothing_unsent_is_lost(
    server: Server, new_phone: NewPhone
) -> None:
    phone = new_phone()
    page = shared_phone_with_a_sale(server, phone, "2")
    hand_on(page)
    page.get_by_role("button", name=MY).tap()
    page.get_by_role("button", name="Quên mã PIN?").tap()
    expect(page.get_by_text("Sổ trên máy không mất gì")).to_be_visible()
    page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").tap()
    expect(page.get_by_role("alert")).to_contain_text("Không có mạng")
    server.start()
    page.get_by_role("button", name="Đăng nhập").tap()
    choose_pin(page, "9753")
    expect(page.get_by_role("button", name=f"Tài khoản: {MY}")).to_be_visible()
    phone.expect_checked()
    assert [sale["quantity_milli"] for sale in server.new_sales()] == [2000]
    hand_on(page)
    open_book(page, MY, "9753")


def test_sign_out_with_unsent_sales_is_blocked_on_a_shared_phone_too(server: Server, new_phone: NewPhone) -> None:
    phone = new_phone()
    page = shared_phone_with_a_sale(server, phone, "1")
    page.get_by_role("button", name="Tài khoản:").tap()
    sheet = page.get_by_role("dialog")
    sheet.get_by_role("button", name="Đăng xuất").tap()
    expect(sheet.get_by_role("alert")).to_contain_text("Còn 1 mục chỉ có trên máy này")
    server.start()
    sheet.get_by_role("button", name="Gửi rồi đăng xuất").tap()
    # The phone is the others' now; signing out asks nobody for the PIN of whom it leaves.
    expect(page.get_by_role("heading", name=PAO)).to_be_visible()
    page.get_by_role("button", name="Quay lại").tap()
    expect(page.get_by_role("button", name=PAO)).to_be_visible()
    expect(page.get_by_role("button", name=MY)).to_have_count(0)
    assert len(server.new_sales()) == 1


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_gate_is_accessible_by_keyboard_and_nothing_is_cut_off(new_phone: NewPhone, theme: str) -> None:
    phone = new_phone(color_scheme=theme, reduced_motion="reduce", viewport={"width": 320, "height": 568})
    page = phone.launch()
    phone.sign_in(MEMBER)
    wrong = {}

    def look(stands: Locator) -> None:
        expect(stands).to_be_visible()
        if found := violations(page) + beyond(page):
            wrong[str(stands)] = found

    field = page.get_by_label("Mã PIN", exact=True)
    back = page.get_by_role("button", name="Quay lại")
    page.get_by_role("button", name="Tài khoản:").tap()
    page.get_by_role("button", name="Đưa máy cho người khác").tap()
    look(field)
    page.keyboard.type(PINS[PAO])
    page.keyboard.press("Enter")
    expect(page.get_by_label("Nhập lại lần nữa")).to_be_visible()
    page.keyboard.type(PINS[PAO])
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=PAO)).to_be_focused()
    look(page.get_by_label(f"Mã PIN của {PAO}"))
    page.keyboard.type("9999")
    look(page.get_by_role("alert").filter(has_text="Mã PIN không đúng."))
    page.get_by_role("button", name="Quên mã PIN?").tap()
    look(page.get_by_label("Mật khẩu", exact=True))
    back.tap()
    back.tap()
    look(page.get_by_role("heading", name="Ai dùng máy?"))
    page.get_by_role("button", name="Thêm người").tap()
    look(page.get_by_label("Số điện thoại hoặc mã thành viên"))
    back.tap()
    expect(page.get_by_role("heading", name="Ai dùng máy?")).to_be_focused()
    page.get_by_role("button", name=PAO).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=PAO)).to_be_focused()
    page.keyboard.type(PINS[PAO])
    page.get_by_role("button", name="Tài khoản:").tap()
    look(page.get_by_role("group", name="Tự khóa khi không dùng"))
    assert wrong == {}
    assert phone.failed == []


def _expect_locked(page: Page) -> None:
    expect(page.get_by_role("heading", name="Ai dùng máy?")).to_be_visible()
    expect(page.get_by_role("navigation", name="Các trang")).to_have_count(0)


def _expect_nothing_told(page: Page) -> None:
    """Neither sums nor goods, nowhere in the page."""
    assert not re.search(r"₫|đ/|\d\.\d{3}|Gà đồi", page.locator("#app").inner_text())
    assert page.locator("#app .tile, #app .row, #app table").count() == 0
