"""Detection where the books change: what a transaction touched is compared with its neighbours, and reviews open and
close as these stand then. It costs by what changed: each query reads a bounded part of an index.

What is open in the end follows from the sales that count then, in whatever order they came. What a person has answered
is not asked again.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import TypeVar

from sqlalchemy.orm import Session

from server.front_door import settings
from server.goods import goods_key
from server.reviews import neighbours
from server.reviews.detection import AGAIN_MS, NEIGHBOURS, TWICE_MS, Odd, Sold, close_pairs, odd_amounts, twins
from sync.batch import Batch
from sync.derive import Inspect, origin
from sync.review import instant, side
from sync.rules import Record

# Changes of the same goods no farther apart than this are looked at together, with all that lies between them.
RUN_MS = timedelta(days=2).total_seconds() * 1000
# How far a sale reaches: whether two others are a pair depends on it.
REACH_MS = AGAIN_MS + TWICE_MS


def detection(session: Session, coop_id: str) -> Inspect | None:
    """What looks at a co-operative's sales at the end of a transaction, before it is saved. None: it is turned off."""
    return partial(_inspect, session, coop_id) if settings().detection else None


def _inspect(session: Session, coop_id: str, batch: Batch) -> None:
    changed = _changed(batch)
    if changed.sales:
        _odd_amounts(session, coop_id, batch, changed)
        _duplicates(session, coop_id, batch, changed)


@dataclass
class Changed:
    """The sales that began or ceased to count in this transaction, and how each sale that it holds stands now:
    None when it does not count."""

    sales: list[Sold]
    now: dict[str, Sold | None]

    def laid_over(self, stored: Iterable[Sold], sales: Iterable[Sold]) -> list[Sold]:
        """Stored sales as they stand now, and those of `sales` that count; in the order of `place`."""
        standing = {sale.id: self.now.get(sale.id, sale) for sale in stored}
        standing |= {sale.id: self.now[sale.id] for sale in sales}
        return sorted((sale for sale in standing.values() if sale is not None), key=lambda sale: sale.place)


def _changed(batch: Batch) -> Changed:
    changed = Changed([], {})
    for (entity, id), before in batch.before.items():
        record = batch.record(entity, id)
        if entity == "sale" and record.complete:
            sale, counts = _sold(record), bool(record.derived.get("counts"))
            changed.now[id] = sale if counts else None
            if counts != bool(before.derived.get("counts")):
                changed.sales.append(sale)
    return changed


def _sold(record: Record) -> Sold:
    said = record.fields | {"id": record.id, "goods": goods_key(record.fields), "open_reviews": 1}
    return Sold._make(said.get(name) for name in Sold._fields)


K = TypeVar("K", bound=Hashable)


def _groups(sales: Iterable[Sold], key: Callable[[Sold], K]) -> dict[K, list[Sold]]:
    groups: dict[K, list[Sold]] = defaultdict(list)
    for sale in sales:
        groups[key(sale)].append(sale)
    return groups


# Odd amounts


def _odd_amounts(session: Session, coop_id: str, batch: Batch, changed: Changed) -> None:
    found: dict[str, Odd | None] = {sale.id: None for sale in changed.sales}
    asked = set(found)
    for goods, sales in _groups(changed.sales, lambda sale: sale.goods).items():
        most = 2 * NEIGHBOURS + len(sales)
        for run in _runs(sales):
            stored = neighbours.around(session, coop_id, goods, run[0].sold_at, run[-1].sold_at, most)
            line = changed.laid_over(stored, sales)
            found |= {sale.id: odd for sale, odd in odd_amounts(line, _near(line, run))}
            asked |= {sale.id for sale in line if sale.open_reviews or found.get(sale.id)}
    asked &= found.keys()
    batch.load_reviews(asked)
    held = {id: batch.open_reviews("sale", id, "odd_amount") for id in asked}
    new = {id for id in asked if found[id] and not held[id]}
    answered = {id for id, _ in neighbours.answered(session, coop_id, "odd_amount", new)} if new else set()
    for id in sorted(asked):
        odd = found[id]
        for review in held[id]:
            if odd is None or review.field != odd.field:
                batch.close(review)
        if odd is not None and id not in answered:
            _ask_about_amount(batch, batch.record("sale", id), odd)


def _runs(sales: Iterable[Sold]) -> Iterator[list[Sold]]:
    run: list[Sold] = []
    for sale in sorted(sales, key=lambda sale: sale.place):
        if run and sale.sold_ms - run[-1].sold_ms > RUN_MS:
            yield run
            run = []
        run.append(sale)
    yield run


def _near(line: list[Sold], run: list[Sold]) -> list[int]:
    """Where in the line the sales are that some of the run are neighbours of, or were."""
    places = [sale.place for sale in line]
    near: set[int] = set()
    for sale in run:
        at = bisect_left(places, sale.place)
        near.update(range(max(0, at - NEIGHBOURS), min(len(line), at + NEIGHBOURS + 1)))
    return sorted(near)


def _ask_about_amount(batch: Batch, sale: Record, odd: Odd) -> None:
    value = sale.fields[odd.field]
    sides = [side(value, origin(batch, sale), batch.now_ms), side(odd.usual, None, batch.now_ms)]
    batch.review("odd_amount", "sale", sale.id, sides, field=odd.field)


# One sale written down twice


def _duplicates(session: Session, coop_id: str, batch: Batch, changed: Changed) -> None:
    for member_id, sales in _groups(changed.sales, lambda sale: sale.member_id).items():
        first, last = min(sale.sold_ms for sale in sales), max(sale.sold_ms for sale in sales)
        since, until = instant(int(first - 2 * REACH_MS)), instant(int(last + 2 * REACH_MS))
        totals = {sale.total_vnd for sale in sales}
        stored = neighbours.of_member(session, coop_id, member_id, totals, since, until)
        # Only of these is all known that decides on them.
        near = [sale for sale in stored if first - REACH_MS <= sale.sold_ms <= last + REACH_MS] + sales
        known = {sale.id for sale in near}
        standing = changed.laid_over(stored, sales)
        close = [pair for pair in close_pairs(standing) if known.issuperset(sale.id for sale in pair)]
        pairs = list(twins(close, _writers(session, coop_id, batch, close)))
        asked = {sale.id for sale in near if sale.open_reviews} | {other.id for _, other in pairs}
        _ask_about_pairs(session, coop_id, batch, asked, known, pairs)


def _was_there(batch: Batch, sale_id: str) -> bool:
    before = batch.before.get(("sale", sale_id))
    return before is None or before.complete


def _writers(session: Session, coop_id: str, batch: Batch, pairs: list[tuple[Sold, Sold]]) -> dict[str, str]:
    """The replica of each sale: of those that the log had before from there, else from what arrives now."""
    ids = {sale.id for pair in pairs for sale in pair}
    old = {id for id in ids if _was_there(batch, id)}
    written = neighbours.writers(session, coop_id, old) if old else {}
    for entry in [*batch.changes.decided_entries, *batch.changes.new_entries]:
        if entry.id in ids and entry.accepted and "total_vnd" in entry.set:
            written.setdefault(entry.id, entry.replica)
    return written


def _ask_about_pairs(
    session: Session, coop_id: str, batch: Batch, asked: set[str], known: set[str], pairs: list[tuple[Sold, Sold]]
) -> None:
    batch.load_reviews(asked)
    found = {"|".join(sorted((one.id, other.id))): (one, other) for one, other in pairs}
    for id in sorted(asked):
        for review in batch.open_reviews("sale", id, "duplicate_sale"):
            # Without `about` it is the engine's: corrections of one sale.
            decided = review.about and known.issuperset(review.about.split("|"))
            if decided and found.pop(review.about, None) is None:
                batch.close(review)
    ids = [other.id for _, other in found.values()]
    answered = {about for _, about in neighbours.answered(session, coop_id, "duplicate_sale", ids)} if ids else set()
    for about, pair in found.items():
        if about not in answered:
            records = [batch.record("sale", sale.id) for sale in pair]
            sides = [side(record.id, origin(batch, record), batch.now_ms) for record in records]
            batch.review("duplicate_sale", "sale", records[1].id, sides, about=about)
