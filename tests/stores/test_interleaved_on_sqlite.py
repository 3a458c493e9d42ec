"""Requests that meet in the middle on SQLite: one writes, the others are told to come again, nobody who reads waits."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from server import database
from tests.stores.interleaving import COMMIT, Run
from tests.stores.market import BusyError, Market, Phone


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "BUSY_TIMEOUT_MS", 20)


@pytest.fixture
def market(impatient: None, sqlite_market: Market) -> Market:
    return sqlite_market


def two_phones(market: Market) -> tuple[Phone, Phone, Phone]:
    """The owner's, a manager's, and the manager's second, which only reads."""
    owner, office = market.account(), market.account("manager")
    return market.phone(owner).sync(), market.phone(office).sync(), market.phone(office).sync()


def test_a_push_that_meets_another_at_any_statement_is_taken_before_or_after_it(market: Market) -> None:
    owner, manager, reader = two_phones(market)
    told, steps, nth = 0, 1, 0
    while nth < steps:
        goods = owner.list_goods()["id"]
        for phone in (owner, manager):
            phone.sync()
        for number, phone in enumerate((owner, manager)):
            phone.record("listing", {"price_vnd": 100 + nth + number}, goods)
            # Not one sale written twice: that would be asked about, more each time.
            phone.sell(member_id=owner.account, listing_id=goods, total_vnd=625_000 - 1_000 * number)
        first = Run(owner.exchange, lambda step, _statement, nth=nth: step == nth).held()
        reader.sync()
        try:
            manager.exchange()
        except BusyError:
            told += 1
        reader.sync()
        first.finish()
        steps, nth = len(first.statements), nth + 1
        manager.sync()
        assert reader.sync().rows["listing", goods]["derived"]["left_milli"] == -5000
    assert 10 < told < steps
    market.everyone_agrees()
    kinds = [kind for (kind,) in market.values_of("review", "kind")]
    assert kinds.count("conflict") == steps


def test_what_is_read_before_a_commit_is_of_before_and_the_rest_comes_next(market: Market) -> None:
    owner, manager, reader = two_phones(market)
    sales = [owner.sell()["id"], manager.sell(member_id=None)["id"]]
    seen: list[str] = []

    def of_save(_nth: int, statement: str) -> bool:
        seen.append(statement)
        return statement == COMMIT and any(one.startswith("UPDATE coop_counter") for one in seen)

    first = Run(owner.exchange, of_save).held()
    assert reader.exchange()["changes"] == []
    with pytest.raises(BusyError):
        manager.exchange()
    first.finish()
    assert [change["id"] for change in reader.exchange()["changes"]] == sales[:1]
    manager.sync()
    assert [change["id"] for change in reader.exchange()["changes"]] == sales[1:]
    market.everyone_agrees()


def test_many_threads_end_with_everything_counted_once(market: Market) -> None:
    owner = market.account()
    phones = [market.phone(owner) for _ in range(4)]
    goods = phones[0].list_goods()["id"]
    phones[0].sync()
    together = threading.Barrier(len(phones))

    def trade(phone: Phone) -> int:
        told = 0
        together.wait()
        for number in range(8):
            phone.sell(listing_id=goods)
            if phone.replica.seen("listing", goods).complete:
                phone.record("listing", {"price_vnd": number}, goods)
            while any(pending.receipt is None for pending in phone.replica.outbox):
                try:
                    phone.exchange(limit=3)
                except BusyError:
                    told += 1
        return told

    with ThreadPoolExecutor(len(phones)) as pool:
        list(pool.map(trade, phones))
    market.everyone_agrees()
    assert phones[0].rows["listing", goods]["derived"]["left_milli"] == -2500 * 8 * len(phones)
    numbers = [seq for (seq,) in market.values_of("mutation", "seq")]
    assert len(set(numbers)) == len(numbers)
