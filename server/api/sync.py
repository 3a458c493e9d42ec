"""`POST /api/v1/sync`: what a phone recorded comes in, what changed goes out."""

from contextlib import suppress
from typing import Any

from flask import Response, g
from marshmallow import Schema, fields, validate
from sqlalchemy import update
from sqlalchemy.orm import Session

from server.api.answer import answer
from server.api.blueprint import Blueprint
from server.auth import token_required
from server.database import now_ms, reading, writing
from server.entities.values import Uuid, Whole
from server.people.erased import is_erased
from server.people.erasure import keep_erased
from server.phones import is_news, told_values
from server.problems import TooLargeError, UnavailableError
from server.reconcile import author_of, reconcile
from server.replicas import Replica
from server.tokens import Claims
from sync.engine import DEFAULT_LIMIT, MAX_MUTATIONS
from sync.errors import ReadOnlyError
from sync.mutation import Author
from sync.rules import UNTOLD_VERSION

# How fresh "last synced" is kept: a write for each page would cost a disk sync.
SEEN_EVERY_MS = 60_000

blp = Blueprint("sync", __name__, url_prefix="/api/v1", description="The sync protocol, version 1")


class SyncRequestSchema(Schema):
    replica = Uuid(required=True, metadata={"description": "The replica that sign-in gave."})
    cursor = fields.Raw(load_default=None, allow_none=True, metadata={"type": "string"})
    limit = Whole(1, 10**9, load_default=DEFAULT_LIMIT, metadata={"type": "integer"})
    v = Whole(
        1,
        10**9,
        load_default=UNTOLD_VERSION,
        metadata={"type": "integer", "description": "The data version that the client knows."},
    )
    mutations = fields.List(fields.Raw(allow_none=True), load_default=list, metadata={"maxItems": MAX_MUTATIONS})
    phone = fields.Raw(
        load_default=None,
        allow_none=True,
        metadata={
            "type": "object",
            "description": "What the phone says of itself: `{app_version, unsent, clock_error_ms}`.",
        },
    )


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
    erased = fields.Boolean(metadata={"description": "true: the person was erased, forget this account's data"})


@blp.route("/sync", methods=["POST"])
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
        body = reconcile(session, author, coop_id, [], **_place(request), writable=False)
        _tell_erased(session, author, body)
        stale = (replica.last_sync_at_ms or 0) < now_ms() - SEEN_EVERY_MS or is_news(replica, request["phone"])
    if stale:
        with suppress(UnavailableError), writing() as session:  # the answer is ready: it does not wait for this
            _seen(session, replica.id, request["phone"])
    return answer(body)


def _push(claims: Claims, request: dict[str, Any], mutations: list[object]) -> Response:
    with writing() as session:
        author, coop_id = author_of(session, claims, str(request["replica"]))
        body = reconcile(session, author, coop_id, mutations, **_place(request))
        keep_erased(session, coop_id, author.account, mutations)
        _tell_erased(session, author, body)
        _seen(session, author.replica, request["phone"])
    return answer(body)


def _place(request: dict[str, Any]) -> dict[str, Any]:
    """Where the client stands and what it can take."""
    return {"cursor": request["cursor"], "limit": request["limit"], "version": request["v"]}


def _tell_erased(session: Session, author: Author, body: dict[str, Any]) -> None:
    """Whose account was erased forgets everything on this phone, once it has sent what it still holds."""
    if author.held and is_erased(session, author.account):
        body["erased"] = True


def _seen(session: Session, replica_id: str, told: object) -> None:
    values = {"last_sync_at_ms": now_ms(), **told_values(told)}
    session.execute(update(Replica).where(Replica.id == replica_id).values(**values))
