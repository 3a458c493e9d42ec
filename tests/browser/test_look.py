"""Every screen: axe finds nothing, nothing is cut off on a narrow phone or with large text, the console is quiet."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewPhone
from tests.browser.judge import beyond, violations
from tests.browser.phone import SCREEN
from tests.browser.screens import WALKS
from tests.browser.server import MEMBER, Server

pytestmark = pytest.mark.browser

NARROW = {"width": 320, "height": 568}
DESKTOP = {"viewport": {"width": 1280, "height": 800}, "has_touch": False, "is_mobile": False}


@pytest.mark.parametrize("who", WALKS)
def test_every_screen_is_accessible_by_day_and_night_and_whole_on_a_narrow_phone(new_phone: NewPhone, who: str) -> None:
    phone = new_phone(reduced_motion="reduce")
    wrong = {}
    for screen in WALKS[who](phone):
        if found := _in_light_and_dark(phone.page) + _on_a_narrow_phone(phone.page):
            wrong[screen] = found
    assert wrong == {}
    assert phone.failed == []


def _in_light_and_dark(page: Page) -> list[str]:
    found = violations(page)
    page.emulate_media(color_scheme="dark")
    found += violations(page)
    page.emulate_media(color_scheme="light")
    return found


def _on_a_narrow_phone(page: Page) -> list[str]:
    page.set_viewport_size(NARROW)
    found = beyond(page)
    page.set_viewport_size(SCREEN)
    return found


@pytest.mark.parametrize("who", ["manager", "admin"])
def test_every_screen_of_the_staff_is_accessible_on_a_desktop(new_phone: NewPhone, who: str) -> None:
    phone = new_phone(reduced_motion="reduce", **DESKTOP)
    wrong = {}
    for screen in WALKS[who](phone):
        if found := violations(phone.page) + beyond(phone.page):
            wrong[screen] = found
    assert wrong == {}
    assert phone.failed == []


@pytest.mark.parametrize("who", WALKS)
def test_nothing_is_cut_off_with_text_of_200_percent(new_phone: NewPhone, who: str) -> None:
    phone = new_phone(reduced_motion="reduce", default_font_px=32)
    wrong = {}
    for name in WALKS[who](phone):
        if found := beyond(phone.page):
            wrong[name] = found
    assert wrong == {}


# Amounts that stand on more than one line.
BROKEN = """
() => [...document.querySelectorAll('.money')]
  .filter((money) => money.getClientRects().length > 1)
  .map((money) => money.outerHTML)
"""


@pytest.mark.parametrize("font_px", [16, 32])
def test_amounts_of_trillions_keep_their_line_on_a_narrow_phone(new_phone: NewPhone, font_px: int) -> None:
    phone = new_phone(reduced_motion="reduce", viewport=NARROW, default_font_px=font_px, color_scheme="light")
    page = phone.launch()
    phone.sign_in(MEMBER)
    phone.tab("Bán")
    phone.type_sale("Gà đồi", 999_999_999)
    wrong = {"amount": beyond(page) + page.evaluate(BROKEN)}
    phone.save_button().click()
    expect(page.get_by_text(re.compile("^Đã lưu 229.999.999.770.000"))).to_be_visible()
    wrong["saved"] = beyond(page) + page.evaluate(BROKEN)
    phone.tab("Sổ")
    expect(phone.book_rows("Gà đồi").first).to_contain_text("229.999.999.770.000")
    wrong["book"] = beyond(page) + page.evaluate(BROKEN)
    phone.book_rows("Gà đồi").first.click()
    expect(page.get_by_role("button", name="Hủy phiếu")).to_be_visible()
    wrong["sale"] = beyond(page) + page.evaluate(BROKEN)
    assert {screen: found for screen, found in wrong.items() if found} == {}


def test_where_nothing_is_found_one_tap_shows_everything_again(new_phone: NewPhone) -> None:
    phone = new_phone()
    page = phone.launch()
    phone.sign_in(MEMBER)
    phone.tab("Sổ")
    show_all = page.get_by_role("button", name="Xem tất cả")
    page.get_by_text("Cần xem", exact=True).click()
    page.get_by_role("searchbox").fill("xyz")
    show_all.click()
    expect(page.get_by_role("searchbox")).to_have_value("")
    expect(page.locator(".day").first).to_be_visible()
    phone.tab("Hàng")
    page.get_by_role("searchbox").fill("xyz")
    show_all.click()
    expect(page.locator("main a.row").first).to_be_visible()


# A rule of the page's own, as the content security policy lets no style come in.
HOLD_STILL = """
() => {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync('.row { animation-play-state: paused !important }')
  document.adoptedStyleSheets = [sheet]
}
"""
MOVING = "() => document.getAnimations().some(({ effect }) => effect.target?.closest('.day a.row'))"


@pytest.mark.parametrize("motion", ["no-preference", "reduce"])
def test_sale_is_seen_arriving_in_the_book_unless_no_motion_is_wanted(new_phone: NewPhone, motion: str) -> None:
    phone = new_phone(reduced_motion=motion)
    page = phone.launch()
    phone.sign_in(MEMBER)
    phone.sell("Gà đồi")
    page.evaluate(HOLD_STILL)
    phone.tab("Sổ")
    expect(phone.book_rows("Gà đồi").first).to_have_class("row fresh")
    assert page.evaluate(MOVING) == (motion == "no-preference")


def test_landing_page_is_accessible_and_opens_the_app(server: Server, new_phone: NewPhone) -> None:
    phone = new_phone(viewport=NARROW)
    page = phone.launch()
    page.goto(server.url)
    assert violations(page) + beyond(page) == []
    page.get_by_role("link", name="English").tap()
    expect(page.get_by_role("link", name="Open the app")).to_be_visible()
    page.get_by_role("link", name="Tiếng Việt").tap()
    page.get_by_role("link", name="Mở ứng dụng").tap()
    expect(page).to_have_url(re.compile("/app/$"))
    phone.sign_in(MEMBER)


def test_english_is_one_tap_away_and_stays_chosen(new_phone: NewPhone) -> None:
    phone = new_phone()
    page = phone.launch()
    phone.sign_in(MEMBER)
    page.get_by_role("button", name="Tài khoản:").tap()
    page.get_by_role("dialog").get_by_text("English", exact=True).tap()
    page.get_by_role("dialog").get_by_role("button", name="Close").tap()
    for tab in ("Sell", "Goods", "Book", "Send"):
        page.get_by_role("navigation").get_by_role("link", name=tab).tap()
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert not re.search("[ạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹđư]", _own_words(page))
    assert page.locator("html").get_attribute("lang") == "en"
    page.reload()
    expect(page.get_by_role("navigation").get_by_role("link", name="Send")).to_be_visible()


def test_sale_is_made_with_the_keyboard_alone(server: Server, new_phone: NewPhone) -> None:
    phone = new_phone(has_touch=False, is_mobile=False)
    page = phone.launch()
    phone.sign_in(MEMBER)
    expect(phone.tile("Gà đồi")).to_be_visible()
    _tab_to(page, "a.tile:has-text('Gà đồi')")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Gà đồi")).to_be_focused()
    page.keyboard.type("12")
    expect(page.locator(".entry-total")).to_contain_text("2.760.000")
    _tab_to(page, "button:has-text('Lưu')")
    page.keyboard.press("Enter")
    expect(page.get_by_text(re.compile("^Đã lưu"))).to_be_visible()
    phone.expect_unsent(0)
    (sale,) = server.new_sales()
    assert sale["quantity_milli"] == 12_000


def _own_words(page: Page) -> str:
    """What the app itself says on a screen, without names and goods that people wrote."""
    return " ".join(page.locator("h1, nav a, main button, main p.soft, .today span").all_inner_texts())


def _tab_to(page: Page, wanted: str) -> None:
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.locator(wanted).first.evaluate("(element) => element === document.activeElement"):
            return
    raise AssertionError(f"The keyboard does not reach {wanted}")
