"""The ways to every screen, walked as a person walks them. Each walk yields the name of a screen while it is shown."""

from __future__ import annotations

import re
from collections.abc import Iterator

from playwright.sync_api import Page, expect

from tests.browser.phone import Phone
from tests.browser.server import ADMIN, MANAGER, MEMBER

GOODS = "Gà đồi"


def member_screens(phone: Phone) -> Iterator[str]:
    """From a phone that has never seen the app to one with a sale that waits to be sent."""
    page = phone.launch()
    expect(page.get_by_role("button", name="Đăng nhập")).to_be_visible()
    yield "sign-in"
    phone.sign_in(MEMBER)
    phone.expect_checked()
    yield "send-checked"
    page.get_by_text("Mười lần gửi gần đây").click()
    yield "send-history"
    yield from _help(phone)
    yield from _selling(phone)
    yield from _goods(phone)
    yield from _book(phone)
    page.get_by_role("button", name="Tài khoản:").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    yield "account"
    page.get_by_role("dialog").get_by_role("button", name="Đóng").click()


def _help(phone: Phone) -> Iterator[str]:
    page = phone.page
    page.get_by_role("link", name="Trợ giúp").click()
    expect(page.get_by_role("heading", name="Gửi về hợp tác xã")).to_be_visible()
    yield "help-page"
    page.get_by_role("link", name="Xem hết các mục").click()
    expect(page.get_by_role("heading", name="Cho bà con thành viên")).to_be_visible()
    yield "help"
    page.get_by_role("link", name="Quay lại").click()
    expect(page.get_by_role("heading", name="Gửi", exact=True)).to_be_visible()


def _selling(phone: Phone) -> Iterator[str]:
    page = phone.page
    phone.tab("Bán")
    expect(phone.tile(GOODS)).to_be_visible()
    yield "sell"
    phone.tile(GOODS).click()
    page.locator(".quick").get_by_role("button", name="2", exact=True).click()
    expect(page.locator(".entry-total")).to_contain_text("460.000")
    yield "amount"
    page.get_by_text("Bán chịu", exact=True).click()
    page.get_by_label("Người mua").fill("chị Lan")
    page.locator(".entry-total").click()
    yield "amount-credit"
    page.get_by_role("button", name="Lưu", exact=True).click()
    expect(page.get_by_text(re.compile("^Đã lưu"))).to_be_visible()
    yield "saved"
    page.get_by_role("link", name="Hàng khác").click()
    expect(page.get_by_label("Tên hàng")).to_be_visible()
    yield "sell-other"
    page.get_by_role("link", name="Quay lại").click()


def _goods(phone: Phone) -> Iterator[str]:
    page = phone.page
    phone.tab("Hàng")
    row = page.locator("main a.row").filter(has_text=GOODS).first
    expect(row).to_be_visible()
    yield "goods"
    page.get_by_role("link", name="Thêm hàng").click()
    page.get_by_label("Tên hàng").fill("Măng khô")
    page.get_by_text("kg", exact=True).click()
    yield "listing-new"
    page.get_by_role("button", name="Chụp ảnh hàng").click()
    expect(page.get_by_text("Không mở được máy ảnh ở đây")).to_be_visible()
    yield "camera"
    page.get_by_role("dialog").get_by_role("button", name="Đóng").click()
    page.locator(".field").filter(has_text="Giá một kg").get_by_role("button").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    yield "keypad"
    page.get_by_role("dialog").get_by_role("button", name="Đóng").click()
    page.get_by_role("link", name="Quay lại").click()
    row.click()
    expect(page.get_by_role("heading", name=GOODS)).to_be_visible()
    yield "listing"
    page.get_by_role("link", name="Quay lại").click()


def _book(phone: Phone) -> Iterator[str]:
    page = phone.page
    phone.tab("Sổ")
    expect(phone.book_rows(GOODS).first).to_be_visible()
    yield "book"
    page.get_by_text("Xem từng hàng, từng ngày").click()
    yield "book-week"
    page.get_by_text("Xem từng hàng, từng ngày").click()
    page.get_by_text("Tháng", exact=True).click()
    expect(page.get_by_text("Tháng này")).to_be_visible()
    yield "book-month"
    page.get_by_text("Tuần", exact=True).click()
    page.get_by_text("Chưa trả tiền", exact=True).click()
    expect(page.locator(".owed-total")).to_be_visible()
    yield "book-debts"
    page.get_by_role("button", name="Đã trả").first.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    yield "settle"
    page.get_by_role("dialog").get_by_role("button", name="Đóng").click()
    page.get_by_role("searchbox").fill("xyz")
    expect(page.get_by_text("Không tìm thấy gì.")).to_be_visible()
    yield "book-nothing"
    page.get_by_role("searchbox").fill("")
    page.get_by_text("Tất cả", exact=True).click()
    phone.book_rows(GOODS).first.click()
    expect(page.get_by_role("button", name="Hủy phiếu")).to_be_visible()
    yield "sale"
    page.get_by_role("button", name="Biên nhận").click()
    expect(page.get_by_role("dialog").get_by_role("img")).to_be_visible()
    yield "receipt"
    page.get_by_role("dialog").get_by_role("button", name="Đóng").click()
    page.get_by_role("button", name="Hủy phiếu").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    yield "void"
    page.get_by_role("dialog").get_by_role("button", name="Đóng").click()
    page.get_by_role("link", name="Sửa phiếu").click()
    expect(page.get_by_role("button", name="Lưu", exact=True)).to_be_visible()
    yield "correct"
    page.get_by_role("link", name="Quay lại").click()
    expect(page.get_by_role("button", name="Hủy phiếu")).to_be_visible()
    page.get_by_role("link", name="Quay lại").click()


def manager_screens(phone: Phone) -> Iterator[str]:
    page = phone.launch()
    phone.sign_in(MANAGER)
    expect(page.locator(".tiles")).to_be_visible()
    yield "manager-sell"
    phone.tab("HTX")
    sections = page.get_by_role("navigation", name="Mục")
    sections.get_by_role("link", name="Bán ra").click()
    page.get_by_label("Từ ngày").fill("")
    page.get_by_label("Từ ngày").blur()
    expect(page.get_by_role("table", name="Bán ra")).to_be_visible()
    expect(page.get_by_text(re.compile(r"^\d.* lần bán"))).to_be_visible()
    yield "office-sales"
    sections.get_by_role("link", name="Duyệt hàng").click()
    expect(page.get_by_role("table", name="Duyệt hàng")).to_be_visible()
    yield "office-listings"
    sections.get_by_role("link", name="Thành viên").click()
    expect(page.get_by_role("table", name="Thành viên")).to_contain_text("Giàng A Páo")
    expect(page.get_by_role("table", name="Thành viên")).to_contain_text(re.compile("ngày trước|hôm nay"))
    yield "office-members"
    sections.get_by_role("link", name="Cần xem lại").click()
    _expect_reviews(page)
    yield "office-reviews"
    page.get_by_role("link", name="Lịch sử").first.click()
    expect(page.get_by_role("heading", level=2).first).to_be_visible()
    yield "office-history"


def admin_screens(phone: Phone) -> Iterator[str]:
    page = phone.launch()
    phone.sign_in(ADMIN)
    expect(page.get_by_role("table", name="Bán ra")).to_contain_text("HTX Đá Nở Hoa")
    expect(page.get_by_text(re.compile(r"^\d.* lần bán"))).to_be_visible()
    yield "province-sales"
    phone.tab("Cần xem lại")
    _expect_reviews(page)
    yield "province-reviews"
    page.get_by_role("link", name="Lịch sử").first.click()
    expect(page.get_by_role("heading", level=2).first).to_be_visible()
    yield "province-history"
    page.get_by_role("link", name="Quay lại").click()
    phone.tab("Hợp tác xã")
    expect(page.get_by_role("table", name="Hợp tác xã")).to_contain_text("HTX Mận Trắng")
    yield "province-coops"


def _expect_reviews(page: Page) -> None:
    """Reviews, and what each is about has arrived too."""
    expect(page.get_by_role("article").first).to_be_visible()
    expect(page.get_by_role("article").get_by_text("…", exact=True)).to_have_count(0)


WALKS = {"member": member_screens, "manager": manager_screens, "admin": admin_screens}
