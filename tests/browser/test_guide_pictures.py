"""The pictures of the user guide, docs/huong-dan: every screen, with rings where to tap. Each walk is always made."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import NewPhone
from tests.browser.guide_pictures import SCREEN, guide_picture
from tests.browser.screens import GOODS, WALKS
from tests.browser.server import make_demo

pytestmark = pytest.mark.browser

HAND: dict[str, Any] = {"viewport": SCREEN, "reduced_motion": "reduce"}

# Of each screen of the walks what its page of the guide says to tap, step by step.
RINGS: dict[str, tuple[str, ...]] = {
    "sign-in": ("input[autocomplete=username]", "input[type=password]", "button:has-text('Đăng nhập')"),
    "send-checked": (".pair .box >> nth=0", ".pair .box >> nth=1", ".banner:has-text('đối chiếu')"),
    "send-history": ("summary:has-text('Mười lần')",),
    "sell": (f"a.tile:has-text('{GOODS}')",),
    "amount": (".quick button >> nth=1", ".entry-total", "button:has-text('Lưu')"),
    "amount-credit": (
        "label:has-text('Bán chịu')",
        ".entry-buyer input >> nth=0",
        ".entry-buyer .due",
        "button:has-text('Lưu')",
    ),
    "goods": ("a:has-text('Thêm hàng')",),
    "listing-new": (".field:has-text('Tên hàng') input", ".picks"),
    "keypad": ("dialog .keypad", "dialog button:has-text('Xong')"),
    "listing": ("button:has-text('Đổi giá')", "button:has-text('Sửa tên')"),
    "book": (".search", ".picks", ".day a.row >> nth=0"),
    "sale": ("a:has-text('Sửa phiếu')", "button:has-text('Hủy phiếu')", "button:has-text('Ghi chú')"),
    "void": ("dialog .reasons",),
    "correct": (".entry-count", "button:has-text('Lưu')"),
    "account": ("dialog button:has-text('Đăng xuất')",),
    "manager-sell": ("#selling-for",),
    "office-sales": (".sections a >> nth=0", ".filters .search", ".filters label:has-text('Từ ngày') input"),
    "office-listings": (
        ".sections a >> nth=1",
        ".acts .button >> nth=0",
        ".acts .button >> nth=1",
    ),
    "office-members": (".sections a >> nth=2",),
    "office-reviews": (".sections a >> nth=3", ".filters select", "article h2 >> nth=0"),
    "office-history": (".timeline h2 >> nth=0", ".timeline p >> nth=0"),
    "province-sales": (".filters select",),
    "province-reviews": ("nav a:has-text('Cần xem lại')", "article h2 >> nth=0"),
    "province-coops": ("nav a:has-text('Hợp tác xã')",),
}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_demo(tmp_path_factory.mktemp("guide"), sales=200)


@pytest.mark.parametrize("who", WALKS)
def test_every_screen_has_its_picture(new_phone: NewPhone, who: str) -> None:
    phone = new_phone(**HAND)
    for screen in WALKS[who](phone):
        guide_picture(phone.page, screen, *(phone.page.locator(ring).first for ring in RINGS.get(screen, ())))
