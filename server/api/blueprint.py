"""The blueprint that every module under /api/v1 makes its own from."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import flask_smorest
from flask import Request
from marshmallow import EXCLUDE, Schema
from webargs.flaskparser import FlaskParser

from server.api.body import read_json


class Parser(FlaskParser):
    """Bodies through `read_json`; unknown fields are ignored everywhere."""

    # Typed as webargs types it, not as a ClassVar.
    DEFAULT_UNKNOWN_BY_LOCATION: dict[str, str | None] = {"json": EXCLUDE, "query": EXCLUDE, "path": None}  # noqa: RUF012

    def load_json(self, req: Request, schema: Schema) -> Any:
        return read_json(req)


class Blueprint(flask_smorest.Blueprint):
    """Routes that only let in who has a token (server/auth.py) say so in the OpenAPI document."""

    ARGUMENTS_PARSER = Parser()

    def route(self, rule: str, **options: Any) -> Callable[..., Any]:
        register = super().route(rule, **options)

        def decorate(view: Callable[..., Any]) -> Any:
            security = getattr(view, "security", None)
            return register(self.doc(security=security)(view) if security else view)

        return decorate
