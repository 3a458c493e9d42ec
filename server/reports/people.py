"""Who sends how late, and who stopped: from when records arrived, not from what anybody's clock says of itself."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import TIMESTAMP, BigInteger, ColumnElement, cast, extract, func, select
from sqlalchemy.orm import Session

from server.accounts import Account
from server.database import now_ms
from server.replicas import Replica
from server.reports.asked import COUNT, MEMBER, SALE, Asked, Rows, coops_of, live_sales, names_of
from server.tokens import RefreshFamily
from server.viewer import Viewer
from sync.review import instant

DAY_MS = 24 * 60 * 60 * 1000
SILENT_DAYS = 30
UNIX_EPOCH = 2440587.5  # as a Julian day
# Records of an import (server/imports): they say nothing about phones.
_FROM_PHONE = SALE.c.id.not_like("______________8%")

Key = tuple[str, str]


def lateness(session: Session, viewer: Viewer, asked: Asked) -> Rows:
    """Of each member: how many sales came, and how many days after the sale; the latest on average first."""
    names, coops, last = names_of(session, viewer), coops_of(session, viewer), last_syncs(session, viewer)
    late = _late_ms(session)
    query = (
        select(SALE.c.coop_id, SALE.c.member_id, COUNT, func.avg(late), func.max(late))
        .where(*live_sales(session, viewer, asked), _FROM_PHONE, SALE.c.member_id != "")
        .group_by(SALE.c.coop_id, SALE.c.member_id)
    )
    rows = [
        {
            "member_name": names.get((coop_id, member_id)),
            "coop_name": coops[coop_id].name,
            "last_sync_at": _said(last.get((coop_id, member_id))),
            "count": count,
            "late_days": round(float(mean) / DAY_MS, 1),
            "late_days_max": round(float(most) / DAY_MS, 1),
        }
        for coop_id, member_id, count, mean, most in session.execute(query)
    ]
    return sorted(rows, key=lambda row: row["late_days"], reverse=True)


def _late_ms(session: Session) -> ColumnElement[int]:
    """From the sale to its arrival, 0 where a clock was ahead. The one thing that the databases do not say alike."""
    if session.get_bind().dialect.name == "postgresql":
        moment = cast(func.substr(SALE.c.sold_at, 1, 19) + "Z", TIMESTAMP(timezone=True))
        return func.greatest(0, SALE.c.since_ms - cast(extract("epoch", moment) * 1000, BigInteger))
    # Of two arguments it is no aggregate; a CASE would reckon each day four times.
    return func.max(0, SALE.c.since_ms - cast((func.julianday(SALE.c.sold_at) - UNIX_EPOCH) * DAY_MS, BigInteger))


def last_syncs(session: Session, viewer: Viewer) -> dict[Key, int | None]:
    """When any phone of a member last synced, by co-operative and account; None: it has one, which never did."""
    query = select(Replica.coop_id, Replica.account_id, func.max(Replica.last_sync_at_ms))
    if viewer.coop_id is not None:
        query = query.where(Replica.coop_id == viewer.coop_id)
    found = session.execute(query.group_by(Replica.coop_id, Replica.account_id))
    return {(coop_id, account_id): last_ms for coop_id, account_id, last_ms in found}


def stopped(session: Session, viewer: Viewer, _asked: Asked) -> Rows:
    """Members of whom no sale of the last 30 days is known, or who left; and why, as far as that is known."""
    coops, last = coops_of(session, viewer), last_syncs(session, viewer)
    sold = _last_sales(session, viewer)
    recent = (datetime.now(UTC) - timedelta(days=SILENT_DAYS)).strftime("%Y-%m-%dT%H:%M:%S")
    rows = []
    for member in _members(session, viewer):
        key = (member["coop_id"], member["id"])
        if member["role"] in ("manager", "admin"):
            continue
        if member["active"] is not False and sold.get(key, "") >= recent:
            continue
        row = {
            "member_name": member["name"],
            "coop_name": coops[member["coop_id"]].name,
            "last_sale_at": sold.get(key),
            "last_sync_at": _said(last.get(key)),
        }
        rows.append({**row, "reason": _reason(member, key in last, last.get(key))})
    return sorted(rows, key=lambda row: str(row["last_sale_at"] or ""), reverse=True)


def _members(session: Session, viewer: Viewer) -> Rows:
    """Every member with the account's state, and whether a sign-in of theirs stands."""
    signed_in = (
        select(func.count())
        .where(RefreshFamily.account_id == MEMBER.c.id, RefreshFamily.revoked_at_ms.is_(None))
        .correlate(MEMBER)
        .scalar_subquery()
    )
    account: tuple[Any, ...] = (Account.role, Account.status, Account.coop_id.label("now_in"))
    columns = (MEMBER.c.coop_id, MEMBER.c.id, MEMBER.c.name, MEMBER.c.active, *account, signed_in.label("signed_in"))
    query = select(*columns).join(Account, Account.id == MEMBER.c.id, isouter=True).where(MEMBER.c.complete.is_(True))
    if viewer.coop_id is not None:
        query = query.where(MEMBER.c.coop_id == viewer.coop_id)
    return [dict(row) for row in session.execute(query).mappings()]


def _reason(member: dict[str, Any], has_phone: bool, last_ms: int | None) -> str:
    if member["now_in"] is not None and member["now_in"] != member["coop_id"]:
        return "moved"
    if member["active"] is False:
        return "left"
    if member["status"] == "disabled":
        return "disabled"
    if not has_phone:
        return "never_invited"
    if last_ms is None:
        return "never_sent"
    if not member["signed_in"]:
        return "phone_revoked"
    return "sends_no_sales" if last_ms >= now_ms() - SILENT_DAYS * DAY_MS else "silent"


def _last_sales(session: Session, viewer: Viewer) -> dict[Key, str]:
    last = func.max(SALE.c.sold_at)
    query = select(SALE.c.coop_id, SALE.c.member_id, last).where(*live_sales(session, viewer, Asked()))
    found = session.execute(query.group_by(SALE.c.coop_id, SALE.c.member_id))
    return {(coop_id, member_id): sold_at for coop_id, member_id, sold_at in found}


def _said(ms: int | None) -> str | None:
    return instant(ms) if ms is not None else None
