"""Phones with many records, filled by a sync with the real server and then left without one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from playwright.sync_api import Playwright

from tests.browser.phone import Phone
from tests.browser.server import Server
from tests.protocol import client, goods

LISTINGS = 12
SALES_A_DAY = 100
BATCH = 500
NAMES = ("Mật ong bạc hà", "Chè Shan tuyết", "Vải lanh", "Thảo quả", "Gà đen", "Rượu ngô")


def fill(server: Server, login: str, sales: int) -> None:
    """A member's listings, each with stock, and sales: a hundred a day, back from now."""
    phone = client.Phone(server.url).login(login)
    member_id = phone.member_id
    records = []
    for number in range(LISTINGS):
        name = f"{NAMES[number % len(NAMES)]} {number // len(NAMES) + 1}"
        listing = phone.mutation("listing", goods.listing(member_id, product_name=name))
        stock = goods.stock_entry(member_id, listing["id"], quantity_milli=90_000_000)
        records += [listing, phone.mutation("stock_entry", stock)]
    now = datetime.now(UTC)
    for number in range(sales):
        sold_at = now - timedelta(days=number / SALES_A_DAY)
        of = records[number * 2 % (LISTINGS * 2)]
        sale = goods.sale(
            member_id,
            product_name=of["set"]["product_name"],
            listing_id=of["id"],
            sold_at=sold_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        )
        records.append(phone.mutation("sale", sale))
    for start in range(0, len(records), BATCH):
        phone.send(*records[start : start + BATCH])


def first_sync(playwright: Playwright, server: Server, login: str, profile: Path) -> None:
    """A profile with everything that a phone needs offline; launched a second time, as phones are."""
    phone = Phone(playwright, profile, server.url)
    phone.launch()
    phone.sign_in(login)
    phone.wait_until_offline_works()
    phone.expect_checked()
    phone.page.wait_for_timeout(3000)
    phone.close()
    phone.launch()
    phone.expect_checked()
    phone.page.wait_for_timeout(3000)
    phone.close()
