"""Buttons and links hear the finger itself, before the browser has made a click of it: once, and only a tap."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NewPhone
from tests.browser.phone import Phone
from tests.browser.server import MEMBER

pytestmark = pytest.mark.browser

GOODS = "Gà đồi"
SAVED = re.compile("^Đã lưu")
FAR = 9  # Of what the demo's quick amounts never say.


@pytest.fixture
def phone(new_phone: NewPhone) -> Phone:
    phone = new_phone()
    phone.ready_for(MEMBER)
    phone.tab("Sổ")
    assert FAR not in phone.counted_in_book()
    phone.tab("Bán")
    phone.type_sale(GOODS, FAR)
    return phone


def drag(phone: Phone, by_x: float, by_y: float, fingers: int = 1) -> None:
    """A finger comes down on Save, moves, and lifts."""
    box = phone.save_button().bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    def touch(kind: str, *points: tuple[float, float]) -> None:
        at = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(points)]
        phone.devtools("Input.dispatchTouchEvent", type=kind, touchPoints=at)

    others = [(x, y - 200)] * (fingers - 1)
    touch("touchStart", (x, y), *others)
    for part in (0.3, 0.6, 1):
        touch("touchMove", (x + by_x * part, y + by_y * part), *others)
    if others:
        touch("touchEnd", *others)
    touch("touchEnd")


def test_one_tap_saves_one_sale_and_touches_nothing_that_comes_to_stand_there(phone: Phone) -> None:
    phone.save_button().tap()
    expect(phone.page.get_by_text(SAVED)).to_be_visible()
    expect(phone.tile(GOODS)).to_be_visible()
    phone.page.wait_for_timeout(500)  # A click that came late would have opened something by now.
    expect(phone.tile(GOODS)).to_be_visible()
    assert phone.counted_in_book().count(FAR) == 1


@pytest.mark.parametrize(("by_x", "by_y", "fingers"), [(0, -160, 1), (-400, 0, 1), (0, 0, 2)])
def test_a_finger_that_slides_away_or_is_not_alone_saves_nothing(
    phone: Phone, by_x: float, by_y: float, fingers: int
) -> None:
    drag(phone, by_x, by_y, fingers)
    phone.page.wait_for_timeout(300)
    expect(phone.page.get_by_text(SAVED)).to_be_hidden()
    expect(phone.save_button()).to_be_visible()
    phone.save_button().tap()  # What was typed is there still.
    expect(phone.page.get_by_text(SAVED)).to_be_visible()


def test_a_tap_that_belongs_to_the_browser_still_saves(phone: Phone) -> None:
    """The buyer's field has the keyboard: the browser takes that away first."""
    phone.page.get_by_text("Bán chịu", exact=True).tap()
    phone.page.get_by_label("Người mua").fill("Chị Súa")
    phone.save_button().tap()
    expect(phone.page.get_by_text(SAVED)).to_be_visible()
    assert phone.counted_in_book().count(FAR) == 1


def test_a_finger_that_was_put_down_before_the_phone_was_locked_saves_nothing(phone: Phone) -> None:
    phone.page.evaluate("addEventListener('pointerdown', () => { document.querySelector('.app').inert = true })")
    drag(phone, 0, 0)
    phone.page.wait_for_timeout(300)
    phone.page.evaluate("document.querySelector('.app').inert = false")
    expect(phone.save_button()).to_be_visible()
    expect(phone.page.get_by_text(SAVED)).to_be_hidden()


def test_who_uses_keys_or_a_screen_reader_saves_as_before(phone: Phone) -> None:
    phone.save_button().focus()
    phone.page.keyboard.press("Enter")
    expect(phone.page.get_by_text(SAVED)).to_be_visible()
    assert phone.counted_in_book().count(FAR) == 1
