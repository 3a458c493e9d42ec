"""Spreadsheets as co-operatives have them, and a manager who takes them."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from typing import Any

import openpyxl
from flask import Flask

from tests.protocol.client import Phone
from tests.server.phones import sign_in

# Titles above, two rows of headings, numbered columns, a total and signatures below: the form that offices print.
OFFICE_FORM = [
    ["HỢP TÁC XÃ TẢ LÙNG"],
    ["SỔ THEO DÕI BÁN HÀNG THÁNG 3 NĂM 2026"],
    [],
    ["STT", "Ngày tháng", "Tên hàng", "Số lượng", "ĐVT", "Số tiền (đồng)", None, "Ghi chú"],
    [None, None, None, None, None, "Đơn giá", "Thành tiền", None],
    [1, 2, 3, 4, 5, 6, 7, 8],
    [1, "05/03/2026", "Mật ong bạc hà", "2,5", "lít", "250.000", "625.000", None],
    [2, "05/03/2026", "Gạo nếp nương", "1,2", "ta", "3.000.000", "3.600.000", "bán cho quán"],
    [],
    [3, "12/03/2026", "Chè Shan tuyết", "3 kg", None, "400.000 đ", None, None],
    ["Tổng cộng", None, None, None, None, None, "5.425.000", None],
    [None, None, None, None, None, "Ngày 31 tháng 3 năm 2026"],
    ["Người lập biểu", None, None, None, None, "Chủ nhiệm"],
]


def csv_of(rows: Sequence[Sequence[Any]], separator: str = ",") -> str:
    def cell(value: Any) -> str:
        text = "" if value is None else str(value)
        return f'"{text}"' if separator in text else text

    return "".join(separator.join(map(cell, row)) + "\r\n" for row in rows)


def xlsx_of(rows: Sequence[Sequence[Any]], merged: Sequence[str] = ()) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(list(row))
    for cells in merged:
        book.active.merge_cells(cells)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


class Office:
    """A manager with a spreadsheet."""

    def __init__(self, app: Flask, who: str = "manager") -> None:
        self.phone: Phone = sign_in(app, who)

    def send(self, content: bytes) -> Any:
        return self.phone.request(
            "POST", "/imports/files", content=content, headers={"Content-Type": "application/octet-stream"}
        )

    def asked(self, content: bytes, **asked: Any) -> dict[str, Any]:
        answer = self.send(content)
        assert answer.status_code == 200, answer.text
        return {
            "file": answer.json()["file"],
            "name": "so-ban-hang.xlsx",
            "entity": "sale",
            "no_member": "coop",
        } | asked

    def look(self, content: bytes, **asked: Any) -> dict[str, Any]:
        answer = self.phone.request("POST", "/imports/look", json=self.asked(content, **asked))
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    def take(self, content: bytes, **asked: Any) -> list[dict[str, Any]]:
        answer = self.phone.request("POST", "/imports", json=self.asked(content, **asked))
        assert answer.status_code == 200, answer.text
        return [json.loads(line) for line in answer.text.splitlines()]

    def undo(self, id: str) -> dict[str, Any]:
        answer = self.phone.request("POST", f"/imports/{id}/undo")
        assert answer.status_code == 200, answer.text
        return dict(json.loads(answer.text.splitlines()[-1])["import"])

    def sales(self, **asked: Any) -> list[dict[str, Any]]:
        return self.phone.items("/sales", status="live", **asked)
