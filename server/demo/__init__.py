"""The demo: two co-operatives with 23 accounts and a season of trade, written through the engine like everything else.

Nothing here depends on chance: the same day gives the same records. The season ends yesterday, so that the sales book
of a demo made today is not a year old.
"""

import random
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import update
from sqlalchemy.orm import Session

from server import accounts
from server.accounts import Account
from server.board.prices import update_prices
from server.database import now_ms, writing
from server.demo import people, troubles
from server.demo.board import fill_board
from server.demo.people import DemoCoop, Goods
from server.demo.season import DAY_MS, Mutation, Season, uuid7
from server.passwords import hash_password
from server.reconcile import reconcile, record
from server.replicas import Replica
from sync.mutation import Author

BATCH = 1000
SEED = 34_3321

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


def load(sales: int = 5_000) -> None:
    """Fill an empty database; 0 sales leaves the accounts (with their member records) and the co-operatives alone."""
    rng = random.Random(SEED)  # noqa: S311 - nothing secret comes from it
    today = datetime.now(HANOI).replace(hour=0, minute=0, second=0, microsecond=0)
    end_ms = int(today.timestamp()) * 1000
    password_hash = hash_password(people.PASSWORD)
    with writing() as session:
        _account(session, uuid7(end_ms, rng), None, "admin", people.ADMIN_PHONE, people.ADMIN_NAME, password_hash)
    for number, coop in enumerate(people.COOPS):
        share = sales // len(people.COOPS) + (number < sales % len(people.COOPS))
        _load_coop(rng, coop, share, end_ms, password_hash)
    if sales:
        update_prices()


def _load_coop(rng: random.Random, coop: DemoCoop, sales: int, end_ms: int, password_hash: str) -> None:
    with writing() as session:
        coop_id = uuid7(end_ms, rng)
        accounts.create_coop(session, id=coop_id, name=coop.name, place=coop.place)
        phone, name = coop.manager
        manager = _account(session, uuid7(end_ms, rng), coop_id, "manager", phone, name, password_hash)
        own = _author(session, rng, manager)
        record(session, own, coop_id, "member", manager.id, {"name": name, "active": True})
        authors = []
        for position, (name, village) in enumerate(coop.members):
            phone = f"{coop.first_phone + position:010d}"
            member = _account(session, uuid7(end_ms, rng), coop_id, "member", phone, name, password_hash)
            fields = {"name": name, "village": village, "active": True}
            record(session, own, coop_id, "member", member.id, fields)
            authors.append(_author(session, rng, member))
    if not sales:
        return
    seasons = []
    # A season of a few sales only is a quiet one.
    troubled = sales > len(authors) + troubles.SALES
    quiet = sales - troubles.SALES if troubled else sales
    for position, author in enumerate(authors):
        share = quiet // len(authors) + (position < quiet % len(authors))
        season = Season(rng, author.account, _goods_of(coop, position), share, end_ms)
        _push(author, coop_id, list(season.mutations()))
        seasons.append(season)
    _last_seen(rng, authors)
    if troubled:
        for who, mutations in troubles.troubles(rng, seasons, end_ms):
            _push(own if who is None else authors[who], coop_id, mutations)
    with writing() as session:
        tellers = [authors[0].account, authors[4].account]
        fill_board(session, rng, coop_id, coop.place.province_name, tellers, end_ms)


def _last_seen(rng: random.Random, authors: list[Author]) -> None:
    """Some phones synced today, some not for weeks: what a manager looks for first."""
    with writing() as session:
        for author in authors:
            days = rng.choice((0, 0, 1, 1, 2, 4, 9, 20))
            ms = now_ms() - days * DAY_MS - rng.randrange(DAY_MS // 8)
            session.execute(update(Replica).where(Replica.id == author.replica).values(last_sync_at_ms=ms))


def _goods_of(coop: DemoCoop, position: int) -> tuple[Goods, ...]:
    """Four kinds of goods for each member, different ones for neighbours."""
    return tuple(coop.goods[(position + step * 3) % len(coop.goods)] for step in range(4))


def _account(
    session: Session, id: str, coop_id: str | None, role: str, phone: str, name: str, password_hash: str
) -> Account:
    account = Account(
        id=id,
        coop_id=coop_id,
        role=role,
        status="active",
        name=name,
        phone=accounts.normal_phone(phone),
        member_code=accounts.new_member_code(session),
        password_hash=password_hash,
        created_at_ms=now_ms(),
    )
    session.add(account)
    session.flush()
    return account


def _author(session: Session, rng: random.Random, account: Account) -> Author:
    assert account.coop_id
    replica = Replica(id=uuid7(now_ms(), rng), account_id=account.id, coop_id=account.coop_id, created_at_ms=now_ms())
    session.add(replica)
    session.flush()
    return Author(replica.id, account.id, account.role)


def _push(author: Author, coop_id: str, mutations: list[Mutation]) -> None:
    for start in range(0, len(mutations), BATCH):
        with writing() as session:
            reconcile(session, author, coop_id, mutations[start : start + BATCH], limit=1)
