"""Reports for managers of their co-operative and for admins of all: rows for a plot and its table."""

from __future__ import annotations

from typing import Any

from flask import Response
from marshmallow import Schema, fields

from server.api.answer import answer
from server.api.blueprint import Blueprint
from server.api.scope import CoopQuerySchema, viewer
from server.auth import account_required
from server.database import reading
from server.entities.values import Words
from server.exports.source import report_columns
from server.problems import NotFoundError, ProblemSchema
from server.reports import REPORTS
from server.reports.asked import Asked

blp = Blueprint("reports", __name__, url_prefix="/api/v1/reports", description="Merged records, added up")


class ReportQuerySchema(CoopQuerySchema):
    since = Words(1, 40, metadata={"description": "as in the lists"})
    until = Words(1, 40)
    goods = Words(1, 200, metadata={"description": "`prices`: of which goods"})
    unit = Words(1, 20, metadata={"description": "as sales write it"})


class ColumnSchema(Schema):
    field = fields.String()
    kind = fields.String()


class ReportSchema(Schema):
    columns = fields.List(fields.Nested(ColumnSchema))
    rows = fields.List(fields.Dict())


@blp.route("/<name>")
@account_required("manager", "admin")
@blp.arguments(ReportQuerySchema, location="query")
@blp.response(200, ReportSchema)
@blp.alt_response(404, schema=ProblemSchema)
def report(query: dict[str, Any], name: str) -> Response:
    """One report

    sales_by_day, _month, _goods, _member, _coop, _province; money_by_coop, _month; prices, lateness, waiting, stopped.
    """
    if name not in REPORTS:
        raise NotFoundError
    reader = viewer(query.pop("coop", None))
    columns = report_columns(REPORTS[name], reader)
    with reading() as session:
        rows = REPORTS[name].rows(session, reader, Asked(**query))
    also = ("product_name", "unit") if name == "prices" else ()
    shown = [column.field for column in columns] + [*also]
    return answer(
        {
            "columns": [vars(column) for column in columns],
            "rows": [{field: row.get(field) for field in shown} for row in rows],
        }
    )
