"""Phones: which there are, what they said of themselves last, and shutting one out."""

from typing import Any

from flask import Response
from marshmallow import Schema, fields, validate

from server.api.answer import answer
from server.api.blueprint import Blueprint
from server.api.scope import CoopQuerySchema, viewer
from server.auth import account_required, current_account
from server.database import reading, writing
from server.entities.values import Uuid
from server.lists import MAX_LIMIT
from server.people import account_list, changes
from server.problems import ProblemSchema

blp = Blueprint("phones", __name__, url_prefix="/api/v1", description="Phones, and what they said last")


class PhoneQuerySchema(CoopQuerySchema):
    account = Uuid()
    limit = fields.Integer(load_default=MAX_LIMIT, validate=validate.Range(min=1, max=MAX_LIMIT))


class PhoneSchema(Schema):
    id = fields.String(metadata={"description": "The replica."})
    account = fields.String()
    account_name = fields.String(allow_none=True)
    role = fields.String()
    coop_id = fields.String()
    coop_name = fields.String(allow_none=True)
    since = fields.String(metadata={"format": "date-time"})
    last_sync_at = fields.String(allow_none=True, metadata={"format": "date-time"})
    signed_in = fields.Boolean(metadata={"description": "false: signed out, or shut out"})
    told_at = fields.String(allow_none=True, metadata={"description": "When the phone said the following."})
    app_version = fields.String(allow_none=True)
    unsent = fields.Integer(allow_none=True, metadata={"description": "What it still had to send then."})
    clock_error_ms = fields.Integer(allow_none=True, metadata={"description": "Above 0: the phone is ahead."})


class PhoneListSchema(Schema):
    items = fields.List(fields.Nested(PhoneSchema))


@blp.route("/phones")
@account_required("manager", "admin")
@blp.arguments(PhoneQuerySchema, location="query")
@blp.response(200, PhoneListSchema)
def phones(query: dict[str, Any]) -> Response:
    """Phones, who synced longest ago first"""
    reader = viewer(query.get("coop"))
    with reading() as session:
        found = account_list.phones(session, reader, query.get("account"), query["limit"])
    return answer({"items": found})


@blp.route("/phones/<id>/revoke", methods=["POST"])
@account_required("manager", "admin")
@blp.response(200, PhoneSchema)
@blp.alt_response(404, schema=ProblemSchema)
def revoke(id: str) -> dict[str, Any]:
    """Shut a phone out: it reads and sends nothing more

    What it still holds arrives once its person signs in there again. Its account's other phones stay signed in.
    """
    with writing() as session:
        phone = changes.revoke(session, current_account(), id)
        session.flush()
        return account_list.phone_items(session, [phone])[0]
