"""The pictures of the guide's pages for staff, and of what members read of staff's work. Each walk is always made."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewPhone
from tests.browser.guide_pictures import HAND, choose_part, take
from tests.browser.phone import Phone
from tests.browser.server import MANAGER, MEMBER, PASSWORD, Server
from tests.protocol.client import Phone as Client
from tests.protocol.goods import instant, sale
from tests.server.sheets import OFFICE_FORM, xlsx_of

pytestmark = pytest.mark.browser

NAME = "Giàng A Páo"
WRONG = [4, "hôm qua", "Mật ong", "2", "lít", None, "500.000"]
SAVE = "dialog button:has-text('Lưu')"


def test_pictures_of_money(server: Server, new_phone: NewPhone) -> None:
    office = new_phone(**HAND)
    page = office.launch()
    office.sign_in(MANAGER)
    office.open("office/money")
    take(page, "office-money", ".owed p")
    take(page, "office-money-list", ".filters select", ".money-name .button")
    _season(server, page)
    _many(page)
    _send_late(server)
    page.reload()
    _one(office)
    take(page, "office-publish", "input[type=month]", "button:has-text('Công khai tháng này')")
    page.get_by_role("button", name="Công khai tháng này").tap()
    expect(page.get_by_text(re.compile("^Đã công khai"))).to_be_visible()
    office.close()
    _statement(new_phone(**HAND))


def _season(server: Server, page: Page) -> None:
    page.get_by_role("button", name="Thêm kỳ").tap()
    page.get_by_label("Tên kỳ").fill("Vụ trước")
    page.get_by_label("Từ ngày").fill((date.today() - timedelta(days=200)).isoformat())
    page.get_by_label("Đến ngày").fill((date.today() - timedelta(days=60)).isoformat())
    take(page, "office-season", "dialog .field input", "dialog input[type=date]", SAVE)
    page.get_by_role("dialog").get_by_role("button", name="Lưu").tap()
    take(page, "office-seasons", "button:has-text('Chốt kỳ')")
    page.get_by_role("button", name="Chốt kỳ").tap()
    take(page, "office-close", "dialog button:has-text('Chốt, không đổi nữa')")
    page.get_by_role("button", name="Chốt, không đổi nữa").tap()
    expect(page.get_by_text("Đến muộn của kỳ đã chốt").last).to_be_visible()
    _send_late(server)
    page.reload()
    take(page, "office-late", "section:has(> h2:has-text('Đến muộn')) li:has-text('đến muộn')")


def _send_late(server: Server) -> None:
    """A member's sale of the season that was closed."""
    phone = Client(server.url).login(MEMBER, PASSWORD).sync()
    phone.record("sale", sale(phone.member_id, product_name="Gà đồi", sold_at=instant(days=-100), money_with="coop"))
    phone.sync()


def _many(page: Page) -> None:
    page.locator(".money-pick input:enabled").first.check()
    take(page, "office-pay-pick", ".money-tools button", ".money-bar button")
    page.get_by_role("button", name=re.compile("Chọn tất cả")).tap()
    page.locator(".money-bar button").tap()
    take(page, "office-pay", "dialog .picks", "dialog button:has-text('Xem lại trước')")
    page.get_by_role("button", name="Xem lại trước").tap()
    take(page, "office-pay-look", "dialog .plain-rows li", "dialog button:has-text('Đã trả')")
    page.get_by_role("button", name=re.compile("^Đã trả")).tap()
    take(page, "office-paid", "dialog button:has-text('PDF')", "dialog button:has-text('Hủy khoản này')")
    page.get_by_role("dialog").get_by_role("button", name="Đóng").tap()


def _one(office: Phone) -> None:
    page = office.page
    page.get_by_role("table", name="Tiền của thành viên").get_by_role("button", name=NAME).tap()
    take(page, "office-money-member", "dialog .sums", "dialog button:has-text('Phiếu tiền')")
    take(page, "office-money-one", "dialog button:has-text('Trả, ứng tiền')")
    page.get_by_role("button", name="Trả, ứng tiền").tap()
    page.get_by_text("Ứng tiền", exact=True).tap()
    page.get_by_label("Số tiền").fill("200.000")
    take(
        page,
        "office-advance",
        "dialog .picks:has-text('Việc gì')",
        "dialog .field input",
        "dialog button:has-text('Xem lại trước')",
    )
    page.get_by_role("button", name="Xem lại trước").tap()
    page.get_by_role("button", name=re.compile("^Đã ứng")).tap()
    expect(page.get_by_text(re.compile("^Đã ghi cho"))).to_be_visible()
    page.get_by_role("dialog").get_by_role("button", name="Đóng").tap()


def _statement(phone: Phone) -> None:
    page = phone.launch()
    phone.sign_in(MEMBER)
    phone.expect_checked()
    phone.tab("Sổ")
    take(page, "book-money", "a:has-text('HTX trả tiền')")
    page.get_by_role("link", name="HTX trả tiền").tap()
    take(page, "statement", ".owed p", "button:has-text('Phiếu tiền')")
    page.get_by_role("button", name="Phiếu tiền").tap()
    expect(page.get_by_role("dialog").get_by_role("img")).to_be_visible()
    take(page, "slip")
    page.get_by_role("dialog").get_by_role("button", name="Đóng").tap()
    take(page, "statement-paid", "section:has(> h2:has-text('HTX đã trả')) .plain-rows")
    take(page, "statement-open", "summary:has-text('Tháng')")


def test_pictures_of_the_board(server: Server, new_phone: NewPhone) -> None:
    office = new_phone(**HAND)
    page = office.launch()
    office.sign_in(MANAGER)
    office.open("office/board")
    take(page, "office-board", ".sections a:has-text('Bảng tin')", ".pairs .picks")
    take(page, "office-needs", "button:has-text('Trả lời')")
    page.get_by_role("button", name=re.compile("^Trả lời")).first.tap()
    page.get_by_label("Trả lời", exact=True).fill("Tuần này hợp tác xã hỏi thêm hai nơi mua, rồi báo lại.")
    take(page, "office-answer", "dialog textarea", SAVE)
    page.get_by_role("dialog").get_by_role("button", name="Lưu").tap()
    choose_part(page, "Thông báo")
    take(page, "office-notices", "button:has-text('Viết thông báo')")
    take(page, "office-withdraw", "button:has-text('Gỡ')")
    page.get_by_role("button", name="Viết thông báo").tap()
    page.get_by_text("Chợ, mua bán", exact=True).tap()
    page.get_by_label("Tiêu đề").fill("Thương lái mua mận vào thứ Sáu")
    take(page, "office-notice", "dialog .pairs .picks", "dialog .field:has-text('Tiêu đề') input")
    page.get_by_role("dialog").get_by_role("button", name="Đóng").tap()
    choose_part(page, "Giá")
    page.get_by_role("button", name="Ghi giá").tap()
    page.get_by_label("Hàng", exact=True).fill("Măng khô")
    page.get_by_label("Giá thường bán").fill("220.000")
    take(
        page,
        "office-price",
        "dialog .field:has-text('Hàng') input",
        "dialog .field:has-text('Giá thường bán') input",
        SAVE,
    )
    page.get_by_role("dialog").get_by_role("button", name="Lưu").tap()
    take(page, "office-prices", "button:has-text('Ghi giá')", "button:has-text('Gỡ')")
    choose_part(page, "Chợ phiên")
    take(page, "office-markets", "button:has-text('Thêm chợ phiên')")
    page.get_by_role("button", name="Thêm chợ phiên").tap()
    page.get_by_label("Tên chợ").fill("Chợ lùi Má Lủng")
    take(page, "office-market", "dialog .field:has-text('Tên chợ') input", "dialog .pairs .picks")
    page.get_by_text("Tỵ", exact=True).tap()
    page.get_by_text("Hợi", exact=True).tap()
    take(page, "office-market-days", "dialog .picks.many", SAVE)
    page.get_by_role("dialog").get_by_role("button", name="Đóng").tap()
    office.close()
    _read_board(new_phone(**HAND))


def _read_board(phone: Phone) -> None:
    page = phone.launch()
    phone.sign_in(MEMBER)
    expect(page.locator("a.tile").first).to_be_visible()
    take(page, "sell-board", "a[href='#/board']")
    page.locator("a[href='#/board']").tap()
    take(page, "board", ".market-next")
    take(page, "board-notices", "article.notice")
    page.get_by_role("button", name="Gửi ý kiến, khó khăn").tap()
    page.get_by_text("Vốn", exact=True).tap()
    take(page, "need", "dialog .picks", SAVE)
    page.get_by_role("dialog").get_by_role("button", name="Đóng").tap()
    page.get_by_role("link", name="Quay lại").tap()
    page.get_by_role("button", name="Tài khoản:").tap()
    page.get_by_role("button", name="Điều tôi đồng ý").tap()
    take(page, "consent", "dialog .consent .picks")


def test_pictures_of_people_and_reviews(server: Server, new_phone: NewPhone) -> None:
    Client(server.url).login(MEMBER, PASSWORD).sync()  # There is a phone to shut out.
    office = new_phone(**HAND)
    page = office.launch()
    office.sign_in(MANAGER)
    office.open("office/members")
    page.get_by_role("button", name="Thêm thành viên").tap()
    page.get_by_label("Họ và tên").fill("Vàng Thị Dua")
    page.get_by_label("Thôn bản", exact=True).fill("Má Tìa")
    take(page, "office-add-member", "dialog .field:has-text('Họ và tên') input", SAVE)
    page.get_by_role("dialog").get_by_role("button", name="Đóng").tap()
    page.get_by_role("table", name="Thành viên").get_by_role("link", name=NAME).tap()
    take(
        page,
        "office-person",
        ".profile button:has-text('Mã mời')",
        ".profile button:has-text('Sửa số điện thoại')",
        ".profile button:has-text('Khóa')",
    )
    page.locator(".profile").get_by_role("button", name="Khóa").tap()
    take(page, "office-disable", "dialog button:has-text('Khóa')")
    page.get_by_role("button", name="Thôi").tap()
    take(page, "office-consents", "button:has-text('Ghi điều người này nói')")
    page.get_by_role("button", name="Ghi điều người này nói").tap()
    take(page, "office-consent", "dialog .consent .picks")
    page.get_by_role("dialog").get_by_role("button", name="Đóng").tap()
    take(page, "office-own-data", "button:has-text('Lấy bản sao')", "button:has-text('Xóa người này')")
    page.get_by_role("button", name="Lấy bản sao").tap()
    take(page, "office-copy", "dialog .copy .buttons")
    page.get_by_role("dialog").get_by_role("button", name="Đóng").tap()
    page.get_by_role("button", name="Xóa người này").tap()
    page.get_by_label("Gõ lại họ tên để xóa").fill(NAME)
    take(page, "office-erase", "dialog .field input", "dialog button:has-text('Xóa người này')")
    page.get_by_role("button", name="Thôi").tap()
    office.open("office/members/phones")
    row = f".table tr:has-text('{NAME}'):has-text('Ngắt máy')"
    take(page, "office-phones", row, f"{row} button")
    page.locator(row).get_by_role("button").tap()
    take(page, "office-revoke", "dialog button:has-text('Ngắt máy')")
    page.get_by_role("button", name="Thôi").tap()
    office.open("office/members/audit")
    take(page, "office-audit", ".filters select", ".table tbody tr")
    office.open("office/listings")
    page.get_by_role("button", name="Không duyệt").first.tap()
    page.get_by_label("Lời nhắn").fill("Giá cao hơn mọi năm, hỏi lại giúp")
    take(page, "office-refuse", "dialog textarea", SAVE)
    page.get_by_role("dialog").get_by_role("button", name="Đóng").tap()
    _reviews(office)


def _reviews(office: Phone) -> None:
    page = office.page
    office.open("office/reviews")
    page.get_by_label("Loại").select_option(label="Ngày lạ")
    case = "article[aria-label^='Ngày lạ']"
    expect(page.locator("article")).to_have_count(1)
    take(page, "office-case", ".filters", f"{case} h2")
    take(page, "office-answers", f"{case} button:has-text('Sửa cho đúng')")
    page.locator(case).get_by_role("button", name="Sửa cho đúng").tap()
    page.locator("dialog input").fill(f"{date.today() - timedelta(days=1)}T10:00")
    page.get_by_label("Lời nhắn").fill("Hỏi rồi: bán hôm qua")
    take(page, "office-decide", "dialog input", "dialog textarea", "dialog button:has-text('Quyết định')")
    page.get_by_role("dialog").get_by_role("button", name="Đóng").tap()
    page.get_by_label("Loại").select_option(label="Tất cả")
    expect(page.locator("article .tick").nth(1)).to_be_visible()
    for number in (0, 1):
        page.locator("article .tick input").nth(number).check()
    take(page, "office-chosen", "article .tick", ".chosen .button")


def test_pictures_of_reports_and_files(new_phone: NewPhone, tmp_path: Path) -> None:
    office = new_phone(**HAND)
    page = office.launch()
    office.sign_in(MANAGER)
    office.open("office/reports")
    page.get_by_label("Báo cáo", exact=True).select_option("sales_by_month")
    expect(page.get_by_role("table", name="Bán ra theo tháng")).to_be_visible()
    expect(page.locator(".plot canvas")).to_be_visible()
    take(page, "office-report", ".report-filters select", ".report-filters input")
    take(page, "office-report-plot", ".summary", ".plot")
    take(page, "office-report-table", ".table tbody tr:last-child", "button:has-text('Tải tệp')")
    office.open("office/files")
    take(page, "office-files", "input[type=date]", ".acts .button")
    page.locator("section").get_by_role("button", name="Bán ra", exact=True).tap()
    take(page, "office-export", "dialog .picks", "dialog button:has-text('Làm tệp')")
    page.get_by_role("button", name="Làm tệp").tap()
    take(page, "office-export-done", "dialog button:has-text('Lưu vào máy này')")
    page.get_by_role("dialog").get_by_role("button", name="Đóng").tap()
    file = tmp_path / "so-ban-hang.xlsx"
    file.write_bytes(xlsx_of([*OFFICE_FORM, WRONG]))
    take(page, "office-import", ".picks:has-text('Trong tệp')", ".file-pick")
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_label("Không có tên thành viên").select_option("coop")
    take(page, "office-import-look", ".counts", "summary:has-text('Cột nào')")
    take(page, "office-import-wrong", ".bad li", ".check:has-text('Bỏ các dòng sai')")
    page.get_by_label("Bỏ các dòng sai, đưa vào phần còn lại").check()
    take(page, "office-import-take", "button:has-text('Đưa vào 3 dòng')")
    page.get_by_role("button", name="Đưa vào 3 dòng").tap()
    expect(page.get_by_text("Đã đưa vào 3 dòng.")).to_be_visible()
    page.get_by_role("button", name="Chọn tệp khác").tap()
    take(page, "office-import-undo", "button:has-text('Rút lại')")
