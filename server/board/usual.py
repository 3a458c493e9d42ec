"""What goods usually sell for: a figure that tells nobody's own price. Pure; `prices.py` gives it what was sold."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import quantiles

# So many sales of so many sellers, none of whom made more of them than this share: fewer would tell of a person.
SALES_MIN = 8
SELLERS_MIN = 3
SHARE_MAX = 0.6


@dataclass(frozen=True, slots=True)
class Sold:
    """A sale's price of one unit, haggling included, and whose goods they were."""

    seller: str
    price_vnd: int


@dataclass(frozen=True, slots=True)
class Usual:
    """The median, and between which values half of all sales lie; rounded, so that no single sale shows."""

    low_vnd: int
    usual_vnd: int
    high_vnd: int


def usual(sales: Sequence[Sold]) -> Usual | None:
    """None where too few sell, or one of them sells nearly all."""
    by_seller = Counter(sale.seller for sale in sales)
    if len(sales) < SALES_MIN or len(by_seller) < SELLERS_MIN or max(by_seller.values()) > SHARE_MAX * len(sales):
        return None
    low, middle, high = quantiles((sale.price_vnd for sale in sales), n=4, method="inclusive")
    return Usual(rounded(low), rounded(middle), rounded(high))


def rounded(vnd: float) -> int:
    """To half of the second figure: 463,000 → 465,000; 38,200 → 38,000."""
    whole = max(1, round(vnd))
    step = max(1, 10 ** (len(str(whole)) - 2) // 2)
    return (whole + step // 2) // step * step
