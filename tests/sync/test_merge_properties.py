"""What a set of writes comes to, in whatever order and however often they come: hypothesis looks for an exception."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from server.entities import REGISTRY
from sync.merge import merge
from sync.rules import Kind
from tests.sync.village import Village

LISTING, SALE = REGISTRY["listing"], REGISTRY["sale"]
LAST = [name for name, rule in LISTING.fields.items() if rule.kind is Kind.LAST]
FROZEN = [name for name, rule in SALE.fields.items() if rule.kind is Kind.FROZEN]

quick = settings(max_examples=100, deadline=None, derandomize=True, database=None)
stamps = st.builds("{:012x}-{:04x}-{:08x}".format, st.integers(0, 3), st.integers(0, 3), st.integers(0, 3))
writes = st.lists(
    st.tuples(stamps, st.dictionaries(st.sampled_from(LAST), st.integers(0, 3), min_size=1)),
    unique_by=lambda write: write[0],
    max_size=8,
)
Write = tuple[str, dict[str, Any]]


def row_of(sent: Sequence[Write]) -> tuple[dict[str, Any], dict[str, str]]:
    """Values and stamps after these writes, in this order."""
    fields: dict[str, Any] = {}
    stamped: dict[str, str] = {}
    for eff, values in sent:
        merged = merge(LISTING, fields, stamped, values, eff)
        assert not merged.errors
        fields |= merged.values
        stamped |= merged.stamps
    return fields, stamped


def greatest(sent: Sequence[Write]) -> tuple[dict[str, Any], dict[str, str]]:
    fields: dict[str, Any] = {}
    stamped: dict[str, str] = {}
    for eff, values in sorted(sent):
        fields |= values
        stamped |= dict.fromkeys(values, eff)
    return fields, stamped


@quick
@given(writes, st.randoms())
def test_last_writer_fields_are_those_of_the_greatest_stamps_in_any_order(sent: list[Write], chance: Any) -> None:
    shuffled = list(sent)
    chance.shuffle(shuffled)
    assert row_of(shuffled) == greatest(sent)


@quick
@given(writes, st.data())
def test_writes_that_come_again_change_nothing(sent: list[Write], data: st.DataObject) -> None:
    again = data.draw(st.lists(st.sampled_from(sent), max_size=8)) if sent else []
    assert row_of([*sent, *again]) == row_of(sent)


@quick
@given(writes, st.integers(0, 8))
def test_it_does_not_matter_what_was_merged_together_first(sent: list[Write], at: int) -> None:
    """Associative: a later part, merged by itself and then written field by field, gives the same row."""
    first, (values, stamped) = sent[:at], row_of(sent[at:])
    parts: list[Write] = [(stamped[name], {name: value}) for name, value in values.items()]
    assert row_of([*first, *parts]) == row_of(sent)


@quick
@given(stamps, stamps, st.sampled_from(FROZEN), st.integers(0, 2), st.integers(0, 2))
def test_a_frozen_field_keeps_its_first_value_whatever_the_stamps(
    one: str, other: str, name: str, first: int, second: int
) -> None:
    again = merge(SALE, {name: first}, {name: one}, {name: second}, other)
    assert (again.values, again.stamps, again.contested) == ({}, {}, [])
    assert again.errors == ({} if first == second else {name: ["frozen"]})


@quick
@given(stamps, stamps)
def test_what_was_voided_stays_voided(one: str, other: str) -> None:
    assert merge(SALE, {"voided": True}, {"voided": one}, {"voided": False}, other).errors == {"voided": ["once"]}
    assert merge(SALE, {"voided": True}, {"voided": one}, {"voided": True}, other).errors == {}


ACTIONS = st.lists(
    st.tuples(st.sampled_from(("sell", "correct", "void", "note", "price", "stock")), st.integers(0, 5)), max_size=12
)


def trade(village: Village, actions: list[tuple[str, int]]) -> tuple[Any, list[dict[str, Any]]]:
    """What a manager's phone recorded while it did these."""
    phone = village.manager()
    goods = phone.list_goods(member_id=None)["id"]
    recorded = [phone.replica.outbox[-1].mutation]
    sales: list[str] = []
    for what, number in actions:
        village.now_ms += 1000
        old = sales[number % len(sales)] if sales else None
        if what == "price":
            recorded.append(phone.record("listing", {"price_vnd": number}, goods))
        elif what == "stock":
            recorded.append(phone.stock(goods, 1000 * (number + 1), member_id=None))
        elif what == "sell" or old is None:
            recorded.append(phone.sell(listing_id=goods, member_id=None))
            sales.append(recorded[-1]["id"])
        elif what == "note":
            recorded.append(phone.record("sale", {"note": f"note {number}"}, old))
        else:
            recorded.append(phone.record("sale", {"voided": True, "void_reason": "wrong"}, old))
            if what == "correct":
                recorded.append(phone.sell(listing_id=goods, member_id=None, replaces_id=old))
                sales.append(recorded[-1]["id"])
    return phone, recorded


def told(village: Village) -> dict[Any, Any]:
    """Of each record its values, what was derived, and the stamps of its last-writer fields: a fact that is said twice
    keeps the stamp that came first."""
    return {
        (entity, id): (row.fields, row.derived, {n: s for n, s in row.stamps.items() if _is_last(entity, n)})
        for (entity, id), row in village.store.rows.items()
        if row.complete
    }


def _is_last(entity: str, name: str) -> bool:
    return REGISTRY[entity].fields[name].kind is Kind.LAST


@settings(max_examples=50, deadline=None, derandomize=True, database=None)
@given(ACTIONS, st.randoms(), st.data())
def test_any_order_and_any_repetition_give_the_same_fields_counts_and_stock(
    actions: list[tuple[str, int]], chance: Any, data: st.DataObject
) -> None:
    village = Village()
    phone, recorded = trade(village, actions)
    phone.receipts(recorded)
    sent = recorded + data.draw(st.lists(st.sampled_from(recorded), max_size=6))
    chance.shuffle(sent)
    other = Village(now_ms=village.now_ms)
    while sent:
        size = data.draw(st.integers(1, len(sent)))
        other.answer(phone.author, {"cursor": None, "limit": 1, "mutations": sent[:size]})
        sent = sent[size:]
    assert told(other) == told(village)
    assert len(other.store.log) == len(recorded)
