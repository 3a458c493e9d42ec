"""The office adds up, takes files out and spreadsheets in, on a small phone; the province does so from a desk."""

from __future__ import annotations

import csv
import io
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewPhone
from tests.browser.judge import beyond, violations
from tests.browser.server import ADMIN, MANAGER, Server
from tests.server.sheets import OFFICE_FORM, xlsx_of

pytestmark = pytest.mark.browser

DESKTOP = {"viewport": {"width": 1280, "height": 800}, "has_touch": False, "is_mobile": False}
WRONG = [4, "hôm qua", "Mật ong", "2", "lít", None, "500.000"]


def downloaded(page: Page, button: str, *, choose: str) -> Path:
    """Makes a file of what is shown and saves it."""
    page.get_by_role("button", name=button, exact=True).click()
    sheet = page.get_by_role("dialog")
    if choose:
        sheet.get_by_text(choose, exact=True).click()
    sheet.get_by_role("button", name="Làm tệp").click()
    with page.expect_download() as saved:
        sheet.get_by_role("button", name="Lưu vào máy này").click()
    sheet.get_by_role("button", name="Đóng").click()
    return saved.value.path()


def shown(page: Page, report: str, label: str) -> None:
    page.get_by_label("Báo cáo", exact=True).select_option(report)
    expect(page.get_by_role("table", name=label)).to_be_visible()


def test_manager_reads_a_report_takes_it_along_and_reads_it_again_without_a_network(
    new_phone: NewPhone, server: Server
) -> None:
    phone = new_phone(reduced_motion="reduce")
    page = phone.ready_for(MANAGER)
    phone.open("office/reports")
    expect(page.get_by_role("table", name="Bán ra theo ngày")).to_be_visible()
    expect(page.locator(".plot[aria-hidden=true] canvas")).to_be_visible()
    expect(page.locator(".summary")).to_contain_text(re.compile(r"\d+ lần bán, .*₫"))
    assert violations(page) + beyond(page) == []
    shown(page, "sales_by_member", "Bán ra theo thành viên")
    rows = page.locator(".table tbody tr")
    file = downloaded(page, "Tải tệp", choose="CSV")
    told = list(csv.DictReader(io.StringIO(file.read_text("utf-8-sig"))))
    expect(rows).to_have_count(len(told))
    expect(rows.first).to_contain_text(told[0]["Thành viên"])
    for report, label in (("prices", "Giá theo thời gian"), ("lateness", "Ai gửi chậm bao lâu")):
        shown(page, report, label)
        assert beyond(page) == []
    server.stop()
    shown(page, "sales_by_member", "Bán ra theo thành viên")
    expect(page.get_by_text("Không có mạng. Đây là bản tải lúc")).to_be_visible()
    expect(rows).to_have_count(len(told))


def test_manager_takes_a_spreadsheet_and_takes_it_back(new_phone: NewPhone, server: Server, tmp_path: Path) -> None:
    file = tmp_path / "so-ban-hang.xlsx"
    file.write_bytes(xlsx_of([*OFFICE_FORM, WRONG]))
    phone = new_phone(reduced_motion="reduce")
    page = phone.ready_for(MANAGER)
    phone.open("office/files")
    expect(page.get_by_text("Chưa đưa tệp nào vào.")).to_be_visible()
    page.locator("input[type=file]").set_input_files(file)
    expect(page.get_by_text("Còn thiếu cột: thành viên")).to_be_visible()
    page.get_by_label("Không có tên thành viên").select_option("coop")
    expect(page.get_by_text("3 dòng đúng")).to_be_visible()
    expect(page.get_by_text("Cộng lại 5.425.000 ₫, đúng như dòng tổng cộng của tệp.")).to_be_visible()
    expect(page.get_by_text("Ngày tháng: cần ngày như 5/3/2026, đang ghi “hôm qua”")).to_be_visible()
    expect(page.get_by_role("button", name="Chưa có dòng nào để đưa vào")).to_be_disabled()
    assert violations(page) + beyond(page) == []
    page.get_by_label("Bỏ các dòng sai, đưa vào phần còn lại").check()
    page.get_by_role("button", name="Đưa vào 3 dòng").click()
    expect(page.get_by_text("Đã đưa vào 3 dòng.")).to_be_visible()
    assert len(server.read(MANAGER, "sales", until="2026-03-12", since="2026-03-05", q="bạc hà")["items"]) == 1
    page.get_by_role("button", name="Chọn tệp khác").click()
    expect(page.get_by_role("table", name="Đã đưa vào")).to_contain_text("so-ban-hang.xlsx")
    page.get_by_role("button", name="Rút lại").click()
    page.get_by_role("dialog").get_by_role("button", name="Rút lại").click()
    expect(page.get_by_text("đã rút lại")).to_be_visible()


def test_province_compares_cooperatives_and_takes_all_data_along(new_phone: NewPhone) -> None:
    phone = new_phone(reduced_motion="reduce", **DESKTOP)
    page = phone.launch()
    phone.sign_in(ADMIN)
    expect(page.get_by_role("link", name="Báo cáo")).to_be_visible()
    phone.open("reports")
    shown(page, "sales_by_coop", "Bán ra theo hợp tác xã")
    expect(page.locator(".table tbody tr")).to_have_count(2)
    assert violations(page) + beyond(page) == []
    phone.open("money")
    expect(page.get_by_role("table", name="Tiền của các hợp tác xã").locator("tbody tr")).to_have_count(2)
    assert violations(page) + beyond(page) == []
    phone.open("sales")
    page.get_by_role("button", name="Tải tệp").click()
    page.get_by_label("tên người mua").check()
    page.get_by_role("dialog").get_by_role("button", name="Đóng").click()
    phone.open("files")
    file = downloaded(page, "Toàn bộ dữ liệu (SQLite, mở bằng Datasette)", choose="")
    with closing(sqlite3.connect(file)) as data:
        assert data.execute("SELECT count(*) FROM coop").fetchone() == (2,)
        assert data.execute("SELECT count(*) FROM sale").fetchone()[0] >= 60
    assert violations(page) + beyond(page) == []
    # Chromium calls every answer that is read as a stream aborted, also when it was read to its end.
    assert [request for request in phone.failed if not request.endswith("/api/v1/exports")] == []
