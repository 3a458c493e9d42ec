"""Browsers that cannot do what is asked first: no WebP, no drawing beside the page. A photo gets small all the same."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from config import ROOT
from tests.browser.conftest import NewPhone
from tests.browser.server import MANAGER, MEMBER, Server
from tests.browser.test_goods import add_listing
from tests.browser.test_photos import NAME, expect_picture, turned_photo

pytestmark = pytest.mark.browser

# As browsers without an encoder for WebP do it: a PNG, without a word.
NO_WEBP = """
const png = options => options?.type === 'image/webp' ? {...options, type: 'image/png'} : options
if (self.OffscreenCanvas) {
  const made = OffscreenCanvas.prototype.convertToBlob
  OffscreenCanvas.prototype.convertToBlob = function (options) { return made.call(this, png(options)) }
}
if (self.HTMLCanvasElement) {
  const made = HTMLCanvasElement.prototype.toBlob
  HTMLCanvasElement.prototype.toBlob = function (done, type, quality) {
    self.drawn_in_page = true
    made.call(this, done, png({type}).type, quality)
  }
}
"""
NO_CANVAS_IN_WORKERS = "delete self.OffscreenCanvas;"


@pytest.fixture
def lacking(request: pytest.FixtureRequest) -> str:
    """What the browser's workers run before our own script."""
    return str(request.param)


@pytest.fixture
def server(demo: Path, tmp_path: Path, lacking: str) -> Iterator[Server]:
    app = Path(shutil.copytree(ROOT / "pwa" / "dist", tmp_path / "app"))
    for script in app.glob("assets/shrink_worker-*.js"):
        script.write_text(lacking + script.read_text())
        for packed in app.glob(f"assets/{script.name}.*"):
            packed.unlink()
    server = Server(demo, tmp_path / "data", "tests.browser.renewed:app")
    server.start(APP_DIR=str(app))
    yield server
    server.stop()


@pytest.mark.parametrize(
    ("lacking", "in_page"),
    [(NO_WEBP, False), (NO_CANVAS_IN_WORKERS, True)],
    ids=["no WebP", "no WebP and no canvas in workers"],
    indirect=["lacking"],
)
def test_photo_becomes_a_small_jpeg_where_the_browser_makes_no_webp(
    server: Server, new_phone: NewPhone, in_page: bool
) -> None:
    phone = new_phone()
    page = phone.launch()
    page.add_init_script(NO_WEBP)
    page.reload()
    sent: list[bytes] = []
    page.on(
        "request",
        lambda request: sent.append(request.post_data_buffer or b"") if request.method == "PUT" else None,
    )
    phone.sign_in(MEMBER)
    phone.tab("Hàng")
    add_listing(page, NAME, unit="kg", price="90000", stock="5")
    page.get_by_role("button", name="Chụp ảnh hàng").tap()
    choose = page.locator("dialog input[type=file]")
    choose.set_input_files({"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": turned_photo()})
    page.get_by_role("button", name="Dùng ảnh").tap()
    expect_picture(page.locator("button.photo img"))
    assert page.evaluate("self.drawn_in_page === true") == in_page

    phone.send()
    phone.expect_checked()
    expect(page.get_by_text("ảnh đang chờ gửi")).to_have_count(0)
    photo = b"".join(sent)
    assert photo.startswith(b"\xff\xd8\xff"), "a JPEG"
    assert len(photo) <= 100_000
    listing = next(item for item in server.read(MANAGER, "listings", q=NAME)["items"])
    assert server.read(MEMBER, f"photos/{listing['photo']}/progress")["state"] == "complete"
