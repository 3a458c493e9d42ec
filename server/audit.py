"""What staff did: an append-only log, one entry for each change that an account of the staff made.

Nothing can be forgotten: a transaction that a staff request commits without an entry gets one, in that transaction,
named after its route. Who can say more calls `record`. Kept are ids, roles, times and codes: no names, no values, no
network addresses.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NoReturn

from flask import g, has_request_context, request
from sqlalchemy import Index, String, Text, event
from sqlalchemy.orm import Mapped, Session, mapped_column

from server.accounts import Account
from server.database import Base, Id, Ms, new_id, now_ms
from sync.mutation import is_id

PROVINCE = "province"
OPERATOR = "operator"
STAFF = ("manager", "admin")
READING = ("GET", "HEAD", "OPTIONS")


class AuditEntry(Base):
    """`scope` is the co-operative that it is about, or PROVINCE. `details` is JSON: codes and numbers alone."""

    __tablename__ = "audit_entry"

    scope: Mapped[Id] = mapped_column(primary_key=True)
    id: Mapped[Id] = mapped_column(primary_key=True)
    at_ms: Mapped[Ms]
    account_id: Mapped[Id]
    role: Mapped[str] = mapped_column(String(10))
    action: Mapped[str] = mapped_column(String(60))
    subject_kind: Mapped[str] = mapped_column(String(20))
    subject_id: Mapped[str] = mapped_column(String(60))
    details: Mapped[str] = mapped_column(Text)

    __table_args__ = (Index("ix_audit_entry_id", "id"), Index("ix_audit_entry_subject", "subject_id", "id"))


def record(
    session: Session,
    action: str,
    *,
    coop_id: str | None = None,
    subject: tuple[str, str] = ("", ""),
    details: Mapping[str, Any] | None = None,
    by: Account | None = None,
) -> None:
    """Write down what the account of this request does, in the transaction that does it.

    `action` is `<area>.<verb>` (`exports.sales`), `coop_id` whose it is (None: the province's), `subject` a kind and an
    id (`("member", id)`). `details` say how (`{"rows": 312, "private": True}`), never who: they outlive an erasure.
    `by`: who does it, where the request has not said so yet. Outside a request it is the operator at the server's
    own command line.
    """
    account: Account | None = by or (g.get("account") if has_request_context() else None)
    session.add(
        AuditEntry(
            scope=coop_id or PROVINCE,
            id=new_id(),
            at_ms=now_ms(),
            account_id=account.id if account else "",
            role=account.role if account else OPERATOR,
            action=action,
            subject_kind=subject[0],
            subject_id=subject[1],
            details=json.dumps(dict(details or {}), separators=(",", ":")),
        )
    )
    session.info["audited"] = True


@event.listens_for(Session, "before_commit")
def _leave_an_entry(session: Session) -> None:
    """The door: what a staff request commits is in the log, whoever wrote the route."""
    if not session.info.get("writes") or session.info.get("audited") or not _is_staff_at_work():
        return
    coops = session.info.get("coops") or {g.account.coop_id}
    subject = next((value for value in (request.view_args or {}).values() if is_id(value)), "")
    kind = (request.blueprint or "") if subject else ""
    for coop_id in sorted(coops, key=str):
        record(session, request.endpoint or "", coop_id=coop_id, subject=(kind, subject))


def _is_staff_at_work() -> bool:
    if not has_request_context() or request.method in READING:
        return False
    account: Account | None = g.get("account")
    return account is not None and account.role in STAFF


@event.listens_for(AuditEntry, "before_update")
@event.listens_for(AuditEntry, "before_delete")
def _refuse(*_: object) -> NoReturn:
    raise TypeError("The audit log only grows.")
