"""Usual prices, reckoned from merged sales and written to each co-operative's board.

A co-operative's members see what goods sell for among themselves, and in the whole province where so many co-operatives
sell them that none of these is told.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID, uuid5

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.accounts import Coop
from server.board import records
from server.board.usual import Sold, usual
from server.database import reading, writing
from server.entities import DEFINITIONS
from server.goods import goods_key, measure
from server.lists import HANOI

SPAN_DAYS = 42
# A price that stayed the same is dated anew only so often: each date goes to every phone.
DATED_EVERY_DAYS = 7
# What was not sold for so long has no usual price any more.
KEPT_DAYS = 90

_IDS = UUID("4c0c6e5e-52b4-5b0a-9d0c-6d7bb9d3a1f7")
ROWS_AT_ONCE = 1000


class Sale(NamedTuple):
    """What a sale tells of a price, by the unit that people say."""

    coop_id: str
    seller: str
    product_name: str
    unit: str
    price_vnd: float
    sold_on: str


Goods = dict[str, list[Sale]]


def update_prices(today: date | None = None) -> int:
    """Bring every co-operative's reckoned prices up to date; how many records that changed."""
    today = today or datetime.now(HANOI).date()
    with reading() as session:
        provinces = defaultdict(list)
        for coop in session.scalars(select(Coop)):
            provinces[coop.province_code].append(coop)
    return sum(_update_province(coops, today) for coops in provinces.values())


def _update_province(coops: list[Coop], today: date) -> int:
    written = 0
    with reading() as session:
        sold = {coop.id: _sold(session, coop.id, today - timedelta(days=SPAN_DAYS)) for coop in coops}
    in_province = dict(_prices(coops[0].province_name, _joined(sold.values()), today))
    for coop in coops:
        wanted = in_province | dict(_prices(coop.commune_name, sold[coop.id], today))
        with writing() as session:
            written += len(records.write(session, coop.id, "price", _changes(session, coop.id, wanted, today)))
    return written


def _sold(session: Session, coop_id: str, since: date) -> Goods:
    """What counts, was paid for and is in no review, by goods."""
    sale = DEFINITIONS["sale"].table
    names = ("member_id", "product_name", "unit", "quantity_milli", "total_vnd", "sold_at")
    query = select(*(sale.c[name] for name in names)).where(
        sale.c.coop_id == coop_id,
        sale.c.sold_at >= since.isoformat(),
        sale.c.counts.is_(True),
        sale.c.total_vnd > 0,
        sale.c.open_reviews == 0,
    )
    found: Goods = defaultdict(list)
    for row in session.execute(query, execution_options={"yield_per": ROWS_AT_ONCE}).mappings():
        key = goods_key(row)
        assert key is not None
        price_vnd = row["total_vnd"] * 1000 / row["quantity_milli"]
        # Two co-operatives' own goods are two sellers.
        seller = row["member_id"] or coop_id
        found[key].append(Sale(coop_id, seller, row["product_name"], row["unit"], price_vnd, row["sold_at"][:10]))
    return found


def _joined(all_goods: Iterable[Goods]) -> Goods:
    """Of all together, a co-operative as one seller: its prices are told no more than a person's."""
    joined: Goods = defaultdict(list)
    for goods in all_goods:
        for key, sales in goods.items():
            joined[key] += [sale._replace(seller=sale.coop_id) for sale in sales]
    return joined


def _prices(place: str, goods: Goods, today: date) -> Iterator[tuple[str, dict[str, Any]]]:
    """Ids and values of the prices that may be told, always the same id for the same goods in a place."""
    for key, sales in goods.items():
        unit = _said_most(sale.unit for sale in sales)
        size = measure(unit)[1]
        found = usual([Sold(sale.seller, round(sale.price_vnd * size / measure(sale.unit)[1])) for sale in sales])
        if found is not None:
            yield (
                # With the unit, which is frozen: the figures are for it.
                str(uuid5(_IDS, f"{place}|{key}|{unit.lower()}")),
                {
                    "product_name": _said_most(sale.product_name for sale in sales),
                    "unit": unit,
                    "place": place,
                    "source": "sales",
                    "low_vnd": found.low_vnd,
                    "usual_vnd": found.usual_vnd,
                    "high_vnd": found.high_vnd,
                    "as_of": min(max(sale.sold_on for sale in sales), today.isoformat()),
                    "withdrawn": False,
                },
            )


def _said_most(words: Iterable[str]) -> str:
    return Counter(words).most_common(1)[0][0]


def _changes(
    session: Session, coop_id: str, wanted: Mapping[str, dict[str, Any]], today: date
) -> dict[str, dict[str, Any]]:
    """What must be written: what is new or different, and what is too old to be told."""
    price = DEFINITIONS["price"].table
    mine = (price.c.coop_id == coop_id, price.c.source == "sales", price.c.complete.is_(True))
    held = {row["id"]: row for row in session.execute(select(price).where(*mine)).mappings()}
    oldest = (today - timedelta(days=KEPT_DAYS)).isoformat()
    changes: dict[str, dict[str, Any]] = {}
    for id, values in wanted.items():
        row = held.get(id)
        if row is None:
            changes[id] = values
        elif row["withdrawn"] and row["as_of"] >= oldest:
            continue  # by staff: their word stands
        else:
            # Frozen: the first spelling stands.
            changes[id] = {**values, **{n: row[n] for n in ("product_name", "unit", "place")}}
            if _says_the_same(row, values):
                changes[id]["as_of"] = row["as_of"]
    for id, row in held.items():
        if id not in wanted and not row["withdrawn"] and row["as_of"] < oldest:
            changes[id] = {"withdrawn": True}
    return changes


def _says_the_same(row: Mapping[Any, Any], values: Mapping[str, Any]) -> bool:
    figures = all(row[name] == values[name] for name in ("low_vnd", "usual_vnd", "high_vnd", "withdrawn"))
    age = date.fromisoformat(values["as_of"]) - date.fromisoformat(row["as_of"])
    return figures and age < timedelta(days=DATED_EVERY_DAYS)
