"""Requests that meet in the middle on PostgreSQL: whatever the order, it is as if one had come after the other."""

from collections.abc import Callable
from typing import Any

import pytest

from server import database
from server.database import writing
from server.reconcile import own_author
from server.store import SqlStore
from tests.stores.interleaving import COMMIT, Run, wait_until_locked_out
from tests.stores.market import BusyError, Market, Phone


@pytest.fixture
def market(postgresql_market: Market) -> Market:
    return postgresql_market


@pytest.fixture
def locked_out(migrated_postgresql_url: str) -> Callable[..., None]:
    return lambda *runs: wait_until_locked_out(migrated_postgresql_url, *runs)


@pytest.fixture
def owner(market: Market) -> Phone:
    return market.phone(market.account()).sync()


@pytest.fixture
def manager(market: Market) -> Phone:
    return market.phone(market.account("manager")).sync()


@pytest.fixture
def reader(market: Market, manager: Phone) -> Phone:
    """The manager's second phone: it only reads."""
    return market.phone(manager.account).sync()


def before_save(_nth: int, statement: str) -> bool:
    """The last moment at which nothing of a push was written."""
    return statement.startswith("UPDATE coop_counter")


def before_commit_of_save(runs: list[str]) -> Callable[[int, str], bool]:
    """The commit that follows a save, not one of a transaction that only looked up the token."""

    def stop(_nth: int, statement: str) -> bool:
        runs.append(statement)
        return statement == COMMIT and any(one.startswith("UPDATE coop_counter") for one in runs)

    return stop


def before_lock(_nth: int, statement: str) -> bool:
    return "coop_counter" in statement and statement.endswith("FOR UPDATE")


def receipts(phone: Phone, mutations: list[Any]) -> list[Any]:
    body = {"replica": phone.replica.id, "cursor": None, "limit": 1, "mutations": mutations}
    found: list[Any] = phone.post(body)["receipts"][: len(mutations)]
    return found


def test_no_page_between_two_commits_skips_a_change(
    market: Market, locked_out: Callable[..., None], owner: Phone, manager: Phone, reader: Phone
) -> None:
    first_sale, second_sale = owner.sell(), manager.sell(member_id=None)
    first = Run(owner.exchange, before_commit_of_save([])).held()
    second = Run(manager.exchange).start()
    locked_out(second)
    assert reader.exchange()["changes"] == []
    first.finish()
    second.finish()
    changes = reader.exchange()["changes"]
    assert [change["id"] for change in changes] == [first_sale["id"], second_sale["id"]]
    market.everyone_agrees()


def test_two_edits_of_one_value_that_meet_at_any_statement_end_as_one_after_the_other(
    market: Market, locked_out: Callable[..., None], owner: Phone, manager: Phone, reader: Phone
) -> None:
    owner.list_goods()
    owner.sync()
    steps = 1
    nth = 0
    while nth < steps:
        goods = owner.list_goods()["id"]
        for phone in (owner, manager):
            phone.sync()
        edits = [
            phone.record("listing", {"price_vnd": 100 + nth + n}, goods) for n, phone in enumerate((owner, manager))
        ]
        # Not one sale written twice: that would be asked about, more each time.
        sold = owner.sell(listing_id=goods)["set"]["total_vnd"]
        manager.sell(member_id=owner.account, listing_id=goods, total_vnd=sold - sold // 100)
        first = Run(owner.exchange, lambda step, _statement, nth=nth: step == nth).held()
        reader.sync()
        second = Run(manager.exchange).start()
        locked_out(second)
        reader.sync()
        first.finish()
        second.finish()
        steps = len(first.statements)
        reader.sync()
        listing = reader.rows["listing", goods]
        assert listing["row"]["price_vnd"] == max(edits, key=lambda edit: edit["at"])["set"]["price_vnd"]
        assert listing["derived"]["left_milli"] == -5000, "no sale was taken off a stale row"
        kinds = [kind for kind, id in market.values_of("review", "kind", "record_id") if id == goods]
        assert sorted(kinds) == ["conflict", "oversold"]
        nth += 1
    assert nth > 10
    market.everyone_agrees()


def test_three_at_once_take_their_turns(
    market: Market, locked_out: Callable[..., None], owner: Phone, manager: Phone, reader: Phone
) -> None:
    third = market.phone(owner.account).sync()
    goods = owner.list_goods()["id"]
    for phone in (owner, manager, third):
        phone.sync()
    for number, phone in enumerate((owner, manager, third)):
        phone.record("listing", {"price_vnd": 7 + number}, goods)
        phone.sell(member_id=owner.account, listing_id=goods)
    first = Run(owner.exchange, before_save).held()
    others = [Run(phone.exchange).start() for phone in (manager, third)]
    locked_out(*others)
    for run in (first, *others):
        run.finish()
    market.everyone_agrees()
    assert reader.rows["listing", goods]["derived"]["left_milli"] == -7500
    numbers = sorted(seq for (seq,) in market.values_of("mutation", "seq"))
    assert len(set(numbers)) == len(numbers)


def test_one_request_twice_at_once_is_taken_once(market: Market, locked_out: Callable[..., None], owner: Phone) -> None:
    mutations = [owner.sell(), owner.sell()]
    first = Run(lambda: receipts(owner, mutations), before_save).held()
    second = Run(lambda: receipts(owner, mutations)).start()
    locked_out(second)
    assert first.finish() == second.finish()
    market.everyone_agrees()
    assert len(market.values_of("mutation", "key")) == 2


def test_two_mutations_that_race_for_one_stamp_have_one_winner(
    market: Market, locked_out: Callable[..., None], owner: Phone
) -> None:
    sale = owner.sell()
    other = sale | {"set": sale["set"] | {"note": "của bản sao"}}
    first = Run(lambda: receipts(owner, [sale]), before_save).held()
    second = Run(lambda: receipts(owner, [other])).start()
    locked_out(second)
    [won], [lost] = first.finish(), second.finish()
    assert (won["outcome"], lost["outcome"], lost["errors"]) == ("applied", "rejected", {"at": ["at_taken"]})
    market.everyone_agrees()


def test_an_account_disabled_before_the_lock_was_had_is_held(market: Market, owner: Phone) -> None:
    """Rights are read behind the lock: what waited for it is judged by what is true now."""
    sale = owner.sell()
    push = Run(lambda: receipts(owner, [sale]), before_lock).held()
    market.change_account(owner.account, status="disabled")
    [receipt] = push.finish()
    assert receipt["outcome"] == "held"


def test_a_phone_that_the_server_lost_is_adopted_once(
    market: Market, locked_out: Callable[..., None], owner: Phone
) -> None:
    lost = market.phone(owner.account, known=False)
    mutations = [lost.sell()]
    first = Run(lambda: receipts(lost, mutations), before_save).held()
    second = Run(lambda: receipts(lost, mutations)).start()
    locked_out(second)
    assert first.finish() == second.finish()
    known = [id for (id,) in market.values_of("replica", "id")]
    assert known.count(lost.replica.id) == 1


def test_the_server_has_one_replica_of_its_own_in_a_cooperative(
    market: Market, locked_out: Callable[..., None]
) -> None:
    def author() -> str:
        with market.app.app_context(), writing() as session:
            return own_author(session, market.coop_id).replica

    first = Run(author, lambda _nth, statement: statement == COMMIT).held()
    second = Run(author).start()
    locked_out(second)
    assert first.finish() == second.finish()


def test_a_reader_sees_one_moment_whatever_is_committed_meanwhile(
    market: Market, owner: Phone, manager: Phone, reader: Phone
) -> None:
    nth, steps = 0, 1
    while nth < steps:
        goods = owner.list_goods()["id"]
        reading = Run(reader.exchange, lambda step, _statement, nth=nth: step == nth).held()
        owner.sell(listing_id=goods)
        owner.sync()
        reading.finish()
        assert reader.replica.checked, "its digest is of the same moment as its page"
        steps, nth = len(reading.statements), nth + 1
        assert reader.sync().rows.keys() >= owner.rows.keys()
    assert nth > 4
    market.everyone_agrees()


def test_another_cooperative_does_not_wait(market: Market, owner: Phone) -> None:
    elsewhere = Market(market.app).open()
    stranger = elsewhere.phone(elsewhere.account()).sync()
    owner.sell()
    stranger.sell()
    first = Run(owner.exchange, before_commit_of_save([])).held()
    stranger.sync()
    first.finish()
    for place in (market, elsewhere):
        place.everyone_agrees()


def test_who_waits_too_long_is_told_and_has_lost_nothing(
    market: Market, monkeypatch: pytest.MonkeyPatch, owner: Phone, manager: Phone
) -> None:
    monkeypatch.setattr(database, "BUSY_TIMEOUT_MS", 50)
    owner.sell()
    manager.sell(member_id=None)
    first = Run(owner.exchange, before_save).held()
    with pytest.raises(BusyError):
        manager.exchange()
    first.finish()
    manager.exchange()
    market.everyone_agrees()
    assert len(market.values_of("sale", "id")) == 2


def test_without_the_lock_the_second_wall_takes_nothing(
    market: Market, monkeypatch: pytest.MonkeyPatch, owner: Phone, manager: Phone
) -> None:
    """A planted fault: these tests would tell, and even then two transactions cannot both take one position."""
    monkeypatch.setattr(SqlStore, "lock", lambda _store: None)
    owner.sell()
    manager.sell(member_id=None)
    first = Run(owner.exchange, before_save).held()
    manager.exchange()
    with pytest.raises(BusyError):
        first.finish()
    market.everyone_agrees()
    assert len(market.values_of("sale", "id")) == 2
