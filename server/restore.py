"""Restoring a backup: verified and made ready beside the database, then put in its place in one transaction.

Each co-operative gets a new history, so every phone sends again what it still holds; who was shut out stays out.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from flask import Flask, current_app
from sqlalchemy import delete, exc, inspect, select, text

from server import migrating, revocations
from server.backup import (
    BackupError,
    checksum_file,
    lacks_what_phones_forgot,
    opened,
    workshop,
)
from server.blobs.blob import renew
from server.blobs.folder import FolderStore
from server.blobs.stores import SUFFIXES, store_of
from server.copies import bring_back, sha256
from server.database import db, reading, writing
from server.enrolment import Enrolment
from server.front_door import is_demo, settings
from server.people.erasure import erase
from server.photos.files import PhotoFiles
from server.photos.sweep import sweep_erased
from server.problems import UnavailableError
from server.revocations import Revocations
from server.store.counters import draw_history
from server.table_copy import replace_rows
from server.tables import COUNTER
from server.verification import DamagedError, verify


@dataclass(frozen=True)
class Restored:
    counts: dict[str, int]
    moved_to: Path | None
    """Where the database lies that could not be read."""
    damaged: list[Path]
    """Photos and clips of the backup that differ from their checksum; they were not brought back."""


def restore(file: Path, *, older: bool = False) -> Restored:
    """Put a backup in the place of the application's database, and the files beside it where they are missing.

    Raises BackupError, and nothing has changed, when the file is damaged, no backup, of a newer release or of another
    kind of server; or, unless `older`, when it lacks what phones were told is safe. Raises UnavailableError when photos
    are kept where nothing can be read now, and nothing has changed; or when that fails later on: to be run again.
    """
    for kind in SUFFIXES:
        store_of(kind).owners()
    with workshop(settings().data_dir) as unfinished:
        copy = unfinished / "copy.db"
        _take(file, copy)
        counts = _make_current(file, copy, demo=settings().demo)
        kept = Revocations()
        kept.take(revocations.noted(revocations.path()))
        readable = _keep_what_present_says(copy, kept, older)
        with opened(copy), writing() as session:
            revocations.lay_over(session, kept)
            for member_id, line in sorted(kept.erased.items()):
                erase(session, member_id, line["by"])  # a backup from before does not bring anybody back
            session.execute(delete(Enrolment))  # which were used or replaced since, nobody knows any more
            for coop_id in session.scalars(select(COUNTER.c.coop_id)).all():
                draw_history(session, coop_id)
        moved_to = None if readable else _move_aside()
        migrating.upgrade()
        _put_in_place(copy)
    damaged = _bring_files_back(file.parent)
    sweep_erased(PhotoFiles.configured())  # the backup's copies of photos that were erased before or since
    return Restored(counts, moved_to, damaged)


def _bring_files_back(folder: Path) -> list[Path]:
    """Which of the backup's files are damaged."""
    damaged = []
    for kind, suffix in SUFFIXES.items():
        renew(store_of(kind))  # the record that names one may be on a phone that has not come back yet
        damaged += bring_back(FolderStore(folder / kind), store_of(kind), suffix).damaged
    return damaged


def _take(file: Path, copy: Path) -> None:
    """A copy to work on; the backup itself is only ever read."""
    if not file.is_file():
        raise BackupError(f"There is no file {file}.")
    checksum = checksum_file(file)
    if not checksum.is_file():
        raise BackupError(f"{checksum.name} is missing: it lies beside the backup and says whether that is whole.")
    shutil.copyfile(file, copy)
    if checksum.read_text(errors="replace").split()[:1] != [sha256(copy)]:
        raise BackupError(f"{file.name} is damaged: it differs from its checksum.")
    with copy.open("rb") as content:
        if content.read(16) != b"SQLite format 3\0":
            raise BackupError(f"{file.name} is not a backup.")


def _make_current(file: Path, copy: Path, *, demo: bool) -> dict[str, int]:
    """Bring the copy to this release's schema and look whether it is whole."""
    try:
        with opened(copy):
            with db.engine.connect() as connection:
                revision = migrating.revision_of(connection)
            if revision is None:
                raise BackupError(f"{file.name} is a database of something else.")
            if revision not in {known.revision for known in migrating.migrations().walk_revisions()}:
                raise BackupError(f"{file.name} is of a newer release. Install that one first.")
            migrating.upgrade()
            with reading() as session:
                if is_demo(session) != demo:
                    raise BackupError("A demo's backup belongs in a demo, and every other one does not.")
                return verify(session)
    except (DamagedError, exc.DatabaseError) as error:
        raise BackupError(f"{file.name} is damaged. {error}") from error


def _keep_what_present_says(copy: Path, kept: Revocations, older: bool) -> bool:
    """Add what the database that is being replaced knows; False when it cannot be read."""
    try:
        with reading() as live:
            if not inspect(live.connection()).has_table(COUNTER.name):
                return True  # a new one
            if db.engine.dialect.name == "sqlite" and live.scalar(text("PRAGMA quick_check")) != "ok":
                return False
            present = revocations.in_database(live)
            with opened(copy), reading() as session:
                lacking = lacks_what_phones_forgot(live, session)
    except exc.DatabaseError:
        return False
    if lacking and not older:
        raise BackupError(
            "A newer backup was made of this database, and phones may have forgotten what only that one holds. "
            "Restore the newer one, or this one all the same with --older."
        )
    kept.add(present)
    return True


def _move_aside() -> Path | None:
    """A SQLite database that cannot be read makes way; PostgreSQL's rows are replaced where they are."""
    file = db.engine.url.database
    db.engine.dispose()
    if db.engine.dialect.name != "sqlite" or file is None:
        return None
    aside = Path(file).with_name(f"damaged-{datetime.now(UTC):%Y-%m-%dT%H-%M-%SZ}")
    aside.mkdir(mode=0o700)
    for part in (file, f"{file}-wal", f"{file}-shm"):
        if Path(part).exists():
            shutil.move(part, aside)
    return aside


def _put_in_place(copy: Path, tries: int = 5) -> None:
    """Raises UnavailableError, and nothing has changed, when a server that was left running is too busy."""
    # A proxy forgets its app in another context; Flask types it as the app itself.
    live: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    try:
        with opened(copy), reading() as source, live.app_context(), writing() as target:
            replace_rows(source.connection(), target.connection())
    except UnavailableError:
        if tries == 1:
            raise
        _put_in_place(copy, tries - 1)
