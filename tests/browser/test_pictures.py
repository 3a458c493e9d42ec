"""The pictures of the documentation: the walk is always made, the files are written when UPDATE_PICTURES=1."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from config import ROOT
from tests.browser.conftest import NewPhone
from tests.browser.screens import admin_screens, manager_screens, member_screens
from tests.browser.server import MEMBER, Server, make_demo

pytestmark = pytest.mark.browser

PICTURES = ROOT / "docs" / "pictures"
HAND: dict[str, Any] = {"device_scale_factor": 2, "reduced_motion": "reduce"}
DESK: dict[str, Any] = {
    "viewport": {"width": 1280, "height": 800},
    "has_touch": False,
    "is_mobile": False,
    "reduced_motion": "reduce",
}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_demo(tmp_path_factory.mktemp("pictures"), sales=200)


def test_pictures_of_the_members_day(server: Server, new_phone: NewPhone) -> None:
    morning = new_phone()
    morning.launch()
    morning.sign_in(MEMBER)
    morning.expect_checked()
    morning.tab("Bán")
    morning.sell("Mật ong bạc hà", "1")
    morning.sell("Tam giác mạch", "5")
    morning.expect_checked()
    morning.close()

    phone = new_phone(**HAND)
    pictured = {
        "sign-in",
        "send-checked",
        "sell",
        "amount",
        "saved",
        "goods",
        "listing",
        "book",
        "sale",
        "book-debts",
        "receipt",
    }
    for screen in member_screens(phone):
        if screen in pictured:
            take(phone.page, screen)
    phone.page.emulate_media(color_scheme="dark")
    phone.tab("Bán")
    take(phone.page, "sell-dark")
    phone.page.emulate_media(color_scheme="light")

    server.stop()
    phone.sell("Chè Shan tuyết", "1")
    phone.sell("Gà đồi", "3")
    phone.tab("Gửi")
    phone.expect_unsent(2)
    expect(phone.page.get_by_text("Có mạng máy sẽ tự gửi.").first).to_be_visible()
    take(phone.page, "send-unsent")


def test_pictures_of_the_office(new_phone: NewPhone) -> None:
    phone = new_phone(**HAND)
    for screen in manager_screens(phone):
        if screen == "office-sales":
            take(phone.page, "office-sales-phone")
    phone.close()
    desk = new_phone(**DESK)
    for screen in manager_screens(desk):
        if screen in {"office-sales", "office-members", "office-reviews"}:
            take(desk.page, screen)


def test_pictures_of_the_province(new_phone: NewPhone) -> None:
    desk = new_phone(**DESK)
    for screen in admin_screens(desk):
        if screen in {"province-sales", "province-reviews"}:
            take(desk.page, screen)


def test_picture_of_the_landing_page(server: Server, new_phone: NewPhone) -> None:
    page = new_phone(**HAND).launch()
    page.goto(server.url)
    expect(page.get_by_role("link", name="Mở ứng dụng")).to_be_visible()
    take(page, "landing")


def take(page: Page, name: str) -> None:
    if os.environ.get("UPDATE_PICTURES") == "1":
        PICTURES.mkdir(parents=True, exist_ok=True)
        page.evaluate("() => document.fonts.ready")
        picture = PICTURES / f"{name}.png"
        page.screenshot(path=picture)
        if shutil.which("pngquant"):  # A third of the size, where somebody has it.
            subprocess.run(["pngquant", "--force", "--output", picture, picture], check=True)
