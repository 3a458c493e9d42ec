"""What a person decides about a review: recorded, and carried out by the same rules as what phones send.

The caller holds the transaction open, knows that the person may decide, and gives the time and the random tag.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sync.answers import ANSWERS, WITH_VALUE, Case
from sync.batch import Batch
from sync.derive import Inspect, derive
from sync.errors import DecisionError, ReviewChangedError
from sync.mutation import Entry
from sync.own import OwnReplica
from sync.review import Review
from sync.rules import MANAGER, Registry
from sync.store import Store


@dataclass(frozen=True, slots=True)
class Decision:
    """One answer to one review. `stamps` are those of the record's fields as the person saw them, empty for a record
    that is not there; `note` is for whoever wrote what was decided about; `value` is what the action needs
    (sync/answers.py)."""

    review: str
    account: str
    action: str
    stamps: Mapping[str, str]
    note: str | None = None
    value: Any = None

    def made(self, review: Review) -> bool:
        """Whether the review was resolved by this very decision: its answer may have got lost."""
        mine = ("resolved", self.account, self.action, self.value)
        return (review.status, review.resolved_by, review.action, review.value) == mine


def decide(
    store: Store,
    registry: Registry,
    decision: Decision,
    own: OwnReplica,
    now_ms: int,
    random_tag: str,
    inspect: Inspect | None = None,
) -> Review:
    """Carry a decision out; the review as it stands then. A decision made already is made once.

    Raises ReviewChangedError when the review or its record is no longer as it was shown, DecisionError for an action
    that the review's kind does not know, or a value that cannot be.
    """
    batch = Batch(store, registry, store.counter(), now_ms)
    review = store.review(decision.review)
    if review is not None and decision.made(review):
        return review
    review = _open(batch, review, decision)
    entry = ANSWERS[review.kind][decision.action](Case(batch, review, decision.value, own))
    if entry is not None:
        review.keys = [*review.keys, entry.key]
    batch.resolve(review, decision.account, decision.action, decision.value, decision.note)
    if decision.note:
        _tell(batch, review, entry, decision.note)
    derive(batch, [], inspect)
    batch.save(random_tag)
    return review


def _open(batch: Batch, review: Review | None, decision: Decision) -> Review:
    """The review, if it is open, knows the action, and its record is as it was shown."""
    if review is None or review.status != "open":
        raise ReviewChangedError
    if decision.action not in ANSWERS[review.kind]:
        raise DecisionError("action", "unknown")
    if (decision.value is not None) != ((review.kind, decision.action) in WITH_VALUE):
        raise DecisionError("value", "required" if decision.value is None else "unexpected")
    if review.entity is None or review.record_id is None:
        stamps: Mapping[str, str] = {}
    else:
        stamps = batch.record(review.entity, review.record_id).stamps
        [review] = [r for r in batch.open_reviews(review.entity, review.record_id) if r.id == review.id]
    if stamps != decision.stamps:
        raise ReviewChangedError
    return review


def _tell(batch: Batch, review: Review, entry: Entry | None, note: str) -> None:
    """Show the note beside what was decided about: the mutation's receipt, and the record on its owner's phone."""
    if review.kind in ("held", "rejected", "lost_in_restore"):
        if entry is not None:
            _tell_writer(batch, review, entry, note)
        return
    of_record = entry is not None and entry.entity == review.entity
    id = entry.id if entry is not None and of_record else review.record_id
    if review.entity and id and batch.record(review.entity, id).stamps:
        batch.record(review.entity, id).derived["review_note"] = note


def _tell_writer(batch: Batch, review: Review, entry: Entry, note: str) -> None:
    """Beside the record only if that is its writer's. Otherwise it is in the receipt alone."""
    entry.note = note
    if review.kind == "rejected" and not entry.accepted and entry.key == entry.at:
        batch.decide_anew(entry)  # its receipt goes out again, with the note
    if entry.entity is None or entry.id is None:
        return
    record, rules = batch.record(entry.entity, entry.id), batch.registry[entry.entity]
    own = record.owner_known(rules) and record.owner(rules) == entry.account
    if record.stamps and (own or entry.role == MANAGER):
        record.derived["review_note"] = note
