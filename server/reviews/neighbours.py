"""What detection looks up: the neighbours of a sale by its goods, by its member and amount, and who wrote it."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Integer, Select, String, bindparam, select, true, union_all
from sqlalchemy.orm import Session

from server.entities import DEFINITIONS
from server.reviews.detection import Sold
from server.rows import SET_TO_NULL
from server.tables import LOG, REVIEW

_SALE = DEFINITIONS["sale"].table
_COUNTED = select(*(_SALE.c[name] for name in Sold._fields)).where(
    _SALE.c.coop_id == bindparam("coop_id"), _SALE.c.counts == true()
)


def _around() -> Select[Any]:
    """So many before a time, all until another, so many after it."""
    same, at, id = _COUNTED.where(_SALE.c.goods == bindparam("goods")), _SALE.c.sold_at, _SALE.c.id
    first, last = bindparam("first", type_=String), bindparam("last", type_=String)
    most = bindparam("most", type_=Integer)
    before = same.where(at < first).order_by(at.desc(), id.desc()).limit(most)
    after = same.where(at > last).order_by(at, id).limit(most)
    parts = (before.subquery(), same.where(at >= first, at <= last).subquery(), after.subquery())
    return select(union_all(*(select(part) for part in parts)).subquery())


_AROUND = _around()
_OF_MEMBER = _COUNTED.where(
    _SALE.c.member_id == bindparam("member_id"),
    _SALE.c.total_vnd.in_(bindparam("totals", expanding=True)),
    _SALE.c.sold_at >= bindparam("since"),
    _SALE.c.sold_at <= bindparam("until"),
)
# The first comes last, and stays.
_WRITERS = (
    select(LOG.c.record_id, LOG.c.replica)
    .where(
        LOG.c.coop_id == bindparam("coop_id"),
        LOG.c.record_id.in_(bindparam("sale_ids", expanding=True)),
        LOG.c.entity == "sale",
        LOG.c.outcome.in_(("applied", "merged")),
        LOG.c.raw.contains('"total_vnd"'),
    )
    .order_by(LOG.c.arrived_seq.desc())
)


def around(session: Session, coop_id: str, goods: str, first: str, last: str, most: int) -> list[Sold]:
    """The sales of some goods that count, from `most` before an instant to `most` after another."""
    asked = {"coop_id": coop_id, "goods": goods, "first": first, "last": last, "most": most}
    return [Sold._make(row) for row in session.connection().execute(_AROUND, asked)]


def of_member(
    session: Session, coop_id: str, member_id: str | None, totals: Collection[int], since: str, until: str
) -> list[Sold]:
    """A member's sales that count and came to one of these totals, between two instants."""
    asked = {"coop_id": coop_id, "member_id": member_id or SET_TO_NULL, "totals": sorted(totals)}
    found = session.connection().execute(_OF_MEMBER, asked | {"since": since, "until": until})
    return [Sold._make(row) for row in found]


def writers(session: Session, coop_id: str, sale_ids: Collection[str]) -> dict[str, str]:
    """By sale the replica that wrote it first."""
    if not sale_ids:
        return {}
    found = session.connection().execute(_WRITERS, {"coop_id": coop_id, "sale_ids": sorted(sale_ids)})
    return {row.record_id: row.replica for row in found}


def answered(session: Session, coop_id: str, kind: str, sale_ids: Collection[str]) -> set[tuple[str, str]]:
    """What a person has decided: of which of these sales, about what."""
    if not sale_ids:
        return set()
    query = select(REVIEW.c.record_id, REVIEW.c.about).where(
        REVIEW.c.coop_id == coop_id,
        REVIEW.c.record_id.in_(sorted(sale_ids)),
        REVIEW.c.kind == kind,
        REVIEW.c.status == "resolved",
    )
    return {(row.record_id, row.about) for row in session.execute(query)}
