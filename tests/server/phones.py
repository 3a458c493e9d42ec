"""Phones of the independent client, talking to the app without a network between."""

from __future__ import annotations

from typing import Any

import httpx
from flask import Flask

from tests.conftest import PASSWORD, PHONES
from tests.protocol.client import Phone


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
