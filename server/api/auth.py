"""Signing in, enrolling, renewing tokens and signing out."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import request
from marshmallow import Schema, fields, validate
from sqlalchemy.orm import Session

from server import accounts, audit, auth, passwords, replicas, tokens
from server.accounts import Account, Coop
from server.api.blueprint import Blueprint
from server.api.body import read_json
from server.database import reading, writing
from server.enrolment import Invitation, account_of_spent_code, issue_code, look_at_code, use_code
from server.entities.values import Uuid
from server.front_door import is_demo
from server.problems import ForbiddenError, ProblemSchema, UnauthenticatedError
from server.sign_in_limits import sign_in_limits

blp = Blueprint("auth", __name__, url_prefix="/api/v1", description="Who is it")

_length = validate.Length(min=1, max=200, error="length")


class LoginSchema(Schema):
    login = fields.String(
        required=True,
        validate=_length,
        metadata={"description": "phone number, member code, or an enrolment code that was just used"},
    )
    password = fields.String(required=True)
    replica = fields.String(allow_none=True, load_default=None)


class EnrolSchema(Schema):
    code = fields.String(required=True, validate=_length)
    password = fields.String(required=True)
    replica = fields.String(allow_none=True, load_default=None)


class LookSchema(Schema):
    code = fields.String(required=True, validate=_length)


class InvitationSchema(Schema):
    coop_name = fields.String(required=True)
    name = fields.String(required=True, metadata={"description": "the member's"})


class EnrolmentSchema(Schema):
    member_id = Uuid(required=True)


class IssuedSchema(Schema):
    code = fields.String(required=True)
    expires_at = fields.String(required=True, metadata={"format": "date-time"})


class TokensSchema(Schema):
    access_token = fields.String(required=True, metadata={"description": "one hour"})
    refresh_token = fields.String(required=True, metadata={"description": "400 days, sliding"})


class UserSchema(Schema):
    id = fields.String(required=True, metadata={"description": "the id of the person's member record"})
    name = fields.String(required=True)
    role = fields.String(required=True, validate=validate.OneOf(accounts.ROLES))
    coop_id = fields.String(required=True, allow_none=True)
    member_code = fields.String(required=True)


class CoopSchema(Schema):
    id = fields.String(required=True)
    name = fields.String(required=True)
    kind = fields.String(required=True)
    province_code = fields.String(required=True)
    province_name = fields.String(required=True)
    commune_code = fields.String(required=True)
    commune_name = fields.String(required=True)


class SignedInSchema(TokensSchema):
    replica = fields.String(required=True, allow_none=True, metadata={"description": "null for admins"})
    user = fields.Nested(UserSchema, required=True)
    coop = fields.Nested(CoopSchema, required=True, allow_none=True)
    demo = fields.Boolean(required=True)


@blp.route("/auth/login", methods=["POST"])
@blp.arguments(LoginSchema)
@blp.response(200, SignedInSchema)
@blp.alt_response(401, schema=ProblemSchema)
@blp.alt_response(409, schema=ProblemSchema)
@blp.alt_response(429, schema=ProblemSchema)
def login(args: dict[str, Any]) -> dict[str, Any]:
    """Sign in by phone number or member code

    The same answer for an unknown account and a wrong password; failures are limited.
    """
    with reading() as session:
        account = accounts.find_by_login(session, args["login"]) or account_of_spent_code(session, args["login"])
    name, address = account.id if account else args["login"].strip(), request.remote_addr or ""
    sign_in_limits().check(address, name)
    if not passwords.matches(account.password_hash if account else None, args["password"]) or account is None:
        sign_in_limits().count_failure(address, name)
        raise UnauthenticatedError("Wrong login or password.")
    with writing() as session:
        return _signed_in(session, session.get_one(Account, account.id), args["replica"])


@blp.route("/auth/enrol", methods=["POST"])
@blp.arguments(EnrolSchema)
@blp.response(200, SignedInSchema)
@blp.alt_response(401, schema=ProblemSchema)
@blp.alt_response(429, schema=ProblemSchema)
def enrol(args: dict[str, Any]) -> dict[str, Any]:
    """Use the one-time code that a manager showed, choose a password and sign in

    `401` says why: `code_spent`, `code_expired`, `code_replaced`, or `unauthenticated` for none that was given out.
    """
    address = request.remote_addr or ""
    sign_in_limits().check(address)
    try:
        with writing() as session:
            account = use_code(session, args["code"], args["password"])
            return _signed_in(session, account, args["replica"])
    except UnauthenticatedError:
        sign_in_limits().count_failure(address)
        raise


@blp.route("/auth/enrol/look", methods=["POST"])
@blp.arguments(LookSchema)
@blp.response(200, InvitationSchema)
@blp.alt_response(401, schema=ProblemSchema)
@blp.alt_response(403, schema=ProblemSchema)
@blp.alt_response(429, schema=ProblemSchema)
def look(args: dict[str, Any]) -> Invitation:
    """Whom a one-time code lets in, and where; the code stays good

    `401` says why as in enrolling.
    """
    address = request.remote_addr or ""
    sign_in_limits().check(address)
    try:
        with reading() as session:
            return look_at_code(session, args["code"])
    except UnauthenticatedError:
        sign_in_limits().count_failure(address)
        raise


@blp.route("/auth/refresh", methods=["POST"])
@blp.response(200, TokensSchema)
@blp.alt_response(401, schema=ProblemSchema)
@blp.doc(security=auth.BEARER, description="The bearer is the refresh token (or `{refresh_token}` in the body).")
def refresh() -> tokens.Tokens:
    """A new pair of tokens"""
    return tokens.refresh(tokens.read_token(_refresh_token(), "refresh"))


@blp.route("/auth/logout", methods=["POST"])
@blp.response(204)
@blp.alt_response(401, schema=ProblemSchema)
@blp.doc(security=auth.BEARER, description="The bearer may be the access token or the refresh token.")
def logout() -> None:
    """Revoke this replica's tokens; never touches data"""
    tokens.sign_out(tokens.read_token(auth.bearer(), "access", "refresh"))


@blp.route("/enrolments", methods=["POST"])
@blp.arguments(EnrolmentSchema)
@blp.response(201, IssuedSchema)
@blp.alt_response(404, schema=ProblemSchema)
@auth.account_required("manager", "admin")
def create_enrolment(args: dict[str, Any]) -> dict[str, Any]:
    """A one-time code (24 h) for a member of the own co-operative; an admin's for any account

    With it somebody gets in for the first time, or after a forgotten password or PIN.
    """
    with writing() as session:
        issued = issue_code(session, member_id=args["member_id"], created_by=auth.current_account())
    expires_at = datetime.fromtimestamp(issued.expires_at_ms / 1000, UTC)
    return {"code": issued.code, "expires_at": expires_at.strftime("%Y-%m-%dT%H:%M:%SZ")}


def _signed_in(session: Session, account: Account, wanted_replica: str | None) -> dict[str, Any]:
    if not account.active:
        raise ForbiddenError("This account is disabled.")
    replica = replicas.take_replica(session, account, wanted_replica)
    pair = tokens.sign_in(session, account, replica)
    if account.role in audit.STAFF:
        audit.record(session, "auth.sign_in", coop_id=account.coop_id, by=account)
    return {
        "access_token": pair.access_token,
        "refresh_token": pair.refresh_token,
        "replica": replica,
        "user": account,
        "coop": session.get(Coop, account.coop_id) if account.coop_id else None,
        "demo": is_demo(session),
    }


def _refresh_token() -> str:
    if not request.is_json:
        return auth.bearer()
    body = read_json(request)
    named = body.get("refresh_token") if isinstance(body, dict) else None
    return named if isinstance(named, str) else auth.bearer()
