"""List endpoints: filters, pages, search without diacritics, for managers and across co-operatives for admins."""

from typing import Any

import pytest

from .client import Api, Mutation, Phone
from .clock import uuid7
from .goods import instant, listing, sale


def ids(items: list[dict[str, Any]]) -> set[str]:
    return {item["id"] for item in items}


def word() -> str:
    """A made-up word, so that a search finds this test's records alone."""
    return "k" + "".join("bcdghklmnpqrstvx"[int(letter, 16)] for letter in uuid7()[-12:])


@pytest.fixture
def named(member: Phone) -> str:
    return word()


def test_an_item_is_the_row_with_id_and_cooperative(member: Phone, manager: Phone) -> None:
    sold = member.record("sale", sale(member.member_id, note="xem"))
    member.sync()
    item = next(item for item in manager.items("/sales", limit=1000) if item["id"] == sold["id"])
    assert item["coop_id"] == manager.user["coop_id"]
    assert sold["set"].items() <= item.items()


def test_members_list_their_own_sales_only(member: Phone, neighbour: Phone) -> None:
    sold = member.record("sale", sale(member.member_id))
    member.sync()
    assert sold["id"] in ids(member.items("/sales", limit=1000))
    assert sold["id"] not in ids(neighbour.items("/sales", limit=1000))
    assert {item["member_id"] for item in neighbour.items("/sales", limit=1000)} <= {neighbour.member_id}


def test_lists_agree_with_what_was_synced(manager: Phone) -> None:
    for entity, path in (("sale", "/sales"), ("listing", "/listings"), ("member", "/members")):
        here = {record_id for kind, record_id in manager.sync().rows if kind == entity}
        assert ids(manager.items(path, limit=300)) == here


def test_totals_over_all_pages_are_those_of_the_synced_rows(manager: Phone) -> None:
    items = manager.items("/sales", limit=200)
    assert sum(item["total_vnd"] for item in items) == sum(
        row.values["total_vnd"] for (entity, _), row in manager.sync().rows.items() if entity == "sale"
    )


@pytest.mark.parametrize("limit", [1, 3, 10])
def test_pages_hold_each_item_once(member: Phone, manager: Phone, named: str, limit: int) -> None:
    made = [member.record("sale", sale(member.member_id, product_name=f"Gạo {named}")) for _ in range(7)]
    member.sync()
    first = manager.get("/sales", q=named, limit=limit)
    assert len(first["items"]) == min(limit, 7)
    assert (first["next"] is None) == (limit >= 7)
    found = manager.items("/sales", q=named, limit=limit)
    assert len(found) == 7
    assert ids(found) == {mutation["id"] for mutation in made}


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("Mật ong bạc hà", "mat ong bac ha"),
        ("Mật ong bạc hà", "MẬT ONG"),
        ("Đậu đỏ", "dau do"),
        ("Đậu đỏ", "đậu"),
        ("dau xanh", "đậu"),
        ("Hoà Bình", "hòa binh"),
        ("Thổ cẩm", "tho\u0302\u0309 ca\u0302\u0309m"),
    ],
)
def test_a_search_ignores_case_and_diacritics(
    member: Phone, manager: Phone, admin: Api, named: str, written: str, asked: str
) -> None:
    sold = member.record("sale", sale(member.member_id, product_name=f"{named} {written}"))
    shop = member.record("listing", listing(member.member_id, product_name=f"{named} {written}"))
    member.sync()
    for reader in (manager, admin):
        assert ids(reader.items("/sales", q=f"{named} {asked}")) == {sold["id"]}
        assert ids(reader.items("/listings", q=f"{named} {asked}")) == {shop["id"]}
    assert manager.items("/sales", q=f"{named} khac") == []


def test_members_are_found_by_name(manager: Phone, named: str) -> None:
    made = manager.record("member", {"name": f"Đặng {named.capitalize()} Ệch"})
    manager.sync()
    assert ids(manager.items("/members", q=f"dang {named} ech")) == {made["id"]}


def test_wildcards_of_a_database_are_letters_in_a_search(member: Phone, manager: Phone, named: str) -> None:
    member.record("sale", sale(member.member_id, product_name=f"{named}ab"))
    exact = member.record("sale", sale(member.member_id, product_name=f"{named}%b"))
    member.sync()
    assert ids(manager.items("/sales", q=f"{named}%b")) == {exact["id"]}
    assert manager.items("/sales", q=f"{named}_b") == []


def test_since_and_until_choose_by_the_day_of_sale(member: Phone, manager: Phone, named: str) -> None:
    days = (10, 200, 300)
    made = {
        day: member.record("sale", sale(member.member_id, product_name=named, sold_at=instant(days=-day)))
        for day in days
    }
    member.sync()

    def chosen(**params: str) -> set[int]:
        found = ids(manager.items("/sales", q=named, **params))
        return {day for day, mutation in made.items() if mutation["id"] in found}

    assert chosen(since=instant(days=-250)) == {10, 200}
    assert chosen(since=instant(days=-250)[:10], until=instant(days=-100)[:10]) == {200}
    assert chosen(until=instant(days=-250)) == {300}
    assert chosen(since=instant(days=-1)) == set()


def test_listings_are_chosen_by_status(member: Phone, manager: Phone, named: str) -> None:
    made = {
        status: member.record("listing", listing(member.member_id, product_name=named, status=status))
        for status in ("offered", "withdrawn")
    }
    member.sync()
    for status, shop in made.items():
        assert ids(manager.items("/listings", q=named, status=status)) == {shop["id"]}


def test_an_admin_reads_the_sales_of_all_or_of_one_cooperative(
    member: Phone, other_member: Phone, admin: Api, named: str
) -> None:
    made: list[tuple[Phone, Mutation]] = []
    for phone in (member, other_member):
        made.append((phone, phone.record("sale", sale(phone.member_id, product_name=named))))
        phone.sync()
    assert ids(admin.items("/sales", q=named)) == {sold["id"] for _, sold in made}
    for phone, sold in made:
        (item,) = admin.items("/sales", q=named, coop=phone.user["coop_id"])
        assert (item["id"], item["coop_id"]) == (sold["id"], phone.user["coop_id"])
    assert len(admin.items("/sales", q=named, limit=1)) == 2


def test_what_a_record_derives_is_in_the_lists_too(member: Phone, manager: Phone) -> None:
    shop = member.record("listing", listing(member.member_id))
    member.record("sale", sale(member.member_id, listing_id=shop["id"], quantity_milli=500))
    member.sync()
    item = next(item for item in manager.items("/listings", limit=1000) if item["id"] == shop["id"])
    assert "-500" in str(item)
