"""Who a request comes from, and whether it may come in: by its token and by what the database says now."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from flask import g, request
from sqlalchemy.orm import Session

from server.accounts import Account
from server.database import reading
from server.problems import ForbiddenError, UnauthenticatedError
from server.tokens import Claims, RefreshFamily, is_ended, read_token, why_ended

# What the OpenAPI document says of a route that takes a token.
BEARER: list[dict[str, list[str]]] = [{"access_token": []}]

P = ParamSpec("P")
R = TypeVar("R")


def bearer() -> str:
    """The token of the Authorization header. Raises UnauthenticatedError without one."""
    authorization = request.authorization
    if authorization is None or authorization.type != "bearer" or not authorization.token:
        raise UnauthenticatedError
    return authorization.token


def current_claims() -> Claims:
    """Who the access token names, also when the account is disabled, moved or unknown by now.

    A family that the database does not know is accepted, a revoked one is not.
    """
    claims = read_token(bearer(), "access")
    with reading() as session:
        ended = is_ended(session, claims, session.get(RefreshFamily, claims.family))
    if ended:
        raise why_ended(claims)
    return claims


def token_required(view: Callable[P, R]) -> Callable[P, R]:
    """Let in whoever has a genuine token, before the body is looked at; the claims are in `g.claims`."""

    @functools.wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        g.claims = current_claims()
        return view(*args, **kwargs)

    vars(guarded)["security"] = BEARER
    return guarded


def account_required(*roles: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Let in active accounts of these roles (any, if none is named): see `current_account()`."""

    def decorate(view: Callable[P, R]) -> Callable[P, R]:
        @functools.wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
            g.account = _active_account(current_claims())
            if roles and g.account.role not in roles:
                raise ForbiddenError
            return view(*args, **kwargs)

        vars(guarded).update(security=BEARER, roles=roles)  # for whoever asks which routes are staff's
        return guarded

    return decorate


def current_account() -> Account:
    """The account that `account_required` let in, as the database has it in this request."""
    account: Account = g.account
    return account


def _active_account(claims: Claims) -> Account:
    with reading() as session:
        account = session.get(Account, claims.account_id)
    if account is None:
        raise UnauthenticatedError
    if not account.active:
        raise ForbiddenError("This account is disabled.")
    if account.coop_id != claims.coop_id:
        raise ForbiddenError("This account is in another co-operative now: sign in again.")
    return account


def require_still(session: Session, account: Account) -> None:
    """Behind a lock, what let the account in still holds. Raises ForbiddenError."""
    now = session.get(Account, account.id)
    if now is None or (now.status, now.role, now.coop_id) != (account.status, account.role, account.coop_id):
        raise ForbiddenError
