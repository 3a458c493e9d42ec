"""`POST /api/v1/sync`: what a phone recorded comes in, what changed goes out."""

from contextlib import suppress
from typing import Any

from flask import Response, g
from marshmallow import Schema, fields, validate
from sqlalchemy import update
from sqlalchemy.orm import Session

from server.accounts import Replica
from server.api.answer import answer
from server.api.blueprint import Blueprint
from server.auth import Claims, token_required
from server.database import now_ms, reading, writing
from server.entities.values import Uuid, Whole
from server.problems import TooLargeError, UnavailableError
from server.reconcile import author_of, reconcile
from sync.engine import DEFAULT_LIMIT, MAX_MUTATIONS
from sync.errors import ReadOnlyError

# How fresh "last synced" is kept: a write for each page would cost a disk sync.
SEEN_EVERY_MS = 60_000

blp = Blueprint("sync", __name__, url_prefix="/api/v1", description="The sync protocol, version 1")


class SyncRequestSchema(Schema):
    replica = Uuid(required=True, metadata={"description": "The replica that sign-in gave."})
    cursor = fields.Raw(load_default=None, allow_none=True, metadata={"type": "string"})
    limit = Whole(1, 10**9, load_default=DEFAULT_LIMIT, metadata={"type": "integer"})
    mutations = fields.List(fields.Raw(allow_none=True), load_default=list, metadata={"maxItems": MAX_MUTATIONS})


class ReceiptSchema(Schema):
    at = fields.Raw()
    outcome = fields.String(validate=validate.OneOf(["applied", "merged", "held", "rejected"]))
    seq = fields.Integer()
    eff = fields.String()
    clock = fields.String(validate=validate.OneOf(["ahead"]))
    errors = fields.Dict(keys=fields.String(), values=fields.List(fields.String()))
    note = fields.String(metadata={"description": "what the manager who decided had to say"})


class ChangeSchema(Schema):
    entity = fields.String()
    id = fields.UUID()
    at = fields.String()
    stamps = fields.Dict(keys=fields.String(), values=fields.String())
    row = fields.Dict()
    derived = fields.Dict()


class SyncAnswerSchema(Schema):
    server_time_ms = fields.Integer()
    safe = fields.Integer()
    receipts = fields.List(fields.Nested(ReceiptSchema))
    changes = fields.List(fields.Nested(ChangeSchema))
    cursor = fields.String()
    more = fields.Boolean()
    reset = fields.Boolean()
    digest = fields.Dict(keys=fields.String(), values=fields.List(fields.Integer()))


@blp.route("/sync", methods=["POST"])
@blp.doc(security=[{"access_token": []}])
@token_required
@blp.arguments(SyncRequestSchema)
@blp.response(200, SyncAnswerSchema)
def sync(request: dict[str, Any]) -> Response:
    """One whole two-way sync."""
    claims: Claims = g.claims
    mutations: list[object] = request["mutations"]
    if len(mutations) > MAX_MUTATIONS:
        raise TooLargeError("At most 1,000 mutations in a request.")
    if not mutations:
        try:
            return _pull(claims, request)
        except ReadOnlyError:
            pass  # a new history, a review that fell due, a replica to adopt: the same again, writing
    return _push(claims, request, mutations)


def _pull(claims: Claims, request: dict[str, Any]) -> Response:
    with reading() as session:
        replica = session.get(Replica, request["replica"])
        if replica is None:
            raise ReadOnlyError
        author, coop_id = author_of(session, claims, replica.id, writable=False)
        body = reconcile(session, author, coop_id, [], cursor=request["cursor"], limit=request["limit"], writable=False)
        stale = (replica.last_sync_at_ms or 0) < now_ms() - SEEN_EVERY_MS
    if stale:
        with suppress(UnavailableError), writing() as session:  # the answer is ready: it does not wait for this
            _seen(session, replica.id)
    return answer(body)


def _push(claims: Claims, request: dict[str, Any], mutations: list[object]) -> Response:
    with writing() as session:
        author, coop_id = author_of(session, claims, str(request["replica"]))
        body = reconcile(session, author, coop_id, mutations, cursor=request["cursor"], limit=request["limit"])
        _seen(session, author.replica)
    return answer(body)


def _seen(session: Session, replica_id: str) -> None:
    session.execute(update(Replica).where(Replica.id == replica_id).values(last_sync_at_ms=now_ms()))
