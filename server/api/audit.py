"""What staff did, for managers of their own co-operative and for admins."""

from typing import Any

from flask import Response
from marshmallow import Schema, fields, validate

from server import audit_list
from server.api.answer import answer
from server.api.blueprint import Blueprint
from server.api.scope import CoopQuerySchema, viewer
from server.auth import account_required
from server.database import reading
from server.entities.values import Uuid, Words
from server.lists import DEFAULT_LIMIT, MAX_LIMIT

blp = Blueprint("audit", __name__, url_prefix="/api/v1", description="What staff did")


class AuditQuerySchema(CoopQuerySchema):
    account = Uuid(metadata={"description": "Who did it."})
    subject = Words(1, 60, metadata={"description": "The id of whom or what it was done to."})
    action = Words(1, 60)
    since = Words(1, 40)
    until = Words(1, 40)
    limit = fields.Integer(load_default=DEFAULT_LIMIT, validate=validate.Range(min=1, max=MAX_LIMIT))
    after = Uuid()


class AuditEntrySchema(Schema):
    id = fields.String()
    at = fields.String(metadata={"format": "date-time"})
    coop_id = fields.String(allow_none=True, metadata={"description": "null: the province's"})
    coop_name = fields.String(allow_none=True)
    account = fields.String(allow_none=True, metadata={"description": "null: at the server's command line"})
    account_name = fields.String(allow_none=True)
    role = fields.String()
    action = fields.String()
    subject_kind = fields.String()
    subject_id = fields.String()
    subject_name = fields.String(allow_none=True)
    details = fields.Dict()


class AuditPageSchema(Schema):
    items = fields.List(fields.Nested(AuditEntrySchema))
    actions = fields.List(fields.String(), metadata={"description": "All that occur; first page only."})
    next = fields.String(allow_none=True)


@blp.route("/audit")
@account_required("manager", "admin")
@blp.arguments(AuditQuerySchema, location="query")
@blp.response(200, AuditPageSchema)
def entries(query: dict[str, Any]) -> Response:
    """What staff did, the newest first"""
    reader = viewer(query.pop("coop", None))
    with reading() as session:
        return answer(audit_list.entries(session, reader, query))
