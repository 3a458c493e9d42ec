"""Whatever the OpenAPI document allows, and what it forbids, is answered: never with a server error."""

from __future__ import annotations

import contextlib

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error

from tests.conftest import SignIn, bearer

quick = settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


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
