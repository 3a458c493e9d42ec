"""Who uses a shared phone: found by their picture, asked for a PIN, taken off it, and let in again by the manager."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NewPhone
from tests.browser.judge import beyond, violations
from tests.browser.server import MANAGER, MEMBER, NEIGHBOUR, Server
from tests.browser.sharing import (
    GOODS,
    MY,
    PAO,
    choose_pin,
    hand_on,
    open_book,
    open_sheet,
    shared_phone,
    shared_phone_with_a_sale,
)
from tests.browser.test_photos import expect_picture, turned_photo

pytestmark = pytest.mark.browser


def test_own_picture_finds_the_book_stays_on_the_phone_and_goes_with_its_owner(new_phone: NewPhone) -> None:
    phone = new_phone()
    page = shared_phone(phone)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if "/photos" in request.url else None)
    open_sheet(page)
    sheet = page.get_by_role("dialog", name=MY)
    sheet.get_by_role("button", name="Đặt ảnh của tôi").tap()
    camera = page.get_by_role("dialog", name="Ảnh của tôi")
    choose = camera.locator("input[type=file]")
    expect(choose).to_have_attribute("capture", "user")
    choose.set_input_files({"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": turned_photo()})
    camera.get_by_role("button", name="Dùng ảnh").tap()
    expect_picture(sheet.locator(".portrait img"))
    assert violations(page) + beyond(page) == []
    sheet.get_by_role("button", name="Đưa máy cho người khác").tap()
    expect_picture(page.get_by_role("button", name=MY).locator("img"))
    expect(page.get_by_role("button", name=PAO).locator("img")).to_have_count(0)
    assert violations(page) + beyond(page) == []

    phone.kill()
    page = phone.launch()
    expect_picture(page.get_by_role("button", name=MY).locator("img"))
    open_book(page, MY)
    open_sheet(page)
    page.get_by_role("button", name="Bỏ ảnh của tôi").tap()
    expect(page.locator(".portrait img")).to_have_count(0)
    assert sent == []


def test_phone_that_locks_at_once_locks_when_another_app_comes_in_front(new_phone: NewPhone) -> None:
    phone = new_phone()
    page = shared_phone(phone)
    open_sheet(page)
    page.get_by_text("Khóa ngay", exact=True).tap()
    page.get_by_role("button", name="Đóng").first.tap()
    expect(page.get_by_role("dialog")).to_have_count(0)
    phone.hide()
    expect(page.get_by_role("heading", name="Ai dùng máy?")).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", name="Ai dùng máy?")).to_be_visible()
    open_book(page, MY)


def test_managers_code_gives_a_new_pin_to_who_forgot_it_and_the_password_and_loses_nothing(
    server: Server, new_phone: NewPhone
) -> None:
    phone = new_phone()
    page = shared_phone_with_a_sale(server, phone, "2")
    hand_on(page)
    server.start()
    [member] = server.read(MANAGER, "members", q=MY)["items"]
    code = server.post(MANAGER, "enrolments", {"member_id": member["id"]})["code"]
    page.goto("about:blank")  # by the camera app, not in the page that stands
    page.goto(f"{phone.url}/app/#enrol={code}")
    page.get_by_label("Đặt mật khẩu").fill("mot mat khau moi")
    page.get_by_role("button", name="Vào sổ").tap()
    choose_pin(page, "9753")
    page.get_by_role("button", name="Bắt đầu bán hàng").tap()
    expect(page.get_by_role("button", name=f"Tài khoản: {MY}")).to_be_visible()
    phone.expect_checked()
    assert [sale["quantity_milli"] for sale in server.new_sales()] == [2000]
    hand_on(page)
    open_book(page, MY, "9753")
    hand_on(page)
    open_book(page, PAO)


def test_who_no_longer_uses_the_phone_is_taken_off_it_once_everything_of_theirs_is_sent(
    server: Server, new_phone: NewPhone
) -> None:
    phone = new_phone()
    page = shared_phone_with_a_sale(server, phone, "1")
    hand_on(page)
    page.get_by_role("button", name=MY).tap()
    page.get_by_role("button", name="Bỏ người này khỏi máy").tap()
    expect(page.get_by_text("Sổ vẫn ở trên máy")).to_be_visible()
    assert violations(page) + beyond(page) == []
    page.get_by_role("button", name="Bỏ người này khỏi máy").tap()
    blocked = page.get_by_role("alert")
    expect(blocked).to_contain_text("Còn 1 mục của người này chỉ có trên máy này")
    page.get_by_role("button", name="Gửi rồi bỏ khỏi máy").tap()
    expect(blocked).to_contain_text("Chưa gửi được")
    assert violations(page) + beyond(page) == []
    page.get_by_role("button", name="Mở sổ để lưu ra tệp").tap()
    expect(page.get_by_label(f"Mã PIN của {MY}")).to_be_visible()

    server.start()
    page.get_by_role("button", name="Bỏ người này khỏi máy").tap()
    page.get_by_role("button", name="Bỏ người này khỏi máy").tap()
    left = page.get_by_role("button", name="Gửi rồi bỏ khỏi máy")
    expect(left.or_(page.get_by_role("heading", name="Ai dùng máy?"))).to_be_visible()
    if left.is_visible():  # the app may have sent it by itself by now
        left.tap()
    expect(page.get_by_role("button", name=PAO)).to_be_visible()
    expect(page.get_by_role("button", name=MY)).to_have_count(0)
    assert len(server.new_sales()) == 1
    open_book(page, PAO)
    phone.tab("Bán")
    phone.sell(GOODS, "1")


def test_who_signs_in_where_others_have_books_is_offered_a_pin_and_need_not_take_it(new_phone: NewPhone) -> None:
    phone = new_phone()
    page = phone.launch()
    phone.sign_in(MEMBER)
    open_sheet(page)
    page.get_by_role("button", name="Đăng xuất").tap()
    page.get_by_label("Số điện thoại hoặc mã thành viên").fill(NEIGHBOUR)
    page.get_by_label("Mật khẩu", exact=True).fill("chophien-demo")
    page.get_by_role("button", name="Đăng nhập").tap()
    expect(page.get_by_role("heading", name=f"Chọn mã PIN cho {MY}")).to_be_visible()
    assert violations(page) + beyond(page) == []
    page.get_by_role("button", name="Bỏ qua").tap()
    expect(page.get_by_role("button", name=re.compile(f"Tài khoản: {MY}"))).to_be_visible()
    page.reload()
    expect(page.get_by_role("button", name=re.compile(f"Tài khoản: {MY}"))).to_be_visible()
