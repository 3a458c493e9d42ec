"""Accounts: who may sign in, as what, and where. A manager sees the own co-operative's, an admin all."""

from typing import Any

from flask import Response
from marshmallow import Schema, fields, validate

from server.accounts import ROLES, STATUSES
from server.api.answer import answer
from server.api.blueprint import Blueprint
from server.api.scope import CoopQuerySchema, viewer
from server.auth import account_required, current_account
from server.database import reading, writing
from server.entities.values import Uuid, Words
from server.lists import DEFAULT_LIMIT, MAX_LIMIT
from server.people import account_list, changes
from server.problems import ProblemSchema

blp = Blueprint("accounts", __name__, url_prefix="/api/v1", description="Who may sign in")


class AccountQuerySchema(CoopQuerySchema):
    q = Words(0, 100, metadata={"description": "Words of name, phone number or member code."})
    role = fields.String(validate=validate.OneOf(ROLES, error="unknown"))
    status = fields.String(validate=validate.OneOf(STATUSES, error="unknown"))
    limit = fields.Integer(load_default=DEFAULT_LIMIT, validate=validate.Range(min=1, max=MAX_LIMIT))
    after = Uuid()


class AccountSchema(Schema):
    id = fields.String()
    name = fields.String()
    role = fields.String(metadata={"enum": list(ROLES)})
    status = fields.String(metadata={"enum": list(STATUSES)})
    phone = fields.String(allow_none=True)
    member_code = fields.String()
    coop_id = fields.String(allow_none=True)
    coop_name = fields.String(allow_none=True)
    phones = fields.Integer(metadata={"description": "How many phones it was ever used on."})
    last_sync_at = fields.String(allow_none=True, metadata={"format": "date-time"})


class AccountPageSchema(Schema):
    items = fields.List(fields.Nested(AccountSchema))
    next = fields.String(allow_none=True)


class NewAccountSchema(Schema):
    name = Words(1, 200, required=True)
    role = fields.String(required=True, validate=validate.OneOf(ROLES, error="unknown"))
    coop_id = Uuid(nullable=True, load_default=None)
    phone = Words(0, 40, load_default="")


class AccountChangeSchema(Schema):
    name = Words(1, 200)
    phone = Words(0, 40, metadata={"description": "Empty takes it away."})
    status = fields.String(validate=validate.OneOf(STATUSES, error="unknown"))
    role = fields.String(validate=validate.OneOf(ROLES, error="unknown"))
    coop_id = Uuid()


@blp.route("/accounts")
@account_required("manager", "admin")
@blp.arguments(AccountQuerySchema, location="query")
@blp.response(200, AccountPageSchema)
def accounts(query: dict[str, Any]) -> Response:
    """Accounts by name"""
    reader = viewer(query.pop("coop", None))
    with reading() as session:
        return answer(account_list.accounts(session, reader, query))


@blp.route("/accounts", methods=["POST"])
@account_required("admin")
@blp.arguments(NewAccountSchema)
@blp.response(201, AccountSchema)
@blp.alt_response(422, schema=ProblemSchema)
def create_account(given: dict[str, Any]) -> dict[str, Any]:
    """An account with its member record; a one-time code (`/enrolments`) lets its person choose a password"""
    with writing() as session:
        account = changes.make_account(session, given)
        return account_list.items_of(session, [account])[0]


@blp.route("/accounts/<id>", methods=["PATCH"])
@account_required("manager", "admin")
@blp.arguments(AccountChangeSchema)
@blp.response(200, AccountSchema)
@blp.alt_response(404, schema=ProblemSchema)
@blp.alt_response(422, schema=ProblemSchema)
def change_account(given: dict[str, Any], id: str) -> dict[str, Any]:
    """Change an account, from its next request on

    A manager changes status and phone number of members. What phones of a disabled or moved account still hold
    arrives as held. The last admin cannot be disabled (`last_admin`).
    """
    with writing() as session:
        account = changes.change_account(session, current_account(), id, given)
        return account_list.items_of(session, [account])[0]
