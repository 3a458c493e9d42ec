"""A new release: taken only while nobody types, offered meanwhile, and the page that stands keeps working."""

from __future__ import annotations

import base64
import hashlib
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from config import ROOT
from tests.browser.conftest import NewPhone
from tests.browser.server import MEMBER, Server

pytestmark = pytest.mark.browser

GOODS = "Gà đồi"
NEW = "Có bản mới."


@pytest.fixture
def app_dir(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "pwa" / "dist", tmp_path / "app"))


@pytest.fixture
def server(demo: Path, tmp_path: Path, app_dir: Path) -> Iterator[Server]:
    server = Server(demo, tmp_path / "data", "tests.browser.renewed:app")
    server.start(APP_DIR=str(app_dir))
    yield server
    server.stop()


def test_new_release_waits_while_a_sale_is_typed_and_is_taken_when_nobody_looks(
    server: Server, new_phone: NewPhone, app_dir: Path
) -> None:
    phone = new_phone()
    page = phone.ready_for(MEMBER)
    phone.tab("Bán")
    _mark(page)
    phone.type_sale(GOODS, 41)
    _release(app_dir)
    _look_for_it(page)
    phone.hide()
    _expect_marked(page)
    expect(page.locator(".entry-value")).to_contain_text("41")
    expect(page.get_by_text(NEW)).to_have_count(0)
    phone.save_button().tap()
    expect(page.get_by_text(re.compile("^Đã lưu"))).to_be_visible()
    expect(page.get_by_text(NEW)).to_be_visible()
    _expect_marked(page)
    phone.expect_checked()
    with page.expect_event("load"):
        phone.hide()
    phone.expect_checked()
    expect(page.get_by_text(NEW)).to_have_count(0)
    assert [sale["quantity_milli"] for sale in server.new_sales()] == [41_000]


def test_new_release_is_taken_by_a_tap_and_old_pages_find_what_they_need(
    server: Server, new_phone: NewPhone, app_dir: Path
) -> None:
    phone = new_phone()
    page = phone.ready_for(MEMBER)
    other = phone.another_tab()
    _mark(page)
    _release(app_dir)
    _look_for_it(page)
    expect(page.get_by_text(NEW)).to_be_visible()
    with page.expect_event("load"):
        page.get_by_role("button", name="Cập nhật").click()
    server.stop()
    phone.tab("Sổ", other)
    phone.tab("Sổ", page)
    expect(page.locator(".day a.row:visible").first).to_be_visible()
    expect(other.locator(".day a.row:visible").first).to_be_visible()


def test_worker_is_never_taken_from_a_cache(server: Server, new_phone: NewPhone) -> None:
    phone = new_phone()
    answer = phone.launch().request.get(f"{server.url}/app/sw.js")
    assert answer.headers["cache-control"] == "no-cache"


def _release(app_dir: Path) -> None:
    """A release that differs in its page and in the name of its cache."""
    page = app_dir / "index.html"
    page.write_text(page.read_text().replace("<title>", "<title>Bản mới – "))
    worker = app_dir / "sw.js"
    version = re.search(r"version:\s*[`'\"](\w+)[`'\"]", worker.read_text())
    assert version
    digest = base64.b64encode(hashlib.sha256(page.read_bytes()).digest()).decode()
    text = worker.read_text().replace(version[1], "0123456789ab")
    worker.write_text(re.sub(r"(/app/[`'\"],\s*[`'\"]sha256-)[\w+/=]+", rf"\g<1>{digest}", text, count=1))
    for stale in (*app_dir.glob("*.br"), *app_dir.glob("*.gz")):
        stale.unlink()


def _mark(page: Page) -> None:
    page.evaluate("() => { globalThis.old_page = true }")


def _expect_marked(page: Page) -> None:
    assert page.evaluate("() => globalThis.old_page === true")


def _look_for_it(page: Page) -> None:
    """As the app does each hour; returns when the new release waits."""
    page.evaluate(
        """async () => {
          const registration = await navigator.serviceWorker.ready
          await registration.update()
          while (!registration.waiting) await new Promise((wake) => setTimeout(wake, 50))
        }"""
    )
