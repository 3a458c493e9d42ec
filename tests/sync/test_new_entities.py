"""Entities that a data version brought: older phones never hear of them, older servers keep what speaks of them."""

import secrets
from typing import Any

import pytest

from server.entities import REGISTRY, registry_of
from sync.decide import Decision
from sync.learn import learn
from tests.sync.village import Phone, Village

SECOND = registry_of(2)


@pytest.fixture
def village(store: Any) -> Village:
    return Village(store=store)


def old(phone: Phone) -> Phone:
    """The same phone with an app of data version 2."""
    phone.replica.registry = SECOND
    return phone


def pay(office: Phone, member_id: str | None, **extra: Any) -> dict[str, Any]:
    values = {"member_id": member_id, "kind": "payout", "amount_vnd": 500_000, "paid_at": "2026-11-18T02:10:00Z"}
    return office.record("payment", values | extra)


def begin_season(office: Phone) -> dict[str, Any]:
    return office.record("season", {"name": "Mật 2026", "starts_on": "2026-10-01", "ends_on": "2026-12-31"})


def synced(*phones: Phone) -> None:
    for phone in phones * 2:
        phone.sync()
    assert all(phone.replica.checked for phone in phones)


def holds(phone: Phone) -> set[str]:
    return {entity for entity, _ in phone.replica.confirmed}


def upgrade(village: Village) -> int:
    village.registry = REGISTRY
    return learn(village.store, REGISTRY, 2, village.now_ms, secrets.token_hex(8))


def test_an_old_phone_neither_receives_what_it_does_not_know_nor_misses_it(village: Village) -> None:
    office, before, new = village.manager(), old(village.manager()), village.phone()
    before.sell()
    pay(office, new.account)
    begin_season(office)
    synced(office, before, new)
    answer = before.push([])
    assert holds(before) == {"sale"}
    assert set(answer["digest"]) == set(SECOND)
    assert holds(new) == {"payment", "season"}
    pay(office, new.account)
    synced(office, before, new)


def test_a_renewed_app_gets_what_was_there_before_it_knew_of_it(village: Village) -> None:
    office, phone = village.manager(), old(village.phone())
    sale = phone.sell()
    paid = pay(office, phone.account)
    synced(office, phone)
    phone.replica.registry = REGISTRY
    answer = phone.push([], phone.replica.cursor)
    assert answer["reset"]
    synced(phone)
    assert phone.sees("payment", paid["id"]).fields["amount_vnd"] == 500_000
    assert phone.sees("sale", sale["id"]).complete
    assert not phone.push([], phone.replica.cursor)["reset"]


def test_a_newer_server_lets_old_phones_read_on_where_they_were(village: Village) -> None:
    village.registry = SECOND
    phone = old(village.phone())
    phone.sell()
    synced(phone)
    village.registry = REGISTRY
    assert not phone.push([], phone.replica.cursor)["reset"]


def test_a_member_reads_the_own_payments_and_every_season_and_writes_neither(village: Village) -> None:
    office, one, other = village.manager(), village.phone(), village.phone()
    paid, season = pay(office, one.account), begin_season(office)
    synced(office, one, other)
    assert (holds(one), holds(other)) == ({"payment", "season"}, {"season"})
    for entity, id, values in (
        ("payment", None, paid["set"]),
        ("payment", paid["id"], {"note": "x"}),
        ("season", season["id"], {"name": "x"}),
        ("season", season["id"], {}),
    ):
        [receipt] = one.receipts([one.record(entity, values, id)])
        assert receipt["outcome"] == "rejected"


def test_a_payment_to_nobody_of_nothing_or_taken_back_without_a_reason_is_refused(village: Village) -> None:
    office = village.manager()
    member = village.phone().account
    wrong = [
        pay(office, member, amount_vnd=0),
        pay(office, member, amount_vnd=-1),
        pay(office, member, kind="advance", amount_vnd=-1),
        office.record("payment", {"amount_vnd": -1}),
        pay(office, member, kind="gift"),
        pay(office, None),
        pay(office, member, voided=True),
    ]
    assert {receipt["outcome"] for receipt in office.receipts(wrong)} == {"rejected"}
    owing = pay(office, member, kind="opening", amount_vnd=-300_000)
    assert office.receipts([owing])[0]["outcome"] == "applied"


def test_what_names_an_entity_that_its_own_version_lacks_is_refused(village: Village) -> None:
    office = village.manager()
    paid = pay(office, village.phone().account) | {"v": 2}
    [receipt] = office.receipts([paid])
    assert (receipt["outcome"], receipt["errors"]) == ("rejected", {"entity": ["unknown"]})
    assert upgrade(village) == 0


def test_an_upgrade_judges_what_an_older_server_refused_for_its_entity_and_tells_the_author(village: Village) -> None:
    village.registry = SECOND
    office, one = village.manager(), village.phone()
    paid = pay(office, one.account)
    void = office.record("payment", {"voided": True, "void_reason": "nhầm"}, paid["id"])
    wrong = pay(office, one.account, amount_vnd=-1)
    assert [receipt["errors"] for receipt in office.sync()] == [{"entity": ["unknown"]}] * 3
    synced(office, one)
    assert upgrade(village) == 1
    receipts = {receipt["at"]: receipt["outcome"] for receipt in office.sync()}
    assert receipts == {paid["at"]: "applied", void["at"]: "applied", wrong["at"]: "rejected"}
    synced(office, one)
    assert one.sees("payment", paid["id"]).fields["voided"] is True
    asked = village.store.open_reviews([paid["id"], wrong["id"]])
    assert [(review.entity, review.about) for review in asked] == [("payment", wrong["at"])]
    assert upgrade(village) == 0


def test_what_a_person_put_aside_stays_refused_after_the_upgrade(village: Village) -> None:
    village.registry = SECOND
    office = village.manager()
    paid = pay(office, village.phone().account)
    office.sync()
    [review] = village.store.open_reviews([paid["id"]])
    village.decide(Decision(review.id, office.account, "dismiss", {}))
    assert upgrade(village) == 0
    assert [entry.outcome for entry in village.store.entries([paid["at"]])] == ["rejected"]


def test_a_phone_newer_than_its_server_keeps_checking_itself(village: Village) -> None:
    office, one = village.manager(), village.phone()
    pay(office, one.account)
    one.sell()
    synced(office, one)
    village.registry = SECOND  # the release before was put back
    one.sell()
    synced(office, one)
    assert holds(one) == {"sale"}
    village.registry = REGISTRY
    synced(office, one)
    assert holds(one) == {"sale", "payment"}
