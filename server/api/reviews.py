"""What managers decide. What the decision does goes through the engine's rules: see `sync/decide.py`."""

import secrets
from typing import Any

from flask import Response
from marshmallow import Schema, fields, validate
from sqlalchemy import select
from sqlalchemy.orm import Session

from server import audit
from server.accounts import Account, Coop
from server.api.answer import answer
from server.api.blueprint import Blueprint
from server.auth import account_required, current_account, require_still
from server.database import now_ms, writing
from server.entities import REGISTRY
from server.entities.values import Words
from server.problems import InvalidError, NotFoundError, ProblemError, ProblemSchema, ReviewChangedError
from server.reconcile import own_author, own_stamp
from server.reviews import queue
from server.reviews.watch import detection
from server.store import SqlStore
from server.tables import REVIEW
from server.viewer import Viewer
from sync.answers import ANSWERS
from sync.decide import Decision, decide
from sync.errors import DecisionError
from sync.errors import ReviewChangedError as ChangedError
from sync.mutation import is_id
from sync.own import OwnReplica

blp = Blueprint("reviews", __name__, url_prefix="/api/v1", description="What managers decide")


MOST_AT_ONCE = 100
ACTIONS = "; ".join(f"`{kind}`: {', '.join(answers)}" for kind, answers in ANSWERS.items())


class DecisionSchema(Schema):
    action = Words(1, 20, required=True, metadata={"description": ACTIONS})
    value = fields.Raw(
        load_default=None,
        allow_none=True,
        metadata={
            "description": "of `conflict` take: which side, set: the value; of `oversold` set: what is left, in "
            "thousandths; of `duplicate_sale` void: the sale; of `odd_amount` and `odd_date` set: the right fields"
        },
    )
    note = Words(0, 2000, load_default="", metadata={"description": "to whoever wrote what is decided about"})
    stamps = fields.Dict(
        keys=fields.String(),
        values=fields.String(),
        required=True,
        metadata={"description": "the record's stamp of each field as it was shown, empty without a record"},
    )


class OneOfManySchema(DecisionSchema):
    id = Words(1, 40, required=True)


class DecisionsSchema(Schema):
    decisions = fields.List(
        fields.Nested(OneOfManySchema), required=True, validate=validate.Length(min=1, max=MOST_AT_ONCE)
    )


class ResolutionSchema(Schema):
    action = fields.String()
    value = fields.Raw()
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
    stamps = fields.Dict(metadata={"description": "what a decision must name; staff only, while it is open"})
    records = fields.Dict(metadata={"description": "by id, the records that it is about as they stand; staff only"})
    stands = fields.Integer(allow_none=True, metadata={"description": "`conflict`: the side whose value stands"})
    reason = fields.String(metadata={"description": "`conflict`: why; `later`, `clock_ahead` or `replaced`"})


class ResultSchema(Schema):
    id = fields.String()
    review = fields.Nested(ReviewSchema)
    code = fields.String(metadata={"description": "why it was not decided, as a problem's code"})
    errors = fields.Dict()


class ResultsSchema(Schema):
    items = fields.List(fields.Nested(ResultSchema))


@blp.route("/reviews/<id>/resolve", methods=["POST"])
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
    return answer(_decided(current_account(), id, given))


@blp.route("/reviews/resolve", methods=["POST"])
@account_required("manager", "admin")
@blp.arguments(DecisionsSchema)
@blp.response(200, ResultsSchema)
def resolve_many(given: dict[str, Any]) -> Response:
    """Decide several reviews

    Each by itself: of each the answer tells the review as it stands then, or the problem's `code`. Sent again after a
    lost answer, what was decided stays decided once.
    """
    account = current_account()
    return answer({"items": [_result(account, one) for one in given["decisions"]]})


def _result(account: Account, given: dict[str, Any]) -> dict[str, Any]:
    try:
        return {"id": given["id"], "review": _decided(account, given["id"], given)}
    except ProblemError as problem:
        errors = {"errors": problem.errors} if problem.errors else {}
        return {"id": given["id"], "code": problem.code, **errors}


def _decided(account: Account, id: str, given: dict[str, Any]) -> dict[str, Any]:
    """Carry one decision out in a transaction of its own; the review as it stands then."""
    decision = Decision(id, account.id, given["action"], given["stamps"], given["note"] or None, given["value"])
    with writing() as session:
        store = SqlStore(session, _coop_of(session, account, id))
        store.lock()
        require_still(session, account)
        own = OwnReplica(own_author(session, store.coop_id), own_stamp)
        inspect = detection(session, store.coop_id)
        try:
            decide(store, REGISTRY, decision, own, now_ms(), secrets.token_hex(8), inspect)
        except ChangedError as error:
            raise ReviewChangedError from error
        except DecisionError as error:
            raise InvalidError(errors={error.field: [error.reason]}) from error
        session.flush()
        review = queue.review(session, Viewer.of(account, store.coop_id), id)
        details = {"action": decision.action, "kind": review["kind"]}
        audit.record(session, "reviews.resolve", coop_id=store.coop_id, subject=("review", id), details=details)
        return review


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
