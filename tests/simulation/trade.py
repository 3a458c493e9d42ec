"""What people record: sales, corrections, voids, prices, stock, who they are; and what broken clients make of it."""

from typing import Any

from tests.simulation import treasury
from tests.simulation.phones import Phone
from tests.simulation.world import MANAGER, MEMBER, World

LANGUAGES = {1: ("tiếng việt", "Dao", "hmn", "Anh"), 2: ("vi", "hmn", "anh", "ium-Latn")}


def something(world: World, phone: Phone) -> None:
    """Somebody records something: a sale, a correction, a void, a price, a stock entry, a note."""
    rng, seen = world.rng, phone.replica.confirmed
    sales = [id for entity, id in seen if entity == "sale"]
    sales += [p.mutation["id"] for p in phone.replica.outbox if p.mutation["entity"] == "sale"]
    listings = [id for entity, id in seen if entity == "listing" and _writable(world, phone, entity, id)]
    what = rng.random()
    if world.accounts[phone.account].role == MANAGER and treasury.knows(phone) and world.chance(0.25):
        treasury.tend(world, phone, rng.choice(_people(world, phone)))
    elif what < 0.4 or not sales:
        sell(world, phone, listing_id=rng.choice(listings)) if listings else sell(world, phone)
    elif what < 0.5:
        sale = rng.choice(sales)
        world.record(phone, "sale", {"voided": True, "void_reason": rng.choice("abc")}, sale)
        if world.chance(0.6):
            sell(world, phone, replaces_id=sale)
    elif what < 0.7:
        world.record(phone, "sale", _edit(world, phone), rng.choice(sales[:2]))
    elif what < 0.73:
        world.record(phone, "sale", {"settled": True}, rng.choice(sales))
    elif what < 0.75:
        list_goods(world, phone)
    elif what < 0.84:
        introduce(world, phone)
    elif listings and what < 0.91:
        world.record(phone, "listing", {"price_vnd": rng.randrange(5)}, rng.choice(listings))
    elif listings:
        quantity = rng.choice((1000, 5000, -1000))
        values = {"listing_id": rng.choice(listings), "quantity_milli": quantity, "kind": "adjust"}
        world.record(phone, "stock_entry", values | {"member_id": _owner(world, phone)})
    if world.chance(0.04):
        world.note_fault("something odd was recorded", phone)
        _odd(world, phone)


def _edit(world: World, phone: Phone) -> dict[str, Any]:
    """A note, and in an app that knows of it the day when the money is due."""
    note = {"note": f"note {world.rng.randrange(4)}"}
    due = {"due_on": f"2026-12-0{world.rng.randrange(1, 5)}"} if phone.version > 1 else {}
    return world.rng.choice((note, note | due, due or note))


def introduce(world: World, phone: Phone) -> None:
    """A member says which language to use, in the words of the app's version; a manager writes members down."""
    language = {"language": world.rng.choice(LANGUAGES[min(phone.version, 2)])}
    if world.accounts[phone.account].role == MEMBER:
        world.record(phone, "member", language, phone.account)
    else:
        world.record(phone, "member", {"name": "Sùng"} | language, world.rng.choice(_people(world, phone)))


def _writable(world: World, phone: Phone, entity: str, id: str) -> bool:
    row = phone.replica.confirmed[entity, id]["row"]
    return world.accounts[phone.account].role == MANAGER or row["member_id"] == phone.account


def _owner(world: World, phone: Phone) -> str | None:
    """Whose goods: the own, or for a manager anybody's of the co-operative."""
    if world.accounts[phone.account].role == MEMBER:
        return phone.account
    return world.rng.choice([None, *_people(world, phone)])


def _people(world: World, phone: Phone) -> list[str]:
    return [account.id for account in world.accounts.values() if account.coop == phone.coop] or [phone.account]


def sell(world: World, phone: Phone, **extra: Any) -> None:
    values = {
        "product_name": "Mật ong",
        "unit": "lít",
        "quantity_milli": world.rng.choice((500, 1000, 2500)),
        "unit_price_vnd": 1000,
        "total_vnd": world.rng.randrange(1, 10**6),
        "sold_at": world.rng.choice(treasury.MOMENTS),
        "payment": world.rng.choice(("cash", "transfer", "credit")),
        "member_id": _owner(world, phone),
        "money_with": world.rng.choice(("member", "coop")),
    }
    world.record(phone, "sale", values | extra)


def list_goods(world: World, phone: Phone) -> None:
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
    odd += [{"note": "of a stranger"}] * 5 + [{"due_on": "2026-12-09"}, {"due_on": "tomorrow"}]
    world.record(phone, "sale", rng.choice(odd), rng.choice((sale, world.id())))
    if treasury.knows(phone):
        paid = [id for entity, id in phone.replica.confirmed if entity == "payment"]
        if paid and world.chance(0.5):
            world.record(phone, "payment", rng.choice(({"amount_vnd": 7}, {"note": "mine"})), rng.choice(paid))
        else:
            treasury.pay(world, phone, phone.account)
