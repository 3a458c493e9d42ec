"""Tokens: renewed through lost answers and restored servers, useless once copied or revoked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import jwt
import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_jwt_extended import create_access_token, create_refresh_token
from sqlalchemy import delete, update
from werkzeug.test import TestResponse

from server import tokens
from server.accounts import Account
from server.database import writing
from server.tokens import RefreshFamily
from tests.conftest import People, SignIn, assert_problem, bearer, change_account

Refresh = Callable[[str], TestResponse]


@pytest.fixture
def refresh(client: FlaskClient) -> Refresh:
    return lambda token: client.post("/api/v1/auth/refresh", headers=bearer(token))


@pytest.fixture
def ask(client: FlaskClient) -> Refresh:
    """An endpoint that needs an active account."""
    return lambda token: client.get("/api/v1/sales", headers=bearer(token))


def claims_of(token: str) -> dict[str, Any]:
    claims: dict[str, Any] = jwt.decode(token, options={"verify_signature": False})
    return claims


def test_refresh_gives_a_new_pair_for_the_same_replica(refresh: Refresh, ask: Refresh, sign_in: SignIn) -> None:
    first = sign_in("member")
    pair = refresh(first["refresh_token"]).json
    assert set(pair) == {"access_token", "refresh_token"}
    assert claims_of(pair["access_token"])["replica"] == first["replica"]
    assert ask(pair["access_token"]).status_code == 200


def test_refresh_token_may_be_named_in_the_body(client: FlaskClient, sign_in: SignIn) -> None:
    token = sign_in("member")["refresh_token"]
    assert client.post("/api/v1/auth/refresh", json={"refresh_token": token}).status_code == 200


def test_refresh_slides_its_400_days(refresh: Refresh, sign_in: SignIn) -> None:
    claims = claims_of(refresh(sign_in("member")["refresh_token"]).json["refresh_token"])
    assert claims["exp"] - claims["iat"] == 400 * 24 * 60 * 60


def test_lost_answer_of_a_refresh_is_harmless(refresh: Refresh, sign_in: SignIn) -> None:
    first = sign_in("member")["refresh_token"]
    refresh(first)  # the answer is lost
    for _ in range(3):
        successor = refresh(first).json["refresh_token"]
    assert refresh(successor).status_code == 200


def test_copied_token_ends_the_family(refresh: Refresh, ask: Refresh, sign_in: SignIn) -> None:
    first = sign_in("member")["refresh_token"]
    second = refresh(first).json["refresh_token"]
    third = refresh(second).json
    assert_problem(refresh(first), 401, "unauthenticated")
    assert_problem(refresh(third["refresh_token"]), 401, "unauthenticated")
    assert_problem(ask(third["access_token"]), 401, "unauthenticated")


def test_ended_family_leaves_other_phones_alone(refresh: Refresh, sign_in: SignIn) -> None:
    other = sign_in("member")["refresh_token"]
    token = first = sign_in("member")["refresh_token"]
    for _ in range(2):
        token = refresh(token).json["refresh_token"]
    refresh(first)
    assert refresh(other).status_code == 200


def test_server_put_back_before_the_sign_in_adopts_the_family(
    app: Flask, refresh: Refresh, ask: Refresh, sign_in: SignIn
) -> None:
    first = sign_in("member")
    with app.app_context(), writing() as session:
        session.execute(delete(RefreshFamily))
    assert ask(first["access_token"]).status_code == 200
    second = refresh(first["refresh_token"])
    assert second.status_code == 200
    assert refresh(second.json["refresh_token"]).status_code == 200


def test_server_put_back_to_an_older_generation_catches_up(app: Flask, refresh: Refresh, sign_in: SignIn) -> None:
    token = first = sign_in("member")["refresh_token"]
    for _ in range(4):
        token = refresh(token).json["refresh_token"]
    with app.app_context(), writing() as session:
        session.execute(update(RefreshFamily).values(gen=1))
    token = refresh(token).json["refresh_token"]
    assert refresh(token).status_code == 200
    assert_problem(refresh(first), 401, "unauthenticated")


def test_unsent_data_of_a_disabled_account_can_still_come(
    app: Flask, refresh: Refresh, ask: Refresh, sign_in: SignIn, people: People
) -> None:
    token = sign_in("member")["refresh_token"]
    change_account(app, people.member, status="disabled")
    pair = refresh(token)
    assert pair.status_code == 200
    assert_problem(ask(pair.json["access_token"]), 403, "forbidden")


def test_account_that_the_server_does_not_know_may_refresh_but_not_read(
    app: Flask, refresh: Refresh, ask: Refresh, sign_in: SignIn, people: People
) -> None:
    token = sign_in("member")["refresh_token"]
    with app.app_context(), writing() as session:
        session.execute(delete(Account).where(Account.id == people.member))
    pair = refresh(token)
    assert pair.status_code == 200
    assert_problem(ask(pair.json["access_token"]), 401, "unauthenticated")


@pytest.mark.parametrize("change", [{"coop_id": "other"}, {"role": "admin", "coop_id": None}])
def test_rights_are_read_from_the_database_not_from_the_token(
    app: Flask, ask: Refresh, sign_in: SignIn, people: People, change: dict[str, Any]
) -> None:
    token = sign_in("member")["access_token"]
    if change["coop_id"]:
        change = {"coop_id": people.other_coop}
    change_account(app, people.member, **change)
    assert_problem(ask(token), 403, "forbidden")


@pytest.mark.parametrize("which", ["access_token", "refresh_token"])
def test_logout_revokes_this_replica_and_no_other(
    client: FlaskClient, refresh: Refresh, ask: Refresh, sign_in: SignIn, which: str
) -> None:
    other, mine = sign_in("member"), sign_in("member")
    assert client.post("/api/v1/auth/logout", headers=bearer(mine[which])).status_code == 204
    assert_problem(ask(mine["access_token"]), 401, "unauthenticated")
    assert_problem(refresh(mine["refresh_token"]), 401, "unauthenticated")
    assert ask(other["access_token"]).status_code == 200


def test_logout_covers_every_sign_in_of_the_replica(client: FlaskClient, refresh: Refresh, sign_in: SignIn) -> None:
    before = sign_in("member")
    after = sign_in("member", replica=before["replica"])
    client.post("/api/v1/auth/logout", headers=bearer(after["access_token"]))
    assert_problem(refresh(before["refresh_token"]), 401, "unauthenticated")


def test_logout_is_not_undone_by_signing_in_again(client: FlaskClient, refresh: Refresh, sign_in: SignIn) -> None:
    before = sign_in("member")
    client.post("/api/v1/auth/logout", headers=bearer(before["access_token"]))
    after = sign_in("member", replica=before["replica"])
    assert after["replica"] == before["replica"]
    assert refresh(after["refresh_token"]).status_code == 200
    assert_problem(refresh(before["refresh_token"]), 401, "unauthenticated")


def test_expired_tokens_are_told_apart_from_wrong_ones(
    app: Flask, refresh: Refresh, ask: Refresh, sign_in: SignIn, people: People
) -> None:
    claims = claims_of(sign_in("member")["access_token"])
    said = {name: claims[name] for name in ("replica", "coop_id", "family")}
    with app.app_context():
        past = {"additional_claims": said | {"gen": 1}, "expires_delta": timedelta(seconds=-1)}
        assert_problem(ask(create_access_token(people.member, **past)), 401, "token_expired")
        assert_problem(refresh(create_refresh_token(people.member, **past)), 401, "token_expired")


def test_each_kind_of_token_opens_only_its_own_door(refresh: Refresh, ask: Refresh, sign_in: SignIn) -> None:
    pair = sign_in("member")
    assert_problem(ask(pair["refresh_token"]), 401, "unauthenticated")
    assert_problem(refresh(pair["access_token"]), 401, "unauthenticated")


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer x", "Bearer a.b.c", "Basic bWU6bWU=", "Bearer \xff"])
def test_no_genuine_token_no_entrance(client: FlaskClient, header: str) -> None:
    answer = client.get("/api/v1/sales", headers={"Authorization": header})
    assert_problem(answer, 401, "unauthenticated")
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_tokens_of_other_keys_are_worthless(app: Flask, ask: Refresh, refresh: Refresh, sign_in: SignIn) -> None:
    pair = sign_in("member")
    claims = claims_of(pair["access_token"])
    with app.app_context():
        for key in ("another secret " * 4, tokens.derive_key("cursors").hex()):
            assert_problem(ask(jwt.encode(claims, key, "HS256")), 401, "unauthenticated")
        assert_problem(ask(jwt.encode(claims, None, "none")), 401, "unauthenticated")
    assert ask(pair["access_token"]).status_code == 200
