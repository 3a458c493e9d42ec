"""What a restored server lost and another phone still has: accepted by a manager, it stands as it stood."""

import copy
from typing import Any

import pytest

from server.entities import REGISTRY, registry_of
from sync.decide import Decision
from sync.rules import MANAGER
from sync.witness import KIND, witness
from tests.sync.village import COOP, DAY_MS, Phone, Village

BOSS = "0199aa5b-0000-7000-8000-00000000b055"


def offer(phone: Phone, *records: dict[str, Any]) -> int:
    village = phone.village
    decided = {(r.entity, r.record_id) for r in village.store.reviews.values() if r.kind == KIND and r.status != "open"}
    store, registry = village.store, phone.replica.registry
    return witness(store, registry, phone.author, records, decided, village.now_ms, village.session())


def resolve(village: Village, action: str, note: str | None = None) -> Any:
    [review] = village.reviews(KIND)
    row = village.store.rows.get((review.entity, review.record_id))
    return village.decide(Decision(review.id, BOSS, action, dict(row.stamps) if row else {}, note))


def lost(village: Village, author: Phone, witnessing: Phone, *edits: dict[str, Any]) -> dict[str, Any]:
    """A listing, edited a day apart, which the server forgets in a restore: as the witness had confirmed it."""
    before = copy.deepcopy(village.store)
    listing = author.list_goods()
    for values in edits:
        author.sync()
        village.now_ms += DAY_MS
        author.record("listing", values, listing["id"])
    author.sync()
    witnessing.sync()
    held: dict[str, Any] = witnessing.replica.confirmed["listing", listing["id"]]
    village.store = before
    witnessing.sync()
    assert witnessing.replica.confirmed == {}
    return held


def test_accepted_it_stands_with_the_stamps_that_it_had_and_counts_as_the_cooperatives_writing() -> None:
    village = Village()
    author, boss = village.phone(), village.manager()
    held = lost(village, author, boss, {"price_vnd": 7}, {"description": "thơm"})
    assert offer(boss, held) == 1
    review = resolve(village, "accept", "Máy chị ấy hỏng")
    assert (review.status, review.action, review.resolved_by) == ("resolved", "accept", BOSS)
    boss.sync()
    back = boss.replica.confirmed["listing", held["id"]]
    assert (back["row"], back["at"], back["stamps"]) == (held["row"], held["at"], held["stamps"])
    assert back["derived"] == {"left_milli": 0, "open_reviews": 0, "review_note": "Máy chị ấy hỏng"}
    assert boss.replica.checked
    written = village.store.history("listing", [held["id"]])
    assert {(e.account, e.replica, e.role, e.outcome) for e in written} == {(COOP, COOP, MANAGER, "applied")}
    assert offer(boss, held) == 0


def test_its_author_comes_after_all_and_nothing_is_asked_or_changed() -> None:
    village = Village()
    author, boss = village.phone(), village.manager()
    held = lost(village, author, boss, {"price_vnd": 7})
    offer(boss, held)
    resolve(village, "accept")
    assert {receipt["outcome"] for receipt in author.sync()} == {"applied"}
    change = author.replica.confirmed["listing", held["id"]]
    assert (change["row"], change["at"], change["stamps"]) == (held["row"], held["at"], held["stamps"])
    assert village.reviews("conflict") == village.reviews("rejected") == []
    boss.sync()
    assert author.replica.checked
    assert boss.replica.checked


@pytest.mark.parametrize("behind_ms", [0, 2 * DAY_MS])
def test_what_its_author_wrote_later_wins_although_the_decision_came_later_still(behind_ms: int) -> None:
    village = Village()
    author, boss = village.phone(), village.manager()
    author.drift_ms = -behind_ms
    held = lost(village, author, boss)
    later = author.record("listing", {"price_vnd": 9, "status": "withdrawn"}, held["id"])
    offer(boss, held)
    village.now_ms += DAY_MS
    resolve(village, "accept")
    author.sync()
    row = author.sees("listing", held["id"])
    assert (row.fields["price_vnd"], row.stamps["price_vnd"]) == (9, later["at"])
    assert village.reviews("conflict") == []


def test_what_the_record_has_already_stays_and_the_rest_is_added() -> None:
    village = Village()
    author, boss = village.phone(), village.manager()
    held = lost(village, author, boss)
    early = boss.record("listing", {"price_vnd": 11}, held["id"])
    boss.sync()
    offer(boss, held)
    resolve(village, "accept")
    boss.sync()
    row = boss.sees("listing", held["id"])
    assert row.complete
    assert (row.fields["price_vnd"], row.stamps["price_vnd"]) == (11, early["at"])
    assert row.fields["product_name"] == held["row"]["product_name"]


def test_a_strangers_early_edit_does_not_keep_the_owners_value_out() -> None:
    village = Village()
    author, boss, stranger = village.phone(), village.manager(), village.phone()
    held = lost(village, author, boss, {"description": "thơm"})
    meddling = stranger.record("listing", {"price_vnd": 1}, held["id"])
    stranger.sync()
    offer(boss, held)
    resolve(village, "accept")
    boss.sync()
    assert boss.sees("listing", held["id"]).fields == held["row"]
    assert village.store.log[meddling["at"]].outcome == "rejected"


def test_a_void_whose_reason_was_said_anew_later_comes_back_a_void() -> None:
    """A void makes sense with a reason only, and the two may have stamps of different days."""
    village = Village()
    before = copy.deepcopy(village.store)
    author, office, boss = village.phone(), village.manager(), village.manager()
    sale = author.sell()
    author.record("sale", {"voided": True, "void_reason": "sai"}, sale["id"])
    author.sync()
    office.sync()
    village.now_ms += DAY_MS
    office.record("sale", {"void_reason": "nhầm giá"}, sale["id"])
    office.sync()
    boss.sync()
    held = boss.replica.confirmed["sale", sale["id"]]
    village.store = before
    boss.sync()
    offer(boss, held)
    resolve(village, "accept")
    boss.sync()
    back = boss.replica.confirmed["sale", held["id"]]
    assert (back["row"], back["at"], back["stamps"]) == (held["row"], held["at"], held["stamps"])
    assert back["derived"]["counts"] is False
    for phone in (office, author):
        assert {receipt["outcome"] for receipt in phone.sync()} == {"applied"}
    assert village.reviews("rejected") == village.reviews("conflict") == []


def test_a_stamp_ahead_of_the_server_is_not_believed() -> None:
    village = Village()
    boss = village.manager()
    held = lost(village, village.phone(), boss)
    offer(boss, held | {"stamps": {"price_vnd": "ffffffffffff-ffff-5f3a9c21"}})
    resolve(village, "accept")
    boss.sync()
    change = boss.replica.confirmed["listing", held["id"]]
    assert change["at"] == held["at"]
    assert list(change["stamps"]) == ["price_vnd"]
    assert change["stamps"]["price_vnd"].startswith(f"{village.now_ms:012x}")


def test_an_author_whose_word_differs_from_the_witness_is_asked_about() -> None:
    village = Village()
    author, boss = village.phone(), village.manager()
    held = lost(village, author, boss)
    offer(boss, held | {"row": held["row"] | {"price_vnd": 1}})
    resolve(village, "accept")
    author.sync()
    [conflict] = village.reviews("conflict")
    assert [side["value"] for side in conflict.sides] == [1, 350_000]


def test_dismissed_it_is_not_asked_again_and_the_author_may_still_come() -> None:
    village = Village()
    author, boss = village.phone(), village.manager()
    held = lost(village, author, boss)
    offer(boss, held)
    resolve(village, "dismiss", "Đã xoá trước đó")
    assert offer(boss, held) == 1
    assert village.reviews(KIND) == []
    boss.sync()
    assert boss.replica.confirmed == {}
    author.sync()
    boss.sync()
    assert ("listing", held["id"]) in boss.replica.confirmed


def test_a_server_restored_from_before_the_decision_is_offered_it_again() -> None:
    village = Village()
    boss = village.manager()
    held = lost(village, village.phone(), boss)
    before = copy.deepcopy(village.store)
    for _ in range(2):
        offer(boss, held)
        resolve(village, "accept")
        boss.sync()
        assert boss.sees("listing", held["id"]).fields == held["row"]
        village.store = copy.deepcopy(before)
        boss.sync()


@pytest.mark.parametrize("upgraded", ["before it is offered", "before it is accepted"])
def test_what_an_older_server_confirmed_is_said_as_the_newer_one_says_it(upgraded: str) -> None:
    village, registry = Village(), registry_of(1)
    boss = village.manager()
    boss.replica.registry = registry
    stamp = boss.replica.clock.read(village.now_ms)
    row = {"name": "Sùng Thị Mỷ", "language": "tiếng việt"}
    held = {"entity": "member", "id": village.id(), "at": stamp, "stamps": {}, "row": row}
    if upgraded == "before it is offered":
        boss.replica.registry = REGISTRY
    assert offer(boss, held) == 1
    resolve(village, "accept")
    assert village.store.rows["member", held["id"]].fields == {"name": "Sùng Thị Mỷ", "language": "vi"}
    assert village.reviews("rejected") == []
