"""A person's own data: consent by purpose, a copy of everything, and being erased for good."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text

from config import Settings
from server.backup import backup
from server.database import db, reading
from server.restore import restore
from server.tables import LOG
from server.verification import verify
from tests.conftest import People, SignIn, assert_problem
from tests.protocol.client import Phone
from tests.protocol.goods import listing, sale
from tests.server.phones import sign_in as phone_of
from tests.server.test_people import Staff

NAME, VILLAGE, NOTE = "Giàng Thị Bí Mật", "Thôn Khuất Nẻo", "Nhà bà Kín Đáo"


@pytest.fixture
def manager(client: FlaskClient, sign_in: SignIn) -> Staff:
    return Staff(client, sign_in("manager"))


@pytest.fixture
def office(app: Flask, people: People) -> Phone:
    """The manager's phone, with the member's record and a sale in the co-operative's book."""
    phone = phone_of(app, "manager").sync()
    phone.record("member", {"name": NAME, "called": "Bí", "village": VILLAGE, "active": True}, id=people.member)
    told = {"kind": "other", "text": NOTE, "told_at": "2026-11-21T02:10:00Z", "member_id": people.member}
    phone.record("need", told, v=3)
    phone.record("listing", listing(people.member, description=NOTE))
    phone.record("sale", sale(people.member, note=NOTE, total_vnd=625_000))
    return phone.sync()


def consent(member_id: str, purpose: str = "ethnic_group") -> dict[str, Any]:
    return {"member_id": member_id, "purpose": purpose, "notice": "2026-11-22", "given_at": "2026-11-21T02:10:00Z"}


def sync(staff_or_phone: Staff, mutations: list[dict[str, Any]]) -> Any:
    answer = staff_or_phone.ask("POST", "/sync", replica=staff_or_phone.replica, v=3, mutations=mutations)
    assert answer.status_code == 200, answer.text
    return answer.json


def mutation(n: int, entity: str, id: str, base: dict[str, str] | None = None, **values: Any) -> dict[str, Any]:
    at = f"{0x0199AA5BE8F0 + n:012x}-0000-5f3a9c21"
    return {"at": at, "v": 3, "entity": entity, "id": id, "set": values, "base": base or {}}


CONSENT = "0199aa5b-e8f0-7abc-8def-0123456789ab"


def test_there_is_no_ethnic_group_before_its_consent(manager: Staff, office: Phone, people: People) -> None:
    refused = manager.ask("PUT", f"/people/{people.member}/ethnic_group", value="Mông")
    assert assert_problem(refused, 422, "invalid")["errors"] == {"value": ["no_consent"]}
    sync(manager, [mutation(1, "consent", CONSENT, **consent(people.member, "photo"))])
    assert manager.ask("PUT", f"/people/{people.member}/ethnic_group", value="Mông").status_code == 422


def test_a_member_consents_on_the_phone_and_withdrawing_removes_the_ethnic_group_everywhere(
    app: Flask, client: FlaskClient, sign_in: SignIn, manager: Staff, office: Phone, people: People
) -> None:
    member = Staff(client, sign_in("member"))
    [given] = sync(member, [mutation(1, "consent", CONSENT, **consent(people.member))])["receipts"]
    assert given["outcome"] == "applied"
    kept = manager.ask("PUT", f"/people/{people.member}/ethnic_group", value="Mông Hoa")
    assert kept.json["ethnic_group"] == "Mông Hoa"
    [shown] = kept.json["consents"]
    assert (shown["purpose"], shown["notice"], shown["recorded_by"]) == ("ethnic_group", "2026-11-22", "Giàng member")
    assert "Mông Hoa" not in json.dumps(manager.items("/members") + manager.items("/audit"), ensure_ascii=False)
    sync(member, [mutation(2, "consent", CONSENT, {"withdrawn": given["at"]}, withdrawn=True)])
    seen = manager.ask("GET", f"/people/{people.member}").json
    assert seen["ethnic_group"] is None
    assert (seen["consents"][0]["withdrawn"], seen["consents"][0]["withdrawn_by"]) == (True, "Giàng member")
    assert not found_in_database(app, "Mông Hoa"), "it is in no table and in no log"


def test_a_manager_records_and_withdraws_a_consent_for_a_member(manager: Staff, office: Phone, people: People) -> None:
    sync(manager, [mutation(1, "consent", CONSENT, **consent(people.member))])
    sync(manager, [mutation(2, "consent", CONSENT, withdrawn=True)])
    [shown] = manager.ask("GET", f"/people/{people.member}").json["consents"]
    assert (shown["recorded_by"], shown["withdrawn_by"]) == ("Giàng manager", "Giàng manager")


def test_a_member_consents_for_nobody_else(client: FlaskClient, sign_in: SignIn, office: Phone, people: People) -> None:
    member = Staff(client, sign_in("member"))
    [receipt] = sync(member, [mutation(1, "consent", CONSENT, **consent(people.neighbour))])["receipts"]
    assert receipt["outcome"] == "rejected"


def test_a_person_gets_a_copy_of_everything_and_the_log_says_so(manager: Staff, office: Phone, people: People) -> None:
    copy = manager.ask("POST", f"/people/{people.member}/export").json
    [coop] = copy["co_operatives"]
    assert coop["records"]["member"][0]["name"] == NAME
    assert coop["records"]["sale"][0]["total_vnd"] == 625_000
    assert copy["account"]["phone"] == "0900000011"
    [entry] = manager.items("/audit?action=people.export")
    assert (entry["subject_id"], entry["coop_id"]) == (people.member, people.coop)


def test_people_of_elsewhere_are_neither_seen_nor_erased(
    client: FlaskClient, sign_in: SignIn, office: Phone, people: People
) -> None:
    elsewhere = Staff(client, sign_in("other_manager"))
    for method, path in (("GET", ""), ("POST", "/export"), ("POST", "/erase"), ("PUT", "/ethnic_group")):
        answer = elsewhere.ask(method, f"/people/{people.member}{path}", value="x")
        assert_problem(answer, 404, "not_found")


def found_in_database(app: Flask, words: str) -> list[str]:
    """The tables in which any text still holds these words."""
    with app.app_context(), reading() as session:
        names = session.scalars(text("SELECT name FROM sqlite_master WHERE type = 'table'")).all()
        dump = {name: str(session.execute(text(f'SELECT * FROM "{name}"')).all()) for name in names}  # noqa: S608
    escaped = json.dumps(words)[1:-1]
    return [name for name, rows in dump.items() if words in rows or escaped in rows]


def test_who_was_erased_is_in_no_table_and_the_sale_still_counts(
    app: Flask, client: FlaskClient, manager: Staff, office: Phone, people: People
) -> None:
    assert found_in_database(app, NAME)
    erased = manager.ask("POST", f"/people/{people.member}/erase")
    assert (erased.status_code, erased.json["erased"], erased.json["name"]) == (200, True, "–"), erased.text
    for words in (NAME, "giang thi bi mat", VILLAGE, NOTE, "0900000011"):
        assert not found_in_database(app, words), words
    [kept] = manager.items("/sales")
    assert (kept["total_vnd"], kept["counts"], kept["member_id"]) == (625_000, True, people.member)
    office.sync()
    assert office.checked, "phones learn of it by sync, and agree"
    assert {row.values["name"] for (entity, _), row in office.rows.items() if entity == "member"} == {"–"}
    [entry] = manager.items("/audit?action=people.erase")
    assert entry["account_name"] == "Giàng manager"


def test_the_phone_of_who_was_erased_is_told_to_forget_and_what_it_held_waits_as_held(
    app: Flask, client: FlaskClient, sign_in: SignIn, manager: Staff, office: Phone, people: People
) -> None:
    member = Staff(client, sign_in("member"))
    assert "erased" not in sync(member, [])
    manager.ask("POST", f"/people/{people.member}/erase")
    late = mutation(1, "sale", CONSENT, **sale(people.member, note=NOTE, total_vnd=125_000))
    renamed = mutation(2, "member", people.member, called=NAME)
    answer = sync(member, [late, renamed])
    assert answer["erased"] is True
    assert [receipt["outcome"] for receipt in answer["receipts"]] == ["held", "held"]
    assert answer["changes"] == []
    for words in (NAME, NOTE):
        assert not found_in_database(app, words), words
    assert sync(member, [late, renamed])["receipts"] == answer["receipts"], "sent again, it changes nothing"
    [held] = [one for one in manager.items("/reviews?kind=held&status=open") if one["entity"] == "sale"]
    accepted = manager.ask("POST", f"/reviews/{held['id']}/resolve", action="accept", stamps={})
    assert accepted.status_code == 200, accepted.text
    assert 125_000 in [one["total_vnd"] for one in manager.items("/sales")], "the sale itself is not lost"


def test_what_waited_or_was_refused_when_its_author_was_erased_loses_its_words(
    app: Flask, client: FlaskClient, sign_in: SignIn, manager: Staff, office: Phone, people: People
) -> None:
    member = Staff(client, sign_in("member"))
    refused = mutation(1, "sale", CONSENT, **sale(people.neighbour, note=NOTE))
    odd = mutation(2, "sale", CONSENT) | {"set": NOTE}
    unknown = mutation(3, "diary", CONSENT, note=NOTE)
    outcomes = [receipt["outcome"] for receipt in sync(member, [refused, odd, unknown])["receipts"]]
    assert outcomes == ["rejected"] * 3
    manager.ask("PATCH", f"/accounts/{people.member}", status="disabled")
    [held] = sync(member, [mutation(4, "stock_entry", people.other_coop, note=NOTE)])["receipts"]
    assert held["outcome"] == "held"
    manager.ask("POST", f"/people/{people.member}/erase")
    assert not found_in_database(app, NOTE)
    with app.app_context(), reading() as session:
        verify(session)


def test_a_note_about_goods_of_who_was_erased_that_another_phone_brings_late_is_not_kept(
    app: Flask, manager: Staff, office: Phone, people: People
) -> None:
    [goods] = [id for entity, id in office.rows if entity == "sale"]
    manager.ask("POST", f"/people/{people.member}/erase")
    sync(manager, [mutation(1, "sale", goods, note="Con gái bà Kín Đáo")])
    sync(manager, [mutation(2, "listing", CONSENT, **listing(people.member, description="Vườn bà Kín Đáo"))])
    assert not found_in_database(app, "bà Kín Đáo")
    office.sync()
    assert office.checked


def test_a_phone_that_sends_the_old_name_again_does_not_bring_it_back(
    app: Flask, manager: Staff, office: Phone, people: People
) -> None:
    manager.ask("POST", f"/people/{people.member}/erase")
    sync(manager, [mutation(1, "member", people.member, name=NAME, village=VILLAGE)])
    assert not found_in_database(app, NAME)
    assert not found_in_database(app, VILLAGE)
    [row] = [row for row in manager.items("/members") if row["id"] == people.member]
    assert row["name"] == "–"


def test_an_erased_account_is_not_enabled_again(
    client: FlaskClient, manager: Staff, office: Phone, people: People
) -> None:
    manager.ask("POST", f"/people/{people.member}/erase")
    refused = manager.ask("PATCH", f"/accounts/{people.member}", status="active")
    assert assert_problem(refused, 422, "invalid")["errors"] == {"status": ["erased"]}
    assert people.member not in [item["id"] for item in manager.items("/accounts")]
    signed_in = client.post("/api/v1/auth/login", json={"login": "0900000011", "password": "a password for tests"})
    assert signed_in.status_code == 401


def test_an_older_backup_does_not_bring_anybody_back(
    app: Flask, settings: Settings, manager: Staff, office: Phone, people: People
) -> None:
    with app.app_context():
        made = backup(settings.data_dir / "backup")
    manager.ask("POST", f"/people/{people.member}/erase")
    with app.app_context():
        db.engine.dispose()
        restore(made.path)
    assert not found_in_database(app, NAME)
    with app.app_context():
        again = backup(settings.data_dir / "backup")
    assert again.path.exists(), "and a backup of it is verified"
    with app.app_context(), reading() as session:
        assert session.scalars(select(LOG.c.key)).all()
