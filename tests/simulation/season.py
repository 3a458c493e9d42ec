"""A season from a seed: weeks of trade by people who know nothing of clocks and networks, then quiet."""

from typing import Any

from tests.simulation.managers import decide_some
from tests.simulation.world import DAY_MS, MANAGER, MEMBER, MINUTE_MS, YEAR_MS, Coop, Phone, World

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
            _list_goods(world, phone)
    luck = rng.choice((0.1, 0.25, 0.5))
    for _ in range(rng.choice((20, 40, 80, 160))):
        world.now_ms += rng.choice((10, 1000, MINUTE_MS, 60 * MINUTE_MS, DAY_MS))
        step(world, luck)
    come_to_rest(world)


def step(world: World, luck: float) -> None:
    """One thing that happens; `luck` is how much of it is bad."""
    phone = world.rng.choice(world.phones)
    if world.chance(luck):
        accident(world, phone) if world.chance(0.8) else office(world, phone)
    elif world.chance(0.5):
        trade(world, phone)
    else:
        world.sync(phone)


def trade(world: World, phone: Phone) -> None:
    """Somebody records something: a sale, a correction, a void, a price, a stock entry, a note."""
    rng, seen = world.rng, phone.replica.confirmed
    sales = [id for entity, id in seen if entity == "sale"]
    sales += [p.mutation["id"] for p in phone.replica.outbox if p.mutation["entity"] == "sale"]
    listings = [id for entity, id in seen if entity == "listing" and _writable(world, phone, entity, id)]
    what = rng.random()
    if what < 0.4 or not sales:
        _sell(world, phone, listing_id=rng.choice(listings)) if listings else _sell(world, phone)
    elif what < 0.55:
        sale = rng.choice(sales)
        world.record(phone, "sale", {"voided": True, "void_reason": rng.choice("abc")}, sale)
        if world.chance(0.6):
            _sell(world, phone, replaces_id=sale)
    elif what < 0.7:
        world.record(phone, "sale", {"note": f"note {rng.randrange(4)}"}, rng.choice(sales))
    elif what < 0.75:
        _list_goods(world, phone)
    elif listings and what < 0.9:
        world.record(phone, "listing", {"price_vnd": rng.randrange(5)}, rng.choice(listings))
    elif listings:
        quantity = rng.choice((1000, 5000, -1000))
        values = {"listing_id": rng.choice(listings), "quantity_milli": quantity, "kind": "adjust"}
        world.record(phone, "stock_entry", values | {"member_id": _owner(world, phone)})
    if world.chance(0.04):
        world.note_fault("something odd was recorded", phone)
        _odd(world, phone)


def accident(world: World, phone: Phone) -> None:
    """Something happens to a phone or to the server."""
    rng = world.rng
    coop = world.coops[phone.coop]
    what = rng.random()
    if what < 0.15:
        world.restart(phone)
    elif what < 0.35:
        phone.drift_ms = rng.choice(DRIFTS_MS)
        world.note_fault(f"clock off by {phone.drift_ms} ms", phone)
    elif what < 0.42 and len(world.phones) < 30:
        world.note_fault("phone cloned", phone)
        world.clone(phone)
    elif what < 0.52:
        world.keep(phone)
    elif what < 0.6 and phone.kept is not None:
        world.note_fault("phone put back", phone)
        world.put_phone_back(phone)
    elif what < 0.75:
        world.deliver_delayed()
    elif what < 0.88:
        world.back_up(coop)
    elif coop.backup is not None:
        _server_back(world, coop)


def office(world: World, phone: Phone) -> None:
    """Accounts change: disabled and let in again, another role, moved away and given back. Managers decide."""
    account = world.accounts[phone.account]
    what = world.rng.random()
    if what < 0.3:
        account.disabled = not account.disabled
        world.note_fault("account disabled" if account.disabled else "account let in again", phone)
    elif what < 0.5:
        account.role = MANAGER if account.role == MEMBER else MEMBER
        world.note_fault(f"now a {account.role}", phone)
    elif what < 0.7 and len(world.coops) > 1:
        account.coop = world.rng.randrange(len(world.coops))
        world.note_fault("account moved", phone)
    else:
        decide_some(world, world.coops[phone.coop])


def come_to_rest(world: World) -> None:
    """The rains end: every account is in order, every phone comes down the ridge until nothing is left to say."""
    world.deliver_delayed()
    for phone in world.phones:
        phone.faults = False
        account = world.accounts[phone.account]
        account.disabled, account.coop = False, phone.coop
    for coop in world.coops:
        decide_some(world, coop)
    for _ in range(3):
        world.now_ms += DAY_MS
        for phone in world.phones:
            world.sync(phone)


def _server_back(world: World, coop: Coop) -> None:
    told = world.chance(0.5)
    world.note_fault("server put back " + ("by the command" if told else "by copying files"))
    world.put_server_back(coop, told=told)


def _writable(world: World, phone: Phone, entity: str, id: str) -> bool:
    row = phone.replica.confirmed[entity, id]["row"]
    return world.accounts[phone.account].role == MANAGER or row["member_id"] == phone.account


def _owner(world: World, phone: Phone) -> str | None:
    """Whose goods: the own, or for a manager anybody's of the co-operative."""
    if world.accounts[phone.account].role == MEMBER:
        return phone.account
    people = [account.id for account in world.accounts.values() if account.coop == phone.coop]
    return world.rng.choice([None, *people])


def _sell(world: World, phone: Phone, **extra: Any) -> None:
    values = {
        "product_name": "Mật ong",
        "unit": "lít",
        "quantity_milli": world.rng.choice((500, 1000, 2500)),
        "unit_price_vnd": 1000,
        "total_vnd": world.rng.randrange(1, 10**6),
        "sold_at": "2026-11-18T02:10:00Z",
        "payment": "cash",
        "member_id": _owner(world, phone),
        "money_with": "member",
    }
    world.record(phone, "sale", values | extra)


def _list_goods(world: World, phone: Phone) -> None:
    values = {"product_name": "Chè", "unit": "kg", "price_vnd": 5, "member_id": _owner(world, phone)}
    id = world.record(phone, "listing", values)
    stock = {"listing_id": id, "quantity_milli": 3000, "kind": "harvest", "member_id": values["member_id"]}
    world.record(phone, "stock_entry", stock)


def _odd(world: World, phone: Phone) -> None:
    """What a broken or hostile client might record."""
    rng = world.rng
    neighbours = [p for other in world.phones if other.coop == phone.coop for p in other.replica.outbox]
    sales = [p.mutation["id"] for p in neighbours if p.mutation["entity"] == "sale"]
    sale = rng.choice(sales) if sales else world.id()
    odd: list[dict[str, Any]] = [{"total_vnd": 1}, {"note": 7}, {"coop_id": "x"}, {"counts": True}, {"smell": "thyme"}]
    odd += [{"note": "of a stranger"}] * 5
    world.record(phone, "sale", rng.choice(odd), rng.choice((sale, world.id())))
