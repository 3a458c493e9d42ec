"""Rule 5: the last writer wins field by field, and no value disappears without a question to a person."""

from tests.sync.village import MINUTE_MS, Phone, Village


def two_who_know_a_listing(village: Village) -> tuple[Phone, Phone, str]:
    member, manager = village.phone(), village.manager()
    id = member.list_goods()["id"]
    member.sync()
    manager.sync()
    return member, manager, id


def test_concurrent_changes_of_one_field_open_one_conflict_that_keeps_both_values() -> None:
    village = Village()
    member, manager, id = two_who_know_a_listing(village)
    member.record("listing", {"price_vnd": 340_000}, id)
    village.now_ms += MINUTE_MS
    manager.record("listing", {"price_vnd": 360_000}, id)
    assert manager.sync()[0]["outcome"] == "applied"
    assert member.sync()[0]["outcome"] == "merged"
    [review] = village.reviews("conflict")
    assert {side["value"] for side in review.sides} == {340_000, 360_000}
    assert {side["account"] for side in review.sides} == {member.account, manager.account}
    assert member.sees("listing", id).fields["price_vnd"] == 360_000
    assert member.sees("listing", id).derived["open_reviews"] == 1


def test_a_change_made_after_seeing_the_other_never_conflicts_even_with_a_slow_clock() -> None:
    village = Village()
    member, manager, id = two_who_know_a_listing(village)
    manager.record("listing", {"price_vnd": 360_000}, id)
    manager.sync()
    member.sync()
    member.drift_ms = -1_000 * MINUTE_MS
    member.replica.clock.last_ms = 0  # the phone's battery fell out
    member.record("listing", {"price_vnd": 330_000}, id)
    [receipt] = member.sync()
    assert receipt["outcome"] == "applied"
    assert receipt["eff"] > receipt["at"]
    manager.sync()
    assert manager.sees("listing", id).fields["price_vnd"] == 330_000
    assert village.reviews("conflict") == []


def test_equal_values_and_different_fields_never_conflict() -> None:
    village = Village()
    member, manager, id = two_who_know_a_listing(village)
    member.record("listing", {"price_vnd": 340_000}, id)
    manager.record("listing", {"price_vnd": 340_000}, id)
    manager.record("listing", {"description": "hái sáng sớm"}, id)
    assert {r["outcome"] for r in manager.sync() + member.sync()} == {"applied"}
    assert village.reviews("conflict") == []


def test_a_conflict_closes_itself_when_the_missing_link_arrives() -> None:
    village = Village()
    member, manager, id = two_who_know_a_listing(village)
    first = manager.record("listing", {"price_vnd": 360_000}, id)
    other_phone = village.phone(member.account)
    link = member.record("listing", {"price_vnd": 350_001}, id) | {"base": {"price_vnd": first["at"]}}
    last = other_phone.record("listing", {"price_vnd": 350_002}, id) | {"base": {"price_vnd": link["at"]}}
    manager.push([first])
    assert other_phone.receipts([last])[0]["outcome"] == "merged"
    assert len(village.reviews("conflict")) == 1
    member.push([link])
    assert village.reviews("conflict") == []
    assert len(village.reviews("conflict", "closed")) == 1


def test_a_second_conflict_of_the_same_pair_brings_the_review_up_to_date() -> None:
    village = Village()
    member, manager, id = two_who_know_a_listing(village)
    changes = [member.record("listing", {"price_vnd": price}, id) for price in (1, 2)]
    other = manager.record("listing", {"price_vnd": 9}, id)
    member.push(changes[:1])
    manager.push([other])
    member.push(changes[1:])
    [review] = village.reviews("conflict")
    assert {side["value"] for side in review.sides} == {2, 9}


def test_a_clone_and_its_twin_conflict_like_strangers() -> None:
    village = Village()
    member, _, id = two_who_know_a_listing(village)
    base = {"price_vnd": member.sees("listing", id).stamps["price_vnd"]}
    one = member.record("listing", {"price_vnd": 1}, id) | {"base": base}
    member.replica.clock.session = village.session()
    two = member.record("listing", {"price_vnd": 2}, id) | {"base": base}
    assert [r["outcome"] for r in member.receipts([one, two])] == ["applied", "merged"]
    assert len(village.reviews("conflict")) == 1


def test_writes_of_one_session_follow_each_other_without_any_base() -> None:
    village = Village()
    member, _, id = two_who_know_a_listing(village)
    changes = [member.record("listing", {"price_vnd": price}, id) | {"base": {}} for price in (1, 2, 3)]
    assert {r["outcome"] for r in member.receipts([changes[2], changes[0], changes[1]])} == {"applied"}
    member.sync()
    assert member.sees("listing", id).fields["price_vnd"] == 3
