"""Tokens and the sign-ins that they belong to: for how long, and how a lost phone is shut out.

An access token lives an hour. A refresh token lives 400 days, sliding, and is renewed by each use:
its *family* (one sign-in on one phone) counts generations, so that a copied token shows itself.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import Flask, current_app
from flask_jwt_extended import JWTManager, create_access_token, create_refresh_token, decode_token
from flask_jwt_extended.exceptions import JWTExtendedException
from jwt import ExpiredSignatureError, PyJWTError
from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from server.accounts import Account
from server.database import Base, Id, Ms, ms_of_id, new_id, now_ms, reading, writing
from server.people.erased import is_erased
from server.problems import ErasedError, ProblemError, TokenExpiredError, UnauthenticatedError
from server.replicas import Replica

ACCESS_LIFETIME = timedelta(hours=1)
REFRESH_LIFETIME = timedelta(days=400)


class RefreshFamily(Base):
    """One sign-in on one phone. No foreign keys: families of a lost backup are adopted."""

    __tablename__ = "refresh_family"

    id: Mapped[Id] = mapped_column(primary_key=True)
    account_id: Mapped[Id] = mapped_column(index=True)
    replica: Mapped[Id | None] = mapped_column(index=True)
    gen: Mapped[int]
    created_at_ms: Mapped[Ms]
    revoked_at_ms: Mapped[Ms | None]


@dataclass(frozen=True)
class Claims:
    """What a genuine token says. Rights are never read from it, only from the database."""

    account_id: str
    replica: str | None
    coop_id: str | None
    family: str
    gen: int = 0


@dataclass(frozen=True)
class Tokens:
    access_token: str
    refresh_token: str


def register(app: Flask) -> None:
    app.config.update(
        JWT_SECRET_KEY=derive_key("tokens", app).hex(),
        JWT_ALGORITHM="HS256",
        JWT_ACCESS_TOKEN_EXPIRES=ACCESS_LIFETIME,
        JWT_REFRESH_TOKEN_EXPIRES=REFRESH_LIFETIME,
    )
    JWTManager(app)


def derive_key(purpose: str, app: Flask | None = None) -> bytes:
    """32 bytes for one purpose from SECRET_KEY: what signs tokens cannot sign cursors."""
    secret: str = (app or current_app).config["SECRET_KEY"]
    return hmac.digest(secret.encode(), f"cho-phien {purpose}".encode(), "sha256")


def sign_in(session: Session, account: Account, replica: str | None) -> Tokens:
    """Start a family for this account on this phone."""
    family = RefreshFamily(id=new_id(), account_id=account.id, replica=replica, gen=1, created_at_ms=now_ms())
    session.add(family)
    return _tokens(Claims(account.id, replica, account.coop_id, family.id, family.gen))


def refresh(claims: Claims) -> Tokens:
    """A new pair for a genuine refresh token, whatever became of the account.

    A disabled account may refresh too: what its phone holds must still arrive (as held).
    The token before the current one works until its successor was used: the answer may have been
    lost. An older one has been copied: raises what `why_ended` says and revokes the family.
    """
    with writing() as session:
        family = _locked_family(session, claims)
        copied = claims.gen < family.gen - 1
        if copied and family.revoked_at_ms is None:
            family.revoked_at_ms = now_ms()
        revoked = family.revoked_at_ms is not None
        if not revoked and claims.gen >= family.gen:
            family.gen = claims.gen + 1  # ahead of the row: the database was put back
        gen = family.gen
    if revoked:
        raise why_ended(claims)
    return _tokens(Claims(claims.account_id, claims.replica, claims.coop_id, claims.family, gen))


def sign_out(claims: Claims) -> None:
    """Revoke every family of this replica. Data stays where it is."""
    with writing() as session:
        _locked_family(session, claims)
        same = RefreshFamily.id == claims.family
        if claims.replica is not None:
            same |= (RefreshFamily.replica == claims.replica) & (RefreshFamily.account_id == claims.account_id)
        _revoke(session, same)


def revoke_account(session: Session, account_id: str) -> None:
    """End every sign-in of an account (its password was changed), also those that a restored database forgot."""
    _revoke(session, RefreshFamily.account_id == account_id)
    end = session.get(RefreshFamily, account_id)
    if end is None:
        end = RefreshFamily(id=account_id, account_id=account_id, replica=None, gen=0, created_at_ms=now_ms())
        session.add(end)
    end.revoked_at_ms = now_ms()


def is_ended(session: Session, claims: Claims, family: RefreshFamily | None) -> bool:
    """Whether the sign-in was revoked. One that the database does not know began before its account's last end, or not:
    the row under the account's own id has that, and a family's id the time of its beginning."""
    if family is not None:
        return family.revoked_at_ms is not None
    end = session.get(RefreshFamily, claims.account_id)
    return end is not None and ms_of_id(claims.family) < (end.revoked_at_ms or 0)


def why_ended(claims: Claims) -> ProblemError:
    """What a genuine token of a sign-in that was ended is told: also that its person was erased since.

    Then its phone has nothing left to wait for: nobody signs in to that account again.
    """
    return ErasedError() if _is_erased(claims.account_id) else UnauthenticatedError("This sign-in was ended.")


def _is_erased(account_id: str) -> bool:
    with reading() as session:
        return is_erased(session, account_id)


def revoke_phone(session: Session, replica: Replica) -> None:
    """End every sign-in of one phone (it was lost). Signing in again takes the replica up again."""
    _revoke(session, (RefreshFamily.replica == replica.id) & (RefreshFamily.account_id == replica.account_id))


def _revoke(session: Session, which: ColumnElement[bool]) -> None:
    """One by one, so that `server/revocations.py` hears of each."""
    for family in session.scalars(select(RefreshFamily).where(which, RefreshFamily.revoked_at_ms.is_(None))):
        family.revoked_at_ms = now_ms()


def _locked_family(session: Session, claims: Claims) -> RefreshFamily:
    """The token's family; one that this database does not know is adopted from the token."""
    family = session.scalar(select(RefreshFamily).where(RefreshFamily.id == claims.family).with_for_update())
    if family is None:
        family = RefreshFamily(
            id=claims.family,
            account_id=claims.account_id,
            replica=claims.replica,
            gen=claims.gen,
            created_at_ms=now_ms(),
            revoked_at_ms=now_ms() if is_ended(session, claims, None) else None,
        )
        session.add(family)
        session.flush()
    return family


def _tokens(claims: Claims) -> Tokens:
    said = {"replica": claims.replica, "coop_id": claims.coop_id, "family": claims.family}
    return Tokens(
        create_access_token(claims.account_id, additional_claims=said),
        create_refresh_token(claims.account_id, additional_claims=said | {"gen": claims.gen}),
    )


def read_token(token: str, *kinds: str) -> Claims:
    """The claims of a genuine token of one of these kinds (`access`, `refresh`).

    Raises TokenExpiredError for one that was genuine (ErasedError, if it is one that nothing renews and its person was
    erased), UnauthenticatedError for anything else.
    """
    try:
        decoded, expired = _decode(token)
    except (PyJWTError, JWTExtendedException, ValueError) as error:
        raise UnauthenticatedError from error
    if expired:
        raise ErasedError if decoded["type"] == "refresh" and _is_erased(decoded["sub"]) else TokenExpiredError
    if decoded.get("type") not in kinds or "family" not in decoded:
        raise UnauthenticatedError
    return Claims(decoded["sub"], decoded["replica"], decoded["coop_id"], decoded["family"], decoded.get("gen", 0))


def _decode(token: str) -> tuple[dict[str, Any], bool]:
    """What a genuine token says, and whether it has expired."""
    try:
        return decode_token(token), False
    except ExpiredSignatureError:
        return decode_token(token, allow_expired=True), True
