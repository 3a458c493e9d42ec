"""Tokens expire, get lost and are taken away; whoever records goes on, and nobody sends what is another's."""

from __future__ import annotations

from datetime import timedelta

import jwt
from flask import Flask
from flask_jwt_extended import create_access_token

from server import tokens
from server.accounts import Account
from server.database import writing
from server.passwords import hash_password
from tests.conftest import PASSWORD, PHONES, People
from tests.protocol.client import Phone
from tests.protocol.goods import problem
from tests.server.phones import new_phone, outcomes, refused, sell, sign_in_again

NEW_PASSWORD = "another password for tests"


def test_an_expired_token_is_renewed_and_what_was_recorded_meanwhile_arrives(
    app: Flask, member: Phone, manager: Phone
) -> None:
    said = jwt.decode(member.access_token, options={"verify_signature": False})
    claims = {name: said[name] for name in ("replica", "coop_id", "family")}
    first = sell(member)
    with app.app_context():
        member.access_token = create_access_token(
            member.member_id, additional_claims=claims, expires_delta=timedelta(seconds=-1)
        )
    refused(member, 401, "token_expired")
    second = sell(member)
    member.take_tokens(member.refresh().json())
    member.sync()
    assert outcomes(member, first, second) == ["applied", "applied"]
    assert member.checked
    manager.sync()
    assert manager.shows(first)
    assert manager.shows(second)


def test_a_lost_answer_of_a_refresh_costs_nothing(member: Phone) -> None:
    first = sell(member)
    for _ in range(3):
        assert member.refresh().status_code == 200  # nobody hears it
    sold = sell(member)
    member.take_tokens(member.refresh().json())
    member.sync()
    assert outcomes(member, first, sold) == ["applied", "applied"]
    assert member.refresh().status_code == 200


def test_a_changed_password_asks_for_it_and_keeps_everything(
    app: Flask, member: Phone, manager: Phone, people: People
) -> None:
    sent = sell(member)
    member.sync()
    first = sell(member)
    with app.app_context(), writing() as session:
        session.get_one(Account, people.member).password_hash = hash_password(NEW_PASSWORD)
        tokens.revoke_account(session, people.member)
    refused(member, 401, "unauthenticated")
    problem(member.refresh(), 401, "unauthenticated")
    second = sell(member)
    problem(sign_in_again(member, "member"), 401, "unauthenticated")
    replica = member.replica
    member.take_tokens(sign_in_again(member, "member", NEW_PASSWORD).json())
    assert member.replica == replica, "the same replica, so nothing is recorded twice or by someone else"
    member.sync()
    assert outcomes(member, first, second) == ["applied", "applied"]
    assert (member.checked, member.resets) == (True, 1)
    assert {entity_id for entity_id in member.rows if entity_id[0] == "sale"} == {
        ("sale", sold["id"]) for sold in (sent, first, second)
    }


def test_on_a_shared_phone_nobody_sends_or_sees_what_is_anothers(app: Flask, member: Phone, manager: Phone) -> None:
    unsent = sell(member)
    neighbour = new_phone(app)
    neighbour.replica = member.replica
    problem(sign_in_again(neighbour, "neighbour"), 409, "replica_taken")
    neighbour.login(PHONES["neighbour"], PASSWORD)
    own = sell(neighbour)
    problem(neighbour.post([unsent], replica=member.replica), 403, "forbidden")
    neighbour.sync()
    member.sync()
    assert [neighbour.shows(one) for one in (own, unsent)] == [True, False]
    assert [member.shows(one) for one in (own, unsent)] == [False, True]
    [told] = manager.get(f"/records/sale/{unsent['id']}/history")["items"]
    assert told["account"] == member.member_id
