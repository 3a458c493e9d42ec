"""What goods usually sell for in a place: reckoned from merged sales, or written down by staff."""

from collections.abc import Mapping
from typing import Any

from server.entities.definition import define_for_all, frozen, last
from server.entities.values import PRICE_VND_MAX, Choice, Day, Truth, Whole, Words
from sync.mutation import Errors


def _low_to_high(values: Mapping[str, Any]) -> Errors:
    said = [values[name] for name in ("low_vnd", "usual_vnd", "high_vnd") if name in values]
    return {"usual_vnd": ["out_of_range"]} if said != sorted(said) else {}


PRICE = define_for_all(
    "price",
    {
        "product_name": frozen(Words(1, 200), required=True),
        "unit": frozen(Words(1, 20), required=True),
        "place": frozen(Words(0, 200), required=True),
        "source": frozen(Choice("sales", "staff"), required=True),
        "usual_vnd": last(Whole(1, PRICE_VND_MAX), required=True),
        # Between which most of it sells; both are the usual price where nobody said.
        "low_vnd": last(Whole(1, PRICE_VND_MAX), required=True),
        "high_vnd": last(Whole(1, PRICE_VND_MAX), required=True),
        "as_of": last(Day(), required=True),
        "withdrawn": last(Truth()),
    },
    since=3,
    searchable=("product_name", "place"),
    together=_low_to_high,
)
