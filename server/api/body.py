"""Reading a request's JSON under hard bounds: nothing a client sends costs more than they allow."""

from __future__ import annotations

import json
import math
import zlib
from typing import Any, NoReturn

import orjson
from flask import Request
from werkzeug.exceptions import RequestEntityTooLarge

from server.problems import BadJsonError, TooLargeError, UnsupportedMediaTypeError

WIRE_BYTES_MAX = 1 << 20
DECOMPRESSED_BYTES_MAX = 8 << 20

_GZIP = 16 + zlib.MAX_WBITS
_INTEGER_MIN, _INTEGER_MAX = -(1 << 63), (1 << 64) - 1


def read_json(request: Request) -> Any:
    """The JSON value in the body, plain or gzip.

    Raises UnsupportedMediaTypeError, TooLargeError (on the wire or after decompression) or
    BadJsonError. An unpaired surrogate is let through: one bad string must not refuse the whole
    body, so whoever stores text looks at it.
    """
    if not request.is_json:
        raise UnsupportedMediaTypeError
    encoding = request.headers.get("Content-Encoding", "identity").strip().lower()
    try:
        body = request.get_data(cache=False)
    except RequestEntityTooLarge as error:
        raise TooLargeError from error
    if request.content_length is None and len(body) >= WIRE_BYTES_MAX:
        raise TooLargeError  # sent in chunks: Werkzeug cuts it off at the bound without a word
    if encoding == "gzip":
        body = _decompress(body)
    elif encoding != "identity":
        raise UnsupportedMediaTypeError
    return _parse(body)


def _decompress(body: bytes) -> bytes:
    """One gzip member, at most DECOMPRESSED_BYTES_MAX of it ever in memory."""
    decompressor = zlib.decompressobj(_GZIP)
    try:
        content = decompressor.decompress(body, DECOMPRESSED_BYTES_MAX + 1)
    except zlib.error as error:
        raise BadJsonError("The gzip body is damaged.") from error
    if len(content) > DECOMPRESSED_BYTES_MAX:
        raise TooLargeError
    if not decompressor.eof or decompressor.unused_data:
        raise BadJsonError("The gzip body is not one whole member.")
    return content


def _parse(body: bytes) -> Any:
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError:
        pass
    # Slower and more lenient: it reads unpaired surrogates and numbers without measure, which orjson refuses.
    try:
        return json.loads(body.decode("utf-8"), parse_constant=_refuse, parse_float=_finite, parse_int=_whole)
    except (ValueError, RecursionError) as error:
        raise BadJsonError from error


def _finite(text: str) -> Any:
    """A number without measure becomes what no field takes: it is refused alone, and can be written out again."""
    number = float(text)
    return number if math.isfinite(number) else {"number": text}


def _whole(text: str) -> Any:
    """As orjson reads it, beyond 64 bits as a float: a value must be the same whatever stands beside it."""
    if len(text) <= len(str(_INTEGER_MIN)) and _INTEGER_MIN <= int(text) <= _INTEGER_MAX:
        return int(text)
    return _finite(text)


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)  # NaN and Infinity are not JSON
