"""Duplicates are no-ops: whatever is sent again, in whatever order, by whomever, answers the stored receipt."""

import random
from concurrent.futures import ThreadPoolExecutor

from .client import Mutation, Phone, Receipt
from .clock import YEAR_MS
from .goods import codes, listing, reviews, sale


def day_of_work(phone: Phone) -> list[Mutation]:
    """Applied, rejected, corrected, early and ahead-of-time mutations in the order of recording."""
    me = phone.member_id
    shop = phone.mutation("listing", listing(me))
    first = phone.mutation("sale", sale(me, listing_id=shop["id"]))
    return [
        shop,
        first,
        phone.mutation("sale", {"note": "trả tiền mai"}, first["id"]),
        phone.mutation("sale", sale(me, quantity_milli=-1)),
        phone.mutation("sale", {"voided": True, "void_reason": "nhầm"}, first["id"]),
        phone.mutation("sale", sale(me, replaces_id=first["id"])),
        phone.mutation("sale", {"note": "phiếu chưa tới"}),
        phone.mutation("sale", sale(me), at=phone.stamp(3 * YEAR_MS)),
    ]


def by_at(receipts: list[Receipt]) -> dict[str, Receipt]:
    return {receipt["at"]: receipt for receipt in receipts}


def test_receipts_come_in_the_order_of_the_mutations(member: Phone) -> None:
    mutations = day_of_work(member)
    answered = member.post(mutations).json()["receipts"]
    assert [receipt["at"] for receipt in answered[: len(mutations)]] == [one["at"] for one in mutations]
    assert [receipt["seq"] for receipt in answered] == sorted(receipt["seq"] for receipt in answered)


def test_replayed_push_changes_nothing(member: Phone) -> None:
    mutations = day_of_work(member)
    first = member.send(*mutations)
    member.sync()
    rows, cursor = dict(member.rows), member.cursor
    assert member.send(*mutations) == first
    answer = member.post().json()
    assert answer["changes"] == []
    assert member.sync().rows == rows
    assert cursor


def test_any_subset_in_any_order_answers_the_same_receipts(member: Phone) -> None:
    mutations = day_of_work(member)
    first = by_at(member.send(*mutations))
    dice = random.Random(7)
    for _ in range(12):
        subset = dice.sample(mutations, dice.randint(1, len(mutations)))
        assert by_at(member.send(*subset)).items() <= first.items()


def test_a_mutation_twice_in_one_request_has_one_receipt_twice(member: Phone) -> None:
    mutation = member.mutation("sale", sale(member.member_id))
    first, second = member.send(mutation, mutation)
    assert first == second
    assert first["outcome"] == "applied"


def test_a_clone_or_a_second_phone_that_sends_it_again_gets_the_stored_receipt(
    member: Phone, member_again: Phone, manager: Phone
) -> None:
    mutations = day_of_work(member)
    first = member.send(*mutations)
    assert member.clone().send(*mutations) == first
    assert member_again.send(*mutations) == first
    assert manager.send(*mutations) == first


def test_the_order_of_keys_and_a_resent_eff_make_no_other_content(member: Phone) -> None:
    mutation = member.mutation("sale", sale(member.member_id))
    first = member.send(mutation)
    shuffled = {name: mutation[name] for name in reversed(mutation)}
    shuffled["set"] = {name: mutation["set"][name] for name in sorted(mutation["set"])}
    assert member.send(shuffled | {"eff": mutation["at"]}) == first
    assert member.send(shuffled | {"eff": member.stamp(-YEAR_MS)}) == first


def test_the_same_at_with_other_content_is_rejected_and_the_first_stands(member: Phone) -> None:
    mutation = member.mutation("sale", sale(member.member_id, note="một"))
    first = member.send(mutation)
    others = [
        mutation | {"set": mutation["set"] | {"note": "hai"}},
        mutation | {"base": {"note": member.stamp(-1)}},
        member.mutation("listing", listing(member.member_id), at=mutation["at"]),
    ]
    for other in others:
        refused = member.send(other)[0]
        assert refused["outcome"] == "rejected"
        assert "at_taken" in codes(refused)
    assert member.send(mutation) == first
    member.sync()
    assert member.row(mutation).values["note"] == "một"
    assert not member.shows(others[-1])


def test_a_refused_mutation_is_kept_and_answers_the_same_again(member: Phone) -> None:
    mutation = member.mutation("sale", sale(member.member_id, unit_price_vnd=-5))
    first = member.send(mutation)
    assert first[0]["outcome"] == "rejected"
    assert "unit_price_vnd" in first[0]["errors"]
    assert member.send(mutation) == first


def test_concurrent_replays_from_many_threads_agree(member: Phone) -> None:
    mutations = day_of_work(member)
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda _: member.clone().send(*mutations), range(12)))
    assert all(answer == answers[0] for answer in answers)
    member.sync()
    assert member.row(mutations[1]).values["voided"] is True


def test_concurrent_first_arrivals_of_subsets_agree(member: Phone) -> None:
    """Only independent records: what each one is judged to be does not hang on the others."""
    mutations = [member.mutation("sale", sale(member.member_id)) for _ in range(20)]
    dice = random.Random(3)
    subsets = [dice.sample(mutations, 12) for _ in range(12)]
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda subset: member.clone().send(*subset), subsets))
    receipts = by_at(member.send(*mutations))
    for answer in answers:
        assert by_at(answer).items() <= receipts.items()
    member.sync()
    assert all(member.shows(mutation) for mutation in mutations)


def test_a_lost_answer_is_asked_for_again(member: Phone) -> None:
    mutation = member.record("sale", sale(member.member_id))
    lost = member.post(member.unsent())
    assert lost.status_code == 200
    member.sync()
    assert member.receipts[mutation["at"]] == lost.json()["receipts"][0]
    assert member.shows(mutation)


def test_a_refused_mutation_is_shown_to_the_manager(member: Phone, manager: Phone) -> None:
    mutation = member.mutation("sale", sale(member.member_id, payment="barter"))
    member.send(mutation)
    member.send(mutation)
    assert len(reviews(manager, "rejected", mutation)) == 1


def test_poison_that_is_sent_again_answers_the_same_and_is_shown_once(member: Phone, manager: Phone) -> None:
    whole = sale(member.member_id)
    poisons = [
        member.mutation("sale", whole | {"note": "\ud800"}),
        member.mutation("sale", whole | {"total_vnd": 10**30}),
        member.mutation("sale", whole | {"note": "nul\x00"}),
        member.mutation("sale", whole | {"note": "x" * 70_000}),
        member.mutation("bogus", whole),
        member.mutation("sale", whole) | {"v": None},
        member.mutation("sale", whole) | {"set": "none"},
    ]
    first = member.send(*poisons)
    assert {receipt["outcome"] for receipt in first} == {"rejected"}
    assert member.send(*poisons) == first
    for poison in poisons:
        assert len(reviews(manager, "rejected", poison)) == 1


def test_a_mutation_without_a_stamp_is_shown_once_however_often_it_comes(member: Phone, manager: Phone) -> None:
    poison = member.mutation("sale", sale(member.member_id)) | {"at": "soon"}
    for _ in range(3):
        assert member.send(poison)[0]["outcome"] == "rejected"
    assert len(reviews(manager, "rejected", poison)) == 1
