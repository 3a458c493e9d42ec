"""Member records follow their accounts: recorded by the server's own replica, through the one door for writes."""

from __future__ import annotations

from sqlalchemy import select, true
from sqlalchemy.orm import Session

from server.accounts import Account
from server.entities import DEFINITIONS
from server.reconcile import own_author, record
from server.store import SqlStore


def enter_member(session: Session, account: Account) -> None:
    """Give an account its member record in the co-operative where it is, unless it has one from before."""
    assert account.coop_id is not None
    _say(session, account, account.coop_id, active=None)


def move_member(session: Session, account: Account, left: str | None) -> None:
    """After an account came from the co-operative `left`: no member there any more, and one where it is now.

    Nothing changes while it stays where it was, so what a manager said of its member record stands.
    """
    if left == account.coop_id:
        if account.coop_id is not None:
            enter_member(session, account)
        return
    # In the order of ids: two who move at once wait for each other, never in a ring.
    for coop_id in sorted(filter(None, (left, account.coop_id))):
        _say(session, account, coop_id, active=coop_id == account.coop_id)


def _say(session: Session, account: Account, coop_id: str, *, active: bool | None) -> None:
    """`active` None: as it is. The record is made where there is none, unless it would say that somebody left."""
    own = own_author(session, coop_id)  # locks, so what is read next stays true
    found = next(iter(SqlStore(session, coop_id).records("member", [account.id])), None)
    if found is None or not found.complete:
        if active is not False:
            record(session, own, coop_id, "member", account.id, {"name": account.name, "active": True})
    elif active is not None and found.fields.get("active", True) != active:
        base = {"active": found.stamps["active"]} if "active" in found.stamps else {}
        record(session, own, coop_id, "member", account.id, {"active": active}, base)


def member_name(session: Session, coop_id: str, member_id: str) -> str | None:
    """The name in a member record; None when the co-operative has no such member."""
    member = DEFINITIONS["member"].table
    name: str | None = session.scalar(
        select(member.c.name).where(member.c.coop_id == coop_id, member.c.id == member_id, member.c.complete == true())
    )
    return name
