"""Money: the manager pays many at once on a small phone, closes a season, and the member reads it without a network."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from server.database import new_id
from tests.browser.conftest import NewPhone
from tests.browser.judge import beyond, violations
from tests.browser.server import MANAGER, MEMBER, Server

pytestmark = pytest.mark.browser

DESK = {"viewport": {"width": 1280, "height": 800}, "has_touch": False, "is_mobile": False}


def test_members_are_paid_together_and_read_it_on_their_own_phone_offline(server: Server, new_phone: NewPhone) -> None:
    people = server.read(MANAGER, "members", limit="100")["items"]
    amounts = [{"member_id": person["id"], "amount_vnd": 300_000} for person in people[:4]]
    server.post(MANAGER, "money/payments", {"id": new_id(), "kind": "opening", "amounts": amounts})

    office = new_phone()
    desk = office.ready_for(MANAGER)
    office.open("office/money")
    expect(desk.get_by_text("Còn phải trả bà con")).to_be_visible()
    assert violations(desk) + beyond(desk) == []
    desk.get_by_role("button", name=re.compile("Chọn tất cả")).tap()
    desk.get_by_role("button", name=re.compile("^Trả [0-9]+ người")).tap()
    desk.get_by_label("Ghi chú").fill("Đợt 1")
    desk.get_by_role("button", name="Xem lại trước").tap()
    expect(desk.get_by_text("sau đó còn 0").first).to_be_visible()
    assert violations(desk) + beyond(desk) == []
    desk.get_by_role("button", name=re.compile("^Đã trả")).tap()
    expect(desk.get_by_text(re.compile("^Đã ghi cho"))).to_be_visible()
    with desk.expect_download() as sheet:
        desk.get_by_role("button", name="Tải danh sách ký nhận (PDF)").tap()
    assert sheet.value.path().read_bytes().startswith(b"%PDF-")
    desk.get_by_role("button", name="Đóng").tap()
    office.send()

    member = new_phone()
    page = member.ready_for(MEMBER)
    server.stop()
    member.tab("Sổ")
    page.get_by_role("link", name="HTX trả tiền").tap()
    expect(page.get_by_role("listitem").filter(has_text="Trả tiền").first).to_be_visible()
    assert violations(page) + beyond(page) == []
    page.get_by_role("button", name="Phiếu tiền").tap()
    expect(page.get_by_role("img", name=re.compile("Phiếu tiền"))).to_be_visible()


def test_a_season_is_closed_and_a_month_made_public_at_the_desk(server: Server, new_phone: NewPhone) -> None:
    office = new_phone(**DESK)
    desk = office.ready_for(MANAGER)
    office.open("office/money")
    desk.get_by_role("button", name="Thêm kỳ").click()
    desk.get_by_label("Tên kỳ").fill("Vụ hè")
    desk.get_by_label("Từ ngày").fill("2026-05-01")
    desk.get_by_label("Đến ngày").fill("2026-08-31")
    desk.get_by_role("button", name="Lưu").click()
    desk.get_by_role("button", name="Chốt kỳ").click()
    desk.get_by_role("button", name="Chốt, không đổi nữa").click()
    expect(desk.get_by_text("Không có gì đến muộn.")).to_be_visible()
    desk.get_by_label("Kỳ", exact=True).select_option(label="Vụ hè (đã chốt)")
    expect(desk.get_by_role("button", name=re.compile("Chọn tất cả"))).to_have_count(0)
    desk.get_by_role("button", name="Công khai tháng này").click()
    expect(desk.get_by_text(re.compile("^Đã công khai: bán"))).to_be_visible()
    assert violations(desk) + beyond(desk) == []
    name = server.read(MANAGER, "money/statements")["items"][0]["name"]
    desk.get_by_role("button", name=name).click()
    expect(desk.get_by_role("heading", name=name)).to_be_visible()
    assert violations(desk) + beyond(desk) == []
    desk.keyboard.press("Escape")

    member = new_phone()
    page = member.ready_for(MEMBER)
    member.open("statement")
    expect(page.get_by_role("heading", name="HTX công khai")).to_be_visible()
    expect(page.get_by_role("heading", name="Các kỳ đã chốt")).to_be_visible()
