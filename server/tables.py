"""The tables beside the entities' own that make a co-operative's history: its counter, heads, log, reviews, digests.

Written by `server/store/` alone. coop_id comes first in every key and index.
"""

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, String, Table, Text, text

from server.database import Base

COUNTER = Table(
    "coop_counter",
    Base.metadata,
    Column("coop_id", String(36), primary_key=True),
    Column("seq", BigInteger, nullable=False),
    Column("history", String(36), nullable=False),
    Column("safe", BigInteger, nullable=False),
    # The data version whose fields the rows hold (server/entities).
    Column("data_version", Integer, nullable=False, server_default="1"),
)

HEAD = Table(
    "head",
    Base.metadata,
    Column("coop_id", String(36), primary_key=True),
    Column("seq", BigInteger, primary_key=True),
    Column("tag", String(32), nullable=False),
)

# `eff` is empty where it is the key itself; `raw` is the mutation as received.
LOG = Table(
    "mutation",
    Base.metadata,
    Column("coop_id", String(36), primary_key=True),
    Column("key", String(26), primary_key=True),
    Column("entity", String(20)),
    Column("record_id", String(36)),
    Column("raw", Text, nullable=False),
    Column("hash", String(64), nullable=False),
    Column("replica", String(36), nullable=False),
    Column("account", String(36), nullable=False),
    Column("role", String(10), nullable=False),
    Column("arrived_ms", BigInteger, nullable=False),
    Column("eff", String(26)),
    Column("ahead", Boolean, nullable=False),
    Column("outcome", String(10), nullable=False),
    Column("errors", Text),
    Column("seq", BigInteger, nullable=False),
    Column("arrived_seq", BigInteger, nullable=False),
    Column("anew", Boolean, nullable=False),
    Column("note", Text),
)
Index("ix_mutation_record", LOG.c.coop_id, LOG.c.record_id, LOG.c.arrived_seq)
Index(
    "ix_mutation_eff",
    LOG.c.coop_id,
    LOG.c.eff,
    sqlite_where=text("eff IS NOT NULL"),
    postgresql_where=text("eff IS NOT NULL"),
)
Index(
    "ix_mutation_anew",
    LOG.c.coop_id,
    LOG.c.replica,
    LOG.c.seq,
    sqlite_where=text("anew = 1"),
    postgresql_where=text("anew"),
)

REVIEW = Table(
    "review",
    Base.metadata,
    Column("coop_id", String(36), primary_key=True),
    Column("id", String(36), primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("status", String(10), nullable=False),
    Column("entity", String(20)),
    Column("record_id", String(36)),
    Column("field", String(40)),
    Column("about", String(80), nullable=False),
    Column("sides", Text, nullable=False),
    Column("keys", Text, nullable=False),
    Column("opened_ms", BigInteger, nullable=False),
    Column("closed_ms", BigInteger),
    Column("action", String(20)),
    Column("value", Text),
    Column("note", Text),
    Column("resolved_by", String(36)),
)
Index("ix_review_record", REVIEW.c.coop_id, REVIEW.c.record_id)
Index("ix_review_status", REVIEW.c.coop_id, REVIEW.c.status, REVIEW.c.opened_ms)

DIGEST = Table(
    "digest",
    Base.metadata,
    Column("coop_id", String(36), primary_key=True),
    Column("scope", String(36), primary_key=True),
    Column("entity", String(20), primary_key=True),
    Column("count", BigInteger, nullable=False),
    Column("total", BigInteger, nullable=False),
)
