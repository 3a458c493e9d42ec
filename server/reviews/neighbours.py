"""What detection looks up: the neighbours of a sale by its goods, by its member and amount, and who wrote it."""

from collections.abc import Collection, Sequence
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Integer, Select, String, bindparam, literal_column, select, true, union_all
from sqlalchemy.orm import Session

from server.entities import DEFINITIONS
from server.reviews.detection import Sold
from server.rows import SET_TO_NULL
from server.tables import LOG, REVIEW

_SALE = DEFINITIONS["sale"].table
_COUNTED = select(*(_SALE.c[name] for name in Sold._fields)).where(
    _SALE.c.coop_id == bindparam("coop_id"), _SALE.c.counts == true()
)


# So many runs are looked up at once: databases bound how many parts a query may have.
AT_ONCE = 16


class Run(NamedTuple):
    """Sales of some goods from `most` before an instant to `most` after another."""

    goods: str
    first: str
    last: str
    most: int


@cache
def _around(count: int) -> Select[Any]:
    """Of each run its number with the sales before, between and after."""
    parts: list[Select[Any]] = []
    at, id = _SALE.c.sold_at, _SALE.c.id
    for number in range(count):
        goods, first, last = (bindparam(f"{name}_{number}", type_=String) for name in Run._fields[:3])
        most = bindparam(f"most_{number}", type_=Integer)
        same = _COUNTED.where(_SALE.c.goods == goods).add_columns(literal_column(str(number)).label("run"))
        before = same.where(at < first).order_by(at.desc(), id.desc()).limit(most)
        after = same.where(at > last).order_by(at, id).limit(most)
        parts += (select(part.subquery()) for part in (before, same.where(at >= first, at <= last), after))
    return select(union_all(*parts).subquery())


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

_ANSWERED = select(REVIEW.c.record_id, REVIEW.c.about).where(
    REVIEW.c.coop_id == bindparam("coop_id"),
    REVIEW.c.record_id.in_(bindparam("sale_ids", expanding=True)),
    REVIEW.c.kind == bindparam("kind"),
    REVIEW.c.status == "resolved",
)


def around(session: Session, coop_id: str, runs: Sequence[Run]) -> list[list[Sold]]:
    """Of each run the sales that count."""
    found: list[list[Sold]] = [[] for _ in runs]
    for start in range(0, len(runs), AT_ONCE):
        some = runs[start : start + AT_ONCE]
        said = {f"{name}_{i}": value for i, run in enumerate(some) for name, value in run._asdict().items()}
        for *sale, number in session.connection().execute(_around(len(some)), said | {"coop_id": coop_id}):
            found[start + number].append(Sold._make(sale))
    return found


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
    asked = {"coop_id": coop_id, "kind": kind, "sale_ids": sorted(sale_ids)}
    return {(row.record_id, row.about) for row in session.connection().execute(_ANSWERED, asked)}
