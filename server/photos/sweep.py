"""Clears away photos that no record names, and sendings that nobody finished.

A phone sends a record before its photo, so what is unnamed after months was never saved, or its record was erased.
A photo that any version of a record named stays: the log is asked, not only the rows.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from server.database import reading, writing
from server.photos.arrival import forget_unfinished, locked
from server.photos.files import SIZES, PhotoFiles, owner_and_address
from server.store import SqlStore
from server.tables import LOG, REVIEW

DAY_S = 24 * 60 * 60
UNNAMED_KEPT_S = 90 * DAY_S
_ADDRESS = re.compile("(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")
_AT_ONCE = 1_000


@dataclass(frozen=True)
class Swept:
    photos: int
    unfinished: int


def sweep(data_dir: Path) -> Swept:
    """Delete unnamed photos that came more than 90 days ago (their copies in a folder of backups stay), and pieces of
    photos of which nothing came for 14 days; how many of each.

    Raises UnavailableError for a co-operative that is too busy; the next time goes on from there.
    """
    files = PhotoFiles(data_dir / "photos")
    photos = sum(_sweep_coop(files, folder.name) for folder in sorted(files.folder.glob("*")) if folder.is_dir())
    return Swept(photos, _sweep_unfinished(files.folder) + _sweep_pieces(data_dir / "photos-arriving"))


def _sweep_coop(files: PhotoFiles, coop_id: str) -> int:
    old = {
        owner_and_address(file)[1]
        for file in (files.folder / coop_id).glob("??/*.full.webp")
        if _is_older(file, UNNAMED_KEPT_S)
    }
    if not old:
        return 0
    with reading() as session:
        seq = session.scalar(select(func.max(LOG.c.arrived_seq)).where(LOG.c.coop_id == coop_id)) or 0
        unnamed = old - set(_named(session, coop_id, 0))
    if not unnamed:
        return 0
    with writing() as session:
        SqlStore(session, coop_id).lock()  # nobody names one of them from here on
        unnamed -= set(_named(session, coop_id, seq))
        for sha256 in unnamed:
            for size in SIZES:  # the full size first: its being there says that all is
                files.path(coop_id, sha256, size).unlink(missing_ok=True)
    return len(unnamed)


def _named(session: Session, coop_id: str, from_seq: int) -> Iterator[str]:
    """Whatever looks like a photo's address: in mutations as they arrived, in what phones offered after a restore."""
    arrived = select(LOG.c.raw).where(LOG.c.coop_id == coop_id, LOG.c.arrived_seq >= from_seq)
    offered = select(REVIEW.c.sides).where(REVIEW.c.coop_id == coop_id)
    for texts in (arrived, offered):
        for text in session.scalars(texts.execution_options(yield_per=_AT_ONCE)):
            yield from _ADDRESS.findall(text)


def _sweep_unfinished(photos: Path) -> int:
    """What a server that died was writing."""
    left = [file for file in photos.glob("*/??/*") if file.suffix != ".webp" and _is_older(file, DAY_S)]
    for file in left:
        file.unlink(missing_ok=True)
    return len(left)


def _sweep_pieces(arriving: Path) -> int:
    swept = 0
    for own in arriving.glob("*/*"):
        with locked(own):
            swept += forget_unfinished(own)
    return swept


def _is_older(file: Path, age_s: int) -> bool:
    return file.stat().st_mtime < time.time() - age_s
