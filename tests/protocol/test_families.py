"""Corrections: of the sales that `replaces_id` links, exactly one counts, and doubles are looked at."""

from .client import Mutation, Phone
from .clock import uuid7
from .goods import reviews, sale


def sold(phone: Phone, replaces: Mutation | str | None = None, record_id: str | None = None) -> Mutation:
    named = replaces["id"] if isinstance(replaces, dict) else replaces
    values = sale(phone.member_id, **({"replaces_id": named} if named else {}))
    return phone.record("sale", values, record_id)


def void(phone: Phone, mutation: Mutation) -> Mutation:
    return phone.record("sale", {"voided": True, "void_reason": "sửa lại"}, mutation["id"])


def counting(phone: Phone, *family: Mutation) -> list[bool]:
    phone.sync()
    return [bool(phone.row(mutation).derived["counts"]) for mutation in family]


def doubled(manager: Phone, *family: Mutation) -> bool:
    """Whether some sale of the family carries an open `duplicate_sale` review."""
    return any(reviews(manager, "duplicate_sale", mutation) for mutation in family)


def test_a_correction_counts_instead_of_the_voided_sale(member: Phone, manager: Phone) -> None:
    first = sold(member)
    void(member, first)
    second = sold(member, first)
    assert counting(member, first, second) == [False, True]
    assert not doubled(manager, first, second)


def test_a_correction_counts_even_before_the_void_arrives(member: Phone, manager: Phone) -> None:
    first = sold(member)
    member.sync()
    second = sold(member, first)
    assert counting(member, first, second) == [False, True]
    assert not doubled(manager, first, second)


def test_a_double_correction_counts_once_and_is_looked_at(member: Phone, member_again: Phone, manager: Phone) -> None:
    first = sold(member)
    member.sync()
    member_again.sync()
    void(member, first)
    second = sold(member, first)
    void(member_again, first)
    third = sold(member_again, first)
    member_again.sync()
    assert second["id"] < third["id"]
    assert counting(member, first, second, third) == [False, True, False]
    assert doubled(manager, first, second, third)
    void(member, second)
    assert counting(member, first, second, third) == [False, False, True]
    assert not doubled(manager, first, second, third)


def test_the_smallest_id_counts_whichever_arrives_first(member: Phone, manager: Phone) -> None:
    first = sold(member)
    void(member, first)
    small, great = uuid7(), uuid7()
    later = sold(member, first, great)
    member.sync()
    assert counting(member, first, later) == [False, True]
    earlier = sold(member, first, small)
    assert counting(member, first, later, earlier) == [False, False, True]
    assert doubled(manager, first, later, earlier)


def test_a_chain_of_corrections_counts_its_end(member: Phone, manager: Phone) -> None:
    first = sold(member)
    second = sold(member, first)
    third = sold(member, second)
    assert counting(member, first, second, third) == [False, False, True]
    assert not doubled(manager, first, second, third)
    void(member, third)
    assert counting(member, first, second, third) == [False, True, False]
    void(member, second)
    assert counting(member, first, second, third) == [True, False, False]
    void(member, first)
    assert counting(member, first, second, third) == [False, False, False]
    assert not doubled(manager, first, second, third)


def test_a_voided_link_in_the_middle_leaves_two_and_a_review(member: Phone, manager: Phone) -> None:
    """The first is live and no live one names it, and so is the third: both remain, one counts."""
    first = sold(member)
    second = sold(member, first)
    third = sold(member, second)
    void(member, second)
    assert counting(member, first, second, third) == [True, False, False]
    assert doubled(manager, first, second, third)


def test_a_correction_may_arrive_before_what_it_corrects(member: Phone, manager: Phone) -> None:
    first_id = uuid7()
    second = sold(member, first_id)
    assert counting(member, second) == [True]
    first = sold(member, record_id=first_id)
    assert counting(member, first, second) == [False, True]
    assert not doubled(manager, first, second)


def test_families_join_when_the_link_between_them_arrives(member: Phone, manager: Phone) -> None:
    middle_id = uuid7()
    end = sold(member, middle_id)
    other_end = sold(member, middle_id)
    first = sold(member)
    member.sync()
    assert doubled(manager, end, other_end)
    middle = sold(member, first, middle_id)
    assert counting(member, first, middle, end, other_end) == [False, False, True, False]


def test_in_a_cycle_the_smallest_id_counts(member: Phone, manager: Phone) -> None:
    ids = [uuid7() for _ in range(3)]
    family = [sold(member, ids[(number + 1) % 3], ids[number]) for number in range(3)]
    assert counting(member, *family) == [True, False, False]
    assert doubled(manager, *family)
    void(member, family[0])
    live = counting(member, *family)
    assert sum(live) == 1
    assert not live[0]


def test_a_sale_that_names_itself_breaks_nothing(member: Phone) -> None:
    record_id = uuid7()
    selfish = sold(member, record_id, record_id)
    after = sold(member)
    member.sync()
    assert member.receipts[after["at"]]["outcome"] == "applied"
    if member.receipts[selfish["at"]]["outcome"] == "applied":
        assert member.row(selfish).derived["counts"] is True


def test_a_family_of_sales_that_nobody_links_is_no_duplicate(member: Phone, manager: Phone) -> None:
    alike = [sold(member), sold(member)]
    assert counting(member, *alike) == [True, True]
    assert not doubled(manager, *alike)
