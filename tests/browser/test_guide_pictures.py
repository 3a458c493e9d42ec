"""The pictures of the user guide, docs/huong-dan: screens with rings where to tap. Each walk is always made."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewPhone
from tests.browser.guide_pictures import HAND, take
from tests.browser.phone import Phone
from tests.browser.screens import GOODS, WALKS
from tests.browser.server import MANAGER, MEMBER, NEIGHBOUR, PASSWORD, Server, make_demo
from tests.browser.test_held import decide, set_status

pytestmark = pytest.mark.browser

SAVE = "button:has-text('Lưu')"

# Of each screen of the walks what its page of the guide says to tap, step by step.
RINGS: dict[str, tuple[str, ...]] = {
    "sign-in": ("input[autocomplete=username]", "input[type=password]", "button:has-text('Đăng nhập')"),
    "send-checked": (".pair .box >> nth=0", ".pair .box >> nth=1", ".banner:has-text('đối chiếu')"),
    "send-history": ("summary:has-text('Mười lần')",),
    "help": (".search", ".help-row >> nth=0"),
    "sell": (f"a.tile:has-text('{GOODS}')",),
    "amount": (".quick button >> nth=1", ".entry-total", SAVE),
    "amount-credit": ("label:has-text('Bán chịu')", ".entry-buyer input >> nth=0", ".entry-buyer .due", SAVE),
    "sell-other": (".field:has-text('Tên hàng') input", ".picks"),
    "goods": ("a:has-text('Thêm hàng')",),
    "listing-new": (".field:has-text('Tên hàng') input", ".picks"),
    "keypad": ("dialog .keypad", "dialog button:has-text('Xong')"),
    "listing": ("button:has-text('Đổi giá')", "button:has-text('Sửa tên')"),
    "book": (".earned .picks", ".earned-head", ".bars"),
    "book-debts": ("label:has-text('Chưa trả tiền')", ".owed-total"),
    "settle": ("dialog button:has-text('Đã nhận đủ tiền')",),
    "sale": ("a:has-text('Sửa phiếu')", "button:has-text('Hủy phiếu')", "button:has-text('Ghi chú')"),
    "void": ("dialog .reasons",),
    "correct": (".entry-count", SAVE),
    "account": ("dialog .picks >> nth=0", "dialog a:has-text('Trợ giúp')"),
    "manager-sell": ("#selling-for",),
    "office-sales": (".sections a >> nth=0", ".filters .search", ".filters label:has-text('Từ ngày') input"),
    "office-listings": (".acts .button >> nth=0", ".acts .button >> nth=1"),
    "office-members": (".sections a:has-text('Thành viên')", "button:has-text('Thêm thành viên')"),
    "office-reviews": (".sections a:has-text('Cần xem lại')",),
    "office-history": (".timeline li >> nth=0",),
}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_demo(tmp_path_factory.mktemp("guide"), sales=200)


@pytest.mark.parametrize("who", ["member", "manager"])
def test_every_screen_has_its_picture(new_phone: NewPhone, who: str) -> None:
    phone = new_phone(**HAND)
    for screen in WALKS[who](phone):
        take(phone.page, screen, *RINGS.get(screen, ()))


def test_pictures_of_selling_credit_and_an_empty_network(server: Server, new_phone: NewPhone) -> None:
    phone = new_phone(**HAND)
    page = phone.launch()
    phone.sign_in(MEMBER)
    phone.expect_checked()
    phone.tab("Bán")
    phone.tile(GOODS).tap()
    page.locator(".quick").get_by_role("button", name="2", exact=True).tap()
    page.locator(".entry-total").tap()
    for key in ("4", "0", "0", "000"):
        page.locator(".keypad").get_by_role("button", name=key, exact=True).tap()
    take(page, "bargain", ".entry-total", ".keypad", SAVE)
    page.get_by_text("Bán chịu", exact=True).tap()
    page.get_by_label("Người mua").fill("chị Lan")
    phone.save_button().tap()
    take(page, "undo", ".toast button:has-text('Hoàn tác')")
    take(page, "who", "button.who")
    take(page, "listen", "button.loudspeaker")
    phone.tab("Sổ")
    page.get_by_text("Chưa trả tiền", exact=True).tap()
    page.locator(".day:has-text('chị Lan') a.row:visible").first.tap()
    take(page, "credit", "button:has-text('Đã trả tiền')", "button:has-text('Ngày hẹn trả')")
    page.get_by_role("link", name="Quay lại").tap()
    phone.expect_checked()
    phone.tab("Hàng")
    page.locator("main a.row").filter(has_text=GOODS).first.tap()
    take(page, "stock", "button:has-text('Có thêm')", "button:has-text('Bị hao hụt')")
    page.get_by_role("button", name="Sửa tên, mô tả").tap()
    take(page, "listing-text", "dialog input", "dialog button:has-text('Lưu')")
    page.get_by_role("dialog").get_by_role("button", name="Đóng").tap()
    page.get_by_role("link", name="Quay lại").tap()

    server.stop()
    phone.tab("Bán")
    phone.sell(GOODS, "2")
    phone.tab("Sổ")
    page.get_by_text("Tất cả", exact=True).tap()
    take(page, "signs", ".day .mark.phone >> nth=0", ".day .mark.coop >> nth=0")
    phone.send()
    take(page, "send-unsent", "nav a:has-text('Gửi')", "button:has-text('Gửi ngay')")
    take(page, "file", "button:has-text('Lưu ra tệp')", "button:has-text('Lấy lại từ tệp')")
    page.get_by_role("button", name="Lưu ra tệp").tap()
    take(page, "file-save", "dialog input[type=password]", "dialog button:has-text('Khóa tệp')")
    page.get_by_role("dialog").get_by_role("button", name="Đóng").tap()
    page.get_by_role("button", name="Lấy lại từ tệp").tap()
    take(page, "file-take", "dialog label:has-text('Chọn tệp')")


def test_pictures_of_what_goes_wrong(server: Server, new_phone: NewPhone) -> None:
    phone = new_phone(**HAND)
    page = phone.launch(clock=datetime.now(UTC) + timedelta(days=2))
    phone.sign_in(MEMBER)
    expect(page.get_by_text("Đồng hồ máy chạy nhanh")).to_be_visible()
    phone.tab("Bán")
    take(page, "clock", ".banner:has-text('Đồng hồ')")
    phone.close()

    phone.launch()
    phone.expect_checked()
    set_status(server, "disabled")
    phone.tab("Bán")
    phone.sell(GOODS, "3")
    phone.send()
    phone.expect_unsent(0)
    decide(server, 3000, "refuse", "Hôm đó chợ nghỉ, xem lại giúp")
    set_status(server, "active")
    phone.send()
    take(phone.page, "refused", ".refused-row")
    phone.page.locator(".refused-row").tap()
    take(phone.page, "mend", "dialog button:has-text('Lưu và gửi lại')", "dialog button:has-text('bỏ qua')")
    phone.page.get_by_role("dialog").get_by_role("button", name="Đóng").tap()

    server.stop()
    server.start(SECRET_KEY=secrets.token_urlsafe(48))
    phone.send()
    take(phone.page, "password", "button:has-text('Nhập mật khẩu')")
    phone.close()

    page = phone.launch(is_full=True)
    phone.type_sale(GOODS, 5)
    phone.save_button().tap()
    expect(page.get_by_text("Chưa lưu: máy đầy bộ nhớ")).to_be_visible()
    take(page, "full", ".entry-save .banner", SAVE)


def test_pictures_of_the_first_day_and_of_a_shared_phone(server: Server, new_phone: NewPhone) -> None:
    office = new_phone(**HAND)
    page = office.launch()
    office.sign_in(MANAGER)
    office.tab("HTX")
    page.get_by_role("navigation", name="Mục").get_by_role("link", name="Thành viên").tap()
    page.get_by_role("button", name="Mã mời: Giàng A Páo").tap()
    expect(page.locator("svg.qr")).to_be_visible()
    take(page, "invite", "svg.qr")
    link = page.locator(".on-paper code").text_content() or ""
    page.keyboard.press("Escape")
    _open_tile(office, "#selling-for")
    take(page, "money-with", ".picks:has-text('Ai giữ tiền')", SAVE)
    office.close()

    phone = new_phone(**HAND)
    page = phone.launch()
    page.get_by_role("link", name="Quét mã mời").tap()
    expect(page.get_by_text("Không mở được máy ảnh ở đây")).to_be_visible()
    take(page, "enrol-scan")
    _open_link(page, link)
    take(page, "enrol", "input[autocomplete=new-password]", "button:has-text('Vào sổ')")
    page.get_by_label("Đặt mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Vào sổ").tap()
    expect(page.get_by_label("Mã PIN", exact=True)).to_be_visible()
    take(page, "pin", ".keypad", "button:has-text('Tiếp')")
    _choose_pin(page, "1234")
    expect(page.get_by_text("Dùng được khi không có mạng", exact=True)).to_be_visible()
    take(page, "enrol-done", "button:has-text('Bắt đầu bán hàng')")
    page.get_by_role("button", name="Bắt đầu bán hàng").tap()

    page.get_by_role("button", name="Tài khoản:").tap()
    take(page, "hand-on", "dialog button:has-text('Đưa máy')", "dialog button:has-text('Đổi mã PIN')")
    page.get_by_role("button", name="Đưa máy cho người khác").tap()
    page.get_by_role("button", name="Quay lại").tap()
    page.get_by_role("button", name="Thêm người").tap()
    page.get_by_label("Số điện thoại hoặc mã thành viên").fill(NEIGHBOUR)
    page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").tap()
    _choose_pin(page, "5678")
    page.get_by_role("button", name="Tài khoản: Sùng Thị Mỷ").tap()
    page.get_by_role("button", name="Đưa máy cho người khác").tap()
    take(page, "people", ".person >> nth=0", "button:has-text('Thêm người')")
    page.get_by_role("button", name="Giàng A Páo").tap()
    take(page, "pin-entry", ".keypad", "button:has-text('Quên mã PIN?')")
    page.get_by_role("button", name="Quên mã PIN?").tap()
    take(page, "forgot-pin", "input[type=password]", "button:has-text('Đăng nhập')")
    page.get_by_role("button", name="Quay lại").tap()
    page.get_by_role("button", name="Bỏ người này khỏi máy").tap()
    expect(page.get_by_role("heading", name="Bỏ người này khỏi máy")).to_be_visible()
    take(page, "leave", "button:has-text('Bỏ người này khỏi máy')")
    _open_link(page, link)
    expect(page.get_by_text("Mã này đã dùng rồi")).to_be_visible()
    take(page, "spent", "a:has-text('Đăng nhập')", "button:has-text('Quét mã khác')")


@pytest.mark.parametrize(
    ("agent", "name", "ring"),
    [
        ("Mozilla/5.0 (Linux; Android 10) Chrome/120.0 Zalo android/1", "in-app", "a:has-text('Mở bằng Chrome')"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X)", "iphone", ".steps"),
    ],
)
def test_pictures_of_places_that_keep_no_book(new_phone: NewPhone, agent: str, name: str, ring: str) -> None:
    phone = new_phone(user_agent=agent, **HAND)
    page = phone.launch()
    _open_link(page, f"{phone.url}/app/#enrol=0123456789abcdefghijkl")
    take(page, name, ring, "button:has-text('Sao chép')")


def test_pictures_of_a_first_sync_that_breaks_off_and_of_a_book_that_does_not_open(new_phone: NewPhone) -> None:
    phone = new_phone(**HAND)
    page = phone.launch()
    page.add_init_script("const set = setTimeout; window.setTimeout = (act, ms) => (ms > 999 ? 0 : set(act, ms))")
    page.reload()  # It does not try again by itself while its picture is taken.
    page.route("**/api/v1/sync", lambda route: route.abort())
    page.get_by_label("Số điện thoại hoặc mã thành viên").fill(MEMBER)
    page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").tap()
    take(page, "first-sync", ".banner", "button:has-text('Thử lại')")
    page.add_init_script("IDBFactory.prototype.open = () => { throw new DOMException('', 'UnknownError') }")
    page.reload()
    take(page, "broken", ".banner", "button:has-text('Thử lại')")


def test_pictures_of_the_camera_and_the_voice(new_phone: NewPhone) -> None:
    manager = new_phone(camera=True, **HAND)
    page = manager.launch()
    manager.sign_in(MANAGER)
    manager.tab("Hàng")
    page.get_by_role("link", name="Thêm hàng").tap()
    page.get_by_role("button", name="Chụp ảnh hàng").tap()
    take(page, "camera-view", "button.shutter")
    page.locator("button.shutter").tap()
    take(page, "photo-taken", "dialog button:has-text('Dùng ảnh')", "dialog button:has-text('Chụp lại')")
    page.get_by_role("dialog").get_by_role("button", name="Đóng").tap()
    page.get_by_role("link", name="Quay lại").tap()
    manager.tab("HTX")
    page.get_by_role("navigation", name="Mục").get_by_role("link", name="Giọng nói").tap()
    take(page, "voices", "button:has-text('Thu giọng mới')")
    page.get_by_role("button", name="Thu giọng mới").tap()
    page.get_by_label("Tên tiếng, như người nói tiếng đó gọi").fill("Hmoob")
    page.get_by_label("Mã ngôn ngữ (BCP 47)").fill("hmn")
    page.get_by_role("button", name="Bắt đầu thu").tap()
    take(page, "recorder", ".sentence", "button:has-text('Thu câu này')")


def _open_link(page: Page, link: str) -> None:
    page.goto("about:blank")
    page.goto(link)


def _open_tile(office: Phone, chooser: str) -> None:
    """Goods of a member, as a manager records them."""
    office.tab("Bán")
    office.page.select_option(chooser, index=1)
    office.page.locator("a.tile:visible").first.tap()


def _choose_pin(page: Page, pin: str) -> None:
    for label in ("Mã PIN", "Nhập lại lần nữa"):
        expect(page.get_by_label(label, exact=True)).to_be_visible()
        page.keyboard.type(pin)
        page.get_by_role("button", name="Tiếp").tap()
