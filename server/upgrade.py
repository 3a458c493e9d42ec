"""Bringing what a database holds to this release's data version, once its tables are at the last migration."""

import secrets

from sqlalchemy import select, update

from server.database import now_ms, reading, writing
from server.entities import REGISTRY
from server.entities.definition import DATA_VERSION
from server.store import SqlStore
from server.tables import COUNTER
from sync.learn import learn


def learn_new_fields() -> dict[str, int]:
    """Read the log of each co-operative that is at an earlier data version; how many records changed, by its id.

    Each in a transaction of its own, behind the lock that its writes take: stopped halfway it is done again where it
    was not done, and phones may sync meanwhile.
    """
    behind = COUNTER.c.data_version < DATA_VERSION
    with reading() as session:
        coop_ids = session.scalars(select(COUNTER.c.coop_id).where(behind).order_by(COUNTER.c.coop_id)).all()
    return {coop_id: _learn(coop_id) for coop_id in coop_ids}


def _learn(coop_id: str) -> int:
    with writing() as session:
        store = SqlStore(session, coop_id)
        store.lock()
        mine = COUNTER.c.coop_id == coop_id
        from_version: int = session.scalars(select(COUNTER.c.data_version).where(mine)).one()
        changed = learn(store, REGISTRY, from_version, now_ms(), secrets.token_hex(8))
        session.execute(update(COUNTER).where(mine).values(data_version=DATA_VERSION))
    return changed
