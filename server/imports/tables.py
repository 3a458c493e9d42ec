"""The imports of a co-operative: which file was taken, by whom, which of its rows, and whether it was undone."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable

import orjson
from sqlalchemy import BigInteger, Index, String, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from server.database import Base, Id, Ms


class SheetImport(Base):
    """`rows` is a JSON list of the spreadsheet's row numbers that were taken: their records' ids follow from them."""

    __tablename__ = "sheet_import"

    coop_id: Mapped[Id] = mapped_column(primary_key=True)
    id: Mapped[Id] = mapped_column(primary_key=True)
    entity: Mapped[str] = mapped_column(String(20))
    file_name: Mapped[str] = mapped_column(String(200))
    digest: Mapped[str] = mapped_column(String(64))
    sheet: Mapped[int]
    attempt: Mapped[int]
    rows: Mapped[str] = mapped_column(Text)
    total_vnd: Mapped[int] = mapped_column(BigInteger)
    account_id: Mapped[Id]
    at_ms: Mapped[Ms]
    undone_by: Mapped[Id | None]
    undone_at_ms: Mapped[Ms | None]

    __table_args__ = (Index("ix_sheet_import_digest", "coop_id", "digest"),)

    @property
    def numbers(self) -> list[int]:
        """The spreadsheet's rows that were taken."""
        found: list[int] = orjson.loads(self.rows)
        return found

    @property
    def record_ids(self) -> list[str]:
        return [record_id(self, number) for number in self.numbers]


def record_id(taken: SheetImport, row: int) -> str:
    """The id of a row's record: the same file names the same records again, but after an undo, which is for ever."""
    said = f"{taken.coop_id} {taken.digest} {taken.sheet} {taken.attempt} {row}"
    bits = int.from_bytes(hashlib.sha256(said.encode()).digest()[:16], "big")
    bits = bits & ~(0xF << 76) | 0x8 << 76  # version 8: made by a rule of one's own
    bits = bits & ~(0x3 << 62) | 0x2 << 62
    return str(uuid.UUID(int=bits))


def imports_of(
    session: Session, coop_id: str, digest: str | None = None, sheet: int | None = None
) -> list[SheetImport]:
    """The newest first."""
    query = select(SheetImport).where(SheetImport.coop_id == coop_id).order_by(SheetImport.id.desc())
    if digest is not None:
        query = query.where(SheetImport.digest == digest, SheetImport.sheet == sheet)
    return list(session.scalars(query))


def standing(imports: Iterable[SheetImport]) -> SheetImport | None:
    """The one of these that was not undone."""
    return next((taken for taken in imports if taken.undone_at_ms is None), None)
