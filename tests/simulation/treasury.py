"""What managers write about money: payments and their taking back, seasons, and what is signed when one is closed."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from server.money.ledger import Season, Statement, statement_values
from sync.batch import Batch
from sync.derive import derive
from sync.errors import DecisionError
from tests.simulation.books import to_close
from tests.simulation.phones import Phone
from tests.simulation.servers import Coop
from tests.simulation.world import World

# Around the ends of seasons and around midnight in Hanoi.
DAYS = ("2026-09-30", "2026-10-31", "2026-11-15")
MOMENTS = tuple(f"{day}T{time}Z" for day in DAYS for time in ("02:10:00", "16:59:59.9", "17:00:00"))
SINCE = 3


def knows(phone: Phone) -> bool:
    """Whether its app is of a version that has payments."""
    return phone.version >= SINCE


def pay(world: World, phone: Phone, member_id: str) -> None:
    """What was owed before the book began, an advance, a payout."""
    kind = world.rng.choice(("opening", "advance", "payout"))
    vnd = world.rng.choice((1, 50_000, 10**9)) * (world.rng.choice((1, -1)) if kind == "opening" else 1)
    values: dict[str, Any] = {"member_id": member_id, "kind": kind, "amount_vnd": vnd}
    world.record(phone, "payment", values | {"paid_at": world.rng.choice(MOMENTS)})


def tend(world: World, phone: Phone, member_id: str) -> None:
    """A manager pays, takes a payment back, notes something on it, or says from when to when a season is."""
    what = world.rng.random()
    made = [id for entity, id in phone.replica.confirmed if entity == "payment"]
    made += [p.mutation["id"] for p in phone.replica.outbox if p.mutation["entity"] == "payment"]
    if what < 0.4 or (not made and what < 0.8):
        pay(world, phone, member_id)
    elif what < 0.6:
        world.record(phone, "payment", {"voided": True, "void_reason": world.rng.choice("abc")}, world.rng.choice(made))
    elif what < 0.65:
        world.record(phone, "payment", {"note": f"note {world.rng.randrange(4)}"}, world.rng.choice(made))
    else:
        begun = [id for entity, id in phone.replica.confirmed if entity == "season"]
        set_season(world, phone, world.rng.choice(DAYS), world.rng.choice(begun or [None]))


def set_season(world: World, phone: Phone, ends_on: str, id: str | None = None) -> None:
    """Begin a season, or move one."""
    values = {"name": world.rng.choice(("Vụ thu", "Vụ đông")), "starts_on": "2026-07-01", "ends_on": ends_on}
    world.record(phone, "season", values, id)


def close_season(world: World, coop: Coop) -> None:
    """The office writes down what every account comes to, and closes the season: in one transaction, once."""
    today = (datetime.fromtimestamp(world.now_ms / 1000, UTC) + timedelta(hours=7)).date().isoformat()
    found = to_close(coop.store, today) if coop.version >= SINCE else None
    if found is None:
        return
    if world.chance(0.2):
        world.note_fault("server killed while it closed a season")
        coop.die_during(lambda: _close(world, coop, *found))
    _close(world, coop, *found)
    world.tell("a season is closed")


def _close(world: World, coop: Coop, season: Season, statements: dict[str | None, Statement]) -> None:
    batch = Batch(coop.store, coop.registry, coop.store.counter(), world.now_ms)
    try:
        for id, values in statement_values(UUID(season.id), statements).items():
            if not batch.record("statement", id).complete:  # a phone brought it back after a restore
                world.own.write(batch, "statement", id, values)
        world.own.write(batch, "season", season.id, {"closed": True})
    except DecisionError as error:
        raise AssertionError("a season cannot be closed") from error
    derive(batch, [])
    batch.save(world.session())
