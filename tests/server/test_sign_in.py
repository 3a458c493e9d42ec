"""Signing in: who gets in, on which replica, and how guessing is slowed."""

from __future__ import annotations

import uuid

import pytest
from flask import Flask
from flask.testing import FlaskClient

from server.accounts import Account
from server.database import reading
from tests.conftest import PASSWORD, PHONES, People, SignIn, assert_problem, change_account


def login(client: FlaskClient, login: str = PHONES["member"], password: str = PASSWORD, **more: object):
    return client.post("/api/v1/auth/login", json={"login": login, "password": password, **more})


def test_member_learns_who_and_where_they_are(sign_in: SignIn, people: People) -> None:
    answer = sign_in("member")
    assert answer["user"]["id"] == people.member
    assert answer["user"]["role"] == "member"
    assert answer["user"]["coop_id"] == answer["coop"]["id"] == people.coop
    assert answer["coop"]["commune_name"] == "Tả Lùng"
    assert answer["demo"] is False
    assert uuid.UUID(answer["replica"]).version == 7


@pytest.mark.parametrize("written", ["0900000011", "+84900000011", "84 900 000 011", " 0900.000.011 "])
def test_phone_numbers_are_understood_as_people_write_them(client: FlaskClient, written: str) -> None:
    assert login(client, written).status_code == 200


def test_member_code_signs_in_like_the_phone_number(client: FlaskClient, sign_in: SignIn) -> None:
    code = sign_in("member")["user"]["member_code"]
    assert login(client, code).json["user"]["member_code"] == code


def test_admin_has_no_replica_and_no_coop(sign_in: SignIn) -> None:
    answer = sign_in("admin", replica=str(uuid.uuid4()))
    assert answer["replica"] is None
    assert answer["coop"] is None


def test_unknown_account_and_wrong_password_are_told_the_same(client: FlaskClient) -> None:
    wrong = assert_problem(login(client, password="wrong password"), 401, "unauthenticated")
    for unknown in ("0912345678", "12345678", "nobody", "\x00", "\ud800"):
        assert assert_problem(login(client, unknown), 401, "unauthenticated") == wrong


def test_disabled_account_is_told_so_only_with_its_password(app: Flask, client: FlaskClient, people: People) -> None:
    change_account(app, people.member, status="disabled")
    assert_problem(login(client), 403, "forbidden")
    assert_problem(login(client, password="wrong password"), 401, "unauthenticated")


def test_known_replica_is_taken_up_again(sign_in: SignIn) -> None:
    replica = sign_in("member")["replica"]
    assert sign_in("member", replica=replica)["replica"] == replica


def test_unknown_replica_is_adopted(sign_in: SignIn) -> None:
    replica = str(uuid.uuid4())
    assert sign_in("member", replica=replica)["replica"] == replica
    assert sign_in("member", replica=replica)["replica"] == replica


def test_each_phone_gets_its_own_replica(sign_in: SignIn) -> None:
    assert sign_in("member")["replica"] != sign_in("member", replica=None)["replica"]


def test_replica_of_another_account_is_refused(client: FlaskClient, sign_in: SignIn) -> None:
    replica = sign_in("neighbour")["replica"]
    assert_problem(login(client, replica=replica), 409, "replica_taken")


def test_account_that_moved_starts_a_new_replica(app: Flask, sign_in: SignIn, people: People) -> None:
    before = sign_in("member")["replica"]
    change_account(app, people.member, coop_id=people.other_coop)
    after = sign_in("member", replica=before)
    assert after["replica"] != before
    assert after["coop"]["id"] == people.other_coop


@pytest.mark.parametrize(
    "replica", ["", "x", "0199AA5B-0000-7000-8000-000000000001", "0199aa5b00007000800000000000001"]
)
def test_replica_that_is_no_canonical_uuid_is_invalid(client: FlaskClient, replica: str) -> None:
    assert assert_problem(login(client, replica=replica), 422, "invalid")["errors"] == {"replica": ["invalid"]}


def test_each_wrong_field_is_named_with_a_code(client: FlaskClient) -> None:
    answer = client.post("/api/v1/auth/login", json={"login": 5, "replica": []})
    errors = assert_problem(answer, 422, "invalid")["errors"]
    assert errors == {"login": ["invalid"], "password": ["required"], "replica": ["invalid"]}


def test_unknown_fields_are_ignored(client: FlaskClient) -> None:
    assert login(client, colour="indigo").status_code == 200


def test_guessing_one_account_is_stopped_and_told_when_to_return(client: FlaskClient) -> None:
    for _ in range(10):
        assert_problem(login(client, password="a wrong guess"), 401, "unauthenticated")
    refused = login(client)
    assert_problem(refused, 429, "rate_limited")
    assert int(refused.headers["Retry-After"]) > 0
    assert login(client, PHONES["neighbour"]).status_code == 200, "the same address, another account"


def test_phone_and_code_of_one_account_share_their_guesses(app: Flask, client: FlaskClient, people: People) -> None:
    with app.app_context(), reading() as session:
        code = session.get_one(Account, people.member).member_code
    for _ in range(5):
        login(client, code, "a wrong guess")
        login(client, "+84900000011", "a wrong guess")
    assert_problem(login(client), 429, "rate_limited")


def test_successful_sign_ins_are_never_limited(client: FlaskClient) -> None:
    assert {login(client).status_code for _ in range(30)} == {200}


def test_one_address_may_fail_often_but_not_for_ever(client: FlaskClient) -> None:
    guess = {"code": "no such code", "password": PASSWORD}
    answers = [client.post("/api/v1/auth/enrol", json=guess).status_code for _ in range(301)]
    assert answers == [401] * 300 + [429]
    assert_problem(login(client), 429, "rate_limited")
