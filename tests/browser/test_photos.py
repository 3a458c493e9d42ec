"""Photos of goods: taken without a network, kept through a killed page, seen by others after everything else."""

from __future__ import annotations

import io
import re

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import NewPhone
from tests.browser.server import MANAGER, MEMBER, Server
from tests.browser.test_goods import add_listing, type_number

pytestmark = pytest.mark.browser

NAME = "Vải hoa núi"


def picture_of(row: Locator) -> Locator:
    return row.locator(".weave img")


def expect_picture(image: Locator) -> None:
    expect(image).to_be_visible()
    expect(image).to_have_js_property("complete", True)
    assert image.evaluate("image => image.naturalWidth") > 0


def take_photo(page: Page) -> None:
    page.get_by_role("button", name="Chụp ảnh hàng").tap()
    page.get_by_role("button", name="Chụp", exact=True).tap()
    expect(page.get_by_alt_text("Ảnh vừa chụp")).to_be_visible()
    page.get_by_role("button", name="Chụp lại").tap()
    page.get_by_role("button", name="Chụp", exact=True).tap()
    page.get_by_role("button", name="Dùng ảnh").tap()
    expect_picture(picture_of(page.locator("form")))


def test_photo_taken_offline_outlives_a_killed_page_and_reaches_the_manager(
    server: Server, new_phone: NewPhone
) -> None:
    phone = new_phone(camera=True)
    page = phone.ready_for(MEMBER)
    server.stop()

    phone.tab("Hàng")
    page.get_by_role("link", name="Thêm hàng").tap()
    page.get_by_label("Tên hàng").fill(NAME)
    page.get_by_role("button", name="Chụp ảnh hàng").tap()
    expect(page.get_by_role("button", name="Chụp", exact=True)).to_be_visible()
    phone.kill()

    page = phone.launch("goods/new")
    expect(page.get_by_label("Tên hàng")).to_have_value(NAME)
    take_photo(page)
    page.reload()
    expect(page.get_by_label("Tên hàng")).to_have_value(NAME)
    expect_picture(picture_of(page.locator("form")))
    page.get_by_text("kg", exact=True).tap()
    type_number(page, "Giá một kg", "90000")
    page.get_by_role("button", name="Lưu", exact=True).tap()
    expect(page.get_by_role("heading", name=NAME)).to_be_visible()

    phone.open("sell")
    page.reload()
    expect_picture(picture_of(phone.tile(NAME)))
    phone.sell(NAME, "2")
    phone.tab("Gửi")
    expect(page.get_by_text("1 ảnh đang chờ gửi")).to_be_visible()

    server.start()
    phone.send()
    phone.expect_checked()
    expect(page.get_by_text("ảnh đang chờ gửi")).to_have_count(0)

    manager = new_phone()
    seen = manager.launch()
    manager.sign_in(MANAGER)
    manager.tab("Hàng")
    row = seen.locator("main a.row").filter(has_text=NAME)
    expect_picture(picture_of(row))
    row.click()
    seen.get_by_role("button", name="Xem ảnh lớn").click()
    full = seen.get_by_role("dialog").get_by_alt_text(NAME)
    expect(full).to_be_visible()
    assert full.evaluate("image => image.naturalWidth") > 320
    assert phone.broken == manager.broken == []


def turned_photo() -> bytes:
    """As a phone held upright writes it: lying, with a note to turn it, and the place where it was taken."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif.get_ifd(0x8825)[1] = "N"
    file = io.BytesIO()
    Image.effect_noise((2400, 1200), 90).convert("RGB").save(file, "JPEG", exif=exif)
    return file.getvalue()


def test_without_a_camera_a_picture_is_chosen_turned_upright_and_made_small(
    server: Server, new_phone: NewPhone
) -> None:
    phone = new_phone()
    page = phone.launch()
    sent: list[int] = []
    page.on(
        "request",
        lambda request: sent.append(len(request.post_data_buffer or b"")) if request.method == "PUT" else None,
    )
    phone.sign_in(MEMBER)
    phone.tab("Hàng")
    add_listing(page, NAME, unit="kg", price="90000", stock="5")
    page.get_by_role("button", name="Chụp ảnh hàng").tap()
    expect(page.get_by_text("Không mở được máy ảnh ở đây")).to_be_visible()
    choose = page.locator("dialog input[type=file]")
    assert choose.get_attribute("capture") == "environment"
    page.get_by_role("dialog", name="Ảnh hàng").get_by_role("button", name="Nghe trang này").tap()
    expect(page.locator("dialog.speaking")).to_contain_text("Chạm nút tròn ở dưới để chụp")
    page.get_by_role("button", name="Thôi nghe").tap()
    choose.set_input_files({"name": "text.jpg", "mimeType": "image/jpeg", "buffer": b"no picture"})
    page.get_by_role("button", name="Dùng ảnh").tap()
    expect(page.get_by_text("Không đọc được ảnh này")).to_be_visible()
    page.get_by_role("button", name="Chụp lại").tap()
    choose.set_input_files({"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": turned_photo()})
    page.get_by_role("button", name="Dùng ảnh").tap()

    shown = page.locator("button.photo img")
    expect_picture(shown)
    assert shown.evaluate("image => image.naturalWidth < image.naturalHeight")
    phone.send()
    phone.expect_checked()
    expect(page.get_by_text("ảnh đang chờ gửi")).to_have_count(0)
    listing = next(item for item in server.read(MANAGER, "listings", q=NAME)["items"])
    progress = server.read(MEMBER, f"photos/{listing['photo']}/progress")
    assert progress["state"] == "complete"
    assert 0 < sum(sent) <= 100_000

    phone.tab("Hàng")
    page.locator("main a.row").filter(has_text=NAME).tap()
    page.get_by_role("button", name="Bỏ ảnh").tap()
    expect(shown).to_have_count(0)
    expect(page.get_by_role("button", name=re.compile("^Chụp ảnh hàng"))).to_be_visible()
