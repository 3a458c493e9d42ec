"""What becomes of each mutation: kept first, then judged on its own; what is wrong with one never blocks another."""

import json
import re
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

from sync import mutation as m
from sync.batch import Batch
from sync.merge import merge
from sync.mutation import Author, Entry, Errors
from sync.review import side
from sync.rules import Entity, Record, Registry, refusals
from sync.stamps import is_stamp, ms_of, pack, session_of, tick_above

CLOCK_TOLERANCE_MS = 5 * 60 * 1000
# What every JSON reader, JavaScript's too, takes exactly.
MAX_INTEGER = (1 << 53) - 1

is_id = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\Z").match


def judge(batch: Batch, author: Author, raws: Sequence[object]) -> list[Entry]:
    """Decide every mutation of a request, in its order; one log entry for each, known ones included."""
    drafts = [_read(batch.registry, author, raw, batch.now_ms) for raw in raws]
    _look_up(batch, [entry for entry, _ in drafts])
    return [_take(batch, author, raw, entry, errors) for raw, (entry, errors) in zip(raws, drafts, strict=True)]


def _read(registry: Registry, author: Author, raw: object, now_ms: int) -> tuple[Entry, Errors]:
    """A log entry from whatever was sent, and what is wrong with its shape."""
    text = m.canonical(raw)
    content_hash = m.text_hash(m.content_text(raw))
    sent: dict[str, Any] = raw if isinstance(raw, dict) else {}
    at, entity, id = sent.get("at"), sent.get("entity"), sent.get("id")
    values, base = sent.get("set"), sent.get("base")
    base = {} if base is None else base
    errors: Errors = {}
    if not isinstance(raw, dict):
        errors["mutation"] = ["invalid"]
    if not is_stamp(at):
        errors["at"] = ["invalid"]
    if type(sent.get("v")) is not int or not 1 <= sent["v"] <= MAX_INTEGER:
        errors["v"] = ["invalid"]
    if not isinstance(entity, str) or entity not in registry:
        errors["entity"], entity = ["unknown"], None
    if not isinstance(id, str) or not is_id(id):
        errors["id"], id = ["invalid"], None
    if not isinstance(values, dict):
        errors["set"], values = ["invalid"], {}
    if not isinstance(base, dict) or not all(is_stamp(stamp) for stamp in base.values()):
        errors["base"], base = ["invalid"], {}
    if len(text) > m.MAX_MUTATION_BYTES and _size(raw) > m.MAX_MUTATION_BYTES:
        errors["mutation"] = ["too_large"]
    key = m.log_key(raw, content_hash)
    return Entry(
        key=key,
        at=at,
        entity=entity,
        id=id,
        set=values,
        base=base,
        raw=text,
        hash=content_hash,
        replica=author.replica,
        account=author.account,
        role=author.role,
        arrived_ms=now_ms,
        eff=key,
    ), errors


def _size(raw: object) -> int:
    return len(json.dumps(raw, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass"))


def _look_up(batch: Batch, entries: Iterable[Entry]) -> None:
    """Everything that judging will ask for, in a few queries."""
    entries = list(entries)
    batch.load_entries([e.key for e in entries], {stamp for e in entries for stamp in e.base.values()})
    keys = {(e.entity, e.id) for e in entries if e.entity and e.id}
    keys |= {("listing", id) for e in entries for id in [e.set.get("listing_id")] if isinstance(id, str)}
    keys |= {("sale", id) for e in entries for id in [e.set.get("replaces_id")] if isinstance(id, str)}
    batch.load_records(sorted(key for key in keys if is_id(key[1])))
    batch.load_reviews(id for _, id in keys)


def _take(batch: Batch, author: Author, raw: object, entry: Entry, errors: Errors) -> Entry:
    known = batch.entry(entry.key)
    if known is not None and known.hash != entry.hash:
        entry.key = m.spare_key(entry.at, entry.hash)
        errors["at"] = ["at_taken"]
        known = batch.entry(entry.key)
    if known is not None:
        return known
    if is_stamp(entry.at):
        resent = raw.get("eff") if isinstance(raw, dict) else None
        entry.ahead = ms_of(entry.at) > batch.now_ms + CLOCK_TOLERANCE_MS
        entry.eff = effective_stamp(batch, entry, resent if is_stamp(resent) else None)
    if errors:
        refuse(batch, entry, errors)
    elif author.held:
        entry.outcome = "held"
        batch.log(entry)
        sides = [side(entry.set, entry, batch.now_ms)]
        batch.review("held", entry.entity, entry.id, sides, about=entry.key, keys=[entry.key])
    else:
        accept(batch, entry)
    if entry.entity is not None and entry.id is not None:
        settle(batch, entry, entry.entity, entry.id)
    return entry


def effective_stamp(batch: Batch, entry: Entry, resent: str | None) -> str:
    """Clocks are recorded, never trusted (docs/protocol.md, rule 6)."""
    limit, session = batch.now_ms + CLOCK_TOLERANCE_MS, session_of(entry.at)
    named: list[Entry] = []
    lacking = False
    for field, stamp in entry.base.items():
        found = batch.named(entry, field, stamp)
        named += found
        lacking = lacking or not found
    if resent is not None and ms_of(resent) <= limit:
        eff = resent
    elif not entry.ahead:
        eff = entry.at
    else:
        eff = pack(batch.now_ms if lacking else 0, 0, session)
    top = max((e.eff for e in named), default="")
    return tick_above(top, session) if eff <= top else eff


def refuse(batch: Batch, entry: Entry, errors: Errors) -> None:
    """Keep a mutation that cannot be taken, for its author to mend and for the manager to see."""
    first = entry.seq == 0
    entry.outcome, entry.errors = "rejected", errors
    if first:
        batch.log(entry)
    else:
        batch.decide_anew(entry)
    shown = side(entry.set, entry, batch.now_ms) | {"errors": errors}
    batch.review("rejected", entry.entity, entry.id, [shown], about=entry.key, keys=[entry.key])


def accept(batch: Batch, entry: Entry) -> None:
    """Check values and rights, then merge into the row; or refuse."""
    assert entry.entity is not None
    assert entry.id is not None
    entity, record = batch.registry[entry.entity], batch.record(entry.entity, entry.id)
    values, errors = checked(entity, entry)
    if not errors:
        errors = refusals(entity, entry.role, entry.account, record, values, foreign(batch, entry, values))
    if errors:
        refuse(batch, entry, errors)
        return
    if entity.owner_field in values and record.seq and not record.owner_known(entity):
        evict(batch, entity, record, values[entity.owner_field])
    history = partial(batch.history, record.entity, record.id)
    result = merge(entity, record.fields, record.stamps, values, entry.eff, later_than(history, entry))
    if result.errors:
        refuse(batch, entry, result.errors)
        return
    rivals = {name: _rival(batch, entry, record, name) for name in result.contested}
    conflicts = {name: rival for name, rival in rivals.items() if rival is not None}
    held = {name: record.fields[name] for name in conflicts}
    entry.outcome = "merged" if conflicts else "applied"
    batch.log(entry)
    if result.values or not record.owner_known(entity):
        record.fields.update(result.values)
        record.stamps.update(result.stamps)
        batch.touch(record, entry.seq)
    for name, rival in conflicts.items():
        pair = "|".join(sorted((rival.replica, entry.replica)))
        sides = [side(held[name], rival, batch.now_ms), side(values[name], entry, batch.now_ms)]
        batch.review("conflict", entry.entity, entry.id, sides, field=name, about=pair, keys=[rival.key, entry.key])


def checked(entity: Entity, entry: Entry) -> tuple[dict[str, Any], Errors]:
    """The values of fields that this server knows, cleaned; unknown ones are ignored and stay in the log."""
    values, errors = entity.check({name: value for name, value in entry.set.items() if name in entity.fields})
    for name in ("coop_id", *entity.derived):
        if name in entry.set:
            errors[name] = ["read_only"]
    return values, errors


def foreign(batch: Batch, entry: Entry, values: dict[str, Any]) -> list[str]:
    """The fields that name a known record of somebody else, where a member may name only the own."""
    names = {"stock_entry": ("listing_id", "listing"), "sale": ("replaces_id", "sale")}.get(entry.entity or "")
    if names is None or names[0] not in values:
        return []
    entity, target = batch.registry[names[1]], batch.record(names[1], values[names[0]])
    mine = not target.owner_known(entity) or target.owner(entity) == entry.account
    return [] if mine else [names[0]]


def evict(batch: Batch, entity: Entity, record: Record, owner: str | None) -> None:
    """The owner of an incomplete record is known now: drop what was written early by those without a right."""
    proven = Record(record.entity, record.id, {entity.owner_field: owner})
    early = [entry for entry in batch.history(record.entity, record.id) if entry.accepted]
    refused = False
    for entry in early:
        values, _ = checked(entity, entry)
        errors = refusals(entity, entry.role, entry.account, proven, values, foreign(batch, entry, values))
        if errors:
            refused = True
            refuse(batch, entry, errors)
    if refused:
        record.fields, record.stamps = {}, {}
        for entry in early:
            if entry.accepted:
                values, _ = checked(entity, entry)
                later = later_than(lambda: early, entry)
                result = merge(entity, record.fields, record.stamps, values, entry.eff, later)
                record.fields.update(result.values)
                record.stamps.update(result.stamps)


def later_than(history: Callable[[], Iterable[Entry]], entry: Entry) -> Callable[[str], bool]:
    """Whether this write of a field was recorded later than all others that share its effective stamp."""

    def recorded_later(field: str) -> bool:
        twins = [e.key for e in history() if e.accepted and e.eff == entry.eff and field in e.set]
        return entry.key >= max(twins, default="")

    return recorded_later


def _rival(batch: Batch, entry: Entry, record: Record, field: str) -> Entry | None:
    """Who wrote the value that stands, if neither of the two had seen the other."""
    stored = record.stamps[field]
    if entry.base.get(field) == stored or session_of(stored) == session_of(entry.key):
        return None
    history = batch.history(record.entity, record.id)
    writers = [e for e in history.named(stored, field) if e.accepted and e.eff == stored]
    if not writers or history.causal(entry, writers[-1], field):
        return None
    return writers[-1]


def settle(batch: Batch, entry: Entry, entity: str, id: str) -> None:
    """Close the conflicts of which this arrival, whatever became of it, shows that one side knew the other."""
    for review in batch.open_reviews(entity, id, "conflict"):
        if review.field is not None and review.field in entry.set and entry.key not in review.keys:
            history, field = batch.history(entity, id), review.field
            one, other = (next(e for e in history.named(key, field) if e.key == key) for key in review.keys)
            if history.causal(one, other, field):
                batch.close(review)
