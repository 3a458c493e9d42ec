"""Each sale is counted once, and what is left of a listing is what came in minus what counts."""

from collections.abc import Iterator

from sync.rules import MANAGER, Record
from sync.store import MemoryStore
from tests.simulation.violation import require


def money_and_stock_add_up(store: MemoryStore) -> None:
    """Of each family exactly one live sale counts; what is left is entries minus those."""
    sales = {row.id: row for row in store.rows.values() if row.entity == "sale" and row.complete}
    for family in _families(store):
        live = [id for id in family if id in sales and not sales[id].fields.get("voided")]
        counting = [id for id in family if id in sales and sales[id].derived["counts"]]
        require(len(counting) == (1 if live else 0), "a family counts wrong", sorted(family), counting)
        require(set(counting) <= set(live), "a voided sale counts", counting)
        heads = set(live) - {_corrected(store, sales[id]) for id in live}
        wanted = min(heads or live, default=None)
        require(not counting or counting[0] == wanted, "another sale counts", counting, wanted)
        asked = [r for r in store.reviews.values() if r.kind == "duplicate_sale" and r.record_id in family]
        still_open = [r for r in asked if r.status == "open"]
        require(len(still_open) == (1 if len(heads or live) > 1 else 0), "duplicates not asked about", family)
    left: dict[str, int] = {}
    for row in store.rows.values():
        counts = row.derived.get("counts") if row.entity == "sale" else not row.fields.get("voided")
        if row.entity in ("sale", "stock_entry") and row.complete and counts and "listing_id" in row.fields:
            sign = -1 if row.entity == "sale" else 1
            key = row.fields["listing_id"]
            left[key] = left.get(key, 0) + sign * row.fields["quantity_milli"]
    for row in store.rows.values():
        if row.entity == "listing" and row.complete:
            require(row.derived["left_milli"] == left.get(row.id, 0), "stock does not add up", row.id)
            oversold = [r for r in store.open_reviews([row.id]) if r.kind == "oversold"]
            require(len(oversold) == (row.derived["left_milli"] < 0), "oversold not asked about", row.id)


def _corrected(store: MemoryStore, sale: Record) -> str | None:
    """The sale that this one replaces, if whoever said so had a right to."""
    target = store.rows.get(("sale", sale.fields.get("replaces_id", "")))
    if target is None or not target.complete or "member_id" not in sale.fields:
        return sale.fields.get("replaces_id")
    said = [e for e in store.history("sale", [sale.id]) if e.accepted and "replaces_id" in e.set]
    right = target.fields["member_id"] == sale.fields["member_id"] or any(e.role == MANAGER for e in said)
    return target.id if right else None


def _families(store: MemoryStore) -> Iterator[set[str]]:
    links: dict[str, set[str]] = {}
    for row in store.rows.values():
        if row.entity == "sale" and row.stamps:
            links.setdefault(row.id, set())
            target = _corrected(store, row)
            if target is not None:
                links[row.id].add(target)
                links.setdefault(target, set()).add(row.id)
    while links:
        todo, family = {next(iter(links))}, set()
        while todo:
            id = todo.pop()
            family.add(id)
            todo |= links.pop(id, set()) - family
        yield family
