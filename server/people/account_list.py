"""Accounts and phones as staff sees them: a manager those of the own co-operative, an admin all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import exists, func, select, tuple_
from sqlalchemy.orm import Session

from server.accounts import Account, Coop
from server.people.erased import Erasure
from server.problems import InvalidError
from server.replicas import Replica
from server.text import fold
from server.tokens import RefreshFamily
from server.viewer import Viewer
from sync.review import instant


def accounts(session: Session, viewer: Viewer, wanted: Mapping[str, Any]) -> dict[str, Any]:
    """`{items, next}`, by name. Accounts that were erased are not among them."""
    query = select(Account).where(~exists().where(Erasure.member_id == Account.id))
    if viewer.coop_id is not None:
        query = query.where(Account.coop_id == viewer.coop_id)
    for name in ("role", "status"):
        if wanted.get(name):
            query = query.where(getattr(Account, name) == wanted[name])
    for word in fold(wanted.get("q") or "").split():
        query = query.where(Account.search.contains(word, autoescape=True))
    if wanted.get("after"):
        place = session.execute(select(Account.search, Account.id).where(Account.id == wanted["after"])).one_or_none()
        if place is None:
            raise InvalidError(errors={"after": ["invalid"]})
        query = query.where(tuple_(Account.search, Account.id) > tuple_(*place))
    limit = wanted["limit"]
    rows = session.scalars(query.order_by(Account.search, Account.id).limit(limit + 1)).all()
    shown = rows[:limit]
    return {"items": items_of(session, shown), "next": shown[-1].id if len(rows) > limit else None}


def items_of(session: Session, rows: Sequence[Account]) -> list[dict[str, Any]]:
    coops = _coop_names(session, (row.coop_id for row in rows))
    counted = (
        select(Replica.account_id, func.count(), func.max(Replica.last_sync_at_ms))
        .where(Replica.account_id.in_([row.id for row in rows]))
        .group_by(Replica.account_id)
    )
    phones = {id: (count, last_ms) for id, count, last_ms in session.execute(counted)}
    return [
        {
            "id": row.id,
            "name": row.name,
            "role": row.role,
            "status": row.status,
            "phone": row.phone,
            "member_code": row.member_code,
            "coop_id": row.coop_id,
            "coop_name": coops.get(row.coop_id or ""),
            "phones": phones.get(row.id, (0, None))[0],
            "last_sync_at": _instant(phones.get(row.id, (0, None))[1]),
        }
        for row in rows
    ]


def phones(session: Session, viewer: Viewer, account_id: str | None, limit: int) -> list[dict[str, Any]]:
    """Those that synced longest ago first: they are whom somebody should ask."""
    query = select(Replica).join(Account, Account.id == Replica.account_id)
    if viewer.coop_id is not None:
        query = query.where(Replica.coop_id == viewer.coop_id)
    if account_id is not None:
        query = query.where(Replica.account_id == account_id)
    oldest_first = query.order_by(func.coalesce(Replica.last_sync_at_ms, 0), Replica.id)
    return phone_items(session, session.scalars(oldest_first.limit(limit)).all())


def phone_items(session: Session, rows: Sequence[Replica]) -> list[dict[str, Any]]:
    of = select(Account).where(Account.id.in_({row.account_id for row in rows}))
    owners = {account.id: account for account in session.scalars(of)}
    coops = _coop_names(session, (row.coop_id for row in rows))
    live = select(RefreshFamily.replica).where(
        RefreshFamily.revoked_at_ms.is_(None), RefreshFamily.replica.in_([row.id for row in rows])
    )
    signed_in = set(session.scalars(live))
    return [
        {
            "id": row.id,
            "account": row.account_id,
            "account_name": owners[row.account_id].name or None,
            "role": owners[row.account_id].role,
            "coop_id": row.coop_id,
            "coop_name": coops.get(row.coop_id),
            "since": instant(row.created_at_ms),
            "last_sync_at": _instant(row.last_sync_at_ms),
            "signed_in": row.id in signed_in,
            "told_at": _instant(row.told_at_ms),
            "app_version": row.app_version,
            "unsent": row.unsent,
            "clock_error_ms": row.clock_error_ms,
        }
        for row in rows
    ]


def _coop_names(session: Session, ids: Iterable[str | None]) -> dict[str, str]:
    coops = session.scalars(select(Coop).where(Coop.id.in_({id for id in ids if id})))
    return {coop.id: coop.name for coop in coops}


def _instant(ms: int | None) -> str | None:
    return None if ms is None else instant(ms)
