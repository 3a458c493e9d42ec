"""Many at once: serial inside a co-operative, nothing missed between pages, every last page's digest true."""

import threading
from concurrent.futures import ThreadPoolExecutor

from .client import Phone
from .conftest import MANAGER, MEMBER, NEIGHBOUR, OTHER_MANAGER, Phones
from .goods import listing, sale, stock_entry

ROUNDS = 12


def work(phone: Phone) -> None:
    """Rounds of recording and syncing; each sync checks its digest."""
    shop = phone.record("listing", listing(phone.member_id))
    for number in range(ROUNDS):
        sold = phone.record("sale", sale(phone.member_id, listing_id=shop["id"]))
        phone.record("stock_entry", stock_entry(phone.member_id, shop["id"]))
        phone.record("listing", {"price_vnd": number}, shop["id"])
        if number % 3 == 0:
            phone.record("sale", {"voided": True, "void_reason": "nhầm"}, sold["id"])
        phone.sync(limit=7)
        assert phone.checked


def test_readers_miss_nothing_while_others_write(phones: Phones) -> None:
    writers = [phones(MANAGER), phones(MEMBER), phones(MEMBER, 1), phones(NEIGHBOUR)]
    reader, done = phones(MANAGER, 1), threading.Event()

    def read() -> int:
        rounds = 0
        while not done.is_set():
            reader.sync(limit=3)
            rounds += 1
        return rounds

    with ThreadPoolExecutor(len(writers) + 1) as pool:
        reading = pool.submit(read)
        for writing in [pool.submit(work, phone) for phone in writers]:
            writing.result()
        done.set()
        assert reading.result() > 0
    reader.sync()
    for phone in writers:
        phone.sync()
        for key, row in phone.rows.items():
            assert reader.rows[key].stamps == row.stamps


def test_cooperatives_work_beside_each_other(phones: Phones) -> None:
    both = [phones(MANAGER), phones(OTHER_MANAGER)]
    with ThreadPoolExecutor(2) as pool:
        for working in [pool.submit(work, phone) for phone in both]:
            working.result()
    for phone in both:
        coops = {item["coop_id"] for item in phone.sync().items("/sales", limit=1000)}
        assert coops == {phone.user["coop_id"]}


def test_two_races_for_one_frozen_field_have_one_winner(phones: Phones) -> None:
    """Eight clones give one sale its listing at once: one is first, the others are rejected."""
    member = phones(MEMBER)
    sold = member.record("sale", sale(member.member_id))
    shops = [member.record("listing", listing(member.member_id)) for _ in range(8)]
    member.sync()
    racing = [(member.clone(), shop) for shop in shops]

    def give(one: tuple[Phone, dict[str, str]]) -> str:
        phone, shop = one
        edit = phone.mutation("sale", {"listing_id": shop["id"]}, sold["id"])
        return str(phone.send(edit)[0]["outcome"])

    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(give, racing))
    assert sorted(outcomes) == ["applied"] + ["rejected"] * 7
    won = shops[outcomes.index("applied")]
    assert member.sync().row(sold).values["listing_id"] == won["id"]
    left = [int(member.row(shop).derived["left_milli"]) for shop in shops]
    assert sorted(left) == [-2500] + [0] * 7
