"""A sale on credit: when the buyer promised to pay is kept, shown and changed, with and without a network."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NewPhone
from tests.browser.server import MEMBER, Server

pytestmark = pytest.mark.browser

GOODS = "Gà đồi"
HANOI = timedelta(hours=7)


def _written(day: date) -> str:
    return f"{day.day}/{day.month}/{day.year}"


def test_the_day_of_payment_is_promised_by_a_tap_seen_in_the_book_and_changed(
    server: Server, new_phone: NewPhone
) -> None:
    phone = new_phone()
    page = phone.ready_for(MEMBER)
    server.stop()
    today = (datetime.now(UTC) + HANOI).date()
    week, later = today + timedelta(days=7), today + timedelta(days=40)

    phone.tab("Bán")
    phone.tile(GOODS).click()
    page.get_by_text("Bán chịu", exact=True).click()
    page.get_by_role("button", name="1 tuần").click()
    expect(page.get_by_label("Hẹn trả")).to_have_value(week.isoformat())
    phone.save_button().click()
    phone.tab("Sổ")
    page.get_by_text("Chưa trả tiền", exact=True).click()
    row = phone.book_rows(GOODS).first
    expect(row).to_contain_text(f"hẹn {_written(week)}")

    row.click()
    page.get_by_role("button", name="Ngày hẹn trả").click()
    page.get_by_role("dialog").get_by_label("Ngày hẹn trả").fill(later.isoformat())
    page.get_by_role("dialog").get_by_role("button", name="Lưu").click()
    expect(page.get_by_role("definition").filter(has_text=f"hẹn {_written(later)}")).to_be_visible()

    server.start()
    phone.send()
    phone.expect_checked()
    (sale,) = server.new_sales()
    assert (sale["payment"], sale["due_on"]) == ("credit", later.isoformat())


def test_a_sale_on_credit_needs_no_day(server: Server, new_phone: NewPhone) -> None:
    phone = new_phone()
    page = phone.launch()
    phone.sign_in(MEMBER)
    phone.tab("Bán")
    phone.tile(GOODS).click()
    page.get_by_text("Bán chịu", exact=True).click()
    page.get_by_role("button", name="1 tháng").click()
    page.get_by_role("button", name="1 tháng").click()
    phone.save_button().click()
    phone.tab("Gửi")
    phone.expect_checked()
    (sale,) = server.new_sales()
    assert "due_on" not in sale
