"""The pictures of the guide's pages for the province, as wide as a desk. The walk is always made."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import expect

from server.places.loading import SHIPPED
from tests.browser.conftest import NewPhone
from tests.browser.guide_pictures import DESK, choose_part, take
from tests.browser.phone import Phone
from tests.browser.server import ADMIN, MANAGER, PASSWORD, Server
from tests.protocol.client import Phone as Client

pytestmark = pytest.mark.browser


def test_pictures_of_the_province(server: Server, new_phone: NewPhone, tmp_path: Path) -> None:
    office = Client(server.url).login(MANAGER, PASSWORD)
    assert office.request("PUT", f"/money/summaries/{date.today():%Y-%m}", json={}).is_success
    desk = new_phone(**DESK)
    page = desk.launch()
    desk.sign_in(ADMIN)
    expect(page.get_by_text(re.compile(r"^\d.* lần bán"))).to_be_visible()
    take(page, "province-sales", ".filters select", "button:has-text('Tải tệp')", ".table tbody a")
    page.get_by_role("button", name="Tải tệp").click()
    take(page, "province-export", "dialog .picks", "dialog button:has-text('Làm tệp')")
    page.keyboard.press("Escape")
    page.locator(".table tbody a").first.click()
    expect(page.locator(".timeline h2").first).to_be_visible()
    take(page, "province-history")
    _province_reviews(desk)
    _province_people(desk, tmp_path)
    desk.open("board")
    take(page, "province-board", ".tabs a:has-text('Bảng tin')", "button:has-text('Trả lời')")
    choose_part(page, "Thông báo")
    page.get_by_role("button", name="Viết thông báo").click()
    page.get_by_role("dialog").get_by_text("Chính sách hỗ trợ", exact=True).click()
    page.get_by_label("Tiêu đề").fill("Vay vốn không lãi")
    take(page, "province-notice", "dialog .picks:has-text('Gửi cho')")
    page.keyboard.press("Escape")
    desk.open("money")
    take(page, "province-money", ".filters select", ".sums", "table[aria-label='Tiền của các hợp tác xã'] tbody tr")
    take(page, "province-months", "table[aria-label='Các tháng đã công khai'] tbody tr")
    desk.open("reports")
    page.get_by_label("Báo cáo", exact=True).select_option("sales_by_coop")
    expect(page.get_by_role("table", name="Bán ra theo hợp tác xã")).to_be_visible()
    expect(page.locator(".plot canvas")).to_be_visible()
    take(page, "province-report", ".report-filters select >> nth=0", ".report-filters select >> nth=1", ".summary")
    desk.open("files")
    page.get_by_label("Hợp tác xã").select_option(label="HTX Đá Nở Hoa")
    take(page, "province-files", ".filters select", ".acts .button")
    take(page, "province-import", ".file-pick")
    desk.open("voices")
    take(page, "province-voices", ".tabs a:has-text('Giọng nói')", "button:has-text('Thu giọng mới')")


def _province_reviews(desk: Phone) -> None:
    page = desk.page
    desk.open("reviews")
    expect(page.get_by_role("article").first).to_be_visible()
    take(page, "province-reviews", ".filters", "article h2")
    for number in (0, 1):
        page.locator("article .tick input").nth(number).check()
    take(page, "province-chosen", "article .tick", ".chosen .button")
    page.get_by_role("button", name="Phím tắt").click()
    take(page, "province-keys")
    page.keyboard.press("Escape")


def _province_people(desk: Phone, folder: Path) -> None:
    page = desk.page
    desk.open("coops")
    take(page, "province-coops", ".tabs a:has-text('Hợp tác xã')", "button:has-text('Thêm hợp tác xã')")
    page.get_by_role("button", name="Thêm hợp tác xã").click()
    page.get_by_label("Tên hợp tác xã").fill("THT Lũng Lú")
    page.get_by_role("combobox", name="Xã, phường").press_sequentially("dong van")
    expect(page.get_by_role("listbox").get_by_role("option").first).to_be_visible()
    take(page, "province-coop", "dialog .field input", "dialog [role=combobox]")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    desk.open("coops/accounts")
    take(
        page,
        "province-accounts",
        ".search",
        "button:has-text('Thêm tài khoản')",
        ".table tbody tr >> nth=1 >> .acts",
    )
    page.get_by_role("button", name="Thêm tài khoản").click()
    page.get_by_label("Họ tên").fill("Sùng Mí Chơ")
    take(page, "province-account", "dialog .field input", "dialog button:has-text('Tạo')")
    page.keyboard.press("Escape")
    page.get_by_role("link", name="Giàng A Páo").click()
    expect(page.get_by_role("heading", name="Dữ liệu của người này")).to_be_visible()
    take(page, "province-person")
    desk.open("coops/phones")
    take(page, "province-phones", ".parts a:has-text('Máy')", "button:has-text('Ngắt máy')")
    desk.open("coops/places")
    file = folder / "xa.csv"
    file.write_text(SHIPPED.read_text().replace("Xã Bắc Hà,", "Xã Bắc Hà Mới,"), encoding="utf-8")
    page.locator("input[type=file]").set_input_files(file)
    take(page, "province-places", "input[type=file]", "main h2", "button:has-text('Nạp danh sách này')")
    desk.open("coops/audit")
    take(page, "province-audit", ".parts a:has-text('Nhật ký')", ".filters select")
