"""Photos of the goods of somebody who was erased: they may show a face, a house, a field. They go and do not come back.

Only addresses are kept. One that other goods name too stays where it is, and is taken where it is missing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from sqlalchemy import ColumnElement, String, exists, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from server.database import Base, Id, Ms, now_ms
from server.entities.listing import LISTING, NO_PHOTO

# Whatever looks like a photo's address, in any text.
ADDRESS = re.compile("(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")


class ErasedPhoto(Base):
    __tablename__ = "erased_photo"

    coop_id: Mapped[Id] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    erased_at_ms: Mapped[Ms]


def note_erased(session: Session, coop_id: str, texts: Iterable[str]) -> None:
    """Whatever these texts name is not to be shown again for their sake."""
    named = {address for text in texts for address in ADDRESS.findall(text)}
    known = set(session.scalars(select(ErasedPhoto.sha256).where(ErasedPhoto.coop_id == coop_id)))
    for address in sorted(named - known - {NO_PHOTO}):
        session.add(ErasedPhoto(coop_id=coop_id, sha256=address, erased_at_ms=now_ms()))


def unwanted_photos(session: Session) -> dict[str, set[str]]:
    """By co-operative, those that no goods name now."""
    found: dict[str, set[str]] = {}
    for coop_id, address in session.execute(select(ErasedPhoto.coop_id, ErasedPhoto.sha256).where(_no_goods())):
        found.setdefault(coop_id, set()).add(address)
    return found


def is_unwanted(session: Session, coop_id: str, sha256: str) -> bool:
    mine = (ErasedPhoto.coop_id == coop_id, ErasedPhoto.sha256 == sha256)
    return session.scalar(select(ErasedPhoto.sha256).where(*mine, _no_goods())) is not None


def _no_goods() -> ColumnElement[bool]:
    goods = LISTING.table.c
    return ~exists().where(goods.coop_id == ErasedPhoto.coop_id, goods.photo == ErasedPhoto.sha256)
