"""What a manager does with money: every change is a mutation of the server's own replica, all of them or none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.board.records import write
from server.database import now_ms
from server.money.ledger import Season, statement_values
from server.money.reads import PAYMENT, members, owed_now, period_of, seasons, statements, today
from server.problems import InvalidError, NotFoundError
from server.reconcile import own_author
from server.store import SqlStore
from sync.review import instant


@dataclass(frozen=True)
class Batch:
    """Payments made together; `id` is the client's, so that asking twice pays once."""

    id: str
    kind: str
    method: str
    note: str
    amounts: Mapping[str, int]


def payment_id(batch_id: str, member_id: str) -> str:
    return str(uuid5(UUID(batch_id), member_id))


def look(session: Session, coop_id: str, batch: Batch) -> list[dict[str, Any]]:
    """What paying would do, one item a member. Raises InvalidError for who is no member and what is not owed."""
    people, owed = members(session, coop_id), owed_now(session, coop_id, batch.amounts)
    errors: dict[str, list[str]] = {}
    items = []
    for member_id, vnd in batch.amounts.items():
        before = owed.get(member_id, 0)
        if member_id not in people:
            errors[member_id] = ["unknown"]
        elif batch.kind == "payout" and vnd > before:
            errors[member_id] = ["more_than_owed"]
        after = before + vnd if batch.kind == "opening" else before - vnd
        name = people.get(member_id, {}).get("name") or ""
        items.append(
            {"member_id": member_id, "name": name, "amount_vnd": vnd, "before_vnd": before, "after_vnd": after}
        )
    if errors:
        raise InvalidError(errors={"amounts": errors})
    return items


def paid(session: Session, coop_id: str, batch: Batch) -> list[dict[str, Any]]:
    """What paying did, one item a member, in the same transaction."""
    people, owed = members(session, coop_id), owed_now(session, coop_id, batch.amounts)
    sign = -1 if batch.kind == "opening" else 1
    return [
        {
            "member_id": member_id,
            "name": people.get(member_id, {}).get("name") or "",
            "amount_vnd": vnd,
            "before_vnd": owed.get(member_id, 0) + sign * vnd,
            "after_vnd": owed.get(member_id, 0),
        }
        for member_id, vnd in batch.amounts.items()
    ]


def pay(session: Session, coop_id: str, batch: Batch) -> None:
    """Record the payments, unless that was done. The caller's transaction holds all of them or none."""
    own_author(session, coop_id)  # locks: what is owed stays true until the commit
    wanted = {payment_id(batch.id, member_id): (member_id, vnd) for member_id, vnd in batch.amounts.items()}
    mine = (PAYMENT.c.coop_id == coop_id, PAYMENT.c.batch_id == batch.id)
    query = select(PAYMENT.c.id, PAYMENT.c.member_id, PAYMENT.c.amount_vnd, PAYMENT.c.kind).where(*mine)
    made = {row.id: (row.member_id, row.amount_vnd, row.kind) for row in session.execute(query)}
    if made:
        if made != {id: (*values, batch.kind) for id, values in wanted.items()}:
            raise InvalidError(errors={"id": ["taken"]})
        return
    look(session, coop_id, batch)
    said = {"kind": batch.kind, "paid_at": instant(now_ms()), "batch_id": batch.id}
    if batch.kind != "opening":  # nothing changes hands
        said["method"] = batch.method
    if batch.note:
        said["note"] = batch.note
    values = {id: {**said, "member_id": member_id, "amount_vnd": vnd} for id, (member_id, vnd) in wanted.items()}
    _write(session, coop_id, "payment", values)


def void(session: Session, coop_id: str, ids: Sequence[str], reason: str) -> None:
    """Take payments back; those that are taken back already stay so. Raises NotFoundError."""
    own_author(session, coop_id)
    records = SqlStore(session, coop_id).records("payment", ids)
    if {record.id for record in records if record.complete} != set(ids):
        raise NotFoundError
    standing = [record.id for record in records if not record.fields.get("voided")]
    _write(session, coop_id, "payment", {id: {"voided": True, "void_reason": reason} for id in standing})


def write_season(session: Session, coop_id: str, season: Season) -> None:
    """Begin a season, or change one that is open. Raises InvalidError."""
    own_author(session, coop_id)
    held = next((one for one in seasons(session, coop_id) if one.id == season.id), None)
    if season.ends_on < season.starts_on:
        raise InvalidError(errors={"ends_on": ["out_of_range"]})
    if held is not None and held.closed:
        raise InvalidError(errors={"season": ["closed"]})
    last = max((one.ends_on for one in seasons(session, coop_id) if one.closed), default="")
    if season.ends_on <= last:
        raise InvalidError(errors={"ends_on": ["closed"]})
    values = {"name": season.name, "starts_on": season.starts_on, "ends_on": season.ends_on}
    _write(session, coop_id, "season", {season.id: values})


def close(session: Session, coop_id: str, season_id: str) -> None:
    """Write down what every account is, and close the season: once. What comes later is late.

    Raises InvalidError for a season that has not ended or that has an open one before it.
    """
    own_author(session, coop_id)  # what has arrived is in; what arrives waits, and is late
    period = period_of(session, coop_id, season_id)
    assert period.season is not None
    if period.season.closed:
        return
    if period.season.ends_on >= today():
        raise InvalidError(errors={"season": ["not_ended"]})
    if period.before is not None and not period.before.closed:
        raise InvalidError(errors={"season": ["earlier_open"]})
    values = statement_values(UUID(season_id), statements(session, coop_id, period))
    # After a restore phones brought some back: people have signed those.
    signed = {record.id for record in SqlStore(session, coop_id).records("statement", values.keys()) if record.complete}
    _write(session, coop_id, "statement", {id: one for id, one in values.items() if id not in signed})
    _write(session, coop_id, "season", {season_id: {"closed": True}})


def _write(session: Session, coop_id: str, entity: str, values: Mapping[str, Mapping[str, Any]]) -> None:
    """Raises InvalidError, which undoes the whole transaction, if one of them was not taken."""
    for receipt in write(session, coop_id, entity, values)[: len(values)]:
        if receipt["outcome"] == "rejected":
            raise InvalidError(errors=receipt["errors"])
