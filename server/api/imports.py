"""Taking members and past sales from spreadsheets: send the file, look at what it would do, take it, undo it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Generator
from dataclasses import asdict
from itertools import islice
from typing import Any, TypeVar

import orjson
from flask import Response
from sqlalchemy.orm import Session

from server.accounts import Account
from server.api import import_schemas as schemas
from server.api.answer import answer
from server.api.blueprint import Blueprint
from server.api.files import FILE_BODY, in_steps, read_bytes, steps_schema
from server.api.records import ItemsSchema
from server.api.scope import CoopQuerySchema, one_coop
from server.auth import account_required, current_account, require_still
from server.database import reading, writing
from server.front_door import settings
from server.imports.carrying import File, Steps, look, take, undo
from server.imports.kept import Uploads
from server.imports.plan import Asked, Plan, Row
from server.imports.sheet import FILE_BYTES_MAX, UnreadableError, read_sheets
from server.imports.spellings import SPELLINGS
from server.imports.tables import SheetImport, imports_of
from server.problems import InvalidError, NotFoundError, ProblemError, ProblemSchema
from sync.review import instant

blp = Blueprint("imports", __name__, url_prefix="/api/v1/imports", description="Spreadsheets")

T = TypeVar("T")
STEPS = steps_schema("A line for each step: `{rows, total}`; the last one has `import`, or `error` and `errors`")
# How many rows of each state are shown; all are counted.
SHOWN = {"wrong": 200, "there": 200, "ready": 50, "skipped": 50}


@blp.route("/files", methods=["POST"])
@blp.doc(requestBody=FILE_BODY)
@account_required("manager", "admin")
@blp.response(200, schemas.SheetFileSchema)
@blp.alt_response(413, schema=ProblemSchema)
def send() -> dict[str, Any]:
    """Send a spreadsheet (CSV or XLSX, 8 MiB)"""
    content = read_bytes(FILE_BYTES_MAX)
    sheets = _readable(lambda: read_sheets(content))
    return {"file": _uploads().keep(content), "sheets": [sheet.name for sheet in sheets]}


@blp.route("/look", methods=["POST"])
@account_required("manager", "admin")
@blp.arguments(schemas.SheetAskedSchema)
@blp.response(200, schemas.SheetLookSchema)
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
@blp.doc(responses={200: STEPS})
@account_required("manager", "admin")
@blp.arguments(schemas.SheetTakeSchema)
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
@blp.doc(responses={200: STEPS})
@account_required("manager", "admin")
@blp.arguments(CoopQuerySchema, location="query")
@blp.alt_response(404, schema=ProblemSchema)
def take_back(query: dict[str, Any], id: str) -> Response:
    """Void everything that an import recorded"""
    account = current_account()
    coop_id = one_coop(query.get("coop"))

    def work(session: Session) -> Steps:
        taken = session.get(SheetImport, (coop_id, id))
        if taken is None:
            raise NotFoundError
        return undo(session, coop_id, account.id, taken)

    return _while_working(work, account)


@blp.route("")
@account_required("manager", "admin")
@blp.arguments(CoopQuerySchema, location="query")
@blp.response(200, ItemsSchema)
def imports(query: dict[str, Any]) -> Response:
    """What was taken from spreadsheets, the newest first"""
    coop_id = one_coop(query.get("coop"))
    with reading() as session:
        return answer({"items": [_shown(taken) for taken in imports_of(session, coop_id)]})


def _uploads() -> Uploads:
    return Uploads(settings().data_dir, current_account().id)


def _asked(given: dict[str, Any]) -> tuple[str, File, Asked]:
    coop_id = one_coop(given.pop("coop", None))
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
    shown = [row for state, most in SHOWN.items() for row in islice(_amiss_first(plan.of(state)), most)]
    takeable = plan.of("ready") + plan.of("there")
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
        "notes": Counter(note for row in takeable for note in row.notes),
        "wrong_rows": [row.number for row in plan.of("wrong")],
        "rows": [
            asdict(row) | {"cells": [_text(cell) for cell in rows[row.number - 1]]}
            for row in sorted(shown, key=_number)
        ],
    }


def _number(row: Row) -> int:
    return row.number


def _amiss_first(rows: list[Row]) -> list[Row]:
    """Those whose amounts do not agree are shown before all others: to take them is to say that they are right."""
    return sorted(rows, key=lambda row: "total_differs" not in row.notes)


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
        begun = False
        try:
            with writing() as session:
                steps = work(session)
                require_still(session, account)
                while True:
                    try:
                        rows, total = next(steps)
                    except StopIteration as end:
                        said = _shown(end.value)
                        break
                    yield orjson.dumps({"rows": rows, "total": total}) + b"\n"
                    begun = True
        except ProblemError as error:
            if not begun:
                raise
            yield orjson.dumps({"error": error.code, "errors": error.errors}) + b"\n"
            return
        yield orjson.dumps({"import": said}) + b"\n"

    return in_steps(lines())
