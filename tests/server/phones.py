"""Phones of the independent client, talking to the app without a network between."""

from __future__ import annotations

from typing import Any

import httpx
from flask import Flask

from server.accounts import Account, set_account
from server.database import writing
from tests.conftest import PASSWORD, PHONES
from tests.protocol.client import Phone
from tests.protocol.goods import problem, reviews, sale


def new_phone(app: Flask) -> Phone:
    phone = Phone("http://localhost")
    phone.http.close()
    phone.http = httpx.Client(transport=httpx.WSGITransport(app=app), base_url="http://localhost")
    return phone


def sign_in(app: Flask, who: str, password: str = PASSWORD, replica: str | None = None) -> Phone:
    return new_phone(app).login(PHONES[who], password, replica)


def sign_in_again(phone: Phone, who: str, password: str = PASSWORD) -> Any:
    """What the app does when it asks for the password: the same installation, with all that it holds."""
    body = {"login": PHONES[who], "password": password, "replica": phone.replica}
    phone.access_token = ""
    return phone.request("POST", "/auth/login", json=body)


def sell(phone: Phone, **extra: Any) -> dict[str, Any]:
    return phone.record("sale", sale(phone.member_id, **extra))


def outcomes(phone: Phone, *mutations: dict[str, Any]) -> list[str]:
    return [phone.receipts[mutation["at"]]["outcome"] for mutation in mutations]


def refused(phone: Phone, status: int, code: str) -> None:
    """A sync that gets nowhere, and takes nothing from the phone."""
    before = list(phone.outbox)
    problem(phone.post(phone.unsent()), status, code)
    assert phone.outbox == before


def decide(manager: Phone, mutation: dict[str, Any], action: str) -> None:
    [review] = [one for one in reviews(manager, "held", mutation) if one["sides"][0]["at"] == mutation["at"]]
    body = {"action": action, "stamps": review["stamps"]}
    assert manager.request("POST", f"/reviews/{review['id']}/resolve", json=body).status_code == 200


def change(app: Flask, account_id: str, **values: Any) -> None:
    with app.app_context(), writing() as session:
        set_account(session, session.get_one(Account, account_id), **values)
