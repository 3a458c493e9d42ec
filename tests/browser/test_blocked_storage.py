"""A database that another tab keeps, that a newer release took, that does not open: told, never hung, never deleted."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewPhone
from tests.browser.phone import Phone
from tests.browser.server import MEMBER, Server

pytestmark = pytest.mark.browser

GOODS = "Gà đồi"
# The next release, as far as the database can tell: it asks for a version more.
NEXT_RELEASE = """
    const open = IDBFactory.prototype.open
    IDBFactory.prototype.open = function (name, version) {
        return open.call(this, name, version === undefined ? undefined : version + 1)
    }
"""
# A page of an earlier release that does not make way. It has no file of its own: any page of the server will do.
HOLD_OPEN = """
    async () => {
        const known = (await indexedDB.databases()).map(({ name }) => name)
        window.held = known.map((name) => indexedDB.open(name))
        await Promise.all(window.held.map((asked) => new Promise((done) => { asked.onsuccess = done })))
    }
"""


@pytest.fixture
def phone(server: Server, new_phone: NewPhone) -> Phone:
    """A member's phone, its app open on the sell screen, with one sale that is only there."""
    phone = new_phone()
    phone.ready_for(MEMBER)
    phone.wait_until_help_is_kept()  # the voice with it: what does not open is told to those who do not read, too
    server.stop()
    phone.tab("Bán")
    phone.sell(GOODS, "1")
    phone.expect_unsent(1)  # back at the tiles: the tick comes first
    return phone


def test_app_that_waits_for_an_old_tab_says_so_and_goes_on_when_that_is_closed(phone: Phone) -> None:
    old = phone.context.new_page()
    old.goto(f"{phone.url}/app/manifest.webmanifest")
    old.evaluate(HOLD_OPEN)
    page = phone.page
    page.add_init_script(NEXT_RELEASE)
    page.reload()
    expect(page.get_by_text("Chợ Phiên đang mở ở trang khác. Hãy đóng các trang đó.")).to_be_visible()
    old.close()
    phone.expect_unsent(1)
    expect(page.get_by_text("Chợ Phiên đang mở ở trang khác")).to_have_count(0)
    phone.sell(GOODS, "2")
    phone.expect_unsent(2)


def test_old_tab_makes_way_for_a_newer_release_and_loses_nothing_that_is_typed(server: Server, phone: Phone) -> None:
    old = phone.page
    phone.type_sale(GOODS, 37)
    new = phone.context.new_page()
    new.add_init_script(NEXT_RELEASE)
    new.goto(f"{phone.url}/app/")
    phone.sell(GOODS, "2", new)

    old.bring_to_front()
    phone.save_button(old).tap()
    expect(old.get_by_text(re.compile("^Chưa lưu: trang này là bản cũ"))).to_be_visible()
    expect(old.locator(".entry-value")).to_contain_text("37")
    old.get_by_role("link", name="Quay lại").tap()
    expect(old.get_by_text("Chợ Phiên đã có bản mới")).to_be_visible()
    old.add_init_script(NEXT_RELEASE)
    old.get_by_role("button", name="Cập nhật").tap()
    phone.expect_unsent(2)
    phone.sell(GOODS, "3", old)

    server.start()
    phone.send()
    phone.expect_checked()
    assert sorted(sale["quantity_milli"] for sale in server.new_sales()) == [1000, 2000, 3000]


def test_store_that_does_not_open_is_told_and_kept_and_holds_everything_when_it_opens(
    server: Server, phone: Phone
) -> None:
    phone.kill()
    current = next(phone.profile.glob("Default/IndexedDB/*.leveldb/CURRENT"))
    away = current.rename(current.with_name("AWAY"))
    current.mkdir()  # As on a failing memory card: a file of the engine cannot be read.
    page = phone.launch()
    broken = page.get_by_text("Không mở được sổ trên máy.")
    expect(broken).to_be_visible()
    page.get_by_role("button", name="Nghe trang này").tap()
    expect(page.locator("dialog.speaking")).to_contain_text("Sổ trên máy chưa mở được. Không mất gì cả.")
    page.get_by_role("button", name="Thôi nghe").tap()
    page.get_by_role("button", name="Thử lại").tap()
    expect(broken).to_be_visible()
    phone.close()

    current.rmdir()
    away.rename(current)
    phone.launch()
    phone.expect_unsent(1)
    server.start()
    phone.send()
    phone.expect_checked()
    assert [sale["quantity_milli"] for sale in server.new_sales()] == [1000]


def test_passing_failures_of_the_store_cost_nothing(phone: Phone) -> None:
    """ "Internal error opening backing store" may pass: twice here, and the third time it opens."""
    page: Page = phone.page
    page.add_init_script("""
        const open = IDBFactory.prototype.open
        const failures = {}
        IDBFactory.prototype.open = function (name, version) {
            failures[name] = (failures[name] ?? 0) + 1
            if (failures[name] > 2) return open.call(this, name, version)
            throw new DOMException('Internal error opening backing store for indexedDB.open.', 'UnknownError')
        }
    """)
    page.reload()
    phone.expect_unsent(1)
    phone.sell(GOODS, "2")
    phone.expect_unsent(2)
