"""Accounts and tokens: replicas, rotation, revocation, and what may not be guessed."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from .client import PASSWORD, Api, Phone
from .clock import uuid7
from .goods import problem, sale
from .server_process import Server

Newcomer = Callable[..., Phone]
ALICE, BOB = "0900000015", "0900000016"
MANAGER, OTHER_MEMBER, ADMIN, LOCKED = "0900000002", "0900000025", "0900000001", "0900000030"


@pytest.fixture
def sign_in(server: Server) -> Newcomer:
    def sign_in(login: str, replica: str | None = None) -> Phone:
        return Phone(server.url).login(login, replica=replica)

    return sign_in


def works(phone: Phone) -> bool:
    return phone.post().status_code == 200


def test_login_answers_what_the_document_says(server: Server) -> None:
    response = Api(server.url).request("POST", "/auth/login", json={"login": ALICE, "password": PASSWORD})
    answer = response.json()
    assert {"access_token", "refresh_token", "replica", "user", "coop"} <= set(answer)
    assert {"id", "name", "role", "coop_id"} <= set(answer["user"])
    assert answer["user"]["role"] == "member"
    assert answer["coop"]["id"] == answer["user"]["coop_id"]


def test_the_roles_and_cooperatives_of_the_demo(sign_in: Newcomer) -> None:
    manager, other = sign_in(MANAGER), sign_in(OTHER_MEMBER)
    assert manager.user["role"] == "manager"
    assert manager.user["coop_id"] == sign_in(ALICE).user["coop_id"] != other.user["coop_id"]


def test_an_accounts_id_is_its_member_record(sign_in: Newcomer) -> None:
    alice = sign_in(ALICE).sync()
    assert alice.rows["member", alice.member_id].values["name"] == alice.user["name"]


def test_each_login_without_a_replica_makes_one(sign_in: Newcomer) -> None:
    assert sign_in(ALICE).replica != sign_in(ALICE).replica


def test_a_known_replica_is_taken_up_again(sign_in: Newcomer) -> None:
    first = sign_in(ALICE).sync()
    again = sign_in(ALICE, first.replica)
    assert again.replica == first.replica
    assert again.post(cursor=first.cursor).json()["reset"] is False


def test_an_unknown_replica_is_adopted(sign_in: Newcomer) -> None:
    made_offline = uuid7()
    phone = sign_in(ALICE, made_offline)
    assert phone.replica == made_offline
    assert works(phone)


def test_anothers_replica_is_taken(server: Server, sign_in: Newcomer) -> None:
    alice = sign_in(ALICE)
    for login in (BOB, MANAGER, OTHER_MEMBER):
        body = {"login": login, "password": PASSWORD, "replica": alice.replica}
        problem(Api(server.url).request("POST", "/auth/login", json=body), 409, "replica_taken")
    assert works(alice)


@pytest.mark.parametrize("replica", ["x", 5, "0199AA5B-E8F0-7ABC-8DEF-0123456789AB"])
def test_a_replica_that_is_no_id_is_invalid(server: Server, replica: object) -> None:
    body = {"login": ALICE, "password": PASSWORD, "replica": replica}
    problem(Api(server.url).request("POST", "/auth/login", json=body), 422, "invalid")


def test_a_wrong_password_and_an_unknown_account_answer_alike(server: Server) -> None:
    bodies = [{"login": BOB, "password": "wrong"}, {"login": "0999999999", "password": "wrong"}]
    answers = [Api(server.url).request("POST", "/auth/login", json=body) for body in bodies]
    assert problem(answers[0], 401, "unauthenticated") == problem(answers[1], 401, "unauthenticated")


def test_a_refresh_gives_a_new_pair(sign_in: Newcomer) -> None:
    alice = sign_in(ALICE)
    pair = alice.refresh().json()
    assert pair["refresh_token"] != alice.refresh_token
    alice.take_tokens(pair)
    assert works(alice)


def test_a_lost_refresh_answer_is_asked_for_again(sign_in: Newcomer) -> None:
    alice = sign_in(ALICE)
    for _ in range(3):
        assert alice.refresh().status_code == 200
    alice.take_tokens(alice.refresh().json())
    assert works(alice)
    alice.take_tokens(alice.refresh().json())
    assert works(alice)


def test_an_older_refresh_token_revokes_the_family(sign_in: Newcomer) -> None:
    alice = sign_in(ALICE)
    stolen = alice.refresh_token
    for _ in range(2):
        alice.take_tokens(alice.refresh().json())
    problem(alice.refresh(stolen), 401, "unauthenticated")
    problem(alice.refresh(), 401, "unauthenticated")
    assert alice.post().status_code == 401


def test_revoking_one_phone_leaves_the_accounts_others(sign_in: Newcomer) -> None:
    lost, kept = sign_in(ALICE), sign_in(ALICE)
    stolen = lost.refresh_token
    for _ in range(2):
        lost.take_tokens(lost.refresh().json())
    lost.refresh(stolen)
    assert works(kept)


def test_logout_revokes_this_replicas_tokens_and_touches_no_data(sign_in: Newcomer) -> None:
    alice, other_phone = sign_in(ALICE), sign_in(ALICE)
    sold = alice.record("sale", sale(alice.member_id))
    alice.sync()
    assert alice.request("POST", "/auth/logout").status_code in (200, 204)
    assert alice.post().status_code == 401
    assert alice.refresh().status_code == 401
    assert other_phone.sync().shows(sold)
    back = sign_in(ALICE, alice.replica)
    assert back.replica == alice.replica
    assert back.sync().shows(sold)


def test_an_access_token_does_not_refresh_and_a_refresh_token_does_not_sync(
    sign_in: Newcomer,
) -> None:
    alice = sign_in(ALICE)
    problem(alice.refresh(alice.access_token), 401, "unauthenticated")
    alice.access_token = alice.refresh_token
    problem(alice.post(), 401, "unauthenticated")


def test_a_changed_token_is_unauthenticated(sign_in: Newcomer) -> None:
    alice = sign_in(ALICE)
    head, claims, signature = alice.access_token.split(".")
    other_claims = sign_in(BOB).access_token.split(".")[1]
    for forged in (
        f"{head}.{other_claims}.{signature}",
        f"{head}.{claims}.",
        f"{head}.{claims}.{signature[::-1]}",
    ):
        alice.access_token = forged
        problem(alice.post(), 401, "unauthenticated")


def test_an_admin_has_neither_replica_nor_cooperative(server: Server) -> None:
    admin = Api(server.url).login(ADMIN)
    assert (admin.user["role"], admin.user["coop_id"], admin.replica) == ("admin", None, None)


def test_a_manager_enrols_a_member_with_a_code_that_works_once(server: Server, sign_in: Newcomer) -> None:
    manager = sign_in(MANAGER).sync()
    record = manager.record("member", {"name": "Giàng A Páo"})
    manager.sync()
    offered = manager.request("POST", "/enrolments", json={"member_id": record["id"]})
    assert offered.status_code in (200, 201), offered.text
    body = {"code": offered.json()["code"], "password": "mot-mat-khau-moi"}
    response = Api(server.url).request("POST", "/auth/enrol", json=body)
    assert response.status_code in (200, 201), response.text
    newcomer = Phone(server.url)
    newcomer.take_tokens(response.json())
    assert newcomer.user["id"] == record["id"]
    assert newcomer.sync().shows(record)
    again = Api(server.url).request("POST", "/auth/enrol", json=body)
    assert 400 <= again.status_code < 500


def test_members_enrol_nobody(sign_in: Newcomer) -> None:
    alice = sign_in(ALICE)
    response = alice.request("POST", "/enrolments", json={"member_id": alice.member_id})
    problem(response, 403, "forbidden")


def test_failed_logins_are_limited_and_others_still_come_in(server: Server, sign_in: Newcomer) -> None:
    body = {"login": LOCKED, "password": "wrong"}
    for _ in range(60):
        response = Api(server.url).request("POST", "/auth/login", json=body)
        if response.status_code != 401:
            break
    problem(response, 429, "rate_limited")
    assert int(response.headers["Retry-After"]) > 0
    assert works(sign_in(BOB))


def test_a_manager_enrols_nobody_of_another_cooperative(sign_in: Newcomer) -> None:
    manager, stranger = sign_in(MANAGER), sign_in(OTHER_MEMBER)
    response = manager.request("POST", "/enrolments", json={"member_id": stranger.member_id})
    assert response.status_code in (403, 404)


def test_refreshing_twice_at_once_revokes_nothing(sign_in: Newcomer) -> None:
    alice = sign_in(ALICE)
    for _ in range(3):
        with ThreadPoolExecutor(4) as pool:
            answers = list(pool.map(lambda _: alice.refresh(), range(4)))
        assert {answer.status_code for answer in answers} == {200}
        alice.take_tokens(answers[-1].json())
        assert works(alice)
