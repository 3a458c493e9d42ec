"""The audit log: what staff did is written down in the transaction that did it, and nothing takes it back."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask, g
from flask.testing import FlaskClient
from sqlalchemy import select

from server import audit
from server.accounts import Account
from server.audit import PROVINCE, AuditEntry
from server.database import reading, writing
from server.store import SqlStore
from tests.conftest import People, SignIn, assert_problem, bearer
from tests.server.phones import sign_in as phone_of

# Not staff's routes: who signs in, phones that sync, and photos of the goods that they recorded.
DOORS_OF_PHONES = {
    "auth.enrol",
    "auth.login",
    "auth.logout",
    "auth.look",
    "auth.refresh",
    "sync.sync",
    "witness.offer",
}


def writing_routes(app: Flask) -> dict[str, tuple[str, ...] | None]:
    """The roles that may enter, by endpoint, of each route under /api/v1 that writes; None where any token may."""
    return {
        rule.endpoint: getattr(app.view_functions[rule.endpoint], "roles", None)
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/v1") and set(rule.methods or ()) - set(audit.READING)
    }


def logged(app: Flask) -> list[AuditEntry]:
    with app.app_context(), reading() as session:
        return list(session.scalars(select(AuditEntry).order_by(AuditEntry.id)))


def entries(client: FlaskClient, token: str, **query: str) -> list[dict[str, Any]]:
    answer = client.get("/api/v1/audit", query_string=query, headers=bearer(token))
    assert answer.status_code == 200, answer.text
    items: list[dict[str, Any]] = answer.json["items"]
    return items


def test_every_writing_route_of_staff_goes_through_the_door(app: Flask, people: People) -> None:
    """Each route that staff can write by commits an entry, also when its author thought of none."""
    routes = writing_routes(app)
    assert {name for name, roles in routes.items() if roles is None} == DOORS_OF_PHONES & routes.keys()
    with app.app_context(), reading() as session:
        manager = session.get_one(Account, people.manager)
    for endpoint in sorted(name for name, roles in routes.items() if roles is not None):
        rule = next(iter(app.url_map.iter_rules(endpoint)))
        method = min(set(rule.methods or ()) - set(audit.READING))
        address = rule.build(dict.fromkeys(rule.arguments, people.member))
        assert address is not None
        with app.test_request_context(address[1], method=method):
            app.preprocess_request()
            g.account = manager
            with writing() as session:
                SqlStore(session, people.coop).lock()
        last = logged(app)[-1]
        assert (last.action, last.scope, last.account_id) == (endpoint, people.coop, people.manager)


def test_a_managers_code_for_a_member_is_in_the_log_of_the_co_operative(
    app: Flask, client: FlaskClient, sign_in: SignIn, people: People
) -> None:
    phone = phone_of(app, "manager").sync()
    id = phone.record("member", {"name": "Sùng Thị Mỷ", "active": True})["id"]
    phone.sync()
    token = sign_in("manager")["access_token"]
    made = client.post("/api/v1/enrolments", json={"member_id": id}, headers=bearer(token))
    assert made.status_code == 201
    [entry] = [item for item in entries(client, token) if item["action"] == "accounts.code"]
    assert (entry["account"], entry["account_name"], entry["role"]) == (people.manager, "Giàng manager", "manager")
    assert entry["coop_id"] == people.coop
    assert made.json["code"] not in str(entry)


def test_a_refused_request_leaves_no_entry(app: Flask, client: FlaskClient, sign_in: SignIn) -> None:
    token = sign_in("manager")["access_token"]
    before = len(logged(app))
    refused = client.post("/api/v1/enrolments", json={"member_id": "0" * 36}, headers=bearer(token))
    assert refused.status_code >= 400
    assert len(logged(app)) == before


def test_a_read_leaves_no_entry_unless_it_says_so(
    app: Flask, client: FlaskClient, sign_in: SignIn, people: People
) -> None:
    token = sign_in("manager")["access_token"]
    before = len(logged(app))
    entries(client, token)
    assert len(logged(app)) == before
    with app.app_context(), writing() as session:
        audit.record(session, "exports.sales", coop_id=people.coop, details={"rows": 3})
    [last] = logged(app)[before:]
    assert (last.action, last.role, last.scope) == ("exports.sales", audit.OPERATOR, people.coop)


def test_a_manager_reads_the_own_co_operatives_log_and_a_member_none(
    app: Flask, client: FlaskClient, sign_in: SignIn, people: People
) -> None:
    with app.app_context(), writing() as session:
        for scope in (people.coop, people.other_coop, None):
            audit.record(session, "places.load", coop_id=scope)
    token = sign_in("manager")["access_token"]
    assert {item["coop_id"] for item in entries(client, token)} == {people.coop}
    asked = client.get("/api/v1/audit", query_string={"coop": people.other_coop}, headers=bearer(token))
    assert_problem(asked, 403, "forbidden")
    admin = sign_in("admin")["access_token"]
    assert {item["coop_id"] for item in entries(client, admin, action="places.load")} == {
        people.coop,
        people.other_coop,
        None,
    }
    assert_problem(client.get("/api/v1/audit", headers=bearer(sign_in("member")["access_token"])), 403, "forbidden")


def test_the_log_is_filtered_and_paged(app: Flask, client: FlaskClient, sign_in: SignIn, people: People) -> None:
    with app.app_context(), writing() as session:
        for n in range(5):
            audit.record(session, "accounts.change", coop_id=people.coop, subject=("account", people.member))
            audit.record(session, f"exports.{n}", coop_id=people.coop)
    token = sign_in("admin")["access_token"]
    of_member = entries(client, token, subject=people.member)
    assert [item["subject_name"] for item in of_member] == ["Giàng member"] * 5
    first = client.get("/api/v1/audit?limit=3", headers=bearer(token)).json
    rest = client.get(f"/api/v1/audit?limit=100&after={first['next']}", headers=bearer(token)).json
    seen = [item["id"] for item in first["items"] + rest["items"]]
    assert seen == sorted(seen, reverse=True)
    assert len(seen) == len(set(seen)) == len(logged(app))
    assert "accounts.change" in first["actions"]
    assert entries(client, token, since="2999-01-01") == []


def test_an_entry_is_neither_changed_nor_removed(app: Flask, people: People) -> None:
    with app.app_context(), writing() as session:
        audit.record(session, "places.load")
    for change in (lambda session, row: setattr(row, "action", "x"), lambda session, row: session.delete(row)):
        with app.app_context(), pytest.raises(TypeError, match="only grows"), writing() as session:
            change(session, session.scalars(select(AuditEntry).where(AuditEntry.scope == PROVINCE)).one())
    assert [entry.action for entry in logged(app)] == ["places.load"]
