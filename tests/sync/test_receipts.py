"""Rules 2 to 4: kept before judged, duplicates are no-ops, one bad mutation never blocks another."""

from copy import deepcopy
from typing import Any

import pytest

from tests.sync.village import Village, sale_of


def test_a_recorded_sale_is_applied_and_comes_back() -> None:
    phone = Village().phone()
    mutation = phone.sell()
    answer = phone.push([mutation])
    assert [receipt["outcome"] for receipt in answer["receipts"]] == ["applied"]
    [change] = answer["changes"]
    assert change["row"] == mutation["set"]
    assert change["at"] == mutation["at"]
    assert change["stamps"] == {}
    assert change["derived"] == {"counts": True, "open_reviews": 0}
    assert answer["digest"]["sale"][0] == 1


def test_replayed_push_changes_nothing() -> None:
    village = Village()
    phone = village.phone()
    mutations = [phone.sell(), phone.sell()]
    first = phone.push(mutations)
    seq = village.store.state.seq
    again = phone.push(list(reversed(mutations)))
    assert again["receipts"] == list(reversed(first["receipts"]))
    assert village.store.state.seq == seq
    assert again["digest"] == first["digest"]


def test_a_mutation_twice_in_one_request_is_taken_once() -> None:
    phone = Village().phone()
    mutation = phone.sell()
    answer = phone.push([mutation, mutation])
    assert answer["receipts"][0] == answer["receipts"][1]
    assert answer["digest"]["sale"][0] == 1


def test_other_content_under_a_known_stamp_is_told_to_stamp_anew() -> None:
    village = Village()
    phone = village.phone()
    mutation = phone.sell()
    taken = deepcopy(mutation)
    taken["id"], taken["set"]["total_vnd"] = village.id(), 1
    answer = phone.push([mutation, taken, taken])
    assert [receipt["outcome"] for receipt in answer["receipts"]] == ["applied", "rejected", "rejected"]
    assert answer["receipts"][1] == answer["receipts"][2]
    assert answer["receipts"][1]["errors"] == {"at": ["at_taken"]}
    assert len(village.store.log) == 2


def test_eff_is_no_part_of_a_mutations_content() -> None:
    phone = Village().phone()
    mutation = phone.sell()
    first = phone.receipts([mutation])
    assert phone.receipts([mutation | {"eff": "019aa423c900-0000-00000001"}]) == first


def nested(depth: int) -> Any:
    value: Any = "deep"
    for _ in range(depth):
        value = [value]
    return value


POISON: list[tuple[str, Any, str]] = [
    ("no object", 7, "mutation"),
    ("null", None, "mutation"),
    ("a stamp that is none", {"at": "yesterday"}, "at"),
    ("no stamp", {"at": None}, "at"),
    ("an unknown entity", {"entity": "buffalo"}, "entity"),
    ("an id in capitals", {"id": "0199AA5B-E8F0-7ABC-8DEF-0123456789AB"}, "id"),
    ("a version that is text", {"v": "1"}, "v"),
    ("a set that is a list", {"set": []}, "set"),
    ("a base that names no stamp", {"base": {"note": 4}}, "base"),
    ("an amount that is a fraction", {"set": sale_of(None) | {"total_vnd": 1.5}}, "total_vnd"),
    ("an amount that is a truth", {"set": sale_of(None) | {"total_vnd": True}}, "total_vnd"),
    ("an amount beyond measure", {"set": sale_of(None) | {"total_vnd": 10**30}}, "total_vnd"),
    ("a text with NUL", {"set": sale_of(None) | {"product_name": "a\0b"}}, "product_name"),
    ("a broken surrogate", {"set": sale_of(None) | {"product_name": "a\ud800"}}, "product_name"),
    ("a name of blanks", {"set": sale_of(None) | {"product_name": "   "}}, "product_name"),
    ("null where it is no value", {"set": sale_of(None) | {"note": None}}, "note"),
    ("another co-operative", {"set": sale_of(None) | {"coop_id": "x"}}, "coop_id"),
    ("a derived field", {"set": sale_of(None) | {"counts": True}}, "counts"),
    ("a void without a reason", {"set": {"voided": True}}, "void_reason"),
    ("an unvoiding", {"set": {"voided": False, "void_reason": "x"}}, "voided"),
    (
        "a name of another record that no database takes",
        {"set": sale_of(None) | {"listing_id": "\ud800"}},
        "listing_id",
    ),
    ("a replaced sale with NUL", {"set": sale_of(None) | {"replaces_id": "a\0"}}, "replaces_id"),
    ("a bottomless value", {"set": sale_of(None) | {"note": nested(900)}}, "mutation"),
    ("a thousand fields", {"set": {f"f{n}": n for n in range(1000)}}, "set"),
    ("more than 64 KiB", {"set": sale_of(None) | {"unknown": "x" * 70_000}}, "mutation"),
]


@pytest.mark.parametrize(("change", "field"), [p[1:] for p in POISON], ids=[p[0] for p in POISON])
def test_poison_is_refused_alone_kept_and_shown(change: Any, field: str) -> None:
    village = Village()
    manager = village.manager()
    poison = manager.sell() | change if isinstance(change, dict) else change
    before, after = manager.sell(), manager.sell()
    answer = manager.push([before, poison, after])
    assert [receipt["outcome"] for receipt in answer["receipts"]] == ["applied", "rejected", "applied"]
    assert field in answer["receipts"][1]["errors"]
    assert answer["digest"]["sale"][0] == 2
    assert len(village.store.log) == 3
    assert len(village.reviews("rejected")) == 1
    assert manager.push([poison])["receipts"][0] == answer["receipts"][1]


def test_a_field_that_the_server_does_not_know_is_ignored_and_kept_in_the_log() -> None:
    village = Village()
    phone = village.phone()
    mutation = phone.sell(smell="of thyme")
    answer = phone.push([mutation])
    assert answer["receipts"][0]["outcome"] == "applied"
    assert "smell" not in answer["changes"][0]["row"]
    assert "of thyme" in village.store.log[mutation["at"]].raw


def test_text_is_trimmed_and_composed() -> None:
    phone = Village().phone()
    answer = phone.push([phone.sell(product_name="  Che\u0300  ")])
    assert answer["changes"][0]["row"]["product_name"] == "Ch\u00e8"
