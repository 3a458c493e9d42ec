"""What follows from the rows (docs/protocol.md, rules 6 to 8): which sale counts, what is left, and the reviews that
open and close by themselves. Runs once at the end of a request, over what it touched."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sync.batch import Batch
from sync.before import stock_share
from sync.judge import CLOCK_TOLERANCE_MS
from sync.mutation import Entry
from sync.review import side
from sync.rules import MANAGER, Record

DAY_MS = 24 * 60 * 60 * 1000
OLDEST_SALE_MS = 400 * DAY_MS
INCOMPLETE_MS = 7 * DAY_MS
# So many that a person can compare.
MOST_SIDES = 20


# What looks at the rows as they stand at the end, and asks about what is unlikely; given by the caller.
Inspect = Callable[[Batch], None]


def derive(batch: Batch, overdue: list[Record], inspect: Inspect | None = None) -> None:
    """Bring every derived field and every self-settling review up to date; `overdue` records have waited too long."""
    _count_sales(batch)
    _odd_dates(batch)
    _stock(batch)
    _incomplete(batch, overdue)
    if inspect is not None:
        inspect(batch)
    _open_reviews(batch)


def origin(batch: Batch, record: Record) -> Entry | None:
    """The mutation that first set the record's oldest field."""
    oldest = min(record.stamps.values())
    entries = [e for e in batch.history(record.entity, record.id) if e.accepted]
    return next((e for e in entries if e.names(oldest)), entries[0] if entries else None)


def _count_sales(batch: Batch) -> None:
    changed = [sale for sale in batch.touched("sale") if _standing_changed(batch, sale)]
    if not changed:
        return
    # A dropped `replaces_id` changes the family that it named, too.
    left = {batch.before["sale", sale.id].replaces_id for sale in changed}
    ids = {sale.id for sale in changed} | {id for id in left if id is not None}
    linked = batch.replacing(ids)
    targets = {batch.record("sale", id).fields.get("replaces_id") for id in linked}
    # Nor does a link hold any more when what it named turns out to be somebody else's: that splits a family.
    ids |= {id for id in linked if _replaced(batch, batch.record("sale", id)) is None}
    done: set[str] = set()
    for id in sorted(ids):
        sale = batch.record("sale", id)
        alone = sale.fields.get("replaces_id") is None and id not in targets and id not in left
        if alone:
            sale.derived["counts"] = _live(sale)
        elif id not in done:
            family = _family(batch, id)
            done.update(sale.id for sale in family)
            _count_family(batch, family)


def _standing_changed(batch: Batch, sale: Record) -> bool:
    before = batch.before[sale.entity, sale.id]
    now = (sale.complete, bool(sale.fields.get("voided")), sale.fields.get("replaces_id"))
    return now != (before.complete, before.voided, before.replaces_id)


def _live(sale: Record) -> bool:
    return sale.complete and not sale.fields.get("voided")


def _family(batch: Batch, sale_id: str) -> list[Record]:
    """All sales linked to this one by `replaces_id`, in either direction, also through ones not yet here."""
    seen: set[str] = set()
    todo = {sale_id}
    while todo:
        batch.load_records(("sale", id) for id in todo)
        named = {_replaced(batch, batch.record("sale", id)) for id in todo}
        naming = {id for id in batch.replacing(todo) if _replaced(batch, batch.record("sale", id)) is not None}
        seen |= todo
        todo = {id for id in named | naming if id is not None} - seen
    return [sale for sale in (batch.record("sale", id) for id in sorted(seen)) if sale.stamps]


def _replaced(batch: Batch, sale: Record) -> str | None:
    """The sale that this one corrects. A member's word does not hold for somebody else's sale that came later."""
    target_id: str | None = sale.fields.get("replaces_id")
    if target_id is None:
        return None
    target, rules = batch.record("sale", target_id), batch.registry["sale"]
    if not target.complete or target.owner(rules) == sale.owner(rules):
        return target_id
    writers = [e for e in batch.history("sale", sale.id) if e.accepted and e.set.get("replaces_id") == target_id]
    return target_id if any(e.role == MANAGER for e in writers) else None


def _count_family(batch: Batch, family: list[Record]) -> None:
    """Exactly one live sale counts; a review is open while several could."""
    live = [sale for sale in family if _live(sale)]
    replaced = {_replaced(batch, sale) for sale in live}
    candidates = [sale for sale in live if sale.id not in replaced] or live
    for sale in family:
        sale.derived["counts"] = bool(candidates) and sale is candidates[0]
    several = len(candidates) > 1
    for sale in family:
        for review in batch.open_reviews("sale", sale.id, "duplicate_sale"):
            # One about two sales is another question: were they one (server/reviews/detection.py)?
            if not review.about and not (several and sale is candidates[0]):
                batch.close(review)
    if several:
        sides = [side(sale.id, origin(batch, sale), batch.now_ms) for sale in candidates[:MOST_SIDES]]
        batch.review("duplicate_sale", "sale", candidates[0].id, sides)


def _odd_dates(batch: Batch) -> None:
    odd = [sale for sale in batch.touched("sale") if _has_odd_date(batch, sale)]
    batch.load_histories(("sale", sale.id) for sale in odd)
    for sale in odd:
        sides = [side(sale.fields["sold_at"], origin(batch, sale), batch.now_ms)]
        batch.review("odd_date", "sale", sale.id, sides, field="sold_at")


def _has_odd_date(batch: Batch, sale: Record) -> bool:
    """Whether the sale came just now with a day that nobody has agreed to."""
    came = sale.complete and not batch.before["sale", sale.id].complete
    if not came or batch.agreed.answers("odd_date", sale.id):
        return False
    sold_ms = datetime.fromisoformat(sale.fields["sold_at"]).timestamp() * 1000
    return not batch.now_ms - OLDEST_SALE_MS <= sold_ms <= batch.now_ms + CLOCK_TOLERANCE_MS


def _stock(batch: Batch) -> None:
    """Stock is never stored by anyone: it is entries minus sales that count, kept up to date by differences."""
    moved: dict[str, int] = {}
    for key, before in list(batch.before.items()):
        if key[0] not in ("sale", "stock_entry"):
            continue
        after = stock_share(batch.record(*key))
        if after != before.share:
            for share, sign in ((before.share, -1), (after, 1)):
                if share is not None:
                    moved[share[0]] = moved.get(share[0], 0) + sign * share[1]
    for listing in batch.touched("listing"):
        moved.setdefault(listing.id, 0)
    batch.load_records(("listing", id) for id in moved)
    for id, difference in sorted(moved.items()):
        listing = batch.record("listing", id)
        left = listing.derived.get("left_milli", 0) + difference
        listing.derived["left_milli"] = left
        if listing.complete:
            _oversold(batch, id, left)


def _oversold(batch: Batch, listing_id: str, left: int) -> None:
    if left < 0:
        batch.review("oversold", "listing", listing_id, [side(left, None, batch.now_ms)], field="left_milli")
    else:
        for review in batch.open_reviews("listing", listing_id, "oversold"):
            batch.close(review)


def _incomplete(batch: Batch, overdue: list[Record]) -> None:
    batch.load_histories((record.entity, record.id) for record in overdue)
    for record in overdue:
        record = batch.record(record.entity, record.id)
        if not record.complete:
            entries = [e for e in batch.history(record.entity, record.id) if e.accepted]
            sides = [side(e.set, e, batch.now_ms) for e in entries]
            batch.review("incomplete", record.entity, record.id, sides)
    for key, before in list(batch.before.items()):
        if not before.complete and batch.record(*key).complete:
            for kind in ("incomplete", "lost_in_restore"):
                for review in batch.open_reviews(*key, kind=kind):
                    batch.close(review)


def _open_reviews(batch: Batch) -> None:
    """Every complete record says how many reviews of it are open."""
    fresh: set[Any] = {key for key, before in batch.before.items() if not before.complete}
    keys = sorted(batch.reviewed | fresh)
    batch.load_records(keys)
    batch.load_reviews(id for _, id in keys)
    for key in keys:
        record = batch.record(*key)
        if record.complete:
            record.derived["open_reviews"] = len(batch.open_reviews(*key))
