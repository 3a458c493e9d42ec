"""Phones whose clock is years ahead or days behind: told to the person, repaired from the first answer on."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NewPhone
from tests.browser.server import MANAGER, MEMBER, Server

pytestmark = pytest.mark.browser

GOODS = "Gà đồi"
A_WHILE = timedelta(hours=1)


@pytest.mark.parametrize(
    ("off", "told"),
    [
        pytest.param(timedelta(days=3 * 365), "Đồng hồ máy chạy nhanh 1.095 ngày.", id="three years ahead"),
        pytest.param(timedelta(days=-2), "Đồng hồ máy chạy chậm 2 ngày.", id="two days behind"),
    ],
)
def test_wrong_clock_is_told_and_later_sales_have_the_right_time(
    server: Server, new_phone: NewPhone, off: timedelta, told: str
) -> None:
    phone = new_phone()
    phone.ready_for(MEMBER)
    server.stop()
    phone.close()

    page = phone.launch(clock=datetime.now(UTC) + off)
    expect(page.get_by_text(told)).to_have_count(0)  # Nobody has told the phone yet.
    phone.sell(GOODS, "1")

    server.start()
    phone.send()
    phone.expect_unsent(0)
    expect(page.get_by_text(told)).to_be_visible()
    phone.tab("Bán")
    phone.sell(GOODS, "2")
    phone.expect_checked()

    new = {sale["quantity_milli"]: sale for sale in server.new_sales()}
    assert len(new) == 2
    now = datetime.now(UTC)
    assert abs(_instant(new[1000]["sold_at"]) - (now + off)) < A_WHILE
    assert abs(_instant(new[2000]["sold_at"]) - now) < A_WHILE
    assert all(sale["counts"] for sale in new.values())
    odd = {review["record_id"] for review in server.read(MANAGER, "reviews", kind="odd_date")["items"]}
    assert (new[1000]["id"] in odd) == (off > A_WHILE)
    assert new[2000]["id"] not in odd


def test_clock_that_was_put_right_is_no_longer_told(server: Server, new_phone: NewPhone) -> None:
    phone = new_phone()
    page = phone.launch(clock=datetime.now(UTC) + timedelta(days=40))
    phone.sign_in(MEMBER)
    expect(page.get_by_text("Đồng hồ máy chạy nhanh 40 ngày.")).to_be_visible()
    phone.expect_checked()
    phone.close()

    page = phone.launch()
    phone.expect_checked()
    phone.send()
    expect(page.get_by_text("Đồng hồ máy")).to_have_count(0)


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text)
