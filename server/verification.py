"""Whether a database is whole: everything that is kept up to date with each write, computed again from the rows."""

from __future__ import annotations

import json
from collections import defaultdict

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from server.accounts import Coop
from server.entities import DEFINITIONS
from server.entities.definition import Definition
from server.rows import record_of
from server.tables import COUNTER, DIGEST, HEAD, LOG
from sync.fingerprint import DIGEST_MODULUS, fingerprint
from sync.mutation import content_text, text_hash
from sync.store import WHOLE

ROWS_AT_ONCE = 1000


class DamagedError(Exception):
    """A database that does not agree with itself; the message says where."""

    code = "damaged"


def verify(session: Session) -> dict[str, int]:
    """Raises DamagedError unless everything agrees; what there is, by name, for whoever is told."""
    _check_file(session)
    last_seq = {row.coop_id: row.seq for row in session.execute(select(COUNTER))}
    if last_seq.keys() != set(session.scalars(select(Coop.id))):
        raise DamagedError("Co-operatives and their counters differ.")
    counts = {"co-operatives": len(last_seq), "mutations": _check_log(session, last_seq)}
    sums: dict[tuple[str, str, str], list[int]] = defaultdict(lambda: [0, 0])
    for name, definition in DEFINITIONS.items():
        counts[name] = _check_records(session, definition, last_seq, sums)
    _check_digests(session, sums)
    _check_counters(session, last_seq)
    return counts


def _check_file(session: Session) -> None:
    if session.get_bind().dialect.name == "sqlite":
        problems = session.scalars(text("PRAGMA integrity_check")).all()
        if problems != ["ok"]:
            raise DamagedError(f"The file is damaged: {problems[0]}")
        if session.execute(text("PRAGMA foreign_key_check")).first():
            raise DamagedError("An account or a code names a co-operative that is not there.")


def _check_log(session: Session, last_seq: dict[str, int]) -> int:
    query = select(LOG.c.coop_id, LOG.c.key, LOG.c.raw, LOG.c.hash, LOG.c.seq, LOG.c.arrived_seq)
    count = 0
    for row in session.execute(query, execution_options={"yield_per": ROWS_AT_ONCE}):
        count += 1
        raw = json.loads(row.raw)
        # Of one that was too large only the beginning was kept; of somebody who was erased, other words.
        other = isinstance(raw, dict) and ("cut" in raw or "erased" in raw)
        if not other and text_hash(content_text(raw)) != row.hash:
            raise DamagedError(f"Mutation {row.key} is not what arrived.")
        if not 0 < row.arrived_seq <= row.seq <= last_seq.get(row.coop_id, -1):
            raise DamagedError(f"Mutation {row.key} has no place in its co-operative's order.")
    return count


def _check_records(
    session: Session,
    definition: Definition,
    last_seq: dict[str, int],
    sums: dict[tuple[str, str, str], list[int]],
) -> int:
    rules, count = definition.rules, 0
    query = select(definition.table).execution_options(yield_per=ROWS_AT_ONCE)
    for row in session.execute(query).mappings():
        count += 1
        record = record_of(definition, row)
        if not record.stamps and record.seq == 0:
            continue  # of goods that have not arrived: only what is left of them is known
        if not 0 < record.seq <= last_seq.get(row["coop_id"], -1):
            raise DamagedError(f"{rules.name} {record.id} has no place in its co-operative's order.")
        if not record.complete:
            continue
        if not rules.required <= record.stamps.keys():
            raise DamagedError(f"{rules.name} {record.id} lacks a field.")
        if record.fp != fingerprint(rules.name, record.id, record.stamps):
            raise DamagedError(f"{rules.name} {record.id} differs from its fingerprint.")
        for scope in {WHOLE, record.owner(rules) or WHOLE}:
            held = sums[row["coop_id"], scope, rules.name]
            held[0] += 1
            held[1] = (held[1] + record.fp) % DIGEST_MODULUS
    return count


def _check_digests(session: Session, sums: dict[tuple[str, str, str], list[int]]) -> None:
    kept = {(row.coop_id, row.scope, row.entity): [row.count, row.total] for row in session.execute(select(DIGEST))}
    for key in kept.keys() | sums.keys():
        if kept.get(key, [0, 0]) != sums.get(key, [0, 0]):
            raise DamagedError(f"The digest of {key[2]} differs from the records.")


def _check_counters(session: Session, last_seq: dict[str, int]) -> None:
    query = select(HEAD.c.coop_id, func.max(HEAD.c.seq).label("last")).group_by(HEAD.c.coop_id)
    heads = {row.coop_id: row.last for row in session.execute(query)}
    for coop_id, seq in last_seq.items():
        if heads.get(coop_id, 0) != seq:
            raise DamagedError("A co-operative's counter differs from its last transaction.")
    if session.scalar(select(func.count()).where(COUNTER.c.safe > COUNTER.c.seq)):
        raise DamagedError("More is said to be safe than there is.")
