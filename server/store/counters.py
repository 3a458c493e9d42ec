"""A co-operative's counter: where its history stands, how much of it is in a backup, which data version it holds."""

from __future__ import annotations

from sqlalchemy import exists, select, update
from sqlalchemy.orm import Session

from server.database import new_id
from server.entities.definition import DATA_VERSION
from server.tables import COUNTER, HEAD


def open_coop(session: Session, coop_id: str) -> None:
    """Begin a co-operative's history."""
    first = {"seq": 0, "history": new_id(), "safe": 0, "data_version": DATA_VERSION}
    session.execute(COUNTER.insert().values(coop_id=coop_id, **first))


def has_coop(session: Session, coop_id: str) -> bool:
    return session.scalar(select(COUNTER.c.seq).where(COUNTER.c.coop_id == coop_id)) is not None


def raise_safe(session: Session, coop_id: str, history: str, seq: int, tag: str) -> None:
    """A verified backup holds everything up to `seq`, if this is still the database that it was made from."""
    same_past = exists().where(HEAD.c.coop_id == coop_id, HEAD.c.seq == seq, HEAD.c.tag == tag)
    lower = update(COUNTER).where(COUNTER.c.coop_id == coop_id, COUNTER.c.history == history, COUNTER.c.safe < seq)
    session.execute(lower.where(same_past).values(safe=seq))


def data_versions(session: Session) -> dict[str, int]:
    """The data version whose fields its rows hold, of each co-operative."""
    found = session.execute(select(COUNTER.c.coop_id, COUNTER.c.data_version).order_by(COUNTER.c.coop_id))
    return {row.coop_id: row.data_version for row in found}


def raise_data_version(session: Session, coop_id: str) -> None:
    """The co-operative's rows hold what this release knows."""
    session.execute(update(COUNTER).where(COUNTER.c.coop_id == coop_id).values(data_version=DATA_VERSION))


def draw_history(session: Session, coop_id: str) -> None:
    """Begin another history: every phone then reads from the beginning and sends again what it holds."""
    session.execute(update(COUNTER).where(COUNTER.c.coop_id == coop_id).values(history=new_id()))
