"""A phone that was shut out before its person was erased hears of it, with whatever token it still holds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import jwt
import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_jwt_extended import create_access_token, create_refresh_token
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from server.accounts import Account, set_account
from server.database import writing
from server.people.erasure import erase
from server.replicas import Replica
from server.tokens import revoke_account, revoke_phone
from tests.conftest import People, SignIn, assert_problem, bearer

ShutOut = Callable[[Session, dict[str, Any]], None]


def lose_the_phone(session: Session, signed_in: dict[str, Any]) -> None:
    revoke_phone(session, session.get_one(Replica, signed_in["replica"]))


def change_the_password(session: Session, signed_in: dict[str, Any]) -> None:
    revoke_account(session, signed_in["user"]["id"])


def refresh(client: FlaskClient, token: str) -> TestResponse:
    return client.post("/api/v1/auth/refresh", headers=bearer(token))


def sync(client: FlaskClient, phone: dict[str, Any]) -> TestResponse:
    return client.post("/api/v1/sync", json={"replica": phone["replica"]}, headers=bearer(phone["access_token"]))


def claims_of(token: str) -> dict[str, Any]:
    claims: dict[str, Any] = jwt.decode(token, options={"verify_signature": False})
    return claims


@pytest.mark.parametrize("shut_out", [lose_the_phone, change_the_password])
def test_phone_that_was_shut_out_is_told_once_its_person_is_erased(
    app: Flask, client: FlaskClient, sign_in: SignIn, people: People, shut_out: ShutOut
) -> None:
    phone, neighbour = sign_in("member"), sign_in("neighbour")
    later = refresh(client, phone["refresh_token"]).json["refresh_token"]
    with app.app_context(), writing() as session:
        shut_out(session, phone)
        shut_out(session, neighbour)
    assert_problem(refresh(client, later), 401, "unauthenticated")
    with app.app_context(), writing() as session:
        erase(session, people.member, people.manager)
    for token in (phone["refresh_token"], later):
        assert_problem(refresh(client, token), 401, "erased")
    assert_problem(sync(client, phone), 401, "erased")
    assert_problem(refresh(client, neighbour["refresh_token"]), 401, "unauthenticated")


def test_phone_that_signed_out_is_told_as_well(
    app: Flask, client: FlaskClient, sign_in: SignIn, people: People
) -> None:
    token = sign_in("member")["refresh_token"]
    assert client.post("/api/v1/auth/logout", headers=bearer(token)).status_code == 204
    with app.app_context(), writing() as session:
        erase(session, people.member, people.manager)
    assert_problem(refresh(client, token), 401, "erased")


def test_phone_that_slept_until_its_refresh_token_expired_is_told(
    app: Flask, client: FlaskClient, sign_in: SignIn, people: People
) -> None:
    claims = claims_of(sign_in("member")["access_token"])
    said = {name: claims[name] for name in ("replica", "coop_id", "family")}
    with app.app_context(), writing() as session:
        past = {"additional_claims": said | {"gen": 1}, "expires_delta": timedelta(seconds=-1)}
        late = create_refresh_token(people.member, **past)
        access = create_access_token(people.member, **past)
        erase(session, people.member, people.manager)
    assert_problem(refresh(client, late), 401, "erased")
    assert_problem(refresh(client, access), 401, "token_expired")


def test_phone_whose_account_was_disabled_sends_what_it_holds_and_is_told_then(
    app: Flask, client: FlaskClient, sign_in: SignIn, people: People
) -> None:
    phone = sign_in("member")
    with app.app_context(), writing() as session:
        set_account(session, session.get_one(Account, people.member), status="disabled")
    assert "erased" not in sync(client, phone).json
    with app.app_context(), writing() as session:
        erase(session, people.member, people.manager)
    assert sync(client, phone).json["erased"] is True


def test_who_holds_no_genuine_token_is_told_nothing(
    app: Flask, client: FlaskClient, sign_in: SignIn, people: People
) -> None:
    phone = sign_in("member")
    with app.app_context(), writing() as session:
        lose_the_phone(session, phone)
        erase(session, people.member, people.manager)
    forged = jwt.encode(claims_of(phone["refresh_token"]), "another secret " * 4, "HS256")
    assert_problem(refresh(client, forged), 401, "unauthenticated")
    assert_problem(refresh(client, phone["refresh_token"][:-3] + "AAA"), 401, "unauthenticated")
