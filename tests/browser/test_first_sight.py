"""The tiles of the last launch stand before the storage has opened, and what is sold on them is saved into the book."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NewPhone
from tests.browser.server import MEMBER, Server

pytestmark = pytest.mark.browser

GOODS = "Gà đồi"
SLOW_STORAGE = """
const { open } = IDBFactory.prototype
IDBFactory.prototype.open = function (...names) {
  const request = open.apply(this, names)
  const listen = request.addEventListener.bind(request)
  request.addEventListener = (kind, heard, ...options) =>
    listen(kind, kind === 'success' ? (event) => setTimeout(() => heard(event), 4000) : heard, ...options)
  return request
}
"""


def test_a_sale_begun_before_the_storage_is_open_is_saved_when_it_is(server: Server, new_phone: NewPhone) -> None:
    phone = new_phone()
    page = phone.ready_for(MEMBER)
    page.wait_for_function("() => localStorage.getItem('first-sight')")
    phone.tab("Bán")
    server.stop()
    page.add_init_script(SLOW_STORAGE)

    page.reload()
    expect(phone.tile(GOODS)).to_be_visible(timeout=3000)
    expect(page.locator(".today")).to_be_hidden()  # No total before it is known.
    phone.tile(GOODS).tap()
    page.locator(".quick").get_by_role("button", name="3", exact=True).tap()
    phone.save_button().tap()
    expect(page.locator(".toast")).to_be_hidden()  # No tick before the disk has it.
    expect(page.locator(".toast")).to_be_visible(timeout=20_000)
    expect(page.locator(".toast")).to_contain_text("Đã lưu")
    expect(page.locator(".today")).to_contain_text(re.compile(r"\d"))
    phone.tab("Sổ")
    expect(phone.book_rows(GOODS).filter(has_text="3 con").first).to_be_visible()
