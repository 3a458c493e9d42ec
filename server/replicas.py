"""Replicas: the phones (installations) that accounts use. A reference table, not synced."""

from __future__ import annotations

from sqlalchemy import BigInteger, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from server.accounts import Account
from server.database import Base, Id, Ms, new_id, now_ms
from server.problems import InvalidError, ReplicaTakenError
from sync.mutation import is_id


class Replica(Base):
    """One account in one co-operative on one installation, for ever the same three.

    No foreign keys: a server restored from a backup adopts replicas of accounts that it lost.
    """

    __tablename__ = "replica"

    id: Mapped[Id] = mapped_column(primary_key=True)
    account_id: Mapped[Id] = mapped_column(index=True)
    coop_id: Mapped[Id] = mapped_column(index=True)
    created_at_ms: Mapped[Ms]
    last_sync_at_ms: Mapped[Ms | None]
    # What the phone itself said last (server/phones.py); all null where it never did.
    told_at_ms: Mapped[Ms | None]
    app_version: Mapped[str | None] = mapped_column(String(40))
    unsent: Mapped[int | None] = mapped_column(BigInteger)
    clock_error_ms: Mapped[Ms | None]


def phones_of(session: Session, account: Account) -> list[Replica]:
    """The replicas of an account, the one that synced last first."""
    found = session.scalars(select(Replica).where(Replica.account_id == account.id))
    return sorted(found, key=lambda replica: replica.last_sync_at_ms or 0, reverse=True)


def take_replica(session: Session, account: Account, wanted: str | None) -> str | None:
    """The replica that this account writes with on this installation; admins write with none.

    Its own in its co-operative is taken up again, an unknown id adopted, otherwise one is made:
    an account that moved to another co-operative starts a new one.
    Raises InvalidError for what is no canonical UUID, ReplicaTakenError for another account's.
    """
    if wanted is not None and not is_id(wanted):
        raise InvalidError(errors={"replica": ["invalid"]})
    if account.coop_id is None:
        return None
    known = session.get(Replica, wanted) if wanted else None
    if known is not None:
        if known.account_id != account.id:
            raise ReplicaTakenError
        if known.coop_id == account.coop_id:
            return known.id
    fresh = wanted if wanted and known is None else new_id()
    return new_replica(session, fresh, account.id, account.coop_id).id


def new_replica(session: Session, id: str, account_id: str, coop_id: str) -> Replica:
    """A row for a replica that the server does not know, yet or any more."""
    row = Replica(id=id, account_id=account_id, coop_id=coop_id, created_at_ms=now_ms())
    session.add(row)
    session.flush()
    return row
