"""Whatever the OpenAPI document allows, and what it forbids, is answered, never with an error of ours."""

from __future__ import annotations

import contextlib
from typing import Any
from urllib.parse import quote

import hypothesis
import pytest
import schemathesis
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, Phase, given
from hypothesis.errors import Unsatisfiable
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error

from config import Settings
from tests.conftest import SignIn, bearer

quick = hypothesis.settings(
    max_examples=2,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)

# Bytes that are no text, text that a database does not hold, and numbers that no column takes.
STRANGE = [
    b"\0",
    b"a\0b",
    b"\xed\xa0\x80",
    b"\xff",
    "😀\u2028".encode(),
    b"%",
    b"_",
    b"'",
    b"\\",
    b"9" * 400,
    b"-1",
    b"1e999",
]


@pytest.fixture
def settings(settings_of_either: Settings) -> Settings:
    return settings_of_either


@pytest.mark.parametrize("mode", list(GenerationMode))
@pytest.mark.parametrize("who", ["manager", "admin"])
def test_no_input_makes_the_server_fail(app: Flask, sign_in: SignIn, who: str, mode: GenerationMode) -> None:
    token = bearer(sign_in(who)["access_token"])
    document = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)
    asked = 0
    for operation in document.get_all_operations():

        @quick
        @given(case=operation.ok().as_strategy(generation_mode=mode))
        def answers(case: Case) -> None:
            nonlocal asked
            asked += 1
            answer = case.call(headers=token)
            case.validate_response(answer, checks=[not_a_server_error])
            assert answer.status_code < 400 or answer.json()["code"]

        with contextlib.suppress(Unsatisfiable):  # nothing can be wrong where nothing is asked for
            answers()
    assert asked > 50


@pytest.mark.parametrize("who", ["manager", "admin"])
def test_no_strange_text_in_an_address_makes_the_server_fail(client: FlaskClient, sign_in: SignIn, who: str) -> None:
    token = bearer(sign_in(who)["access_token"])
    operations = client.get("/api/v1/openapi.json").json["paths"]
    asked = 0
    for path, operation in operations.items():
        if "get" not in operation:
            continue
        named = operation["get"].get("parameters", []) + operation.get("parameters", [])
        for parameter in named:
            for strange in STRANGE:
                address, query = filled(path, named, parameter["name"], quote(strange))
                answer = client.get(address + query, headers=token)
                asked += 1
                assert answer.status_code < 500, (address + query, answer.text)
    assert asked > 200


def filled(path: str, named: list[Any], name: str, value: str) -> tuple[str, str]:
    """The address with this value for one parameter, and something plain for the others of the path."""
    query = ""
    for parameter in named:
        if parameter["in"] == "path":
            given_value = value if parameter["name"] == name else "sale"
            path = path.replace(f"{{{parameter['name']}}}", given_value)
        elif parameter["name"] == name:
            query = f"?{name}={value}"
    return path, query


@pytest.mark.parametrize(
    "strange", ["\0", "a\0b", "\ud800", "\U0010ffff", "9" * 5000, 10**30, -(2**63) - 1, 1e300, [], {}, None, True]
)
def test_no_strange_value_in_a_body_makes_the_server_fail(client: FlaskClient, sign_in: SignIn, strange: Any) -> None:
    token = bearer(sign_in("manager")["access_token"])
    document = client.get("/api/v1/openapi.json").json
    asked = 0
    for path, operation in document["paths"].items():
        for name in body_fields(document, operation.get("post", {})):
            whole = {"login": "0900000001", "password": "x", "code": "x", "member_id": "x", "replica": "x"}
            address = path.replace("{", "").replace("}", "")
            answer = client.post(address, json=whole | {name: strange}, headers=token)
            asked += 1
            assert answer.status_code < 500, (address, name, answer.text)
    assert asked > 8


def body_fields(document: Any, operation: Any) -> list[str]:
    content = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
    schema = document["components"]["schemas"].get(content.get("$ref", "").rpartition("/")[2], content)
    return list(schema.get("properties", {}))
