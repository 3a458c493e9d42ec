"""Backups: one SQLite file for either database, made while the server runs, verified before anyone relies on it.

Only when the file is on disk under its name are phones told (`safe`) that they may forget what it holds.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from flask import Flask, current_app
from sqlalchemy import URL, select
from sqlalchemy.orm import Session

from config import ROOT
from server import migrating
from server.blobs.folder import FolderStore, to_disk
from server.blobs.stores import PHOTOS, SUFFIXES, VOICE, store_of
from server.copies import copy_missing, forget, sha256
from server.database import db, reading, writing
from server.front_door import settings
from server.photos.erased import unwanted_photos
from server.photos.files import SIZES, PhotoFiles, photo_name
from server.problems import UnavailableError
from server.store import SqlStore
from server.store.counters import raise_safe
from server.table_copy import replace_rows
from server.tables import COUNTER, HEAD
from server.verification import DamagedError, verify

PREFIX, SUFFIX = "chophien-", ".db"

# Up to where a copy holds a co-operative: its id, history, seq, and that head's tag.
Mark = tuple[str, str, int, str]


class BackupError(Exception):
    """There is no backup, or it cannot be used; the message says why."""

    code = "backup"


@dataclass(frozen=True)
class Made:
    path: Path
    counts: dict[str, int]
    photos: int
    """Files that earlier backups into this folder did not have yet."""


@contextmanager
def workshop(folder: Path) -> Iterator[Path]:
    """A place in the folder for what is not finished. What a power cut left there a day ago is cleared away."""
    for left in folder.glob(".unfinished-*"):
        if left.stat().st_mtime < time.time() - 24 * 60 * 60:
            shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(dir=folder, prefix=".unfinished-") as place:
        yield Path(place)


@contextmanager
def opened(file: Path) -> Iterator[None]:
    """Inside, the application's database is this SQLite file. Left in one piece, without files beside it."""
    app = Flask(__name__, root_path=str(ROOT / "server"), static_folder=None)
    app.config["SECRET_KEY"] = current_app.config["SECRET_KEY"]
    app.config["SQLALCHEMY_DATABASE_URI"] = URL.create("sqlite", database=str(file)).render_as_string()
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {"hide_parameters": True}
    app.extensions["settings"] = settings()
    db.init_app(app)
    migrating.register(app)
    with app.app_context():
        try:
            yield
        finally:
            db.engine.dispose()
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")


def backup(folder: Path, keep: int | None = None) -> Made:
    """Back up the application's database into a new file of this folder; leave the newest `keep` there. Photos and
    clips, which never change, are copied once into folders beside it.

    Raises BackupError when the database needs a migration first, or does not agree with itself: the copy then stays in
    the folder as `*.unverified`, older backups stay, and no phone is told to forget anything. Raises UnavailableError
    when there is a backup, but a co-operative was too busy to be told of it, or photos are kept where nothing can be
    read now.
    """
    if not migrating.at_head():
        raise BackupError("The database is not this release's. Run: flask db upgrade")
    folder.mkdir(mode=0o750, parents=True, exist_ok=True)
    made_at = datetime.now(UTC).strftime("%Y-%m-%dT%H-%M-%S-%fZ")
    path = folder / f"{PREFIX}{made_at}{SUFFIX}"
    with workshop(folder) as unfinished:
        copy = unfinished / path.name
        try:
            counts, marks = _copy_and_verify(copy)
        except DamagedError as error:
            kept = path.with_suffix(".unverified")
            copy.rename(kept)
            raise BackupError(f"The database does not agree with itself. {error} The copy is in {kept}.") from error
        _publish(copy, path)
    busy = _tell(marks)
    if keep is not None:
        _forget_all_but(folder, max(1, keep))
    photos = _copy_photos(folder)
    copy_missing(store_of(VOICE), FolderStore(folder / VOICE), SUFFIXES[VOICE])
    if busy is not None:
        raise busy
    return Made(path, counts, photos)


def _copy_photos(folder: Path) -> int:
    """How many files are new. Phones may then forget theirs."""
    copies, photos = FolderStore(folder / PHOTOS), PhotoFiles.configured()
    copied = copy_missing(photos.store, copies, SUFFIXES[PHOTOS])
    photos.mark_safe(copies)
    _forget_erased(copies, photos)
    return copied


def _forget_erased(copies: FolderStore, photos: PhotoFiles) -> None:
    """Older backups name photos of who was erased since; restored, they are erased again."""
    with reading() as session:
        unwanted = unwanted_photos(session)
    for coop_id, addresses in unwanted.items():
        gone = [a for a in addresses if PhotoFiles(copies).has(coop_id, a) and not photos.has(coop_id, a)]
        forget(copies, coop_id, [photo_name(coop_id, sha256, size) for sha256 in gone for size in SIZES])


def _tell(marks: list[Mark]) -> UnavailableError | None:
    """Tell each co-operative what is safe, in a transaction of its own: a busy one keeps no other waiting."""
    busy = None
    for mark in marks:
        try:
            with writing() as session:
                raise_safe(session, *mark)
        except UnavailableError as error:
            busy = error
    return busy


def _copy_and_verify(copy: Path) -> tuple[dict[str, int], list[Mark]]:
    """What is in the copy, and per co-operative up to where."""
    with reading() as live, opened(copy):
        migrating.upgrade()
        with writing() as session:
            replace_rows(live.connection(), session.connection())
            marks = _marks(session)
            for mark in marks:
                raise_safe(session, *mark)
        with reading() as session:
            return verify(session), marks


def _marks(session: Session) -> list[Mark]:
    counters = session.execute(select(COUNTER.c.coop_id, COUNTER.c.history, COUNTER.c.seq))
    return [(id, history, seq, SqlStore(session, id).head_tag(seq)) for id, history, seq in counters]


def lacks_what_phones_forgot(live: Session, copy: Session) -> bool:
    """Whether phones of the live database may have forgotten something that the copy does not hold."""
    for coop_id, safe in live.execute(select(COUNTER.c.coop_id, COUNTER.c.safe)).all():
        last = select(HEAD.c.seq, HEAD.c.tag).where(HEAD.c.coop_id == coop_id, HEAD.c.seq <= safe)
        head = live.execute(last.order_by(HEAD.c.seq.desc()).limit(1)).first()
        if head is not None and not SqlStore(copy, coop_id).has_head(*head):
            return True
    return False


def checksum_file(path: Path) -> Path:
    return path.with_name(path.name + ".sha256")


def _publish(copy: Path, path: Path) -> None:
    """Give the copy its name once it is on disk, its checksum first: a file with the name is a whole backup."""
    copy.chmod(0o600)
    to_disk(copy)
    written = checksum_file(copy)
    written.write_text(f"{sha256(copy)}  {path.name}\n")
    to_disk(written)
    written.rename(checksum_file(path))
    copy.rename(path)
    to_disk(path.parent)


def _forget_all_but(folder: Path, keep: int) -> None:
    for old in sorted(folder.glob(f"{PREFIX}*{SUFFIX}"))[:-keep]:
        old.unlink()
        checksum_file(old).unlink(missing_ok=True)
