"""Held, not lost: what comes from an account that may not write now waits for the manager."""

from typing import Any

import pytest
from sqlalchemy import MetaData, create_engine, update

from .client import Api, Phone
from .conftest import ADMIN, MANAGER, MEMBER, NEIGHBOUR, OTHER_MANAGER
from .goods import listing, problem, reviews, sale
from .server_process import Server


def change_account(server: Server, login: str, **values: str | None) -> None:
    """What an office will do on its screens: written where accounts are kept, whatever that table's name."""
    engine = create_engine(server.database_url, connect_args={"timeout": 10} if server.databases is None else {})
    with engine.begin() as database:
        tables = MetaData()
        tables.reflect(database)
        (accounts,) = (
            t for t in tables.sorted_tables if {"phone", "status", "role", "coop_id"} <= set(t.columns.keys())
        )
        his = accounts.c.phone.like(f"%{login.removeprefix('0')}")
        assert database.execute(update(accounts).where(his).values(**values)).rowcount == 1
    engine.dispose()


def phone_of(server: Server, login: str) -> Phone:
    return Phone(server.url).login(login).sync()


@pytest.fixture
def member(own_server: Server) -> Phone:
    return phone_of(own_server, MEMBER)


@pytest.fixture
def manager(own_server: Server) -> Phone:
    return phone_of(own_server, MANAGER)


def is_held(phone: Phone, *mutations: Any) -> dict[str, Any]:
    response = phone.post(mutations)
    assert response.status_code == 200, response.text
    answer: dict[str, Any] = response.json()
    assert [receipt["outcome"] for receipt in answer["receipts"]] == ["held"] * len(mutations)
    assert answer["changes"] == []
    assert not answer.get("digest")
    assert answer["more"] is False
    return answer


def test_a_disabled_accounts_records_are_held_and_come_again_after(
    own_server: Server, member: Phone, manager: Phone
) -> None:
    shop = member.record("listing", listing(member.member_id))
    member.sync()
    manager.sync()
    change_account(own_server, MEMBER, status="disabled")
    late = member.mutation("sale", sale(member.member_id, listing_id=shop["id"]))
    edit = member.mutation("listing", {"price_vnd": 5}, shop["id"])
    answer = is_held(member, late, edit)
    assert member.post([late], cursor=answer["cursor"]).json()["receipts"] == answer["receipts"][:1]
    meanwhile = manager.record("listing", {"description": "trong khi ấy"}, shop["id"])
    manager.sync()
    assert not manager.shows(late)
    assert manager.row(shop).values["price_vnd"] == shop["set"]["price_vnd"]
    assert manager.row(shop).derived["left_milli"] == 0
    assert len(reviews(manager, "held", late)) == len(reviews(manager, "held", shop)) == 1
    assert late["id"] not in {item["id"] for item in manager.items("/sales", limit=1000)}

    change_account(own_server, MEMBER, status="active")
    member.cursor = answer["cursor"]
    member.sync()
    assert (member.resets, member.checked) == (1, True)
    assert member.row(shop).stamps["description"] == meanwhile["at"]
    assert member.send(late)[0]["outcome"] == "held"


def test_a_held_edit_is_a_link_of_the_chain(own_server: Server, member: Phone, manager: Phone) -> None:
    shop = member.record("listing", listing(member.member_id))
    member.sync()
    change_account(own_server, MEMBER, status="disabled")
    held = member.mutation("listing", {"price_vnd": 5}, shop["id"])
    is_held(member, held)
    change_account(own_server, MEMBER, status="active")
    member.restart()
    built = member.mutation("listing", {"price_vnd": 6}, shop["id"], base={"price_vnd": held["at"]})
    assert member.send(built)[0]["outcome"] == "applied"
    assert reviews(manager, "conflict", shop) == []


def test_a_held_phone_gets_no_records(own_server: Server, member: Phone, manager: Phone) -> None:
    change_account(own_server, MEMBER, status="disabled")
    manager.record("listing", listing(None))
    manager.sync()
    is_held(member)
    member.cursor = None
    is_held(member, member.mutation("sale", sale(member.member_id)))


def test_a_disabled_account_does_not_read_or_sign_in(own_server: Server, member: Phone) -> None:
    change_account(own_server, MEMBER, status="disabled")
    for path in ("/sales", "/listings", "/members", "/reviews"):
        response = member.request("GET", path)
        assert response.status_code in (401, 403)
    body = {"login": MEMBER, "password": "chophien-demo"}
    response = Api(own_server.url).request("POST", "/auth/login", json=body)
    assert response.status_code in (401, 403)


def test_a_moved_accounts_records_are_held_where_they_were_recorded(own_server: Server, member: Phone) -> None:
    manager, other_manager = (phone_of(own_server, login) for login in (MANAGER, OTHER_MANAGER))
    change_account(own_server, MEMBER, coop_id=other_manager.user["coop_id"])
    late = member.mutation("sale", sale(member.member_id))
    is_held(member, late)
    assert len(reviews(manager, "held", late)) == 1
    assert reviews(other_manager, "held", late) == []
    moved = Phone(own_server.url).login(MEMBER, replica=member.replica)
    assert moved.replica != member.replica
    assert moved.user["coop_id"] == other_manager.user["coop_id"]
    sold = moved.record("sale", sale(moved.member_id))
    moved.sync()
    assert other_manager.sync().shows(sold)
    assert not manager.sync().shows(sold)
    assert not any(entity == "sale" for entity, _ in manager.rows)


def test_records_of_an_account_that_was_made_admin_are_held(own_server: Server, member: Phone, manager: Phone) -> None:
    change_account(own_server, MEMBER, role="admin", coop_id=None)
    late = member.mutation("sale", sale(member.member_id))
    is_held(member, late)
    assert len(reviews(manager, "held", late)) == 1


def test_a_member_who_becomes_manager_gets_the_whole_cooperative(own_server: Server, member: Phone) -> None:
    """A changed scope starts from the beginning."""
    neighbour = phone_of(own_server, NEIGHBOUR)
    sold = neighbour.record("sale", sale(neighbour.member_id))
    neighbour.sync()
    assert not member.sync().shows(sold)
    resets = member.resets
    change_account(own_server, MEMBER, role="manager")
    assert member.sync().shows(sold)
    assert (member.resets, member.checked) == (resets + 1, True)
    change_account(own_server, MEMBER, role="member")
    assert not member.sync().shows(sold)
    assert (member.resets, member.checked) == (resets + 2, True)


def test_an_admin_without_a_phone_is_still_forbidden(own_server: Server, member: Phone) -> None:
    admin = Api(own_server.url).login(ADMIN)
    body: dict[str, Any] = {"replica": member.replica, "cursor": None, "limit": 10, "mutations": []}
    problem(admin.request("POST", "/sync", json=body), 403, "forbidden")


def test_a_held_buyers_name_is_hidden_from_admins(own_server: Server, member: Phone, manager: Phone) -> None:
    change_account(own_server, MEMBER, status="disabled")
    late = member.mutation("sale", sale(member.member_id, buyer_name="Lù Thị Chăn"))
    is_held(member, late)
    assert "Lù Thị Chăn" in str(reviews(manager, "held", late))
    (seen,) = reviews(Api(own_server.url).login(ADMIN), "held", late)
    assert "Lù Thị Chăn" not in str(seen)
