"""Money of a co-operative: statements, payments, seasons, the monthly summary. Managers write, admins read."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any

from flask import Response
from marshmallow import ValidationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from server.accounts import Coop
from server.api import money_schemas as schemas
from server.api.answer import answer
from server.api.blueprint import Blueprint
from server.api.scope import CoopQuerySchema, one_coop
from server.auth import account_required
from server.database import reading, writing
from server.entities.values import Day
from server.money import commands, late, one, reads, summary
from server.money.ledger import Period, Season, Statement, Totals
from server.money.messages import words
from server.problems import InvalidError, NotFoundError, ProblemSchema
from sync.mutation import is_id

if TYPE_CHECKING:
    from server.money import sheet

blp = Blueprint("money", __name__, url_prefix="/api/v1/money", description="What the co-operative owes and pays")

OWN = "own"
PDF = {"description": "A PDF", "content": {"application/pdf": {"schema": {"type": "string", "format": "binary"}}}}


def _sums(said: Statement) -> dict[str, int]:
    before = {"before_vnd": said.before_vnd, "late_vnd": said.late_vnd}
    return {**before, **asdict(said.during), "sold_vnd": said.during.sold_vnd, "owed_vnd": said.owed_vnd}


def _added(lines: list[reads.Line]) -> dict[str, int]:
    said = [line.statement for line in lines]
    during = sum((one.during for one in said), Totals())
    return _sums(Statement(sum(one.before_vnd for one in said), sum(one.late_vnd for one in said), during))


def _line(line: reads.Line) -> dict[str, Any]:
    return {"member_id": line.member_id, "name": line.name, "village": line.village, **_sums(line.statement)}


def _season(period: Period) -> dict[str, Any] | None:
    return asdict(period.season) if period.season else None


@blp.route("/statements")
@account_required("manager", "admin")
@blp.arguments(schemas.SeasonQuerySchema, location="query")
@blp.response(200, schemas.StatementsSchema)
@blp.alt_response(404, schema=ProblemSchema, description="No such season")
def statements(query: dict[str, Any]) -> Response:
    """What each member's account comes to in a period, with what all come to"""
    coop_id = one_coop(query.get("coop"))
    with reading() as session:
        period = reads.period_of(session, coop_id, query["season"])
        lines = reads.lines(session, coop_id, period)
        seasons = [asdict(season) for season in reads.seasons(session, coop_id)]
    members = [line for line in lines if line.member_id is not None]
    own = _added([line for line in lines if line.member_id is None])
    items = [_line(line) for line in members]
    return answer(
        {"season": _season(period), "seasons": seasons, "items": items, "totals": _added(members), "own": own}
    )


@blp.route("/statements/<member_id>")
@account_required("manager", "admin")
@blp.arguments(schemas.SeasonQuerySchema, location="query")
@blp.response(200, schemas.StatementSchema)
@blp.alt_response(404, schema=ProblemSchema, description="No such member or season")
def statement(query: dict[str, Any], member_id: str) -> Response:
    """One member's account in a period, in full; `own`: the co-operative's own goods"""
    coop_id, account = one_coop(query.get("coop")), None if member_id == OWN else member_id
    with reading() as session:
        person = reads.members(session, coop_id).get(member_id)
        if person is None and account is not None:
            raise NotFoundError
        period = reads.period_of(session, coop_id, query["season"])
        said = reads.statements(session, coop_id, period, [account]).get(account) or Statement(0, 0, Totals())
        body = {
            "member_id": account,
            "name": (person or {}).get("name") or "",
            "village": (person or {}).get("village") or "",
            **_sums(said),
            "season": _season(period),
            "goods": one.goods(session, coop_id, account, period),
            "payments": one.payments(session, coop_id, account, period),
            "debts": one.debts(session, coop_id, account),
        }
    return answer(body)


@blp.route("/payments", methods=["POST"])
@account_required("manager")
@blp.arguments(schemas.PaySchema)
@blp.response(200, schemas.PaidSchema)
@blp.alt_response(422, schema=ProblemSchema, description="Nothing was paid")
def pay(asked: dict[str, Any]) -> Response:
    """Pay many members at once, or look what that would do

    Everything is recorded or nothing. A payout is at most what is owed. The same `id` again with the same amounts
    pays nothing more.
    """
    coop_id = one_coop()
    amounts = {item["member_id"]: item["amount_vnd"] for item in asked["amounts"]}
    negative = [id for id, vnd in amounts.items() if vnd < 0 and asked["kind"] != "opening"]
    if negative or len(amounts) < len(asked["amounts"]):
        raise InvalidError(errors={"amounts": {id: ["out_of_range"] for id in negative} or ["twice"]})
    batch = commands.Batch(asked["id"], asked["kind"], asked["method"], asked["note"], amounts)
    if asked["preview"]:
        with reading() as session:
            items = commands.look(session, coop_id, batch)
    else:
        with writing() as session:
            commands.pay(session, coop_id, batch)
            items = commands.paid(session, coop_id, batch)
    items = [{"payment_id": commands.payment_id(batch.id, item["member_id"]), **item} for item in items]
    total_vnd = sum(amounts.values())
    return answer({"id": batch.id, "paid": not asked["preview"], "total_vnd": total_vnd, "items": items})


@blp.route("/payments/void", methods=["POST"])
@account_required("manager")
@blp.arguments(schemas.VoidPaymentsSchema)
@blp.response(200, schemas.MoneyItemsSchema)
@blp.alt_response(404, schema=ProblemSchema, description="One of them is not there: nothing was taken back")
def void(asked: dict[str, Any]) -> Response:
    """Take payments back, all or none, with the reason"""
    coop_id = one_coop()
    with writing() as session:
        commands.void(session, coop_id, sorted(set(asked["payments"])), asked["reason"])
    return answer({"items": [{"id": id} for id in asked["payments"]]})


@blp.route("/sheet")
@blp.doc(responses={200: PDF})
@account_required("manager", "admin")
@blp.arguments(schemas.SheetQuerySchema, location="query")
@blp.alt_response(404, schema=ProblemSchema, description="No such payments or season")
def printed(query: dict[str, Any]) -> Response:
    """The sheet to sign, as a PDF: of what was paid together, or of what is owed"""
    from server.money import sheet  # every start of the server would wait for what prints

    coop_id, say = one_coop(query.get("coop")), words(query["language"])
    with reading() as session:
        coop = session.scalars(select(Coop.name).where(Coop.id == coop_id)).one()
        if "batch" in query:
            title, rows = _batch_rows(session, coop_id, query["batch"])
        else:
            period = reads.period_of(session, coop_id, query["season"])
            lines = reads.lines(session, coop_id, period)
            title = "owed"
            said = [(line, line.statement.owed_vnd) for line in lines if line.member_id is not None]
            rows = [sheet.Row(line.name, line.village, vnd) for line, vnd in said if vnd > 0]
    day = date.fromisoformat(reads.today()).strftime("%d/%m/%Y")
    made = sheet.sheet(coop, say[title], day, rows, query["language"])
    headers = {"Content-Disposition": f'attachment; filename="{title}-{reads.today()}.pdf"'}
    return Response(made, content_type="application/pdf", headers=headers)


def _batch_rows(session: Session, coop_id: str, batch_id: str) -> tuple[str, list[sheet.Row]]:
    """Those that stand, by name; under which words. Raises NotFoundError."""
    from server.money import sheet

    table = reads.PAYMENT
    query = select(table.c.member_id, table.c.kind, table.c.amount_vnd)
    paid = session.execute(query.where(table.c.coop_id == coop_id, table.c.batch_id == batch_id, reads.live(table)))
    people, kind, rows = reads.members(session, coop_id), "", []
    for payment in paid:
        person = people.get(payment.member_id, {})
        rows.append(sheet.Row(person.get("name") or "", person.get("village") or "", payment.amount_vnd))
        kind = payment.kind
    if not rows:
        raise NotFoundError
    return {"payout": "paid"}.get(kind, kind), sorted(rows, key=lambda row: row.name.casefold())


@blp.route("/seasons/<id>", methods=["PUT"])
@account_required("manager")
@blp.arguments(schemas.SeasonWriteSchema)
@blp.response(200, schemas.SeasonsSchema)
@blp.alt_response(422, schema=ProblemSchema, description="Closed, or over before it begins")
def season(given: dict[str, Any], id: str) -> Response:
    """Begin a season, or change one that is open; the id is the client's"""
    if not is_id(id):
        raise NotFoundError
    coop_id = one_coop()
    with writing() as session:
        commands.write_season(session, coop_id, Season(id, given["name"], given["starts_on"], given["ends_on"], False))
        return _seasons(session, coop_id)


@blp.route("/seasons/<id>/close", methods=["POST"])
@account_required("manager")
@blp.response(200, schemas.SeasonsSchema)
@blp.alt_response(422, schema=ProblemSchema, description="Not over yet, or an earlier one is open")
def close(id: str) -> Response:
    """Close a season: its statements stand from now on, and what comes later for it is late in the next"""
    coop_id = one_coop()
    with writing() as session:
        commands.close(session, coop_id, id)
        return _seasons(session, coop_id)


def _seasons(session: Session, coop_id: str) -> Response:
    return answer({"items": [asdict(one) for one in reads.seasons(session, coop_id)]})


@blp.route("/late")
@account_required("manager", "admin")
@blp.arguments(CoopQuerySchema, location="query")
@blp.response(200, schemas.MoneyItemsSchema)
def arrivals(query: dict[str, Any]) -> Response:
    """What came for the last closed season since, and what each changes in what is owed"""
    coop_id = one_coop(query.get("coop"))
    with reading() as session:
        return answer({"items": late.late(session, coop_id)})


@blp.route("/summaries/<month>", methods=["PUT"])
@account_required("manager")
@blp.response(200, schemas.MoneyItemsSchema)
@blp.alt_response(404, schema=ProblemSchema, description="No month that has begun")
def publish(month: str) -> Response:
    """Make a month (`2026-11`) public to every member: sums and goods, nobody's name"""
    try:
        first = Day().clean(f"{month}-01")
    except ValidationError:
        raise NotFoundError from None
    if first > reads.today():
        raise NotFoundError
    coop_id = one_coop()
    with writing() as session:
        return answer({"items": [summary.publish(session, coop_id, first)]})
