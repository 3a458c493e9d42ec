"""What managers do about what waits: at once, or days after it was on the screen."""

from server.entities import REGISTRY
from sync.decide import ACTIONS, Decision, OwnReplica, decide
from sync.errors import ReviewChangedError
from sync.mutation import Author
from sync.review import Review
from sync.rules import MANAGER
from tests.simulation.world import Coop, World


def decide_some(world: World, coop: Coop) -> None:
    """A manager works through a part of what is held or refused, and leaves some of it on the screen till next time."""
    left, coop.screens = coop.screens, []
    for decision in left:
        _send(world, coop, decision)
    waiting = [r for r in coop.store.reviews.values() if r.status == "open" and r.kind in ("held", "rejected")]
    for review in waiting:
        if world.chance(0.6):
            decision = _make_up_a_mind(world, coop, review)
            coop.screens.append(decision) if world.chance(0.3) else _send(world, coop, decision)


def _make_up_a_mind(world: World, coop: Coop, review: Review) -> Decision:
    action, note = world.rng.choice(ACTIONS[review.kind]), world.rng.choice((None, "a word to the author"))
    return Decision(review.id, "a manager", action, _stamps(coop, review), note)


def _send(world: World, coop: Coop, decision: Decision) -> None:
    review = coop.store.reviews.get(decision.review)
    stale = review is None or review.status != "open" or _stamps(coop, review) != decision.stamps
    own = OwnReplica(Author("the server", "the co-operative", MANAGER), lambda: world.clock.read(world.now_ms))
    try:
        decide(coop.store, REGISTRY, decision, own, world.now_ms, world.session())
    except ReviewChangedError:
        assert stale, "a decision about what is there was refused"
    else:
        assert not stale, "a decision about what is no longer there was taken"
    world.tell(f"a manager decides{' too late' if stale else ''}: {decision.action}")


def _stamps(coop: Coop, review: Review) -> dict[str, str]:
    row = coop.store.rows.get((review.entity or "", review.record_id or ""))
    return dict(row.stamps) if row else {}
