"""What a person decides: a held mutation is judged or refused, never lost, and its author gets to know."""

import copy
from dataclasses import replace
from typing import Any

import pytest

from sync.decide import Decision
from sync.errors import DecisionError, ReviewChangedError
from tests.sync.village import DAY_MS, Phone, Village

BOSS = "0199aa5b-0000-7000-8000-00000000b055"


def review_of(village: Village, kind: str, mutation: dict[str, Any]) -> Any:
    [review] = [r for r in village.reviews(kind) if r.about == mutation["at"]]
    return review


def shown_stamps(village: Village, review: Any) -> dict[str, str]:
    rows = village.store.records(review.entity, [review.record_id]) if review.entity and review.record_id else []
    return dict(rows[0].stamps) if rows else {}


def resolve(village: Village, review: Any, action: str, note: Any = None, stamps: Any = None, by: str = BOSS) -> Any:
    stamps = shown_stamps(village, review) if stamps is None else stamps
    return village.decide(Decision(review.id, by, action, stamps, note))


def shut_out(phone: Phone) -> None:
    phone.author = replace(phone.author, held=True)


def let_in(phone: Phone) -> None:
    phone.author = replace(phone.author, held=False)


def outcome(phone: Phone, mutation: dict[str, Any]) -> str | None:
    [pending] = [p for p in phone.replica.outbox if p.mutation["at"] == mutation["at"]]
    return pending.outcome


def test_an_accepted_sale_counts_and_its_author_gets_to_know() -> None:
    village = Village()
    phone, manager = village.phone(), village.manager()
    listing = phone.list_goods()
    phone.sync()
    shut_out(phone)
    sale = phone.sell(listing_id=listing["id"])
    phone.sync()
    assert outcome(phone, sale) == "held"
    assert phone.sees("sale", sale["id"]).complete, "held, it still lies over the book"
    village.now_ms += DAY_MS
    review = resolve(village, review_of(village, "held", sale), "accept")
    assert (review.status, review.action, review.resolved_by) == ("resolved", "accept", BOSS)
    manager.sync()
    assert manager.replica.confirmed["sale", sale["id"]]["derived"]["counts"] is True
    assert manager.sees("listing", listing["id"]).derived["left_milli"] == -2500
    let_in(phone)
    [receipt] = phone.sync()
    assert (receipt["at"], receipt["outcome"]) == (sale["at"], "applied")
    assert phone.replica.checked
    assert ("sale", sale["id"]) in phone.replica.confirmed
    village.store.state.safe = village.store.state.seq
    phone.sync()
    assert phone.replica.outbox == []


def test_who_may_not_read_still_hears_what_became_of_the_own_mutations() -> None:
    village = Village()
    phone = village.phone()
    phone.sync()
    shut_out(phone)
    sale = phone.sell()
    phone.sync()
    resolve(village, review_of(village, "held", sale), "accept")
    answer = phone.push([], phone.replica.cursor)
    assert [(r["at"], r["outcome"]) for r in answer["receipts"]] == [(sale["at"], "applied")]
    assert answer["changes"] == []
    assert "digest" not in answer


def test_a_refused_mutation_stays_with_its_author_and_brings_the_managers_note() -> None:
    village = Village()
    phone = village.phone()
    shut_out(phone)
    sale = phone.sell()
    phone.sync()
    resolve(village, review_of(village, "held", sale), "refuse", "Bán cho ai?")
    let_in(phone)
    phone.sync()
    [pending] = phone.replica.outbox
    assert pending.receipt is not None
    assert pending.receipt["outcome"] == "rejected"
    assert pending.receipt["errors"] == {"mutation": ["refused"]}
    assert pending.receipt["note"] == "Bán cho ai?"
    assert not phone.sees("sale", sale["id"]).complete
    assert phone.replica.checked
    assert village.reviews("rejected") == [], "nobody is asked twice"
    assert phone.receipts([sale])[0] == pending.receipt


def test_the_note_stands_beside_its_authors_record_on_every_phone_of_the_author() -> None:
    village = Village()
    phone = village.phone()
    other = village.phone(phone.account)
    sale = phone.sell()
    phone.sync()
    other.sync()
    shut_out(phone)
    edit = phone.record("sale", {"note": "nợ"}, sale["id"])
    phone.sync()
    resolve(village, review_of(village, "held", edit), "refuse", "Đã trả rồi")
    other.sync()
    assert other.sees("sale", sale["id"]).derived["review_note"] == "Đã trả rồi"
    assert other.sees("sale", sale["id"]).derived["open_reviews"] == 0
    assert other.replica.checked


def test_a_note_to_a_stranger_is_not_shown_to_the_owner() -> None:
    village = Village()
    owner, stranger = village.phone(), village.phone()
    sale = owner.sell()
    owner.sync()
    meddling = stranger.record("sale", {"note": "của tôi"}, sale["id"])
    stranger.sync()
    resolve(village, review_of(village, "rejected", meddling), "dismiss", "Không phải của bạn")
    owner.sync()
    assert "review_note" not in owner.sees("sale", sale["id"]).derived
    [receipt] = stranger.sync()
    assert receipt["note"] == "Không phải của bạn"
    assert receipt["outcome"] == "rejected"


def test_what_was_accepted_is_judged_by_the_rules_and_by_the_role_of_then() -> None:
    village = Village()
    owner, stranger = village.phone(), village.phone()
    sale = owner.sell()
    owner.sync()
    shut_out(stranger)
    meddling = stranger.record("sale", {"note": "của tôi"}, sale["id"])
    stranger.sync()
    resolve(village, review_of(village, "held", meddling), "accept")
    [refused] = village.reviews("rejected")
    assert refused.sides[0]["errors"] == {"id": ["forbidden"]}
    boss = village.manager()
    shut_out(boss)
    right = boss.record("sale", {"note": "đã xem"}, sale["id"])
    boss.push([right])
    boss.author = replace(boss.author, role="member")
    resolve(village, review_of(village, "held", right), "accept")
    owner.sync()
    assert owner.sees("sale", sale["id"]).fields["note"] == "đã xem"


def test_an_accepted_write_competes_by_its_own_stamp_not_by_the_hour_of_the_decision() -> None:
    village = Village()
    phone = village.phone()
    other = village.phone(phone.account)
    sale = phone.sell()
    phone.sync()
    other.sync()
    shut_out(phone)
    early = phone.record("sale", {"note": "sớm"}, sale["id"])
    phone.sync()
    village.now_ms += DAY_MS
    other.record("sale", {"note": "muộn"}, sale["id"])
    other.sync()
    resolve(village, review_of(village, "held", early), "accept")
    assert village.store.log[early["at"]].outcome == "merged"
    [conflict] = village.reviews("conflict")
    assert {s["value"] for s in conflict.sides} == {"sớm", "muộn"}
    other.sync()
    assert other.sees("sale", sale["id"]).fields["note"] == "muộn"


def test_what_was_built_on_a_held_write_does_not_conflict_with_it_when_it_is_accepted() -> None:
    village = Village()
    phone, manager = village.phone(), village.manager()
    sale = phone.sell()
    phone.sync()
    shut_out(phone)
    held = phone.record("sale", {"note": "một"}, sale["id"])
    phone.sync()
    let_in(phone)
    phone.replica.clock.session = village.session()
    phone.record("sale", {"note": "hai"}, sale["id"])
    phone.sync()
    resolve(village, review_of(village, "held", held), "accept")
    manager.sync()
    assert manager.sees("sale", sale["id"]).fields["note"] == "hai"
    assert village.reviews("conflict") == []
    assert village.store.log[held["at"]].outcome == "applied"


def test_a_void_accepted_before_its_sale_waits_for_it() -> None:
    village = Village()
    phone, manager = village.phone(), village.manager()
    shut_out(phone)
    sale = phone.sell()
    void = phone.record("sale", {"voided": True, "void_reason": "nhầm"}, sale["id"])
    phone.sync()
    resolve(village, review_of(village, "held", void), "accept")
    manager.sync()
    assert ("sale", sale["id"]) not in manager.replica.confirmed
    resolve(village, review_of(village, "held", sale), "accept")
    manager.sync()
    assert manager.replica.confirmed["sale", sale["id"]]["derived"]["counts"] is False


def test_another_decision_or_one_about_another_state_than_was_shown_is_refused_and_changes_nothing() -> None:
    village = Village()
    phone = village.phone()
    sale = phone.sell()
    phone.sync()
    shut_out(phone)
    edit = phone.record("sale", {"note": "nợ"}, sale["id"])
    phone.sync()
    review = review_of(village, "held", edit)
    seen = shown_stamps(village, review)
    let_in(phone)
    phone.record("sale", {"settled": True}, sale["id"])
    phone.sync()
    seq = village.store.state.seq
    with pytest.raises(ReviewChangedError):
        resolve(village, review, "accept", stamps=seen)
    with pytest.raises(ReviewChangedError):
        resolve(village, review, "accept", stamps={})
    assert village.store.log[edit["at"]].outcome == "held"
    assert village.store.state.seq == seq
    resolve(village, review, "accept")
    for action, by in (("refuse", BOSS), ("accept", phone.account)):
        with pytest.raises(ReviewChangedError):
            resolve(village, review, action, by=by)
    assert village.store.log[edit["at"]].outcome == "applied"


def test_the_same_decision_again_after_a_lost_answer_gets_its_answer_and_changes_nothing() -> None:
    village = Village()
    phone = village.phone()
    shut_out(phone)
    sale = phone.sell()
    phone.sync()
    review = review_of(village, "held", sale)
    done, seq = resolve(village, review, "accept", "Cảm ơn chị", stamps={}), village.store.state.seq
    village.now_ms += DAY_MS
    again = resolve(village, review, "accept", "?", stamps={})
    assert (again.status, again.closed_ms, again.note) == ("resolved", done.closed_ms, "Cảm ơn chị")
    assert village.store.state.seq == seq


def test_each_kind_knows_its_actions_alone() -> None:
    village = Village()
    phone = village.phone()
    listing = phone.list_goods()["id"]
    phone.sell(listing_id=listing)
    odd = phone.sell(note=7)
    phone.sync()
    for kind, action, field, reason in (
        ("rejected", "refuse", "action", "unknown"),
        ("oversold", "accept", "action", "unknown"),
    ):
        [review] = village.reviews(kind)
        with pytest.raises(DecisionError) as told:
            resolve(village, review, action)
        assert (told.value.field, told.value.reason) == (field, reason)
    [rejected] = village.reviews("rejected")
    resolve(village, rejected, "dismiss")
    assert village.reviews("rejected") == []
    assert village.store.log[odd["at"]].outcome == "rejected"


def test_a_refusal_about_no_record_at_all_can_be_dismissed() -> None:
    village = Village()
    village.phone().push([{"at": "noon", "note": "?"}])
    [review] = village.reviews("rejected")
    assert review.record_id is None
    resolve(village, review, "dismiss", "?")
    assert village.reviews("rejected") == []


def test_a_server_restored_from_before_the_decision_asks_again() -> None:
    village = Village()
    phone = village.phone()
    shut_out(phone)
    sale = phone.sell()
    phone.sync()
    before = copy.deepcopy(village.store)
    resolve(village, review_of(village, "held", sale), "accept")
    let_in(phone)
    phone.sync()
    assert outcome(phone, sale) == "applied"
    village.store = before
    phone.sync()
    assert outcome(phone, sale) == "held"
    resolve(village, review_of(village, "held", sale), "accept")
    phone.sync()
    assert outcome(phone, sale) == "applied"
    assert phone.replica.checked
