"""Who was erased: ids alone, kept so that nothing brings the person back."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Mapped, Session, mapped_column

from server.database import Base, Id, Ms


class Erasure(Base):
    __tablename__ = "erasure"

    member_id: Mapped[Id] = mapped_column(primary_key=True)
    erased_by: Mapped[Id]
    erased_at_ms: Mapped[Ms]


def is_erased(session: Session, member_id: str) -> bool:
    return bool(erased_among(session, [member_id]))


def erased_among(session: Session, ids: Collection[str]) -> set[str]:
    return set(session.scalars(select(Erasure.member_id).where(Erasure.member_id.in_(ids)))) if ids else set()
