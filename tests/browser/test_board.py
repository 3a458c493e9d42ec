"""The board: read and answered without a network, written by a manager on a phone and by the province on a keyboard."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewPhone
from tests.browser.judge import beyond, violations
from tests.browser.server import ADMIN, MANAGER, MEMBER, OTHER_MANAGER, Server

pytestmark = pytest.mark.browser

DESK = {"viewport": {"width": 1280, "height": 800}, "has_touch": False, "is_mobile": False}


def test_a_member_reads_the_board_offline_tells_a_need_and_reads_the_answer(
    server: Server, new_phone: NewPhone
) -> None:
    member, office = new_phone(), new_phone()
    desk = office.ready_for(MANAGER)
    office.open("office/board")
    part(desk, "Chợ phiên")
    desk.get_by_role("button", name="Thêm chợ phiên").click()
    desk.get_by_label("Tên chợ").fill("Chợ Má Lủng")
    desk.get_by_role("checkbox", name="Tỵ").check()
    desk.get_by_role("checkbox", name="Hợi").check()
    expect(desk.get_by_text("Sắp tới:")).to_be_visible()
    desk.get_by_role("button", name="Lưu").click()
    expect(desk.get_by_role("cell", name="Chợ Má Lủng", exact=True)).to_be_visible()
    office.send()

    page = member.ready_for(MEMBER)
    member.tab("Bán")
    server.stop()
    page.get_by_role("link", name="Bảng tin, có tin mới").tap()
    expect(page.get_by_role("heading", name="Chợ phiên sắp tới")).to_be_visible()
    market = page.get_by_role("listitem").filter(has_text="Chợ Má Lủng")
    expect(market).to_contain_text(re.compile("Còn [2-5] ngày|Ngày mai|Hôm nay họp chợ"))
    notice = page.get_by_role("article").filter(has_text="Tập huấn đóng gói mật ong, chè")
    expect(notice).to_contain_text(re.compile(r"Hợp tác xã báo · \d+/\d+/\d+"))
    assert violations(page) + beyond(page) == []
    page.get_by_role("button", name="Gửi ý kiến, khó khăn").tap()
    page.get_by_role("radio", name="Vốn").check()
    page.get_by_label("Nói thêm (nếu muốn)").fill("Cần vay mua máy sấy")
    page.get_by_role("button", name="Lưu").tap()
    told = page.get_by_role("article").filter(has_text="Cần vay mua máy sấy")
    expect(told).to_contain_text("trên máy")
    page.get_by_role("link", name="Quay lại").tap()
    expect(page.get_by_role("link", name="Bảng tin", exact=True)).to_be_visible()

    server.start()
    member.send()
    member.expect_checked()
    office.send()
    office.open("office/board")
    desk.get_by_role("button", name=re.compile("Trả lời: Vốn")).click()
    desk.get_by_label("Trả lời", exact=True).fill("Mai cán bộ đến hướng dẫn làm hồ sơ.")
    desk.get_by_role("button", name="Lưu").click()
    expect(desk.get_by_role("button", name=re.compile("Trả lời: Vốn"))).to_have_count(0)
    office.send()
    member.send()
    member.tab("Bán")
    page.get_by_role("link", name="Bảng tin, có tin mới").tap()
    expect(told).to_contain_text("Mai cán bộ đến hướng dẫn làm hồ sơ.")


def test_the_province_writes_one_notice_for_all_with_the_keyboard_alone(server: Server, new_phone: NewPhone) -> None:
    phone = new_phone(**DESK)
    page = phone.launch()
    phone.sign_in(ADMIN)
    phone.open("board")
    expect(page.get_by_role("table", name="Ý kiến")).to_be_visible()
    assert violations(page) + beyond(page) == []
    page.get_by_role("radio", name="Ý kiến").focus()
    page.keyboard.press("ArrowRight")
    page.get_by_role("button", name="Viết thông báo").press("Enter")
    page.get_by_role("radio", name="Chính sách hỗ trợ").press("Space")
    page.get_by_label("Tiêu đề").press_sequentially("Vay vốn không lãi")
    assert violations(page) + beyond(page) == []
    page.keyboard.press("Enter")
    line = page.get_by_role("row").filter(has_text="Vay vốn không lãi")
    expect(line).to_contain_text("tất cả")
    page.get_by_role("button", name="Gỡ: Vay vốn không lãi").press("Enter")
    expect(line).to_contain_text("đã gỡ")
    page.get_by_role("button", name="Hiện lại: Vay vốn không lãi").press("Enter")
    expect(line).to_contain_text("đang hiện")
    for login in (MANAGER, OTHER_MANAGER):
        (notice,) = server.read(login, "board/notice", q="vay von")["items"]
        assert (notice["kind"], notice["withdrawn"]) == ("policy", False)


def part(page: Page, name: str) -> None:
    page.get_by_role("radio", name=name, exact=True).check()
