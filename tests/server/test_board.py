"""The board: what the co-operative and the province tell, who reads it, and what members tell them."""

from typing import Any

import pytest
from flask import Flask

from server.database import new_id
from server.entities.definition import DATA_VERSION
from tests.conftest import PASSWORD, PHONES, People
from tests.protocol.client import Phone
from tests.protocol.goods import codes, instant, problem
from tests.server.phones import new_phone
from tests.server.phones import sign_in as phone_of

MARKET = {"name": "Chợ lùi Sà Phìn", "place": "Xã Sà Phìn", "rule": "zodiac:5,11"}
NOTICE = {"kind": "training", "title": "Tập huấn", "body": "8 giờ sáng", "starts_on": "2026-12-01", "ends_on": None}
PRICE = {
    "product_name": "Chè Shan tuyết",
    "unit": "kg",
    "place": "Chợ tỉnh",
    "source": "staff",
    "low_vnd": 300_000,
    "usual_vnd": 350_000,
    "high_vnd": 400_000,
    "as_of": "2026-11-20",
}


class PhoneOfToday(Phone):
    """A phone whose app knows all that the server knows."""

    def post(self, mutations: Any = (), **given: Any) -> Any:
        return super().post(mutations, **{"v": DATA_VERSION} | given)

    def mutation(self, *said: Any, **given: Any) -> Any:
        return super().mutation(*said, **{"v": DATA_VERSION} | given)


def today(app: Flask, who: str) -> PhoneOfToday:
    """Signed in and synced."""
    phone = PhoneOfToday("http://localhost")
    phone.http.close()
    phone.http = new_phone(app).http
    return phone.login(PHONES[who], PASSWORD).sync()


def need(phone: Phone, **more: Any) -> dict[str, Any]:
    values = {"kind": "transport", "text": "Đường lở", "told_at": instant(), "member_id": phone.member_id}
    return phone.record("need", values | more)


@pytest.mark.parametrize(("entity", "values"), [("market", MARKET), ("notice", NOTICE), ("price", PRICE)])
def test_what_a_manager_writes_stands_on_every_members_phone(app: Flask, entity: str, values: dict[str, Any]) -> None:
    manager, member = today(app, "manager"), today(app, "member")
    written = manager.record(entity, values)
    manager.sync()
    member.sync()
    assert member.row(written).values == values
    assert member.checked
    assert not today(app, "other_manager").shows(written)


@pytest.mark.parametrize(("entity", "values"), [("market", MARKET), ("notice", NOTICE), ("price", PRICE)])
def test_a_member_writes_nothing_on_the_board(app: Flask, entity: str, values: dict[str, Any]) -> None:
    member = today(app, "member")
    [receipt] = member.send(member.mutation(entity, values))
    assert receipt["outcome"] == "rejected"
    assert set(codes(receipt)) == {"forbidden"}


def test_an_older_phone_gets_no_board_and_agrees_with_the_server_all_the_same(app: Flask) -> None:
    manager, older = today(app, "manager"), phone_of(app, "member").sync()
    manager.record("notice", NOTICE)
    manager.sync()
    older.sync()
    assert older.checked
    assert {entity for entity, _ in older.rows} <= {"sale", "listing", "stock_entry", "member"}


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        ("zodiac:12", "out_of_range"),
        ("weekday:0", "out_of_range"),
        ("lunar:31", "out_of_range"),
        ("dates:2026-02-30", "invalid"),
        ("dates:1999-12-30", "out_of_range"),
        ("moon:1", "invalid"),
        ("zodiac:", "invalid"),
    ],
)
def test_a_market_meets_on_days_that_there_are(app: Flask, rule: str, code: str) -> None:
    manager = today(app, "manager")
    [receipt] = manager.send(manager.mutation("market", MARKET | {"rule": rule}))
    assert receipt["errors"] == {"rule": [code]}


def test_rules_that_mean_the_same_are_the_same(app: Flask) -> None:
    manager = today(app, "manager")
    written = manager.record("market", MARKET | {"rule": "zodiac:11,5,11"})
    assert manager.sync().row(written).values["rule"] == "zodiac:5,11"


def test_a_need_reaches_the_manager_and_no_other_member_and_its_answer_comes_back(app: Flask) -> None:
    member, manager = today(app, "member"), today(app, "manager")
    told = need(member)
    member.sync()
    assert manager.sync().row(told).values["text"] == "Đường lở"
    assert not today(app, "neighbour").shows(told)
    manager.record("need", {"answer": "Đang sửa", "answered_at": instant()}, told["id"])
    manager.sync()
    assert member.sync().row(told).values["answer"] == "Đang sửa"


def test_a_member_answers_no_need_and_tells_none_for_others(app: Flask, people: People) -> None:
    member = today(app, "member")
    told = need(member)
    member.sync()
    answer = member.mutation("need", {"answer": "Xong"}, told["id"])
    for_another = member.mutation("need", told["set"] | {"member_id": people.neighbour}, new_id())
    assert [set(codes(receipt)) for receipt in member.send(answer, for_another)] == [{"forbidden"}, {"forbidden"}]


def test_the_province_finds_needs_and_answers_them(app: Flask, people: People) -> None:
    member, admin = today(app, "member"), phone_of(app, "admin")
    told, other = need(member), need(member, kind="price", text="")
    member.sync()
    assert {item["id"] for item in admin.items("/needs", status="open")} == {told["id"], other["id"]}
    [found] = admin.items("/needs", q="duong lo", kind="transport", coop=people.coop)
    assert (found["id"], found["coop_id"], found["member_name"]) == (told["id"], people.coop, None)
    said = {"coop": people.coop, "answer": "Tỉnh đang sửa đường"}
    for _ in range(2):
        assert admin.request("PUT", f"/needs/{told['id']}/answer", json=said).status_code == 200
    assert member.sync().row(told).values["answer"] == "Tỉnh đang sửa đường"
    assert [item["id"] for item in admin.items("/needs", status="answered")] == [told["id"]]
    assert [item["id"] for item in admin.items("/needs", status="open")] == [other["id"]]


def test_nobody_answers_needs_of_another_co_operative(app: Flask, people: People) -> None:
    member = today(app, "member")
    told = need(member)
    member.sync()
    path, stranger = f"/needs/{told['id']}/answer", phone_of(app, "other_manager")
    problem(stranger.request("PUT", path, json={"coop": people.coop, "answer": "Xong"}), 403, "forbidden")
    problem(stranger.request("PUT", path, json={"answer": "Xong"}), 404, "not_found")
    problem(phone_of(app, "admin").request("PUT", path, json={"answer": "Xong"}), 422, "invalid")
    problem(stranger.request("PUT", "/needs/%00/answer", json={"answer": "Xong"}), 404, "not_found")
    problem(phone_of(app, "neighbour").request("PUT", path, json={"answer": "Xong"}), 403, "forbidden")
    assert "answer" not in member.sync().row(told).values


def test_one_notice_of_the_province_reaches_all_co_operatives_as_its_word_and_is_one_line(
    app: Flask, people: People
) -> None:
    admin, id = phone_of(app, "admin"), new_id()
    phones = [today(app, "member"), today(app, "other_manager")]
    for _ in range(2):  # the first answer was lost
        written = admin.request("PUT", f"/board/notice/{id}", json={"set": NOTICE | {"told_by": "coop"}})
        assert written.json() == {"id": id, "coops": sorted([people.coop, people.other_coop])}
    for phone in phones:
        assert phone.sync().rows["notice", id].values == NOTICE | {"told_by": "province"}
    history = admin.get(f"/records/notice/{id}/history", coop=people.coop)["items"]
    assert len(history) == 1
    noted = [entry for entry in admin.get("/audit")["items"] if entry["subject_id"] == id]
    assert {(entry["action"], entry["coop_id"]) for entry in noted} == {
        ("board.write", people.coop),
        ("board.write", people.other_coop),
    }
    [line] = admin.get("/board/notice", q="tap huan")["items"]
    assert (line["title"], line["coops"], line["withdrawn"]) == (NOTICE["title"], written.json()["coops"], False)
    written_at = [
        admin.get(f"/records/notice/{id}/history", coop=coop)["items"][0]["recorded_at"] for coop in line["coops"]
    ]
    assert line["changed_at"] == max(written_at)


def test_the_province_chooses_co_operatives_edits_and_withdraws(app: Flask, people: People) -> None:
    admin, member, id = phone_of(app, "admin"), today(app, "member"), new_id()
    path = f"/board/market/{id}"

    def put(**body: Any) -> Any:
        return admin.request("PUT", path, json=body)

    assert put(set=MARKET, coops=[people.coop]).json()["coops"] == [people.coop]
    assert not today(app, "other_manager").rows.get(("market", id))
    assert put(set={"rule": "weekday:7"}).json()["coops"] == [people.coop]
    assert member.sync().rows["market", id].values == MARKET | {"rule": "weekday:7"}
    assert put(set={"withdrawn": True}, coops=None).status_code == 200
    assert member.sync().rows["market", id].values["withdrawn"] is True
    assert [line["withdrawn"] for line in admin.get("/board/market")["items"]] == [True]


def test_what_the_province_cannot_write_is_told_before_anything_is_written(app: Flask, people: People) -> None:
    admin = phone_of(app, "admin")

    def errors(entity: str, **body: Any) -> Any:
        answer = admin.request("PUT", f"/board/{entity}/{body.pop('id', new_id())}", json=body)
        return answer.json().get("errors", answer.json()["code"])

    assert errors("market", set=MARKET | {"rule": "x"}) == {"rule": ["invalid"]}
    assert errors("market", set=MARKET | {"colour": "red"}) == {"colour": ["unknown"]}
    assert errors("market", set=MARKET, id="x") == {"id": ["invalid"]}
    assert errors("market", set={}) == {"set": ["required"]}
    assert errors("market", set=MARKET, coops=[new_id()]) == {"coops": ["unknown"]}
    assert errors("market", set={"rule": "weekday:7"}) == "not_found"
    assert errors("notice", set=NOTICE | {"ends_on": "2026-11-01"}) == {"ends_on": ["out_of_range"]}
    assert errors("price", set=PRICE | {"low_vnd": 360_000}) == {"usual_vnd": ["out_of_range"]}
    assert errors("sale", set=MARKET) == "not_found"
    assert admin.get("/board/market")["items"] == []


@pytest.mark.parametrize("who", ["manager", "member"])
def test_only_the_province_writes_to_many_co_operatives(app: Flask, who: str) -> None:
    answer = phone_of(app, who).request("PUT", f"/board/notice/{new_id()}", json={"set": NOTICE})
    problem(answer, 403, "forbidden")


def test_a_managers_edit_after_the_provinces_is_no_conflict(app: Flask, people: People) -> None:
    admin, manager, id = phone_of(app, "admin"), today(app, "manager"), new_id()
    admin.request("PUT", f"/board/notice/{id}", json={"set": NOTICE, "coops": [people.coop]})
    manager.sync()
    edit = manager.record("notice", {"title": "Tập huấn đóng gói"}, id)
    manager.sync()
    assert manager.receipts[edit["at"]]["outcome"] == "applied"
    admin.request("PUT", f"/board/notice/{id}", json={"set": NOTICE, "coops": [people.coop]})
    assert manager.sync().rows["notice", id].values["title"] == NOTICE["title"]
    assert admin.items("/reviews") == []
