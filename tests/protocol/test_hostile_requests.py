"""Hostile requests: never a failure of the server, always a problem with a stable code."""

import json
from dataclasses import dataclass, field
from typing import Any

import pytest

from .client import Api, Phone
from .clock import uuid7

JSON = {"Content-Type": "application/json"}
KNOWN_CODES = {
    "bad_json": 400,
    "unauthenticated": 401,
    "token_expired": 401,
    "forbidden": 403,
    "not_found": 404,
    "replica_taken": 409,
    "review_changed": 409,
    "too_large": 413,
    "unsupported_media_type": 415,
    "invalid": 422,
    "client_too_old": 426,
    "rate_limited": 429,
    "unavailable": 503,
}
SOME_ID = "0199aa5b-e8f0-7abc-8def-0123456789ab"
NO_TOKEN = {"Authorization": ""}
UNSIGNED = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZG1pbiIsImZyZXNoIjpmYWxzZX0."


@dataclass
class Hostile:
    method: str
    path: str
    codes: str
    headers: dict[str, str] = field(default_factory=dict)
    content: bytes | str | None = None


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


HOSTILE = [
    Hostile("POST", "/sync", "unauthenticated", NO_TOKEN | JSON, "{}"),
    Hostile("POST", "/sync", "unauthenticated", bearer("x") | JSON, "{}"),
    Hostile("POST", "/sync", "unauthenticated", bearer("a.b.c") | JSON, "{}"),
    Hostile("POST", "/sync", "unauthenticated", bearer(UNSIGNED) | JSON, "{}"),
    Hostile("POST", "/sync", "unauthenticated", bearer("x" * 6000) | JSON, "{}"),
    Hostile("POST", "/sync", "unauthenticated", {"Authorization": "Basic YTpi"} | JSON, "{}"),
    Hostile("POST", "/sync", "unauthenticated", {"Authorization": "Bearer"} | JSON, "{}"),
    Hostile("GET", "/sales", "unauthenticated", NO_TOKEN),
    Hostile("GET", "/listings", "unauthenticated", NO_TOKEN),
    Hostile("GET", "/members", "unauthenticated", NO_TOKEN),
    Hostile("GET", "/reviews", "unauthenticated", NO_TOKEN),
    Hostile("GET", f"/records/sale/{SOME_ID}/history", "unauthenticated", NO_TOKEN),
    Hostile("POST", "/auth/refresh", "unauthenticated invalid", NO_TOKEN),
    Hostile("POST", "/auth/refresh", "unauthenticated", bearer(UNSIGNED)),
    Hostile("POST", "/auth/logout", "unauthenticated", NO_TOKEN),
    Hostile("POST", "/sync", "bad_json", JSON, b"\xff\xfe\x00"),
    Hostile("POST", "/sync", "bad_json", JSON, b"\xc3\x28"),
    Hostile("POST", "/sync", "bad_json", JSON, "[" * 100_000),
    Hostile("POST", "/sync", "bad_json", JSON, "[" * 100_000 + "]" * 100_000),
    Hostile("POST", "/sync", "bad_json", JSON, '{"a":' * 50_000 + "1" + "}" * 50_000),
    Hostile("POST", "/sync", "bad_json", JSON, '{"limit": Infinity}'),
    Hostile("POST", "/sync", "bad_json", JSON, '{"limit": 01}'),
    Hostile("POST", "/sync", "bad_json", JSON, '{"limit": 1,}'),
    Hostile("POST", "/sync", "bad_json", JSON, '{"limit": "\\x"}'),
    Hostile("POST", "/sync", "bad_json invalid", JSON, '{"limit": ' + "9" * 10_000 + "}"),
    Hostile("POST", "/sync", "bad_json invalid", JSON, '{"limit": 1e999}'),
    Hostile("POST", "/sync", "bad_json", JSON | {"Content-Encoding": "gzip"}, "{}"),
    Hostile(
        "POST",
        "/sync",
        "unsupported_media_type bad_json",
        JSON | {"Content-Encoding": "rot13"},
        "{}",
    ),
    Hostile("POST", "/sync", "unsupported_media_type", {}, b"<xml/>"),
    Hostile("POST", "/sync", "unsupported_media_type", {"Content-Type": "application/xml"}, "<x/>"),
    Hostile(
        "POST",
        "/sync",
        "unsupported_media_type",
        {"Content-Type": "multipart/form-data; boundary=x"},
        "--x--",
    ),
    Hostile("POST", "/sync", "too_large", JSON, b'{"x": "' + b"y" * (1 << 20) + b'"}'),
    Hostile("POST", "/sync", "invalid", JSON, '{"replica": "\\ud800", "mutations": []}'),
    Hostile("POST", "/sync", "invalid", JSON, '{"replica": "\\u0000", "mutations": []}'),
    Hostile("POST", "/sync", "invalid", JSON, '{"replica": {"$ne": 1}, "mutations": []}'),
    Hostile("POST", "/auth/login", "bad_json", JSON, "{"),
    Hostile("POST", "/auth/login", "unsupported_media_type invalid", {}, "login=a&password=b"),
    Hostile("POST", "/auth/login", "invalid", JSON, "{}"),
    Hostile("POST", "/auth/login", "invalid", JSON, "[]"),
    Hostile("POST", "/auth/login", "invalid", JSON, '{"login": 5, "password": []}'),
    Hostile(
        "POST",
        "/auth/login",
        "invalid unauthenticated",
        JSON,
        '{"login": "\\u0000", "password": "x"}',
    ),
    Hostile(
        "POST",
        "/auth/login",
        "invalid unauthenticated",
        JSON,
        '{"login": "\\ud800", "password": "\\ud800"}',
    ),
    Hostile(
        "POST",
        "/auth/login",
        "invalid unauthenticated",
        JSON,
        '{"login": "\' OR 1=1 --", "password": "x"}',
    ),
    Hostile(
        "POST",
        "/auth/login",
        "invalid unauthenticated too_large",
        JSON,
        '{"login": "a", "password": "' + "x" * 500_000 + '"}',
    ),
    Hostile(
        "POST",
        "/auth/enrol",
        "invalid not_found unauthenticated forbidden",
        JSON,
        '{"code": "none", "password": "chophien-demo"}',
    ),
    Hostile("POST", "/auth/enrol", "invalid", JSON, '{"code": 5}'),
    Hostile("GET", "/nothing", "not_found"),
    Hostile("GET", "/sync/%2e%2e/%2e%2e/etc/passwd", "not_found"),
    Hostile("GET", "/records/sale/none/history", "not_found invalid"),
    Hostile("GET", f"/records/account/{SOME_ID}/history", "not_found invalid"),
    Hostile("GET", f"/records/sale/{SOME_ID}/history", "not_found"),
    Hostile("GET", "/records/sale/%00/history", "not_found invalid"),
    Hostile("GET", "/records/sale/%ff%fe/history", "not_found invalid"),
    Hostile("GET", "/sales?limit=many", "invalid"),
    Hostile("GET", "/sales?limit=1e9", "invalid"),
    Hostile("GET", "/sales?since=yesterday", "invalid"),
    Hostile("GET", "/sales?coop=%00", "invalid not_found forbidden"),
    Hostile("GET", "/reviews?kind=%00", "invalid"),
]


@pytest.mark.parametrize("hostile", HOSTILE, ids=lambda one: f"{one.method} {one.path[:40]} {one.codes[:20]}")
def test_a_hostile_request_is_a_problem_with_the_right_code(manager: Phone, hostile: Hostile) -> None:
    headers = bearer(manager.access_token) | hostile.headers
    url = f"{manager.http.base_url}/api/v1{hostile.path}".replace("//api", "/api")
    response = manager.http.request(hostile.method, url, headers=headers, content=hostile.content)
    assert response.status_code < 500, response.text
    assert response.headers["Content-Type"].split(";")[0] == "application/problem+json"
    body = response.json()
    assert body["code"] in hostile.codes.split(), body
    assert response.status_code == KNOWN_CODES[body["code"]] == body["status"]
    if body["code"] == "invalid":
        assert body["errors"]


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/sync"), ("DELETE", "/sync"), ("PUT", "/sales"), ("PATCH", "/health")],
)
def test_another_method_is_a_problem_too(manager: Phone, method: str, path: str) -> None:
    response = manager.request(method, path)
    assert 400 <= response.status_code < 500
    assert response.headers["Content-Type"].split(";")[0] == "application/problem+json"
    assert response.json()["code"]


ODD_QUERIES: list[dict[str, Any]] = [
    {"q": "%"},
    {"q": "_"},
    {"q": "\x00"},
    {"q": "'; DROP TABLE sale; --"},
    {"q": "x" * 3000},
    {"q": "\\"},
    {"after": "garbage"},
    {"after": "\x00"},
    {"after": "9" * 400},
    {"limit": "-1"},
    {"limit": "0"},
    {"limit": "99999999999999999999"},
    {"since": "2026-02-30"},
    {"until": "9999-12-31T23:59:59Z"},
    {"since": "0001-01-01"},
    {"status": "x"},
    {"kind": "x"},
    {"coop": "x"},
    {"coop": "../.."},
    {"unknown": "1"},
]


@pytest.mark.parametrize("query", ODD_QUERIES, ids=lambda one: ascii(one)[:40])
@pytest.mark.parametrize("path", ["/sales", "/listings", "/members", "/reviews"])
def test_an_odd_query_is_an_answer_or_a_problem(manager: Phone, path: str, query: dict[str, Any]) -> None:
    response = manager.request("GET", path, params=query)
    if response.status_code == 200:
        assert set(response.json()) >= {"items", "next"}
    else:
        assert response.status_code in (403, 404, 422), response.text
        assert KNOWN_CODES[response.json()["code"]] == response.status_code


def test_an_error_tells_nothing_of_the_inside(manager: Phone) -> None:
    for body in (
        "{",
        '{"replica": 1}',
        json.dumps({"replica": uuid7(), "cursor": [], "mutations": 3}),
    ):
        text = manager.request("POST", "/sync", content=body, headers=JSON).text
        assert not any(word in text for word in ("Traceback", "sqlite", "SELECT", ".py", "sqlalchemy"))


def test_no_answer_without_a_token_reveals_whether_a_record_exists(manager: Phone) -> None:
    anyone = Api(str(manager.http.base_url))
    known = next(record_id for entity, record_id in manager.rows if entity == "member")
    answers = [anyone.request("GET", f"/records/member/{one}/history") for one in (known, uuid7())]
    assert answers[0].status_code == answers[1].status_code == 401
    assert answers[0].json() == answers[1].json()
