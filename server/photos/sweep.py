"""Clears away photos that no record names.

A phone sends a record before its photo, so what is unnamed after months was never saved, or its record was erased.
A photo that any version of a record named stays: the log is asked, not only the rows. Those of the goods of somebody
who was erased go at once: the log names them no more.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from server.blobs.blob import SWEPT_AT_ONCE, grown_old
from server.database import reading, writing
from server.photos.erased import ADDRESS, unwanted_photos
from server.photos.files import PhotoFiles
from server.store import SqlStore
from server.tables import LOG, REVIEW

_AT_ONCE = 1_000


def sweep_photos(files: PhotoFiles) -> int:
    """Delete unnamed photos that came more than 90 days ago (their copies in a folder of backups stay); how many.

    Raises UnavailableError when the files or a co-operative cannot be had; the next time goes on from there.
    """
    old = ((coop_id, grown_old(files.store, coop_id)) for coop_id in files.store.owners())
    return sum(_sweep_coop(files, coop_id, addresses) for coop_id, addresses in old) + sweep_erased(files)


def sweep_erased(files: PhotoFiles) -> int:
    """Delete the photos of the goods of who was erased, unless others' goods name them; how many.

    Raises UnavailableError as `sweep_photos`.
    """
    with reading() as session:
        unwanted = unwanted_photos(session)
    return sum(_sweep_coop(files, coop_id, _there(files, coop_id) & unwanted[coop_id]) for coop_id in sorted(unwanted))


def _there(files: PhotoFiles, coop_id: str) -> set[str]:
    return {blob.address for blob in files.store.blobs(coop_id)}


def _sweep_coop(files: PhotoFiles, coop_id: str, candidates: set[str]) -> int:
    if not candidates:
        return 0
    with reading() as session:
        seq = session.scalar(select(func.max(LOG.c.arrived_seq)).where(LOG.c.coop_id == coop_id)) or 0
        unnamed = sorted(candidates - set(_named(session, coop_id, 0)))
    swept = 0
    for start in range(0, len(unnamed), SWEPT_AT_ONCE):
        with writing() as session:
            SqlStore(session, coop_id).lock()  # nobody names one of them from here on
            going = set(unnamed[start : start + SWEPT_AT_ONCE]) - set(_named(session, coop_id, seq))
            for sha256 in going:
                files.remove(coop_id, sha256)
        swept += len(going)
    return swept


def _named(session: Session, coop_id: str, from_seq: int) -> Iterator[str]:
    """Whatever looks like a photo's address: in mutations as they arrived, in what phones offered after a restore."""
    arrived = select(LOG.c.raw).where(LOG.c.coop_id == coop_id, LOG.c.arrived_seq >= from_seq)
    offered = select(REVIEW.c.sides).where(REVIEW.c.coop_id == coop_id)
    for texts in (arrived, offered):
        for text in session.scalars(texts.execution_options(yield_per=_AT_ONCE)):
            yield from ADDRESS.findall(text)
