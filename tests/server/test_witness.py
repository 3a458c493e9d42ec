"""What only another phone still holds after a restore is offered by that phone and put before a manager."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from config import Settings
from server.backup import backup
from server.restore import restore
from sync.witness import MAX_RECORDS
from tests.conftest import People, change_account
from tests.protocol.client import Phone
from tests.protocol.goods import listing, problem, reviews, sale
from tests.server.phones import sign_in

KIND = "lost_in_restore"


@pytest.fixture
def settings(settings_of_either: Settings) -> Settings:
    return settings_of_either


@pytest.fixture
def neighbour(app: Flask) -> Phone:
    return sign_in(app, "neighbour").sync()


@pytest.fixture
def saved(app: Flask, people: People, tmp_path: Path) -> Path:
    with app.app_context():
        return backup(tmp_path / "backup").path


def put_back(app: Flask, saved: Path) -> None:
    with app.app_context():
        restore(saved, older=True)


def offered(phone: Phone, *keys: tuple[str, str]) -> list[dict[str, Any]]:
    """What a phone confirmed, as pages brought it."""
    records = []
    for entity, id in keys:
        row = phone.rows[entity, id]
        at = min(row.stamps.values())
        stamps = {name: stamp for name, stamp in row.stamps.items() if stamp != at}
        records.append({"entity": entity, "id": id, "at": at, "stamps": stamps, "row": row.values})
    return records


def witness(phone: Phone, records: Any) -> Any:
    return phone.request("POST", "/sync/witness", json={"replica": phone.replica, "records": records})


def resolve(manager: Phone, review: dict[str, Any], action: str, **more: Any) -> Any:
    body = {"action": action, "stamps": review["stamps"]} | more
    return manager.request("POST", f"/reviews/{review['id']}/resolve", json=body)


def lost_goods(app: Flask, author: Phone, saved: Path, *witnesses: Phone) -> tuple[str, list[list[dict[str, Any]]]]:
    """A listing whose author's phone is gone, lost by the server: its id, and what each witness has of it."""
    shop = author.record("listing", listing(author.member_id))["id"]
    author.sync()
    kept = []
    for phone in witnesses:
        phone.sync()
        kept += [offered(phone, ("listing", shop))]
    put_back(app, saved)
    for phone in witnesses:
        phone.sync()
        assert ("listing", shop) not in phone.rows
    return shop, kept


def test_a_record_that_only_another_phone_has_is_put_before_the_manager_once(
    app: Flask, saved: Path, manager: Phone, neighbour: Phone
) -> None:
    shop, [mine, theirs] = lost_goods(app, sign_in(app, "member"), saved, neighbour, manager)
    digest = manager.sync().rows.keys()
    assert witness(neighbour, mine).json() == {"taken": 1}
    [review] = reviews(manager, KIND, shop)
    assert review["sides"][0]["value"] == mine[0]["row"]
    assert review["sides"][0]["account"] == neighbour.member_id
    for phone, records in ((neighbour, mine), (manager, theirs), (neighbour, mine * 3)):
        assert witness(phone, records).json() == {"taken": 1}
    assert reviews(manager, KIND, shop, status=None) == [review]
    manager.sync()
    assert manager.checked
    assert manager.rows.keys() == digest


def test_the_later_of_two_versions_is_shown(app: Flask, saved: Path, manager: Phone, neighbour: Phone) -> None:
    shop, [[record], _] = lost_goods(app, sign_in(app, "member"), saved, neighbour, manager)
    later = record | {"row": record["row"] | {"price_vnd": 7}, "stamps": {"price_vnd": manager.stamp()}}
    for phone, version in ((neighbour, record), (manager, later), (neighbour, record)):
        witness(phone, [version])
    [review] = reviews(manager, KIND, shop)
    assert review["sides"][0]["value"]["price_vnd"] == 7


def test_the_review_closes_when_the_authors_phone_comes_after_all(
    app: Flask, saved: Path, manager: Phone, neighbour: Phone
) -> None:
    author = sign_in(app, "member")
    shop, [mine, _] = lost_goods(app, author, saved, neighbour, manager)
    witness(neighbour, mine)
    author.sync()
    [review] = reviews(manager, KIND, shop, status=None)
    assert review["status"] == "closed"
    manager.sync()
    assert manager.checked
    assert manager.rows["listing", shop].values == mine[0]["row"]
    assert manager.rows["listing", shop].derived["open_reviews"] == 0
    assert witness(neighbour, mine).json() == {"taken": 0}


def test_accepted_it_is_back_as_it_was_on_every_phone_and_the_past_tells_how(
    app: Flask, saved: Path, manager: Phone, neighbour: Phone, people: People
) -> None:
    author = sign_in(app, "member")
    shop, [mine, _] = lost_goods(app, author, saved, neighbour, manager)
    witness(neighbour, mine)
    [review] = reviews(manager, KIND, shop)
    done = resolve(manager, review, "accept", note="Máy chị ấy hỏng").json()
    assert (done["status"], done["resolution"]["account"]) == ("resolved", people.manager)
    assert resolve(manager, review, "accept").json() == done, "its answer was lost"
    problem(resolve(manager, review, "dismiss"), 409, "review_changed")
    for phone in (neighbour.sync(), author.sync(), manager.sync()):
        assert offered(phone, ("listing", shop)) == mine
        assert phone.checked
    assert manager.rows["listing", shop].derived["review_note"] == "Máy chị ấy hỏng"
    assert manager.rows["listing", shop].derived["open_reviews"] == 0
    first, theirs = manager.get(f"/records/listing/{shop}/history")["items"]
    assert (first["account"], first["outcome"], first["eff"]) == (people.coop, "applied", theirs["at"])
    assert (theirs["account"], theirs["outcome"]) == (people.member, "applied")
    assert manager.items("/reviews", status="open") == []


def test_dismissed_it_stays_away_and_the_same_phone_does_not_bring_the_question_back(
    app: Flask, saved: Path, manager: Phone, neighbour: Phone
) -> None:
    shop, [mine, theirs] = lost_goods(app, sign_in(app, "member"), saved, neighbour, manager)
    witness(neighbour, mine)
    [review] = reviews(manager, KIND, shop)
    assert resolve(manager, review, "refuse").status_code == 422
    assert resolve(manager, review, "dismiss", note="Đã xoá").json()["resolution"]["action"] == "dismiss"
    assert witness(manager, theirs).json() == {"taken": 1}
    assert reviews(manager, KIND, shop) == []
    assert ("listing", shop) not in manager.sync().rows


def test_what_the_server_has_or_cannot_use_is_passed_over(app: Flask, manager: Phone, neighbour: Phone) -> None:
    shop = manager.record("listing", listing(None))["id"]
    manager.sync()
    [known] = offered(manager, ("listing", shop))
    whole = known | {"id": "0199aa5b-0000-7000-8000-00000000beef"}
    poison: list[Any] = [
        known,
        None,
        [],
        "x",
        {},
        whole | {"entity": "coop"},
        whole | {"entity": []},
        whole | {"id": "1"},
        whole | {"row": []},
        whole | {"row": {"product_name": "x"}},
        whole | {"row": whole["row"] | {"price_vnd": -1}},
        whole | {"row": whole["row"] | {"product_name": "\0"}},
        whole | {"stamps": None},
        whole | {"stamps": {"unit": "soon"}},
        whole | {"at": 7, "stamps": {}},
    ]
    assert witness(manager, poison).json() == {"taken": 0}
    assert manager.items("/reviews", kind=KIND) == []
    assert witness(manager, [*poison, whole]).json() == {"taken": 1}
    assert len(manager.items("/reviews", kind=KIND)) == 1


def test_a_member_speaks_only_of_what_a_member_sees(
    app: Flask, manager: Phone, neighbour: Phone, people: People
) -> None:
    id = "0199aa5b-0000-7000-8000-00000000beef"
    record = {"entity": "sale", "id": id, "at": manager.stamp(), "stamps": {}}
    assert witness(neighbour, [record | {"row": sale(people.member)}]).json() == {"taken": 0}
    assert witness(neighbour, [record | {"row": sale(None)}]).json() == {"taken": 0}
    assert witness(neighbour, [record | {"row": sale(people.neighbour)}]).json() == {"taken": 1}
    assert witness(manager, [record | {"row": sale(people.member), "at": manager.stamp(1)}]).json() == {"taken": 1}


def test_a_stranger_is_not_heard(app: Flask, manager: Phone, neighbour: Phone, people: People) -> None:
    body = {"replica": manager.replica, "records": []}
    problem(neighbour.request("POST", "/sync/witness", json=body), 403, "forbidden")
    problem(manager.request("POST", "/sync/witness", json={"replica": manager.replica}), 422, "invalid")
    problem(witness(manager, [None] * (MAX_RECORDS + 1)), 413, "too_large")
    other = sign_in(app, "other_manager")
    assert witness(other, [{"entity": "sale", "id": "x"}]).json() == {"taken": 0}
    change_account(app, people.neighbour, status="disabled")
    problem(witness(neighbour, []), 403, "forbidden")
    neighbour.access_token = "none"
    problem(witness(neighbour, []), 401, "unauthenticated")
