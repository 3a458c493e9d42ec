"""A phone that two or three people share, and how they hand it on."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.phone import Phone
from tests.browser.server import MANAGER, MEMBER, NEIGHBOUR, PASSWORD, Server

GOODS, HER_GOODS = "Gà đồi", "Lợn đen"  # Of the one and of the other.
PAO, MY, MANAGER_NAME = "Giàng A Páo", "Sùng Thị Mỷ", "Vàng Thị Mai"
PINS = {PAO: "1234", MY: "56789", MANAGER_NAME: "246810"}


def shared_phone(phone: Phone, third: bool = False) -> Page:
    page = phone.launch()
    make_shared(phone)
    if third:
        hand_on(page)
        add(page, MANAGER, MANAGER_NAME)
    return page


def shared_phone_with_a_sale(server: Server, phone: Phone, quantity: str) -> Page:
    """The sale of who has it in hand is only there: the server is out of reach, and is stopped when this returns."""
    page = shared_phone(phone)
    phone.wait_until_offline_works()
    server.stop()
    phone.tab("Bán")
    phone.sell(HER_GOODS, quantity)
    return page


def make_shared(phone: Phone) -> None:
    """Two members; the second has it in hand."""
    page = phone.page
    phone.sign_in(MEMBER)
    open_sheet(page)
    page.get_by_role("button", name="Đưa máy cho người khác").tap()
    choose_pin(page, PINS[PAO])
    page.get_by_role("button", name="Quay lại").tap()
    add(page, NEIGHBOUR, MY)


def add(page: Page, login: str, name: str) -> None:
    page.get_by_role("button", name="Thêm người").tap()
    page.get_by_label("Số điện thoại hoặc mã thành viên").fill(login)
    page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").tap()
    expect(page.get_by_role("heading", name=f"Chọn mã PIN cho {name}")).to_be_visible()
    choose_pin(page, PINS[name])
    expect(page.get_by_role("button", name=f"Tài khoản: {name}")).to_be_visible()


def open_sheet(page: Page) -> None:
    page.get_by_role("button", name="Tài khoản:").tap()
    expect(page.get_by_role("dialog")).to_be_visible()


def hand_on(page: Page) -> None:
    open_sheet(page)
    page.get_by_role("button", name="Đưa máy cho người khác").tap()
    expect(page.get_by_role("heading", name="Ai dùng máy?")).to_be_visible()


def open_book(page: Page, name: str, pin: str | None = None) -> None:
    page.get_by_role("button", name=name).tap()
    type_pin(page, pin or PINS[name])
    expect(page.get_by_role("button", name=f"Tài khoản: {name}")).to_be_visible()


def choose_pin(page: Page, pin: str) -> None:
    for label in ("Mã PIN", "Nhập lại lần nữa"):
        expect(page.get_by_label(label, exact=True)).to_be_visible()
        type_pin(page, pin)
        page.get_by_role("button", name="Tiếp").tap()


def type_pin(page: Page, pin: str) -> None:
    keys = page.locator(".gate .keypad")
    for digit in pin:
        keys.get_by_role("button", name=digit, exact=True).tap()
