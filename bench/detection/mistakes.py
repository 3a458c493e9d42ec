"""The mistakes that people make in a season, as docs/detection.md describes them."""

import random
from collections.abc import Callable
from datetime import datetime, timedelta

from bench.detection.season import GOODS, OFFICE, Season, rounded
from server.goods import goods_key
from server.reviews.detection import Sold

Wrong = Callable[[random.Random, Sold], Sold | None]
# Of a thousand sales so many have a wrong amount, and so many are written down a second time.
WRONG_AMOUNTS, DUPLICATES = 8, 6


def _priced(sale: Sold, **values: int) -> Sold:
    """As the app does it: the total is filled in from quantity and price."""
    new = sale._replace(**values)
    return new._replace(total_vnd=round(new.quantity_milli * new.unit_price_vnd / 1000))


def _any_field(rng: random.Random, sale: Sold, times: float) -> Sold | None:
    """The slip is in the price, in the quantity, or in a total that was typed by hand."""
    field = rng.choice(("unit_price_vnd", "unit_price_vnd", "quantity_milli", "total_vnd"))
    value = round(getattr(sale, field) * times)
    if value < 1:
        return None
    return sale._replace(total_vnd=value) if field == "total_vnd" else _priced(sale, **{field: value})


def _extra_zero(rng: random.Random, sale: Sold) -> Sold | None:
    return _any_field(rng, sale, 10)


def _missing_zero(rng: random.Random, sale: Sold) -> Sold | None:
    return _any_field(rng, sale, 0.1)


def _thousands_missing(rng: random.Random, sale: Sold) -> Sold | None:
    if rng.random() < 0.3:
        return sale._replace(total_vnd=max(1, sale.total_vnd // 1000))
    return _priced(sale, unit_price_vnd=max(1, sale.unit_price_vnd // 1000))


def _thousands_twice(_: random.Random, sale: Sold) -> Sold | None:
    return _priced(sale, unit_price_vnd=sale.unit_price_vnd * 1000)


def _decimal_lost(_: random.Random, sale: Sold) -> Sold | None:
    """2,5 becomes 25."""
    return _priced(sale, quantity_milli=sale.quantity_milli * 10) if sale.quantity_milli % 1000 else None


def _total_as_price(_: random.Random, sale: Sold) -> Sold | None:
    return _priced(sale, unit_price_vnd=sale.total_vnd) if sale.quantity_milli != 1000 else None


def _wrong_unit(rng: random.Random, sale: Sold) -> Sold | None:
    others = {"kg": ("yến", "lạng", "tạ"), "lạng": ("kg",)}.get(sale.unit)
    return sale._replace(unit=rng.choice(others)) if others else None


def _digits_swapped(rng: random.Random, sale: Sold) -> Sold | None:
    digits = str(sale.unit_price_vnd // 1000)
    places = [i for i in range(len(digits) - 1) if digits[i] != digits[i + 1] and digits[i + 1] != "0"]
    if not places:
        return None
    i = rng.choice(places)
    return _priced(sale, unit_price_vnd=int(digits[:i] + digits[i + 1] + digits[i] + digits[i + 2 :]) * 1000)


# With how often each is made, against the others.
WRONG: dict[str, tuple[float, Wrong]] = {
    "a zero too many": (3, _extra_zero),
    "a zero too few": (3, _missing_zero),
    "the thousands left out": (2, _thousands_missing),
    "the thousands typed twice": (1, _thousands_twice),
    "the decimal comma lost": (1, _decimal_lost),
    "the total typed as the price": (1.5, _total_as_price),
    "the wrong unit": (1.5, _wrong_unit),
    "two digits swapped": (1, _digits_swapped),
}


def err(season: Season, seed: int, rate: float = 1.0) -> Season:
    """The season as people wrote it down, `rate` times as many mistakes as assumed."""
    rng = random.Random(f"mistakes {seed}")
    wrong = Season(writers=dict(season.writers))
    for sale in season.sales:
        recorded = sale
        if rng.random() < WRONG_AMOUNTS * rate / 1000:
            kind = rng.choices(list(WRONG), [often for often, _ in WRONG.values()])[0]
            made = WRONG[kind][1](rng, sale)
            if made is not None and made != sale:
                recorded, wrong.mistakes[sale.id] = made, kind
        wrong.sales.append(recorded)
        if recorded is sale and rng.random() < DUPLICATES * rate / 1000:
            _write_again(rng, wrong, sale)
    return wrong


def _write_again(rng: random.Random, season: Season, sale: Sold) -> None:
    first = season.writers[sale.id]
    by_office = first != OFFICE and rng.random() < 0.7
    kind = "by a member and by the office" if by_office or first == OFFICE else "by a member on two phones"
    writer = OFFICE if by_office else f"{sale.member_id}'s other phone"
    hours = rng.expovariate(1 / 18) if by_office else rng.expovariate(1 / 5)
    moment = datetime.fromisoformat(sale.sold_at) + timedelta(hours=hours * rng.choice((1, 1, 1, -1)))
    at = moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    again = sale._replace(id=f"{rng.getrandbits(64):016x}", sold_at=at)
    if writer == OFFICE or first == OFFICE:
        again = _in_other_words(rng, again)
    season.sales.append(again)
    season.writers[again.id] = writer
    season.mistakes[again.id], season.repeats[again.id] = kind, sale.id


def _in_other_words(rng: random.Random, sale: Sold) -> Sold:
    """The office types a shorter name without a listing, says kg as yến, or remembers another total."""
    name = next((g.short_name for g in GOODS if g.short_name and goods_key(vars_of(g.name, g.unit)) == sale.goods), "")
    if name and rng.random() < 0.3:
        goods = goods_key(vars_of(name, sale.unit)) or ""
        sale = sale._replace(goods=goods, listing_id=None)
    if sale.unit == "kg" and sale.quantity_milli % 10_000 == 0 and rng.random() < 0.2:
        tenth, tenfold = sale.quantity_milli // 10, sale.unit_price_vnd * 10
        sale = sale._replace(unit="yến", quantity_milli=tenth, unit_price_vnd=tenfold)
    if rng.random() < 0.1:
        sale = sale._replace(total_vnd=rounded(sale.total_vnd * rng.uniform(0.85, 0.98)))
    return sale


def vars_of(product_name: str, unit: str) -> dict[str, str]:
    return {"product_name": product_name, "unit": unit}
