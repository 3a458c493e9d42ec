"""The list as it is in the database, and looking a place up in it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import String, Text, select
from sqlalchemy.orm import Mapped, Session, aliased, mapped_column

from server.accounts import Place
from server.database import Base, Ms
from server.problems import InvalidError
from server.text import fold

# What stands before a name and nobody types first.
RANKS = ("xa ", "phuong ", "dac khu ", "thi tran ", "tinh ", "thanh pho ")


class PlaceRow(Base):
    """A province (`province_code` is null) or a commune. Retired: of an earlier list, kept for old records.

    `search`: folded, each word after a space, so that what is typed is looked for where a word begins.
    """

    __tablename__ = "place"

    code: Mapped[str] = mapped_column(String(10), primary_key=True)
    name: Mapped[str] = mapped_column(String(100))
    province_code: Mapped[str | None] = mapped_column(String(10), index=True)
    search: Mapped[str] = mapped_column(Text)
    retired_at_ms: Mapped[Ms | None]


def find(session: Session, text: str, *, limit: int) -> list[dict[str, Any]]:
    """Communes in which each word of the text begins a word of their name or their province, the likeliest first.

    Case, tones and diacritics do not matter, nor does whether "xã" or "phường" is typed before. A code finds its own.
    """
    words = fold(text).split()
    province = aliased(PlaceRow)
    query = (
        select(PlaceRow.code, PlaceRow.name, PlaceRow.province_code, province.name.label("province_name"))
        .join(province, province.code == PlaceRow.province_code)
        .where(PlaceRow.retired_at_ms.is_(None))
    )
    for word in words:
        query = query.where(PlaceRow.search.contains(f" {word}", autoescape=True))
    found = [row._asdict() for row in session.execute(query)]
    asked = _bare(" ".join(words))
    found.sort(key=lambda row: (_distance(row, asked), fold(row["name"]), row["code"]))
    return found[:limit]


def _distance(row: dict[str, Any], asked: str) -> int:
    """0 for the very name, 1 where name and province begin so, 2 where it is somewhere else."""
    name = _bare(fold(row["name"]))
    whole = f"{name} {fold(row['province_name'])}"
    return 0 if asked in (name, row["code"]) else 1 if whole.startswith(asked) else 2


def _bare(folded: str) -> str:
    return next((folded.removeprefix(rank) for rank in RANKS if folded.startswith(rank)), folded)


def place_of(session: Session, commune_code: str) -> Place:
    """The place of a commune in force. Raises InvalidError for a code that is not on the list."""
    commune = session.get(PlaceRow, commune_code)
    if commune is None or commune.province_code is None or commune.retired_at_ms is not None:
        raise InvalidError(errors={"commune_code": ["unknown"]})
    province = session.get_one(PlaceRow, commune.province_code)
    return Place(province.code, province.name, commune.code, commune.name)
