"""The board: what the province writes to its co-operatives, and the needs that members send up."""

from typing import Any

from flask import Response
from marshmallow import Schema, fields, validate
from sqlalchemy import select
from sqlalchemy.orm import Session

from server.accounts import Coop
from server.api.answer import answer
from server.api.blueprint import Blueprint
from server.api.records import FilterSchema, PageSchema, page_of
from server.api.scope import CoopQuerySchema, one_coop, viewer
from server.auth import account_required
from server.board import records
from server.board.board_list import BOARD, board, coops_that_have
from server.database import now_ms, reading, writing
from server.entities import DEFINITIONS
from server.entities.values import Uuid, Words
from server.problems import InvalidError, NotFoundError
from sync.mutation import is_id
from sync.review import instant

blp = Blueprint("board", __name__, url_prefix="/api/v1", description="Prices, notices, markets, needs")

COOPS_MAX = 5000


class BoardQuerySchema(CoopQuerySchema):
    q = Words(0, 100, load_default="")


class BoardLineSchema(Schema):
    class Meta:
        unknown = "include"

    id = fields.String()
    withdrawn = fields.Boolean()
    changed_at = fields.String(metadata={"description": "When it was written last, anywhere."})
    coops = fields.List(fields.String(), metadata={"description": "The co-operatives that have it."})


class BoardSchema(Schema):
    items = fields.List(fields.Nested(BoardLineSchema))


class BoardWriteSchema(Schema):
    coops = fields.List(
        Uuid(),
        load_default=None,
        allow_none=True,
        validate=validate.Length(1, COOPS_MAX),
        metadata={"description": "To whom; null: all, or, when not all fields are set, all that have it."},
    )
    set = fields.Dict(keys=fields.String(), required=True, metadata={"description": "Fields of the record."})


class BoardWrittenSchema(Schema):
    id = fields.String()
    coops = fields.List(fields.String(), metadata={"description": "Those that have it now."})


class AnswerSchema(Schema):
    coop = Uuid(load_default=None, nullable=True, metadata={"description": "Whose need; admins say it."})
    answer = Words(1, 1000, required=True)


@blp.route("/needs")
@account_required()
@blp.arguments(FilterSchema, location="query")
@blp.response(200, PageSchema)
def needs(query: dict[str, Any]) -> Response:
    """What members need, the latest first. `status`: open, answered, withdrawn; `kind`: goods, price, …"""
    return page_of("need", query)


@blp.route("/needs/<id>/answer", methods=["PUT"])
@account_required("manager", "admin")
@blp.arguments(AnswerSchema)
@blp.response(200, PageSchema)
def answer_need(given: dict[str, Any], id: str) -> Response:
    """Answer a need

    It stands on the member's phone after its next sync. The same answer again changes nothing.
    """
    coop_id = one_coop(given["coop"])
    if not is_id(id):
        raise NotFoundError
    need = DEFINITIONS["need"].table
    mine = (need.c.coop_id == coop_id, need.c.id == id, need.c.complete.is_(True))
    with writing() as session:
        row = session.execute(select(need.c.answer, need.c.answered_at).where(*mine)).one_or_none()
        if row is None:
            raise NotFoundError
        same = row.answer == given["answer"]
        said = {"answer": given["answer"], "answered_at": row.answered_at if same else instant(now_ms())}
        records.write(session, coop_id, "need", {id: said})
    return answer({"items": [{"id": id, "coop_id": coop_id, **said}], "next": None})


@blp.route("/board/<entity>")
@account_required("manager", "admin")
@blp.arguments(BoardQuerySchema, location="query")
@blp.response(200, BoardSchema)
def lines(query: dict[str, Any], entity: str) -> Response:
    """Notices, markets or prices, each once, with the co-operatives that have it"""
    reader = viewer(query.get("coop"))
    with reading() as session:
        return answer(board(session, reader, _of_the_board(entity), query["q"]))


@blp.route("/board/<entity>/<id>", methods=["PUT"])
@account_required("admin")
@blp.arguments(BoardWriteSchema)
@blp.response(200, BoardWrittenSchema)
def write(given: dict[str, Any], entity: str, id: str) -> Response:
    """Write a notice, a market or a price to co-operatives

    `id` is made by who writes. Each co-operative gets a record of its own with this id; what has these values already
    is left alone, so the same again, after a lost answer, goes on where it stopped.
    """
    values = _checked(_of_the_board(entity), id, given["set"])
    with reading() as session:
        having = coops_that_have(session, entity, id)
        wanted = _coops(session, given["coops"])
    if not DEFINITIONS[entity].rules.required <= values.keys():
        if not having & wanted:
            raise NotFoundError
        wanted &= having
    elif entity == "notice":
        values["told_by"] = "province"
    # One at a time: none of them waits for the others.
    for coop_id in sorted(wanted):
        with writing() as session:
            for receipt in records.write(session, coop_id, entity, {id: values}):
                if receipt["outcome"] == "rejected":
                    raise InvalidError(errors=receipt["errors"])
    return answer({"id": id, "coops": sorted(having | wanted)})


def _of_the_board(entity: str) -> str:
    if entity not in BOARD:
        raise NotFoundError
    return entity


def _checked(entity: str, id: str, values: dict[str, Any]) -> dict[str, Any]:
    """The values as they are kept. Raises InvalidError."""
    rules = DEFINITIONS[entity].rules
    errors = {name: ["unknown"] for name in values if name not in rules.fields}
    clean: dict[str, Any] = {}
    if not errors:
        clean, errors = rules.check(values)
    if not is_id(id):
        errors["id"] = ["invalid"]
    if not values:
        errors["set"] = ["required"]
    if errors:
        raise InvalidError(errors=errors)
    return clean


def _coops(session: Session, wanted: list[str] | None) -> set[str]:
    known = set(session.scalars(select(Coop.id)))
    if wanted is None:
        return known
    if not known.issuperset(wanted):
        raise InvalidError(errors={"coops": ["unknown"]})
    return set(wanted)
