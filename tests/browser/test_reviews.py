"""Deciding what was asked: a manager on a phone, with the note on the member's record; the province by keys alone."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.conftest import NewPhone
from tests.browser.phone import Phone
from tests.browser.server import ADMIN, MANAGER, MEMBER, NEIGHBOUR, PASSWORD, Server
from tests.protocol.client import Phone as Client
from tests.protocol.goods import instant, sale

pytestmark = pytest.mark.browser

GOODS, NOTE = "Mật ong rừng", "Chị gõ thừa một số 0 <b>nhé</b>"


@pytest.fixture
def asked(server: Server) -> Client:
    """A member who typed a zero too many, and a neighbour who wrote into that member's sale."""
    member, neighbour = (Client(server.url).login(who, PASSWORD).sync() for who in (MEMBER, NEIGHBOUR))
    for day in range(8):
        member.record("sale", _honey(member, day + 2, 300_000))
    odd = member.record("sale", _honey(member, 1, 3_000_000))
    member.sync()
    neighbour.send(neighbour.mutation("sale", {"note": "nợ 50 nghìn"}, odd["id"]))
    neighbour.send(neighbour.mutation("sale", {"note": "nợ 60 nghìn"}, odd["id"]))
    return member


def _honey(member: Client, days_ago: int, price_vnd: int) -> Any:
    amounts = {"quantity_milli": 1000, "unit_price_vnd": price_vnd, "total_vnd": price_vnd}
    return sale(member.member_id, product_name=GOODS, sold_at=instant(days=-days_ago), **amounts)


def _open_reviews(phone: Phone) -> Page:
    page = phone.page
    phone.tab("HTX")
    page.get_by_role("navigation", name="Mục").get_by_role("link", name="Cần xem lại").click()
    return page


def _case(page: Page, kind: str) -> Locator:
    return page.get_by_role("article", name=kind)


def test_a_manager_corrects_a_wrong_amount_on_a_phone_and_the_member_reads_why(
    asked: Client, new_phone: NewPhone
) -> None:
    phone = new_phone()
    phone.ready_for(MANAGER)
    page = _open_reviews(phone)
    case = _case(page, "Số lạ")
    expect(case).to_contain_text("3.000.000 ₫")
    expect(case).to_contain_text("300.000 ₫")
    case.get_by_role("button", name="Sửa cho đúng").click()
    sheet = page.get_by_role("dialog")
    sheet.get_by_label("Giá (₫)").fill("300.000")
    expect(sheet.get_by_label("Thành tiền (₫)")).to_have_value("300.000")
    sheet.get_by_label("Lời nhắn").fill(NOTE)
    held: list[Route] = []
    page.route("**/api/v1/reviews?*", lambda route: held.append(route))
    with page.expect_request("**/api/v1/reviews?*"):
        sheet.get_by_role("button", name="Quyết định").click()
    expect(page.get_by_text("Đã quyết định 1 mục.")).to_be_visible()
    # Who goes on by keys while the list is fetched anew stays where they went.
    page.keyboard.press("j")
    looked_at = page.locator("article:focus")
    went_to = looked_at.get_attribute("data-review")
    for route in held:
        route.continue_()
    page.unroute("**/api/v1/reviews?*")
    expect(case).to_have_count(0)
    expect(looked_at).to_have_attribute("data-review", str(went_to))

    phone.context.set_offline(True)
    phone.tab("Sổ")
    _open_reviews(phone)
    expect(page.get_by_text("Không có mạng. Đây là bản tải lúc")).to_be_visible()
    refused = _case(page, "Bị trả lại").first
    refused.get_by_role("button", name="Bỏ qua").click()
    sheet.get_by_role("button", name="Quyết định").click()
    expect(sheet.get_by_text("Cần mạng để quyết định.")).to_be_visible()
    sheet.get_by_role("button", name="Đóng").click()
    phone.close()

    book = new_phone()
    page = book.ready_for(MEMBER)
    book.tab("Sổ")
    book.book_rows(GOODS).filter(has_text="300.000").first.click()
    expect(page.get_by_text(NOTE)).to_be_visible()
    assert asked.sync().checked


def test_the_province_decides_by_keys_alone_one_and_many_and_reads_who_decided(
    asked: Client, new_phone: NewPhone, server: Server
) -> None:
    desk = new_phone(viewport={"width": 1280, "height": 900}, has_touch=False, is_mobile=False)
    page = desk.launch()
    desk.sign_in(ADMIN)
    desk.tab("Cần xem lại")
    page.get_by_label("Loại").select_option(label="Bị trả lại")
    refused = _case(page, "Bị trả lại")
    expect(page.get_by_role("article")).to_have_count(2)
    expect(refused).to_have_count(2)
    page.get_by_label("Loại").blur()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Phím tắt")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    for key in ("j", "x", "j", "x"):
        page.keyboard.press(key)
    chosen = page.get_by_role("region", name="Đã chọn 2 mục")
    chosen.get_by_role("button", name="Bỏ qua").press("Enter")
    expect(page.get_by_role("dialog", name="Bỏ qua").get_by_role("button", name="Quyết định")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Đã quyết định 2 mục.")).to_be_visible()
    expect(refused).to_have_count(0)

    page.get_by_label("Loại").select_option(label="Số lạ")
    expect(page.get_by_role("article")).to_have_count(1)
    expect(_case(page, "Số lạ")).to_contain_text(GOODS)
    page.get_by_label("Loại").blur()
    page.keyboard.press("j")
    expect(_case(page, "Số lạ")).to_be_focused()
    page.keyboard.press("1")
    expect(page.get_by_role("button", name="Quyết định")).to_be_focused()
    page.keyboard.press("Enter")
    expect(_case(page, "Số lạ")).to_have_count(0)
    page.get_by_label("Đã xử lý chưa").select_option(label="Đã quyết định")
    expect(page.get_by_role("article")).to_have_count(1)
    expect(_case(page, "Số lạ")).to_contain_text("quyết định lúc")
    page.get_by_label("Đã xử lý chưa").blur()
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.locator(".timeline")).to_contain_text("Quyết định: Số lạ")
    assert server.read(ADMIN, "reviews", kind="odd_amount", status="resolved")["items"][0]["resolution"]["account"]
