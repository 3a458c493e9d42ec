"""Poison: whatever is wrong with one mutation, it is rejected alone, and its neighbours are applied."""

from typing import Any

import pytest

from .client import Mutation, Phone
from .clock import uuid7
from .goods import listing, sale, stock_entry

TOO_MUCH = 2**53


def neighbours_are_applied(phone: Phone, poison: Any) -> dict[str, Any]:
    """Send the poison between two good sales; its own receipt."""
    before, after = (phone.record("sale", sale(phone.member_id)) for _ in range(2))
    response = phone.post([before, poison, after])
    assert response.status_code == 200, response.text
    first, receipt, last = response.json()["receipts"][:3]
    assert (first["outcome"], last["outcome"]) == ("applied", "applied")
    assert (first["at"], last["at"]) == (before["at"], after["at"])
    phone.sync()
    assert phone.shows(before)
    assert phone.shows(after)
    return dict(receipt)


def is_rejected(receipt: dict[str, Any]) -> None:
    assert receipt["outcome"] == "rejected", receipt
    assert receipt["errors"]
    for codes in receipt["errors"].values():
        assert codes
        assert all(isinstance(code, str) and code == code.lower() for code in codes)


@pytest.mark.parametrize("poison", [None, 7, 1.5, True, "text", [], ["at"], {}, {"set": {}}, [[[]]], "\ud800"])
def test_what_is_no_mutation_at_all(member: Phone, poison: Any) -> None:
    is_rejected(neighbours_are_applied(member, poison))


NO_STAMP: list[Any] = [
    None,
    5,
    True,
    [],
    {},
    "",
    "now",
    "0199aa5be8f0-0000",
    "0199aa5be8f0_0000_5f3a9c21",
    "z" * 26,
]
NO_STAMP += ["0199aa5be8f0-0000-5f3a9c2\x00", "0199aa5be8f0-0000-5f3a9c21 ", "\ud800", "9" * 5000]
NO_STAMP += [
    "０199aa5be8f0-0000-5f3a9c21",
    "0199aa5be8f0-0000-5f3a9c21\n",
    "0199_a5be8f0-0000-5f3a9c21",
]
NO_STAMP += [
    "+199aa5be8f0-0000-5f3a9c21",
    "0x99aa5be8f0-0000-5f3a9c21",
    "0199AA5BE8F0-0000-5F3A9C21",
]
NO_ID: list[Any] = [
    None,
    5,
    True,
    [],
    {},
    "",
    "one",
    "0199AA5B-E8F0-7ABC-8DEF-0123456789AB",
    "0199aa5be8f07abc8def0123456789ab",
]
NO_ID += [
    "{0199aa5b-e8f0-7abc-8def-0123456789ab}",
    "0199aa5b-e8f0-7abc-8def-0123456789a\x00",
    "../../etc/passwd",
    "\ud800",
]
NO_ID += ["0199aa5b-e8f0-7abc-8def-0123456789ab\n", "０199aa5b-e8f0-7abc-8def-0123456789ab"]
NO_ENTITY: list[Any] = [
    None,
    5,
    True,
    [],
    {},
    "",
    "account",
    "Sale",
    "sale ",
    "sale;--",
    "__class__",
    "\ud800",
    "\x00",
    "x" * 1000,
]
NO_VERSION: list[Any] = [None, "1", 1.5, True, [], {}, 0, -1, TOO_MUCH, -TOO_MUCH]
NO_SET = [None, 5, True, "note", [], [["note", "x"]]]
NO_BASE = [5, True, "note", [], [["note", "x"]]]


@pytest.mark.parametrize(
    ("name", "value"),
    [("at", value) for value in NO_STAMP]
    + [("id", value) for value in NO_ID]
    + [("entity", value) for value in NO_ENTITY]
    + [("v", value) for value in NO_VERSION]
    + [("set", value) for value in NO_SET]
    + [("base", value) for value in NO_BASE],
)
def test_a_part_of_a_mutation_is_wrong(member: Phone, name: str, value: Any) -> None:
    poison = member.mutation("sale", sale(member.member_id)) | {name: value}
    receipt = neighbours_are_applied(member, poison)
    is_rejected(receipt)
    assert name in receipt["errors"], receipt


@pytest.mark.parametrize("name", ["at", "v", "entity", "id", "set"])
def test_a_part_of_a_mutation_is_missing(member: Phone, name: str) -> None:
    poison = member.mutation("sale", sale(member.member_id))
    del poison[name]
    receipt = neighbours_are_applied(member, poison)
    is_rejected(receipt)
    assert name in receipt["errors"]


TEXTS = [5, True, [], {}, "nul\x00", "half \ud83d", "\udc00"]
INTEGERS = [True, False, 1.5, "5", "", [], {}, TOO_MUCH, -TOO_MUCH, 10**30, 1e300]
BAD_SALES: dict[str, list[Any]] = {
    "product_name": [*TEXTS, None, "", "   ", "x" * 201],
    "unit": [*TEXTS, None, "", "x" * 21],
    "quantity_milli": [*INTEGERS, None, 0, -5, 10**12 + 1],
    "unit_price_vnd": [*INTEGERS, None, -1, 10**12 + 1],
    "total_vnd": [*INTEGERS, None, -1, 10**15 + 1],
    "sold_at": [
        5,
        True,
        None,
        [],
        "",
        "today",
        "2026-11-21",
        "2026-13-21T02:10:00Z",
        "2026-11-21T02:10:00",
        "9" * 400,
        "2026-02-30T02:10:00Z",
        "2026-11-21T25:10:00Z",
        "2026-11-21T02:10:00+07:00",
        "2026-11-21 02:10:00Z",
        "2026-11-21T02:10:00Z\n",
        "20261121T021000Z",
        "２026-11-21T02:10:00Z",
        "2026-W47-6T02:10:00Z",
        "+002026-11-21T02:10:00Z",
    ],
    "payment": [5, True, None, [], "", "barter", "Cash", "cash\x00"],
    "listing_id": [5, True, None, [], "", "shop", "0199AA5B-E8F0-7ABC-8DEF-0123456789AB"],
    "replaces_id": [5, True, None, [], "", "shop"],
    "member_id": [5, True, [], "", "me"],
    "money_with": [5, True, None, "", "buyer"],
    "buyer_name": [*TEXTS, None, "x" * 201],
    "note": [*TEXTS, None, "x" * 2001],
    "settled": ["true", 1, 0, None, "", [], False],
    "voided": ["true", 1, 0, None, "", [], False],
    "counts": [True, False, None],
    "open_reviews": [0, 5],
    "review_note": ["của tôi"],
    "coop_id": [None, "x"],
}
BAD_LISTINGS: dict[str, list[Any]] = {
    "product_name": [None, "", 5],
    "price_vnd": [True, 1.5, "5", None, -1, TOO_MUCH],
    "description": [*TEXTS, None, "x" * 2001],
    "photo": [5, True, None, "x", "g" * 64, "a" * 63, "a" * 65, "a" * 64 + "\n", "A" * 64],
    "status": [5, None, "", "sold", "Offered"],
    "left_milli": [5, None],
    "open_reviews": [1],
}
BAD_ENTRIES: dict[str, list[Any]] = {
    "listing_id": [None, 5, "", "shop"],
    "quantity_milli": [0, True, 1.5, None, 10**12 + 1, -(10**12) - 1],
    "kind": [None, 5, "", "theft"],
    "note": [5, "x" * 2001],
    "voided": [False, 1, "true", None],
}


def cases(bad: dict[str, list[Any]]) -> list[tuple[str, Any]]:
    return [(name, value) for name, values in bad.items() for value in values]


def are_rejected(phone: Phone, poisons: list[tuple[str, Mutation]]) -> None:
    """All in one request, each between good ones."""
    good = [phone.record("sale", sale(phone.member_id)) for _ in poisons]
    mixed = [mutation for pair in zip(good, (poison for _, poison in poisons), strict=True) for mutation in pair]
    response = phone.post(mixed)
    assert response.status_code == 200, response.text
    receipts = response.json()["receipts"][: len(mixed)]
    assert {receipt["outcome"] for receipt in receipts[::2]} == {"applied"}
    for (name, poison), receipt in zip(poisons, receipts[1::2], strict=True):
        shown = str(poison["set"].get(name))[:40]
        assert receipt["outcome"] == "rejected", (name, ascii(shown), receipt)
        assert name in receipt["errors"], (name, ascii(shown), receipt)
    phone.sync()
    assert all(phone.shows(mutation) for mutation in good)
    assert not any(phone.shows(poison) for _, poison in poisons)


@pytest.mark.parametrize("name", BAD_SALES)
def test_a_value_of_a_sale_is_wrong(member: Phone, name: str) -> None:
    whole = sale(member.member_id)
    are_rejected(
        member,
        [(name, member.mutation("sale", whole | {name: value})) for value in BAD_SALES[name]],
    )


def test_a_value_of_a_listing_is_wrong(member: Phone) -> None:
    whole = listing(member.member_id)
    made = [(name, member.mutation("listing", whole | {name: value})) for name, value in cases(BAD_LISTINGS)]
    are_rejected(member, made)


def test_a_value_of_a_stock_entry_is_wrong(member: Phone) -> None:
    whole = stock_entry(member.member_id, uuid7())
    made = [(name, member.mutation("stock_entry", whole | {name: value})) for name, value in cases(BAD_ENTRIES)]
    are_rejected(member, made)


def test_every_error_of_a_mutation_is_named(member: Phone) -> None:
    poison = member.mutation("sale", sale(member.member_id, quantity_milli=0, payment="x", unit=""))
    receipt = member.send(poison)[0]
    assert set(receipt["errors"]) == {"quantity_milli", "payment", "unit"}


@pytest.mark.parametrize(
    "values",
    [
        {"product_name": "x" * 200, "unit": "y" * 20},
        {"quantity_milli": 1, "unit_price_vnd": 0, "total_vnd": 0},
        {"quantity_milli": 10**12, "unit_price_vnd": 10**12, "total_vnd": 10**15},
        {"note": "x" * 2000, "buyer_name": "y" * 200},
        {"sold_at": "2026-11-01T02:10:00.123Z"},
        {"note": "🍯 < > & \" ' \\ \u2028 =1+1"},
        {"total_vnd": 1},
    ],
)
def test_values_at_their_bounds_are_taken(member: Phone, values: dict[str, Any]) -> None:
    sold = member.record("sale", sale(member.member_id, **values))
    member.sync()
    assert member.receipts[sold["at"]]["outcome"] == "applied"
    row = member.row(sold).values
    assert {name: row[name] for name in values if name != "sold_at"} == {
        name: value for name, value in values.items() if name != "sold_at"
    }


@pytest.mark.parametrize(
    ("entity", "values"),
    [
        ("listing", {"photo": "0123456789abcdef" * 4, "description": "x" * 2000, "price_vnd": 0}),
        ("listing", {"status": "withdrawn", "price_vnd": 10**12}),
        ("stock_entry", {"quantity_milli": -(10**12), "kind": "loss"}),
        ("stock_entry", {"quantity_milli": 10**12, "kind": "purchase", "note": "x" * 2000}),
        ("stock_entry", {"quantity_milli": -1, "kind": "adjust"}),
    ],
)
def test_values_at_the_bounds_of_other_entities_are_taken(member: Phone, entity: str, values: dict[str, Any]) -> None:
    shop = member.record("listing", listing(member.member_id))
    whole = listing(member.member_id) if entity == "listing" else stock_entry(member.member_id, shop["id"])
    made = member.record(entity, whole | values)
    member.sync()
    assert member.receipts[made["at"]]["outcome"] == "applied"
    assert values.items() <= member.row(made).values.items()


def test_a_field_that_the_server_does_not_know_is_ignored(member: Phone) -> None:
    sold = member.record("sale", sale(member.member_id, moon_phase="rằm", deep=[{"x": [1, None]}]))
    row = member.sync().row(sold)
    assert member.receipts[sold["at"]]["outcome"] == "applied"
    assert not {"moon_phase", "deep"} & set(row.values)


@pytest.mark.parametrize("name", ["", "\x00", "\ud800", "x" * 5000, "__proto__", "id", "a b=c", "toString"])
def test_an_odd_name_of_a_field_harms_nobody(member: Phone, name: str) -> None:
    poison = member.mutation("sale", sale(member.member_id)) | {"base": {}}
    poison["set"][name] = "x"
    neighbours_are_applied(member, poison)
    neighbours_are_applied(member, poison | {"at": member.stamp(), "base": {name: name}, name or "empty": 1})


@pytest.mark.parametrize("base", [{"note": 5}, {"note": "\ud800"}, {"note": None}, {"note": "soon"}, {"note": ["x"]}])
def test_an_odd_base_harms_nobody(member: Phone, base: dict[str, Any]) -> None:
    neighbours_are_applied(member, member.mutation("sale", sale(member.member_id, note="x"), base=base))


def test_numbers_beyond_every_range_are_rejected_alone(member: Phone) -> None:
    """They are JSON, so only their mutation is refused."""
    for number in (
        "1e400",
        "-1e400",
        "1" + "0" * 100,
        "123456789012345678901234567890.5",
        "1E+9999",
    ):
        good = member.mutation("sale", sale(member.member_id))
        poison = member.mutation("sale", sale(member.member_id, total_vnd=424242))
        response = member.post([poison, good])
        body = response.request.content.replace(b"424242", number.encode())
        fresh = body.replace(poison["at"].encode(), member.clock.tick().encode())
        fresh = fresh.replace(poison["id"].encode(), uuid7().encode())
        headers = {"Content-Type": "application/json"}
        answer = member.request("POST", "/sync", content=fresh, headers=headers)
        assert answer.status_code == 200, (number, answer.text)
        outcomes = [receipt["outcome"] for receipt in answer.json()["receipts"][:2]]
        assert outcomes == ["rejected", "applied"], number


def test_a_deep_value_is_rejected_or_ignored_alone(member: Phone) -> None:
    deep: Any = "x"
    for _ in range(60):
        deep = [deep]
    is_rejected(neighbours_are_applied(member, member.mutation("sale", sale(member.member_id, note=deep))))
