"""The office pays, takes back, prints, closes a season and tells everybody the sums; others neither see nor do it."""

from __future__ import annotations

import uuid
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from server.database import new_id
from server.reports.money import MONTH_FIELDS
from tests.conftest import People, SignIn, assert_problem, bearer
from tests.protocol.goods import sale
from tests.server.test_board import PhoneOfToday, today

MONEY = "/api/v1/money"
SEASON = {"name": "Vụ hè", "starts_on": "2026-07-01", "ends_on": "2026-08-31"}


@pytest.fixture
def office(app: Flask, people: People) -> PhoneOfToday:
    """The manager's phone, where the two members are written down."""
    phone = today(app, "manager")
    for member_id in (people.member, people.neighbour):
        phone.record("member", {"name": "Giàng Thị Mỷ", "village": "Lũng Phìn"}, member_id)
    return phone.sync()


@pytest.fixture
def token(sign_in: SignIn) -> dict[str, str]:
    return bearer(sign_in("manager")["access_token"])


def sell(office: PhoneOfToday, member_id: str | None, vnd: int, **extra: Any) -> dict[str, Any]:
    mutation = office.record("sale", sale(member_id, total_vnd=vnd, **{"money_with": "coop"} | extra))
    office.sync()
    return mutation


def payout(amounts: dict[str, int], **extra: Any) -> dict[str, Any]:
    said = [{"member_id": id, "amount_vnd": vnd} for id, vnd in amounts.items()]
    return {"id": new_id(), "kind": "payout", "amounts": said, **extra}


def owed(client: FlaskClient, token: dict[str, str]) -> dict[str, int]:
    answer = client.get(f"{MONEY}/statements", headers=token)
    assert answer.status_code == 200, answer.text
    assert answer.json["totals"]["owed_vnd"] == sum(item["owed_vnd"] for item in answer.json["items"])
    return {item["member_id"]: item["owed_vnd"] for item in answer.json["items"]}


def test_a_payout_is_looked_at_made_once_and_taken_back(
    client: FlaskClient, people: People, office: PhoneOfToday, token: dict[str, str]
) -> None:
    sell(office, people.member, 500_000)
    sell(office, people.neighbour, 300_000)
    wanted = payout({people.member: 500_000, people.neighbour: 100_000}, method="transfer", note="Đợt 1")
    seen = client.post(f"{MONEY}/payments", json=wanted | {"preview": True}, headers=token).json
    assert (seen["paid"], seen["total_vnd"]) == (False, 600_000)
    assert [(item["before_vnd"], item["after_vnd"]) for item in seen["items"]] == [(500_000, 0), (300_000, 200_000)]
    assert owed(client, token) == {people.member: 500_000, people.neighbour: 300_000}
    for _ in range(2):
        done = client.post(f"{MONEY}/payments", json=wanted, headers=token).json
        assert done == seen | {"paid": True}
    assert owed(client, token) == {people.member: 0, people.neighbour: 200_000}
    changed = wanted | {"amounts": wanted["amounts"][:1]}
    problem = assert_problem(client.post(f"{MONEY}/payments", json=changed, headers=token), 422, "invalid")
    assert problem["errors"] == {"id": ["taken"]}
    ids = [item["payment_id"] for item in done["items"]]
    for _ in range(2):
        taken = client.post(f"{MONEY}/payments/void", json={"payments": ids, "reason": "nhầm"}, headers=token)
        assert [item["id"] for item in taken.json["items"]] == ids
    assert owed(client, token) == {people.member: 500_000, people.neighbour: 300_000}


def test_nothing_is_paid_if_one_of_many_cannot_be(
    client: FlaskClient, people: People, office: PhoneOfToday, token: dict[str, str]
) -> None:
    sell(office, people.member, 500_000)
    stranger = new_id()
    wanted = payout({people.member: 500_000, people.neighbour: 1, stranger: 1})
    for preview in (True, False):
        answer = client.post(f"{MONEY}/payments", json=wanted | {"preview": preview}, headers=token)
        errors = assert_problem(answer, 422, "invalid")["errors"]
        assert errors == {"amounts": {people.neighbour: ["more_than_owed"], stranger: ["unknown"]}}
    assert owed(client, token) == {people.member: 500_000}
    void = {"payments": [new_id()], "reason": "x"}
    assert_problem(client.post(f"{MONEY}/payments/void", json=void, headers=token), 404, "not_found")
    negative = payout({people.member: -5}, kind="advance")
    assert_problem(client.post(f"{MONEY}/payments", json=negative, headers=token), 422, "invalid")


def test_advances_and_old_debts_are_in_the_statement_and_on_the_members_phone(
    app: Flask, client: FlaskClient, people: People, office: PhoneOfToday, token: dict[str, str]
) -> None:
    for kind, vnd in (("advance", 200_000), ("opening", -50_000)):
        assert client.post(f"{MONEY}/payments", json=payout({people.member: vnd}, kind=kind), headers=token).json[
            "paid"
        ]
    credit = sell(office, people.member, 80_000, payment="credit", buyer_name="chị Lan")
    said = client.get(f"{MONEY}/statements/{people.member}", headers=token).json
    assert (said["opening_vnd"], said["advances_vnd"], said["owed_vnd"]) == (-50_000, 200_000, -250_000)
    assert [one["kind"] for one in said["payments"]] == ["opening", "advance"]
    assert [(debt["id"], debt["total_vnd"]) for debt in said["debts"]] == [(credit["id"], 80_000)]
    assert said["goods"][0]["total_vnd"] == 80_000
    office.record("sale", {"settled": True}, credit["id"])
    office.sync()
    assert owed(client, token) == {people.member: -170_000}
    member, neighbour = today(app, "member"), today(app, "neighbour")
    assert len([id for entity, id in member.rows if entity == "payment"]) == 2
    assert not [id for entity, id in neighbour.rows if entity == "payment"]
    assert member.checked
    assert client.get(f"{MONEY}/statements/own", headers=token).json["name"] == ""


def test_a_closed_season_stands_on_phones_and_a_month_is_made_public(
    app: Flask, client: FlaskClient, people: People, office: PhoneOfToday, token: dict[str, str]
) -> None:
    sell(office, people.member, 400_000, sold_at="2026-08-03T02:00:00Z")
    sell(office, None, 70_000, sold_at="2026-08-04T02:00:00Z")
    season = new_id()
    said = SEASON
    assert client.put(f"{MONEY}/seasons/{season}", json=said, headers=token).json["items"][0]["closed"] is False
    for _ in range(2):
        closed = client.post(f"{MONEY}/seasons/{season}/close", headers=token)
        assert closed.json["items"] == [{"id": season, **said, "closed": True}]
    sell(office, people.member, 5_000, sold_at="2026-08-05T02:00:00Z")
    old = client.get(f"{MONEY}/statements?season={season}", headers=token).json
    assert (old["totals"]["owed_vnd"], old["own"]["with_coop_vnd"]) == (400_000, 70_000)
    now = client.get(f"{MONEY}/statements", headers=token).json["items"][0]
    assert (now["before_vnd"], now["late_vnd"], now["owed_vnd"]) == (400_000, 5_000, 405_000)
    [late] = client.get(f"{MONEY}/late", headers=token).json["items"]
    assert (late["why"], late["effect_vnd"], late["member_id"]) == ("arrived", 5_000, people.member)
    [month] = client.put(f"{MONEY}/summaries/2026-08", headers=token).json["items"]
    assert (month["sales"], month["sold_vnd"], month["owed_vnd"]) == (3, 475_000, 405_000)
    member, neighbour = today(app, "member"), today(app, "neighbour")
    assert [row.values["owed_vnd"] for (entity, _), row in member.rows.items() if entity == "statement"] == [400_000]
    assert not [1 for entity, _ in neighbour.rows if entity == "statement"]
    for phone in (member, neighbour, office.sync()):
        [seen] = [row.values for (entity, _), row in phone.rows.items() if entity == "summary"]
        assert seen == month
        assert phone.checked
    again = client.put(f"{MONEY}/summaries/2026-08", headers=token).json["items"][0]
    assert {**again, "made_at": ""} == {**month, "made_at": ""}
    for wrong in ("2026-13", "2999-01", "x"):
        assert_problem(client.put(f"{MONEY}/summaries/{wrong}", headers=token), 404, "not_found")


def test_the_province_reads_what_each_cooperative_owes_and_what_it_made_public(
    client: FlaskClient, people: People, office: PhoneOfToday, token: dict[str, str], sign_in: SignIn
) -> None:
    sell(office, people.member, 400_000, sold_at="2026-08-03T02:00:00Z")
    sell(office, None, 70_000)
    wanted = payout({people.member: 100_000})
    assert client.post(f"{MONEY}/payments", json=wanted, headers=token).status_code == 200
    client.put(f"{MONEY}/seasons/{new_id()}", json=SEASON, headers=token)
    [month] = client.put(f"{MONEY}/summaries/2026-08", headers=token).json["items"]
    admin = bearer(sign_in("admin")["access_token"])

    def told(name: str, who: dict[str, str]) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = client.get(f"/api/v1/reports/{name}", headers=who).json["rows"]
        return rows

    first, other = told("money_by_coop", admin)
    assert (first["sold_vnd"], first["paid_vnd"], first["owed_vnd"]) == (70_000, 100_000, 300_000)
    assert (first["season_name"], first["since_on"], first["last_month"]) == (None, "2026-09-01", "2026-08")
    assert (other["owed_vnd"], other["last_month"]) == (0, None)
    [public] = told("money_by_month", admin)
    assert public == {"coop_name": first["coop_name"]} | {name: month[name] for name in MONTH_FIELDS} | {
        "month": "2026-08"
    }
    [own] = told("money_by_coop", token)
    assert own["owed_vnd"] == 300_000
    assert told("money_by_month", bearer(sign_in("other_manager")["access_token"])) == []


def test_the_sheet_has_every_vietnamese_letter_and_only_what_stands(
    client: FlaskClient, people: People, office: PhoneOfToday, token: dict[str, str]
) -> None:
    sell(office, people.member, 1_250_000)
    owed_sheet = client.get(f"{MONEY}/sheet", headers=token)
    assert owed_sheet.content_type == "application/pdf"
    assert owed_sheet.data.startswith(b"%PDF-")
    wanted = payout({people.member: 1_250_000})
    paid = client.post(f"{MONEY}/payments", json=wanted, headers=token).json
    sheet = client.get(f"{MONEY}/sheet?batch={wanted['id']}&language=en", headers=token)
    assert BytesIO(sheet.data).read(5) == b"%PDF-"
    ids = [item["payment_id"] for item in paid["items"]]
    client.post(f"{MONEY}/payments/void", json={"payments": ids, "reason": "nhầm"}, headers=token)
    for batch in (wanted["id"], str(uuid.uuid4())):
        assert_problem(client.get(f"{MONEY}/sheet?batch={batch}", headers=token), 404, "not_found")


@pytest.mark.parametrize("who", ["member", "other_manager", "admin"])
def test_nobody_else_pays_closes_or_reads_this_money(
    client: FlaskClient, people: People, office: PhoneOfToday, sign_in: SignIn, who: str
) -> None:
    sell(office, people.member, 500_000)
    stranger = bearer(sign_in(who)["access_token"])
    wanted = payout({people.member: 500_000})
    status = {"member": 403, "admin": 403, "other_manager": 422}[who]
    assert client.post(f"{MONEY}/payments", json=wanted, headers=stranger).status_code == status
    read = client.get(f"{MONEY}/statements/{people.member}", headers=stranger)
    assert read.status_code == {"member": 403, "admin": 422, "other_manager": 404}[who]
    if who == "admin":
        of_coop = client.get(f"{MONEY}/statements?coop={people.coop}", headers=stranger)
        assert of_coop.json["totals"]["owed_vnd"] == 500_000
