"""SIGKILL in the middle of syncs: what was acknowledged is there, and sending everything again changes nothing."""

import threading
from contextlib import suppress
from itertools import count

import httpx

from .client import Api, Mutation, Phone, Receipt
from .goods import listing, sale
from .server_process import Server

WORKERS = [f"09000000{number}" for number in range(11, 15)]


class Load(threading.Thread):
    """A member's phone that records and sends without pause until the server is gone."""

    def __init__(self, phone: Phone) -> None:
        super().__init__(daemon=True)
        self.phone = phone
        self.acknowledged: dict[str, Receipt] = {}
        self.sent: list[Mutation] = []
        self.enough = threading.Event()
        self.shop = phone.mutation("listing", listing(phone.member_id))

    def run(self) -> None:
        phone, shop_id = self.phone, self.shop["id"]
        batch: list[Mutation] = [self.shop]
        for number in count():
            batch += [phone.mutation("sale", sale(phone.member_id, listing_id=shop_id)) for _ in range(5)]
            batch.append(phone.mutation("sale", {"note": f"lần {number}"}, batch[-1]["id"]))
            self.sent += batch
            try:
                receipts = phone.send(*batch)
            except (httpx.TransportError, AssertionError):
                return
            self.acknowledged |= {receipt["at"]: receipt for receipt in receipts}
            if len(self.acknowledged) > 30:
                self.enough.set()
            batch = []


def killed_in_the_middle(server: Server, loads: list[Load]) -> None:
    for load in loads:
        load.start()
    for load in loads:
        assert load.enough.wait(200)
    server.kill()
    for load in loads:
        load.join()
    server.start()


def test_what_was_acknowledged_survives_a_killed_server(own_server: Server) -> None:
    for _ in range(2):
        loads = [Load(Phone(own_server.url).login(login)) for login in WORKERS]
        killed_in_the_middle(own_server, loads)
        for load in loads:
            phone = load.phone.sync()
            done = [mutation for mutation in load.sent if mutation["at"] in load.acknowledged]
            assert all(phone.shows(mutation) for mutation in done)
            assert phone.resets == 1, "only the first, from the null cursor"
            receipts = {receipt["at"]: receipt for receipt in phone.send(*load.sent)}
            assert load.acknowledged.items() <= receipts.items()
            rows = len(phone.sync().rows)
            assert phone.send(*load.sent) == [receipts[mutation["at"]] for mutation in load.sent]
            assert len(phone.sync().rows) == rows
            assert phone.checked


def test_a_phone_that_lost_its_answer_to_a_kill_ends_exactly_once(own_server: Server) -> None:
    phone = Phone(own_server.url).login(WORKERS[0]).sync()
    sold = phone.record("sale", sale(phone.member_id))
    own_server.kill()
    with suppress(httpx.TransportError):
        phone.sync()
    own_server.start()
    phone.sync()
    own_server.kill()
    own_server.start()
    phone.sync()
    manager = Api(own_server.url).login("0900000002")
    assert [item["id"] for item in manager.items("/sales", limit=1000)] == [sold["id"]]
