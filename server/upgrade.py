"""Bringing what a database holds to this release's data version, once its tables are at the last migration."""

import secrets

from server.database import now_ms, reading, writing
from server.entities import REGISTRY
from server.entities.definition import DATA_VERSION
from server.store import SqlStore
from server.store.counters import data_versions, raise_data_version
from sync.learn import learn


def learn_new_fields() -> dict[str, int]:
    """Read the log of each co-operative that is at an earlier data version; how many records changed, by its id.

    Each in a transaction of its own, behind the lock that its writes take: stopped halfway it is done again where it
    was not done, and phones may sync meanwhile.
    """
    with reading() as session:
        versions = data_versions(session)
    return {coop_id: _learn(coop_id) for coop_id, version in versions.items() if version < DATA_VERSION}


def _learn(coop_id: str) -> int:
    with writing() as session:
        store = SqlStore(session, coop_id)
        store.lock()
        from_version = data_versions(session)[coop_id]
        changed = learn(store, REGISTRY, from_version, now_ms(), secrets.token_hex(8))
        raise_data_version(session, coop_id)
    return changed
