"""A co-operative's season of sales, made from one seed, in which each mistake is known.

What is assumed here, and where it is from, is written in docs/detection.md, and nothing here looks at the detection.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from server.goods import goods_key
from server.reviews.detection import Sold

START = datetime(2026, 3, 2, tzinfo=UTC)
MARKET_EVERY_DAYS = 6
OFFICE = "office"
# How far prices of the same goods lie apart: qualities, sizes, buyers (a standard deviation of their logarithm).
EVEN, MIXED, VARIED = 0.06, 0.15, 0.45
PARTS, COUNTS = (500, 1000, 2000, 5000), (1000, 2000, 3000, 5000, 10_000)


@dataclass(frozen=True)
class Goods:
    name: str
    unit: str
    price_vnd: int
    spread: float
    quantities: tuple[int, ...]
    # The share of sales in bulk, to traders.
    bulk: float
    short_name: str = ""


GOODS = (
    Goods("Mật ong bạc hà", "lít", 250_000, MIXED, PARTS, 0.02, "Mật ong"),
    Goods("Chè Shan tuyết cổ thụ", "kg", 400_000, MIXED, PARTS, 0.05, "Chè Shan tuyết"),
    Goods("Gạo nếp nương", "kg", 35_000, EVEN, (1000, 2000, 5000, 10_000, 20_000), 0.12, "Gạo nếp"),
    Goods("Măng khô", "kg", 280_000, MIXED, PARTS, 0.04),
    Goods("Thảo quả khô", "kg", 150_000, MIXED, (1000, 2000, 5000, 10_000), 0.15, "Thảo quả"),
    Goods("Quế vỏ", "kg", 60_000, EVEN, (5000, 10_000, 20_000, 50_000), 0.2),
    Goods("Miến dong", "kg", 70_000, EVEN, PARTS, 0.05),
    Goods("Lợn đen", "con", 3_500_000, VARIED, (1000, 1000, 1000, 2000), 0.01),
    Goods("Gà đồi", "con", 180_000, MIXED, (1000, 1000, 2000, 3000), 0.04),
    Goods("Khăn thổ cẩm", "cái", 180_000, VARIED, (1000, 1000, 1000, 2000, 5000), 0.02, "Thổ cẩm"),
    Goods("Rượu ngô", "lít", 60_000, EVEN, (1000, 2000, 5000, 10_000), 0.08),
    Goods("Cà phê nhân", "kg", 110_000, EVEN, (5000, 10_000, 20_000, 60_000), 0.2),
    Goods("Rau cải mèo", "bó", 10_000, EVEN, COUNTS, 0.03, "Rau cải"),
    Goods("Ớt khô", "lạng", 18_000, MIXED, (1000, 2000, 3000, 5000), 0.03),
)


@dataclass(frozen=True)
class Member:
    id: str
    # Empty: no phone of their own, the office writes everything.
    phone: str
    goods: tuple[Goods, ...]
    dearness: float


@dataclass
class Season:
    """Sales, the phone that wrote each, and of the wrong ones the mistake; of a duplicate the sale that it repeats."""

    sales: list[Sold] = field(default_factory=list)
    writers: dict[str, str] = field(default_factory=dict)
    mistakes: dict[str, str] = field(default_factory=dict)
    repeats: dict[str, str] = field(default_factory=dict)

    def add(self, sale: Sold, writer: str) -> None:
        self.sales.append(sale)
        self.writers[sale.id] = writer


def season(seed: int) -> Season:
    """A season of right sales: from a handful a week in a new co-operative to dozens a day in a large one."""
    rng = random.Random(seed)
    made = Season()
    days = rng.randint(90, 270)
    trend = {goods.name: rng.gauss(0, 0.15) for goods in GOODS}
    members = [_member(rng, number) for number in range(rng.randint(8, 40))]
    for _ in range(int(days * rng.uniform(1, 9))):
        member = rng.choice(members)
        day = rng.randrange(days)
        if rng.random() < 0.55:
            day -= day % MARKET_EVERY_DAYS
        moment = START + timedelta(days=day, minutes=rng.triangular(5 * 60, 17 * 60, 8 * 60))
        goods = rng.choice(member.goods)
        sale = _sale(rng, member, goods, moment, trend[goods.name] * day / days)
        by_office = not member.phone or rng.random() < 0.08
        made.add(sale, OFFICE if by_office else member.phone)
    return made


def _member(rng: random.Random, number: int) -> Member:
    phone = f"phone-{number}" if rng.random() < 0.7 else ""
    return Member(f"member-{number}", phone, tuple(rng.sample(GOODS, rng.randint(1, 4))), rng.gauss(0, 0.07))


def _sale(rng: random.Random, member: Member, goods: Goods, moment: datetime, trend: float) -> Sold:
    bulk = rng.random() < goods.bulk
    quantity = rng.choice(goods.quantities) * (rng.choice((5, 10, 10, 20, 40)) if bulk else 1)
    apart = member.dearness + trend + rng.gauss(0, goods.spread) - (rng.uniform(0.05, 0.25) if bulk else 0)
    price = rounded(goods.price_vnd * 2.718281828**apart)
    total = rounded(quantity * price / 1000 * (rng.uniform(0.85, 1) if rng.random() < 0.15 else 1))
    if rng.random() < 0.001:
        total = 0  # given away
    return sold(rng, goods.name, goods.unit, quantity, price, total, moment, member.id, f"{member.id}/{goods.name}")


def sold(
    rng: random.Random,
    name: str,
    unit: str,
    quantity_milli: int,
    unit_price_vnd: int,
    total_vnd: int,
    moment: datetime,
    member_id: str | None,
    listing_id: str | None,
) -> Sold:
    goods = goods_key({"product_name": name, "unit": unit}) or ""
    at = moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    id = f"{rng.getrandbits(64):016x}"
    return Sold(id, goods, unit, quantity_milli, unit_price_vnd, total_vnd, at, member_id, listing_id)


def rounded(vnd: float) -> int:
    """As people say prices: in thousands, above a hundred thousand in fives."""
    step = 5000 if vnd > 100_000 else 1000
    return max(1000, round(vnd / step) * step)


def lines(sales: list[Sold]) -> Iterator[list[Sold]]:
    """The sales of each goods, in the order in which they are compared."""
    by_goods: dict[str, list[Sold]] = {}
    for sale in sorted(sales, key=lambda sale: sale.place):
        by_goods.setdefault(sale.goods, []).append(sale)
    yield from by_goods.values()
