"""What every storage must hold to: the same calls, the same answers, in memory and in a SQL database."""

from dataclasses import replace
from typing import Any

import pytest

from server.accounts import Place, create_coop
from server.store import SqlStore
from sync.decide import Decision
from tests.sync.village import DAY_MS, Phone, Village


@pytest.fixture
def village(store: Any) -> Village:
    return Village(store=store)


def test_the_counter_begins_at_nothing_and_follows_the_last_change(village: Village) -> None:
    assert village.store.counter().seq == 0
    phone = village.phone()
    [receipt] = phone.receipts([phone.sell()])
    assert village.store.counter().seq >= receipt["seq"] > 0


def test_a_head_is_known_for_ever_and_only_with_its_tag(village: Village) -> None:
    phone = village.phone()
    phone.receipts([phone.sell()])
    seq = village.store.counter().seq
    tag = village.store.head_tag(seq)
    phone.receipts([phone.sell()])
    assert tag
    assert village.store.has_head(seq, tag)
    assert not village.store.has_head(seq, "another")
    assert not village.store.has_head(seq + 1000, tag)


def test_a_record_comes_back_as_it_was_saved(village: Village) -> None:
    manager = village.manager()
    sale = manager.record("sale", {"note": "", "buyer_name": "chị Lan"}, village.id())
    manager.push([sale])
    [row] = village.store.records("sale", [sale["id"]])
    assert row.fields == sale["set"]
    assert set(row.stamps.values()) == {sale["at"]}
    assert not row.complete
    assert village.store.page(None, 0, 10) == []


def test_null_that_was_set_differs_from_never_set(village: Village) -> None:
    manager = village.manager()
    sale = manager.sell(member_id=None)
    manager.push([sale])
    [row] = village.store.records("sale", [sale["id"]])
    assert row.fields["member_id"] is None
    assert "listing_id" not in row.fields


def test_the_log_is_found_by_key_by_record_and_by_effective_stamp(village: Village) -> None:
    phone = village.phone()
    phone.drift_ms = 1000 * DAY_MS
    sale = phone.sell()
    edit = phone.record("sale", {"note": "x"}, sale["id"])
    [receipt, _] = phone.receipts([sale, edit])
    assert [e.key for e in village.store.entries([sale["at"], "none"])] == [sale["at"]]
    other = phone.sell()
    phone.receipts([other])
    written = village.store.history("sale", [other["id"], sale["id"], village.id()])
    assert [e.key for e in written if e.id == sale["id"]] == [sale["at"], edit["at"]]
    assert [e.key for e in written if e.id == other["id"]] == [other["at"]]
    assert village.store.history("listing", [sale["id"]]) == []
    assert sale["at"] in [e.key for e in village.store.entries_with_eff([receipt["eff"]])]
    assert village.store.entries_with_eff([sale["at"]]) == []
    [entry] = village.store.entries([sale["at"]])
    assert (entry.set, entry.base, entry.account, entry.ahead) == (sale["set"], {}, phone.account, True)


def test_what_cannot_be_written_in_utf_8_is_kept_all_the_same(village: Village) -> None:
    phone = village.phone()
    poison = phone.sell(note="\ud800 \0")
    [receipt] = phone.receipts([poison])
    assert receipt["outcome"] == "rejected"
    [entry] = village.store.entries([poison["at"]])
    assert entry.set["note"] == "\ud800 \0"
    assert phone.receipts([poison]) == [receipt]


def test_pages_and_digests_follow_the_scope(village: Village) -> None:
    one, two = village.phone(), village.phone()
    for phone in (one, two):
        phone.list_goods()
        phone.sell()
        phone.sync()
    assert len(village.store.page(None, 0, 10)) == 4
    assert [row.entity for row in village.store.page(one.account, 0, 10)].count("sale") == 1
    assert len(village.store.page(one.account, 0, 2)) == 2
    assert village.store.digest(one.account)["sale"][0] == 1
    assert village.store.digest(None)["sale"][0] == 2
    assert village.store.digest(two.account)["listing"] == village.store.digest(None)["listing"]


def test_reviews_are_found_while_they_are_open(village: Village) -> None:
    phone = village.phone()
    listing = phone.list_goods()["id"]
    phone.sell(listing_id=listing)
    phone.sync()
    [review] = village.store.open_reviews([listing])
    assert (review.kind, review.sides[0]["value"]) == ("oversold", -2500)
    phone.stock(listing, 10_000)
    phone.sync()
    assert village.store.open_reviews([listing]) == []


def test_a_decision_is_kept_and_carried_out(village: Village) -> None:
    phone = village.phone()
    phone.author = replace(phone.author, held=True)
    taken, refused = phone.sell(), phone.sell()
    phone.sync()
    [first, second] = [village.store.open_reviews([sale["id"]])[0] for sale in (taken, refused)]
    for review, action, note in ((first, "accept", None), (second, "refuse", "Bán cho ai?")):
        decision = Decision(review.id, phone.account, action, {}, note)
        village.decide(decision)
    kept = village.store.review(second.id)
    assert (kept.status, kept.action, kept.note) == ("resolved", "refuse", "Bán cho ai?")
    assert (kept.resolved_by, kept.closed_ms) == (phone.account, village.now_ms)
    assert village.store.review(village.id()) is None
    phone.author = replace(phone.author, held=False)
    receipts = phone.sync()
    assert [(r["outcome"], r.get("note")) for r in receipts] == [("applied", None), ("rejected", "Bán cho ai?")]
    assert phone.replica.checked
    assert village.store.digest(None)["sale"][0] == 1


def test_a_season_of_trade_ends_the_same_in_every_storage(village: Village) -> None:
    phones = _trade(village)
    other = Village(village.seed)
    _trade(other)
    assert village.store.digest(None) == other.store.digest(None)
    assert village.store.counter().seq == other.store.counter().seq
    assert all(phone.replica.checked for phone in phones)


def _trade(village: Village) -> list[Phone]:
    owner = village.phone()
    phones = [owner, village.phone(owner.account), village.manager()]
    phones[1].drift_ms = 300 * DAY_MS
    listing = owner.list_goods()["id"]
    for number in range(40):
        village.now_ms += 1000
        phone = phones[village.rng.randrange(3)]
        sale = phone.sell(member_id=owner.account, listing_id=listing)
        if number % 3 == 0:
            phone.record("sale", {"voided": True, "void_reason": "x"}, sale["id"])
            phone.sell(member_id=owner.account, replaces_id=sale["id"])
        if number % 4 == 0 and phone.sees("listing", listing).complete:
            phone.record("listing", {"price_vnd": number}, listing)
            phone.stock(listing, 5000, member_id=owner.account)
        if number % 5 == 0:
            phone.sync(limit=7)
    for phone in phones * 2:
        phone.sync()
    return phones


def test_a_sale_is_found_by_what_it_replaces(village: Village) -> None:
    phone = village.phone()
    first = phone.sell()
    corrections = [phone.sell(replaces_id=first["id"])["id"] for _ in range(2)]
    other = phone.sell(replaces_id=corrections[0])["id"]
    phone.sync()
    assert {row.id for row in village.store.replacing([first["id"], "none"])} == set(corrections)
    assert [row.id for row in village.store.replacing([corrections[0]])] == [other]
    assert village.store.replacing([other]) == []


def test_what_stays_incomplete_is_overdue_until_somebody_was_told(village: Village) -> None:
    phone = village.phone()
    early = phone.record("sale", {"note": "sớm"}, village.id())
    phone.receipts([early])
    whole = phone.sell(listing_id=village.id())  # of goods that nobody has sent: known of, but nobody wrote it
    phone.receipts([whole])
    arrived_ms = village.now_ms
    assert village.store.overdue(arrived_ms) == []
    [late] = village.store.overdue(arrived_ms + 1)
    assert (late.entity, late.id, late.complete) == ("sale", early["id"], False)
    village.now_ms += 8 * DAY_MS
    phone.push([])
    assert [review.kind for review in village.store.open_reviews([early["id"]])] == ["incomplete"]
    assert village.store.overdue(village.now_ms) == []


def test_receipts_decided_anew_come_with_the_page_of_their_position(village: Village) -> None:
    intruder, owner = village.phone(), village.phone()
    sale = owner.sell()
    edit = intruder.record("sale", {"note": "của ai?"}, sale["id"])
    [before] = intruder.receipts([edit])
    owner.receipts([sale])
    end = village.store.counter().seq
    [entry] = village.store.decided(intruder.author.replica, 0, end)
    assert (before["outcome"], entry.outcome, entry.errors) == ("applied", "rejected", {"id": ["forbidden"]})
    assert before["seq"] < entry.seq <= end
    assert village.store.decided(intruder.author.replica, entry.seq, end) == []
    assert village.store.decided(intruder.author.replica, 0, entry.seq - 1) == []
    assert village.store.decided(owner.author.replica, 0, end) == []


def test_everything_is_found_however_much_is_asked_for(village: Village) -> None:
    phone = village.phone()
    sale = phone.sell()
    phone.receipts([sale])
    none = [village.id() for _ in range(12_000)]
    assert [entry.key for entry in village.store.entries([*none, sale["at"]])] == [sale["at"]]
    assert village.store.entries_with_eff(none) == []
    assert [entry.key for entry in village.store.history("sale", [*none, sale["id"]])] == [sale["at"]]
    assert [row.id for row in village.store.records("sale", [*none, sale["id"]])] == [sale["id"]]
    assert village.store.open_reviews(none) == []
    assert village.store.replacing(none[:3000]) == []
    assert village.store.records("sale", []) == village.store.open_reviews([]) == village.store.entries([]) == []
    assert village.store.history("sale", []) == []


def test_what_was_read_can_be_changed_without_changing_what_is_stored(village: Village) -> None:
    phone = village.phone()
    sale = phone.sell()
    phone.receipts([sale])
    [row], [entry] = village.store.records("sale", [sale["id"]]), village.store.entries([sale["at"]])
    row.fields["note"], row.stamps["note"], entry.outcome = "changed", sale["at"], "rejected"
    village.store.counter().seq += 5
    [again], [kept] = village.store.records("sale", [sale["id"]]), village.store.entries([sale["at"]])
    assert "note" not in again.fields
    assert kept.outcome == "applied"
    assert village.store.page(None, 0, 10)[0].stamps == again.stamps


def test_numbers_and_texts_at_their_bounds_come_back_exactly(village: Village) -> None:
    manager = village.manager()
    most = {"quantity_milli": 10**12, "unit_price_vnd": 10**12, "total_vnd": 10**15}
    texts = {"product_name": "ữ" * 200, "note": "😀'\"\\%_" * 100, "buyer_name": "ĐẶNG"}
    sale = manager.sell(**most, **texts)
    [receipt] = manager.receipts([sale])
    assert receipt["outcome"] == "applied"
    [row], [entry] = village.store.records("sale", [sale["id"]]), village.store.entries([sale["at"]])
    assert row.fields == entry.set == sale["set"]


def test_cooperatives_in_one_database_never_see_each_other(store: Any) -> None:
    if not isinstance(store, SqlStore):
        pytest.skip("in memory each co-operative is an object of its own")
    session = store.session
    place = Place("15", "Lào Cai", "02683", "Y Tý")
    villages = [Village(store=store), Village(store=SqlStore(session, create_coop(session, name="2", place=place).id))]
    phones = [village.phone() for village in villages]  # one seed: the same ids and sessions in both
    for phone in phones:
        goods = phone.list_goods()["id"]
        phone.sell(listing_id=goods)
        phone.sync()
    assert phones[0].replica.confirmed == phones[1].replica.confirmed
    phones[0].sell()
    phones[0].sync()
    mine, other = (village.store for village in villages)
    assert (mine.digest(None)["sale"][0], other.digest(None)["sale"][0]) == (2, 1)
    assert len(other.page(None, 0, 10)) == 2
    assert other.entries([phones[0].sell()["at"]]) == []
    assert phones[1].sync() == []
    assert phones[1].replica.checked


def test_accepted_writes_of_a_field_are_found_in_the_order_of_arrival(village: Village) -> None:
    phone = village.phone()
    sale = phone.sell(note="một", buyer_name="note")
    refused = phone.sell(note="hai", total_vnd=-1)
    other = phone.sell(buyer_name="note")
    goods = phone.list_goods(description="ba")
    edit = phone.record("sale", {"note": "bốn"}, sale["id"])
    phone.receipts([edit, refused, other, goods, sale])
    found = village.store.writes_of({"sale": ["note"], "listing": ["description"]})
    assert [entry.key for entry in found] == [edit["at"], goods["at"], sale["at"]]
    assert village.store.writes_of({"sale": ["description"], "stock_entry": ["note"]}) == []
    assert village.store.writes_of({}) == []
