"""Who may be an account, what the office and the command line make of it, and where it is a member."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from config import Settings
from server.accounts import Account, create_account, set_account
from server.database import writing
from server.membership import enter_member, move_member
from server.problems import InvalidError
from tests.conftest import PHONES, SECRET, Command, People
from tests.protocol.client import Phone
from tests.protocol.goods import problem
from tests.server.phones import change, outcomes, refused, sell, sign_in, sign_in_again

NEW_PASSWORD = "another password for tests"


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
