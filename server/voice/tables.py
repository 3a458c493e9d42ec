"""The tables of packs and clips. A scope is a co-operative's id, or PROVINCE for what every co-operative hears."""

from __future__ import annotations

from sqlalchemy import Boolean, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from server.database import Base, Id, Ms

PROVINCE = "province"


class VoicePack(Base):
    """`clips` is JSON: {key: {sha256, bytes, duration_ms, type}}. While not published, only `account_id` sees it."""

    __tablename__ = "voice_pack"

    id: Mapped[Id] = mapped_column(primary_key=True)
    scope: Mapped[Id]
    account_id: Mapped[Id]
    language: Mapped[str] = mapped_column(String(35))
    name: Mapped[str] = mapped_column(String(100))
    version: Mapped[int] = mapped_column(Integer)
    published: Mapped[bool] = mapped_column(Boolean)
    clips: Mapped[str] = mapped_column(Text)
    changed_at_ms: Mapped[Ms]

    __table_args__ = (Index("ix_voice_pack_scope", "scope"),)


class VoiceClip(Base):
    """A clip that an account sent; its bytes are a file (server/voice/clips.py)."""

    __tablename__ = "voice_clip"

    scope: Mapped[Id] = mapped_column(primary_key=True)
    account_id: Mapped[Id] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    type: Mapped[str] = mapped_column(String(20))
    bytes: Mapped[int] = mapped_column(Integer)
    sent_at_ms: Mapped[Ms]
