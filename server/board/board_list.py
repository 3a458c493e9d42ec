"""The board as staff see it: what went to forty co-operatives is one line, with those that have it."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from server.accounts import Coop
from server.entities import DEFINITIONS
from server.rows import record_of
from server.text import fold
from server.viewer import Viewer
from sync.review import instant
from sync.rules import Record
from sync.stamps import ms_of

BOARD = ("notice", "market", "price")
MOST = 500


def board(session: Session, viewer: Viewer, entity: str, q: str) -> dict[str, Any]:
    """`{items}`: the newest first, prices by name; at most MOST, `q` narrows them."""
    definition = DEFINITIONS[entity]
    table = definition.table
    # Named one by one, so that the key can be used: co-operatives come first in it.
    coops = [viewer.coop_id] if viewer.coop_id else list(session.scalars(select(Coop.id)))
    mine = [table.c.coop_id.in_(coops), table.c.complete.is_(True)]
    words = [table.c.search.contains(word, autoescape=True) for word in fold(q).split()]
    order = func.min(table.c.search) if entity == "price" else table.c.id.desc()
    ids = session.scalars(
        select(table.c.id).where(*mine, *words).group_by(table.c.id).order_by(order).limit(MOST)
    ).all()
    lines: dict[str, list[Mapping[Any, Any]]] = {id: [] for id in ids}
    for row in session.execute(select(table).where(*mine, table.c.id.in_(ids))).mappings():
        lines[row["id"]].append(row)
    return {"items": [_line(entity, viewer, id, rows) for id, rows in lines.items()]}


def _line(entity: str, viewer: Viewer, id: str, rows: list[Mapping[Any, Any]]) -> dict[str, Any]:
    """As it stands where it was changed last, and when that was; withdrawn if it is so everywhere."""
    live = [row for row in rows if not row["withdrawn"]]
    newest = max((record_of(DEFINITIONS[entity], row) for row in rows), key=_changed_at)
    return {
        "id": id,
        **viewer.shown(newest.fields),
        "changed_at": instant(ms_of(_changed_at(newest))),
        "withdrawn": not live,
        "coops": sorted(row["coop_id"] for row in live or rows),
    }


def _changed_at(record: Record) -> str:
    return max(record.stamps.values())


def coops_that_have(session: Session, entity: str, id: str) -> set[str]:
    table = DEFINITIONS[entity].table
    coops = list(session.scalars(select(Coop.id)))
    mine = (table.c.coop_id.in_(coops), table.c.id == id, table.c.complete.is_(True))
    return set(session.scalars(select(table.c.coop_id).where(*mine)))
