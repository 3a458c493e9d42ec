"""Enrolling: a manager shows a code, the member chooses a password, the code is spent."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update

from server.backup import backup
from server.database import new_id, now_ms, writing
from server.enrolment import LIFETIME_MS, REMEMBERED_MS, Enrolment
from server.restore import restore
from tests.conftest import PASSWORD, People, SignIn, assert_problem, bearer, change_account

NEW_PASSWORD = "the new password"


@pytest.fixture
def sync_member(client: FlaskClient, sign_in: SignIn) -> Any:
    """`sync_member(id, name)`: the manager records a member through /sync."""

    def push(member_id: str, name: str) -> None:
        manager = sign_in("manager")
        mutation = {
            "at": f"{now_ms():012x}-0000-0000000a",
            "v": 1,
            "entity": "member",
            "id": member_id,
            "set": {"name": name, "active": True},
            "base": {},
        }
        body = {"replica": manager["replica"], "cursor": None, "limit": 10, "mutations": [mutation]}
        answer = client.post("/api/v1/sync", json=body, headers=bearer(manager["access_token"]))
        assert answer.json["receipts"][0]["outcome"] == "applied", answer.text

    return push


@pytest.fixture
def newcomer(sync_member: Any) -> str:
    """A member record without an account."""
    member_id = new_id()
    sync_member(member_id, "H Bla Niê")
    return member_id


@pytest.fixture
def issue(client: FlaskClient, sign_in: SignIn) -> Any:
    def ask(member_id: str, who: str = "manager") -> Any:
        headers = bearer(sign_in(who)["access_token"])
        return client.post("/api/v1/enrolments", json={"member_id": member_id}, headers=headers)

    return ask


def enrol(client: FlaskClient, code: str, password: str = NEW_PASSWORD, **more: Any) -> Any:
    return client.post("/api/v1/auth/enrol", json={"code": code, "password": password, **more})


def look(client: FlaskClient, code: str) -> Any:
    return client.post("/api/v1/auth/enrol/look", json={"code": code})


def test_code_tells_whom_it_lets_in_and_where_and_stays_good(client: FlaskClient, issue: Any, newcomer: str) -> None:
    code = issue(newcomer).json["code"]
    for _ in range(2):
        answer = look(client, code)
        assert answer.status_code == 200
        assert answer.json == {"coop_name": "HTX Tả Lùng", "name": "H Bla Niê"}
    assert enrol(client, code).status_code == 200


def let_pass(app: Flask, ms: int) -> None:
    with app.app_context(), writing() as session:
        session.execute(update(Enrolment).values(expires_at_ms=Enrolment.expires_at_ms - ms))


def test_who_has_a_code_is_told_why_it_does_not_work_any_more(
    app: Flask, client: FlaskClient, issue: Any, newcomer: str
) -> None:
    replaced, spent = issue(newcomer).json["code"], issue(newcomer).json["code"]
    enrol(client, spent)
    for ask in (look, enrol):
        assert_problem(ask(client, replaced), 401, "code_replaced")
        assert_problem(ask(client, spent), 401, "code_spent")
    expired = issue(newcomer).json["code"]
    let_pass(app, LIFETIME_MS + 1)
    for ask in (look, enrol):
        assert_problem(ask(client, expired), 401, "code_expired")
        assert_problem(ask(client, spent), 401, "code_spent")


def test_guesser_is_told_the_same_whatever_codes_there_are(client: FlaskClient, issue: Any, newcomer: str) -> None:
    nothing = assert_problem(look(client, "nobody-gave-this-code"), 401, "unauthenticated")
    spent = issue(newcomer).json["code"]
    enrol(client, spent)
    for guess in ("nobody-gave-this-code", spent[:-1], spent.swapcase(), newcomer):
        assert assert_problem(look(client, guess), 401, "unauthenticated") == nothing
        assert assert_problem(enrol(client, guess), 401, "unauthenticated") == nothing


def test_code_is_forgotten_a_month_after_its_day(app: Flask, client: FlaskClient, issue: Any, newcomer: str) -> None:
    code = issue(newcomer).json["code"]
    let_pass(app, LIFETIME_MS + REMEMBERED_MS + 1)
    issue(newcomer)
    assert_problem(look(client, code), 401, "unauthenticated")


def test_telling_why_a_code_does_not_work_is_no_failure_of_the_address(
    client: FlaskClient, issue: Any, newcomer: str
) -> None:
    spent = issue(newcomer).json["code"]
    enrol(client, spent)
    for _ in range(301):
        assert_problem(look(client, spent), 401, "code_spent")
    assert look(client, issue(newcomer).json["code"]).status_code == 200


def test_guessing_codes_is_slowed_down(client: FlaskClient, issue: Any, newcomer: str) -> None:
    code = issue(newcomer).json["code"]
    for _ in range(300):
        assert_problem(look(client, "a guess"), 401, "unauthenticated")
    refused = look(client, code)
    assert_problem(refused, 429, "rate_limited")
    assert int(refused.headers["Retry-After"]) > 0


def test_answer_that_was_lost_costs_nothing_the_spent_code_is_a_login_for_its_day(
    app: Flask, client: FlaskClient, issue: Any, newcomer: str
) -> None:
    def sign_in(password: str) -> Any:
        body = {"login": code, "password": password, "replica": replica}
        return client.post("/api/v1/auth/login", json=body)

    code, replica = issue(newcomer).json["code"], new_id()
    assert_problem(sign_in(NEW_PASSWORD), 401, "unauthenticated")
    assert enrol(client, code, replica=replica).status_code == 200
    again = sign_in(NEW_PASSWORD).json
    assert (again["user"]["id"], again["replica"]) == (newcomer, replica)
    assert_problem(sign_in("another password"), 401, "unauthenticated")
    let_pass(app, LIFETIME_MS + 1)
    assert_problem(sign_in(NEW_PASSWORD), 401, "unauthenticated")


def test_member_gets_an_account_whose_id_is_the_record_s(client: FlaskClient, issue: Any, newcomer: str) -> None:
    issued = issue(newcomer)
    assert issued.status_code == 201
    answer = enrol(client, issued.json["code"]).json
    assert answer["user"]["id"] == newcomer
    assert answer["user"]["name"] == "H Bla Niê"
    assert answer["user"]["role"] == "member"
    assert answer["replica"]
    again = {"login": answer["user"]["member_code"], "password": NEW_PASSWORD}
    assert client.post("/api/v1/auth/login", json=again).json["user"]["id"] == newcomer


def test_code_works_once(client: FlaskClient, issue: Any, newcomer: str) -> None:
    code = issue(newcomer).json["code"]
    assert enrol(client, code).status_code == 200
    assert_problem(enrol(client, code), 401, "code_spent")


def test_code_survives_a_password_that_is_too_short(client: FlaskClient, issue: Any, newcomer: str) -> None:
    code = issue(newcomer).json["code"]
    assert assert_problem(enrol(client, code, "short"), 422, "invalid")["errors"] == {"password": ["too_short"]}
    assert enrol(client, code).status_code == 200


def test_code_ends_after_a_day(app: Flask, client: FlaskClient, issue: Any, newcomer: str) -> None:
    code = issue(newcomer).json["code"]
    let_pass(app, LIFETIME_MS + 1)
    assert_problem(enrol(client, code), 401, "code_expired")


def test_newer_code_replaces_the_older(client: FlaskClient, issue: Any, newcomer: str) -> None:
    older, newer = issue(newcomer).json["code"], issue(newcomer).json["code"]
    assert_problem(enrol(client, older), 401, "code_replaced")
    assert enrol(client, newer).status_code == 200


def test_member_who_forgot_the_password_gets_in_again(
    client: FlaskClient, issue: Any, sync_member: Any, people: People
) -> None:
    sync_member(people.member, "Giàng A Páo")
    answer = enrol(client, issue(people.member).json["code"])
    assert answer.json["user"]["id"] == people.member
    for password, status in ((PASSWORD, 401), (NEW_PASSWORD, 200)):
        sign_in = client.post("/api/v1/auth/login", json={"login": "0900000011", "password": password})
        assert sign_in.status_code == status


def test_only_a_manager_of_the_members_coop_gives_codes_to_who_has_no_account(issue: Any, newcomer: str) -> None:
    assert_problem(issue(newcomer, "member"), 403, "forbidden")
    assert_problem(issue(newcomer, "admin"), 404, "not_found")
    assert_problem(issue(newcomer, "other_manager"), 404, "not_found")
    assert_problem(issue(new_id()), 404, "not_found")


@pytest.mark.parametrize("member_id", ["", "x", "\x00", "\ud800", 7, None, "0199aa5b-0000-7000-8000-000000000001\n"])
def test_what_is_no_member_s_id_is_invalid(issue: Any, member_id: Any) -> None:
    assert "member_id" in assert_problem(issue(member_id), 422, "invalid")["errors"]


@pytest.mark.parametrize("who", ["manager", "admin", "other_manager"])
def test_code_never_opens_an_account_of_staff(issue: Any, sync_member: Any, people: People, who: str) -> None:
    sync_member(getattr(people, who), "not a member")
    assert_problem(issue(getattr(people, who)), 403, "forbidden")


def test_account_that_was_disabled_meanwhile_stays_outside(
    app: Flask, client: FlaskClient, issue: Any, sync_member: Any, people: People
) -> None:
    sync_member(people.member, "Giàng A Páo")
    code = issue(people.member).json["code"]
    change_account(app, people.member, status="disabled")
    assert_problem(enrol(client, code), 403, "forbidden")


def test_replica_of_another_is_refused_and_the_code_stays_good(
    client: FlaskClient, issue: Any, newcomer: str, sign_in: SignIn
) -> None:
    code, replica = issue(newcomer).json["code"], sign_in("member")["replica"]
    assert_problem(enrol(client, code, replica=replica), 409, "replica_taken")
    assert enrol(client, code).status_code == 200


def test_code_that_was_used_does_not_work_again_after_a_restore(
    app: Flask, client: FlaskClient, issue: Any, newcomer: str, tmp_path: Path
) -> None:
    code = issue(newcomer).json["code"]
    with app.app_context():
        made = backup(tmp_path / "backup")
    assert enrol(client, code).status_code == 200
    with app.app_context():
        restore(made.path)
    assert_problem(enrol(client, code, "a stranger's password"), 401, "unauthenticated")
    assert enrol(client, issue(newcomer).json["code"]).status_code == 200
