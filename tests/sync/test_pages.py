"""Rules 10 and 11, cursors, and a disk that was put back."""

import copy

from tests.sync.village import Village


def test_pages_come_in_the_order_of_seq_and_only_the_last_has_the_digest() -> None:
    village = Village()
    phone = village.phone()
    ids = [phone.sell()["id"] for _ in range(7)]
    phone.push([pending.mutation for pending in phone.replica.outbox])
    seen, cursor, pages = [], None, 0
    while True:
        page = phone.push([], cursor, limit=3)
        assert page["reset"] is (pages == 0)
        assert ("digest" in page) is not page["more"]
        seen += [change["id"] for change in page["changes"]]
        cursor, pages = page["cursor"], pages + 1
        if not page["more"]:
            break
    assert seen == ids
    assert pages == 3
    assert phone.push([], cursor)["changes"] == []


def test_a_forged_or_foreign_cursor_starts_from_the_beginning() -> None:
    village = Village()
    phone, other = village.phone(), village.manager()
    phone.sell()
    phone.sync()
    other.sync()
    forged = (phone.replica.cursor or "")[:-4] + "AAAA"
    for cursor in (None, "", "garbage", "ñ", forged, other.replica.cursor, "A" * 5000):
        answer = phone.push([], cursor)
        assert answer["reset"] is True
        assert len(answer["changes"]) == 1


def test_a_disk_put_back_is_noticed_and_the_phones_bring_the_lost_day_back() -> None:
    village = Village()
    one, two = village.phone(), village.manager()
    one.sell()
    one.sync()
    two.sync()
    backup = copy.deepcopy(village.store)
    lost = one.sell()
    one.sync()
    two.sync()
    village.store = backup
    two.sell(member_id=None)
    two.sync()
    one.sync()
    two.sync()
    assert ("sale", lost["id"]) in two.replica.confirmed
    assert one.replica.checked
    assert two.replica.checked
    assert village.store.state.history != "history-0"


def test_a_changed_role_reads_everything_anew() -> None:
    from dataclasses import replace

    village = Village()
    phone, other = village.phone(), village.phone()
    other.sell()
    other.sync()
    phone.sync()
    phone.author = replace(phone.author, role="manager")
    phone.sync()
    assert len(phone.replica.confirmed) == 1
    assert phone.replica.checked
