"""Saved means saved: the tick comes after the disk. A kill cannot show it: the page cache of the kernel outlives it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.conftest import NewPhone
from tests.browser.disk import DiskWatch
from tests.browser.phone import Phone
from tests.browser.server import MEMBER, Server

pytestmark = pytest.mark.browser

GOODS = "Gà đồi"
SALES = 5
QUIET_MS = 700
"""A failed attempt to send is noted on the disk too: over by then."""

# When the save button was tapped and when the tick stood there, in seconds since 1970, as this page counts them.
NOTE_TIMES = """
    window.saves = []
    const now = () => (performance.timeOrigin + performance.now()) / 1000
    addEventListener('click', (event) => {
        if (event.target.closest('.entry-save button')) window.saves.push([now()])
    }, true)
    new MutationObserver(() => {
        const open = window.saves.find((times) => times.length === 1)
        if (open && document.querySelector('.toast:not([hidden])')) open.push(now())
    }).observe(document, { attributes: true, childList: true, subtree: true })
"""
RELAXED = """
    const transaction = IDBDatabase.prototype.transaction
    IDBDatabase.prototype.transaction = function (stores, mode) { return transaction.call(this, stores, mode) }
"""


def test_each_sale_is_synced_to_the_disk_before_its_tick(server: Server, new_phone: NewPhone, tmp_path: Path) -> None:
    phone = _offline_phone(server, new_phone())
    per_sale = _syncs_per_sale(phone, tmp_path / "strace")
    assert len(per_sale) == SALES
    assert all(syncs >= 1 for syncs in per_sale), per_sale


def test_the_same_sales_are_never_synced_when_the_browser_is_not_asked_to(
    server: Server, new_phone: NewPhone, tmp_path: Path
) -> None:
    """Would the count tell? With the browser's own default of durability there is nothing to count."""
    phone = _offline_phone(server, new_phone(), RELAXED)
    assert _syncs_per_sale(phone, tmp_path / "strace") == [0] * SALES


def _offline_phone(server: Server, phone: Phone, script: str = "") -> Phone:
    phone.ready_for(MEMBER)
    server.stop()
    phone.context.add_init_script(NOTE_TIMES + script)
    phone.page.reload()
    phone.tab("Bán")
    return phone


def _syncs_per_sale(phone: Phone, trace: Path) -> list[int]:
    """Of each sale, how often a database reached the disk between the tap and the tick."""
    with DiskWatch(phone, trace) as disk:
        for _ in range(SALES):
            phone.page.wait_for_timeout(QUIET_MS)
            phone.sell(GOODS, "1")
    synced = disk.synced_at()
    saves = phone.page.evaluate("window.saves")
    return [sum(tapped < at < ticked for at in synced) for tapped, ticked in saves]
