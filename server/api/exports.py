"""Files of what a filter shows: made while whoever asked looks on, then downloaded."""

from __future__ import annotations

from typing import Any

from flask import Response, send_file
from marshmallow import fields, validate
from sqlalchemy.orm import Session

from server.accounts import Account
from server.api.blueprint import Blueprint
from server.api.files import BINARY, in_steps, steps_schema
from server.api.scope import CoopQuerySchema
from server.auth import account_required, current_account
from server.entities.values import Words
from server.exports.columns import PRIVATE
from server.exports.kept import KeptFiles
from server.exports.making import Wanted, make
from server.exports.messages import LANGUAGES
from server.exports.source import LISTS, Source, list_source, report_source
from server.exports.writers import WRITERS
from server.front_door import settings
from server.lists import Filter
from server.problems import ForbiddenError, InvalidError
from server.reports import REPORTS
from server.reports.asked import Asked
from server.viewer import Viewer

blp = Blueprint("exports", __name__, url_prefix="/api/v1/exports", description="Files of what a filter shows")

ALL_DATA = "data"
STEPS = steps_schema("A line for each step: `{rows, total}`, the last one also with `file` (its id), `name`, `bytes`")


class ExportSchema(CoopQuerySchema):
    what = fields.String(required=True, validate=validate.OneOf([*LISTS, *REPORTS, ALL_DATA]))
    format = fields.String(load_default="xlsx", validate=validate.OneOf([*WRITERS, "sqlite"]))
    language = fields.String(load_default="vi", validate=validate.OneOf(LANGUAGES))
    since = Words(1, 40)
    until = Words(1, 40)
    q = Words(0, 100)
    status = Words(1, 20)
    kind = Words(1, 20)
    goods = Words(1, 200, metadata={"description": "the report `prices`: of which goods"})
    unit = Words(1, 20)
    private = fields.List(
        fields.String(validate=validate.OneOf(PRIVATE)),
        load_default=list,
        metadata={"description": "Fields that no export has unless an admin asks for them; that is logged."},
    )


@blp.route("", methods=["POST"])
@blp.doc(responses={200: STEPS})
@account_required("manager", "admin")
@blp.arguments(ExportSchema)
def export(asked: dict[str, Any]) -> Response:
    """Make a file of what a filter shows

    `sqlite` is for `data`, all merged data, and the other way round. Closing the connection cancels.
    """
    if (asked["what"] == ALL_DATA) != (asked["format"] == "sqlite"):
        raise InvalidError(errors={"format": ["unexpected"]})
    account = current_account()
    viewer = viewer_of(account, asked)
    wanted = Filter(asked.get("since"), asked.get("until"), asked.get("q"), asked.get("status"), asked.get("kind"))
    period = Asked(asked.get("since"), asked.get("until"), asked.get("goods"), asked.get("unit"))

    def source(session: Session) -> Source:
        if asked["what"] in REPORTS:
            return report_source(session, viewer, REPORTS[asked["what"]], period)
        return list_source(session, viewer, LISTS[asked["what"]], wanted)

    made = None if asked["what"] == ALL_DATA else source
    wanted_file = Wanted(asked["what"], asked["format"], asked["language"], viewer, made)
    return in_steps(make(KeptFiles(settings().data_dir, account.id), wanted_file))


def viewer_of(account: Account, asked: dict[str, Any]) -> Viewer:
    """Whose data it is, with the private fields that were asked for. Raises ForbiddenError for all but admins."""
    viewer = Viewer.of(account, asked.get("coop"))
    private = frozenset(asked.get("private", ()))
    if private and account.role != "admin":
        raise ForbiddenError("Only an admin may ask for personal fields.")
    return Viewer(viewer.account_id, viewer.role, viewer.coop_id, private)


@blp.route("/<id>")
@blp.doc(responses={200: {"description": "The file", "content": {"application/octet-stream": BINARY}}})
@account_required("manager", "admin")
def file(id: str) -> Response:
    """Download the own finished file, within an hour"""
    path = KeptFiles(settings().data_dir, current_account().id).find(id)
    return send_file(path, mimetype="application/octet-stream", as_attachment=True, download_name=path.name)
