"""What goes wrong in a season, so that the demo's review list shows how it is told."""

import random
from collections.abc import Iterator

from server.demo.season import DAY_MS, Mutation, Season, uuid7
from server.entities.definition import DATA_VERSION
from sync.review import instant
from sync.stamps import Clock

# How many sales the troubles add to a season.
SALES = 5


def troubles(rng: random.Random, seasons: list[Season], end_ms: int) -> Iterator[tuple[int | None, list[Mutation]]]:
    """Batches of mutations with the position of the member who sends them, None for the manager."""
    member, other = seasons[0], seasons[1]
    office = Clock(f"{rng.getrandbits(32):08x}")
    yield from _price_contested(member, office, end_ms)
    yield 1, [_oversold(rng, other, end_ms)]
    yield 2, _corrected_twice(rng, seasons[2], end_ms)
    yield 3, [_date_in_the_future(rng, seasons[3], end_ms)]


def _price_contested(season: Season, office: Clock, end_ms: int) -> Iterator[tuple[int | None, list[Mutation]]]:
    """Two people change a price, neither having seen the other's."""
    goods = season.goods[0]
    by_manager = {"price_vnd": goods.price_vnd + 15_000}
    by_member = {"price_vnd": goods.price_vnd - 10_000}
    edit = {"v": DATA_VERSION, "entity": "listing", "id": season.listings[goods.name], "base": {}}
    yield None, [edit | {"at": office.read(end_ms - DAY_MS // 3), "set": by_manager}]
    another_phone = Clock(f"{season.rng.getrandbits(32):08x}")
    yield 0, [edit | {"at": another_phone.read(end_ms - DAY_MS // 2), "set": by_member}]


def _sale(rng: random.Random, season: Season, ms: int, quantity: int, extra: Mutation) -> Mutation:
    sale = season.sale(season.goods[0], quantity, ms)
    return sale | {"id": uuid7(ms, rng), "set": sale["set"] | extra}


def _oversold(rng: random.Random, season: Season, end_ms: int) -> Mutation:
    return _sale(rng, season, end_ms - DAY_MS // 2, season.goods[0].amounts_milli[-1] * 60, {})


def _corrected_twice(rng: random.Random, season: Season, end_ms: int) -> list[Mutation]:
    wrong = _sale(rng, season, end_ms - DAY_MS, 2000, {})
    first = _sale(rng, season, end_ms - DAY_MS // 2, 1000, {"replaces_id": wrong["id"]})
    second = _sale(rng, season, end_ms - DAY_MS // 3, 1500, {"replaces_id": wrong["id"]})
    return [wrong, first, second]


def _date_in_the_future(rng: random.Random, season: Season, end_ms: int) -> Mutation:
    return _sale(rng, season, end_ms - DAY_MS // 2, 1000, {"sold_at": instant(end_ms + 40 * DAY_MS)})
