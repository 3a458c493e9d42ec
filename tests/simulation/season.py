"""A season from a seed: weeks of trade by people who know nothing of clocks and networks, then quiet."""

from server.entities.definition import DATA_VERSION
from tests.simulation import trade, treasury
from tests.simulation.managers import decide_some
from tests.simulation.phones import Phone
from tests.simulation.servers import REGISTRIES, Coop
from tests.simulation.world import DAY_MS, MANAGER, MEMBER, MINUTE_MS, YEAR_MS, World

DRIFTS_MS = (0, 0, 0, 90_000, -3 * 60 * MINUTE_MS, 7 * MINUTE_MS, 2 * YEAR_MS, -30 * YEAR_MS, 40 * DAY_MS)


def play(world: World) -> None:
    """Let people trade for weeks while things go wrong, then let every phone come down the ridge."""
    rng = world.rng
    for coop in range(rng.choice((1, 1, 1, 2, 4))):
        world.open_coop()
        world.sign_in(world.enrol(coop, MANAGER))
        for _ in range(rng.choice((1, 2, 3, 6))):
            account = world.enrol(coop, MEMBER)
            for _ in range(rng.choice((1, 1, 2))):
                world.sign_in(account)
    for phone in world.phones:
        phone.drift_ms = rng.choice(DRIFTS_MS)
        if world.chance(0.8):
            trade.list_goods(world, phone)
        if world.accounts[phone.account].role == MANAGER and treasury.knows(phone):
            for day in treasury.DAYS[: rng.randrange(3)]:
                treasury.set_season(world, phone, day)
    luck = rng.choice((0.1, 0.25, 0.5))
    for _ in range(rng.choice((20, 40, 80, 160))):
        world.now_ms += rng.choice((10, 1000, MINUTE_MS, 60 * MINUTE_MS, DAY_MS))
        step(world, luck)
    come_to_rest(world)


def step(world: World, luck: float) -> None:
    """One thing that happens; `luck` is how much of it is bad."""
    phone = world.rng.choice(world.phones)
    if phone.full and world.chance(0.2):
        phone.full = False
        world.tell(f"room again ({phone.name})")
    if world.chance(luck):
        accident(world, phone) if world.chance(0.8) else office(world, phone)
    elif world.chance(0.5):
        trade.something(world, phone)
    else:
        world.sync(phone)


def accident(world: World, phone: Phone) -> None:
    """Something happens to a phone or to the server."""
    what = world.rng.random()
    if what < 0.6:
        _phone_suffers(world, phone)
    elif what < 0.7:
        world.deliver_delayed()
    else:
        _server_suffers(world, phone)


def _phone_suffers(world: World, phone: Phone) -> None:
    rng, what = world.rng, world.rng.random()
    if what < 0.2:
        phone.restart(world.session())
    elif what < 0.42:
        phone.drift_ms = rng.choice(DRIFTS_MS)
        world.note_fault(f"clock off by {phone.drift_ms} ms", phone)
    elif what < 0.5:
        phone.stands_ms = world.now_ms if phone.stands_ms is None else None
        world.note_fault("clock goes again" if phone.stands_ms is None else "clock stutters", phone)
    elif what < 0.6:
        phone.full = not phone.full
        world.note_fault("disk full" if phone.full else "room again", phone)
    elif what < 0.65 and phone.version < DATA_VERSION:
        world.tell(f"app renewed ({phone.name})")
        phone.replica.registry = REGISTRIES[DATA_VERSION]
    elif what < 0.76 and len(world.phones) < 30:
        world.note_fault("phone cloned", phone)
        world.clone(phone)
    elif what < 0.79:
        _lose(world, phone)
    elif what < 0.88:
        world.keep(phone)
    elif phone.kept is not None:
        world.note_fault("phone put back", phone)
        world.put_phone_back(phone)


def _lose(world: World, phone: Phone) -> None:
    """Another phone takes its place."""
    if len(world.phones) > 3:
        world.note_fault("phone lost", phone)
        world.lose_phone(phone)
        if world.accounts[phone.account].coop == phone.coop:
            world.sign_in(world.accounts[phone.account])


def _server_suffers(world: World, phone: Phone) -> None:
    coop, what = world.coops[phone.coop], world.rng.random()
    if what < 0.4:
        coop.back_up()
    elif what < 0.5 and coop.version < DATA_VERSION:
        _upgrade(world, coop)
    elif what < 0.6 and coop.version == DATA_VERSION:
        coop.oldest = 1 if coop.oldest > 1 else DATA_VERSION
        world.tell(f"clients below version {coop.oldest} are told to renew themselves")
    elif coop.backup is not None:
        told, before = world.chance(0.5), coop.version
        world.note_fault("server put back " + ("by the command" if told else "by copying files"))
        coop.put_back(f"history-{world.session()}" if told else None)
        if before > coop.version and world.chance(0.7):
            _upgrade(world, coop)
        if world.chance(0.5):  # the same storm took both
            _lose(world, phone)


def _upgrade(world: World, coop: Coop) -> None:
    world.tell(f"server upgraded to version {DATA_VERSION}")
    if world.chance(0.2):
        world.note_fault("server killed while it learned")
        version = coop.version
        coop.die_during(lambda: coop.upgrade(world.now_ms, world.session()))
        coop.version = version
    coop.upgrade(world.now_ms, world.session())


def office(world: World, phone: Phone) -> None:
    """Accounts change: disabled and let in again, another role, moved away and given back. Managers decide,
    and close seasons."""
    account = world.accounts[phone.account]
    what = world.rng.random()
    if what < 0.25:
        account.disabled = not account.disabled
        world.note_fault("account disabled" if account.disabled else "account let in again", phone)
    elif what < 0.4:
        account.role = MANAGER if account.role == MEMBER else MEMBER
        world.note_fault(f"now a {account.role}", phone)
    elif what < 0.55 and len(world.coops) > 1:
        account.coop = world.rng.randrange(len(world.coops))
        world.note_fault("account moved", phone)
    elif what < 0.75:
        treasury.close_season(world, world.coops[phone.coop])
    else:
        decide_some(world, world.coops[phone.coop])


def come_to_rest(world: World) -> None:
    """The rains end: every account is in order, every phone comes down the ridge until nothing is left to say."""
    world.deliver_delayed()
    for phone in world.phones:
        phone.faults, phone.full, phone.stands_ms = False, False, None
        account = world.accounts[phone.account]
        account.disabled, account.coop = False, phone.coop
        phone.restart(world.session())
    for coop in world.coops:
        coop.oldest = 1
        if world.chance(0.8):
            _upgrade(world, coop)
    for day in range(4):
        for coop in world.coops if day < 2 else ():
            decide_some(world, coop)
            if world.chance(0.6):
                treasury.close_season(world, coop)
        world.now_ms += DAY_MS
        for phone in world.phones:
            assert world.sync(phone), "a sync does not come to its end"
