"""What in the books is probably a mistake: amounts unlike those of their neighbours, and one sale written down twice.

Pure functions over sales that count: what they find follows from those sales alone, in whatever order they arrived.
What the numbers below are made from, and what they find and miss, is measured: docs/detection.md.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import log10
from statistics import median
from typing import NamedTuple

from server.goods import measure

HOUR_MS = 60 * 60 * 1000

# A sale is compared with so many of the same goods before it and after it, and with no fewer than FEWEST in all.
NEIGHBOURS = 10
FEWEST = 6
# How far from the usual is odd: in powers of ten, and in robust standard deviations where prices vary much anyway.
ODD_PRICE = 0.5
ODD_QUANTITY = 2.0
DEVIATIONS = 6.0
# A quantity is odd only beyond all that was sold around it, by this factor (in powers of ten).
BEYOND_QUANTITY = 1.2
# A total this far from quantity times price was not bargained for (in powers of ten).
ODD_TOTAL = 0.45
# Two writings of one sale are no farther apart than this, and closer where the same amount is sold again and again.
TWICE_MS = 60 * HOUR_MS
# How far around a pair it is counted how often the same amount was sold, and from how often on it says nothing.
AGAIN_MS = 7 * 24 * HOUR_MS
AGAIN_MOST = 12
# Makes a median's absolute deviation comparable with a standard deviation.
_MAD = 1.4826


class Sold(NamedTuple):
    """One sale that counts, as it is compared. `open_reviews`: how many there were before."""

    id: str
    goods: str
    unit: str
    quantity_milli: int
    unit_price_vnd: int
    total_vnd: int
    sold_at: str
    member_id: str | None
    listing_id: str | None
    open_reviews: int = 0

    @property
    def place(self) -> tuple[str, str]:
        """Where it stands among the sales of its goods."""
        return self.sold_at, self.id

    @property
    def sold_ms(self) -> float:
        return datetime.fromisoformat(self.sold_at).timestamp() * 1000

    @property
    def quantity(self) -> int:
        """In thousandths of what its unit is measured in."""
        return self.quantity_milli * measure(self.unit)[1]


@dataclass(frozen=True, slots=True)
class Odd:
    """An unlikely value: the field that it is in, and what would be usual there."""

    field: str
    usual: int


class _Amounts(NamedTuple):
    """Of a sale the decimal logarithms of what a unit was paid with, and of the quantity."""

    paid: float
    quantity: float


def _amounts(sale: Sold) -> _Amounts | None:
    """None for what was given away: that says nothing of a price."""
    if sale.total_vnd == 0:
        return None
    quantity = log10(sale.quantity)
    return _Amounts(log10(sale.total_vnd) - quantity, quantity)


def odd_amounts(sales: Sequence[Sold], positions: Iterable[int]) -> Iterator[tuple[Sold, Odd | None]]:
    """What is odd about the sales at some positions, among sales of the same goods in the order of `place`."""
    amounts = [_amounts(sale) for sale in sales]
    for i in positions:
        around = amounts[max(0, i - NEIGHBOURS) : i] + amounts[i + 1 : i + 1 + NEIGHBOURS]
        own, others = amounts[i], [other for other in around if other is not None]
        yield sales[i], None if own is None else _odd_amount(sales[i], own, others)


def _odd_amount(sale: Sold, own: _Amounts, others: Sequence[_Amounts]) -> Odd | None:
    product = round(sale.quantity_milli * sale.unit_price_vnd / 1000)
    unlike_product = abs(log10(sale.total_vnd) - log10(max(product, 1))) > ODD_TOTAL
    if len(others) >= FEWEST:
        usual = _unlike(own.paid, [other.paid for other in others], ODD_PRICE)
        if usual is not None and not unlike_product:
            return Odd("unit_price_vnd", round(10**usual * 1000 * measure(sale.unit)[1]))
        quantities = [other.quantity for other in others]
        beyond = max(own.quantity - max(quantities), min(quantities) - own.quantity)
        if usual is None and beyond > BEYOND_QUANTITY:
            usual = _unlike(own.quantity, quantities, ODD_QUANTITY)
            if usual is not None:
                return Odd("quantity_milli", round(10**usual / measure(sale.unit)[1]))
    return Odd("total_vnd", product) if unlike_product else None


def _unlike(own: float, others: Sequence[float], least: float) -> float | None:
    """The middle of the others, if this value is too far from it."""
    if own - min(others) <= least and max(others) - own <= least:
        return None  # the middle is no farther than the farthest
    middle = median(others)
    deviation = _MAD * median(abs(other - middle) for other in others)
    return middle if abs(own - middle) > max(least, DEVIATIONS * deviation) else None


def close_pairs(sales: Iterable[Sold]) -> Iterator[tuple[Sold, Sold]]:
    """Pairs of a member's sales that say the same at about the same time, the earlier one first.

    Who sells the same amount again and again has many by chance: the more there are around, the closer they must be.
    Each sale is in a pair with the next one alike and no other: whichever of several was meant, what is to be voided is
    the same. So there are never more pairs than sales.
    """
    amounts: dict[tuple[int, int], list[Sold]] = {}
    for sale in sorted(sales, key=lambda sale: sale.place):
        amounts.setdefault((sale.total_vnd, sale.quantity), []).append(sale)
    for same in amounts.values():
        if len(same) > 1:
            yield from _close_pairs(same)


def _close_pairs(same: Sequence[Sold]) -> Iterator[tuple[Sold, Sold]]:
    times = [sale.sold_ms for sale in same]
    for i, one in enumerate(same):
        others = bisect_right(times, times[i] + AGAIN_MS) - bisect_left(times, times[i] - AGAIN_MS) - 1
        if others > AGAIN_MOST:
            continue
        until = bisect_right(times, times[i] + TWICE_MS / max(1, others))
        following = (other for other in same[i + 1 : until] if _alike(one, other))
        other = next(following, None)
        if other is not None:
            yield one, other


def _alike(one: Sold, other: Sold) -> bool:
    """Whether two sales are of the same goods: of one listing, or of a name that holds the other's words."""
    if one.goods == other.goods or (one.listing_id and one.listing_id == other.listing_id):
        return True
    (name, unit), (other_name, other_unit) = (sale.goods.rsplit("|", 1) for sale in (one, other))
    words, others = set(name.split()), set(other_name.split())
    return unit == other_unit and (words <= others or others <= words)


def twins(pairs: Iterable[tuple[Sold, Sold]], writers: Mapping[str, str]) -> Iterator[tuple[Sold, Sold]]:
    """Of close pairs those written on two phones: probably one sale. `writers` names the replica of each sale."""
    return (pair for pair in pairs if writers[pair[0].id] != writers[pair[1].id])
