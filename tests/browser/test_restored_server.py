"""A server put back from a backup, and what nobody but another person's phone still has."""

from __future__ import annotations

import shutil

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NewPhone
from tests.browser.server import MANAGER, MEMBER, NEIGHBOUR, Server
from tests.browser.test_goods import add_listing

pytestmark = pytest.mark.browser

NAME = "Nếp nương"


def test_goods_that_only_a_neighbours_phone_still_knows_are_put_before_the_manager(
    server: Server, new_phone: NewPhone
) -> None:
    author, neighbour = new_phone(), new_phone()
    neighbour.ready_for(NEIGHBOUR)
    saved = server.backup()

    page = author.launch()
    author.sign_in(MEMBER)
    author.expect_checked()
    author.tab("Hàng")
    add_listing(page, NAME, unit="kg", price="35000", stock="10")
    page.get_by_role("link", name="Quay lại").tap()
    author.expect_checked()
    neighbour.send()
    neighbour.tab("Hàng")
    expect(neighbour.page.get_by_role("link").filter(has_text=NAME)).to_be_visible()
    author.kill()
    shutil.rmtree(author.profile)  # It fell into the river.

    server.restore(saved)
    assert _lost(server) == []
    neighbour.send()
    neighbour.expect_checked()
    while not (lost := _lost(server)):  # The offer follows the last page.
        neighbour.page.wait_for_timeout(100)
    (review,) = lost
    assert review["entity"] == "listing"
    (side,) = review["sides"]
    assert (side["value"]["product_name"], side["value"]["price_vnd"]) == (NAME, 35_000)

    neighbour.send()
    neighbour.expect_checked()
    assert [each["id"] for each in _lost(server)] == [review["id"]]


def _lost(server: Server) -> list[dict[str, object]]:
    found: list[dict[str, object]] = server.read(MANAGER, "reviews", kind="lost_in_restore")["items"]
    return found
