"""Detection where the books change: what a transaction touched is compared with its neighbours, and reviews open and
close as these stand then. It costs by what changed: each query reads a bounded part of an index.

What is open in the end follows from the sales that count then, in whatever order they came. What a person has answered
is not asked again.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from server.front_door import settings
from server.goods import goods_key
from server.reviews import neighbours
from server.reviews.detection import AGAIN_MS, NEIGHBOURS, TWICE_MS, Odd, Sold, close_pairs, odd_amounts, twins
from server.reviews.neighbours import Run
from sync.batch import Batch
from sync.derive import Inspect, origin
from sync.review import Review, Side, instant, side
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
    found: dict[str, tuple[Sold, Odd | None]] = {sale.id: (sale, None) for sale in changed.sales}
    asked = set(found)
    by_goods = _groups(changed.sales, lambda sale: sale.goods)
    runs = [run for sales in by_goods.values() for run in _runs(sales)]
    wanted = [
        Run(run[0].goods, run[0].sold_at, run[-1].sold_at, 2 * NEIGHBOURS + len(by_goods[run[0].goods])) for run in runs
    ]
    for run, stored in zip(runs, neighbours.around(session, coop_id, wanted), strict=True):
        line = changed.laid_over(stored, by_goods[run[0].goods])
        near = {sale.id: (sale, odd) for sale, odd in odd_amounts(line, _near(line, run))}
        found |= near
        asked |= {id for id, (sale, odd) in near.items() if odd or sale.open_reviews}
    batch.load_reviews(asked)
    new: dict[str, tuple[Sold, Odd]] = {}
    for id in sorted(asked):
        sale, odd = found[id]
        held = batch.open_reviews("sale", id, "odd_amount")
        for review in held:
            if odd is None or review.field != odd.field:
                batch.close(review)
        if odd is not None and not any(_says(review, sale, odd) for review in held):
            new[id] = sale, odd
    _ask_about_amounts(session, coop_id, batch, new)


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


def _says(review: Review, sale: Sold, odd: Odd) -> bool:
    return review.field == odd.field and [s["value"] for s in review.sides] == [getattr(sale, odd.field), odd.usual]


def _ask_about_amounts(session: Session, coop_id: str, batch: Batch, odd: dict[str, tuple[Sold, Odd]]) -> None:
    answered = {id for id, _ in neighbours.answered(session, coop_id, "odd_amount", odd.keys())}
    asked = sorted(odd.keys() - answered)
    _load(batch, asked)
    for id in asked:
        sale, what = odd[id]
        sides = [_side(batch, id, getattr(sale, what.field)), side(what.usual, None, batch.now_ms)]
        review = batch.review("odd_amount", "sale", id, sides, field=what.field)
        # Of usual amounts nobody was told beforehand.
        if what.field == "total_vnd" and batch.agreed.answers("odd_amount", id):
            _answer_as_agreed(batch, review)


# One sale written down twice


def _duplicates(session: Session, coop_id: str, batch: Batch, changed: Changed) -> None:
    near: list[Sold] = []
    close: list[tuple[Sold, Sold]] = []
    for member_id, sales in _groups(changed.sales, lambda sale: sale.member_id).items():
        first, last = min(sale.sold_ms for sale in sales), max(sale.sold_ms for sale in sales)
        since, until = instant(int(first - 2 * REACH_MS)), instant(int(last + 2 * REACH_MS))
        totals = {sale.total_vnd for sale in sales}
        stored = neighbours.of_member(session, coop_id, member_id, totals, since, until)
        # Only of these is all known that decides on them.
        decided = [sale for sale in stored if first - REACH_MS <= sale.sold_ms <= last + REACH_MS] + sales
        ids = {sale.id for sale in decided}
        pairs = close_pairs(changed.laid_over(stored, sales))
        close += [(one, other) for one, other in pairs if one.id in ids and other.id in ids]
        near += decided
    _ask_about_pairs(session, coop_id, batch, near, list(twins(close, _writers(session, coop_id, batch, close))))


def _was_there(batch: Batch, sale_id: str) -> bool:
    before = batch.before.get(("sale", sale_id))
    return before is None or before.complete


def _writers(session: Session, coop_id: str, batch: Batch, pairs: list[tuple[Sold, Sold]]) -> dict[str, str]:
    """The replica of each sale: of those that the log had before from there, else from what arrives now."""
    ids = {sale.id for pair in pairs for sale in pair}
    written = neighbours.writers(session, coop_id, {id for id in ids if _was_there(batch, id)})
    for entry in [*batch.changes.decided_entries, *batch.changes.new_entries]:
        if entry.id in ids and entry.accepted and "total_vnd" in entry.set:
            written.setdefault(entry.id, entry.replica)
    return written


def _ask_about_pairs(
    session: Session, coop_id: str, batch: Batch, near: list[Sold], pairs: list[tuple[Sold, Sold]]
) -> None:
    known = {sale.id for sale in near}
    asked = {sale.id for sale in near if sale.open_reviews} | {other.id for _, other in pairs}
    batch.load_reviews(asked)
    new = {"|".join(sorted((one.id, other.id))): (one.id, other.id) for one, other in pairs}
    for id in sorted(asked):
        for review in batch.open_reviews("sale", id, "duplicate_sale"):
            # Without `about` it is the engine's: corrections of one sale.
            decided = review.about and known.issuperset(review.about.split("|"))
            if decided and new.pop(review.about, None) is None:
                batch.close(review)
    answered = neighbours.answered(session, coop_id, "duplicate_sale", {later for _, later in new.values()})
    for _, about in answered:
        new.pop(about, None)
    _load(batch, {id for ids in new.values() for id in ids})
    for about, ids in new.items():
        review = batch.review("duplicate_sale", "sale", ids[1], [_side(batch, id, id) for id in ids], about=about)
        if batch.agreed.answers("duplicate_sale", *ids):
            _answer_as_agreed(batch, review)


# A question


def _load(batch: Batch, sale_ids: Collection[str]) -> None:
    """What `_side` needs, at once."""
    keys = [("sale", id) for id in sale_ids]
    batch.load_records(keys)
    batch.load_histories(keys)


def _side(batch: Batch, sale_id: str, value: Any) -> Side:
    return side(value, origin(batch, batch.record("sale", sale_id)), batch.now_ms)


def _answer_as_agreed(batch: Batch, review: Review) -> None:
    """A person had seen it and took it all the same: what was answered is not asked again."""
    batch.resolve(review, batch.agreed.account, "dismiss", None, None)
