"""Reading the audit log: by co-operative, account, action, subject and time, the newest first."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.accounts import Account, Coop
from server.audit import PROVINCE, AuditEntry
from server.lists import read_moment
from server.viewer import Viewer
from sync.review import instant


def entries(session: Session, viewer: Viewer, wanted: Mapping[str, Any]) -> dict[str, Any]:
    """`{items, next}`. Names are those of today: of an account that was erased there is none."""
    query = select(AuditEntry).order_by(AuditEntry.id.desc())
    if viewer.coop_id is not None:
        query = query.where(AuditEntry.scope == viewer.coop_id)
    for name, column in (
        ("account", AuditEntry.account_id),
        ("subject", AuditEntry.subject_id),
        ("action", AuditEntry.action),
    ):
        if wanted.get(name):
            query = query.where(column == wanted[name])
    if wanted.get("since"):
        query = query.where(AuditEntry.at_ms >= _ms(wanted["since"], until=False))
    if wanted.get("until"):
        query = query.where(AuditEntry.at_ms < _ms(wanted["until"], until=True))
    if wanted.get("after"):
        query = query.where(AuditEntry.id < wanted["after"])
    limit = wanted["limit"]
    rows = session.scalars(query.limit(limit + 1)).all()
    shown = rows[:limit]
    return {
        "items": _items(session, shown),
        "actions": sorted(_actions(session, viewer)) if not wanted.get("after") else [],
        "next": shown[-1].id if len(rows) > limit else None,
    }


def _ms(text: str, *, until: bool) -> int:
    return int(read_moment(text, until=until).timestamp() * 1000)


def _actions(session: Session, viewer: Viewer) -> set[str]:
    """What there is to filter by."""
    query = select(AuditEntry.action).distinct()
    if viewer.coop_id is not None:
        query = query.where(AuditEntry.scope == viewer.coop_id)
    return set(session.scalars(query))


def _items(session: Session, rows: Sequence[AuditEntry]) -> list[dict[str, Any]]:
    ids = {row.account_id for row in rows} | {row.subject_id for row in rows}
    names: dict[str, str] = dict(session.execute(select(Account.id, Account.name).where(Account.id.in_(ids))).all())
    coop_ids = {row.scope for row in rows} | ids
    coops: dict[str, str] = dict(session.execute(select(Coop.id, Coop.name).where(Coop.id.in_(coop_ids))).all())
    return [
        {
            "id": row.id,
            "at": instant(row.at_ms),
            "coop_id": None if row.scope == PROVINCE else row.scope,
            "coop_name": coops.get(row.scope),
            "account": row.account_id or None,
            "account_name": names.get(row.account_id) or None,
            "role": row.role,
            "action": row.action,
            "subject_kind": row.subject_kind,
            "subject_id": row.subject_id,
            "subject_name": names.get(row.subject_id) or coops.get(row.subject_id) or None,
            "details": json.loads(row.details),
        }
        for row in rows
    ]
