"""What a manager decides about sales that were held is told to their author, with what the manager wrote."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NewPhone
from tests.browser.server import MANAGER, MEMBER, Server, environment, flask

pytestmark = pytest.mark.browser

GOODS = "Gà đồi"
NOTE = "Hôm đó chợ <b>nghỉ</b>, xem lại giúp"


def set_status(server: Server, status: str) -> None:
    flask(environment(server.data_dir), "set-account", "--login", MEMBER, "--status", status)


def decide(server: Server, total: int, action: str, note: str) -> None:
    """Answer the question about the held sale of this amount."""
    held = server.read(MANAGER, "reviews", kind="held", status="open")["items"]
    [review] = [one for one in held if one["sides"][0]["value"]["quantity_milli"] == total]
    body = {"action": action, "note": note, "stamps": review["stamps"]}
    assert server.post(MANAGER, f"reviews/{review['id']}/resolve", body)["status"] == "resolved"


def test_member_reads_what_the_manager_wrote_and_mends_what_was_refused(
    server: Server, new_phone: NewPhone, tmp_path: Path
) -> None:
    phone = new_phone()
    page = phone.launch()
    phone.sign_in(MEMBER)
    phone.expect_checked()
    set_status(server, "disabled")
    phone.tab("Bán")
    phone.sell(GOODS, "1")
    phone.tab("Bán")
    phone.sell(GOODS, "2")
    phone.send()
    phone.expect_unsent(0)
    phone.tab("Sổ")
    expect(phone.book_rows(GOODS).first).to_contain_text("cần xem lại")

    decide(server, 1000, "accept", "Đã hỏi, đúng rồi")
    decide(server, 2000, "refuse", NOTE)
    set_status(server, "active")
    phone.send()
    refused = page.locator(".refused-row")
    expect(refused).to_have_count(1)
    expect(refused).to_contain_text("hợp tác xã không nhận")
    expect(refused).to_contain_text(f"Người quản lý viết: {NOTE}")
    picture(page, tmp_path, "refused-list")
    refused.tap()
    sheet = page.get_by_role("dialog", name="Sửa")
    expect(sheet.get_by_text(f"Người quản lý viết: {NOTE}")).to_be_visible()
    picture(page, tmp_path, "mend")
    sheet.get_by_role("button", name="Lưu và gửi lại").tap()
    expect(sheet).to_be_hidden()
    phone.send()
    expect(refused).to_have_count(0)
    phone.expect_checked()
    assert sorted(sale["quantity_milli"] for sale in server.new_sales() if sale["counts"]) == [1000, 2000]

    phone.tab("Sổ")
    phone.book_rows("1 con").first.tap()
    expect(page.get_by_text("Người quản lý viết: Đã hỏi, đúng rồi")).to_be_visible()
    picture(page, tmp_path, "accepted")


def picture(page: object, folder: Path, name: str) -> None:
    """Kept where somebody wants to look at the screens: `PICTURES=folder`."""
    wanted = os.environ.get("PICTURES")
    if wanted:
        Path(wanted).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=Path(wanted) / f"{name}.png")  # type: ignore[attr-defined]
