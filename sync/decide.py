"""What a person decides about a review: recorded, and carried out by the same rules as what phones send.

The caller holds the transaction open, knows that the person may decide, and gives the time and the random tag.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sync.batch import Batch
from sync.derive import derive
from sync.errors import DecisionError, ReviewChangedError
from sync.intake import read
from sync.judge import CLOCK_TOLERANCE_MS, accept
from sync.mutation import Author, Entry
from sync.review import Review
from sync.rules import MANAGER, Registry
from sync.stamps import ms_of
from sync.store import Store

ACTIONS: Mapping[str, tuple[str, ...]] = {
    "held": ("accept", "refuse"),
    "rejected": ("dismiss",),
    "lost_in_restore": ("accept", "dismiss"),
}


@dataclass(frozen=True, slots=True)
class Decision:
    """One answer to one review. `stamps` are those of the record's fields as the person saw them, empty for a record
    that is not there; `note` is for whoever wrote what was decided about."""

    review: str
    account: str
    action: str
    stamps: Mapping[str, str]
    note: str | None = None

    def made(self, review: Review) -> bool:
        """Whether the review was resolved by this very decision: its answer may have got lost."""
        return (review.status, review.resolved_by, review.action) == ("resolved", self.account, self.action)


@dataclass(frozen=True, slots=True)
class OwnReplica:
    """The server's own replica in the co-operative, which writes what was decided; `stamp` reads its clock."""

    author: Author
    stamp: Callable[[], str]


def decide(
    store: Store, registry: Registry, decision: Decision, own: OwnReplica, now_ms: int, random_tag: str
) -> Review:
    """Carry a decision out; the review as it stands then. A decision made already is made once.

    Raises ReviewChangedError when the review or its record is no longer as it was shown, DecisionError for an action
    that the review's kind does not know.
    """
    batch = Batch(store, registry, store.counter(), now_ms)
    review = store.review(decision.review)
    if review is not None and decision.made(review):
        return review
    review = _open(batch, review, decision)
    if review.kind == "lost_in_restore":
        entry = _give_back(batch, review, own) if decision.action == "accept" else None
    else:
        entry = batch.entry(review.about)
    if entry is not None:
        _answer(batch, review, entry, decision)
    batch.resolve(review, decision.account, decision.action, decision.note)
    derive(batch, [])
    batch.save(random_tag)
    return review


def _open(batch: Batch, review: Review | None, decision: Decision) -> Review:
    """The review, if it is open, knows the action, and its record is as it was shown."""
    if review is None or review.status != "open":
        raise ReviewChangedError
    if review.kind not in ACTIONS:
        raise DecisionError("kind", "unsupported")
    if decision.action not in ACTIONS[review.kind]:
        raise DecisionError("action", "unknown")
    if review.entity is None or review.record_id is None:
        stamps: Mapping[str, str] = {}
    else:
        stamps = batch.record(review.entity, review.record_id).stamps
        [review] = [r for r in batch.open_reviews(review.entity, review.record_id) if r.id == review.id]
    if stamps != decision.stamps:
        raise ReviewChangedError
    return review


def _answer(batch: Batch, review: Review, entry: Entry, decision: Decision) -> None:
    """Release what is held, and tell the writer the note."""
    if decision.note:
        entry.note = decision.note
    if review.kind == "held":
        _release(batch, entry, decision.action)
    elif review.kind == "rejected" and decision.note and entry.key == entry.at:
        batch.decide_anew(entry)  # its receipt goes out again, with the note
    _tell(batch, entry)


def _release(batch: Batch, entry: Entry, action: str) -> None:
    """Judge a held mutation, with the role that its author had when it came; or refuse it as it is."""
    if action == "accept":
        accept(batch, entry)
    else:
        # The question has its answer: no review asks the same person again.
        entry.outcome, entry.errors = "rejected", {"mutation": ["refused"]}
        batch.decide_anew(entry)


def _give_back(batch: Batch, review: Review, own: OwnReplica) -> Entry | None:
    """Record what the witness had and the record lacks, a mutation for each stamp; the last of them.

    Each keeps the effective stamp that the values had (docs/decisions/0010): what the author wrote later stays later,
    and what was built on a value is known to have seen it.
    """
    assert review.entity is not None
    assert review.record_id is not None
    side, record = review.sides[0], batch.record(review.entity, review.record_id)
    value, had, rules = side["value"], side.get("stamps", {}), batch.registry[review.entity]
    v = side.get("v", rules.version_of(value))
    entry: Entry | None = None
    ahead: set[str] = set()  # of their own stamp, beside a field that makes no sense without them
    # Anew each time: when it becomes known whose record it is, what others wrote early may have to go.
    while lacking := [name for name in value if name not in record.stamps or name in ahead]:
        stamp = min(had.get(name, side["at"]) for name in lacking)
        values = {name: value[name] for name in lacking if had.get(name, side["at"]) == stamp}
        ahead -= values.keys()
        _, errors = rules.read(values, v)
        for name in errors.keys() & value.keys() - values.keys():
            values[name] = record.fields.get(name, value[name])
            ahead |= {name} - record.stamps.keys()
        said = {"v": v, "entity": record.entity, "id": record.id, "set": values, "base": {}}
        entry = _write(batch, said, stamp, own)
        if not entry.accepted:
            break
    return entry


def _write(batch: Batch, said: Mapping[str, object], stamp: str, own: OwnReplica) -> Entry:
    """A mutation of the server's own replica, at an effective stamp that was given before; not one ahead of now."""
    at = own.stamp()
    eff = stamp if ms_of(stamp) <= batch.now_ms + CLOCK_TOLERANCE_MS else at
    entry, _ = read(batch.registry, own.author, {"at": at, "eff": eff, **said}, batch.now_ms)
    entry.eff = eff
    accept(batch, entry)
    return entry


def _tell(batch: Batch, entry: Entry) -> None:
    """Show the note beside the record, if that is its writer's. Otherwise it is in the receipt alone."""
    if not entry.note or entry.entity is None or entry.id is None:
        return
    record, rules = batch.record(entry.entity, entry.id), batch.registry[entry.entity]
    own = record.owner_known(rules) and record.owner(rules) == entry.account
    if record.stamps and (own or entry.role == MANAGER):
        record.derived["review_note"] = entry.note
