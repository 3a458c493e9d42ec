"""`POST /api/v1/sync/witness`: what a phone had confirmed before a restore and did not get back."""

import secrets
from typing import Any

from flask import g
from marshmallow import Schema, fields
from sqlalchemy import select

from server.api.blueprint import Blueprint
from server.auth import token_required
from server.database import now_ms, writing
from server.entities import REGISTRY
from server.entities.values import Uuid
from server.problems import ForbiddenError, TooLargeError
from server.reconcile import author_of
from server.store import SqlStore
from server.tables import REVIEW
from sync.witness import KIND, MAX_RECORDS, witness

blp = Blueprint("witness", __name__, url_prefix="/api/v1", description="The sync protocol, version 1")


class WitnessRequestSchema(Schema):
    replica = Uuid(required=True, metadata={"description": "The replica that sign-in gave."})
    records = fields.List(
        fields.Raw(allow_none=True),
        required=True,
        metadata={"maxItems": MAX_RECORDS, "description": "`{entity, id, at, stamps, row}` as a page brought them."},
    )


class WitnessAnswerSchema(Schema):
    taken = fields.Integer(metadata={"description": "How many of them are before a person now, or were already."})


@blp.route("/sync/witness", methods=["POST"])
@token_required
@blp.arguments(WitnessRequestSchema)
@blp.response(200, WitnessAnswerSchema)
def offer(request: dict[str, Any]) -> dict[str, int]:
    """Offer records that did not come back after a reset."""
    records: list[object] = request["records"]
    if len(records) > MAX_RECORDS:
        raise TooLargeError("At most 1,000 records in a request.")
    with writing() as session:
        author, coop_id = author_of(session, g.claims, str(request["replica"]))
        if author.held:
            raise ForbiddenError("This account may not speak for the co-operative now.")
        store = SqlStore(session, coop_id)
        store.lock()
        decided = select(REVIEW.c.entity, REVIEW.c.record_id).where(
            REVIEW.c.coop_id == coop_id, REVIEW.c.kind == KIND, REVIEW.c.status != "open"
        )
        keys = {(row.entity, row.record_id) for row in session.execute(decided)}
        taken = witness(store, REGISTRY, author, records, keys, now_ms(), secrets.token_hex(8))
    return {"taken": taken}
