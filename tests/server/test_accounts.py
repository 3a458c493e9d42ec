"""Whatever becomes of an account: recording goes on, nothing unsent is dropped, nobody sees another's."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import jwt
import pytest
from flask import Flask
from flask_jwt_extended import create_access_token
from sqlalchemy import delete

from config import Settings
from server import auth
from server.accounts import Account, create_account, hash_password, set_account
from server.database import writing
from server.membership import enter_member, move_member
from server.problems import InvalidError
from tests.conftest import PASSWORD, PHONES, SECRET, Command, People
from tests.protocol.client import Phone
from tests.protocol.goods import listing, problem, reviews, sale
from tests.server.phones import new_phone, sign_in, sign_in_again

NEW_PASSWORD = "another password for tests"


@pytest.fixture
def member(app: Flask) -> Phone:
    return sign_in(app, "member").sync()


@pytest.fixture
def manager(app: Flask) -> Phone:
    return sign_in(app, "manager").sync()


def change(app: Flask, account_id: str, **values: Any) -> None:
    with app.app_context(), writing() as session:
        set_account(session, session.get_one(Account, account_id), **values)


def sell(phone: Phone, **extra: Any) -> dict[str, Any]:
    return phone.record("sale", sale(phone.member_id, **extra))


def outcomes(phone: Phone, *mutations: dict[str, Any]) -> list[str]:
    return [phone.receipts[mutation["at"]]["outcome"] for mutation in mutations]


def decide(manager: Phone, mutation: dict[str, Any], action: str) -> None:
    [review] = [one for one in reviews(manager, "held", mutation) if one["sides"][0]["at"] == mutation["at"]]
    body = {"action": action, "stamps": review["stamps"]}
    assert manager.request("POST", f"/reviews/{review['id']}/resolve", json=body).status_code == 200


def refused(phone: Phone, status: int, code: str) -> None:
    """A sync that gets nowhere, and takes nothing from the phone."""
    before = list(phone.outbox)
    problem(phone.post(phone.unsent()), status, code)
    assert phone.outbox == before


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
        auth.revoke_account(session, people.member)
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


def test_a_disabled_account_goes_on_recording_and_the_manager_decides(
    app: Flask, member: Phone, manager: Phone, people: People
) -> None:
    sent = sell(member)
    member.sync()
    before = sell(member)
    change(app, people.member, status="disabled")
    member.take_tokens(member.refresh().json())
    during = sell(member)
    held = member.post(member.unsent()).json()
    assert [receipt["outcome"] for receipt in held["receipts"]] == ["held", "held"]
    assert held["changes"] == []
    member.store(held)
    assert member.shows(sent), "what it had, it keeps"
    assert {before["at"], during["at"]} <= {mutation["at"] for mutation in member.outbox}
    problem(member.request("GET", "/sales"), 403, "forbidden")
    problem(sign_in_again(new_phone(app), "member"), 403, "forbidden")
    assert not manager.sync().shows(before)
    decide(manager, before, "accept")
    decide(manager, during, "refuse")
    told = member.post().json()
    assert [receipt["outcome"] for receipt in told["receipts"]] == ["applied", "rejected"]
    assert told["changes"] == []
    change(app, people.member, status="active")
    after = sell(member)
    member.sync()
    assert outcomes(member, before, during, after) == ["applied", "rejected", "applied"]
    assert member.checked
    manager.sync()
    assert [manager.shows(one) for one in (before, during, after)] == [True, False, True]


def test_an_account_moved_with_unsent_data_leaves_it_where_it_was_recorded(
    app: Flask, member: Phone, manager: Phone, people: People
) -> None:
    other_manager = sign_in(app, "other_manager").sync()
    unsent = sell(member, buyer_name="chị Mỷ")
    change(app, people.member, coop_id=people.other_coop)
    new = new_phone(app)
    new.replica = member.replica
    new.take_tokens(sign_in_again(new, "member").json())
    assert new.replica != member.replica
    there = sell(new)
    new.sync()
    assert new.checked
    assert {id for _, id in new.rows} == {there["id"]}, "nothing of the co-operative before"
    member.sync()
    assert outcomes(member, unsent) == ["held"]
    assert len(reviews(manager, "held", unsent)) == 1
    assert reviews(other_manager, "held", unsent) == []
    assert "chị Mỷ" not in str(other_manager.items("/reviews")) + str(other_manager.sync().rows)
    decide(manager, unsent, "accept")
    member.sync()
    assert outcomes(member, unsent) == ["applied"]
    assert not member.shows(unsent), "it may not read there any more"
    assert manager.sync().shows(unsent)
    assert not new.sync().shows(unsent)


def test_a_role_elsewhere_gives_no_right_where_data_was_recorded(
    app: Flask, member: Phone, manager: Phone, people: People
) -> None:
    shop = manager.record("listing", listing(None))
    manager.sync()
    own = member.sync().record("listing", listing(member.member_id))
    price = member.record("listing", {"price_vnd": 1}, shop["id"])
    approval = member.record("listing", {"approval": "approved"}, own["id"])
    change(app, people.member, role="manager", coop_id=people.other_coop)
    member.sync()
    for mutation, outcome in ((own, "applied"), (price, "rejected"), (approval, "rejected")):
        decide(manager, mutation, "accept")
        member.sync()
        assert outcomes(member, mutation) == [outcome]


def test_an_account_given_back_takes_its_phone_up_again(
    app: Flask, member: Phone, manager: Phone, people: People
) -> None:
    here = sell(member)
    member.sync()
    change(app, people.member, coop_id=people.other_coop)
    away = new_phone(app)
    away.replica = member.replica
    away.take_tokens(sign_in_again(away, "member").json())
    away.sync()
    unsent_here, unsent_there = sell(member), sell(away)
    change(app, people.member, coop_id=people.coop)
    back = sign_in_again(member, "member").json()
    assert back["replica"] == member.replica
    member.take_tokens(back)
    member.sync()
    assert outcomes(member, unsent_here) == ["applied"]
    assert {id for entity, id in member.rows if entity == "sale"} == {here["id"], unsent_here["id"]}
    away.sync()
    assert outcomes(away, unsent_there) == ["held"]
    other_manager = sign_in(app, "other_manager").sync()
    decide(other_manager, unsent_there, "accept")
    assert other_manager.sync().shows(unsent_there)
    assert not manager.sync().shows(unsent_there)


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


def test_another_role_takes_effect_with_the_next_sync(
    app: Flask, member: Phone, manager: Phone, people: People
) -> None:
    neighbour = sign_in(app, "neighbour").sync()
    theirs = neighbour.record("listing", listing(neighbour.member_id))
    neighbour.sync()
    change(app, people.member, role="manager")
    member.sync()
    changed = member.record("listing", {"price_vnd": 7}, theirs["id"])
    member.sync()
    assert outcomes(member, changed) == ["applied"]
    late = member.record("listing", {"price_vnd": 8}, theirs["id"])
    change(app, people.member, role="member")
    member.sync()
    assert outcomes(member, late) == ["rejected"]
    assert late in member.outbox
    assert member.checked
    change(app, people.member, role="admin")
    unsent = sell(member)
    member.sync()
    assert outcomes(member, unsent) == ["held"]
    change(app, people.member, role="member", coop_id=people.coop)
    decide(manager, unsent, "accept")
    member.sync()
    assert outcomes(member, unsent) == ["applied"]


def test_an_account_that_a_restored_server_lost_is_held_until_it_is_there_again(
    app: Flask, member: Phone, manager: Phone, people: People
) -> None:
    unsent = sell(member)
    with app.app_context(), writing() as session:
        session.execute(delete(Account).where(Account.id == people.member))
    member.sync()
    assert outcomes(member, unsent) == ["held"]
    decide(manager, unsent, "accept")
    assert manager.sync().shows(unsent)


@pytest.mark.parametrize(("name", "code"), [("", "too_short"), ("x" * 201, "too_long"), ("A\x07", "invalid")])
def test_an_account_is_not_made_with_a_name_that_no_member_can_have(
    app: Flask, people: People, name: str, code: str
) -> None:
    who = {"role": "member", "coop_id": people.coop, "phone": None, "password": NEW_PASSWORD}
    with app.app_context(), writing() as session, pytest.raises(InvalidError) as refused:
        create_account(session, name=name, **who)
    assert refused.value.errors == {"name": [code]}


def test_what_a_manager_said_of_a_member_stands_while_the_account_stays(
    app: Flask, manager: Phone, people: People
) -> None:
    with app.app_context(), writing() as session:
        enter_member(session, session.get_one(Account, people.member))
    manager.sync().record("member", {"active": False}, people.member)
    manager.sync()
    with app.app_context(), writing() as session:
        account = session.get_one(Account, people.member)
        set_account(session, account, status="disabled")
        move_member(session, account, account.coop_id)
    assert not manager.sync().rows["member", people.member].values["active"]


def test_the_co_operative_before_is_not_told_of_the_phones_of_who_moved(
    app: Flask, member: Phone, manager: Phone, people: People
) -> None:
    with app.app_context(), writing() as session:
        account = session.get_one(Account, people.member)
        enter_member(session, account)
        set_account(session, account, coop_id=people.other_coop)
        move_member(session, account, people.coop)
    there = sign_in(app, "member").sync()
    assert there.user["coop_id"] == people.other_coop
    for who in ("manager", "other_manager"):
        [item] = [one for one in sign_in(app, who).items("/members") if one["id"] == people.member]
        assert item["replicas"] == 1


def test_who_becomes_an_admin_is_a_member_nowhere(app: Flask, manager: Phone, people: People) -> None:
    with app.app_context(), writing() as session:
        account = session.get_one(Account, people.member)
        enter_member(session, account)
        set_account(session, account, role="admin")
        move_member(session, account, people.coop)
    manager.sync()
    assert not manager.rows["member", people.member].values["active"]
    assert manager.checked


@pytest.mark.parametrize(
    ("values", "errors"),
    [
        ({"role": "king"}, {"role": ["unknown"]}),
        ({"status": "asleep"}, {"status": ["unknown"]}),
        ({"coop_id": "nowhere"}, {"coop_id": ["unknown"]}),
        ({"role": "admin", "coop_id": "nowhere"}, {"coop_id": ["unexpected"]}),
    ],
)
def test_what_no_account_can_be_is_refused(
    app: Flask, people: People, values: dict[str, str], errors: dict[str, list[str]]
) -> None:
    with pytest.raises(InvalidError) as told:
        change(app, people.member, **values)
    assert told.value.errors == errors
    with pytest.raises(InvalidError) as told:
        change(app, people.admin, role="member")
    assert told.value.errors == {"coop_id": ["required"]}


def test_commands_move_disable_and_shut_out(
    app: Flask, settings: Settings, command: Command, member: Phone, people: People
) -> None:
    def flask(*arguments: str) -> Any:
        return command("flask", *arguments, SECRET_KEY=SECRET)

    login = ("--login", PHONES["member"])
    second = sign_in(app, "member").sync()
    listed = flask("revoke-phone", *login).stdout
    assert member.replica in listed
    assert second.replica in listed
    unsent = sell(member)
    assert flask("revoke-phone", *login, "--phone", member.replica).returncode == 0
    refused(member, 401, "unauthenticated")
    problem(member.refresh(), 401, "unauthenticated")
    assert second.sync().checked
    member.take_tokens(sign_in_again(member, "member").json())
    member.sync()
    assert outcomes(member, unsent) == ["applied"]
    wrong = flask("revoke-phone", *login, "--phone", people.coop)
    assert (wrong.returncode, wrong.stderr) == (1, "Error: phone: unknown\n")

    assert (
        flask("set-account", *login, "--status", "disabled").stdout == "Giàng member: member, disabled, HTX Tả Lùng\n"
    )
    problem(second.request("GET", "/sales"), 403, "forbidden")
    moved = flask("set-account", *login, "--status", "active", "--coop", people.other_coop)
    assert moved.stdout == "Giàng member: member, active, HTX Y Tý\n"
    names = [item["name"] for item in sign_in(app, "other_manager").items("/members")]
    assert names == ["Giàng member"]
    assert flask("set-account", *login, "--coop", people.other_coop).returncode == 0
    manager = sign_in(app, "manager").sync()
    assert not manager.rows["member", people.member].values["active"], "no member where it was"
    history = manager.get(f"/records/member/{people.member}/history")["items"]
    assert list(history[-1]["fields"]) == ["active"]
    assert history[-1]["account"] == people.coop, "the server itself says so"
    assert len(sign_in(app, "other_manager").items("/members")) == 1
    assert flask("set-account", *login, "--coop", people.coop).returncode == 0
    assert manager.sync().rows["member", people.member].values["active"]
    assert not sign_in(app, "other_manager").sync().rows["member", people.member].values["active"]
    assert flask("set-account", "--login", "0999999999").stderr == "Error: login: unknown\n"
