"""Clocks are recorded, never trusted: what becomes of stamps from phones that are ahead, behind or years off."""

import pytest

from .client import Mutation, Phone
from .clock import (
    DAY_MS,
    MINUTE_MS,
    YEAR_MS,
    ms_of,
    now_ms,
    session_of,
    stamp,
    tick_above,
)
from .goods import instant, listing, reviews, sale

HOUR_MS = 60 * MINUTE_MS


def zero(phone: Phone) -> str:
    return stamp(0, 0, phone.clock.session)


@pytest.fixture
def shop(member: Phone, manager: Phone) -> Mutation:
    created = member.record("listing", listing(member.member_id), at=member.stamp(-HOUR_MS))
    member.sync()
    manager.sync()
    return created


def test_a_clock_a_little_ahead_is_taken_as_it_is(other_member: Phone) -> None:
    at = other_member.stamp(4 * MINUTE_MS)
    receipt = other_member.send(other_member.mutation("sale", sale(other_member.member_id), at=at))[0]
    assert receipt["outcome"] == "applied"
    assert not {"eff", "clock"} & set(receipt)


@pytest.mark.parametrize("ahead_ms", [6 * MINUTE_MS, DAY_MS, 10 * YEAR_MS, 900 * YEAR_MS])
def test_a_clock_far_ahead_gets_the_zero_stamp_of_its_session(member: Phone, ahead_ms: int) -> None:
    mutation = member.mutation("sale", sale(member.member_id), at=member.stamp(ahead_ms))
    receipt = member.send(mutation)[0]
    assert (receipt["outcome"], receipt["eff"], receipt["clock"]) == (
        "applied",
        zero(member),
        "ahead",
    )
    row = member.sync().row(mutation)
    assert set(row.stamps.values()) == {zero(member)}


def test_the_greatest_stamp_of_all_is_taken(member: Phone) -> None:
    at = f"{'f' * 12}-ffff-{member.clock.session}"
    receipt = member.send(member.mutation("sale", sale(member.member_id), at=at))[0]
    assert (receipt["outcome"], receipt["eff"]) == ("applied", zero(member))


@pytest.mark.parametrize("behind_ms", [HOUR_MS, 10 * YEAR_MS, 50 * YEAR_MS])
def test_a_clock_behind_is_taken_as_it_is(member: Phone, behind_ms: int) -> None:
    mutation = member.mutation("sale", sale(member.member_id), at=member.stamp(-behind_ms))
    receipt = member.send(mutation)[0]
    assert receipt["outcome"] == "applied"
    assert not {"eff", "clock"} & set(receipt)
    assert set(member.sync().row(mutation).stamps.values()) == {mutation["at"]}


def test_eff_is_one_tick_above_the_stamp_that_its_base_names(shop: Mutation, manager: Phone) -> None:
    edit = manager.mutation("listing", {"price_vnd": 5}, shop["id"], at=manager.stamp(-DAY_MS))
    receipt = manager.send(edit)[0]
    assert receipt["eff"] == tick_above(shop["at"], manager.clock.session)
    assert receipt.get("clock") is None


def test_eff_is_above_the_greatest_of_several_bases(shop: Mutation, member: Phone, manager: Phone) -> None:
    member.record("listing", {"price_vnd": 6}, shop["id"])
    member.sync()
    manager.sync()
    values = {"price_vnd": 7, "product_name": "Chè đen"}
    edit = manager.mutation("listing", values, shop["id"], at=manager.stamp(-DAY_MS))
    assert len(set(edit["base"].values())) == 2
    receipt = manager.send(edit)[0]
    assert receipt["eff"] == tick_above(max(edit["base"].values()), manager.clock.session)
    manager.sync()
    assert {name: manager.row(shop).values[name] for name in values} == values


def test_the_raised_counter_carries_into_the_milliseconds(member: Phone, manager: Phone) -> None:
    created = member.record("listing", listing(member.member_id), at=member.stamp(-HOUR_MS, counter=0xFFFF))
    member.sync()
    manager.sync()
    edit = manager.mutation("listing", {"price_vnd": 5}, created["id"], at=manager.stamp(-DAY_MS))
    session = manager.clock.session
    assert manager.send(edit)[0]["eff"] == stamp(ms_of(created["at"]) + 1, 0, session)


def test_a_phone_ahead_never_loses_to_what_it_built_on(shop: Mutation, manager: Phone) -> None:
    edit = manager.mutation("listing", {"price_vnd": 5}, shop["id"], at=manager.stamp(2 * YEAR_MS))
    receipt = manager.send(edit)[0]
    assert (receipt["outcome"], receipt["clock"]) == ("applied", "ahead")
    assert receipt["eff"] == tick_above(shop["at"], manager.clock.session)
    assert manager.sync().row(shop).values["price_vnd"] == 5


@pytest.mark.parametrize("ahead_first", [False, True])
def test_a_phone_ahead_loses_races_with_a_review(
    shop: Mutation, member: Phone, manager: Phone, ahead_first: bool
) -> None:
    ahead = manager.mutation("listing", {"price_vnd": 5}, shop["id"], at=manager.stamp(2 * YEAR_MS))
    right = member.mutation("listing", {"price_vnd": 6}, shop["id"])
    arrivals = [(manager, ahead), (member, right)] if ahead_first else [(member, right), (manager, ahead)]
    outcomes = [phone.send(mutation)[0]["outcome"] for phone, mutation in arrivals]
    assert outcomes == ["applied", "merged"]
    assert member.sync().row(shop).values["price_vnd"] == 6
    assert len(reviews(manager, "conflict", shop)) == 1


def test_a_chain_recorded_ahead_keeps_its_order(member: Phone) -> None:
    created = member.record("listing", listing(member.member_id), at=member.stamp(YEAR_MS))
    first = member.record("listing", {"price_vnd": 1}, created["id"], at=member.stamp(YEAR_MS + 1))
    second = member.record("listing", {"price_vnd": 2}, created["id"], at=member.stamp(YEAR_MS + 2))
    assert (first["base"], second["base"]) == (
        {"price_vnd": created["at"]},
        {"price_vnd": first["at"]},
    )
    effs = [receipt["eff"] for receipt in member.send(created, first, second)]
    session = member.clock.session
    assert effs == [zero(member), tick_above(zero(member), session), stamp(0, 2, session)]
    assert member.restart().sync().row(created).values["price_vnd"] == 2


def test_records_that_share_a_zero_stamp_are_told_apart(member: Phone, manager: Phone) -> None:
    """Two records made ahead in one session have one eff; a base that names it means the edited record's."""
    made = [
        member.record("listing", listing(member.member_id), at=member.stamp(YEAR_MS + number)) for number in range(2)
    ]
    member.sync()
    manager.sync()
    for shop in made:
        edit = manager.mutation("listing", {"price_vnd": 5}, shop["id"])
        assert edit["base"] == {"price_vnd": zero(member)}
        assert manager.send(edit)[0]["outcome"] == "applied"
    blind = member.mutation("listing", {"price_vnd": 6}, made[0]["id"], base={"price_vnd": zero(member)})
    assert member.send(blind)[0]["outcome"] == "merged"
    assert len(reviews(manager, "conflict", made[0])) == 1
    assert reviews(manager, "conflict", made[1]) == []


def test_a_phone_ahead_whose_base_the_log_lacks_gets_the_servers_time(member: Phone) -> None:
    lost = member.stamp(YEAR_MS)
    edit = member.mutation("listing", listing(member.member_id), at=member.stamp(2 * YEAR_MS), base={"price_vnd": lost})
    receipt = member.send(edit)[0]
    assert receipt["clock"] == "ahead"
    assert abs(ms_of(receipt["eff"]) - now_ms()) < MINUTE_MS
    assert session_of(receipt["eff"]) == member.clock.session


def test_an_unknown_base_does_not_raise_a_right_clock(member: Phone) -> None:
    later = member.stamp(3 * MINUTE_MS)
    edit = member.mutation("listing", listing(member.member_id), at=member.stamp(), base={"price_vnd": later})
    receipt = member.send(edit)[0]
    assert receipt["outcome"] == "applied"
    assert "eff" not in receipt


def test_a_resent_eff_is_taken_up_by_a_server_that_lost_the_mutation(member: Phone) -> None:
    given = stamp(0, 3, member.clock.session)
    mutation = member.mutation("sale", sale(member.member_id), at=member.stamp(YEAR_MS), eff=given)
    assert member.send(mutation)[0]["eff"] == given
    assert set(member.sync().row(mutation).stamps.values()) == {given}


def test_a_resent_eff_of_a_right_clock_is_taken_up(member: Phone) -> None:
    given = member.stamp(-HOUR_MS, counter=9)
    mutation = member.mutation("sale", sale(member.member_id), eff=given)
    receipt = member.send(mutation)[0]
    assert receipt["eff"] == given
    assert receipt.get("clock") is None


def test_a_resent_eff_far_ahead_is_not_believed(member: Phone) -> None:
    mutation = member.mutation("sale", sale(member.member_id), eff=member.stamp(HOUR_MS))
    receipt = member.send(mutation)[0]
    assert receipt["outcome"] == "applied"
    assert receipt.get("eff", mutation["at"]) == mutation["at"]


@pytest.mark.parametrize("eff", [5, "", "soon", None, ["x"], "0199aa5be8f0-0000-5f3a9c2", "\ud800", "zz" * 13])
def test_an_eff_that_is_no_stamp_harms_nothing(member: Phone, eff: object) -> None:
    good = member.mutation("sale", sale(member.member_id))
    odd = member.mutation("sale", sale(member.member_id), eff=eff)
    assert member.send(odd, good)[1]["outcome"] == "applied"
    member.sync()


def test_a_phone_that_is_told_restarts_its_clock(member: Phone) -> None:
    member.restart(drift_ms=3 * YEAR_MS)
    member.record("sale", sale(member.member_id))
    member.sync()
    right = member.record("sale", sale(member.member_id))
    assert abs(ms_of(right["at"]) - now_ms()) < 6 * MINUTE_MS
    member.sync()
    assert "eff" not in member.receipts[right["at"]]


@pytest.mark.parametrize("days", [1, 30, -401, -4000])
def test_an_odd_day_of_sale_is_taken_and_looked_at(member: Phone, manager: Phone, days: int) -> None:
    mutation = member.record("sale", sale(member.member_id, sold_at=instant(days=days)))
    member.sync()
    assert member.receipts[mutation["at"]]["outcome"] == "applied"
    assert len(reviews(manager, "odd_date", mutation)) == 1
    assert member.row(mutation).derived["open_reviews"] == 1


@pytest.mark.parametrize("days", [0, -1, -399])
def test_a_day_of_sale_within_a_year_opens_nothing(member: Phone, manager: Phone, days: int) -> None:
    mutation = member.record("sale", sale(member.member_id, sold_at=instant(days=days, minutes=-1)))
    member.sync()
    assert reviews(manager, "odd_date", mutation) == []
