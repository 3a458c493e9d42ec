"""A voice is recorded by a manager, kept by a member's phone, and heard there without a network."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import NewPhone
from tests.browser.judge import beyond, violations
from tests.browser.phone import Phone
from tests.browser.server import ADMIN, MANAGER, MEMBER, Server

pytestmark = pytest.mark.browser

SELL = "Đây là trang bán hàng."
GOODS_SCREEN = "Đây là hàng của bạn."
GOODS = "Gà đồi"
NOTE_WHAT_IS_HEARD = """
for (const name of ['playing', 'ended', 'error'])
  document.addEventListener(name, ({target: audio}) => {
    if (audio.matches?.('audio')) document.documentElement.dataset.heard += ' ' + name
  }, true)
document.documentElement.dataset.heard = ''
"""

# A browser with a Vietnamese voice, which Debian's Chromium lacks: it notes what it is given.
VIETNAMESE_VOICE = """
window.SpeechSynthesisUtterance = function (text) { this.text = text }
Object.defineProperty(window, 'speechSynthesis', { value: {
  getVoices: () => [{ lang: 'vi-VN', localService: true }],
  cancel() {},
  speak(utterance) {
    const { dataset } = document.documentElement
    dataset.spoken = [...(dataset.spoken ? [dataset.spoken] : []), utterance.text].join('|')
    setTimeout(() => utterance.onend(), 0)
  },
}})
"""


def record_sentence(page: Page, button: str = "Thu câu này") -> None:
    page.get_by_role("button", name=button).click()
    expect(page.get_by_text(re.compile("^Đang thu… [1-9]"))).to_be_visible()
    page.get_by_role("button", name="Dừng").click()
    expect(page.locator(".recorder-now").get_by_role("status")).to_have_text("Đã lưu trên máy này.")


def begin_voice(page: Page, name: str, tag: str) -> None:
    page.get_by_role("button", name="Thu giọng mới").click()
    page.get_by_label("Tên tiếng, như người nói tiếng đó gọi").fill(name)
    page.get_by_label("Mã ngôn ngữ (BCP 47)").fill("không phải mã")
    page.get_by_role("button", name="Bắt đầu thu").click()
    expect(page.get_by_text("Mã này chưa đúng.")).to_be_visible()
    page.get_by_label("Mã ngôn ngữ (BCP 47)").fill(tag)
    page.get_by_role("button", name="Bắt đầu thu").click()
    expect(page.get_by_text(re.compile("^0 trên"))).to_be_visible()


def open_voices(phone: Phone) -> Page:
    page = phone.page
    phone.tab("HTX")
    page.get_by_role("navigation", name="Mục").get_by_role("link", name="Giọng nói").click()
    return page


def expect_heard(page: Page) -> None:
    """One recording from its beginning to its end, and nothing else."""
    expect(page.locator("html")).to_have_attribute("data-heard", " playing ended")


def expect_spoken(page: Page, *beginnings: str) -> None:
    """What the phone's own voice was given since the page was loaded, sentence by sentence."""
    if not beginnings:
        expect(page.locator("html")).not_to_have_attribute("data-spoken", re.compile(""))
        return
    spoken = r"\|".join(re.escape(beginning) + "[^|]*" for beginning in beginnings)
    expect(page.locator("html")).to_have_attribute("data-spoken", re.compile(f"^{spoken}$"))


def speaking(page: Page) -> Locator:
    return page.locator("dialog.speaking")


def listen(page: Page) -> None:
    page.locator(".screen:not([hidden])").get_by_role("button", name="Nghe trang này").click()


def test_a_recorded_voice_reaches_a_member_and_speaks_without_a_network(server: Server, new_phone: NewPhone) -> None:
    manager = new_phone(camera=True)
    manager.launch()
    manager.sign_in(MANAGER)
    page = open_voices(manager)
    begin_voice(page, "Hmoob", "hmn")
    expect(page.locator(".sentence")).to_contain_text(SELL)
    record_sentence(page)
    page.get_by_role("button", name="Câu tiếp").click()
    record_sentence(page)
    manager.kill()

    server.stop()
    page = manager.launch(at="office/voices")
    page.get_by_role("link", name="Hmoob").click()
    expect(page.get_by_text(re.compile("^2 trên"))).to_be_visible()
    record_sentence(page)
    page.get_by_role("button", name="Phát hành cho hợp tác xã").click()
    expect(page.get_by_text(re.compile("^Không có mạng"))).to_be_visible()
    server.start()
    page.get_by_role("button", name="Phát hành cho hợp tác xã").click()
    expect(page.get_by_text("Đã phát hành.")).to_be_visible()
    page.evaluate(NOTE_WHAT_IS_HEARD)
    page.get_by_role("button", name="Nghe lại").click()
    expect_heard(page)

    member = new_phone()
    page = member.ready_for(MEMBER)
    page.get_by_role("button", name="Tài khoản:").click()
    page.get_by_role("dialog").get_by_label(re.compile(r"^Hmoob · \d+ KB · 3 câu$")).check()
    expect(page.get_by_text("Hmoob: có trên máy")).to_be_visible()
    page.get_by_role("dialog").get_by_role("button", name="Đóng").click()
    member.send()
    member.expect_checked()
    assert "hmn" in {person.get("language") for person in server.read(MANAGER, "members")["items"]}

    server.stop()
    member.kill()
    page = member.launch()
    expect(page.locator(".screen:not([hidden])").get_by_role("button", name="Nghe trang này")).to_be_visible()
    page.evaluate(NOTE_WHAT_IS_HEARD)
    listen(page)
    expect(speaking(page)).to_contain_text(SELL)
    expect_heard(page)
    expect(speaking(page)).to_have_count(0)

    member.tab("Hàng")
    listen(page)
    expect(speaking(page)).to_contain_text(GOODS_SCREEN)
    expect(speaking(page)).to_contain_text("Máy này chưa có giọng nói")
    member.tab("Sổ")
    expect(speaking(page)).to_have_count(0)
    expect_heard(page)


def test_a_screen_without_a_voice_is_shown_in_large_letters(new_phone: NewPhone) -> None:
    phone = new_phone()
    page = phone.launch()
    page.get_by_role("button", name="Nghe trang này").click()
    expect(speaking(page)).to_contain_text("Hãy đăng nhập.")
    expect(speaking(page)).to_contain_text("Máy này chưa có giọng nói")
    page.get_by_role("button", name="Thôi nghe").click()
    expect(speaking(page)).to_have_count(0)
    phone.sign_in(MEMBER)
    page.get_by_role("button", name="Tài khoản:").click()
    sheet = page.locator("dialog.sheet")
    sheet.get_by_role("button", name="Nghe trang này").click()
    expect(speaking(page)).to_contain_text("Đây là tài khoản của bạn.")
    page.get_by_role("button", name="Thôi nghe").click()
    sheet.get_by_role("button", name="Đóng").click()
    phone.sell(GOODS)
    listen(page)
    expect(speaking(page)).to_contain_text(re.compile("Đã lưu 460.000"))
    expect(speaking(page)).to_contain_text(SELL)


def test_every_screen_is_read_by_itself_where_somebody_wants_that(new_phone: NewPhone) -> None:
    phone = new_phone()
    page = phone.launch()
    phone.context.add_init_script(VIETNAMESE_VOICE)
    page.reload()
    phone.sign_in(MEMBER)
    expect_spoken(page)
    page.get_by_role("button", name="Tài khoản:").click()
    page.locator("dialog.sheet").get_by_label("Tự đọc khi mở trang").check()
    page.locator("dialog.sheet").get_by_role("button", name="Đóng").click()
    phone.tab("Hàng")
    expect_spoken(page, GOODS_SCREEN)
    phone.tab("Bán")
    expect_spoken(page, GOODS_SCREEN, SELL)
    phone.type_sale(GOODS, 2)
    phone.save_button().tap()
    expect_spoken(page, GOODS_SCREEN, SELL, "Chọn số lượng", "Đã lưu 460000 đồng", "Hôm nay: 460000 đồng", SELL)


def test_an_admin_records_for_the_province_and_a_refused_microphone_is_told(
    server: Server, new_phone: NewPhone
) -> None:
    phone = new_phone()
    page = phone.launch()
    phone.sign_in(ADMIN)
    phone.tab("Giọng nói")
    begin_voice(page, "Kinh", "vi")
    page.get_by_role("button", name="Thu câu này").click()
    expect(page.get_by_text(re.compile("^Máy không cho dùng micrô|^Máy này không có micrô"))).to_be_visible()
    expect(page.get_by_role("button", name="Phát hành cho cả tỉnh")).to_be_disabled()


@pytest.mark.parametrize(("colours", "default_font_px"), [("light", 16), ("dark", 32)])
def test_what_is_recorded_and_heard_is_in_reach_of_everybody(
    new_phone: NewPhone, colours: str, default_font_px: int
) -> None:
    def judge(name: str) -> None:
        assert (name, violations(page), beyond(page)) == (name, [], [])

    phone = new_phone(
        camera=True,
        default_font_px=default_font_px,
        viewport={"width": 320, "height": 640},
        color_scheme=colours,
        reduced_motion="reduce",
    )
    page = phone.launch()
    phone.sign_in(MANAGER)
    listen(page)
    expect(speaking(page)).to_contain_text("Máy này chưa có giọng nói")
    judge("what is said")
    open_voices(phone)
    expect(page.get_by_text("Chưa thu giọng nào.")).to_be_visible()
    judge("no voice")
    begin_voice(page, "Hmoob", "hmn")
    page.get_by_role("button", name="Thu câu này").press("Enter")
    expect(page.get_by_role("meter", name="Độ to")).to_be_visible()
    judge("recording")
    expect(page.get_by_text(re.compile("^Đang thu… [1-9]"))).to_be_visible()
    page.get_by_role("button", name="Dừng").press("Enter")
    expect(page.get_by_role("button", name="Nghe lại")).to_be_visible()
    page.get_by_text("Tất cả các câu").click()
    judge("all sentences")
    page.get_by_role("button", name="Phát hành cho hợp tác xã").click()
    expect(page.get_by_text("Đã phát hành.")).to_be_visible()
    judge("published")
    page.get_by_role("link", name="Các giọng").click()
    expect(page.get_by_role("link", name="Hmoob")).to_be_visible()
    judge("voices")
    phone.tab("Bán")
    page.get_by_role("button", name="Tài khoản:").click()
    page.get_by_role("dialog").get_by_label(re.compile("^Hmoob")).check()
    expect(page.get_by_text("Hmoob: có trên máy")).to_be_visible()
    judge("the choice")
