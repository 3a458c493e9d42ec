"""A season of plausible trade, the same at every making: listings, stock and sales of one member as mutations."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from server.demo.people import Goods
from server.entities.definition import DATA_VERSION
from sync.review import instant
from sync.stamps import Clock

Mutation = dict[str, Any]

DAY_MS = 24 * 60 * 60 * 1000
SEASON_DAYS = 240
# A market day is every sixth one; more is sold then.
MARKET_EVERY_DAYS = 6
BUYERS = ("chị Lan", "anh Hùng", "cô Thủy", "quán Phố Cổ", "nhà nghỉ Hoa Đá", "anh Dũng Hà Nội", "bác Sáu")


def uuid7(ms: int, rng: random.Random) -> str:
    """A UUID of version 7 from a time and a seeded source."""
    digits = f"{ms:012x}7{rng.getrandbits(12):03x}{0x8000 | rng.getrandbits(14):04x}{rng.getrandbits(48):012x}"
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))


@dataclass
class Season:
    """One member's season that ended at `end_ms` (midnight before today, by the place's clock)."""

    rng: random.Random
    member_id: str
    goods: tuple[Goods, ...]
    sales: int
    end_ms: int
    clock: Clock = field(init=False)
    listings: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.clock = Clock(f"{self.rng.getrandbits(32):08x}")

    def mutations(self) -> Iterator[Mutation]:
        """In the order of recording: what is offered, then sales day by day, with harvests as they are needed."""
        opened_ms = self.end_ms - SEASON_DAYS * DAY_MS
        for goods in self.goods:
            id = uuid7(opened_ms, self.rng)
            self.listings[goods.name] = id
            yield self._new("listing", id, opened_ms, self._listing(goods))
        stock = dict.fromkeys(self.listings, 0)
        for sold_ms in sorted(self._moment() for _ in range(self.sales)):
            goods = self.rng.choice(self.goods)
            quantity = self.rng.choice(goods.amounts_milli)
            if stock[goods.name] < quantity:
                stock[goods.name] += quantity * 20
                yield self._harvest(goods, quantity * 20, sold_ms - DAY_MS // 4)
            sale = self.sale(goods, quantity, sold_ms)
            yield sale
            if self.rng.random() < 0.01:
                yield self._void(sale, sold_ms + 60_000)
            else:
                stock[goods.name] -= quantity
        if self.sales:
            for goods in self.goods:
                yield self._harvest(goods, goods.amounts_milli[-1] * self.rng.randint(2, 6), self.end_ms - DAY_MS // 2)

    def _moment(self) -> int:
        day = self.rng.randrange(SEASON_DAYS)
        if self.rng.random() < 0.4:
            day -= day % MARKET_EVERY_DAYS
        minute = self.rng.triangular(6 * 60, 17 * 60, 9 * 60)
        return self.end_ms - (day + 1) * DAY_MS + int(minute * 60_000)

    def _new(self, entity: str, id: str, ms: int, values: Mutation) -> Mutation:
        return {"at": self.clock.read(ms), "v": DATA_VERSION, "entity": entity, "id": id, "set": values, "base": {}}

    def _listing(self, goods: Goods) -> Mutation:
        return {
            "product_name": goods.name,
            "unit": goods.unit,
            "price_vnd": goods.price_vnd,
            "member_id": self.member_id,
            "status": "offered",
        }

    def _harvest(self, goods: Goods, quantity: int, ms: int) -> Mutation:
        values = {
            "listing_id": self.listings[goods.name],
            "quantity_milli": quantity,
            "kind": "harvest",
            "member_id": self.member_id,
        }
        return self._new("stock_entry", uuid7(ms, self.rng), ms, values)

    def sale(self, goods: Goods, quantity: int, ms: int) -> Mutation:
        """One sale of these goods at this time, at the listed price or a little under it."""
        total = goods.price_vnd * quantity // 1000
        if self.rng.random() < 0.1:  # haggled
            total -= min(total, self.rng.choice((5_000, 10_000, 20_000)))
        payment = self.rng.choices(("cash", "transfer", "credit"), (75, 17, 8))[0]
        values = {
            "product_name": goods.name,
            "unit": goods.unit,
            "quantity_milli": quantity,
            "unit_price_vnd": goods.price_vnd,
            "total_vnd": total,
            "sold_at": instant(ms),
            "payment": payment,
            "listing_id": self.listings[goods.name],
            "member_id": self.member_id,
            "money_with": self.rng.choices(("member", "coop"), (70, 30))[0],
        }
        if payment == "credit":
            values["buyer_name"] = self.rng.choice(BUYERS)
        return self._new("sale", uuid7(ms, self.rng), ms, values)

    def _void(self, sale: Mutation, ms: int) -> Mutation:
        reason = self.rng.choice(("wrong_amount", "wrong_goods", "returned"))
        values = {"voided": True, "void_reason": reason}
        return {
            "at": self.clock.read(ms),
            "v": DATA_VERSION,
            "entity": "sale",
            "id": sale["id"],
            "set": values,
            "base": {},
        }
