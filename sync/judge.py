"""What becomes of each mutation: kept first, then judged on its own; what is wrong with one never blocks another."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from sync import mutation as m
from sync.batch import Batch
from sync.intake import read
from sync.merge import merge
from sync.mutation import Author, Entry, Errors, is_id
from sync.review import side
from sync.rules import Entity, Record, refusals
from sync.stamps import is_stamp, ms_of, pack, session_of, tick_above

CLOCK_TOLERANCE_MS = 5 * 60 * 1000


def judge(batch: Batch, author: Author, raws: Sequence[object]) -> list[Entry]:
    """Decide every mutation of a request, in its order; one log entry for each, known ones included."""
    drafts = [read(batch.registry, author, raw, batch.now_ms) for raw in raws]
    look_up(batch, [entry for entry, _ in drafts])
    entries = [_take(batch, author, entry, errors) for entry, errors in drafts]
    settle(batch, entries)
    return entries


def look_up(batch: Batch, entries: Iterable[Entry]) -> None:
    """Everything that judging will ask for, in a few queries."""
    entries = list(entries)
    batch.load_entries([e.key for e in entries], {stamp for e in entries for stamp in e.base.values()})
    keys = {(e.entity, e.id) for e in entries if e.entity and e.id}
    for field, entity in (("listing_id", "listing"), ("replaces_id", "sale")):
        keys |= {(entity, e.set[field]) for e in entries if is_id(e.set.get(field))}
    batch.load_records(sorted(keys))
    batch.load_reviews(sorted(id for _, id in keys))


def _take(batch: Batch, author: Author, entry: Entry, errors: Errors) -> Entry:
    known = batch.entry(entry.key)
    if known is not None and known.hash != entry.hash:
        entry.key = m.spare_key(entry.at, entry.hash)
        errors["at"] = ["at_taken"]
        known = batch.entry(entry.key)
    if known is not None:
        return known
    if is_stamp(entry.at):
        entry.ahead = ms_of(entry.at) > batch.now_ms + CLOCK_TOLERANCE_MS
        entry.eff = effective_stamp(batch, entry)
    if errors:
        refuse(batch, entry, errors)
    elif author.held:
        entry.outcome = "held"
        batch.log(entry)
        sides = [side(entry.set, entry, batch.now_ms)]
        batch.review("held", entry.entity, entry.id, sides, about=entry.key, keys=[entry.key])
    else:
        accept(batch, entry)
    return entry


def effective_stamp(batch: Batch, entry: Entry) -> str:
    """Clocks are recorded, never trusted (docs/protocol.md, rule 6). `entry.eff` is the one re-sent, else its key."""
    limit, session = batch.now_ms + CLOCK_TOLERANCE_MS, session_of(entry.at)
    named: list[Entry] = []
    lacking = False
    for field, stamp in entry.base.items():
        found = batch.named(entry, field, stamp)
        named += found
        lacking = lacking or not found
    if entry.eff != entry.key and ms_of(entry.eff) <= limit:
        eff = entry.eff
    elif not entry.ahead:
        eff = entry.at
    else:
        eff = pack(batch.now_ms if lacking else 0, 0, session)
    top = max((e.eff for e in named), default="")
    return tick_above(top, session) if eff <= top else eff


def refuse(batch: Batch, entry: Entry, errors: Errors) -> None:
    """Keep a mutation that cannot be taken, for its author to mend and for the manager to see."""
    entry.outcome, entry.errors = "rejected", errors
    _keep(batch, entry)
    show_refused(batch, entry, errors)


def show_refused(batch: Batch, entry: Entry, errors: Errors) -> None:
    shown = side(entry.set, entry, batch.now_ms) | {"errors": errors}
    batch.review("rejected", entry.entity, entry.id, [shown], about=entry.key, keys=[entry.key])


def _keep(batch: Batch, entry: Entry) -> None:
    """Log a mutation that arrives; one that the log has was decided anew."""
    if entry.seq == 0:
        batch.log(entry)
    else:
        batch.decide_anew(entry)


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
    early, fields, stamps = _without_early_intruders(batch, entity, record, values)
    history = partial(batch.history, record.entity, record.id)
    result = merge(entity, fields, stamps, values, entry.eff, later_than(history, entry))
    if result.errors:
        refuse(batch, entry, result.errors)
        return
    if early:
        _evict(batch, record, early, fields, stamps)
    disputed = disputes(batch, entry, record, result.contested)
    entry.outcome = "merged" if disputed else "applied"
    _keep(batch, entry)
    if not record.stamps:
        record.since_ms = batch.now_ms
    if result.values or not record.owner_known(entity):
        record.fields.update(result.values)
        record.stamps.update(result.stamps)
        batch.touch(record, entry.seq)
    ask(batch, entry, values, disputed)


def checked(entity: Entity, entry: Entry) -> tuple[dict[str, Any], Errors]:
    """The values of known fields, clean and as this version says them; unknown ones are ignored and stay in the log."""
    values, errors = entity.read(entry.set, entry.v)
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


def _without_early_intruders(
    batch: Batch, entity: Entity, record: Record, values: dict[str, Any]
) -> tuple[dict[Entry, Errors], dict[str, Any], dict[str, str]]:
    """Whose record it is becomes known: what was written early by those without a right, and the row without it."""
    if entity.owner_field not in values or not record.seq or record.owner_known(entity):
        return {}, record.fields, record.stamps
    proven = Record(record.entity, record.id, {entity.owner_field: values[entity.owner_field]})
    written = [entry for entry in batch.history(record.entity, record.id) if entry.accepted]
    refused: dict[Entry, Errors] = {}
    fields: dict[str, Any] = {}
    stamps: dict[str, str] = {}
    for entry in written:
        early, _ = checked(entity, entry)
        errors = refusals(entity, entry.role, entry.account, proven, early, foreign(batch, entry, early))
        if errors:
            refused[entry] = errors
            continue
        result = merge(entity, fields, stamps, early, entry.eff, later_than(lambda: written, entry))
        fields.update(result.values)
        stamps.update(result.stamps)
    return refused, fields, stamps


def _evict(
    batch: Batch, record: Record, early: dict[Entry, Errors], fields: dict[str, Any], stamps: dict[str, str]
) -> None:
    """Refuse what was written early without a right, and close the conflicts that it had."""
    for entry, errors in early.items():
        refuse(batch, entry, errors)
    keys = {entry.key for entry in early}
    for review in batch.open_reviews(record.entity, record.id, "conflict"):
        if keys & set(review.keys):
            batch.close(review)
    batch.unlink(record)
    record.fields, record.stamps = fields, stamps


def later_than(history: Callable[[], Iterable[Entry]], entry: Entry) -> Callable[[str], bool]:
    """Whether this write of a field was recorded later than all others that share its effective stamp."""

    def recorded_later(field: str) -> bool:
        twins = [e.key for e in history() if e.accepted and e.eff == entry.eff and field in e.set]
        return entry.key >= max(twins, default="")

    return recorded_later


def disputes(batch: Batch, entry: Entry, record: Record, contested: Iterable[str]) -> dict[str, tuple[Any, Entry]]:
    """Of the contested fields those that conflict: the value that stands before this write, and who wrote it."""
    rivals = {name: _rival(batch, entry, record, name) for name in contested}
    return {name: (record.fields[name], rival) for name, rival in rivals.items() if rival is not None}


def ask(batch: Batch, entry: Entry, values: Mapping[str, Any], disputed: Mapping[str, tuple[Any, Entry]]) -> None:
    """Put each conflict before a person, with both values."""
    for name, (held, rival) in disputed.items():
        pair = "|".join(sorted((rival.replica, entry.replica)))
        sides = [side(held, rival, batch.now_ms), side(values[name], entry, batch.now_ms)]
        batch.review("conflict", entry.entity, entry.id, sides, field=name, about=pair, keys=[rival.key, entry.key])


def _rival(batch: Batch, entry: Entry, record: Record, field: str) -> Entry | None:
    """Who wrote the value that stands, if neither of the two had seen the other."""
    stored = record.stamps[field]
    # Under one stamp may stand what a witness of this very write said of it.
    one_session = session_of(stored) == session_of(entry.key) and stored != entry.eff
    if one_session or entry.base.get(field) == stored:
        return None
    history = batch.history(record.entity, record.id)
    writers = [e for e in history.named(stored, field) if e.accepted and e.eff == stored]
    if not writers or history.causal(entry, writers[-1], field):
        return None
    return writers[-1]


def settle(batch: Batch, entries: Iterable[Entry]) -> None:
    """Close the conflicts of which these arrivals, whatever became of them, show that one side knew the other."""
    for entity, id in sorted({(e.entity, e.id) for e in entries if e.entity and e.id}):
        for review in batch.open_reviews(entity, id, "conflict"):
            history, field = batch.history(entity, id), review.field or ""
            one, other = (next(e for e in history.named(key, field) if e.key == key) for key in review.keys)
            if history.causal(one, other, field):
                batch.close(review)
