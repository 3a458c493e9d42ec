"""Managers decide what is held or refused: by the API, once, about what they saw, in their own co-operative."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

from flask import Flask

from tests.conftest import People, change_account
from tests.protocol.client import Phone
from tests.protocol.goods import listing, problem, reviews, sale
from tests.server.phones import sign_in

NOBODYS = "0199aa5b-0000-7000-8000-00000000dead"


def hold(app: Flask, member: Phone, entity: str, values: dict[str, Any], id: str | None = None) -> Any:
    """A mutation that arrives while its author's account is disabled."""
    change_account(app, member.member_id, status="disabled")
    mutation = member.record(entity, values, id)
    member.sync()
    assert member.receipts[mutation["at"]]["outcome"] == "held"
    change_account(app, member.member_id, status="active")
    return mutation


def resolve(phone: Phone, review: dict[str, Any], action: object, **more: Any) -> Any:
    body = {"action": action, "stamps": review["stamps"]} | more
    return phone.request("POST", f"/reviews/{review['id']}/resolve", json=body)


def test_manager_accepts_and_the_sale_counts_everywhere(
    app: Flask, member: Phone, manager: Phone, people: People
) -> None:
    shop = member.record("listing", listing(member.member_id))
    member.sync()
    sold = hold(app, member, "sale", sale(member.member_id, listing_id=shop["id"]))
    [waiting] = reviews(manager, "held", sold)
    answer = resolve(manager, waiting, "accept", note="Cảm ơn chị")
    assert answer.status_code == 200, answer.text
    done = answer.json()
    assert (done["id"], done["status"]) == (waiting["id"], "resolved")
    assert done["resolution"] == {
        "action": "accept",
        "note": "Cảm ơn chị",
        "account": people.manager,
        "account_name": "Giàng manager",
    }
    assert done["closed_at"]
    assert reviews(manager, "held", sold) == []
    assert reviews(manager, "held", sold, "resolved") == [done]
    assert manager.sync().row(sold).derived["counts"] is True
    assert manager.row(shop).derived["left_milli"] == -2500
    member.sync()
    assert member.receipts[sold["at"]]["outcome"] == "applied"
    assert member.row(sold).derived["review_note"] == "Cảm ơn chị"
    assert member.checked
    assert sold["id"] in {item["id"] for item in manager.items("/sales")}


def test_manager_refuses_and_the_author_reads_why(app: Flask, member: Phone, manager: Phone) -> None:
    sold = hold(app, member, "sale", sale(member.member_id))
    [waiting] = reviews(manager, "held", sold)
    assert waiting["stamps"] == {}
    assert resolve(manager, waiting, "refuse", note="Chưa thấy tiền").status_code == 200
    member.sync()
    receipt = member.receipts[sold["at"]]
    assert (receipt["outcome"], receipt["errors"]) == ("rejected", {"mutation": ["refused"]})
    assert receipt["note"] == "Chưa thấy tiền"
    assert sold in member.outbox, "it stays until its author has dealt with it"
    assert not manager.sync().shows(sold)
    assert reviews(manager, "rejected", sold) == []
    again = member.send(sold)[0]
    assert again == receipt


def test_what_breaks_the_rules_is_not_let_in_by_a_manager_either(app: Flask, member: Phone, manager: Phone) -> None:
    sold = member.record("sale", sale(member.member_id))
    member.sync()
    changed = hold(app, member, "sale", {"total_vnd": 1}, sold["id"])
    [waiting] = reviews(manager, "held", changed)
    assert waiting["stamps"]["total_vnd"] == sold["at"]
    assert resolve(manager, waiting, "accept").status_code == 200
    [refused] = reviews(manager, "rejected", sold)
    assert refused["sides"][0]["errors"] == {"total_vnd": ["frozen"]}
    assert resolve(manager, refused | {"stamps": refused["stamps"]}, "dismiss", note="Ghi lại nhé").status_code == 200
    member.sync()
    assert member.receipts[changed["at"]]["outcome"] == "rejected"
    assert member.receipts[changed["at"]]["note"] == "Ghi lại nhé"
    assert member.row(sold).derived["open_reviews"] == 0
    assert member.row(sold).derived["review_note"] == "Ghi lại nhé"


def test_another_decision_and_one_about_an_older_state_are_told_and_change_nothing(
    app: Flask, member: Phone, manager: Phone
) -> None:
    shop = member.record("listing", listing(member.member_id))
    member.sync()
    edit = hold(app, member, "listing", {"price_vnd": 5}, shop["id"])
    [waiting] = reviews(manager, "held", edit)
    manager.sync().record("listing", {"description": "mới"}, shop["id"])
    manager.sync()
    problem(resolve(manager, waiting, "accept"), 409, "review_changed")
    assert manager.sync().row(shop).values["price_vnd"] == 400_000
    [waiting] = reviews(manager, "held", edit)
    done = resolve(manager, waiting, "accept")
    assert done.status_code == 200
    problem(resolve(manager, waiting, "refuse"), 409, "review_changed")
    problem(resolve(sign_in(app, "admin"), waiting, "accept"), 409, "review_changed")
    assert resolve(manager, waiting, "accept").json() == done.json(), "its answer was lost"
    assert manager.sync().row(shop).values["price_vnd"] == 5


def test_of_two_answers_at_once_one_decides(app: Flask, member: Phone, manager: Phone) -> None:
    phones = [manager, *(sign_in(app, "manager") for _ in range(3))]
    sold = hold(app, member, "sale", sale(member.member_id))
    [waiting] = reviews(manager, "held", sold)
    with ThreadPoolExecutor() as pool:
        answers = list(
            pool.map(lambda phone, action: resolve(phone, waiting, action), phones, ["accept", "refuse"] * 2)
        )
    assert sorted(answer.status_code for answer in answers) == [200, 200, 409, 409]
    done, same = [answer.json() for answer in answers if answer.status_code == 200]
    assert done == same
    wanted = {"accept": "applied", "refuse": "rejected"}[done["resolution"]["action"]]
    assert member.send(sold)[0]["outcome"] == wanted


def test_only_the_cooperatives_own_manager_and_an_admin_decide(app: Flask, member: Phone, manager: Phone) -> None:
    sold = hold(app, member, "sale", sale(member.member_id, buyer_name="Lù Thị Chăn"))
    [waiting] = reviews(manager, "held", sold)
    problem(resolve(member, waiting, "accept"), 403, "forbidden")
    problem(resolve(sign_in(app, "neighbour"), waiting, "accept"), 403, "forbidden")
    problem(resolve(sign_in(app, "other_manager"), waiting, "accept"), 404, "not_found")
    for id in (NOBODYS, "nonsense"):
        problem(resolve(manager, waiting | {"id": id}, "accept"), 404, "not_found")
    admin = sign_in(app, "admin")
    [seen] = reviews(admin, "held", sold)
    answer = resolve(admin, seen, "accept")
    assert answer.status_code == 200
    assert "Lù Thị Chăn" not in answer.text
    assert manager.sync().row(sold).values["buyer_name"] == "Lù Thị Chăn"
    assert answer.json()["resolution"]["account_name"] == "Giàng admin"


def test_a_signed_out_or_disabled_manager_decides_nothing(
    app: Flask, member: Phone, manager: Phone, people: People
) -> None:
    sold = hold(app, member, "sale", sale(member.member_id))
    [waiting] = reviews(manager, "held", sold)
    change_account(app, people.manager, status="disabled")
    problem(resolve(manager, waiting, "accept"), 403, "forbidden")
    change_account(app, people.manager, status="active", role="member")
    problem(resolve(manager, waiting, "accept"), 403, "forbidden")
    change_account(app, people.manager, role="manager", coop_id=people.other_coop)
    problem(resolve(manager, waiting, "accept"), 403, "forbidden")
    manager.access_token = ""
    problem(resolve(manager, waiting, "accept"), 401, "unauthenticated")


def test_what_makes_no_sense_is_said_by_field(app: Flask, member: Phone, manager: Phone) -> None:
    shop = member.record("listing", listing(member.member_id))
    member.record("sale", sale(member.member_id, listing_id=shop["id"]))
    member.sync()
    [oversold] = reviews(manager, "oversold", shop)
    assert problem(resolve(manager, oversold, "accept"), 422, "invalid")["errors"] == {"action": ["unknown"]}
    sold = hold(app, member, "sale", sale(member.member_id))
    [waiting] = reviews(manager, "held", sold)
    assert problem(resolve(manager, waiting, "dismiss"), 422, "invalid")["errors"] == {"action": ["unknown"]}
    wrong: list[dict[str, Any]] = [
        {"note": 7},
        {"note": "x" * 2001},
        {"note": "\0"},
        {"stamps": []},
        {"stamps": {"x": 1}},
    ]
    for more in wrong:
        assert set(problem(resolve(manager, waiting, "accept", **more), 422, "invalid")["errors"]) == set(more)
    assert set(problem(resolve(manager, waiting, 1), 422, "invalid")["errors"]) == {"action"}
    answer = manager.request("POST", f"/reviews/{waiting['id']}/resolve", json={})
    assert problem(answer, 422, "invalid")["errors"] == {"action": ["required"], "stamps": ["required"]}


def test_members_are_shown_the_decision_but_no_stamps_of_others(app: Flask, member: Phone, manager: Phone) -> None:
    sold = hold(app, member, "sale", sale(member.member_id))
    [mine] = reviews(member, "held", sold)
    assert "stamps" not in mine
    [waiting] = reviews(manager, "held", sold)
    resolve(manager, waiting, "refuse", note="?")
    [mine] = reviews(member, "held", sold, "resolved")
    assert mine["resolution"]["note"] == "?"


def test_the_records_past_tells_what_was_decided(app: Flask, member: Phone, manager: Phone) -> None:
    sold = hold(app, member, "sale", sale(member.member_id))
    [waiting] = reviews(manager, "held", sold)
    resolve(manager, waiting, "accept", note="Được")
    [item] = manager.get(f"/records/sale/{sold['id']}/history")["items"]
    assert (item["outcome"], item["note"]) == ("applied", "Được")


def test_many_are_decided_at_once_each_by_itself_and_a_lost_answer_is_given_again(
    app: Flask, member: Phone, manager: Phone
) -> None:
    sold = [hold(app, member, "sale", sale(member.member_id, buyer_name="Lù Thị Chăn")) for _ in range(3)]
    asked = [reviews(manager, "held", one)[0] for one in sold]
    assert resolve(manager, asked[2], "accept").status_code == 200
    decisions = [{"id": one["id"], "stamps": one["stamps"], "action": "refuse", "note": "?"} for one in asked]
    decisions.append({"id": NOBODYS, "stamps": {}, "action": "refuse"})
    decisions[1]["value"] = 7
    body = {"decisions": decisions}
    items = manager.request("POST", "/reviews/resolve", json=body).json()["items"]
    assert [item["id"] for item in items] == [decision["id"] for decision in decisions]
    assert items[0]["review"]["status"] == "resolved"
    assert items[1] == {"id": asked[1]["id"], "code": "invalid", "errors": {"value": ["unexpected"]}}
    assert [item.get("code") for item in items[2:]] == ["review_changed", "not_found"]
    assert manager.request("POST", "/reviews/resolve", json=body).json()["items"] == items
    problem(member.request("POST", "/reviews/resolve", json=body), 403, "forbidden")
    problem(manager.request("POST", "/reviews/resolve", json={"decisions": []}), 422, "invalid")


def test_an_admin_decides_beside_the_record_as_it_stands_without_the_buyers_name(
    app: Flask, member: Phone, manager: Phone
) -> None:
    odd = member.record("sale", sale(member.member_id, buyer_name="Lù Thị Chăn", sold_at="2031-01-01T00:00:00Z"))
    member.sync()
    admin = sign_in(app, "admin")
    [seen] = reviews(admin, "odd_date", odd)
    assert seen["records"][odd["id"]]["total_vnd"] == 625_000
    done = resolve(admin, seen, "set", value={"sold_at": "2026-11-20T01:00:00Z"}, note="Sai năm")
    assert done.json()["resolution"]["value"] == {"sold_at": "2026-11-20T01:00:00Z"}
    past = admin.request("GET", f"/records/sale/{odd['id']}/history", params={"coop": seen["coop_id"]})
    assert [review["resolution"]["account_name"] for review in past.json()["reviews"]] == ["Giàng admin"]
    for answer in (done, past, admin.request("GET", "/reviews", params={"status": "resolved"})):
        assert "Lù Thị Chăn" not in answer.text
    [new] = [one for one in manager.items("/sales", status="live") if one.get("replaces_id") == odd["id"]]
    assert (new["buyer_name"], new["sold_at"]) == ("Lù Thị Chăn", "2026-11-20T01:00:00Z")
    assert member.sync().row(odd).derived["counts"] is False


def test_a_conflict_tells_which_side_stands_and_why(member: Phone, manager: Phone) -> None:
    shop = member.record("listing", listing(member.member_id))
    member.sync()
    manager.sync()
    said = [
        member.record("listing", {"price_vnd": 300_000}, shop["id"]),
        manager.record("listing", {"price_vnd": 350_000}, shop["id"]),
    ]
    later = max(said, key=lambda mutation: str(mutation["at"]))["set"]["price_vnd"]  # both may be of one millisecond
    member.sync()
    manager.sync()
    [review] = reviews(manager, "conflict", shop)
    assert (review["sides"][review["stands"]]["value"], review["reason"]) == (later, "later")
    assert review["records"][shop["id"]]["price_vnd"] == later
    manager.record("listing", {"price_vnd": 360_000}, shop["id"])
    manager.sync()
    [review] = reviews(manager, "conflict", shop)
    assert (review["stands"], review["reason"]) == (None, "replaced")
    done = resolve(manager, review, "take", value=0)
    assert done.json()["records"][shop["id"]]["price_vnd"] == review["sides"][0]["value"]
    assert member.sync().row(shop).values["price_vnd"] == review["sides"][0]["value"]
