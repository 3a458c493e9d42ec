"""A manager's code: shown on one phone, read by the camera of another, and its owner sells. Spent, expired, offline."""

from __future__ import annotations

import base64
import io
import re
import sqlite3
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from config import ROOT
from tests.browser.conftest import NewPhone
from tests.browser.judge import beyond, violations
from tests.browser.phone import Phone
from tests.browser.server import MANAGER, Server

pytestmark = pytest.mark.browser

# The screens that need a network anyway are fetched while there is one, and kept by the browser, not by the app.
CAME_AHEAD = re.compile(r"/assets/enrol-.*\.js$")
NEWCOMER = "Vàng Thị Mẩy"
OWN_PASSWORD = "mot mat khau moi"
SPENT = re.compile("^Mã này đã dùng rồi")
EXPIRED = re.compile("^Mã này đã quá 24 giờ")
REPLACED = re.compile("^Cán bộ đã làm mã mới thay mã này")
UNKNOWN = re.compile("^Không có mã này")

# What a camera reads from a picture: https://github.com/cozmo/jsQR, in a browser.
JSQR = ROOT / "pwa" / "node_modules" / "jsqr" / "dist" / "jsQR.js"
READ_QR = """
async (picture) => {
  const image = new Image()
  image.src = picture
  await image.decode()
  const canvas = Object.assign(document.createElement('canvas'), { width: image.width, height: image.height })
  const context = canvas.getContext('2d')
  context.drawImage(image, 0, 0)
  const { data, width, height } = context.getImageData(0, 0, image.width, image.height)
  return jsQR(data, width, height)?.data
}
"""


def test_newcomer_scans_the_managers_screen_and_sells(server: Server, new_phone: NewPhone) -> None:
    office, phone = new_phone(), new_phone()
    _open_members(office)
    page = office.page
    page.get_by_role("button", name="Thêm thành viên").click()
    page.get_by_label("Họ và tên").fill(NEWCOMER)
    page.get_by_label("Thôn bản", exact=True).fill("Lùng Thàng")
    page.get_by_role("button", name="Lưu", exact=True).click()
    link = _shown_link(office)
    assert violations(page) + beyond(page) == []
    expect(page.get_by_text(re.compile("^Còn 2[34] giờ"))).to_be_visible()
    _expect_on_paper(page, NEWCOMER, link)

    page = _open(phone, link)
    expect(page.get_by_role("heading", name=f"Chào {NEWCOMER}!")).to_be_visible()
    expect(page.get_by_text("HTX Đá Nở Hoa mời vào sổ bán hàng.")).to_be_visible()
    assert violations(page) + beyond(page) == []
    code = link.split("=")[1]
    assert code not in page.url
    assert code not in page.evaluate("JSON.stringify(history.state) + document.referrer")
    _choose_password(page)
    assert violations(page) + beyond(page) == []
    _choose_pin(page)
    expect(page.get_by_text("Dùng được khi không có mạng", exact=True)).to_be_visible()
    assert violations(page) + beyond(page) == []
    page.get_by_role("button", name="Bắt đầu bán hàng").click()
    page.get_by_role("link", name="Hàng khác").click()
    page.get_by_label("Tên hàng").fill("Rau cải mèo")
    page.get_by_text("kg", exact=True).click()
    page.get_by_role("button", name="Chạm để nhập số").click()
    for key in ("1", "5", "000"):
        page.get_by_role("dialog").get_by_role("button", name=key, exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name="Xong").click()
    page.get_by_role("button", name="Tiếp", exact=True).click()
    page.locator(".quick").get_by_role("button", name="2", exact=True).click()
    phone.save_button().click()
    expect(page.get_by_text(re.compile("^Đã lưu 30.000"))).to_be_visible()
    phone.expect_unsent(0)
    phone.kill()

    [sale] = server.new_sales()
    [member] = server.read(MANAGER, "members", q=NEWCOMER)["items"]
    assert (sale["member_id"], sale["total_vnd"]) == (member["id"], 30_000)
    server.stop()
    page = phone.launch()
    expect(page.get_by_role("button", name=f"Tài khoản: {NEWCOMER}")).to_be_visible()
    phone.tab("Sổ")
    expect(phone.book_rows("Rau cải mèo")).to_be_visible()
    assert code not in (server.data_dir / "server.log").read_text()


def test_spent_code_says_so_and_what_to_do(server: Server, new_phone: NewPhone) -> None:
    link = _link(server)
    first, second = new_phone(), new_phone()
    _choose_password(_open(first, link))
    _expect_in(first.page)
    page = _open(second, link)
    expect(page.get_by_text(SPENT)).to_be_visible()
    expect(page.get_by_role("link", name="Đăng nhập")).to_be_visible()
    assert violations(page) + beyond(page) == []
    page.get_by_role("button", name="Quét mã khác").click()
    expect(page.get_by_role("heading", name="Quét mã mời")).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", name="Quét mã mời")).to_be_visible()


def test_expired_replaced_and_unknown_codes_each_say_what_they_are(server: Server, new_phone: NewPhone) -> None:
    phone = new_phone()
    replaced, expired = _link(server), _link(server)
    expect(_open(phone, replaced).get_by_text(REPLACED)).to_be_visible()
    expect(_open(phone, expired[:-1]).get_by_text(UNKNOWN)).to_be_visible()
    with sqlite3.connect(server.data_dir / "chophien.db") as database:
        database.execute("UPDATE enrolment SET expires_at_ms = 1")
    page = _open(phone, expired)
    expect(page.get_by_text(EXPIRED)).to_be_visible()
    assert violations(page) + beyond(page) == []


def test_without_a_network_the_code_is_kept_and_used_when_there_is_one(server: Server, new_phone: NewPhone) -> None:
    phone = new_phone()
    page = phone.launch()
    page.evaluate("navigator.serviceWorker.ready")
    with page.expect_response(CAME_AHEAD):
        page.reload()
    link = _link(server)
    server.stop()
    page = _open(phone, link)
    expect(page.get_by_text("Không có mạng. Máy giữ mã này")).to_be_visible()
    phone.close()
    page = phone.launch()
    page.get_by_role("link", name="Quét mã mời").click()
    expect(page.get_by_text("Không có mạng. Máy giữ mã này")).to_be_visible()
    server.start()
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.get_by_role("heading", name="Chào Giàng A Páo!")).to_be_visible()
    server.stop()
    page.get_by_label("Đặt mật khẩu").fill(OWN_PASSWORD)
    page.get_by_role("button", name="Vào sổ").click()
    expect(page.get_by_text("Không có mạng. Máy giữ mã này")).to_be_visible()
    server.start()
    page.evaluate("dispatchEvent(new Event('online'))")
    _expect_in(page)


def test_answer_that_was_lost_is_asked_for_again_by_the_app(server: Server, new_phone: NewPhone) -> None:
    phone = new_phone()
    page = _open(phone, _link(server))
    expect(page.get_by_role("heading", name="Chào Giàng A Páo!")).to_be_visible()

    def lose(route, request):  # type: ignore[no-untyped-def]
        assert route.fetch().ok
        route.abort()

    page.route("**/auth/enrol", lose, times=1)
    page.get_by_label("Đặt mật khẩu").fill(OWN_PASSWORD)
    page.get_by_role("button", name="Vào sổ").click()
    expect(page.get_by_text("Không có mạng. Máy giữ mã này")).to_be_visible()
    page.get_by_role("button", name="Vào sổ").click()
    _expect_in(page)
    [member] = server.read(MANAGER, "members", q="Giàng A Páo")["items"]
    assert member["replicas"] <= 2  # The demo's own and this phone: the lost answer made none.


def test_short_password_is_told_and_the_code_stays_good(server: Server, new_phone: NewPhone) -> None:
    phone = new_phone()
    page = _open(phone, _link(server))
    page.get_by_label("Đặt mật khẩu").fill("ngan")
    page.get_by_role("button", name="Vào sổ").click()
    expect(page.get_by_text("Mật khẩu cần ít nhất 8 chữ hoặc số.")).to_be_visible()
    _choose_password(page)
    _expect_in(page)


def test_app_scans_a_picture_of_the_code_and_takes_a_pasted_link(
    server: Server, new_phone: NewPhone, tmp_path: Path
) -> None:
    office, phone = new_phone(), new_phone()
    _open_members(office)
    office.page.get_by_role("button", name="Mã mời: Giàng A Páo").click()
    link = _shown_link(office)
    picture = tmp_path / "code.png"
    office.page.screenshot(path=picture)
    empty = tmp_path / "empty.png"
    Image.new("RGB", (400, 400), "white").save(empty)

    page = phone.launch()
    page.get_by_role("link", name="Quét mã mời").click()
    expect(page.get_by_text("Không mở được máy ảnh ở đây")).to_be_visible()
    assert violations(page) + beyond(page) == []
    choose = page.locator("input[type=file]")
    choose.set_input_files(empty)
    expect(page.get_by_text("Không thấy mã trong ảnh này")).to_be_visible()
    page.get_by_label("Hoặc dán mã, đường dẫn").fill("https://elsewhere.example/app/#enrol=0123456789abcdef")
    page.get_by_role("button", name="Dùng mã này").click()
    expect(page.get_by_text("Đây không phải mã mời")).to_be_visible()
    choose.set_input_files(picture)
    expect(page.get_by_role("heading", name="Chào Giàng A Páo!")).to_be_visible()

    page.get_by_role("button", name="Không phải tôi").click()
    page.get_by_label("Hoặc dán mã, đường dẫn").fill(link)
    page.get_by_role("button", name="Dùng mã này").click()
    expect(page.get_by_role("heading", name="Chào Giàng A Páo!")).to_be_visible()


def test_camera_in_the_app_reads_the_managers_screen(server: Server, new_phone: NewPhone, tmp_path: Path) -> None:
    office = new_phone()
    _open_members(office)
    office.page.get_by_role("button", name="Mã mời: Giàng A Páo").click()
    expect(office.page.locator("svg.qr")).to_be_visible()
    film = _film(office.page.locator("svg.qr").screenshot(), tmp_path / "qr.y4m")
    office.close()
    phone = new_phone(camera=film)
    page = phone.launch()
    page.get_by_role("link", name="Quét mã mời").click()
    expect(page.get_by_role("heading", name="Chào Giàng A Páo!")).to_be_visible()
    _choose_password(page)
    _expect_in(page)


@pytest.mark.parametrize(
    ("agent", "heading"),
    [
        (
            "Mozilla/5.0 (Linux; Android 10) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36 Zalo android/1",
            "Hãy mở",
        ),
        ("Mozilla/5.0 (Linux; Android 10; wv) AppleWebKit/537.36 Chrome/120.0 [FBAN/EMA;FBAV/400]", "Hãy mở"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1 Safari/604.1",
            "Cài Chợ",
        ),
    ],
)
def test_where_a_book_cannot_be_kept_the_way_out_is_told(
    server: Server, new_phone: NewPhone, agent: str, heading: str
) -> None:
    link = _link(server)
    phone = new_phone(user_agent=agent, permissions=["clipboard-read", "clipboard-write"])
    page = _open(phone, link)
    expect(page.get_by_role("heading", name=heading)).to_be_visible()
    assert violations(page) + beyond(page) == []
    page.get_by_role("button", name="Sao chép").click()
    expect(page.get_by_text("Đã sao chép")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied in (link, link.split("=")[1])
    if "Android" in agent:
        out = page.get_by_role("link", name="Mở bằng Chrome").get_attribute("href")
        assert out == f"{link.replace('http:', 'intent:')}#Intent;scheme=http;package=com.android.chrome;end"
    if "iPhone" in agent:
        page.get_by_role("button", name="Không cài").click()
        expect(page.get_by_role("heading", name="Chào Giàng A Páo!")).to_be_visible()


def _open_members(office: Phone) -> None:
    office.launch()
    office.sign_in(MANAGER)
    office.tab("HTX")
    office.page.get_by_role("navigation", name="Mục").get_by_role("link", name="Thành viên").click()


def _shown_link(office: Phone) -> str:
    """What another phone's camera reads from the picture of this screen."""
    page = office.page
    expect(page.locator("svg.qr")).to_be_visible()
    picture = base64.b64encode(page.screenshot()).decode()
    page.evaluate(JSQR.read_text())
    link = page.evaluate(READ_QR, f"data:image/png;base64,{picture}")
    assert re.fullmatch(rf"{re.escape(office.url)}/app/#enrol=[\w-]+", link), link
    return str(link)


def _expect_on_paper(page: Page, name: str, link: str) -> None:
    """What a printer gets of the shown code: who, where, until when, and nothing to tap."""
    page.emulate_media(media="print")
    for text in (name, "HTX Đá Nở Hoa", link, re.compile(r"^Dùng một lần, trước \d")):
        expect(page.locator(".invite").get_by_text(text)).to_be_visible()
    expect(page.locator("svg.qr")).to_be_visible()
    for role in ("button", "navigation", "table"):
        expect(page.get_by_role(role)).to_have_count(0)
    expect(page.get_by_text(re.compile("^Còn 2"))).to_be_hidden()
    page.emulate_media(media="screen")


def _film(picture: bytes, path: Path) -> Path:
    """What a hand-held camera sees of the picture: 640 × 480, tilted, not quite dark on not quite white."""
    code = Image.open(io.BytesIO(picture)).convert("L").resize((320, 320))
    screen = Image.new("L", (640, 480), 90)
    screen.paste(code.point(lambda level: 40 + level * 3 // 4).rotate(7, expand=True, fillcolor=90), (150, 60))
    frame = b"FRAME\n" + screen.tobytes() + bytes([128]) * (640 * 480 // 2)
    path.write_bytes(b"YUV4MPEG2 W640 H480 F10:1 Ip A1:1 C420jpeg\n" + 10 * frame)
    return path


def _link(server: Server) -> str:
    """A code for the first member, as the manager's screen would show it."""
    [member] = server.read(MANAGER, "members", q="Giàng A Páo")["items"]
    return f"{server.url}/app/#enrol={server.post(MANAGER, 'enrolments', {'member_id': member['id']})['code']}"


def _open(phone: Phone, link: str) -> Page:
    """As the phone's camera app opens a link."""
    if not phone.is_running:
        phone.launch()
    page = phone.page
    page.goto("about:blank")
    page.goto(link)
    return page


def _choose_password(page: Page) -> None:
    page.get_by_label("Đặt mật khẩu").fill(OWN_PASSWORD)
    page.get_by_role("button", name="Vào sổ").click()


def _choose_pin(page: Page) -> None:
    for _ in range(2):
        for digit in "2580":
            page.get_by_role("button", name=digit, exact=True).click()
        page.get_by_role("button", name="Tiếp", exact=True).click()


def _expect_in(page: Page) -> None:
    """After the password: the PIN is put off, and the book is here."""
    page.get_by_role("button", name="Bỏ qua").click()
    expect(page.get_by_role("button", name="Bắt đầu bán hàng")).to_be_enabled()
