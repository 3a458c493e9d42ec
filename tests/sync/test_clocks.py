"""Rule 6: clocks are recorded, never trusted."""

import pytest

from sync.stamps import ms_of, pack, session_of
from tests.sync.village import DAY_MS, MINUTE_MS, Village

YEAR_MS = 365 * DAY_MS


def test_a_phone_years_ahead_is_told_and_loses_races_but_nothing_is_lost() -> None:
    village = Village()
    member, manager = village.phone(), village.manager()
    id = member.list_goods()["id"]
    member.sync()
    manager.sync()
    member.drift_ms = 10 * YEAR_MS
    ahead = member.record("listing", {"price_vnd": 1}, id)
    manager.record("listing", {"price_vnd": 2}, id)
    manager.sync()
    [receipt] = member.sync()
    assert receipt["clock"] == "ahead"
    assert receipt["outcome"] == "merged"
    assert receipt["eff"] != ahead["at"]
    assert member.sees("listing", id).fields["price_vnd"] == 2
    assert len(village.reviews("conflict")) == 1


def test_what_a_phone_ahead_builds_on_what_it_saw_wins_over_it() -> None:
    village = Village()
    member, manager = village.phone(), village.manager()
    id = manager.list_goods(member_id=member.account)["id"]
    manager.sync()
    member.sync()
    member.drift_ms = 10 * YEAR_MS
    member.record("listing", {"price_vnd": 1}, id)
    [receipt] = member.sync()
    assert receipt["outcome"] == "applied"
    assert ms_of(receipt["eff"]) < village.now_ms + 5 * MINUTE_MS
    manager.sync()
    assert manager.sees("listing", id).fields["price_vnd"] == 1


def test_a_fresh_record_from_a_clock_ahead_is_stamped_zero_whenever_it_arrives() -> None:
    village = Village()
    phone = village.phone()
    phone.drift_ms = YEAR_MS
    mutation = phone.sell()
    [receipt] = phone.receipts([mutation])
    assert receipt["eff"] == pack(0, 0, session_of(mutation["at"]))


def test_a_base_that_the_log_lacks_gives_the_servers_time() -> None:
    village = Village()
    phone = village.phone()
    phone.drift_ms = YEAR_MS
    mutation = phone.list_goods() | {"base": {"price_vnd": pack(5, 5, "0000000a")}}
    [receipt] = phone.receipts([mutation])
    assert ms_of(receipt["eff"]) == village.now_ms


def test_of_two_writes_of_a_clock_ahead_without_a_base_the_later_wins_in_any_order() -> None:
    for order in ([0, 1, 2], [0, 2, 1]):
        village = Village()
        phone = village.phone()
        phone.drift_ms = YEAR_MS
        listing = phone.list_goods()
        edits = [phone.record("listing", {"description": text}, listing["id"]) | {"base": {}} for text in ("b", "a")]
        sent = [listing, *edits]
        receipts = phone.receipts([sent[number] for number in order])
        assert len({receipt["eff"] for receipt in receipts}) == 1
        phone.sync()
        assert phone.push([])["changes"][0]["row"]["description"] == "a"


def test_five_minutes_ahead_is_still_taken_at_its_word() -> None:
    village = Village()
    phone = village.phone()
    phone.drift_ms = 5 * MINUTE_MS
    [receipt] = phone.receipts([phone.sell()])
    assert "eff" not in receipt
    assert "clock" not in receipt


def test_after_being_told_the_phone_stamps_by_the_servers_time() -> None:
    village = Village()
    phone = village.phone()
    phone.drift_ms = YEAR_MS
    phone.sell()
    phone.sync()
    phone.drift_ms = 0
    assert ms_of(phone.sell()["at"]) <= village.now_ms + 1
    assert phone.replica.checked


def test_a_resent_effective_stamp_is_kept() -> None:
    village = Village()
    phone = village.phone()
    phone.drift_ms = YEAR_MS
    mutation = phone.sell()
    eff = pack(village.now_ms - 1000, 3, session_of(mutation["at"]))
    [receipt] = phone.receipts([mutation | {"eff": eff}])
    assert receipt["eff"] == eff


def test_a_resent_stamp_of_another_session_is_not_believed() -> None:
    village = Village()
    phone = village.phone()
    mutation = phone.sell()
    [receipt] = phone.receipts([mutation | {"eff": pack(village.now_ms - 1000, 3, "0000000b")}])
    assert "eff" not in receipt


def test_an_effective_stamp_does_not_depend_on_what_else_is_in_the_request() -> None:
    effs = []
    for beside in (False, True):
        village = Village()
        phone = village.phone()
        phone.drift_ms = YEAR_MS
        listing = phone.list_goods()
        other = phone.sell()
        [listed, _] = phone.receipts([listing, other])
        edit = phone.record("listing", {"price_vnd": 1}, listing["id"]) | {"base": {"price_vnd": listed["eff"]}}
        effs.append(phone.receipts([other, edit] if beside else [edit])[-1]["eff"])
    assert effs[0] == effs[1]


@pytest.mark.parametrize("days", [-401, 1])
def test_a_sale_dated_long_ago_or_in_the_future_is_taken_and_asked_about(days: int) -> None:
    village = Village()
    phone = village.phone()
    from sync.review import instant

    [receipt] = phone.receipts([phone.sell(sold_at=instant(village.now_ms + days * DAY_MS))])
    assert receipt["outcome"] == "applied"
    assert len(village.reviews("odd_date")) == 1
