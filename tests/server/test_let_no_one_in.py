"""What an outsider must not learn: who has an account, what others hold, who uses the server and for what."""

from __future__ import annotations

import io
import logging
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import structlog
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient

from tests.conftest import PASSWORD, PHONES, bearer
from tests.protocol.goods import problem, reviews, sale
from tests.server.phones import sign_in

NAME, BUYER = "Giàng Thị Mỷ", "chị Sính ở Lũng Phìn"


@pytest.mark.parametrize("login", [PHONES["member"], "0912345678", "12345678", "nobody", ""])
def test_a_wrong_password_costs_the_same_work_whether_the_account_exists_or_not(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, login: str
) -> None:
    verify, work = PasswordHasher.verify, []

    def counted(self: PasswordHasher, hash: str, password: str) -> Any:
        work.append(hash.split("$")[1:4])
        return verify(self, hash, password)

    monkeypatch.setattr(PasswordHasher, "verify", counted)
    answer = client.post("/api/v1/auth/login", json={"login": login, "password": "a wrong password"})
    assert answer.status_code == (401 if login else 422)
    assert work == ([["argon2id", "v=19", "m=19456,t=2,p=1"]] if login else [])


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> Iterator[Callable[[], str]]:
    """What the server logs, as production does."""
    before, lines = structlog.get_config(), io.StringIO()
    every = structlog.make_filtering_bound_logger(logging.INFO)
    structlog.configure(wrapper_class=every, logger_factory=structlog.WriteLoggerFactory(lines))
    yield lambda: lines.getvalue() + caplog.text
    structlog.configure(**before)


def test_the_log_names_nobody_and_tells_nothing_that_was_sent(
    app: Flask, client: FlaskClient, log: Callable[[], str]
) -> None:
    @app.get("/api/v1/breaks/<name>")
    def breaks(name: str) -> str:
        raise RuntimeError(f"no {name}".replace(name, "way"))

    app.config["PROPAGATE_EXCEPTIONS"] = False
    phone = sign_in(app, "member").sync()
    sold = phone.record("sale", sale(phone.member_id, buyer_name=BUYER))
    phone.sync()
    phone.get("/sales", q=BUYER)
    phone.get(f"/records/sale/{sold['id']}/history")
    client.post("/api/v1/auth/login", json={"login": PHONES["neighbour"], "password": "a wrong password"})
    client.get(f"/api/v1/breaks/{NAME}", headers=bearer(phone.access_token))
    client.post("/api/v1/sync", json={"mutations": BUYER}, headers=bearer(phone.access_token))
    said = log()
    assert "answered" in said
    assert "RuntimeError" in said
    personal = [NAME, BUYER, sold["id"], phone.member_id, phone.access_token, phone.refresh_token, PASSWORD]
    personal += [*PHONES.values(), "a wrong password"]
    assert [word for word in personal if word in said] == []


def test_a_review_of_another_cooperative_is_not_there(app: Flask) -> None:
    member, other = sign_in(app, "member").sync(), sign_in(app, "other_manager")
    wrong = member.record("sale", sale(member.member_id, quantity_milli=-1))
    member.sync()
    [review] = reviews(sign_in(app, "manager"), "rejected", wrong)
    body = {"action": "dismiss", "stamps": review["stamps"]}
    never = "0199aa5b-0000-7000-8000-000000000000"
    problem(other.request("POST", f"/reviews/{review['id']}/resolve", json=body), 404, "not_found")
    problem(other.request("POST", f"/reviews/{never}/resolve", json=body), 404, "not_found")
    problem(member.request("POST", f"/reviews/{review['id']}/resolve", json=body), 403, "forbidden")


def test_health_tells_no_details_and_there_are_no_metrics_for_outsiders(client: FlaskClient) -> None:
    health = client.get("/api/v1/health").json
    assert set(health or {}) == {"status", "version", "demo"}
    assert client.get("/metrics").status_code == 404
