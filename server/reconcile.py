"""The one door for writes: whoever changes synced records, a phone or the server itself, comes through here."""

import os
import secrets
import threading
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.accounts import Account
from server.database import new_id, now_ms
from server.entities import REGISTRY
from server.entities.definition import DATA_VERSION
from server.problems import ForbiddenError
from server.replicas import Replica, new_replica
from server.reviews.watch import detection
from server.store import SqlStore
from server.store.counters import has_coop
from server.tokens import Claims, derive_key
from sync import engine
from sync.mutation import Author
from sync.review import NOTHING_AGREED, Agreed
from sync.rules import MANAGER, MEMBER, UNTOLD_VERSION
from sync.stamps import Clock

_clocks: dict[int, Clock] = {}
_clock_lock = threading.Lock()


def author_of(session: Session, claims: Claims, replica_id: str, *, writable: bool = True) -> tuple[Author, str]:
    """Who sends, and to which co-operative: role, status and co-operative as the database has them now.

    A write locks the co-operative before it reads what judging depends on: what waited is judged by what is true then.
    A replica that the database does not know is adopted if the signed token names it: the server may have been
    restored from a backup. Raises ForbiddenError for a replica of somebody else and for admins, who work on line.
    """
    replica = session.get(Replica, replica_id)
    coop_id = replica.coop_id if replica is not None else _coop_to_adopt_in(session, claims, replica_id)
    if writable:
        SqlStore(session, coop_id).lock()
    # Another request may have adopted it while this one waited.
    replica = replica or session.get(Replica, replica_id)
    if replica is None:
        replica = new_replica(session, replica_id, claims.account_id, coop_id)
    if replica.account_id != claims.account_id:
        raise ForbiddenError("This replica belongs to another account.")
    account = session.get(Account, claims.account_id)
    if account is None or account.coop_id != replica.coop_id:
        # Gone, moved or made admin. A role elsewhere gives no right here, also when a manager accepts what is held.
        return Author(replica.id, claims.account_id, MEMBER, held=True), replica.coop_id
    return Author(replica.id, claims.account_id, account.role, held=not account.active), replica.coop_id


def _coop_to_adopt_in(session: Session, claims: Claims, replica_id: str) -> str:
    if claims.replica != replica_id or claims.coop_id is None or not has_coop(session, claims.coop_id):
        raise ForbiddenError("This account has no such replica.")
    return claims.coop_id


def reconcile(
    session: Session,
    author: Author,
    coop_id: str,
    mutations: Sequence[object],
    *,
    cursor: object = None,
    limit: int = engine.DEFAULT_LIMIT,
    version: int = UNTOLD_VERSION,
    writable: bool = True,
    agreed: Agreed = NOTHING_AGREED,
) -> dict[str, Any]:
    """Answer one sync request inside the session's transaction; what is `agreed` is not asked about.

    Raises sync.errors.ReadOnlyError in a read.
    """
    store = SqlStore(session, coop_id)
    if writable:
        store.lock()
    inspect = detection(session, coop_id)
    drawn = (now_ms(), secrets.token_hex(8), new_id(), derive_key("cursors"))
    around = engine.Surroundings(*drawn, writable, inspect, agreed)
    return engine.sync(store, REGISTRY, author, mutations, cursor, limit, around, version)


def own_author(session: Session, coop_id: str) -> Author:
    """The server's own replica in a co-operative: what it records itself is recorded as the co-operative's."""
    SqlStore(session, coop_id).lock()  # two at once must not make two
    replica = session.scalar(select(Replica).where(Replica.account_id == coop_id, Replica.coop_id == coop_id))
    if replica is None:
        replica = new_replica(session, new_id(), coop_id, coop_id)
    return Author(replica.id, coop_id, MANAGER)


def record(
    session: Session,
    author: Author,
    coop_id: str,
    entity: str,
    id: str,
    values: Mapping[str, Any],
    base: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """Record from the server itself; the receipt of its one mutation. `base`: the stamps of what it replaces."""
    said = {"entity": entity, "id": id, "set": dict(values), "base": dict(base or {})}
    mutation = {"at": own_stamp(), "v": DATA_VERSION, **said}
    answer = reconcile(session, author, coop_id, [mutation], limit=1)
    receipt: dict[str, Any] = answer["receipts"][0]
    return receipt


def own_stamp() -> str:
    """A stamp of the server itself: each process has a session of its own, as a phone has one for each start."""
    with _clock_lock:
        clock = _clocks.setdefault(os.getpid(), Clock(secrets.token_hex(4)))
        return clock.read(now_ms())
