"""Accounts and phones as staff looks after them: who may change whom, and what a phone says of itself."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from server.database import reading
from server.replicas import Replica
from tests.conftest import PASSWORD, People, SignIn, assert_problem, bearer
from tests.server.phones import sign_in as phone_of

NEW = "another password for tests"


class Staff:
    """Somebody signed in, asking by JSON."""

    def __init__(self, client: FlaskClient, signed_in: dict[str, Any]) -> None:
        self.client, self.headers, self.replica = client, bearer(signed_in["access_token"]), signed_in["replica"]

    def ask(self, method: str, path: str, **given: Any) -> TestResponse:
        return self.client.open(f"/api/v1{path}", method=method, headers=self.headers, json=given or None)

    def items(self, path: str) -> list[dict[str, Any]]:
        answer = self.client.get(f"/api/v1{path}", headers=self.headers)
        assert answer.status_code == 200, answer.text
        items: list[dict[str, Any]] = answer.json["items"]
        return items


@pytest.fixture
def admin(client: FlaskClient, sign_in: SignIn) -> Staff:
    return Staff(client, sign_in("admin"))


@pytest.fixture
def manager(client: FlaskClient, sign_in: SignIn) -> Staff:
    return Staff(client, sign_in("manager"))


def enrol(client: FlaskClient, staff: Staff, id: str) -> Any:
    code = staff.ask("POST", "/enrolments", member_id=id)
    assert code.status_code == 201, code.text
    return client.post("/api/v1/auth/enrol", json={"code": code.json["code"], "password": NEW})


def test_an_admin_makes_a_manager_who_gets_in_by_a_code(client: FlaskClient, admin: Staff, people: People) -> None:
    made = admin.ask("POST", "/accounts", name="Vàng Thị Mai", role="manager", coop_id=people.coop, phone="0912345678")
    assert made.status_code == 201, made.text
    assert (made.json["role"], made.json["phone"]) == ("manager", "0912345678")
    nobody_yet = client.post("/api/v1/auth/login", json={"login": "0912345678", "password": PASSWORD})
    assert_problem(nobody_yet, 401, "unauthenticated")
    signed_in = enrol(client, admin, made.json["id"])
    assert signed_in.status_code == 200, signed_in.text
    assert signed_in.json["user"]["role"] == "manager"
    assert Staff(client, signed_in.json).items("/members")[0]["name"] == "Vàng Thị Mai"


def test_an_admin_lets_another_admin_in(client: FlaskClient, admin: Staff) -> None:
    made = admin.ask("POST", "/accounts", name="Hoàng Minh Đức", role="admin", phone="0912345678").json
    assert made["coop_id"] is None
    signed_in = enrol(client, admin, made["id"])
    assert (signed_in.json["user"]["role"], signed_in.json["coop"]) == ("admin", None)


def test_a_manager_makes_no_account_and_no_code_for_a_colleague(manager: Staff, people: People) -> None:
    assert_problem(manager.ask("POST", "/accounts", name="X", role="admin"), 403, "forbidden")
    assert_problem(manager.ask("POST", "/enrolments", member_id=people.admin), 404, "not_found")
    assert_problem(manager.ask("PATCH", f"/accounts/{people.manager}", status="disabled"), 403, "forbidden")


def test_a_code_given_to_a_member_lets_nobody_into_a_higher_role(
    client: FlaskClient, admin: Staff, people: People
) -> None:
    code = admin.ask("POST", "/enrolments", member_id=people.member).json["code"]
    assert admin.ask("PATCH", f"/accounts/{people.member}", role="manager").status_code == 200
    assert_problem(client.post("/api/v1/auth/enrol", json={"code": code, "password": NEW}), 403, "forbidden")


def test_a_manager_disables_and_enables_a_member_of_the_own_co_operative_alone(
    manager: Staff, admin: Staff, people: People
) -> None:
    for status in ("disabled", "active"):
        changed = manager.ask("PATCH", f"/accounts/{people.member}", status=status)
        assert (changed.status_code, changed.json["status"]) == (200, status)
    assert_problem(manager.ask("PATCH", f"/accounts/{people.member}", role="manager"), 403, "forbidden")
    assert_problem(manager.ask("PATCH", f"/accounts/{people.member}", coop_id=people.other_coop), 403, "forbidden")
    assert_problem(manager.ask("PATCH", f"/accounts/{people.other_manager}", status="disabled"), 404, "not_found")


def test_nobody_locks_out_the_last_admin(client: FlaskClient, admin: Staff, people: People) -> None:
    for change in ({"status": "disabled"}, {"role": "member", "coop_id": people.coop}):
        refused = admin.ask("PATCH", f"/accounts/{people.admin}", **change)
        assert assert_problem(refused, 422, "invalid")["errors"] == {"role": ["last_admin"]}
    second = admin.ask("POST", "/accounts", name="Hoàng Minh Đức", role="admin").json["id"]
    assert admin.ask("PATCH", f"/accounts/{people.admin}", status="disabled").status_code == 200
    signed_in = admin.ask("PATCH", f"/accounts/{second}", status="disabled")
    assert_problem(signed_in, 403, "forbidden")


def test_a_moved_member_is_found_where_it_is(admin: Staff, manager: Staff, people: People) -> None:
    moved = admin.ask("PATCH", f"/accounts/{people.member}", coop_id=people.other_coop)
    assert moved.json["coop_name"] == "HTX Y Tý"
    assert people.member not in [item["id"] for item in manager.items("/accounts")]
    log = manager.items(f"/audit?subject={people.member}")
    assert log[0]["details"]["coop_id"] == {"was": people.coop, "now": people.other_coop}


def test_a_new_name_stands_in_the_account_and_in_the_member_record(admin: Staff, people: People) -> None:
    admin.ask("PATCH", f"/accounts/{people.member}", coop_id=people.other_coop)
    changed = admin.ask("PATCH", f"/accounts/{people.member}", name="Giàng Thị Páo")
    assert changed.json["name"] == "Giàng Thị Páo"
    assert [row["name"] for row in admin.items("/members?q=pao")] == ["Giàng Thị Páo"]


def test_accounts_are_found_by_name_number_and_code_without_accents(admin: Staff, manager: Staff) -> None:
    assert [item["name"] for item in admin.items("/accounts?q=giang+neighbour")] == ["Giàng neighbour"]
    assert [item["name"] for item in admin.items("/accounts?q=0900000011")] == ["Giàng member"]
    assert {item["role"] for item in admin.items("/accounts?role=admin")} == {"admin"}
    assert {item["coop_name"] for item in manager.items("/accounts")} == {"HTX Tả Lùng"}
    pages = [item["id"] for item in admin.items("/accounts?limit=2")]
    rest = [item["id"] for item in admin.items(f"/accounts?limit=100&after={pages[-1]}")]
    assert pages + rest == [item["id"] for item in admin.items("/accounts")]


def test_a_wrong_or_taken_phone_number_is_told(admin: Staff, people: People) -> None:
    for number, code in (("12", "invalid"), ("0900000012", "taken")):
        refused = admin.ask("PATCH", f"/accounts/{people.member}", phone=number)
        assert assert_problem(refused, 422, "invalid")["errors"] == {"phone": [code]}
    assert admin.ask("PATCH", f"/accounts/{people.member}", phone="0900000011").status_code == 200
    assert admin.ask("PATCH", f"/accounts/{people.member}", phone="").json["phone"] is None


def test_a_phone_tells_its_version_its_clock_and_what_it_has_not_sent(
    app: Flask, client: FlaskClient, sign_in: SignIn, manager: Staff
) -> None:
    member = Staff(client, sign_in("member"))
    told = {"app_version": "0.3.0", "unsent": 12, "clock_error_ms": -61_000}
    answer = member.ask("POST", "/sync", replica=member.replica, phone=told)
    assert answer.status_code == 200, answer.text
    [phone] = [item for item in manager.items("/phones") if item["id"] == member.replica]
    assert {name: phone[name] for name in told} == told
    assert phone["told_at"]
    assert phone["signed_in"]


@pytest.mark.parametrize("told", [None, 7, [], {"unsent": -1, "app_version": "\x00", "clock_error_ms": 1e99}])
def test_a_phone_that_tells_nonsense_syncs_all_the_same(
    app: Flask, client: FlaskClient, sign_in: SignIn, told: Any
) -> None:
    member = Staff(client, sign_in("member"))
    assert member.ask("POST", "/sync", replica=member.replica, phone=told).status_code == 200
    with app.app_context(), reading() as session:
        assert session.get_one(Replica, member.replica).unsent is None


def test_a_phone_that_was_shut_out_neither_reads_nor_sends_until_its_person_signs_in(
    app: Flask, manager: Staff, people: People
) -> None:
    phone = phone_of(app, "member").sync()
    assert manager.ask("POST", f"/phones/{phone.replica}/revoke").json["signed_in"] is False
    assert phone.post([]).status_code == 401
    [entry] = manager.items("/audit?action=phones.revoke")
    assert (entry["subject_id"], entry["details"]) == (people.member, {"replica": phone.replica})


def test_a_manager_shuts_out_no_phone_of_elsewhere(app: Flask, manager: Staff) -> None:
    phone = phone_of(app, "other_manager").sync()
    assert_problem(manager.ask("POST", f"/phones/{phone.replica}/revoke"), 404, "not_found")
    assert phone.replica not in [item["id"] for item in manager.items("/phones")]
