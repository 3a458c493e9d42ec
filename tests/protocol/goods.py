"""What people record: complete sets of values, to be varied by the tests, and what the server says of them."""

from datetime import UTC, datetime, timedelta
from typing import Any

from .client import Api, Mutation

Values = dict[str, Any]


def instant(days: float = 0, minutes: float = 0) -> str:
    moment = datetime.now(UTC) + timedelta(days=days, minutes=minutes)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def sale(member_id: str | None, **given: Any) -> Values:
    return {
        "product_name": "Mật ong bạc hà",
        "unit": "lít",
        "quantity_milli": 2500,
        "unit_price_vnd": 250_000,
        "total_vnd": 625_000,
        "sold_at": instant(minutes=-1),
        "payment": "cash",
        "member_id": member_id,
        "money_with": "member",
    } | given


def listing(member_id: str | None, **given: Any) -> Values:
    return {
        "product_name": "Chè Shan tuyết",
        "price_vnd": 400_000,
        "unit": "kg",
        "member_id": member_id,
    } | given


def stock_entry(member_id: str | None, listing_id: str, **given: Any) -> Values:
    values = {
        "listing_id": listing_id,
        "quantity_milli": 10_000,
        "kind": "harvest",
        "member_id": member_id,
    }
    return values | given


def reviews(api: Api, kind: str, record: Mutation | str, status: str | None = "open") -> list[dict[str, Any]]:
    """The reviews of one kind about one record."""
    record_id = record if isinstance(record, str) else record["id"]
    asked = {"kind": kind, "limit": 1000} | ({"status": status} if status else {})
    return [review for review in api.items("/reviews", **asked) if review["record_id"] == record_id]


def codes(receipt: dict[str, Any]) -> list[str]:
    """Every code of a refusal, whatever its field."""
    return [code for field_codes in receipt.get("errors", {}).values() for code in field_codes]


def problem(response: Any, status: int, code: str) -> Any:
    """The body of an error in the one form that errors have."""
    assert response.status_code == status, response.text
    assert response.headers["Content-Type"].split(";")[0] == "application/problem+json"
    body = response.json()
    assert body["code"] == code, body
    return body
