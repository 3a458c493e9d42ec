"""What managers do about what waits: at once, or days after it was on the screen."""

from sync.decide import Decision, decide
from sync.errors import DecisionError, ReviewChangedError
from sync.review import Review
from tests.simulation.servers import Coop
from tests.simulation.world import World

# Not what the invariants go by: a question about stock or a day that was dismissed is not open any more.
ACTIONS = {
    "conflict": ("keep", "take"),
    "held": ("accept", "refuse"),
    "rejected": ("dismiss",),
    "lost_in_restore": ("accept", "dismiss"),
}


def decide_some(world: World, coop: Coop) -> None:
    """A manager works through a part of what is held or refused, and leaves some of it on the screen till next time."""
    left, coop.screens = coop.screens, []
    for decision in left:
        _send(world, coop, decision)
    waiting = [r for r in coop.store.reviews.values() if r.status == "open" and r.kind in ACTIONS]
    for review in waiting:
        if world.chance(0.6):
            decision = _make_up_a_mind(world, coop, review)
            coop.screens.append(decision) if world.chance(0.3) else _send(world, coop, decision)


def _make_up_a_mind(world: World, coop: Coop, review: Review) -> Decision:
    action, note = world.rng.choice(ACTIONS[review.kind]), world.rng.choice((None, "a word to the author"))
    value = world.rng.randrange(len(review.sides)) if action == "take" else None
    return Decision(review.id, "a manager", action, _stamps(coop, review), note, value)


def _send(world: World, coop: Coop, decision: Decision) -> None:
    review = coop.store.reviews.get(decision.review)
    done_by = (review.status, review.resolved_by, review.action, review.value) if review else ()
    made = done_by == ("resolved", decision.account, decision.action, decision.value)
    stale = not made and (review is None or review.status != "open" or _stamps(coop, review) != decision.stamps)
    if not stale and world.chance(0.05):
        world.note_fault("server killed before it had committed a decision")
        coop.die_during(lambda: _decide(world, coop, decision))
    seq = coop.store.state.seq
    try:
        done = _decide(world, coop, decision)
    except ReviewChangedError:
        assert stale, "a decision about what is there was refused"
    except DecisionError as error:
        raise AssertionError("a decision that makes sense was refused") from error
    else:
        assert not stale, "a decision about what is no longer there was taken"
        assert not made or coop.store.state.seq == seq, "a decision was carried out twice"
        assert (done.status, done.action) == ("resolved", decision.action), "a decision is answered with another"
        if decision.action == "take" and not made:
            _require_taken(coop, done, decision.value)
        if not made and world.chance(0.2):
            world.note_fault("answer to a decision lost")
            coop.screens.append(decision)
    world.tell(f"a manager decides{' too late' if stale else ''}: {decision.action}")


def _require_taken(coop: Coop, review: Review, side: int) -> None:
    """The value of that side stands, as the server's version says it; a tag that nobody knows in small letters."""
    taken, written = (coop.store.log[review.keys[i]] for i in (side, -1))
    row, field = coop.store.rows[review.entity or "", review.record_id or ""], review.field or ""
    said = coop.registry[taken.entity or ""].read({field: taken.set[field]}, taken.v)[0].get(field, taken.set[field])
    assert row.stamps[field] == written.eff, "a decision does not stand"
    assert str(row.fields[field]).lower() == str(said).lower(), "another value was taken"


def _decide(world: World, coop: Coop, decision: Decision) -> Review:
    return decide(coop.store, coop.registry, decision, world.own, world.now_ms, world.session())


def _stamps(coop: Coop, review: Review) -> dict[str, str]:
    row = coop.store.rows.get((review.entity or "", review.record_id or ""))
    return dict(row.stamps) if row else {}
