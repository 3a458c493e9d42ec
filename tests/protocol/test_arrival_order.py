"""Given their effective stamps, last-writer fields end the same in any order of arrival."""

import itertools
import random
from typing import Any

import pytest

from .client import Mutation, Phone
from .clock import MINUTE_MS, YEAR_MS, new_session, now_ms, stamp
from .clock import uuid7 as fresh_id
from .goods import listing, sale, stock_entry

FIELDS: dict[str, list[Any]] = {
    "description": ["sương", "nắng", "mưa"],
    "price_vnd": [1, 2, 3],
    "status": ["offered", "withdrawn"],
    "product_name": ["Chè", "Trà"],
}
SESSIONS = 4


def edits_of(dice: random.Random, begin_ms: int) -> list[Mutation]:
    """A listing's creation and edits by several sessions; sessions are named 0…3, ids left open."""
    values: dict[str, Any] = listing(None, description="gốc", status="offered")
    made: list[Mutation] = [{"at": stamp(begin_ms, 0, "0"), "v": 1, "entity": "listing", "set": values, "base": {}}]
    for number in range(1, 9):
        names = dice.sample(sorted(FIELDS), dice.randint(1, 3))
        fields = {name: dice.choice(FIELDS[name]) for name in names}
        at = stamp(begin_ms + number * dice.choice([1, 40]) + number, 0, str(dice.randrange(SESSIONS)))
        earlier = [one for one in made if one["at"] < at]
        base = {}
        for name in fields:
            before = [one["at"] for one in earlier if name in one["set"]]
            if before and dice.random() < 0.7:
                base[name] = dice.choice(before)
        made.append({"at": at, "v": 1, "entity": "listing", "set": fields, "base": base})
    return made


def named(at: str, session: str) -> str:
    """A session's open name becomes that of this run; their order stays."""
    return f"{at[:18]}{session[:7]}{at[18:]}"


def in_this_run(mutation: Mutation, record_id: str, session: str) -> Mutation:
    base = {name: named(at, session) for name, at in mutation["base"].items()}
    return mutation | {"id": record_id, "at": named(mutation["at"], session), "base": base}


def outcome_of(phone: Phone, made: list[Mutation], order: list[int], record_id: str) -> tuple[Any, Any]:
    """The row's values and its stamps (sessions by their open name) after arrival in this order."""
    session = new_session()
    here = [in_this_run(mutation, record_id, session) for mutation in made]
    for index in order:
        assert phone.send(here[index])[0]["outcome"] in ("applied", "merged")
    row = phone.sync().row(here[0])
    return row.values, {name: at[:18] + at[-1] for name, at in row.stamps.items()}


def expected(made: list[Mutation]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for mutation in sorted(made, key=lambda one: str(one["at"])):
        values |= mutation["set"]
    return values


@pytest.mark.parametrize("seed", range(4))
def test_any_order_of_arrival_gives_the_same_row(manager: Phone, seed: int) -> None:
    dice = random.Random(seed)
    made = edits_of(dice, now_ms() - MINUTE_MS)
    orders = [dice.sample(range(len(made)), len(made)) for _ in range(4)]
    results = [outcome_of(manager, made, order, fresh_id()) for order in [*orders, list(range(len(made)))]]
    assert all(result == results[0] for result in results)
    assert results[0][0] == expected(made)


def test_every_order_of_three_writers_gives_the_same_row(manager: Phone) -> None:
    begin = now_ms() - MINUTE_MS
    created = {
        "at": stamp(begin, 0, "0"),
        "v": 1,
        "entity": "listing",
        "set": listing(None),
        "base": {},
    }
    rival = [
        created
        | {
            "at": stamp(begin + 1, 0, name),
            "set": {"price_vnd": int(name)},
            "base": {"price_vnd": created["at"]},
        }
        for name in "123"
    ]
    made = [created, *rival]
    results = [outcome_of(manager, made, list(order), fresh_id()) for order in itertools.permutations(range(4))]
    assert all(result == results[0] for result in results)
    assert results[0][0]["price_vnd"] == 3


def test_the_same_mutations_in_two_cooperatives_move_the_digests_alike(manager: Phone, other_manager: Phone) -> None:
    """One id, the same stamps, another order: the fingerprints are the same."""
    dice = random.Random(11)
    made, record_id, session = edits_of(dice, now_ms() - MINUTE_MS), fresh_id(), new_session()
    here = [in_this_run(mutation, record_id, session) for mutation in made]
    manager.send(*here)
    for mutation in dice.sample(here, len(here)):
        other_manager.send(mutation)
    mine, theirs = manager.sync().row(here[0]), other_manager.sync().row(here[0])
    assert (mine.values, mine.stamps) == (theirs.values, theirs.stamps)
    assert manager.checked
    assert other_manager.checked


def test_resent_effs_give_the_same_row_on_a_server_that_lost_them(manager: Phone, other_manager: Phone) -> None:
    """What one server decided about wrong clocks stands on another that gets the mutations in another order."""
    year_ahead = manager.stamp(365 * 24 * 60 * MINUTE_MS)[:12]
    created = manager.record("listing", listing(None), at=f"{year_ahead}-0000-{manager.clock.session}")
    manager.record("listing", {"price_vnd": 9}, created["id"], at=f"{year_ahead}-0001-{manager.clock.session}")
    manager.sync()
    sent = list(manager.outbox)
    assert all("eff" in mutation for mutation in sent)
    other_manager.send(*reversed(sent))
    assert other_manager.sync().row(created).stamps == manager.row(created).stamps


def day_of_one_member(phone: Phone) -> list[Mutation]:
    """A listing, stock, sales, edits, a void, corrections: one session, everything its own."""
    me = phone.member_id
    shop = phone.mutation("listing", listing(me))
    bad_entry = phone.mutation("stock_entry", stock_entry(me, shop["id"], quantity_milli=9_000))
    first = phone.mutation("sale", sale(me, listing_id=shop["id"], sold_at="2026-01-01T00:00:00Z"))
    second = phone.mutation("sale", first["set"] | {"replaces_id": first["id"]})
    third = phone.mutation("sale", first["set"] | {"replaces_id": second["id"], "quantity_milli": 100})
    return [
        shop,
        bad_entry,
        phone.mutation("stock_entry", stock_entry(me, shop["id"], quantity_milli=1_000)),
        phone.mutation("stock_entry", {"voided": True, "note": "ghi nhầm"}, bad_entry["id"]),
        first,
        phone.mutation("sale", {"voided": True, "void_reason": "nhầm"}, first["id"]),
        second,
        phone.mutation("sale", {"note": "một"}, second["id"]),
        phone.mutation("sale", {"note": "hai"}, second["id"]),
        phone.mutation("sale", {"voided": True, "void_reason": "nhầm"}, second["id"]),
        third,
        phone.mutation("listing", {"price_vnd": 5}, shop["id"]),
    ]


@pytest.mark.parametrize("seed", range(6))
def test_a_members_day_in_any_order_derives_the_same(member: Phone, seed: int) -> None:
    day = day_of_one_member(member.restart())
    order = list(range(len(day)))
    random.Random(seed).shuffle(order)
    for index in order:
        assert member.send(day[index])[0]["outcome"] == "applied"
    member.sync()
    shop, first, second, third = (member.row(day[index]) for index in (0, 4, 6, 10))
    assert shop.derived["left_milli"] == 900
    assert (shop.values["price_vnd"], second.values["note"]) == (5, "hai")
    assert [row.derived["counts"] for row in (first, second, third)] == [False, False, True]
    assert [row.derived["open_reviews"] for row in (shop, first, second, third)] == [0, 0, 0, 0]
    for mutation in day:
        stamps = member.row(mutation).stamps
        latest = {name: one["at"] for one in day if one["id"] == mutation["id"] for name in one["set"]}
        assert stamps == latest


@pytest.mark.parametrize("prices", [(1, 2), (2, 1)])
@pytest.mark.parametrize("drift_ms", [-YEAR_MS, YEAR_MS])
def test_equal_effective_stamps_of_one_session_end_alike_in_both_orders(
    member: Phone, drift_ms: int, prices: tuple[int, int]
) -> None:
    """Two edits of one value, both raised one tick above it: the stamps tie, and no digest would tell."""
    ends = []
    for turned in (False, True):
        shop = member.record("listing", listing(member.member_id), at=member.stamp(-MINUTE_MS))
        member.sync()
        member.restart(drift_ms)
        edits = [
            member.mutation("listing", {"price_vnd": price}, shop["id"], at=member.stamp(number))
            for number, price in enumerate(prices)
        ]
        receipts = [member.send(edit)[0] for edit in (reversed(edits) if turned else edits)]
        assert [receipt["outcome"] for receipt in receipts] == ["applied", "applied"]
        assert receipts[0]["eff"] == receipts[1]["eff"]
        member.restart().sync()
        ends.append(member.row(shop).values["price_vnd"])
    assert ends[0] == ends[1]
