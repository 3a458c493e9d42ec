"""Rule 7: facts are written once; corrections name what they correct; stock is what follows."""

from typing import Any

from tests.sync.village import Phone, Village


def counting(phone: Phone) -> set[str]:
    phone.sync()
    return {id for (entity, id), c in phone.replica.confirmed.items() if entity == "sale" and c["derived"]["counts"]}


def void(phone: Phone, id: str) -> dict[str, Any]:
    return phone.record("sale", {"voided": True, "void_reason": "wrong_amount"}, id)


def test_another_value_for_a_frozen_field_is_refused_and_an_equal_one_is_not() -> None:
    phone = Village().phone()
    sale = phone.sell()
    again = phone.record("sale", {"total_vnd": 625_000}, sale["id"])
    other = phone.record("sale", {"total_vnd": 1}, sale["id"])
    receipts = phone.receipts([sale, again, other])
    assert [r["outcome"] for r in receipts] == ["applied", "applied", "rejected"]
    assert receipts[2]["errors"] == {"total_vnd": ["frozen"]}


def test_a_voided_sale_does_not_count_and_stays_voided() -> None:
    phone = Village().phone()
    sale = phone.sell()
    void(phone, sale["id"])
    back = phone.record("sale", {"voided": False}, sale["id"])
    assert counting(phone) == set()
    assert phone.receipts([back])[0]["errors"] == {"voided": ["once"]}


def test_a_correction_counts_instead_of_what_it_corrects() -> None:
    phone = Village().phone()
    wrong = phone.sell()
    right = phone.sell(replaces_id=wrong["id"])
    assert counting(phone) == {right["id"]}  # also before the void arrives
    void(phone, wrong["id"])
    assert counting(phone) == {right["id"]}


def test_of_two_corrections_exactly_one_counts_and_a_person_is_asked_until_one_is_voided() -> None:
    village = Village()
    one, two = village.phone(), None
    two = village.phone(one.account)
    wrong = one.sell()
    one.sync()
    two.sync()
    rights = [phone.sell(replaces_id=wrong["id"])["id"] for phone in (one, two)]
    for phone in (one, two):
        void(phone, wrong["id"])
        phone.sync()
    assert counting(one) == {min(rights)}
    assert len(village.reviews("duplicate_sale")) == 1
    void(one, min(rights))
    assert counting(one) == {max(rights)}
    assert village.reviews("duplicate_sale") == []


def test_sales_that_replace_each_other_in_a_circle_count_once() -> None:
    village = Village()
    phone = village.phone()
    ids = sorted(village.id() for _ in range(3))
    from tests.sync.village import sale_of

    for position, id in enumerate(ids):
        phone.record("sale", sale_of(phone.account) | {"replaces_id": ids[position - 1]}, id)
    assert counting(phone) == {ids[0]}


def test_two_corrections_of_a_sale_that_never_arrives_are_one_family() -> None:
    village = Village()
    phone = village.phone()
    ghost = village.id()
    rights = [phone.sell(replaces_id=ghost)["id"] for _ in range(2)]
    assert counting(phone) == {min(rights)}
    assert len(village.reviews("duplicate_sale")) == 1


def test_concurrent_sales_add_up_and_overselling_is_asked_about_until_late_stock_arrives() -> None:
    village = Village()
    one = village.phone()
    two = village.phone(one.account)
    listing = one.list_goods()["id"]
    one.stock(listing, 3000)
    late = one.stock(listing, 5000)
    one.replica.outbox.pop()
    one.sync()
    for phone in (one, two):
        phone.sell(listing_id=listing, quantity_milli=2000)
        phone.sync()
    one.sync()
    assert one.sees("listing", listing).derived["left_milli"] == -1000
    assert len(village.reviews("oversold")) == 1
    one.push([late])
    one.sync()
    assert one.sees("listing", listing).derived["left_milli"] == 4000
    assert village.reviews("oversold") == []
    assert one.sees("listing", listing).derived["open_reviews"] == 0


def test_stock_and_sales_that_come_before_their_listing_are_not_lost() -> None:
    village = Village()
    phone = village.phone()
    listing = phone.list_goods()
    sale = phone.sell(listing_id=listing["id"], quantity_milli=500)
    entry = phone.stock(listing["id"], 2000)
    phone.push([sale, entry])
    phone.push([listing])
    phone.sync()
    assert phone.sees("listing", listing["id"]).derived["left_milli"] == 1500


def test_a_strangers_word_never_takes_a_sale_out_of_the_count_also_when_it_came_first() -> None:
    village = Village()
    owner, stranger = village.phone(), village.phone()
    sale = owner.sell()
    meddling = stranger.sell(replaces_id=sale["id"])
    stranger.push([meddling])
    owner.push([sale])
    assert counting(owner) == {sale["id"]}
    assert counting(stranger) == {meddling["id"]}
    assert village.reviews("duplicate_sale") == []


def test_a_manager_corrects_whose_sale_it_was() -> None:
    village = Village()
    owner, manager = village.phone(), village.manager()
    sale = owner.sell()
    owner.sync()
    manager.sync()
    right = manager.sell(member_id=None, replaces_id=sale["id"])
    assert counting(manager) == {right["id"]}
    assert counting(owner) == set()


def test_corrections_of_an_unknown_sale_part_when_it_turns_out_to_be_somebody_elses() -> None:
    village = Village()
    owner, stranger, manager = village.phone(), village.phone(), village.manager()
    sale = owner.sell()
    theirs, right = stranger.sell(replaces_id=sale["id"]), manager.sell(replaces_id=sale["id"])
    stranger.push([theirs])
    manager.push([right])
    assert len(village.reviews("duplicate_sale")) == 1
    owner.push([sale])
    assert counting(manager) == {theirs["id"], right["id"]}
    assert village.reviews("duplicate_sale") == []
