"""What must hold when everything has come to rest, whatever happened before."""

import json
from typing import Any

from server.entities.language import tag_of
from sync.judge import CLOCK_TOLERANCE_MS, checked
from sync.mutation import Author, Entry
from sync.replica import stamps_of
from sync.rules import MANAGER, Kind, Registry
from sync.stamps import is_stamp, ms_of
from sync.store import MemoryStore
from sync.witness import KIND
from tests.simulation.books import accounts_add_up, only_managers_paid, statements_stand
from tests.simulation.money import money_and_stock_add_up
from tests.simulation.phones import Phone
from tests.simulation.servers import Coop
from tests.simulation.violation import require
from tests.simulation.world import World


def check(world: World) -> None:
    """Raises ViolationError at the first promise that does not hold."""
    for number, coop in enumerate(world.coops):
        _nothing_lost(world, number, coop.store)
        _nothing_unsaid(coop.store)
        _nothing_known_is_refused(coop)
        _decisions_stand(coop)
        _what_was_given_back_stands(world, coop.store)
        money_and_stock_add_up(coop.store)
        accounts_add_up(coop.store)
        statements_stand(coop.store)
        only_managers_paid(coop.store)
        _derived_is_what_follows(coop.registry, coop.store)
        _clocks_are_not_trusted(coop.store)
        _facts_stand(coop.registry, coop.store)
    for phone in world.phones:
        _phone_agrees(world, phone, world.coops[phone.coop])
        _what_it_alone_has_was_offered(world, phone, world.coops[phone.coop])
    for coop in world.coops:
        _order_decides_nothing(coop)
        _replays_change_nothing(world, coop)


def _nothing_lost(world: World, number: int, store: MemoryStore) -> None:
    """Every tick that some phone still stands behind is in the log, as it was recorded."""
    held = {p.mutation["at"] for phone in world.phones if phone.coop == number for p in phone.replica.outbox}
    for at, (coop, mutation) in world.recorded.items():
        if coop != number:
            continue
        entry = store.log.get(at)
        if entry is None:
            require(at not in held and at in world.gone, "a recorded mutation is lost", mutation)
        else:
            same = (entry.v, entry.set, entry.base) == (mutation["v"], mutation["set"], mutation["base"])
            require(same, "content changed", at)


def _nothing_unsaid(store: MemoryStore) -> None:
    """What was refused, held or lost a race has a question to a person."""
    about = {(review.kind, review.about) for review in store.reviews.values()}
    about |= {("rejected", review.about) for review in store.reviews.values() if review.action == "refuse"}
    conflicts = {key for review in store.reviews.values() if review.kind == "conflict" for key in review.keys}
    pairs = {(r.entity, r.record_id) for r in store.reviews.values() if r.kind == "conflict"}
    for entry in store.log.values():
        if entry.outcome in ("rejected", "held"):
            require((entry.outcome, entry.key) in about, f"{entry.outcome} without a review", entry.key)
        if entry.outcome == "merged":
            told = entry.key in conflicts or (entry.entity, entry.id) in pairs
            require(told, "merged without a review", entry.key)


def _nothing_known_is_refused(coop: Coop) -> None:
    """What an older release refused because it did not know the entity was judged by the one that does."""
    waiting = {review.about for review in coop.store.reviews.values() if review.status == "open"}
    for entry in coop.store.unknown():
        rules = coop.registry.get(json.loads(entry.raw)["entity"])
        known = rules is not None and rules.since <= entry.v
        require(not (known and entry.key in waiting), "refused for an entity that is known now", entry.key)


def _decisions_stand(coop: Coop) -> None:
    """What is held has an open question. What was accepted stands, or was refused by the rules; no one is lost."""
    store = coop.store
    asked: set[str] = set()
    for review in [review for review in store.reviews.values() if review.kind == "held"]:
        entry = store.log[review.about]
        row = store.rows.get((entry.entity or "", entry.id or ""))
        if review.status == "open":
            asked.add(entry.key)
        elif review.action == "refuse":
            require(entry.errors == {"mutation": ["refused"]}, "a refused mutation was taken", entry.key)
        elif entry.accepted:
            known = _read(coop, entry).keys()
            require(row is not None and known <= row.stamps.keys(), "an accepted mutation is lost", entry.key)
        else:
            require(bool(entry.errors), "an accepted mutation is neither taken nor refused", entry.key)
    held = {entry.key for entry in store.log.values() if entry.outcome == "held"}
    require(held == asked, "held and not asked about, or the reverse", held ^ asked)


def _what_was_given_back_stands(world: World, store: MemoryStore) -> None:
    """Of a record that a manager took back from a witness every field is there, at the stamps that it had."""
    had: dict[tuple[str | None, str | None], set[str]] = {}
    for review in store.reviews.values():
        if review.kind == KIND and review.action == "accept":
            row, side = store.rows.get((review.entity or "", review.record_id or "")), review.sides[0]
            require(row is not None and side["value"].keys() <= row.stamps.keys(), "given back, not there", review.id)
            had[review.entity, review.record_id] = set(side["stamps"].values())
    for entry in store.log.values():
        # With a base it is the answer to a conflict, which replaces what stands.
        if entry.replica == world.own.author.replica and not entry.base:
            then = entry.eff in had.get((entry.entity, entry.id), ()) or entry.eff == entry.at
            require(entry.accepted and then, "given back at another stamp", entry.key, entry.eff)


def _what_it_alone_has_was_offered(world: World, phone: Phone, coop: Coop) -> None:
    """What a phone had confirmed and did not get back is there all the same, or a person was asked about it."""
    author, lost = world.author(phone), [r for r in coop.store.reviews.values() if r.kind == KIND]
    asked = {(review.entity, review.record_id) for review in lost}
    for (entity, id), change in phone.had.items():
        if entity not in coop.registry:
            continue  # a release was put back that cannot be told; the phone still has it
        row, rules = coop.store.rows.get((entity, id)), coop.registry[entity]
        there = row is not None and row.complete
        owner = id if rules.owner_field == "id" else change["row"].get(rules.owner_field)
        visible = author.role == MANAGER or rules.shared or owner == author.account
        require(there or not visible or (entity, id) in asked, "only a phone has it, and nobody was asked", entity, id)


def _phone_agrees(world: World, phone: Phone, coop: Coop) -> None:
    replica = phone.replica
    who = replica.id[-6:]
    require(replica.checked is True, "a phone is not checked", who)
    account = world.accounts[phone.account]
    owner = None if account.role == MANAGER else account.id
    known = coop.registry.keys() & replica.registry.keys()
    rows = {(r.entity, r.id): r for r in coop.store.page(owner, 0, 10**6, known)}
    require(replica.confirmed.keys() == rows.keys(), "a phone holds other records", who)
    for key, row in rows.items():
        change = replica.confirmed[key]
        same = change["row"] == row.fields and stamps_of(change) == row.stamps and change["derived"] == row.derived
        require(same, "a phone holds another row", who, key, change, row)
    for pending in replica.outbox:
        entry = coop.store.log[pending.mutation["at"]]
        require(pending.receipt == entry.receipt(), "a phone was told something else", who, pending, entry.receipt())
        stuck = pending.receipt is None or (pending.laid_over and pending.outcome != "held")
        require(not stuck, "a mutation is stuck", who, pending)


def _derived_is_what_follows(registry: Registry, store: MemoryStore) -> None:
    for row in store.rows.values():
        complete = registry[row.entity].required <= row.stamps.keys()
        require(row.complete == complete, "completeness is wrong", row)
        if row.complete:
            waiting = [r for r in store.open_reviews([row.id]) if r.entity == row.entity]
            require(row.derived["open_reviews"] == len(waiting), "open reviews miscounted", row, waiting)


def _clocks_are_not_trusted(store: MemoryStore) -> None:
    """What was written after seeing a value beats it, and nothing is stamped ahead of the server."""
    past = _past(store)
    for entry in store.log.values():
        if not is_stamp(entry.at) or entry.key != entry.at:
            continue
        known = past[entry.entity, entry.id] if entry.base else []
        for field, stamp in entry.base.items():
            before = [e for e in known if e.names(stamp) and field in e.set and e.arrived_seq < entry.arrived_seq]
            seen = [e.eff for e in before]
            require(all(eff < entry.eff for eff in seen), "a seen value beats its successor", entry.key)
        slack_ms = entry.arrived_ms + CLOCK_TOLERANCE_MS + 1
        require(ms_of(entry.eff) <= slack_ms or entry.base != {}, "a clock ahead was believed", entry.key)


def _past(store: MemoryStore) -> dict[tuple[str | None, str | None], list[Entry]]:
    """What was written about each record."""
    past: dict[tuple[str | None, str | None], list[Entry]] = {}
    for entry in store.log.values():
        past.setdefault((entry.entity, entry.id), []).append(entry)
    return past


def _facts_stand(registry: Registry, store: MemoryStore) -> None:
    """A frozen field has the value that came first; what was voided stays so; only those who may have written."""
    past = _past(store)
    for row in store.rows.values():
        entity = registry[row.entity]
        accepted = [e for e in past.get((row.entity, row.id), ()) if e.accepted]
        for name, rule in entity.fields.items():
            said = [e.set[name] for e in accepted if name in e.set]
            if said and rule.kind is not Kind.LAST:
                require(all(value == row.fields[name] for value in said), "a fact changed", row.id, name, said)
        for entry in accepted:
            right = entry.role == MANAGER or row.owner(entity) == entry.account
            require(right or not row.complete, "written without a right", entry.key)


def _read(coop: Coop, entry: Entry) -> dict[str, Any]:
    """What a mutation says to the server's version: fields that its own version knew, in the words of now."""
    assert entry.entity is not None
    rules = coop.registry[entry.entity]
    _, errors = checked(rules, entry)
    known = {n: v for n, v in entry.set.items() if n in rules.fields and rules.fields[n].since <= entry.v}
    said = {name: value for name, value in known.items() if name not in errors}
    if "language" in said and entry.v < 2 <= coop.version:
        said["language"] = tag_of(said["language"])
    return said


def _order_decides_nothing(coop: Coop) -> None:
    """Accepted last-writer fields, given their effective stamps, are the greatest ones, in whatever order they came,
    also those that an older version of the server did not know."""
    best: dict[tuple[str, str, str], tuple[str, str, Any]] = {}
    for entry in coop.store.log.values():
        if not entry.accepted or entry.entity is None or entry.id is None:
            continue
        for name, value in _read(coop, entry).items():
            if coop.registry[entry.entity].fields[name].kind is Kind.LAST:
                key = (entry.entity, entry.id, name)
                best[key] = max(best.get(key, ("", "", None)), (entry.eff, entry.key, value), key=lambda b: b[:2])
    for (entity, id, name), (eff, _, value) in best.items():
        row = coop.store.rows[entity, id]
        same = (row.stamps.get(name), row.fields.get(name)) == (eff, value)
        require(same, "the greatest stamp does not stand", entity, id, name, row, eff, value)


def _replays_change_nothing(world: World, coop: Coop) -> None:
    """Any part of the log again, in any order, from whoever sent it: the stored receipts and nothing else."""
    entries: list[Entry] = list(coop.store.log.values())
    world.rng.shuffle(entries)
    seq, digests = coop.store.state.seq, dict(coop.store.digests)
    for entry in entries[:20]:
        author = Author(entry.replica, entry.account, entry.role)
        body = {"mutations": [json.loads(entry.raw)], "cursor": None, "limit": 1}
        answer = coop.sync(author, body, world.around())
        require(answer["receipts"][0] == entry.receipt(), "a replay gets another receipt", entry.key)
    require((coop.store.state.seq, coop.store.digests) == (seq, digests), "a replay changed something")
