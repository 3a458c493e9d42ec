"""The disk is put back to an older copy: the server notices, and the phones bring back what it lost."""

from .client import Api, Phone
from .clock import YEAR_MS
from .goods import listing, reviews, sale
from .server_process import Server

MANAGER, FIRST, SECOND, THIRD = "0900000002", "0900000011", "0900000012", "0900000013"


def phone_of(server: Server, login: str) -> Phone:
    return Phone(server.url).login(login).sync()


def put_back(server: Server, name: str) -> None:
    server.stop()
    server.put_back(server.data_dir.with_name(name))
    server.start()


def agree(*phones: Phone) -> None:
    """Everyone syncs until quiet; the digests are checked by each, and the manager has what the others have."""
    for _ in range(2):
        for phone in phones:
            phone.sync()
    assert all(phone.checked for phone in phones)
    everything = phones[0]
    for phone in phones[1:]:
        for key, row in phone.rows.items():
            assert everything.rows[key].stamps == row.stamps


def test_a_disk_that_was_put_back_gets_today_back_from_the_phones(own_server: Server) -> None:
    manager, first, second = (phone_of(own_server, login) for login in (MANAGER, FIRST, SECOND))
    shop = first.record("listing", listing(first.member_id, price_vnd=1))
    yesterday = first.record("sale", sale(first.member_id, listing_id=shop["id"]))
    agree(manager, first, second)
    own_server.copy_data("copy")

    today = [first.record("sale", sale(first.member_id, listing_id=shop["id"])) for _ in range(3)]
    today.append(second.record("sale", sale(second.member_id)))
    today.append(first.record("sale", {"voided": True, "void_reason": "nhầm"}, yesterday["id"]))
    agree(manager, first, second)
    today.append(manager.record("listing", {"price_vnd": 2}, shop["id"]))
    agree(manager, first, second)
    today.append(first.record("listing", {"price_vnd": 3}, shop["id"]))
    agree(manager, first, second)
    rows = {key: (row.values, row.stamps) for key, row in manager.rows.items()}

    put_back(own_server, "copy")
    for phone in (second, manager, first):
        before = phone.resets
        phone.sync()
        assert phone.resets > before
    agree(manager, first, second)
    assert {key: (row.values, row.stamps) for key, row in manager.rows.items()} == rows
    assert all(manager.shows(mutation) for mutation in today)
    assert manager.row(shop).values["price_vnd"] == 3
    assert reviews(manager, "conflict", shop) == []


def test_it_is_noticed_even_when_an_older_phone_came_first(own_server: Server) -> None:
    """The first phone's cursor is older than the copy; new work then covers the lost positions."""
    manager, first, second = (phone_of(own_server, login) for login in (MANAGER, FIRST, SECOND))
    agree(manager, first, second)
    own_server.copy_data("copy")
    lost = [second.record("sale", sale(second.member_id)) for _ in range(2)]
    second.sync()
    put_back(own_server, "copy")

    resets = first.resets
    fresh = [first.record("sale", sale(first.member_id)) for _ in range(12)]
    first.sync()
    assert first.resets == resets
    resets = second.resets
    second.sync()
    assert second.resets == resets + 1
    assert all(second.shows(mutation) for mutation in lost)
    resets = first.resets
    first.sync()
    assert first.resets == resets + 1
    agree(manager, first, second)
    assert all(manager.shows(mutation) for mutation in lost + fresh)


def test_nothing_is_reset_when_nothing_was_put_back(own_server: Server) -> None:
    manager, first = (phone_of(own_server, login) for login in (MANAGER, FIRST))
    first.record("sale", sale(first.member_id))
    agree(manager, first)
    own_server.stop()
    own_server.start()
    first.record("sale", sale(first.member_id))
    agree(manager, first)
    assert (manager.resets, first.resets) == (1, 1)


def test_effective_stamps_survive_in_the_phones(own_server: Server) -> None:
    """A phone that was years ahead keeps what the lost server decided about its clock."""
    manager, first = (phone_of(own_server, login) for login in (MANAGER, FIRST))
    agree(manager, first)
    own_server.copy_data("copy")
    first.clock.drift_ms = 2 * YEAR_MS
    shop = first.record("listing", listing(first.member_id, price_vnd=1))
    first.record("listing", {"price_vnd": 2}, shop["id"])
    agree(manager, first)
    stamps = dict(manager.row(shop).stamps)
    put_back(own_server, "copy")
    agree(manager, first)
    agree(manager, first)
    assert manager.row(shop).stamps == stamps
    assert manager.row(shop).values["price_vnd"] == 2


def test_tokens_and_replicas_made_after_the_copy_still_work(own_server: Server) -> None:
    manager, first = (phone_of(own_server, login) for login in (MANAGER, FIRST))
    own_server.copy_data("copy")
    second = phone_of(own_server, SECOND)
    for phone in (first, second):
        for _ in range(3):
            phone.take_tokens(phone.refresh().json())
    sold = [phone.record("sale", sale(phone.member_id)) for phone in (first, second)]
    put_back(own_server, "copy")
    agree(manager, first, second)
    assert all(manager.shows(mutation) for mutation in sold)
    for phone in (first, second):
        phone.take_tokens(phone.refresh().json())
        phone.take_tokens(phone.refresh().json())
    agree(manager, first, second)


def enrolled(server: Server, manager: Phone) -> Phone:
    """A member whom the manager enrols now, signed in."""
    record = manager.record("member", {"name": "Thào Thị Say"})
    manager.sync()
    offered = manager.request("POST", "/enrolments", json={"member_id": record["id"]}).json()
    body = {"code": offered["code"], "password": "mot-mat-khau-moi"}
    phone = Phone(server.url)
    phone.take_tokens(Api(server.url).request("POST", "/auth/enrol", json=body).json())
    return phone


def test_what_comes_from_an_account_that_the_copy_lacks_is_held(own_server: Server) -> None:
    manager = phone_of(own_server, MANAGER)
    own_server.copy_data("copy")
    newcomer = enrolled(own_server, manager).sync()
    kept = newcomer.record("sale", sale(newcomer.member_id))
    newcomer.sync()
    put_back(own_server, "copy")

    late = newcomer.mutation("sale", sale(newcomer.member_id))
    response = newcomer.post([late])
    assert response.status_code == 200, response.text
    answer = response.json()
    assert [receipt["outcome"] for receipt in answer["receipts"]] == ["held"]
    assert answer["changes"] == []
    assert not answer.get("digest")
    again = newcomer.post([late, kept], cursor=answer["cursor"]).json()
    assert [receipt["outcome"] for receipt in again["receipts"][:2]] == ["held", "held"]
    assert again["receipts"][0] == answer["receipts"][0]
    assert again["changes"] == []
    manager.sync()
    assert not manager.shows(late)
    assert len(reviews(manager, "held", late)) == 1
    assert len(reviews(manager, "held", kept)) == 1


def test_a_held_mutation_blocks_nobody_else(own_server: Server) -> None:
    manager, first = (phone_of(own_server, login) for login in (MANAGER, FIRST))
    own_server.copy_data("copy")
    newcomer = enrolled(own_server, manager)
    put_back(own_server, "copy")
    shop_id = first.record("listing", listing(first.member_id))["id"]
    held = newcomer.mutation("listing", {"price_vnd": 1}, shop_id)
    assert newcomer.send(held)[0]["outcome"] == "held"
    agree(manager, first)
    assert manager.rows["listing", shop_id].values["price_vnd"] == 400_000


def test_another_secret_key_starts_everyone_from_the_beginning(own_server: Server) -> None:
    manager, first = (phone_of(own_server, login) for login in (MANAGER, FIRST))
    sold = first.record("sale", sale(first.member_id))
    agree(manager, first)
    own_server.stop()
    own_server.environment["SECRET_KEY"] = "another key than the one that this demo kept by itself"
    own_server.start()
    assert first.post().status_code == 401
    resets = first.resets
    for phone, login in ((manager, MANAGER), (first, FIRST)):
        phone.login(login, replica=phone.replica)
    agree(manager, first)
    assert first.resets == resets + 1
    assert manager.shows(sold)
    assert first.receipts[sold["at"]]["outcome"] == "applied"
