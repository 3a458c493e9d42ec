"""Writing other words over what the log and the reviews say: somebody was erased (docs/decisions/0019)."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import and_, select, update
from sqlalchemy.orm import Session

from server.database import chunks
from server.tables import LOG, REVIEW
from sync.mutation import canonical


def write_over(session: Session, coop_id: str, entity: str, ids: Collection[str], words: Mapping[str, Any]) -> None:
    """Put words in the place of what the log and the reviews say of these records' fields: somebody was erased.

    A mutation keeps its identity, its hash and its place, so that sending it again changes nothing.
    """
    for some in chunks(ids):
        said = and_(LOG.c.coop_id == coop_id, LOG.c.record_id.in_(some), LOG.c.entity == entity)
        for key, text in session.execute(select(LOG.c.key, LOG.c.raw).where(said)).all():
            raw = json.loads(text)
            if not words.keys().isdisjoint(raw.get("set") or {}) or "cut" in raw:
                raw |= {"set": _worded(raw["set"], words), "erased": True} | ({"cut": ""} if "cut" in raw else {})
                mine = and_(LOG.c.coop_id == coop_id, LOG.c.key == key)
                session.execute(update(LOG).where(mine).values(raw=canonical(raw)))
        about = and_(REVIEW.c.coop_id == coop_id, REVIEW.c.record_id.in_(some), REVIEW.c.entity == entity)
        for row in session.execute(select(REVIEW.c.id, REVIEW.c.field, REVIEW.c.sides).where(about)).all():
            sides = [{**side, "value": _worded(side["value"], words, row.field)} for side in json.loads(row.sides)]
            mine = and_(REVIEW.c.coop_id == coop_id, REVIEW.c.id == row.id)
            session.execute(update(REVIEW).where(mine).values(sides=canonical(sides)))


def _worded(said: Any, words: Mapping[str, Any], field: str | None = None) -> Any:
    """A field's value, or several by name however deep, with the words in the place of what was said."""
    if isinstance(said, dict):
        return {name: words[name] if name in words else _worded(value, words) for name, value in said.items()}
    return words.get(field or "", said)
