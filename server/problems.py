"""The one catalogue of what can go wrong under /api/v1, as RFC 9457 problems.

Each problem is an exception: raise it anywhere and the client reads
`{type, title, status, code, detail, errors?}` as application/problem+json.
`code` is stable and is what programs look at; `detail` is for whoever reads a log.
"""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, ClassVar

import orjson
import structlog
from flask import Flask, Response, request
from marshmallow import Schema, fields
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

API_PREFIX = "/api/v1"

log = structlog.get_logger(__name__)


class ProblemError(Exception):
    """An answer that is no success. Subclasses are the catalogue."""

    status: ClassVar[int]
    code: ClassVar[str]
    detail: str

    def __init__(
        self,
        detail: str | None = None,
        *,
        errors: Mapping[str, Any] | None = None,
        retry_after_s: int | None = None,
    ) -> None:
        self.detail = detail or self.detail
        super().__init__(self.detail)
        self.errors = errors
        self.retry_after_s = retry_after_s

    def response(self) -> Response:
        body: dict[str, Any] = {
            "type": "about:blank",
            "title": HTTPStatus(self.status).phrase,
            "status": self.status,
            "code": self.code,
            "detail": self.detail,
        }
        if self.errors is not None:
            body["errors"] = self.errors
        answer = Response(orjson.dumps(body), self.status, content_type="application/problem+json")
        if self.status == HTTPStatus.UNAUTHORIZED:
            answer.headers["WWW-Authenticate"] = "Bearer"
        if self.retry_after_s is not None:
            answer.headers["Retry-After"] = str(self.retry_after_s)
        return answer


class BadRequestError(ProblemError):
    status, code = 400, "bad_request"
    detail = "The request cannot be understood."


class BadJsonError(ProblemError):
    status, code = 400, "bad_json"
    detail = "The body is not JSON that can be read."


class UnauthenticatedError(ProblemError):
    status, code = 401, "unauthenticated"
    detail = "Sign in first."


class CodeSpentError(ProblemError):
    status, code = 401, "code_spent"
    detail = "This code was used: each lets in once."


class CodeExpiredError(ProblemError):
    status, code = 401, "code_expired"
    detail = "This code's day is over: ask for a new one."


class CodeReplacedError(ProblemError):
    status, code = 401, "code_replaced"
    detail = "There is a newer code: use that."


class TokenExpiredError(ProblemError):
    status, code = 401, "token_expired"
    detail = "The token has expired."


class ErasedError(ProblemError):
    status, code = 401, "erased"
    detail = "The person was erased: forget this account's data."


class ForbiddenError(ProblemError):
    status, code = 403, "forbidden"
    detail = "This account may not do that."


class NotFoundError(ProblemError):
    status, code = 404, "not_found"
    detail = "There is nothing here."


class MethodNotAllowedError(ProblemError):
    status, code = 405, "method_not_allowed"
    detail = "This address does not know that method."


class ReplicaTakenError(ProblemError):
    status, code = 409, "replica_taken"
    detail = "This replica belongs to another account."


class ReviewChangedError(ProblemError):
    status, code = 409, "review_changed"
    detail = "The review changed since it was shown."


class TooLargeError(ProblemError):
    status, code = 413, "too_large"
    detail = "The request is larger than the limit."


class UnsupportedMediaTypeError(ProblemError):
    status, code = 415, "unsupported_media_type"
    detail = "Send application/json, plain or gzip."


class InvalidError(ProblemError):
    status, code = 422, "invalid"
    detail = "Some fields are not valid."


class ClientTooOldError(ProblemError):
    status, code = 426, "client_too_old"
    detail = "This version of the app is too old."


class RateLimitedError(ProblemError):
    status, code = 429, "rate_limited"
    detail = "Too many attempts."

    def __init__(self, detail: str | None = None, *, retry_after_s: int = 60) -> None:
        super().__init__(detail, retry_after_s=retry_after_s)


class InternalError(ProblemError):
    status, code = 500, "internal"
    detail = "The server made a mistake; nothing was taken."


class UnavailableError(ProblemError):
    status, code = 503, "unavailable"
    detail = "Busy: nothing was taken, try again."

    def __init__(self, detail: str | None = None, *, retry_after_s: int = 2) -> None:
        super().__init__(detail, retry_after_s=retry_after_s)


CATALOGUE: dict[str, type[ProblemError]] = {problem.code: problem for problem in ProblemError.__subclasses__()}

# What Flask, Werkzeug and webargs raise by status alone, said in our words.
_BY_STATUS: dict[int, type[ProblemError]] = {
    400: BadRequestError,
    401: UnauthenticatedError,
    403: ForbiddenError,
    404: NotFoundError,
    405: MethodNotAllowedError,
    413: TooLargeError,
    415: UnsupportedMediaTypeError,
    422: InvalidError,
    429: RateLimitedError,
    503: UnavailableError,
}


class ProblemSchema(Schema):
    """How a problem looks, for the OpenAPI document."""

    type = fields.String(required=True, metadata={"description": "always `about:blank`: look at `code`"})
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    code = fields.String(required=True, metadata={"enum": sorted(CATALOGUE)})
    detail = fields.String(required=True)
    errors = fields.Dict(metadata={"description": "codes per field, with `invalid`"})


# marshmallow's English sentences, back to the stable keys that it files them under.
_FIELD_CODES: dict[str, str] = {
    str(message): key
    for kind in vars(fields).values()
    if isinstance(kind, type) and issubclass(kind, fields.Field)
    for key, message in kind.default_error_messages.items()
} | {"Invalid input type.": "type", "Unknown field.": "unknown"}


def field_codes(messages: Any) -> Any:
    """marshmallow's messages with each sentence replaced by its code; ours already are codes."""
    if isinstance(messages, Mapping):
        return {str(name): field_codes(value) for name, value in messages.items()}
    if isinstance(messages, list):
        return [field_codes(value) for value in messages]
    text = str(messages)
    return _FIELD_CODES.get(text, text if text.isidentifier() else "invalid")


def from_http(error: HTTPException) -> ProblemError:
    """The catalogue's problem for an exception of Flask, Werkzeug or webargs."""
    problem = _BY_STATUS.get(error.code or 500)
    if problem is None:
        problem = BadRequestError if 400 <= (error.code or 500) < 500 else InternalError
    if problem is InvalidError:
        by_place = getattr(error, "data", {}).get("messages", {})
        named = {name: codes for place in by_place.values() for name, codes in place.items()}
        return InvalidError(errors=field_codes(named))
    return problem()


def answer_http(error: HTTPException) -> AnyResponse:
    """Problems under /api/v1, the framework's plain page anywhere else."""
    if not request.path.startswith(API_PREFIX) or (error.code or 500) < 400:
        return error.get_response()
    answer = from_http(error).response()
    for name, value in error.get_response().headers:
        if name in ("Allow", "Retry-After"):
            answer.headers[name] = value
    return answer


def answer_unexpected(error: Exception) -> AnyResponse:
    # The rule, not the path: paths hold ids.
    rule = request.url_rule.rule if request.url_rule else None
    log.exception("unexpected", rule=rule, error=type(error).__name__)
    if request.path.startswith(API_PREFIX):
        return InternalError().response()
    return Response("500\n", 500, content_type="text/plain; charset=utf-8")


def register(app: Flask) -> None:
    """Make every failure under /api/v1 a problem."""
    app.register_error_handler(ProblemError, lambda error: error.response())
    app.register_error_handler(HTTPException, answer_http)
    app.register_error_handler(Exception, answer_unexpected)
