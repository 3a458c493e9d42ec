"""What only one phone has, in a file that its password opens: out of that phone, and back on any."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from server.database import new_id
from tests.browser.conftest import NewPhone
from tests.browser.judge import beyond, violations
from tests.browser.phone import Phone
from tests.browser.server import MEMBER, NEIGHBOUR, Server

pytestmark = pytest.mark.browser

GOODS = "Gà đồi"
PASSWORD = "mat khau cua tep"


def test_sales_of_a_phone_that_was_lost_come_back_on_another_from_its_file(
    server: Server, new_phone: NewPhone, tmp_path: Path
) -> None:
    lost = _phone_with_a_sale(server, new_phone, 31)
    file = _save(lost, tmp_path / "cho-phien.txt")
    assert GOODS not in file.read_text()
    lost.kill()

    server.start()
    phone = new_phone()
    page = phone.launch()
    taken = _take_back(page, file)
    expect(taken).to_contain_text("Đã giữ 1 mục của Giàng A Páo trên máy này. Giàng A Páo đăng nhập thì máy gửi.")
    _close(page)
    assert server.new_sales() == []
    phone.sign_in(MEMBER)
    phone.expect_checked()
    assert [sale["quantity_milli"] for sale in server.new_sales()] == [31_000]

    lost.launch()  # Found again: it still has the sale, and sends it too.
    lost.expect_checked()
    taken = _take_back(lost.page, file)
    expect(taken).to_contain_text("Giàng A Páo")
    _close(lost.page)
    lost.send()
    lost.expect_checked()
    assert [sale["quantity_milli"] for sale in server.new_sales()] == [31_000]
    assert lost.counted_in_book().count(31) == 1


def test_file_is_taken_back_offline_where_its_owner_is_and_twice_is_once(
    server: Server, new_phone: NewPhone, tmp_path: Path
) -> None:
    first = _phone_with_a_sale(server, new_phone, 32)
    file = _save(first, tmp_path / "cho-phien.txt")
    first.close()
    server.start()
    second = new_phone()
    page = second.ready_for(MEMBER)
    server.stop()
    expect(_take_back(page, file)).to_contain_text("Đã lấy lại 1 mục của Giàng A Páo.")
    _close(page)
    second.expect_unsent(1)
    again = _take_back(page, file)
    expect(again).to_contain_text("1 mục đã có sẵn trên máy, không ghi thêm.")
    _close(page)
    assert second.counted_in_book().count(32) == 1
    second.kill()
    second.launch()
    second.expect_unsent(1)
    server.start()
    second.send()
    second.expect_checked()
    assert [sale["quantity_milli"] for sale in server.new_sales()] == [32_000]


def test_wrong_password_a_damaged_file_and_another_persons_are_told(
    server: Server, new_phone: NewPhone, tmp_path: Path
) -> None:
    first = _phone_with_a_sale(server, new_phone, 33)
    file = _save(first, tmp_path / "cho-phien.txt")
    first.close()
    cut, other = tmp_path / "cut.txt", tmp_path / "other.txt"
    cut.write_text(file.read_text()[:-200])
    other.write_text("Chào")
    server.start()
    phone = new_phone()
    page = phone.launch()
    phone.sign_in(NEIGHBOUR)
    phone.tab("Gửi")
    for wrong, password, words in (
        (file, "another password", "Mật khẩu của tệp không đúng."),
        (cut, PASSWORD, "Tệp bị hỏng hoặc thiếu."),
        (other, PASSWORD, "Đây không phải tệp của Chợ Phiên."),
    ):
        sheet = _take_back(page, wrong, password)
        expect(sheet).to_contain_text(words)
        assert violations(page) + beyond(page) == []
        _close(page)
    expect(_take_back(page, file)).to_contain_text("Đã giữ 1 mục của Giàng A Páo trên máy này.")
    _close(page)
    page.get_by_role("button", name="Lấy lại từ tệp").click()
    page.get_by_role("dialog").locator("input[type=file]").set_input_files(_of_release_0_1_0(tmp_path))
    expect(page.get_by_label("Mật khẩu của tệp")).to_have_count(0)
    page.get_by_role("button", name="Lấy lại", exact=True).click()
    expect(page.get_by_role("dialog")).to_contain_text("Tệp cũ này không ghi tên chủ.")
    _close(page)
    phone.send()
    phone.expect_checked()
    assert phone.counted_in_book().count(33) == 0
    assert server.new_sales() == []


def test_file_is_handed_to_other_apps_where_the_phone_can(server: Server, new_phone: NewPhone) -> None:
    phone = _phone_with_a_sale(server, new_phone, 34)
    phone.context.add_init_script(
        """
        navigator.canShare = ({ files }) => files.every(({ name }) => name.endsWith('.txt'))
        navigator.share = async ({ files: [file] }) => { document.title = `shared ${file.name}` }
        """
    )
    page = phone.page
    page.reload()
    phone.tab("Gửi")
    _seal(page)
    page.get_by_role("button", name="Gửi tệp đi").click()
    expect(page).to_have_title(re.compile(r"^shared cho-phien-[\d-]+\.txt$"))


def _phone_with_a_sale(server: Server, new_phone: NewPhone, quantity: int) -> Phone:
    """Its sale is only on it: the server is out of reach, and is stopped when this returns."""
    phone = new_phone()
    phone.ready_for(MEMBER)
    server.stop()
    phone.tab("Bán")
    phone.type_sale(GOODS, quantity)
    phone.save_button().tap()
    expect(phone.page.get_by_text(re.compile("^Đã lưu"))).to_be_visible()
    phone.tab("Gửi")
    return phone


def _seal(page: Page) -> None:
    page.get_by_role("button", name="Lưu ra tệp").click()
    page.get_by_label("Mật khẩu của tệp").fill("ngan")
    page.get_by_role("button", name="Khóa tệp").click()
    expect(page.get_by_text("Mật khẩu cần ít nhất 8 chữ hoặc số.")).to_be_visible()
    assert violations(page) + beyond(page) == []
    page.get_by_label("Mật khẩu của tệp").fill(PASSWORD)
    page.get_by_role("button", name="Khóa tệp").click()
    expect(page.get_by_text("Tệp giữ 1 mục, 0 ảnh.")).to_be_visible()


def _save(phone: Phone, to: Path) -> Path:
    page = phone.page
    _seal(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Tải tệp về").click()
    download.value.save_as(to)
    _close(page)
    return to


def _take_back(page: Page, file: Path, password: str = PASSWORD) -> Locator:
    """The sheet, after the file and its password were given."""
    page.get_by_role("button", name="Lấy lại từ tệp").click()
    sheet = page.get_by_role("dialog")
    sheet.locator("input[type=file]").set_input_files(file)
    sheet.get_by_label("Mật khẩu của tệp").fill(password)
    sheet.get_by_role("button", name="Lấy lại", exact=True).click()
    return sheet


def _of_release_0_1_0(folder: Path) -> Path:
    """Of somebody who has no book here. It had no password."""
    content = {"format": "chophien-outbox", "version": 1, "replica": new_id(), "account": new_id()}
    file = folder / "cho-phien-2026-11-22.json"
    file.write_text(json.dumps(content | {"saved_at": "2026-11-22T00:00:00Z", "mutations": [], "aside": []}))
    return file


def _close(page: Page) -> None:
    page.get_by_role("dialog").get_by_role("button", name="Đóng").click()
