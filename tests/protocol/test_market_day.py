"""A market day: several phones record, edit, lose answers and repeat themselves; in the end all agree."""

import random
import shutil

import pytest

from .client import Phone
from .clock import MINUTE_MS, YEAR_MS, uuid7
from .conftest import MANAGER, MEMBER, NEIGHBOUR, Phones
from .goods import listing, sale, stock_entry
from .server_process import Server

DRIFTS_MS = (0, 2 * MINUTE_MS, -3 * YEAR_MS, 5 * YEAR_MS)


class Day:
    """One seed's day: the same dice, the same trouble."""

    def __init__(self, seed: int, phones: list[Phone]) -> None:
        self.dice = random.Random(seed)
        self.phones = phones
        for phone, drift_ms in zip(phones, DRIFTS_MS, strict=True):
            phone.restart(drift_ms).sync()

    def known(self, phone: Phone, entity: str) -> list[str]:
        mine = {one["id"] for one in phone.outbox if one["entity"] == entity and "member_id" in one["set"]}
        manager = phone.user["role"] == "manager"
        for (kind, record_id), row in phone.rows.items():
            if kind == entity and (manager or row.values["member_id"] == phone.member_id):
                mine.add(record_id)
        return sorted(mine)

    def do_something(self, phone: Phone) -> None:
        shops, sales = self.known(phone, "listing"), self.known(phone, "sale")
        match self.dice.randrange(8):
            case 0 | 1 if shops:
                phone.record("sale", sale(phone.member_id, listing_id=self.dice.choice(shops)))
            case 2 if shops:
                phone.record("listing", {"price_vnd": self.dice.randrange(1000)}, self.dice.choice(shops))
            case 3 if shops:
                phone.record("listing", {"description": f"mô tả {self.dice.randrange(1000)}"}, self.dice.choice(shops))
            case 4 if sales:
                values = {"voided": True, "void_reason": self.dice.choice(["nhầm", "trả lại"])}
                phone.record("sale", values, self.dice.choice(sales))
            case 5 if sales:
                phone.record("sale", sale(phone.member_id, replaces_id=self.dice.choice(sales)))
            case 6 if shops and phone.user["role"] == "member":
                own = [shop for shop in shops if ("listing", shop) not in phone.rows]
                phone.record("stock_entry", stock_entry(phone.member_id, self.dice.choice(own or shops)))
            case _:
                phone.record("listing", listing(phone.member_id), uuid7())

    def trouble(self, server: Server) -> None:
        """The server dies, or its disk is put back to an older copy, or that copy is made."""
        copied = server.data_dir.with_name("copy")
        match self.dice.randrange(3):
            case 0:
                server.kill()
                server.start()
            case 1 if copied.exists():
                server.kill()
                server.put_back(copied)
                server.start()
            case _:
                shutil.rmtree(copied, ignore_errors=True)
                server.copy_data("copy")

    def connect(self, phone: Phone) -> None:
        match self.dice.randrange(4):
            case 0:  # the answer is lost
                assert phone.post(phone.unsent()).status_code == 200
            case 1:  # some are sent again, in any order
                phone.post(self.dice.sample(phone.outbox, len(phone.outbox) // 2))
            case _:
                phone.sync(batch=self.dice.choice([1, 3, 300]), limit=self.dice.choice([2, 10, 500]))


@pytest.mark.parametrize("seed", range(2))
def test_after_a_market_day_all_phones_agree(phones: Phones, seed: int) -> None:
    everyone = [phones(MANAGER), phones(MEMBER), phones(MEMBER, 1), phones(NEIGHBOUR)]
    day = Day(seed, everyone)
    for _ in range(80):
        phone = day.dice.choice(everyone)
        day.do_something(phone)
        if day.dice.random() < 0.3:
            day.connect(phone)
    for phone in everyone * 2:
        phone.sync()
    manager, *members = everyone
    for phone in members:
        assert phone.checked
        for key, row in phone.rows.items():
            assert (row.values, row.stamps) == (manager.rows[key].values, manager.rows[key].stamps)
    sent = [(phone, mutation) for phone in everyone for mutation in phone.outbox]
    assert len(sent) == 80
    assert {phone.receipts[mutation["at"]]["outcome"] for phone, mutation in sent} <= {
        "applied",
        "merged",
    }
    assert all(phone.shows(mutation) for phone, mutation in sent)


@pytest.mark.parametrize("seed", range(3, 5))
def test_sending_a_whole_day_again_changes_nothing(phones: Phones, seed: int) -> None:
    everyone = [phones(MANAGER), phones(MEMBER), phones(MEMBER, 1), phones(NEIGHBOUR)]
    day = Day(seed, everyone)
    for _ in range(40):
        day.do_something(day.dice.choice(everyone))
    for phone in everyone * 2:
        phone.sync()
    manager = everyone[0]
    for phone in everyone:
        again = day.dice.sample(phone.outbox, len(phone.outbox))
        assert phone.send(*again) == [phone.receipts[mutation["at"]] for mutation in again]
    assert manager.post().json()["changes"] == []


@pytest.mark.parametrize("seed", [5])
def test_a_day_of_killed_and_restored_servers_loses_nothing(own_server: Server, seed: int) -> None:
    logins = (MANAGER, MEMBER, MEMBER, NEIGHBOUR)
    everyone = [Phone(own_server.url).login(login) for login in logins]
    day = Day(seed, everyone)
    for step in range(1, 91):
        phone = day.dice.choice(everyone)
        day.do_something(phone)
        if day.dice.random() < 0.4:
            day.connect(phone)
        if step % 18 == 0:
            day.trouble(own_server)
    for phone in everyone * 3:
        phone.sync()
    manager = everyone[0]
    for phone in everyone:
        assert phone.checked
        for key, row in phone.rows.items():
            assert (row.values, row.stamps) == (manager.rows[key].values, manager.rows[key].stamps)
        for mutation in phone.outbox:
            assert phone.receipts[mutation["at"]]["outcome"] in ("applied", "merged")
            assert phone.shows(mutation)
    assert sum(len(phone.outbox) for phone in everyone) == 90
