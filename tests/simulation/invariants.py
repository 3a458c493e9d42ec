"""What must hold when everything has come to rest, whatever happened before."""

from collections.abc import Iterator
from typing import Any

from server.entities import REGISTRY
from sync.judge import CLOCK_TOLERANCE_MS
from sync.mutation import Entry
from sync.replica import stamps_of
from sync.rules import MANAGER, Kind, Record
from sync.stamps import is_stamp, ms_of
from sync.store import MemoryStore
from tests.simulation.world import KEY, Coop, Phone, World


class ViolationError(AssertionError):
    """A promise was broken; the message says which and by what."""


def check(world: World) -> None:
    """Raises ViolationError at the first promise that does not hold."""
    for number, coop in enumerate(world.coops):
        _nothing_lost(world, number, coop.store)
        _nothing_unsaid(coop.store)
        _decisions_stand(coop.store)
        _money_and_stock_add_up(coop.store)
        _derived_is_what_follows(coop.store)
        _clocks_are_not_trusted(coop.store)
        _facts_stand(coop.store)
    for phone in world.phones:
        _phone_agrees(world, phone, world.coops[phone.coop])
    for coop in world.coops:
        _order_decides_nothing(world, coop.store)
        _replays_change_nothing(world, coop)


def _require(holds: bool, what: str, *about: Any) -> None:
    if not holds:
        raise ViolationError(f"{what}: {' '.join(map(str, about))}")


def _nothing_lost(world: World, number: int, store: MemoryStore) -> None:
    """Every tick that some phone still stands behind is in the log, as it was recorded."""
    held = {p.mutation["at"] for phone in world.phones if phone.coop == number for p in phone.replica.outbox}
    for at, (coop, mutation) in world.recorded.items():
        if coop != number:
            continue
        entry = store.log.get(at)
        if entry is None:
            _require(at not in held and at in world.gone, "a recorded mutation is lost", mutation)
        else:
            _require(entry.set == mutation["set"] and entry.base == mutation["base"], "content changed", at)


def _nothing_unsaid(store: MemoryStore) -> None:
    """What was refused, held or lost a race has a question to a person."""
    about = {(review.kind, review.about) for review in store.reviews.values()}
    about |= {("rejected", review.about) for review in store.reviews.values() if review.action == "refuse"}
    conflicts = {key for review in store.reviews.values() if review.kind == "conflict" for key in review.keys}
    pairs = {(r.entity, r.record_id) for r in store.reviews.values() if r.kind == "conflict"}
    for entry in store.log.values():
        if entry.outcome in ("rejected", "held"):
            _require((entry.outcome, entry.key) in about, f"{entry.outcome} without a review", entry.key)
        if entry.outcome == "merged":
            told = entry.key in conflicts or (entry.entity, entry.id) in pairs
            _require(told, "merged without a review", entry.key)


def _decisions_stand(store: MemoryStore) -> None:
    """What is held has an open question. What was accepted stands, or was refused by the rules; no one is lost."""
    asked: set[str] = set()
    for review in [review for review in store.reviews.values() if review.kind == "held"]:
        entry = store.log[review.about]
        row = store.rows.get((entry.entity or "", entry.id or ""))
        if review.status == "open":
            asked.add(entry.key)
        elif review.action == "refuse":
            _require(entry.errors == {"mutation": ["refused"]}, "a refused mutation was taken", entry.key)
        elif entry.accepted:
            known = entry.set.keys() & REGISTRY[entry.entity or ""].fields.keys()
            _require(row is not None and known <= row.stamps.keys(), "an accepted mutation is lost", entry.key)
        else:
            _require(bool(entry.errors), "an accepted mutation is neither taken nor refused", entry.key)
    held = {entry.key for entry in store.log.values() if entry.outcome == "held"}
    _require(held == asked, "held and not asked about, or the reverse", held ^ asked)


def _phone_agrees(world: World, phone: Phone, coop: Coop) -> None:
    replica = phone.replica
    who = replica.id[-6:]
    _require(replica.checked is True, "a phone is not checked", who)
    account = world.accounts[phone.account]
    owner = None if account.role == MANAGER else account.id
    rows = {(r.entity, r.id): r for r in coop.store.page(owner, 0, 10**6)}
    _require(replica.confirmed.keys() == rows.keys(), "a phone holds other records", who)
    for key, row in rows.items():
        change = replica.confirmed[key]
        same = change["row"] == row.fields and stamps_of(change) == row.stamps and change["derived"] == row.derived
        _require(same, "a phone holds another row", who, key, change, row)
    for pending in replica.outbox:
        entry = coop.store.log[pending.mutation["at"]]
        _require(pending.receipt == entry.receipt(), "a phone was told something else", who, pending, entry.receipt())
        stuck = pending.receipt is None or (pending.laid_over and pending.outcome != "held")
        _require(not stuck, "a mutation is stuck", who, pending)


def _money_and_stock_add_up(store: MemoryStore) -> None:
    """Of each family exactly one live sale counts; what is left is entries minus those."""
    sales = {row.id: row for row in store.rows.values() if row.entity == "sale" and row.complete}
    for family in _families(store):
        live = [id for id in family if id in sales and not sales[id].fields.get("voided")]
        counting = [id for id in family if id in sales and sales[id].derived["counts"]]
        _require(len(counting) == (1 if live else 0), "a family counts wrong", sorted(family), counting)
        _require(set(counting) <= set(live), "a voided sale counts", counting)
        heads = set(live) - {_corrected(store, sales[id]) for id in live}
        wanted = min(heads or live, default=None)
        _require(not counting or counting[0] == wanted, "another sale counts", counting, wanted)
        asked = [r for r in store.reviews.values() if r.kind == "duplicate_sale" and r.record_id in family]
        still_open = [r for r in asked if r.status == "open"]
        _require(len(still_open) == (1 if len(heads or live) > 1 else 0), "duplicates not asked about", family)
    left: dict[str, int] = {}
    for row in store.rows.values():
        counts = row.derived.get("counts") if row.entity == "sale" else not row.fields.get("voided")
        if row.entity in ("sale", "stock_entry") and row.complete and counts and "listing_id" in row.fields:
            sign = -1 if row.entity == "sale" else 1
            key = row.fields["listing_id"]
            left[key] = left.get(key, 0) + sign * row.fields["quantity_milli"]
    for row in store.rows.values():
        if row.entity == "listing" and row.complete:
            _require(row.derived["left_milli"] == left.get(row.id, 0), "stock does not add up", row.id)
            oversold = [r for r in store.open_reviews([row.id]) if r.kind == "oversold"]
            _require(len(oversold) == (row.derived["left_milli"] < 0), "oversold not asked about", row.id)


def _corrected(store: MemoryStore, sale: Record) -> str | None:
    """The sale that this one replaces, if whoever said so had a right to."""
    target = store.rows.get(("sale", sale.fields.get("replaces_id", "")))
    if target is None or not target.complete or "member_id" not in sale.fields:
        return sale.fields.get("replaces_id")
    said = [e for e in store.history("sale", sale.id) if e.accepted and "replaces_id" in e.set]
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


def _derived_is_what_follows(store: MemoryStore) -> None:
    for row in store.rows.values():
        complete = REGISTRY[row.entity].required <= row.stamps.keys()
        _require(row.complete == complete, "completeness is wrong", row)
        if row.complete:
            waiting = [r for r in store.open_reviews([row.id]) if r.entity == row.entity]
            _require(row.derived["open_reviews"] == len(waiting), "open reviews miscounted", row, waiting)


def _clocks_are_not_trusted(store: MemoryStore) -> None:
    """What was written after seeing a value beats it, and nothing is stamped ahead of the server."""
    for entry in store.log.values():
        if not is_stamp(entry.at) or entry.key != entry.at:
            continue
        known = [e for e in store.history(entry.entity or "", entry.id or "") if e.arrived_seq < entry.arrived_seq]
        for field, stamp in entry.base.items():
            seen = [e.eff for e in known if e.names(stamp) and field in e.set]
            _require(all(eff < entry.eff for eff in seen), "a seen value beats its successor", entry.key)
        slack_ms = entry.arrived_ms + CLOCK_TOLERANCE_MS + 1
        _require(ms_of(entry.eff) <= slack_ms or entry.base != {}, "a clock ahead was believed", entry.key)


def _facts_stand(store: MemoryStore) -> None:
    """A frozen field has the value that came first; what was voided stays so; only those who may have written."""
    for row in store.rows.values():
        entity = REGISTRY[row.entity]
        accepted = [e for e in store.history(row.entity, row.id) if e.accepted]
        for name, rule in entity.fields.items():
            said = [e.set[name] for e in accepted if name in e.set]
            if said and rule.kind is not Kind.LAST:
                _require(all(value == row.fields[name] for value in said), "a fact changed", row.id, name, said)
        for entry in accepted:
            right = entry.role == MANAGER or row.owner(entity) == entry.account
            _require(right or not row.complete, "written without a right", entry.key)


def _order_decides_nothing(world: World, store: MemoryStore) -> None:
    """Accepted last-writer fields, given their effective stamps, are the greatest ones, in whatever order they came."""
    best: dict[tuple[str, str, str], tuple[str, str, Any]] = {}
    for entry in store.log.values():
        if not entry.accepted or entry.entity is None or entry.id is None:
            continue
        for name, value in entry.set.items():
            rule = REGISTRY[entry.entity].fields.get(name)
            if rule is not None and rule.kind is Kind.LAST:
                key = (entry.entity, entry.id, name)
                best[key] = max(best.get(key, ("", "", None)), (entry.eff, entry.key, value), key=lambda b: b[:2])
    for (entity, id, name), (eff, _, value) in best.items():
        row = store.rows[entity, id]
        same = (row.stamps.get(name), row.fields.get(name)) == (eff, value)
        _require(same, "the greatest stamp does not stand", entity, id, name, row, eff)


def _replays_change_nothing(world: World, coop: Coop) -> None:
    """Any part of the log again, in any order, from whoever sent it: the stored receipts and nothing else."""
    import json

    from sync import engine
    from sync.mutation import Author

    entries: list[Entry] = list(coop.store.log.values())
    world.rng.shuffle(entries)
    seq, digests = coop.store.state.seq, dict(coop.store.digests)
    for entry in entries[:20]:
        author = Author(entry.replica, entry.account, entry.role)
        around = engine.Surroundings(world.now_ms, world.session(), world.id(), KEY)
        answer = engine.sync(coop.store, REGISTRY, author, [json.loads(entry.raw)], None, 1, around)
        _require(answer["receipts"][0] == entry.receipt(), "a replay gets another receipt", entry.key)
    _require((coop.store.state.seq, coop.store.digests) == (seq, digests), "a replay changed something")
