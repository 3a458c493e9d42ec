"""Stock is never stored: entries minus sales that count, whatever arrives first."""

from .client import Mutation, Phone
from .clock import uuid7
from .goods import listing, reviews, sale, stock_entry


def left(phone: Phone, shop: Mutation) -> int:
    return int(phone.sync().row(shop).derived["left_milli"])


def entry(phone: Phone, shop: Mutation, quantity_milli: int, kind: str = "harvest") -> Mutation:
    values = stock_entry(phone.member_id, shop["id"], quantity_milli=quantity_milli, kind=kind)
    return phone.record("stock_entry", values)


def sell(phone: Phone, shop: Mutation, quantity_milli: int, **given: object) -> Mutation:
    return phone.record("sale", sale(phone.member_id, listing_id=shop["id"], quantity_milli=quantity_milli, **given))


def shop_of(phone: Phone, quantity_milli: int) -> Mutation:
    shop = phone.record("listing", listing(phone.member_id))
    entry(phone, shop, quantity_milli)
    return shop


def test_what_is_left_is_entries_minus_sales(member: Phone) -> None:
    shop = shop_of(member, 10_000)
    assert left(member, shop) == 10_000
    sell(member, shop, 2_500)
    entry(member, shop, -500, "loss")
    assert left(member, shop) == 7_000


def test_a_void_gives_the_stock_back(member: Phone) -> None:
    shop = shop_of(member, 10_000)
    sold = sell(member, shop, 4_000)
    assert left(member, shop) == 6_000
    member.record("sale", {"voided": True, "void_reason": "trả lại"}, sold["id"])
    assert left(member, shop) == 10_000


def test_a_corrected_sale_is_subtracted_once(member: Phone) -> None:
    shop = shop_of(member, 10_000)
    sold = sell(member, shop, 4_000)
    sell(member, shop, 3_000, replaces_id=sold["id"])
    assert left(member, shop) == 7_000


def test_a_voided_entry_is_not_added(member: Phone) -> None:
    shop = shop_of(member, 10_000)
    more = entry(member, shop, 5_000)
    assert left(member, shop) == 15_000
    member.record("stock_entry", {"voided": True}, more["id"])
    assert left(member, shop) == 10_000


def test_sales_without_a_listing_touch_no_stock(member: Phone) -> None:
    shop = shop_of(member, 10_000)
    member.record("sale", sale(member.member_id))
    assert left(member, shop) == 10_000


def test_concurrent_sales_add_up(member: Phone, member_again: Phone, manager: Phone) -> None:
    shop = shop_of(member, 10_000)
    member.sync()
    for phone in (member, member_again, manager):
        values = sale(member.member_id, listing_id=shop["id"], quantity_milli=3_000)
        phone.record("sale", values)
        phone.sync()
    assert left(member, shop) == 1_000
    assert reviews(manager, "oversold", shop) == []


def test_oversold_opens_a_review_that_late_stock_closes(member: Phone, manager: Phone) -> None:
    shop = shop_of(member, 5_000)
    sell(member, shop, 3_000)
    sell(member, shop, 3_000)
    assert left(member, shop) == -1_000
    (review,) = reviews(manager, "oversold", shop)
    assert review["entity"] == "listing"
    assert member.row(shop).derived["open_reviews"] == 1
    entry(member, shop, 1_000)
    assert left(member, shop) == 0
    assert reviews(manager, "oversold", shop) == []
    assert "closed" in {one["status"] for one in reviews(manager, "oversold", shop, status=None)}
    assert member.row(shop).derived["open_reviews"] == 0


def test_a_void_closes_the_oversold_review_too(member: Phone, manager: Phone) -> None:
    shop = shop_of(member, 5_000)
    sold = sell(member, shop, 6_000)
    member.sync()
    assert len(reviews(manager, "oversold", shop)) == 1
    member.record("sale", {"voided": True, "void_reason": "nhầm"}, sold["id"])
    member.sync()
    assert reviews(manager, "oversold", shop) == []


def test_a_voided_entry_may_open_it_and_oversold_again_opens_it_again(member: Phone, manager: Phone) -> None:
    shop = shop_of(member, 5_000)
    more = entry(member, shop, 5_000)
    sell(member, shop, 8_000)
    member.sync()
    assert reviews(manager, "oversold", shop) == []
    member.record("stock_entry", {"voided": True}, more["id"])
    member.sync()
    assert len(reviews(manager, "oversold", shop)) == 1
    entry(member, shop, 3_000)
    member.sync()
    assert reviews(manager, "oversold", shop) == []
    sell(member, shop, 1)
    member.sync()
    assert len(reviews(manager, "oversold", shop)) == 1


def test_stock_and_sales_may_arrive_before_their_listing(member: Phone, manager: Phone) -> None:
    shop_id = uuid7()
    early = [
        member.mutation("stock_entry", stock_entry(member.member_id, shop_id, quantity_milli=8_000)),
        member.mutation("sale", sale(member.member_id, listing_id=shop_id, quantity_milli=3_000)),
    ]
    assert {receipt["outcome"] for receipt in member.send(*early)} == {"applied"}
    shop = member.record("listing", listing(member.member_id), shop_id)
    assert left(member, shop) == 5_000


def test_a_sale_before_its_stock_is_oversold_only_until_it_arrives(member: Phone, manager: Phone) -> None:
    shop = member.record("listing", listing(member.member_id))
    sell(member, shop, 3_000)
    assert left(member, shop) == -3_000
    assert len(reviews(manager, "oversold", shop)) == 1
    entry(member, shop, 3_000)
    assert left(member, shop) == 0
    assert reviews(manager, "oversold", shop) == []


def test_everyone_sees_what_is_left_without_seeing_others_sales(member: Phone, neighbour: Phone) -> None:
    shop = shop_of(member, 10_000)
    sold = sell(member, shop, 4_000)
    member.sync()
    assert left(neighbour, shop) == 6_000
    assert not neighbour.shows(sold)
    assert {entity for entity, _ in neighbour.rows} <= {"listing", "member", "sale", "stock_entry"}


def test_a_derived_change_alone_brings_the_listing_again(member: Phone, neighbour: Phone) -> None:
    shop = shop_of(member, 10_000)
    member.sync()
    neighbour.sync()
    sell(member, shop, 1_000)
    member.sync()
    changes = neighbour.post().json()["changes"]
    assert [(change["entity"], change["id"]) for change in changes] == [("listing", shop["id"])]
