"""Phones and servers of different data versions on the same records, and what a newer server learns from its log."""

import secrets
from dataclasses import dataclass, replace
from typing import Any

import pytest

from server.entities import REGISTRY, registry_of
from server.entities.definition import DATA_VERSION
from sync.learn import learn
from tests.sync.village import DAY_MS, Phone, Village

FIRST = registry_of(1)


@dataclass
class OldVillage(Village):
    """A village whose server can be upgraded."""

    def upgrade(self) -> int:
        """How many records changed."""
        self.registry = REGISTRY
        return learn(self.store, REGISTRY, 1, self.now_ms, secrets.token_hex(8))

    def row(self, entity: str, id: str) -> Any:
        [row] = self.store.records(entity, [id])
        return row


@pytest.fixture
def village(store: Any) -> OldVillage:
    return OldVillage(store=store, registry=FIRST)


def old(phone: Phone) -> Phone:
    """The same phone with an app of data version 1."""
    phone.replica.registry = FIRST
    return phone


def edit(phone: Phone, sale: dict[str, Any], **values: Any) -> dict[str, Any]:
    return phone.record("sale", values, sale["id"])


def synced(*phones: Phone) -> None:
    for phone in phones * 2:
        phone.sync()
    assert all(phone.replica.checked for phone in phones)


def test_each_phone_says_the_version_that_it_knows(village: OldVillage) -> None:
    assert village.phone().sell()["v"] == DATA_VERSION
    assert old(village.phone()).sell()["v"] == 1


def test_phones_of_both_versions_keep_one_sale_between_them(village: OldVillage) -> None:
    village.registry = REGISTRY
    new, before = village.manager(), old(village.phone())
    sale = before.sell(payment="credit")
    synced(before, new)
    edit(new, sale, due_on="2026-12-24")
    synced(new, before)
    edit(before, sale, note="chị Lan")
    edit(new, sale, due_on="2026-12-31")
    synced(before, new, before)
    assert new.sees("sale", sale["id"]).fields["due_on"] == "2026-12-31"
    assert new.sees("sale", sale["id"]).fields["note"] == "chị Lan"
    assert village.store.open_reviews([sale["id"]]) == []


def test_a_mutation_is_read_by_its_own_version(village: OldVillage) -> None:
    """What version 1 calls `due_on` is nothing that version 1 knows: ignored, and kept in the log."""
    village.registry = REGISTRY
    phone = old(village.phone())
    sale = phone.sell(due_on="whatever")
    [receipt] = phone.sync()
    assert receipt["outcome"] == "applied"
    assert "due_on" not in village.row("sale", sale["id"]).fields
    assert village.store.entries([sale["at"]])[0].set["due_on"] == "whatever"


def test_a_mutation_of_a_later_version_is_read_by_the_newest_that_the_server_knows(village: OldVillage) -> None:
    village.registry = REGISTRY
    phone = village.phone()
    sale = {**phone.sell(due_on="2026-12-24", colour="red"), "v": 7}
    [receipt] = phone.receipts([sale])
    assert receipt["outcome"] == "applied"
    assert village.row("sale", sale["id"]).fields["due_on"] == "2026-12-24"


@pytest.mark.parametrize(
    "day", ["2026-02-29", "1999-12-31", "2101-01-01", "24/12/2026", "2026-12-24T00:00:00Z", 7, None]
)
def test_a_day_that_is_none_is_refused(village: OldVillage, day: Any) -> None:
    village.registry = REGISTRY
    phone = village.phone()
    [receipt] = phone.receipts([phone.sell(due_on=day)])
    assert (receipt["outcome"], list(receipt["errors"])) == ("rejected", ["due_on"])


# Learning


def test_what_an_old_server_ignored_is_taken_from_its_log_by_a_newer_one(village: OldVillage) -> None:
    phone, office = village.phone(), village.manager()
    sale = phone.sell(payment="credit", due_on="2026-12-24", note="x")
    plain = phone.sell()
    synced(phone, office)
    assert "due_on" not in village.row("sale", sale["id"]).fields
    before = village.row("sale", plain["id"]).seq
    assert village.upgrade() == 1
    synced(phone, office)
    for one in (phone, office):
        seen = one.sees("sale", sale["id"])
        assert (seen.fields["due_on"], seen.stamps["due_on"]) == ("2026-12-24", sale["at"])
    assert village.row("sale", plain["id"]).seq == before


def test_learning_twice_changes_nothing(village: OldVillage) -> None:
    phone = village.phone()
    phone.sell(due_on="2026-12-24")
    phone.sell(due_on="tomorrow")
    phone.sync()
    assert village.upgrade() == 2
    seq = village.store.counter().seq
    assert village.upgrade() == 0
    assert village.store.counter().seq == seq


def test_of_several_days_the_last_one_stands_whichever_came_first(village: OldVillage) -> None:
    phone = village.phone()
    sale = phone.sell(due_on="2026-12-01")
    village.now_ms += DAY_MS
    first = edit(phone, sale, due_on="2026-12-24")
    second = edit(phone, sale, due_on="2026-12-31")
    phone.receipts([second, sale, first])
    village.upgrade()
    assert village.row("sale", sale["id"]).fields["due_on"] == "2026-12-31"
    assert village.store.open_reviews([sale["id"]]) == []


def test_two_days_that_nobody_compared_are_put_before_a_person(village: OldVillage) -> None:
    phone, office = village.phone(), village.manager()
    sale = phone.sell(payment="credit")
    synced(phone, office)
    edit(phone, sale, due_on="2026-12-24")
    village.now_ms += 1000
    edit(office, sale, due_on="2026-12-31")
    synced(phone, office)
    village.upgrade()
    [review] = village.store.open_reviews([sale["id"]])
    assert (review.kind, review.field) == ("conflict", "due_on")
    assert [side["value"] for side in review.sides] == ["2026-12-24", "2026-12-31"]
    assert village.row("sale", sale["id"]).fields["due_on"] == "2026-12-31"
    assert village.row("sale", sale["id"]).derived["open_reviews"] == 1
    synced(phone, office)


def test_a_value_that_turns_out_invalid_is_told_and_the_rest_stands(village: OldVillage) -> None:
    phone = village.phone()
    sale = phone.sell(due_on="Tết")
    [receipt] = phone.sync()
    village.upgrade()
    [review] = village.store.open_reviews([sale["id"]])
    assert (review.kind, review.about, review.sides[0]["errors"]) == ("rejected", sale["at"], {"due_on": ["invalid"]})
    row = village.row("sale", sale["id"])
    assert row.complete
    assert "due_on" not in row.fields
    assert phone.receipts([sale]) == [receipt]
    synced(phone)


def test_who_has_no_right_to_a_record_writes_no_new_field_either(village: OldVillage) -> None:
    intruder, owner = village.phone(), village.phone()
    sale = owner.sell()
    intruder.receipts([intruder.record("sale", {"due_on": "2026-12-24"}, sale["id"])])
    owner.receipts([sale])
    village.upgrade()
    assert "due_on" not in village.row("sale", sale["id"]).fields


def test_refused_and_held_mutations_teach_nothing(village: OldVillage) -> None:
    phone = village.phone()
    refused = phone.sell(due_on="2026-12-24", total_vnd=-1)
    shut_out = replace(phone, author=replace(phone.author, held=True))
    held = phone.sell(due_on="2026-12-24")
    phone.receipts([refused])
    shut_out.receipts([held])
    assert village.upgrade() == 0
    assert [r.kind for r in village.store.open_reviews([held["id"]])] == ["held"]


def test_an_early_day_waits_for_its_sale(village: OldVillage) -> None:
    phone = village.phone()
    sale = phone.sell()
    early = edit(phone, sale, due_on="2026-12-24")
    phone.receipts([early])
    village.upgrade()
    phone.receipts([sale])
    row = village.row("sale", sale["id"])
    assert row.complete
    assert row.fields["due_on"] == "2026-12-24"
    synced(phone)


def test_more_is_learned_than_a_request_may_bring(village: OldVillage) -> None:
    phone = village.phone()
    for _ in range(1100):
        phone.sell(due_on="2026-12-24")
    while any(pending.receipt is None for pending in phone.replica.outbox):
        phone.replica.receive(village.answer(phone.author, phone.replica.request()), village.session())
    assert village.upgrade() == 1100
    synced(phone)


# Languages


def member_of(phone: Phone, **values: Any) -> dict[str, Any]:
    return phone.record("member", {"name": "Vàng Thị Mai", **values}, phone.account)


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("Tiếng Việt", "vi"),
        ("vi-VN", "vi"),
        ("vi_VN", "vi"),
        ("VI", "vi"),
        ("English", "en"),
        ("en_us", "en-US"),
        ("Hmông", "hmn"),
        ("H’Mông", "hmn"),
        ("zh-hant-tw", "zh-Hant-TW"),
        ("Dao", "Dao"),
        ("dao", "dao"),
        ("tiếng mẹ đẻ", "tiếng mẹ đẻ"),
        ("", ""),
    ],
)
def test_what_an_old_phone_calls_a_language_is_understood_or_left_alone(text: str, tag: str) -> None:
    values, errors = REGISTRY["member"].read({"language": text}, 1)
    assert (values, errors) == ({"language": tag}, {})
    assert REGISTRY["member"].read(values, 1) == (values, {}), "said again it is the same"
    assert REGISTRY["member"].check(values) == (values, {}), "a row may hold it"


@pytest.mark.parametrize("tag", ["vi", "vi-VN", "hmn-Latn", "x-nha", "i-tay", "sl-rozaj-1994", "de-a-bc-x-y", ""])
def test_a_well_formed_tag_is_taken_as_it_is(tag: str) -> None:
    assert REGISTRY["member"].read({"language": tag}, 2) == ({"language": tag}, {})


@pytest.mark.parametrize(
    "tag", ["Tiếng Việt", "vi_VN", "v", "vi-", "vi--VN", "-vi", "x", "toolongfor1", "ｖｉ", 5, None]
)
def test_what_is_no_tag_is_refused_from_a_phone_that_knows_tags(tag: Any) -> None:
    _, errors = REGISTRY["member"].read({"language": tag}, 2)
    assert errors == {"language": ["invalid"]}


def test_languages_that_were_free_text_become_tags_without_anybody_writing(village: OldVillage) -> None:
    office = old(village.manager())
    people = {said: old(village.phone()) for said in ("Tiếng Việt", "Dao", "vi-VN")}
    for said, phone in people.items():
        office.record("member", {"name": "Vàng Thị Mai", "language": said}, phone.account)
    synced(office)
    tagged = village.phone()
    office.record("member", {"name": "Giàng A Páo"}, tagged.account)
    synced(office)
    tagged.sync()
    tagged.record("member", {"language": "vi-VN"}, tagged.account)
    tagged.sync()
    stamps = {said: village.row("member", phone.account).stamps for said, phone in people.items()}
    assert village.upgrade() == 2
    said_now = {said: village.row("member", phone.account).fields["language"] for said, phone in people.items()}
    assert said_now == {"Tiếng Việt": "vi", "Dao": "Dao", "vi-VN": "vi"}
    assert village.row("member", tagged.account).fields["language"] == "vi-VN"
    assert stamps == {said: village.row("member", phone.account).stamps for said, phone in people.items()}
    assert village.upgrade() == 0
    synced(office, tagged, *people.values())


def test_two_names_of_one_language_do_not_conflict(village: OldVillage) -> None:
    village.registry = REGISTRY
    office, phone = old(village.manager()), village.phone()
    office.record("member", {"name": "Vàng Thị Mai", "language": "Tiếng Việt"}, phone.account)
    phone.record("member", {"language": "vi"}, phone.account)
    synced(office, phone)
    assert village.store.open_reviews([phone.account]) == []
    assert village.row("member", phone.account).fields["language"] == "vi"


def test_a_row_is_said_again_in_the_newest_version_that_can() -> None:
    member = REGISTRY["member"]
    assert member.version_of({"name": "Mai", "language": "vi-VN"}) == DATA_VERSION
    assert member.version_of({"name": "Mai", "language": "Dao nói"}) == 1
    assert member.version_of({"name": "Mai", "language": "Anh"}) == 1, "a tag of today would be in lower case"
    assert REGISTRY["sale"].version_of({"due_on": "2026-12-24"}) == DATA_VERSION
