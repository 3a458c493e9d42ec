"""Files under /api/v1: their addresses, their bytes on the way in and out, and telling how far the work on one is."""

from __future__ import annotations

from collections.abc import Generator
from itertools import chain
from typing import Any

from flask import Response, request, stream_with_context
from marshmallow import ValidationError
from werkzeug.exceptions import RequestEntityTooLarge

from server.entities.values import Sha256
from server.problems import InvalidError, TooLargeError

BINARY: dict[str, Any] = {"schema": {"type": "string", "format": "binary"}}
# What the OpenAPI document says of a body that is a file.
FILE_BODY: dict[str, Any] = {"required": True, "content": {"application/octet-stream": BINARY}}


def steps_schema(description: str) -> dict[str, Any]:
    """An answer of `in_steps`, for the OpenAPI document."""
    return {"description": description, "content": {"application/x-ndjson": {"schema": {"type": "string"}}}}


def address(sha256: str) -> str:
    """It becomes part of a path: 64 hexadecimal digits and nothing else. Raises InvalidError."""
    try:
        return str(Sha256().clean(sha256))
    except ValidationError as error:
        raise InvalidError(errors={"sha256": ["invalid"]}) from error


def read_bytes(most: int, detail: str | None = None) -> bytes:
    """The request's body as it is, at most `most` bytes of it. Raises TooLargeError with the detail."""
    request.max_content_length = most + 1
    try:
        content = request.get_data(cache=False)
    except RequestEntityTooLarge as error:
        raise TooLargeError(detail) from error
    if len(content) > most:
        raise TooLargeError(detail)
    return content


def for_ever(content: bytes, content_type: str) -> Response:
    """One address is one content for ever, but not for the next one who signs in on this phone."""
    answer = Response(content, content_type=content_type)
    answer.headers["Cache-Control"] = "private, max-age=31536000, immutable"
    answer.headers["Vary"] = "Authorization"
    return answer


def in_steps(lines: Generator[bytes, None, None]) -> Response:
    """A line of JSON for each step, while the work goes on. Closing the connection closes the generator."""
    first = next(lines)  # what cannot be done is refused before the answer begins
    answer = Response(stream_with_context(chain([first], lines)), content_type="application/x-ndjson")
    answer.call_on_close(lines.close)
    answer.headers["X-Accel-Buffering"] = "no"  # a proxy hands on each step at once
    return answer
