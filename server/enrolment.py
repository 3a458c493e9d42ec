"""One-time codes with which staff let somebody in, shown as a QR in the URL's fragment.

A manager's code lets in members of the own co-operative alone, an admin's whoever has an account.

A code enrols once. Until its day is over it then names the account like a phone number does: the answer to the
enrolment may have been lost, and a new member knows no other login yet.

Who has a code that was given out is told why it does not work any more. A guesser is not: no guess is ever one.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass

from sqlalchemy import ColumnElement, ForeignKey, String, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from server import audit
from server.accounts import Account, Coop, create_account
from server.database import Base, Id, Ms, now_ms
from server.membership import member_name
from server.passwords import hash_password
from server.problems import (
    CodeExpiredError,
    CodeReplacedError,
    CodeSpentError,
    ForbiddenError,
    NotFoundError,
    UnauthenticatedError,
)
from server.tokens import revoke_account

LIFETIME_MS = 24 * 60 * 60 * 1000
REMEMBERED_MS = 30 * LIFETIME_MS
"""For as long after its day a code is told that this is why."""


class Enrolment(Base):
    """A code that was given out. Only its hash is kept."""

    __tablename__ = "enrolment"

    code_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    coop_id: Mapped[str | None] = mapped_column(ForeignKey("coop.id"))
    member_id: Mapped[Id] = mapped_column(index=True)
    # The role that the account had then: a code lets nobody into a higher one that it got since.
    role: Mapped[str] = mapped_column(String(10))
    created_by: Mapped[Id]
    expires_at_ms: Mapped[Ms]
    spent_at_ms: Mapped[Ms | None]


@dataclass(frozen=True)
class IssuedCode:
    code: str
    expires_at_ms: int


@dataclass(frozen=True)
class Invitation:
    """Whom a code lets in, and where: all that it tells before it is used."""

    coop_name: str
    name: str


def issue_code(session: Session, *, member_id: str, created_by: Account) -> IssuedCode:
    """A code for a member record of the manager's co-operative, or for the account that an admin names.

    Earlier ones of the same person stop working. Raises NotFoundError when there is no such record or account,
    ForbiddenError when a manager's code must not let that person in (staff, disabled, of another co-operative now).
    """
    account = session.get(Account, member_id)
    if created_by.role == "admin":
        if account is None:
            raise NotFoundError
        coop_id, role = account.coop_id, account.role
    else:
        coop_id, role = created_by.coop_id, "member"
        if member_name(session, coop_id or "", member_id) is None:
            raise NotFoundError
    _check_account(account, coop_id, role)
    session.execute(delete(Enrolment).where(Enrolment.expires_at_ms < now_ms() - REMEMBERED_MS))
    issued = IssuedCode(secrets.token_urlsafe(16), now_ms() + LIFETIME_MS)
    session.add(
        Enrolment(
            code_hash=_hash(issued.code),
            coop_id=coop_id,
            member_id=member_id,
            role=role,
            created_by=created_by.id,
            expires_at_ms=issued.expires_at_ms,
        )
    )
    audit.record(session, "accounts.code", coop_id=coop_id, subject=("member", member_id), details={"role": role})
    return issued


def look_at_code(session: Session, code: str) -> Invitation:
    """Raises UnauthenticatedError for a code that was never given out, CodeSpentError, CodeExpiredError or
    CodeReplacedError for one that does not work any more, ForbiddenError as `issue_code`.
    """
    enrolment = _checked(session, session.get(Enrolment, _hash(code)))
    account = session.get(Account, enrolment.member_id)
    _check_account(account, enrolment.coop_id, enrolment.role)
    coop = session.get(Coop, enrolment.coop_id) if enrolment.coop_id else None
    return Invitation(coop.name if coop else "", account.name if account else _member_name(session, enrolment))


def use_code(session: Session, code: str, password: str) -> Account:
    """The member's account with this password, made if it is the first time; the code is spent.

    Raises as `look_at_code`, and InvalidError for the password, in which case the code may be used again.
    """
    enrolment = _checked(session, session.get(Enrolment, _hash(code), with_for_update=True))
    account = session.get(Account, enrolment.member_id)
    _check_account(account, enrolment.coop_id, enrolment.role)
    if account is None:
        account = create_account(
            session,
            id=enrolment.member_id,
            name=_member_name(session, enrolment),
            role="member",
            coop_id=enrolment.coop_id,
            phone=None,
            password=password,
        )
    else:
        account.password_hash = hash_password(password)
        revoke_account(session, account.id)  # whoever has the lost phone is out
    enrolment.spent_at_ms = now_ms()
    return account


def account_of_spent_code(session: Session, code: str) -> Account | None:
    """The account that this code enrolled within its day: `code` stands for a login, never for a password."""
    enrolment = session.get(Enrolment, _hash(code))
    if enrolment is None or enrolment.spent_at_ms is None or enrolment.expires_at_ms < now_ms():
        return None
    return session.get(Account, enrolment.member_id)


def _checked(session: Session, enrolment: Enrolment | None) -> Enrolment:
    if enrolment is None:
        raise UnauthenticatedError("There is no such code.")
    if enrolment.spent_at_ms is not None:
        raise CodeSpentError
    if enrolment.expires_at_ms < now_ms():
        raise CodeExpiredError
    if _is_replaced(session, enrolment):
        raise CodeReplacedError
    return enrolment


def _is_replaced(session: Session, enrolment: Enrolment) -> bool:
    """All live equally long, so what ends later was given out later. Of two of one moment neither works."""
    newer = select(Enrolment.code_hash).where(
        Enrolment.member_id == enrolment.member_id,
        _of(enrolment.coop_id),
        Enrolment.expires_at_ms >= enrolment.expires_at_ms,
        Enrolment.code_hash != enrolment.code_hash,
    )
    return session.scalars(newer.limit(1)).first() is not None


def _check_account(account: Account | None, coop_id: str | None, role: str) -> None:
    """A code for somebody without an account makes a member's."""
    if account and (account.role != role or account.coop_id != coop_id or not account.active):
        raise ForbiddenError("This account cannot be let in with such a code.")


def _of(coop_id: str | None) -> ColumnElement[bool]:
    return Enrolment.coop_id.is_(None) if coop_id is None else Enrolment.coop_id == coop_id


def _member_name(session: Session, enrolment: Enrolment) -> str:
    name = member_name(session, enrolment.coop_id or "", enrolment.member_id)
    if name is None:
        raise NotFoundError
    return name


def _hash(code: str) -> str:
    # The code is 128 random bits: nothing to guess, so a plain hash is enough. It is found by its hash, so how long
    # that takes says nothing about codes that are alike.
    return hashlib.sha256(code.encode("utf-8", "surrogatepass")).hexdigest()
