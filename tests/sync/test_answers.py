"""What each answer to a review does to the books, and that its note reaches the phone of whoever it is about."""

from typing import Any

import pytest

from server.entities import REGISTRY, registry_of
from server.entities.definition import DATA_VERSION
from sync.decide import Decision
from sync.errors import DecisionError, ReviewChangedError
from sync.learn import learn
from sync.rules import MANAGER
from tests.sync.village import COOP, DAY_MS, Phone, Village

BOSS = "0199aa5b-0000-7000-8000-00000000b055"
NOTE = "Chị xem lại nhé"


def only(village: Village, kind: str) -> Any:
    [review] = village.reviews(kind)
    return review


def resolve(village: Village, review: Any, action: str, value: Any = None, note: str | None = NOTE) -> Any:
    rows = village.store.records(review.entity, [review.record_id])
    stamps = dict(rows[0].stamps) if rows else {}
    return village.decide(Decision(review.id, BOSS, action, stamps, note, value))


def contested() -> tuple[Village, Phone, Phone, str]:
    """A price that the manager and a member's own phone changed without having seen each other; the member's stands."""
    village = Village()
    member, manager = village.phone(), village.manager()
    id = member.list_goods()["id"]
    member.sync()
    manager.sync()
    manager.record("listing", {"price_vnd": 300_000}, id)
    village.now_ms += DAY_MS
    member.record("listing", {"price_vnd": 400_000}, id)
    manager.sync()
    member.sync()
    return village, member, manager, id


@pytest.mark.parametrize(
    ("action", "value", "price_vnd"),
    [("keep", None, 400_000), ("take", 0, 300_000), ("take", 1, 400_000), ("set", 350_000, 350_000)],
)
def test_a_decided_conflict_stands_on_every_phone_with_its_note(action: str, value: Any, price_vnd: int) -> None:
    village, member, manager, id = contested()
    done = resolve(village, only(village, "conflict"), action, value)
    assert (done.status, done.resolved_by, done.action, done.value) == ("resolved", BOSS, action, value)
    for phone in (member, manager):
        phone.sync()
        assert phone.sees("listing", id).fields["price_vnd"] == price_vnd
        assert phone.sees("listing", id).derived["review_note"] == NOTE
        assert phone.sees("listing", id).derived["open_reviews"] == 0
        assert phone.replica.checked
    last = village.store.history("listing", [id])[-1]
    assert (last.account, last.role, last.set) == (COOP, MANAGER, {"price_vnd": price_vnd})
    assert done.keys[-1] == last.key, "the decision names what it wrote"


def test_who_edits_after_seeing_the_decision_asks_nobody_again() -> None:
    village, member, _, id = contested()
    resolve(village, only(village, "conflict"), "set", 350_000)
    member.sync()
    member.record("listing", {"price_vnd": 360_000}, id)
    member.sync()
    assert member.sees("listing", id).fields["price_vnd"] == 360_000
    assert village.reviews("conflict") == []


def test_stock_is_counted_again_where_too_much_was_sold() -> None:
    village = Village()
    phone = village.phone()
    listing = phone.list_goods()["id"]
    phone.sell(listing_id=listing)
    phone.sync()
    resolve(village, only(village, "oversold"), "set", 1500)
    phone.sync()
    assert phone.sees("listing", listing).derived["left_milli"] == 1500
    assert phone.sees("listing", listing).derived["review_note"] == NOTE
    assert village.reviews("oversold") == []
    assert phone.replica.checked


def test_of_two_corrections_of_one_sale_one_is_voided() -> None:
    village = Village()
    phone = village.phone()
    wrong = phone.sell()["id"]
    phone.sync()
    first, second = phone.sell(replaces_id=wrong)["id"], phone.sell(replaces_id=wrong, total_vnd=600_000)["id"]
    phone.sync()
    resolve(village, only(village, "duplicate_sale"), "void", first)
    phone.sync()
    assert phone.sees("sale", first).fields["voided"] is True
    assert phone.sees("sale", first).fields["void_reason"] == "twice"
    assert phone.sees("sale", first).derived["review_note"] == NOTE
    assert phone.sees("sale", second).derived["counts"] is True
    assert village.reviews("duplicate_sale") == []


def test_a_wrong_day_is_corrected_by_a_void_and_a_new_sale() -> None:
    village = Village()
    phone = village.phone()
    odd = phone.sell(sold_at="2031-01-01T00:00:00Z", buyer_name="cô Lan")["id"]
    phone.sync()
    resolve(village, only(village, "odd_date"), "set", {"sold_at": "2026-11-17T00:00:00Z"})
    phone.sync()
    assert phone.sees("sale", odd).fields["voided"] is True
    [(_, id)] = [key for key in phone.replica.confirmed if key[0] == "sale" and key[1] != odd]
    new = phone.sees("sale", id)
    assert (new.fields["sold_at"], new.fields["replaces_id"]) == ("2026-11-17T00:00:00Z", odd)
    assert (new.fields["member_id"], new.fields["buyer_name"]) == (phone.account, "cô Lan")
    assert (new.derived["counts"], new.derived["review_note"]) == (True, NOTE)
    assert phone.replica.checked
    assert village.reviews("odd_date") == []


def test_an_odd_day_is_voided_or_let_be() -> None:
    village = Village()
    phone = village.phone()
    voided, right = phone.sell(sold_at="2031-01-01T00:00:00Z")["id"], phone.sell(sold_at="2031-01-02T00:00:00Z")["id"]
    phone.sync()
    by_record = {review.record_id: review for review in village.reviews("odd_date")}
    resolve(village, by_record[voided], "void")
    resolve(village, by_record[right], "dismiss")
    phone.sync()
    assert phone.sees("sale", voided).derived["counts"] is False
    assert phone.sees("sale", right).derived["counts"] is True
    assert [phone.sees("sale", id).derived["review_note"] for id in (voided, right)] == [NOTE, NOTE]


def test_a_manager_vouches_for_what_its_author_had_no_right_to() -> None:
    village = Village()
    owner, helper = village.phone(), village.phone()
    sale = owner.sell()["id"]
    owner.sync()
    edit = helper.record("sale", {"note": "nợ 50 nghìn"}, sale)
    helper.sync()
    resolve(village, only(village, "rejected"), "accept")
    owner.sync()
    assert owner.sees("sale", sale).fields["note"] == "nợ 50 nghìn"
    [receipt] = helper.sync()
    assert (receipt["at"], receipt["outcome"], receipt["note"]) == (edit["at"], "applied", NOTE)
    assert owner.replica.checked
    assert village.reviews("rejected") == []


def test_nobody_can_vouch_for_what_makes_no_sense() -> None:
    village = Village()
    phone = village.phone()
    sale = phone.sell()["id"]
    phone.sync()
    phone.record("sale", {"total_vnd": 1}, sale)
    phone.sync()
    review = only(village, "rejected")
    with pytest.raises(DecisionError, match="action: impossible"):
        resolve(village, review, "accept")
    assert only(village, "rejected").id == review.id
    assert village.store.log[review.about].role == "member"


def test_what_never_became_whole_can_be_put_away() -> None:
    village = Village()
    phone = village.phone()
    phone.record("sale", {"note": "sớm"}, village.id())
    phone.sync()
    village.now_ms += 8 * DAY_MS
    phone.sync()
    resolve(village, only(village, "incomplete"), "dismiss")
    phone.sync()
    assert village.reviews("incomplete") == []


@pytest.mark.parametrize(
    ("action", "value", "told"),
    [
        ("take", 2, "value: unknown"),
        ("take", True, "value: unknown"),
        ("take", None, "value: required"),
        ("keep", 1, "value: unexpected"),
        ("set", -1, "value: min"),
        ("set", "x", "value: invalid"),
        ("void", None, "action: unknown"),
    ],
)
def test_an_answer_that_makes_no_sense_is_told_and_changes_nothing(action: str, value: Any, told: str) -> None:
    village, _, _, id = contested()
    seq = village.store.state.seq
    with pytest.raises(DecisionError) as error:
        resolve(village, only(village, "conflict"), action, value)
    assert str(error.value).split(":")[0] == told.split(":")[0]
    assert village.store.state.seq == seq
    assert village.store.records("listing", [id])[0].fields["price_vnd"] == 400_000


def test_two_values_set_by_one_person_are_two_decisions() -> None:
    village, _, _, _ = contested()
    review = only(village, "conflict")
    resolve(village, review, "set", 350_000)
    with pytest.raises(ReviewChangedError):
        resolve(village, review, "set", 360_000)


def test_a_side_that_an_older_release_kept_is_taken_in_the_words_of_today() -> None:
    village = Village(registry=registry_of(1))
    member, manager = village.phone(), village.manager()
    id = member.account
    manager.push([old_words(manager, id, {"name": "Sùng Thị Mỷ", "language": "Anh"})])
    village.now_ms += DAY_MS
    member.push([old_words(member, id, {"language": "Dao"})])
    village.registry = REGISTRY
    learn(village.store, REGISTRY, 1, village.now_ms, village.session())
    resolve(village, only(village, "conflict"), "take", 0)
    assert village.store.records("member", [id])[0].fields["language"] == "en"
    last = village.store.history("member", [id])[-1]
    assert (last.v, last.set) == (DATA_VERSION, {"language": "en"})


def old_words(phone: Phone, id: str, values: dict[str, Any]) -> dict[str, Any]:
    return phone.record("member", values, id) | {"v": 1}
