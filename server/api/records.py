"""Lists of merged records, the reviews, and the past of a record. Reading only: what changes records is /sync."""

from typing import Any

from flask import Response
from marshmallow import Schema, fields, validate
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from server import lists
from server.accounts import Coop
from server.api.answer import answer
from server.api.blueprint import Blueprint
from server.api.scope import CoopQuerySchema, viewer
from server.auth import account_required, current_account
from server.database import reading
from server.entities import DEFINITIONS
from server.entities.values import Words
from server.lists import DEFAULT_LIMIT, MAX_LIMIT, Filter
from server.replicas import Replica
from server.reviews import history as past
from server.reviews import queue
from server.tables import REVIEW
from server.viewer import Viewer
from sync.review import instant

blp = Blueprint("records", __name__, url_prefix="/api/v1", description="Merged records, reviews and histories")


class FilterSchema(CoopQuerySchema):
    since = Words(1, 40, metadata={"description": "From this instant or day (Asia/Ho_Chi_Minh) on."})
    until = Words(1, 40, metadata={"description": "Before this instant, or up to and including this day."})
    q = Words(0, 100, metadata={"description": "Words, without regard to case, tones or diacritics."})
    status = Words(1, 20)
    kind = Words(1, 20)
    limit = fields.Integer(load_default=DEFAULT_LIMIT, validate=validate.Range(min=1))
    after = Words(1, 1000, metadata={"description": "`next` of the page before."})


class PageSchema(Schema):
    items = fields.List(fields.Dict())
    next = fields.String(allow_none=True)


class TotalsSchema(Schema):
    count = fields.Integer()
    total_vnd = fields.Integer()


class SalesPageSchema(PageSchema):
    totals = fields.Nested(TotalsSchema, metadata={"description": "Of all sales that count; first page only."})


class ItemsSchema(Schema):
    items = fields.List(fields.Dict())


class HistorySchema(ItemsSchema):
    reviews = fields.List(fields.Dict(), metadata={"description": "What was asked and decided about it; staff only."})


def page_of(entity: str, query: dict[str, Any]) -> Response:
    """A page of an entity's records, as the list asked for."""
    reader, wanted = _asked(query)
    with reading() as session:
        return answer(lists.records(session, reader, entity, wanted))


def _asked(query: dict[str, Any]) -> tuple[Viewer, Filter]:
    """Who reads, and what a list is asked for."""
    reader = viewer(query.pop("coop", None))
    query["limit"] = min(query["limit"], MAX_LIMIT)
    return reader, Filter(**query)


@blp.route("/sales")
@account_required()
@blp.arguments(FilterSchema, location="query")
@blp.response(200, SalesPageSchema)
def sales(query: dict[str, Any]) -> Response:
    """Sales, the latest first. `status`: live, voided; `kind`: the payment."""
    return page_of("sale", query)


@blp.route("/listings")
@account_required()
@blp.arguments(FilterSchema, location="query")
@blp.response(200, PageSchema)
def listings(query: dict[str, Any]) -> Response:
    """Listings by name. `status`: offered, withdrawn; `kind`: approved, refused."""
    return page_of("listing", query)


@blp.route("/members")
@account_required()
@blp.arguments(FilterSchema, location="query")
@blp.response(200, PageSchema)
def members(query: dict[str, Any]) -> Response:
    """Members by name, with how many phones each has and when one of them last synced. `status`: active, inactive."""
    reader, wanted = _asked(query)
    with reading() as session:
        page = lists.records(session, reader, "member", wanted)
        lists.add_phones(session, page["items"])
        return answer(page)


@blp.route("/reviews")
@account_required()
@blp.arguments(FilterSchema, location="query")
@blp.response(200, PageSchema)
def reviews(query: dict[str, Any]) -> Response:
    """What a person must look at, the newest first. `q`: the id of a record."""
    reader, wanted = _asked(query)
    with reading() as session:
        return answer(queue.reviews(session, reader, wanted))


@blp.route("/records/<entity>/<id>/history")
@account_required()
@blp.arguments(CoopQuerySchema, location="query")
@blp.response(200, HistorySchema)
def history(query: dict[str, Any], entity: str, id: str) -> Response:
    """Every mutation that touched a record, oldest first, and what became of each of its fields."""
    with reading() as session:
        return answer(past.history(session, viewer(query.get("coop")), entity, id))


@blp.route("/coops")
@account_required("manager", "admin")
@blp.response(200, ItemsSchema)
def coops() -> Response:
    """The co-operatives that the account may see, with what a province wants to know first."""
    own = current_account().coop_id
    with reading() as session:
        wanted = select(Coop).order_by(Coop.name)
        found = session.scalars(wanted if own is None else wanted.where(Coop.id == own)).all()
        return answer({"items": [_coop(session, coop) for coop in found]})


def _coop(session: Session, coop: Coop) -> dict[str, Any]:
    member = DEFINITIONS["member"].table
    members = select(func.count()).where(member.c.coop_id == coop.id, member.c.complete.is_(True))
    waiting = select(func.count()).where(REVIEW.c.coop_id == coop.id, REVIEW.c.status == "open")
    last_ms = session.scalar(select(func.max(Replica.last_sync_at_ms)).where(Replica.coop_id == coop.id))
    return {
        "id": coop.id,
        "name": coop.name,
        "kind": coop.kind,
        "tax_code": coop.tax_code,
        "commune_code": coop.commune_code,
        "commune_name": coop.commune_name,
        "province_name": coop.province_name,
        "members": session.scalar(members),
        "open_reviews": session.scalar(waiting),
        "last_sync_at": instant(last_ms) if last_ms is not None else None,
    }
