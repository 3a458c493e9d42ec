"""Rules 8 and 9: early is not wrong, and what cannot be taken now is held, not lost."""

from dataclasses import replace

from tests.sync.village import DAY_MS, Village


def test_an_edit_before_its_record_waits_unseen_and_joins_it() -> None:
    village = Village()
    phone = village.phone()
    sale = phone.sell()
    note = phone.record("sale", {"note": "khách quen"}, sale["id"])
    early = phone.push([note])
    assert early["receipts"][0]["outcome"] == "applied"
    assert early["changes"] == []
    assert early["digest"]["sale"] == [0, 0]
    assert phone.push([sale])["changes"][0]["row"]["note"] == "khách quen"


def test_an_early_edit_by_somebody_without_a_right_is_dropped_when_the_record_arrives() -> None:
    village = Village()
    owner, stranger = village.phone(), village.phone()
    sale = owner.sell()
    meddling = stranger.record("sale", {"note": "của tôi", "unit": "tạ"}, sale["id"])
    assert stranger.receipts([meddling])[0]["outcome"] == "applied"
    answer = owner.push([sale])
    assert answer["receipts"][0]["outcome"] == "applied"
    assert answer["changes"][0]["row"] == sale["set"]
    [told] = stranger.push([])["receipts"]
    assert told["at"] == meddling["at"]
    assert told["outcome"] == "rejected"
    assert told["errors"] == {"id": ["forbidden"]}


def test_a_strangers_early_field_that_this_server_does_not_know_is_refused_too() -> None:
    village = Village()
    owner, stranger = village.phone(), village.phone()
    sale = owner.sell()
    meddling = stranger.record("sale", {"smell": "of a later version"}, sale["id"])
    stranger.push([meddling])
    owner.push([sale])
    assert stranger.push([])["receipts"][0]["outcome"] == "rejected"


def test_a_record_incomplete_for_a_week_is_asked_about_until_it_completes() -> None:
    village = Village()
    phone = village.phone()
    sale = phone.sell()
    phone.push([phone.record("sale", {"note": "?"}, sale["id"])])
    village.now_ms += 8 * DAY_MS
    phone.push([])
    phone.push([])
    assert len(village.reviews("incomplete")) == 1
    phone.push([sale])
    assert village.reviews("incomplete") == []


def test_what_a_disabled_account_sends_is_held_and_shows_it_nothing() -> None:
    village = Village()
    phone = village.phone()
    phone.sell()
    phone.sync()
    cursor = phone.replica.cursor
    phone.author = replace(phone.author, held=True)
    answer = phone.push([phone.sell()], cursor)
    assert answer["receipts"][0]["outcome"] == "held"
    assert answer["changes"] == []
    assert "digest" not in answer
    assert answer["more"] is False
    assert answer["reset"] is False
    [review] = village.reviews("held")
    assert review.sides[0]["account"] == phone.account
    phone.author = replace(phone.author, held=False)
    assert phone.push([], answer["cursor"])["changes"] == []


def test_early_writes_of_a_stranger_fall_only_when_the_owners_record_is_taken() -> None:
    village = Village()
    owner, stranger = village.phone(), village.phone()
    sale = owner.sell()
    meddling = stranger.record("sale", {"note": "của tôi"}, sale["id"])
    frozen = owner.record("sale", {"unit": "tạ"}, sale["id"])
    stranger.push([meddling])
    owner.push([frozen])
    assert owner.receipts([sale])[0]["errors"] == {"unit": ["frozen"]}
    assert stranger.push([])["receipts"] == []
    right = owner.sell(unit="tạ")
    owner.push([right | {"id": sale["id"]}])
    owner.sync()
    assert "note" not in owner.sees("sale", sale["id"]).fields
    assert owner.replica.checked


def test_a_strangers_early_correction_gives_the_family_that_it_named_back() -> None:
    village = Village()
    owner, stranger = village.phone(), village.phone()
    target = owner.sell()
    sale = owner.sell()
    meddling = stranger.record("sale", {"replaces_id": target["id"]}, sale["id"])
    stranger.push([meddling])
    assert {r["outcome"] for r in owner.receipts([target, sale])} == {"applied"}
    owner.sync()
    assert owner.sees("sale", target["id"]).derived["counts"]
    assert owner.sees("sale", sale["id"]).derived["counts"]
    assert village.reviews("duplicate_sale") == []


def test_conflicts_between_writes_that_fell_close() -> None:
    village = Village()
    owner, one, two = village.phone(), village.phone(), village.phone()
    sale = owner.sell()
    for phone in (one, two):
        phone.push([phone.record("sale", {"note": phone.account}, sale["id"])])
    assert len(village.reviews("conflict")) == 1
    owner.push([sale])
    assert village.reviews("conflict") == []


def test_a_record_first_named_by_others_is_not_late_at_its_own_first_word() -> None:
    village = Village()
    phone = village.phone()
    listing = phone.list_goods()
    phone.push([phone.sell(listing_id=listing["id"])])
    village.now_ms += 30 * DAY_MS
    phone.push([phone.record("listing", {"price_vnd": 1}, listing["id"])])
    phone.push([])
    assert village.reviews("incomplete") == []
