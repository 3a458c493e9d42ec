"""What a person decides about a review: recorded, and carried out by the same rules as what phones send.

The caller holds the transaction open, knows that the person may decide, and gives the time and the random tag.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sync.batch import Batch
from sync.derive import derive
from sync.errors import DecisionError, ReviewChangedError
from sync.judge import accept
from sync.mutation import Entry
from sync.review import Review
from sync.rules import MANAGER, Registry
from sync.store import Store

ACTIONS: Mapping[str, tuple[str, ...]] = {"held": ("accept", "refuse"), "rejected": ("dismiss",)}


@dataclass(frozen=True, slots=True)
class Decision:
    """One answer to one review. `stamps` are those of the record's fields as the person saw them, empty for a record
    that is not there; `note` is for whoever wrote what was decided about."""

    review: str
    account: str
    action: str
    stamps: Mapping[str, str]
    note: str | None = None


def decide(store: Store, registry: Registry, decision: Decision, now_ms: int, random_tag: str) -> Review:
    """Carry a decision out; the review as it stands then.

    Raises ReviewChangedError when the review or its record is no longer as it was shown, DecisionError for an action
    that the review's kind does not know.
    """
    batch = Batch(store, registry, store.counter(), now_ms)
    review = _open(batch, decision)
    entry = batch.entry(review.about)
    assert entry is not None
    if decision.note:
        entry.note = decision.note
    if review.kind == "held":
        _release(batch, entry, decision.action)
    elif decision.note and entry.key == entry.at:
        batch.decide_anew(entry)  # its receipt goes out again, with the note
    batch.resolve(review, decision.account, decision.action, decision.note)
    _tell(batch, entry)
    derive(batch, [])
    batch.save(random_tag)
    return review


def _open(batch: Batch, decision: Decision) -> Review:
    """The review, if it is open, knows the action, and its record is as it was shown."""
    review = batch.store.review(decision.review)
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


def _release(batch: Batch, entry: Entry, action: str) -> None:
    """Judge a held mutation, with the role that its author had when it came; or refuse it as it is."""
    if action == "accept":
        accept(batch, entry)
    else:
        # The question has its answer: no review asks the same person again.
        entry.outcome, entry.errors = "rejected", {"mutation": ["refused"]}
        batch.decide_anew(entry)


def _tell(batch: Batch, entry: Entry) -> None:
    """Show the note beside the record, if that is its writer's. Otherwise it is in the receipt alone."""
    if not entry.note or entry.entity is None or entry.id is None:
        return
    record, rules = batch.record(entry.entity, entry.id), batch.registry[entry.entity]
    own = record.owner_known(rules) and record.owner(rules) == entry.account
    if record.stamps and (own or entry.role == MANAGER):
        record.derived["review_note"] = entry.note
