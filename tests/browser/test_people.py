"""People and places: a manager looks after a member on a phone, an admin makes co-operatives by the keyboard alone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewPhone
from tests.browser.judge import beyond, violations
from tests.browser.phone import Phone
from tests.browser.server import ADMIN, MANAGER, MEMBER, Server

pytestmark = pytest.mark.browser

NAME = "Giàng A Páo"
DESK = {"viewport": {"width": 1280, "height": 800}, "has_touch": False, "is_mobile": False}


def agree(phone: Phone, answer: str) -> None:
    """On the account's sheet, to the ethnic group being kept."""
    page = phone.page
    page.get_by_role("button", name="Tài khoản:").click()
    page.get_by_role("button", name="Điều tôi đồng ý").click()
    choice = page.get_by_role("group", name="Ghi dân tộc của tôi").get_by_role("radio", name=answer)
    choice.check(force=True)
    expect(choice).to_be_checked()
    assert violations(page) + beyond(page) == []
    page.get_by_role("dialog").get_by_role("button", name="Đóng").click()


def open_person(office: Phone) -> Page:
    desk = office.page
    office.open("office/members")
    desk.get_by_role("link", name=NAME).click()
    expect(desk.get_by_role("heading", name="Dữ liệu của người này")).to_be_visible()
    return desk


def test_a_manager_keeps_what_a_member_agreed_to_and_erases_the_member_who_asks(
    server: Server, new_phone: NewPhone
) -> None:
    member, office = new_phone(viewport={"width": 360, "height": 740}), new_phone()
    page = member.ready_for(MEMBER)
    server.stop()
    agree(member, "Đồng ý")
    server.start()
    member.send()

    office.ready_for(MANAGER)
    desk = open_person(office)
    assert violations(desk) + beyond(desk) == []
    expect(desk.get_by_text(re.compile(f"Đồng ý từ .*{NAME} ghi"))).to_be_visible()
    desk.get_by_label("Dân tộc", exact=True).fill("Mông")
    desk.get_by_role("button", name="Lưu", exact=True).click()
    expect(desk.get_by_role("button", name="Lưu", exact=True)).to_be_disabled()

    agree(member, "Không")
    member.send()
    desk = open_person(office)
    expect(desk.get_by_text(re.compile("Thôi đồng ý ngày"))).to_be_visible()
    expect(desk.get_by_label("Dân tộc", exact=True)).to_have_count(0)

    desk.get_by_role("button", name="Lấy bản sao").click()
    expect(desk.get_by_text(re.compile("^Thành viên: 1$"))).to_be_visible()
    desk.get_by_role("dialog").get_by_role("button", name="Đóng").click()
    desk.get_by_role("button", name="Xóa người này").click()
    desk.get_by_role("dialog").get_by_label("Gõ lại họ tên để xóa").fill(NAME.lower())
    desk.get_by_role("dialog").get_by_role("button", name="Xóa người này").click()
    expect(desk.get_by_text("Đã xóa người này.")).to_be_visible()

    member.tab("Gửi")
    page.get_by_role("button", name=re.compile("^Gửi ngay|^Gửi và kiểm tra")).tap()
    expect(page.get_by_role("button", name="Đăng nhập")).to_be_visible()
    page.wait_for_function("() => !localStorage.getItem('last-opened')")
    left = (
        "async () => (await indexedDB.databases()).map(({ name }) => name).filter((name) => /-[0-9a-f]{8}-/.test(name))"
    )
    assert page.evaluate(left) == [], "nothing of the book is left on the phone"


def test_the_province_makes_a_co_operative_and_lets_its_manager_in_by_the_keyboard_alone(
    server: Server, new_phone: NewPhone
) -> None:
    phone = new_phone(**DESK)
    page = phone.launch()
    phone.sign_in(ADMIN)
    phone.open("coops")
    page.get_by_role("button", name="Thêm hợp tác xã").press("Enter")
    page.get_by_label("Tên hợp tác xã").press_sequentially("THT Lũng Lú")
    place = page.get_by_role("combobox", name="Xã, phường")
    place.press_sequentially("dong van")
    found = page.get_by_role("listbox", name="Xã, phường").get_by_role("option")
    expect(found.filter(has_text="Xã Đồng Văn")).to_contain_text("Tuyên Quang")
    expect(found.filter(has_text="Phường Đồng Văn")).to_contain_text("Ninh Bình")
    assert violations(page) == []
    place.press("ArrowDown")
    place.press("Enter")
    expect(place).to_have_value("Xã Đồng Văn, Tuyên Quang")
    page.get_by_label("Mã số thuế").press_sequentially("0100109107")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Mã số thuế sai một chữ số")).to_be_visible()
    page.get_by_label("Mã số thuế").fill("0100109106")
    page.keyboard.press("Enter")
    expect(
        page.get_by_role("row", name=re.compile("THT Lũng Lú.*0100109106.*Xã Đồng Văn, Tuyên Quang"))
    ).to_be_visible()

    page.get_by_role("link", name="Tài khoản", exact=True).press("Enter")
    page.get_by_role("button", name="Thêm tài khoản").press("Enter")
    page.get_by_label("Họ tên").press_sequentially("Sùng Mí Chơ")
    page.get_by_role("dialog").get_by_label("Hợp tác xã").select_option(label="THT Lũng Lú")
    page.get_by_label("Họ tên").press("Enter")
    invitation = page.get_by_role("dialog", name=re.compile("Sùng Mí Chơ"))
    expect(invitation.get_by_role("img")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("row", name=re.compile("Sùng Mí Chơ.*cán bộ.*THT Lũng Lú"))).to_be_visible()

    page.get_by_role("link", name="Nhật ký", exact=True).press("Enter")
    for action in ("cấp mã mời", "thêm tài khoản", "thêm hợp tác xã"):
        expect(page.get_by_role("row", name=re.compile(action)).first).to_be_visible()
    assert violations(page) + beyond(page) == []
