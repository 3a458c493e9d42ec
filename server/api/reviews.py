"""What managers decide. What the decision does goes through the engine's rules: see `sync/decide.py`."""

import secrets
from typing import Any

from flask import Response
from marshmallow import Schema, fields
from sqlalchemy import select
from sqlalchemy.orm import Session

from server import review_list
from server.accounts import Account, Coop
from server.api.answer import answer
from server.api.blueprint import Blueprint
from server.auth import account_required, current_account
from server.database import now_ms, writing
from server.entities import REGISTRY
from server.entities.values import Words
from server.lists import Viewer
from server.problems import ForbiddenError, InvalidError, NotFoundError, ProblemSchema, ReviewChangedError
from server.reconcile import own_author, own_stamp
from server.store import SqlStore
from server.tables import REVIEW
from sync.decide import Decision, OwnReplica, decide
from sync.errors import DecisionError
from sync.errors import ReviewChangedError as ChangedError
from sync.mutation import is_id

blp = Blueprint("reviews", __name__, url_prefix="/api/v1", description="What managers decide")


class DecisionSchema(Schema):
    action = Words(
        1,
        20,
        required=True,
        metadata={"description": "`held`: accept, refuse; `rejected`: dismiss; `lost_in_restore`: accept, dismiss"},
    )
    note = Words(0, 2000, load_default="", metadata={"description": "to whoever wrote what is decided about"})
    stamps = fields.Dict(
        keys=fields.String(),
        values=fields.String(),
        required=True,
        metadata={"description": "the record's stamp of each field as it was shown, empty without a record"},
    )


class ResolutionSchema(Schema):
    action = fields.String()
    note = fields.String(allow_none=True)
    account = fields.String()
    account_name = fields.String(allow_none=True)


class ReviewSchema(Schema):
    id = fields.String()
    kind = fields.String()
    status = fields.String()
    coop_id = fields.String()
    entity = fields.String(allow_none=True)
    record_id = fields.String(allow_none=True)
    field = fields.String(allow_none=True)
    sides = fields.List(fields.Dict())
    opened_at = fields.String()
    closed_at = fields.String()
    resolution = fields.Nested(ResolutionSchema)


@blp.route("/reviews/<id>/resolve", methods=["POST"])
@blp.doc(security=[{"access_token": []}])
@account_required("manager", "admin")
@blp.arguments(DecisionSchema)
@blp.response(200, ReviewSchema)
@blp.alt_response(404, schema=ProblemSchema)
@blp.alt_response(409, schema=ProblemSchema)
def resolve(given: dict[str, Any], id: str) -> Response:
    """Decide a review

    `409 review_changed` when somebody else decided it or it settled itself, or when its record changed since it was
    shown. The same decision again, after a lost answer, is answered with the review as it stands.
    """
    account = current_account()
    decision = Decision(id, account.id, given["action"], given["stamps"], given["note"] or None)
    with writing() as session:
        store = SqlStore(session, _coop_of(session, account, id))
        store.lock()
        _require_still(session, account)
        own = OwnReplica(own_author(session, store.coop_id), own_stamp)
        try:
            decide(store, REGISTRY, decision, own, now_ms(), secrets.token_hex(8))
        except ChangedError as error:
            raise ReviewChangedError from error
        except DecisionError as error:
            raise InvalidError(errors={error.field: [error.reason]}) from error
        session.flush()
        body = review_list.review(session, Viewer.of(account, store.coop_id), id)
    return answer(body)


def _require_still(session: Session, account: Account) -> None:
    """Behind the lock the account still is what let it in. Raises ForbiddenError."""
    now = session.get(Account, account.id)
    if now is None or (now.status, now.role, now.coop_id) != (account.status, account.role, account.coop_id):
        raise ForbiddenError


def _coop_of(session: Session, account: Account, review_id: str) -> str:
    """The co-operative whose review it is. Raises NotFoundError for one of a co-operative that is not the account's."""
    if not is_id(review_id):
        raise NotFoundError
    # Named one by one, so that the key can be used: co-operatives come first in it.
    mine = [account.coop_id] if account.coop_id else select(Coop.id)
    found = session.scalar(select(REVIEW.c.coop_id).where(REVIEW.c.coop_id.in_(mine), REVIEW.c.id == review_id))
    if found is None:
        raise NotFoundError
    return str(found)
