"""The list of places, and the co-operatives that are in them."""

from typing import Any

from flask import Response
from marshmallow import Schema, fields, validate

from server import coops
from server.accounts import COOP_KINDS, Coop
from server.api.answer import answer
from server.api.blueprint import Blueprint
from server.auth import account_required
from server.database import reading, writing
from server.entities.values import Words
from server.places import loading
from server.places.table import find
from server.problems import NotFoundError, ProblemSchema
from sync.mutation import is_id

blp = Blueprint("places", __name__, url_prefix="/api/v1", description="Places and co-operatives")

FOUND_MAX = 50


class PlaceQuerySchema(Schema):
    q = Words(0, 100, load_default="", metadata={"description": "Words of commune or province, or a code."})
    limit = fields.Integer(load_default=20, validate=validate.Range(min=1, max=FOUND_MAX))


class PlaceSchema(Schema):
    code = fields.String()
    name = fields.String()
    province_code = fields.String()
    province_name = fields.String()


class PlaceListSchema(Schema):
    items = fields.List(fields.Nested(PlaceSchema))


class ListSchema(Schema):
    csv = fields.String(required=True, metadata={"description": "`code,name,province_code`, a line for each place."})


class DifferenceSchema(Schema):
    provinces = fields.Integer()
    communes = fields.Integer()
    added_count = fields.Integer()
    retired_count = fields.Integer()
    changed_count = fields.Integer()
    homeless_count = fields.Integer(metadata={"description": "Co-operatives whose commune is on the list no more."})
    added = fields.List(fields.Dict(), metadata={"description": "The first 100, as in the other lists."})
    retired = fields.List(fields.Dict())
    changed = fields.List(fields.Dict())
    homeless = fields.List(fields.Dict())


class CoopFieldsSchema(Schema):
    name = Words(1, 200)
    kind = fields.String(validate=validate.OneOf(COOP_KINDS, error="unknown"))
    commune_code = Words(1, 10)
    tax_code = Words(0, 20, metadata={"description": "Ten digits, `-` and three more of a branch. Empty: none."})


class NewCoopSchema(CoopFieldsSchema):
    name = Words(1, 200, required=True)
    kind = fields.String(required=True, validate=validate.OneOf(COOP_KINDS, error="unknown"))
    commune_code = Words(1, 10, required=True)


class OrganisationSchema(Schema):
    id = fields.String()
    name = fields.String()
    kind = fields.String()
    tax_code = fields.String(allow_none=True)
    commune_code = fields.String()
    commune_name = fields.String()
    province_code = fields.String()
    province_name = fields.String()


@blp.route("/places")
@account_required("manager", "admin")
@blp.arguments(PlaceQuerySchema, location="query")
@blp.response(200, PlaceListSchema)
def places(query: dict[str, Any]) -> Response:
    """Communes in force, with their province, best first"""
    with reading() as session:
        return answer({"items": find(session, query["q"], limit=query["limit"])})


@blp.route("/places/preview", methods=["POST"])
@account_required("admin")
@blp.arguments(ListSchema)
@blp.response(200, DifferenceSchema)
@blp.alt_response(422, schema=ProblemSchema)
def preview(given: dict[str, Any]) -> dict[str, Any]:
    """What loading this list would change; nothing changes"""
    with reading() as session:
        return loading.compare(session, loading.read_list(given["csv"])).as_shown()


@blp.route("/places/load", methods=["POST"])
@account_required("admin")
@blp.arguments(ListSchema)
@blp.response(200, DifferenceSchema)
@blp.alt_response(422, schema=ProblemSchema)
def load(given: dict[str, Any]) -> dict[str, Any]:
    """Put a list in force; what it lacks stays for the records that name it, and is offered no more"""
    with writing() as session:
        return loading.load(session, loading.read_list(given["csv"])).as_shown()


@blp.route("/coops", methods=["POST"])
@account_required("admin")
@blp.arguments(NewCoopSchema)
@blp.response(201, OrganisationSchema)
@blp.alt_response(422, schema=ProblemSchema)
def create_coop(given: dict[str, Any]) -> Coop:
    """A co-operative"""
    with writing() as session:
        return coops.make_coop(session, **given)


@blp.route("/coops/<id>", methods=["PATCH"])
@account_required("admin")
@blp.arguments(CoopFieldsSchema)
@blp.response(200, OrganisationSchema)
@blp.alt_response(404, schema=ProblemSchema)
@blp.alt_response(422, schema=ProblemSchema)
def change_coop(given: dict[str, Any], id: str) -> Coop:
    """Change what is given"""
    with writing() as session:
        coop = session.get(Coop, id) if is_id(id) else None
        if coop is None:
            raise NotFoundError
        coops.change_coop(session, coop, given)
        return coop
