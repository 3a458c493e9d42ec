"""Hostile and clumsy requests: bounded, answered as problems, never an accident."""

from __future__ import annotations

import gzip
import json
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from server.problems import CATALOGUE, UnavailableError
from tests.conftest import SignIn, assert_problem, bearer

LOGIN = "/api/v1/auth/login"
BAD_JSON = {
    "nothing": b"",
    "text": b"chop chop",
    "half": b'{"login": ',
    "NaN": b'{"login": NaN}',
    "Infinity": b'{"login": -Infinity}',
    "deep": b"[" * 100_000,
    "deep and closed": b"[" * 50_000 + b"]" * 50_000,
    "not UTF-8": b'{"login": "\xff"}',
    "UTF-16": '{"login": "x"}'.encode("utf-16"),
}


def post(client: FlaskClient, body: bytes, **headers: str) -> Any:
    return client.post(LOGIN, data=body, content_type="application/json", headers=headers)


@pytest.mark.parametrize("body", BAD_JSON.values(), ids=BAD_JSON.keys())
def test_what_is_no_json_is_bad_json(client: FlaskClient, body: bytes) -> None:
    assert_problem(post(client, body), 400, "bad_json")
    assert_problem(post(client, gzip.compress(body), **{"Content-Encoding": "gzip"}), 400, "bad_json")


@pytest.mark.parametrize("body", [b"null", b"[]", b'"x"', b"7", b"{}"])
def test_json_of_another_shape_is_invalid(client: FlaskClient, body: bytes) -> None:
    assert assert_problem(post(client, body), 422, "invalid")["errors"]


def test_one_unpaired_surrogate_does_not_refuse_the_body(client: FlaskClient) -> None:
    answer = post(client, b'{"login": "\\ud800", "password": "\\udfff\\u0000"}')
    assert_problem(answer, 401, "unauthenticated")


def test_one_number_without_measure_does_not_refuse_the_body(client: FlaskClient) -> None:
    answer = post(client, b'{"login": 1e999, "password": "x"}')
    assert assert_problem(answer, 422, "invalid")["errors"] == {"login": ["invalid"]}


def test_gzip_body_is_read(client: FlaskClient) -> None:
    body = gzip.compress(json.dumps({"login": "nobody", "password": "nothing"}).encode())
    assert_problem(post(client, body, **{"Content-Encoding": "gzip"}), 401, "unauthenticated")
    assert_problem(post(client, body, **{"Content-Encoding": "GZIP"}), 401, "unauthenticated")


def test_gzip_bomb_stops_at_the_bound(client: FlaskClient) -> None:
    bomb = gzip.compress(b" " * (600 << 20), 9)
    assert len(bomb) < 1 << 20
    assert_problem(post(client, bomb, **{"Content-Encoding": "gzip"}), 413, "too_large")


def test_body_just_within_both_bounds_is_read(client: FlaskClient) -> None:
    padded = b" " * (8 << 20)
    body = padded[:-2] + b"{}"
    assert_problem(post(client, gzip.compress(body), **{"Content-Encoding": "gzip"}), 422, "invalid")
    assert_problem(post(client, gzip.compress(body + b" "), **{"Content-Encoding": "gzip"}), 413, "too_large")
    assert_problem(post(client, b" " * ((1 << 20) - 2) + b"{}"), 422, "invalid")
    assert_problem(post(client, b" " * ((1 << 20) - 1) + b"{}"), 413, "too_large")


@pytest.mark.parametrize(
    "body",
    [b"not gzip", gzip.compress(b"{}")[:-1], gzip.compress(b"{}") + b"more", b""],
    ids=["not gzip", "cut", "more", "empty"],
)
def test_damaged_gzip_is_bad_json(client: FlaskClient, body: bytes) -> None:
    assert_problem(post(client, body, **{"Content-Encoding": "gzip"}), 400, "bad_json")


@pytest.mark.parametrize("encoding", ["br", "deflate", "gzip, gzip", "x"])
def test_other_encodings_are_not_supported(client: FlaskClient, encoding: str) -> None:
    assert_problem(post(client, b"{}", **{"Content-Encoding": encoding}), 415, "unsupported_media_type")


@pytest.mark.parametrize("kind", [None, "text/plain", "application/x-www-form-urlencoded", "multipart/form-data"])
def test_other_media_types_are_not_supported(client: FlaskClient, kind: str | None) -> None:
    assert_problem(client.post(LOGIN, data=b"{}", content_type=kind), 415, "unsupported_media_type")


def test_addresses_and_methods_that_are_not_there_are_problems(client: FlaskClient, sign_in: SignIn) -> None:
    token = bearer(sign_in("member")["access_token"])
    assert_problem(client.get("/api/v1/nothing", headers=token), 404, "not_found")
    assert_problem(client.get("/api/v1"), 404, "not_found")
    wrong = client.get(LOGIN)
    assert_problem(wrong, 405, "method_not_allowed")
    assert "POST" in wrong.headers["Allow"]


def test_own_mistakes_are_problems_without_their_story(app: Flask, client: FlaskClient) -> None:
    def mistake() -> None:
        raise RuntimeError("the password is hunter2")

    app.add_url_rule("/api/v1/mistake", view_func=mistake)
    answer = client.get("/api/v1/mistake")
    assert_problem(answer, 500, "internal")
    assert "hunter2" not in answer.text


def test_busy_says_when_to_return(app: Flask, client: FlaskClient) -> None:
    def busy() -> None:
        raise UnavailableError

    app.add_url_rule("/api/v1/busy", view_func=busy)
    answer = client.get("/api/v1/busy")
    assert_problem(answer, 503, "unavailable")
    assert int(answer.headers["Retry-After"]) > 0


def test_the_catalogue_has_every_code_of_the_protocol() -> None:
    codes = {
        "bad_json": 400,
        "unauthenticated": 401,
        "token_expired": 401,
        "code_spent": 401,
        "code_expired": 401,
        "code_replaced": 401,
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
    assert codes.items() <= {code: problem.status for code, problem in CATALOGUE.items()}.items()
