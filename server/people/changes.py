"""Making and changing accounts: an admin everybody's, a manager those of members of the own co-operative."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from server import audit, tokens
from server.accounts import Account, Coop, clean_name, create_account, free_phone, set_account
from server.membership import enter_member, move_member
from server.people.erased import is_erased
from server.problems import ForbiddenError, InvalidError, NotFoundError
from server.reconcile import own_author, record
from server.replicas import Replica
from server.store import SqlStore
from sync.mutation import is_id

# What a manager may change of a member; moving and roles are the province's.
MANAGERS_FIELDS = frozenset({"status", "phone"})


def account_for(session: Session, actor: Account, id: str) -> Account:
    """The account that this manager or admin looks after.

    Raises NotFoundError for one of elsewhere, ForbiddenError for a manager's colleague.
    """
    account = session.get(Account, id) if is_id(id) else None
    if account is None or (actor.role != "admin" and account.coop_id != actor.coop_id):
        raise NotFoundError
    if actor.role != "admin" and account.role != "member":
        raise ForbiddenError
    return account


def make_account(session: Session, given: dict[str, Any]) -> Account:
    """An account with its member record, entered by a one-time code. Raises InvalidError with `errors` per field."""
    coop_id = given.get("coop_id")
    if coop_id is not None and session.get(Coop, coop_id) is None:
        raise InvalidError(errors={"coop_id": ["unknown"]})
    account = create_account(
        session, name=given["name"], role=given["role"], coop_id=coop_id, phone=given.get("phone"), password=None
    )
    if coop_id is not None:
        enter_member(session, account)
    audit.record(
        session,
        "accounts.create",
        coop_id=coop_id,
        subject=("account", account.id),
        details={"role": account.role},
    )
    return account


def change_account(session: Session, actor: Account, id: str, given: dict[str, Any]) -> Account:
    """Take what is given of name, phone, status, role and coop_id.

    Raises NotFoundError or ForbiddenError as `account_for`, InvalidError with `errors` per field.
    """
    account = account_for(session, actor, id)
    if actor.role != "admin" and not given.keys() <= MANAGERS_FIELDS:
        raise ForbiddenError
    if is_erased(session, account.id):
        raise InvalidError(errors={"status": ["erased"]})
    left = account.coop_id
    before = (account.status, account.role, account.coop_id)
    set_account(session, account, status=given.get("status"), role=given.get("role"), coop_id=given.get("coop_id"))
    move_member(session, account, left)
    if "phone" in given:
        account.phone = free_phone(session, given["phone"], of=account.id)
    if "name" in given:
        _rename(session, account, clean_name(given["name"]))
    session.flush()
    now = (account.status, account.role, account.coop_id)
    changed = {
        name: {"was": was, "now": is_now}
        for name, was, is_now in zip(("status", "role", "coop_id"), before, now, strict=True)
        if was != is_now
    }
    for coop_id in sorted({left, account.coop_id}, key=str):
        audit.record(
            session,
            "accounts.change",
            coop_id=coop_id,
            subject=("account", account.id),
            details={"fields": sorted(given), **changed},
        )
    return account


def _rename(session: Session, account: Account, name: str) -> None:
    """The name stands in the account and, for everybody of a co-operative, in the member record."""
    account.name = name
    if account.coop_id is None:
        return
    own = own_author(session, account.coop_id)
    found = next(iter(SqlStore(session, account.coop_id).records("member", [account.id])), None)
    if found is not None and found.fields.get("name") != name:
        base = {"name": found.stamps["name"]} if "name" in found.stamps else {}
        record(session, own, account.coop_id, "member", account.id, {"name": name}, base)


def revoke(session: Session, actor: Account, replica_id: str) -> Replica:
    """Shut out one phone. Raises NotFoundError or ForbiddenError as `account_for`; one's own is never forbidden."""
    replica = session.get(Replica, replica_id) if is_id(replica_id) else None
    if replica is None:
        raise NotFoundError
    if replica.account_id != actor.id:
        account_for(session, actor, replica.account_id)
    tokens.revoke_phone(session, replica)
    audit.record(
        session,
        "phones.revoke",
        coop_id=replica.coop_id,
        subject=("account", replica.account_id),
        details={"replica": replica.id},
    )
    return replica
