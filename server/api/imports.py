"""Taking members and past sales from spreadsheets: send the file, look at what it would do, take it, undo it."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import asdict
from itertools import chain, islice
from typing import Any, TypeVar

import orjson
from flask import Response, request, stream_with_context
from marshmallow import Schema, fields, validate
from sqlalchemy.orm import Session
from werkzeug.exceptions import RequestEntityTooLarge

from server.accounts import Account
from server.api.answer import answer
from server.api.blueprint import Blueprint
from server.api.records import CoopQuerySchema, ItemsSchema
from server.auth import account_required, current_account
from server.database import reading, writing
from server.entities.values import Sha256, Words
from server.front_door import settings
from server.imports.carrying import File, Steps, look, take, undo
from server.imports.kept import Uploads
from server.imports.plan import Asked, Plan, Row
from server.imports.sheet import FILE_BYTES_MAX, UnreadableError, read_sheets
from server.imports.spellings import SPELLINGS
from server.imports.tables import SheetImport, imports_of
from server.lists import Viewer
from server.problems import ForbiddenError, InvalidError, NotFoundError, ProblemError, ProblemSchema, TooLargeError
from sync.review import instant

blp = Blueprint("imports", __name__, url_prefix="/api/v1/imports", description="Spreadsheets")

T = TypeVar("T")
TOKEN: dict[str, Any] = {"security": [{"access_token": []}]}
BINARY = {"schema": {"type": "string", "format": "binary"}}
STEPS = {
    "description": "A line for each step: `{rows, total}`; the last one has `import`, or `error` and `errors`",
    "content": {"application/x-ndjson": {"schema": {"type": "string"}}},
}
# How many rows of each state are shown; all are counted.
SHOWN = {"wrong": 200, "there": 200, "ready": 50, "skipped": 50}
FIELDS = sorted({field for spellings in SPELLINGS.values() for field in spellings})


class SheetFileSchema(Schema):
    file = fields.String(metadata={"description": "the name it goes by for a day"})
    sheets = fields.List(fields.String())


class SheetAskedSchema(CoopQuerySchema):
    file = Sha256(required=True)
    name = Words(1, 200, required=True, metadata={"description": "the file's own name, for people"})
    entity = fields.String(required=True, validate=validate.OneOf([*SPELLINGS]))
    sheet = fields.Integer(load_default=0, validate=validate.Range(0, 100))
    heading_row = fields.Integer(load_default=None, allow_none=True, validate=validate.Range(1, 1000))
    fields_ = fields.List(
        fields.String(allow_none=True, validate=validate.OneOf(FIELDS)),
        data_key="fields",
        load_default=None,
        allow_none=True,
        metadata={"description": "what each column holds; null: guessed"},
    )
    unit = Words(0, 20, load_default="")
    payment = fields.String(load_default="cash", validate=validate.OneOf(["cash", "transfer", "credit"]))
    money_with = fields.String(load_default="member", validate=validate.OneOf(["member", "coop"]))
    no_member = fields.String(load_default="refuse", validate=validate.OneOf(["refuse", "coop", "above"]))


class SheetTakeSchema(SheetAskedSchema):
    keep = fields.List(fields.Integer(), load_default=list, metadata={"description": "rows to take though there"})
    leave_out = fields.List(fields.Integer(), load_default=list)


class SheetLookSchema(Schema):
    columns = fields.List(fields.Dict())
    heading_row = fields.Integer()
    missing = fields.List(fields.String())
    counts = fields.Dict()
    total_vnd = fields.Integer(metadata={"description": "of the rows that would be taken"})
    said_total_vnd = fields.Integer(allow_none=True, metadata={"description": "by the file's own last total row"})
    rows = fields.List(fields.Dict(), metadata={"description": "of each state some; all are counted"})
    wrong_rows = fields.List(fields.Integer())
    taken = fields.Dict(allow_none=True, metadata={"description": "the import of this very sheet that stands"})


@blp.route("/files", methods=["POST"])
@blp.doc(**TOKEN, requestBody={"required": True, "content": {"application/octet-stream": BINARY}})
@account_required("manager", "admin")
@blp.response(200, SheetFileSchema)
@blp.alt_response(413, schema=ProblemSchema)
def send() -> dict[str, Any]:
    """Send a spreadsheet (CSV or XLSX, 8 MiB)"""
    request.max_content_length = FILE_BYTES_MAX + 1
    try:
        content = request.get_data(cache=False)
    except RequestEntityTooLarge as error:
        raise TooLargeError from error
    if len(content) > FILE_BYTES_MAX:
        raise TooLargeError
    sheets = _readable(lambda: read_sheets(content))
    return {"file": _uploads().keep(content), "sheets": [sheet.name for sheet in sheets]}


@blp.route("/look", methods=["POST"])
@blp.doc(**TOKEN)
@account_required("manager", "admin")
@blp.arguments(SheetAskedSchema)
@blp.response(200, SheetLookSchema)
@blp.alt_response(404, schema=ProblemSchema)
def preview(given: dict[str, Any]) -> Response:
    """What taking the file would do, row by row; nothing is written"""
    coop_id, file, asked = _asked(given)
    with reading() as session:
        plan = look(session, coop_id, file, asked)
        standing = [t for t in imports_of(session, coop_id, file.digest, asked.sheet) if t.undone_at_ms is None]
    said = {"taken": _shown(standing[0]) if standing else None}
    return answer(_look(file, asked, plan) | said)


@blp.route("", methods=["POST"])
@blp.doc(**TOKEN, responses={200: STEPS})
@account_required("manager", "admin")
@blp.arguments(SheetTakeSchema)
@blp.alt_response(404, schema=ProblemSchema)
def accept(given: dict[str, Any]) -> Response:
    """Take the file: all of its rows or, if anything is wrong, none

    Rows that are there already are left out, but for those to `keep`. The same file again changes nothing.
    """
    keep, leave_out = given.pop("keep"), given.pop("leave_out")
    coop_id, file, asked = _asked(given)
    account = current_account()
    return _while_working(lambda session: take(session, coop_id, account.id, file, asked, keep, leave_out), account)


@blp.route("/<id>/undo", methods=["POST"])
@blp.doc(**TOKEN, responses={200: STEPS})
@account_required("manager", "admin")
@blp.arguments(CoopQuerySchema, location="query")
@blp.alt_response(404, schema=ProblemSchema)
def take_back(query: dict[str, Any], id: str) -> Response:
    """Void everything that an import recorded"""
    account = current_account()
    coop_id = _coop(account, query.get("coop"))

    def work(session: Session) -> Steps:
        taken = session.get(SheetImport, (coop_id, id))
        if taken is None:
            raise NotFoundError
        return undo(session, coop_id, account.id, taken)

    return _while_working(work, account)


@blp.route("")
@blp.doc(**TOKEN)
@account_required("manager", "admin")
@blp.arguments(CoopQuerySchema, location="query")
@blp.response(200, ItemsSchema)
def imports(query: dict[str, Any]) -> Response:
    """What was taken from spreadsheets, the newest first"""
    coop_id = _coop(current_account(), query.get("coop"))
    with reading() as session:
        return answer({"items": [_shown(taken) for taken in imports_of(session, coop_id)]})


def _coop(account: Account, coop: str | None) -> str:
    """Raises ForbiddenError, or InvalidError for an admin who does not say which."""
    coop_id = Viewer.of(account, coop).coop_id
    if coop_id is None:
        raise InvalidError(errors={"coop": ["required"]})
    return coop_id


def _uploads() -> Uploads:
    return Uploads(settings().data_dir, current_account().id)


def _asked(given: dict[str, Any]) -> tuple[str, File, Asked]:
    coop_id = _coop(current_account(), given.pop("coop", None))
    digest, name = given.pop("file"), given.pop("name")
    given["fields"] = given.pop("fields_")
    named = [field for field in given["fields"] or () if field]
    if len(named) != len(set(named)) or not set(named) <= SPELLINGS[given["entity"]].keys():
        raise InvalidError(errors={"fields": ["invalid"]})
    return coop_id, _readable(lambda: _uploads().find(digest, name)), Asked(**given)


def _readable(read: Callable[[], T]) -> T:
    try:
        return read()
    except UnreadableError as error:
        raise InvalidError(errors={"file": [error.code]}) from error


def _look(file: File, asked: Asked, plan: Plan) -> dict[str, Any]:
    headings, rows = plan.headings, file.sheets[asked.sheet].rows
    shown = sorted((row for state, most in SHOWN.items() for row in islice(plan.of(state), most)), key=_number)
    below = rows[headings.row : headings.row + 3]
    return {
        "heading_row": headings.row,
        "columns": [
            {
                "heading": text,
                "field": plan.fields[place] if place < len(plan.fields) else None,
                "unkept": headings.unkept.get(place),
                "samples": [str(row[place]) for row in below if place < len(row) and row[place] is not None],
            }
            for place, text in enumerate(headings.texts)
        ],
        "missing": plan.missing,
        "counts": {state: len(plan.of(state)) for state in SHOWN},
        "total_vnd": sum(row.values.get("total_vnd") or 0 for row in plan.of("ready")),
        "said_total_vnd": plan.said_total_vnd,
        "wrong_rows": [row.number for row in plan.of("wrong")],
        "rows": [asdict(row) | {"cells": [_text(cell) for cell in rows[row.number - 1]]} for row in shown],
    }


def _number(row: Row) -> int:
    return row.number


def _text(cell: object) -> str:
    return "" if cell is None else str(cell)[:200]


def _shown(taken: SheetImport) -> dict[str, Any]:
    return {
        "id": taken.id,
        "entity": taken.entity,
        "file_name": taken.file_name,
        "rows": len(taken.numbers),
        "total_vnd": taken.total_vnd,
        "account": taken.account_id,
        "at": instant(taken.at_ms),
        "undone_at": instant(taken.undone_at_ms) if taken.undone_at_ms is not None else None,
    }


def _while_working(work: Callable[[Session], Steps], account: Account) -> Response:
    """One line for each step; the last one only when all of it is on the disk."""

    def lines() -> Generator[bytes, None, None]:
        try:
            with writing() as session:
                steps = work(session)
                _require_still(session, account)
                while True:
                    try:
                        rows, total = next(steps)
                    except StopIteration as end:
                        said = _shown(end.value)
                        break
                    yield orjson.dumps({"rows": rows, "total": total}) + b"\n"
        except ProblemError as error:
            if not begun:
                raise
            yield orjson.dumps({"error": error.code, "errors": error.errors}) + b"\n"
            return
        yield orjson.dumps({"import": said}) + b"\n"

    begun: list[bytes] = []
    told = lines()
    begun.append(next(told))  # what cannot be taken is refused before the answer begins
    response = Response(stream_with_context(chain(begun[:1], told)), content_type="application/x-ndjson")
    response.call_on_close(told.close)
    response.headers["X-Accel-Buffering"] = "no"
    return response


def _require_still(session: Session, account: Account) -> None:
    """Behind the lock the account still is what let it in. Raises ForbiddenError."""
    now = session.get(Account, account.id)
    if now is None or (now.status, now.role, now.coop_id) != (account.status, account.role, account.coop_id):
        raise ForbiddenError
