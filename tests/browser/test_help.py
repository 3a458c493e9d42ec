"""The help: the user guide on the phone, without a network, found by words without their marks."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NewPhone
from tests.browser.judge import beyond, violations
from tests.browser.server import ADMIN, MANAGER, MEMBER, Server
from tests.guide import MEMBER as MEMBER_PAGES
from tests.guide import OFFICE as OFFICE_PAGES

pytestmark = pytest.mark.browser


def test_member_without_a_network_finds_a_page_and_sees_its_picture(server: Server, new_phone: NewPhone) -> None:
    phone = new_phone()
    page = phone.ready_for(MEMBER)
    phone.expect_checked()
    phone.wait_until_help_is_kept()
    server.stop()
    phone.kill()

    page = phone.launch(at="send")
    page.get_by_role("link", name="Trợ giúp").tap()
    expect(page.get_by_role("heading", name="Gửi về hợp tác xã")).to_be_visible()
    page.get_by_role("link", name="Xem hết các mục").tap()
    page.get_by_role("searchbox").fill("ban chiu")
    page.get_by_role("link", name="Bán chịu, thu tiền sau").tap()
    expect(page.get_by_role("heading", name="Bán chịu, thu tiền sau")).to_be_visible()
    picture = page.get_by_role("img", name="Chạm Bán chịu")
    picture.scroll_into_view_if_needed()
    expect(picture).to_be_visible()
    page.wait_for_function("[...document.querySelectorAll('article img')].every((it) => it.naturalWidth === 360)")
    page.get_by_role("link", name="Quay lại").tap()
    page.get_by_role("searchbox").fill("tên lửa")
    expect(page.get_by_text("Không tìm thấy.")).to_be_visible()
    page.get_by_role("link", name="Quay lại").tap()
    expect(page.get_by_role("heading", name="Gửi", exact=True)).to_be_visible()


def test_manager_reads_the_offices_pages_without_a_network_and_the_province_its_own_on_line(
    server: Server, new_phone: NewPhone
) -> None:
    desk = new_phone(viewport={"width": 1280, "height": 800}, has_touch=False, is_mobile=False)
    page = desk.launch()
    desk.sign_in(ADMIN)
    page.get_by_role("button", name="Trợ giúp").click()
    sheet = page.get_by_role("dialog", name="Trợ giúp")
    expect(sheet.get_by_role("heading", name="Cả tỉnh bán được gì")).to_be_visible()
    page.wait_for_function("[...document.querySelectorAll('article img')].every((it) => it.naturalWidth === 1024)")
    assert violations(page) + beyond(page) == []
    desk.close()

    phone = new_phone()
    page = phone.launch()
    phone.sign_in(MANAGER)
    phone.expect_checked()
    phone.wait_until_help_is_kept((*MEMBER_PAGES, *OFFICE_PAGES))
    server.stop()
    phone.tab("HTX")
    page.get_by_role("button", name="Trợ giúp").tap()
    sheet = page.get_by_role("dialog", name="Trợ giúp")
    expect(sheet.get_by_role("heading", name="Xem hợp tác xã bán được gì")).to_be_visible()
    page.wait_for_function("[...document.querySelectorAll('article img')].every((it) => it.naturalWidth === 360)")
    assert violations(page) + beyond(page) == []
    sheet.get_by_role("button", name="Đóng").tap()
    phone.open("help")
    page.get_by_role("searchbox").fill("chot ky")
    expect(page.get_by_role("link", name="Chốt kỳ: số không đổi nữa")).to_be_visible()
    page.get_by_role("searchbox").fill("ma so thue")
    expect(page.get_by_text("Không tìm thấy.")).to_be_visible()


def test_help_from_the_account_begins_with_the_screen_that_stood(new_phone: NewPhone) -> None:
    phone = new_phone()
    page = phone.launch()
    phone.sign_in(MEMBER)
    phone.expect_checked()
    phone.tab("Sổ")
    page.get_by_role("button", name="Tài khoản:").tap()
    page.get_by_role("dialog").get_by_role("link", name="Trợ giúp").tap()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("heading", name="Về trang vừa mở")).to_be_visible()
    page.get_by_role("link", name="Xem sổ bán hàng").first.tap()
    expect(page.get_by_role("heading", name="Xem sổ bán hàng")).to_be_focused()
    page.get_by_role("link", name="Quay lại").tap()
    page.get_by_role("link", name="Quay lại").tap()
    expect(page.get_by_role("heading", name="Sổ bán hàng")).to_be_visible()


def test_help_stands_over_the_screen_by_the_keyboard_and_what_is_typed_stays(new_phone: NewPhone) -> None:
    phone = new_phone()
    page = phone.launch()
    phone.sign_in(MEMBER)
    phone.tile("Gà đồi").click()
    page.keyboard.type("12")
    mark = page.get_by_role("button", name="Trợ giúp")
    mark.focus()
    page.keyboard.press("Enter")
    sheet = page.get_by_role("dialog", name="Trợ giúp")
    expect(sheet.get_by_role("heading", name="Bán hàng: ba lần chạm")).to_be_visible()
    assert violations(page) + beyond(page) == []
    sheet.get_by_role("link").first.focus()
    page.keyboard.press("Enter")
    expect(sheet.get_by_role("heading", name="Bán hàng: ba lần chạm")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(sheet).to_have_count(0)
    expect(mark).to_be_focused()
    expect(page.locator(".entry-total")).to_contain_text("2.760.000")


def test_help_is_there_before_signing_in_and_says_in_english_that_it_is_vietnamese(new_phone: NewPhone) -> None:
    phone = new_phone()
    page = phone.launch()
    page.get_by_role("button", name="English").tap()
    page.get_by_role("link", name="Help").tap()
    expect(page.get_by_role("heading", name="Ngày đầu: vào sổ bằng mã mời")).to_be_visible()
    expect(page.get_by_text("The guide is written in Vietnamese.")).to_be_visible()
    assert page.locator("article").get_attribute("lang") == "vi"
    page.get_by_role("link", name="All topics").tap()
    page.get_by_role("link", name="Back").tap()
    expect(page.get_by_role("button", name="Sign in", exact=True)).to_be_visible()
