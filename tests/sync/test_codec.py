"""What comes over the wire, whatever it is: an entry of the log, a cursor or none, a value or a problem."""

import base64
import contextlib
import gzip
import json
from typing import Any

import orjson
import pytest
from flask import Request
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from werkzeug.test import EnvironBuilder

from server.api.body import DECOMPRESSED_BYTES_MAX, WIRE_BYTES_MAX, _parse, read_json
from server.entities import REGISTRY
from server.problems import BadJsonError, TooLargeError, UnsupportedMediaTypeError
from sync import intake
from sync.cursor import Cursor, _sign, decode
from sync.mutation import MAX_MUTATION_BYTES, Author, canonical, is_id
from sync.stamps import is_stamp

quick = settings(
    max_examples=300,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)

AUTHOR = Author("0199aa5b-0000-7000-8000-000000000001", "0199aa5b-0000-7000-8000-0000000000aa", "member")
KEY = b"a key for tests"
NOW_MS = 1_795_000_000_000

# Text with what UTF-8 cannot hold and databases do not like; numbers without measure.
texts = st.text(st.characters(), max_size=30) | st.sampled_from(
    ["\0", "\ud800", "\udfff\ud800", "e\u0301", "\u2028", ""]
)
numbers = (
    st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.sampled_from([2**53, -(2**63) - 1, 10**400])
)
stamps = st.from_regex(r"[0-9a-f]{12}-[0-9a-f]{4}-[0-9a-f]{8}", fullmatch=True)
ids = st.uuids().map(str)
values = st.recursive(
    st.none() | st.booleans() | numbers | texts | stamps | ids,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)
names = st.sampled_from(["coop_id", "counts", *{name for entity in REGISTRY.values() for name in entity.fields}])


def deep(levels: int) -> Any:
    value: Any = "x"
    for level in range(levels):
        value = [value] if level % 2 else {"a": value}
    return value


def optional(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional=fields)


# Near enough to the real thing to come past the first check.
mutations = optional(
    at=stamps | values,
    v=st.integers() | values,
    entity=st.sampled_from(list(REGISTRY)) | values,
    id=ids | values,
    set=st.dictionaries(names | texts, values, max_size=6) | values,
    base=st.dictionaries(names | texts, stamps | values, max_size=6) | values,
    eff=stamps | values,
)


@quick
@given(values | mutations)
@example(deep(2000))
@example({"at": "x" * 100_000, "set": {"note": "y" * 100_000}})
@example({"at": ["x" * 1000] * 100})
@example({"at": {"x": "\ud800" * 30_000}, "v": [0] * 70_000, "entity": {"\0" * 70_000: 1}})
@example({"set": {f"field{number}": number for number in range(5000)}})
@example({"base": {"note": "0199aa5be8f0-0000-5f3a9c21\n"}, "set": {"note": "x"}})
def test_whatever_a_phone_sends_becomes_an_entry_that_the_log_can_keep(sent: Any) -> None:
    entry, errors = intake.read(REGISTRY, AUTHOR, sent, NOW_MS)
    assert entry.raw.isascii()
    assert len(entry.raw) <= 6 * (MAX_MUTATION_BYTES + 1000), "bounded, each byte escaped at most"
    assert len(entry.key) <= 26
    assert entry.entity is None or entry.entity in REGISTRY
    assert entry.id is None or is_id(entry.id)
    assert all(is_stamp(stamp) for stamp in entry.base.values())
    assert entry.base.keys() <= entry.set.keys()
    assert is_stamp(entry.eff) or entry.eff == entry.key
    assert all(isinstance(codes, list) and codes for codes in errors.values())
    json.loads(entry.raw)
    # What is kept is read again as the same, and sending it again is known as the same.
    again, _ = intake.read(REGISTRY, AUTHOR, json.loads(canonical(sent)) if shallow(sent) else sent, NOW_MS)
    assert (again.key, again.hash, again.raw) == (entry.key, entry.hash, entry.raw)


def shallow(sent: Any) -> bool:
    try:
        canonical(sent)
    except (RecursionError, ValueError):
        return False
    return True


@quick
@given(values | st.binary().map(lambda blob: blob.decode("latin-1")) | st.text("ABCabc019-_=+/", max_size=200))
@example("A" * 1001)
@example("====")
@example("A")
def test_what_is_no_cursor_of_ours_is_none(text: Any) -> None:
    assert decode(text, KEY) is None


cursors = st.builds(
    Cursor, replica=texts, history=texts, position=st.integers(), head_seq=st.integers(), head_tag=texts, scope=texts
)


@quick
@given(cursors, st.data())
def test_a_cursor_comes_back_whole_and_no_part_of_it_can_be_changed(made: Cursor, data: st.DataObject) -> None:
    text = made.encode(KEY)
    assert decode(text, KEY) in (made, None if len(text) > 1000 else made)
    assert decode(text, b"another key") is None
    place = data.draw(st.integers(0, len(text) - 2))
    other = "A" if text[place] != "A" else "B"
    assert decode(text[:place] + other + text[place + 1 :], KEY) is None


@quick
@given(values)
@example([1, 2])
@example({})
def test_a_signed_cursor_of_another_release_is_no_cursor(payload: Any) -> None:
    """The key outlives the code: what an older or newer server signed begins from the start, never with an error."""
    signed = canonical(payload).encode()
    text = base64.urlsafe_b64encode(_sign(KEY, signed) + signed).decode()
    assert decode(text, KEY) is None


def read(body: bytes, **headers: str) -> Any:
    builder = EnvironBuilder(method="POST", data=body, headers={"Content-Type": "application/json"} | headers)
    request = Request(builder.get_environ())
    request.max_content_length = WIRE_BYTES_MAX
    return read_json(request)


json_bytes = values.map(lambda value: json.dumps(value).encode())
bodies = (
    st.binary(max_size=300)
    | json_bytes
    | json_bytes.flatmap(lambda text: st.integers(0, len(text)).map(lambda end: text[:end]))
    | json_bytes.map(lambda text: b"\xef\xbb\xbf" + text)
    | json_bytes.map(lambda text: text.decode().encode("utf-16"))
)


@quick
@given(bodies)
@example(b"[" * 100_000)
@example(b'{"a":' * 100_000)
@example(b"1" * 5000)
@example(b"[1" + b"0" * 400 + b"]")
@example(b'[NaN, "\\ud800"]')
@example(b'["\\ud800", 1e999, -1e999]')
@example(b"\xff\xfe")
@example(b"")
def test_a_body_is_read_or_is_bad_json(body: bytes) -> None:
    for content, headers in ((body, {}), (gzip.compress(body, 1), {"Content-Encoding": "gzip"})):
        try:
            value = read(content, **headers)
        except BadJsonError:
            continue
        canonical(value).encode("ascii")


@quick
@given(
    st.binary(max_size=200),
    st.sampled_from(["gzip", "GZIP ", "identity", "br", "", "gzip, gzip", "\x7f"]),
    st.text('aj/;=+* "x', max_size=12),
)
def test_any_bytes_under_any_headers_are_answered_by_a_problem_that_is_promised(
    body: bytes, encoding: str, media_type: str
) -> None:
    for kind in ("application/json", "application/json; charset=utf-16", media_type):
        with contextlib.suppress(BadJsonError, TooLargeError, UnsupportedMediaTypeError):
            read(body, **{"Content-Encoding": encoding, "Content-Type": kind})


@quick
@given(st.integers(0, 9), st.integers(0, 3))
def test_a_damaged_gzip_body_is_bad_json_and_a_bomb_is_too_large(cut: int, extra: int) -> None:
    whole = gzip.compress(b'{"a": 1}')
    for damaged in (whole[: len(whole) - 1 - cut], whole + b"x" * (extra + 1), whole + whole):
        with pytest.raises(BadJsonError):
            read(damaged, **{"Content-Encoding": "gzip"})
    with pytest.raises(TooLargeError):
        read(gzip.compress(b" " * (DECOMPRESSED_BYTES_MAX + 1), 1), **{"Content-Encoding": "gzip"})


def test_a_body_over_the_bound_is_too_large() -> None:
    with pytest.raises(TooLargeError):
        read(b" " * (WIRE_BYTES_MAX + 1))


@quick
@given(values)
@example(123456789012345678901234567890)
@example([18446744073709551616, -9223372036854775809, 18446744073709551615, -0.0])
@example({"a": 1e22, "b": 10**22})
def test_a_value_is_the_same_whoever_it_travels_with(value: Any) -> None:
    """A neighbour that only the lenient reader takes must not change what a mutation is known by."""
    text = json.dumps(value)
    try:
        alone = orjson.loads(text)
    except orjson.JSONDecodeError:
        return
    assert canonical(_parse(b'["\\ud800",' + text.encode() + b"]")[1]) == canonical(alone)
