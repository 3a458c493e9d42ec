"""Pages, cursors and digests: everything visible once, in order, and proof at the end."""

import base64
from typing import Any

import pytest

from .client import Phone
from .clock import fingerprint, uuid7
from .goods import listing, sale


def pull(phone: Phone, limit: int, cursor: str | None = None) -> list[dict[str, Any]]:
    """Every page from `cursor` to the last."""
    pages: list[dict[str, Any]] = []
    while True:
        response = phone.post(cursor=cursor, limit=limit)
        assert response.status_code == 200, response.text
        page = response.json()
        pages.append(page)
        cursor = page["cursor"]
        if not page["more"]:
            return pages


def keys(pages: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [(change["entity"], change["id"]) for page in pages for change in page["changes"]]


def test_a_page_holds_at_most_its_limit_and_each_record_comes_once(member: Phone) -> None:
    for _ in range(25):
        member.record("sale", sale(member.member_id))
    member.sync()
    pages = pull(member, 7)
    assert len(pages) > 3
    assert all(0 < len(page["changes"]) <= 7 for page in pages)
    assert all(len(page["changes"]) == 7 for page in pages[:-1])
    found = keys(pages)
    assert len(found) == len(set(found))
    assert set(found) == set(member.rows)


def test_only_the_last_page_has_a_digest_and_only_the_first_resets(member: Phone) -> None:
    pages = pull(member, 5)
    assert [bool(page.get("digest")) for page in pages] == [False] * (len(pages) - 1) + [True]
    assert [page["reset"] for page in pages] == [True] + [False] * (len(pages) - 1)
    assert [page["more"] for page in pages] == [True] * (len(pages) - 1) + [False]


def test_the_digest_is_that_of_all_pages(member: Phone, manager: Phone) -> None:
    for phone in (member, manager):
        fresh = Phone(str(phone.http.base_url))
        fresh.access_token, fresh.replica = phone.access_token, phone.replica
        fresh.sync(limit=50)
        assert fresh.checked
        assert fresh.rows.keys() == phone.sync().rows.keys()


def test_a_digest_names_what_is_counted(member: Phone) -> None:
    before = member.post().json()["digest"]
    sold = member.record("sale", sale(member.member_id))
    after = member.post(member.unsent()).json()["digest"]
    assert after["sale"][0] == before.get("sale", [0, 0])[0] + 1
    stamps = {name: str(sold["at"]) for name in sold["set"]}
    added = fingerprint("sale", sold["id"], stamps)
    assert (after["sale"][1] - before.get("sale", [0, 0])[1]) % 2**48 == added
    assert after["listing"] == before["listing"]


def test_pages_are_in_the_order_of_the_last_change(member: Phone) -> None:
    start = member.cursor
    made = [member.record("sale", sale(member.member_id)) for _ in range(4)]
    member.sync()
    member.record("sale", {"note": "lại"}, made[1]["id"])
    member.sync()
    expected = [made[index]["id"] for index in (0, 2, 3, 1)]
    assert [record_id for _, record_id in keys(pull(member, 2, start))] == expected


def test_nothing_new_is_an_empty_last_page(member: Phone) -> None:
    answer = member.post().json()
    assert (answer["changes"], answer["more"], answer["reset"]) == ([], False, False)
    assert answer["digest"]


def test_what_changes_between_two_pages_is_not_missed(member: Phone) -> None:
    for _ in range(6):
        member.record("sale", sale(member.member_id))
    member.sync()
    page = member.post(cursor=None, limit=3).json()
    seen = keys([page])
    late = member.mutation("sale", sale(member.member_id))
    member.send(late)
    found = seen + keys(pull(member, 3, page["cursor"]))
    assert ("sale", late["id"]) in found
    assert set(found) == set(member.sync().rows)


def test_a_cursor_may_be_used_again(member: Phone) -> None:
    start = member.cursor
    member.record("sale", sale(member.member_id))
    member.sync()
    assert keys(pull(member, 10, start)) == keys(pull(member, 10, start))


@pytest.mark.parametrize("limit", [1, 999, 1000, 1001, 10**6])
def test_a_limit_over_the_bound_is_brought_to_it(member: Phone, limit: int) -> None:
    answer = member.post(limit=limit, cursor=None).json()
    assert 0 < len(answer["changes"]) <= min(limit, 1000)


@pytest.mark.parametrize("limit", [0, -1, -(2**40)])
def test_a_limit_that_is_none_is_refused_or_brought_up(member: Phone, limit: int) -> None:
    response = member.post(limit=limit, cursor=None)
    if response.status_code == 200:
        assert response.json()["changes"]
    else:
        assert (response.status_code, response.json()["code"]) == (422, "invalid")


def test_the_limit_may_be_left_out(member: Phone) -> None:
    body: dict[str, Any] = {"replica": member.replica, "cursor": member.cursor, "mutations": []}
    assert member.request("POST", "/sync", json=body).json()["more"] is False


def forgeries(cursor: str) -> list[str]:
    middle = len(cursor) // 2
    swapped = "A" if cursor[middle] != "A" else "B"
    return [
        "",
        "garbage",
        "0",
        "x" * 5000,
        "\x00",
        "Hẹn gặp",
        cursor[:-3],
        cursor[:middle] + swapped + cursor[middle + 1 :],
        cursor + "A",
        base64.urlsafe_b64encode(b'{"position": 0}').decode(),
        uuid7(),
    ]


def test_a_cursor_that_is_not_genuine_starts_from_the_beginning(member: Phone) -> None:
    member.record("listing", listing(member.member_id))
    member.sync()
    assert member.cursor is not None
    for forged in forgeries(member.cursor):
        page = member.post(cursor=forged, limit=2).json()
        assert page["reset"] is True, forged
        assert len(page["changes"]) == 2


def test_a_cursor_of_another_replica_starts_from_the_beginning(
    member: Phone, member_again: Phone, neighbour: Phone, other_member: Phone
) -> None:
    for other in (member_again, neighbour, other_member):
        assert member.post(cursor=other.cursor, limit=2).json()["reset"] is True


def test_a_clone_shares_the_cursor(member: Phone) -> None:
    twin = member.clone()
    sold = member.record("sale", sale(member.member_id))
    member.sync()
    assert twin.sync().shows(sold)
    assert twin.resets == 0


def test_a_null_cursor_brings_everything_again(member: Phone) -> None:
    before = dict(member.rows)
    member.cursor = None
    assert member.sync(limit=10).rows.keys() == before.keys()
    assert member.resets == 1
    assert member.checked


@pytest.mark.parametrize("cursor", [12, True, [], {}, 1.5])
def test_a_cursor_of_another_type_is_invalid_or_starts_from_the_beginning(member: Phone, cursor: Any) -> None:
    response = member.post(cursor=cursor, limit=2)
    if response.status_code == 200:
        assert response.json()["reset"] is True
    else:
        assert (response.status_code, response.json()["code"]) == (422, "invalid")
