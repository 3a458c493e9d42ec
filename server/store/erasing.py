"""Writing other words over what the log and the reviews say: somebody was erased (docs/decisions/0019)."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import ColumnElement, and_, select, update
from sqlalchemy.orm import Session

from server.database import chunks
from server.tables import LOG, REVIEW
from sync.mutation import canonical


def mutations_about(session: Session, coop_id: str, entity: str, ids: Collection[str]) -> Iterator[str]:
    """What the log says of these records, as it arrived."""
    for some in chunks(ids):
        yield from session.scalars(select(LOG.c.raw).where(_about(coop_id, entity, some)))


def mutations_waiting(session: Session, coop_id: str, account: str) -> list[tuple[str, str]]:
    """Key and text of what an account sent and nobody took in: it is held, or was refused."""
    waiting = and_(LOG.c.coop_id == coop_id, LOG.c.account == account, LOG.c.outcome.in_(("held", "rejected")))
    return [(key, raw) for key, raw in session.execute(select(LOG.c.key, LOG.c.raw).where(waiting))]


def write_over(session: Session, coop_id: str, entity: str, ids: Collection[str], words: Mapping[str, Any]) -> None:
    """Put words in the place of what the log and the reviews say of these records' fields: somebody was erased.

    A mutation keeps its identity, its hash and its place, so that sending it again changes nothing.
    """
    for some in chunks(ids):
        said = session.execute(select(LOG.c.key, LOG.c.raw).where(_about(coop_id, entity, some))).all()
        _write_log(session, coop_id, [(key, raw) for key, raw in said], words)
        _write_reviews(session, coop_id, and_(REVIEW.c.record_id.in_(some), REVIEW.c.entity == entity), words)


def write_over_waiting(session: Session, coop_id: str, account: str, words: Mapping[str, Any]) -> None:
    """The same in what an account sent and nobody took in. A manager may still accept it, without those words."""
    waiting = mutations_waiting(session, coop_id, account)
    _write_log(session, coop_id, waiting, words)
    for some in chunks([key for key, _ in waiting]):
        asked = and_(REVIEW.c.kind.in_(("held", "rejected")), REVIEW.c.about.in_(some))
        _write_reviews(session, coop_id, asked, words)


def _about(coop_id: str, entity: str, ids: Collection[str]) -> ColumnElement[bool]:
    return and_(LOG.c.coop_id == coop_id, LOG.c.record_id.in_(ids), LOG.c.entity == entity)


def _write_log(session: Session, coop_id: str, said: Iterable[tuple[str, str]], words: Mapping[str, Any]) -> None:
    for key, text in said:
        raw = json.loads(text)
        if not isinstance(raw, dict) or not isinstance(raw.get("set"), dict):  # refused, whatever it says
            raw = {"set": {}, "cut": text}
        if not words.keys().isdisjoint(raw["set"]) or "cut" in raw:
            raw |= {"set": _worded(raw["set"], words), "erased": True} | ({"cut": ""} if "cut" in raw else {})
            mine = and_(LOG.c.coop_id == coop_id, LOG.c.key == key)
            session.execute(update(LOG).where(mine).values(raw=canonical(raw)))


def _write_reviews(session: Session, coop_id: str, about: ColumnElement[bool], words: Mapping[str, Any]) -> None:
    wanted = and_(REVIEW.c.coop_id == coop_id, about)
    for row in session.execute(select(REVIEW.c.id, REVIEW.c.field, REVIEW.c.sides).where(wanted)).all():
        sides = [{**side, "value": _worded(side["value"], words, row.field)} for side in json.loads(row.sides)]
        mine = and_(REVIEW.c.coop_id == coop_id, REVIEW.c.id == row.id)
        session.execute(update(REVIEW).where(mine).values(sides=canonical(sides)))


def _worded(said: Any, words: Mapping[str, Any], field: str | None = None) -> Any:
    """A field's value, or several by name however deep, with the words in the place of what was said."""
    if isinstance(said, dict):
        return {name: words[name] if name in words else _worded(value, words) for name, value in said.items()}
    return words.get(field or "", said)
