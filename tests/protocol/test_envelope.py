"""The envelope of a sync: what an answer holds, what is refused whole, and the limits."""

import gzip
import json
from collections.abc import Iterator
from typing import Any

import pytest

from .client import Api, Phone
from .clock import MINUTE_MS, now_ms
from .goods import listing, problem, sale

MIB = 1 << 20


def body_of(phone: Phone, **given: Any) -> dict[str, Any]:
    return {"replica": phone.replica, "cursor": None, "limit": 10, "mutations": []} | given


def test_an_answer_holds_what_the_document_shows(member: Phone) -> None:
    mutation = member.mutation("sale", sale(member.member_id))
    answer = member.post([mutation]).json()
    assert answer["receipts"][0] == {
        "at": mutation["at"],
        "outcome": "applied",
        "seq": answer["receipts"][0]["seq"],
    }
    assert {"safe", "cursor", "more", "reset", "digest", "changes"} <= set(answer)
    assert abs(answer["server_time_ms"] - now_ms()) < MINUTE_MS
    assert (answer["more"], answer["reset"]) == (False, False)
    assert isinstance(answer["safe"], int)
    assert isinstance(answer["cursor"], str)


def test_a_fresh_sale_comes_back_with_one_stamp(member: Phone) -> None:
    mutation = member.mutation("sale", sale(member.member_id))
    answer = member.post([mutation]).json()
    change = next(change for change in answer["changes"] if change["id"] == mutation["id"])
    assert change["entity"] == "sale"
    assert (change["at"], change["stamps"]) == (mutation["at"], {})
    assert change["row"] == mutation["set"]
    assert change["derived"]["counts"] is True


def test_only_differing_fields_are_stamped_apart(member: Phone) -> None:
    created = member.record("sale", sale(member.member_id, note="gọi lại"))
    member.sync()
    edited = member.record("sale", {"note": "đã gọi"}, created["id"])
    answer = member.post(member.unsent()).json()
    change = next(change for change in answer["changes"] if change["id"] == created["id"])
    assert change["at"] == created["at"]
    assert change["stamps"] == {"note": edited["at"]}


def test_fields_that_were_never_set_are_absent(member: Phone) -> None:
    created = member.record("sale", sale(member.member_id))
    member.sync()
    assert not {"note", "buyer_name", "voided", "settled", "listing_id"} & set(member.row(created).values)


def test_a_sync_without_mutations_is_a_pull(member: Phone) -> None:
    assert member.post().json()["receipts"] == []


def test_unknown_request_fields_are_ignored(member: Phone) -> None:
    response = member.post(app_version="9.9", nested={"deep": [1, 2]})
    assert response.status_code == 200


@pytest.mark.parametrize("body", ["", "{", "[1,", "nonsense", "{'a': 1}", '{"limit": NaN}', "\x00"])
def test_what_is_not_json_is_refused_whole(member: Phone, body: str) -> None:
    headers = {"Content-Type": "application/json"}
    problem(member.request("POST", "/sync", content=body, headers=headers), 400, "bad_json")


@pytest.mark.parametrize(
    "wrong",
    [
        {"replica": None},
        {"replica": 7},
        {"replica": "not an id"},
        {"mutations": "none"},
        {"mutations": {"at": "x"}},
        {"limit": "many"},
        {"limit": True},
        {"limit": 1.5},
    ],
)
def test_what_is_no_envelope_is_refused_whole(member: Phone, wrong: dict[str, Any]) -> None:
    mutation = member.mutation("sale", sale(member.member_id))
    body = body_of(member, mutations=[mutation]) | wrong
    refused = problem(member.request("POST", "/sync", json=body), 422, "invalid")
    assert set(refused["errors"]) & set(wrong), refused
    assert not member.sync().shows(mutation)


@pytest.mark.parametrize("body", ["[]", "null", '"text"', "7", "{}"])
def test_json_of_another_shape_is_refused_whole(member: Phone, body: str) -> None:
    headers = {"Content-Type": "application/json"}
    problem(member.request("POST", "/sync", content=body, headers=headers), 422, "invalid")


def test_another_content_type_is_refused(member: Phone) -> None:
    body = json.dumps(body_of(member))
    headers = {"Content-Type": "text/plain"}
    response = member.request("POST", "/sync", content=body, headers=headers)
    problem(response, 415, "unsupported_media_type")


def test_the_content_type_may_name_its_charset(member: Phone) -> None:
    headers = {"Content-Type": "application/json; charset=utf-8"}
    content = json.dumps(body_of(member))
    assert member.request("POST", "/sync", content=content, headers=headers).status_code == 200


def test_a_thousand_mutations_are_taken_in_one_request(member: Phone) -> None:
    note = {"note": "một nghìn"}
    created = member.mutation("sale", sale(member.member_id))
    edits = [member.mutation("sale", note, created["id"]) for _ in range(999)]
    receipts = member.send(created, *edits)
    assert {receipt["outcome"] for receipt in receipts} == {"applied"}


def test_more_than_a_thousand_mutations_are_too_large(member: Phone) -> None:
    created = member.mutation("sale", sale(member.member_id))
    response = member.post([created] * 1001)
    problem(response, 413, "too_large")
    assert not member.sync().shows(created)


def test_more_than_a_mebibyte_on_the_wire_is_too_large(member: Phone) -> None:
    body = json.dumps(body_of(member, padding="x" * MIB))
    headers = {"Content-Type": "application/json"}
    problem(member.request("POST", "/sync", content=body, headers=headers), 413, "too_large")


def gzipped(phone: Phone, body: bytes) -> Any:
    headers = {"Content-Type": "application/json", "Content-Encoding": "gzip"}
    return phone.request("POST", "/sync", content=body, headers=headers)


def test_a_gzipped_request_is_understood(member: Phone) -> None:
    mutation = member.mutation("sale", sale(member.member_id))
    body = json.dumps(body_of(member, mutations=[mutation])).encode()
    response = gzipped(member, gzip.compress(body))
    assert response.json()["receipts"][0]["outcome"] == "applied"


def test_a_large_request_may_come_gzipped(member: Phone) -> None:
    """Up to 8 MiB after decompression, as long as it is at most 1 MiB on the wire."""
    body = json.dumps(body_of(member, padding="x" * 7 * MIB)).encode()
    assert gzipped(member, gzip.compress(body)).status_code == 200


def test_a_gzip_bomb_is_too_large(member: Phone) -> None:
    bomb = gzip.compress(b'{"padding": "' + b"x" * 300 * MIB, compresslevel=9)
    assert len(bomb) < MIB
    problem(gzipped(member, bomb), 413, "too_large")


def test_a_broken_gzip_is_bad_json(member: Phone) -> None:
    whole = gzip.compress(json.dumps(body_of(member)).encode())
    problem(gzipped(member, b"not gzip at all"), 400, "bad_json")
    problem(gzipped(member, whole[:-9]), 400, "bad_json")


@pytest.mark.parametrize("encoding", ["gzip", "br", "zstd", "identity"])
def test_answers_are_compressed_as_the_client_accepts(member: Phone, encoding: str) -> None:
    member.record("listing", listing(member.member_id, description="mô tả " * 200))
    member.sync()
    headers = {"Accept-Encoding": encoding}
    with member.http.stream(
        "POST",
        "/api/v1/sync",
        json=body_of(member),
        headers=headers | {"Authorization": f"Bearer {member.access_token}"},
    ) as response:
        assert response.status_code == 200
        assert response.headers.get("Content-Encoding", "identity") in (encoding, "identity")
        assert (response.headers.get("Content-Encoding") == "gzip") == (encoding == "gzip")


def test_a_mutation_over_64_kib_is_rejected_alone(member: Phone) -> None:
    before = member.mutation("sale", sale(member.member_id))
    large = member.mutation("sale", sale(member.member_id, field_of_tomorrow="x" * 70 * 1024))
    after = member.mutation("sale", sale(member.member_id))
    outcomes = [receipt["outcome"] for receipt in member.send(before, large, after)]
    assert outcomes == ["applied", "rejected", "applied"]


def test_a_mutation_of_60_kib_is_taken(member: Phone) -> None:
    large = member.mutation("sale", sale(member.member_id, field_of_tomorrow="x" * 60 * 1024))
    assert member.send(large)[0]["outcome"] == "applied"


def test_health_and_the_api_description_are_public(server: Any) -> None:
    anyone = Api(server.url)
    assert {"status", "version"} <= set(anyone.get("/health"))
    described = anyone.get("/openapi.json")
    assert described["openapi"].startswith("3.1")
    assert {"/api/v1/sync", "/api/v1/auth/login"} <= set(described["paths"])


def test_a_body_that_never_tells_its_length_is_bounded_too(member: Phone) -> None:
    def endless() -> Iterator[bytes]:
        yield json.dumps(body_of(member)).encode()
        for _ in range(3 * 1024):
            yield b" " * 1024

    headers = {"Content-Type": "application/json"}
    problem(member.request("POST", "/sync", content=endless(), headers=headers), 413, "too_large")
