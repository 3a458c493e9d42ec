"""Where finished photos are kept: content-addressed files of each co-operative under the data directory.

Requests and backups ask through `PhotoFiles`, so that a bucket can take its place.
"""

from __future__ import annotations

import errno
import os
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import structlog

from server.problems import UnavailableError

log = structlog.get_logger("files")

SIZES = ("full", "thumbnail")

# Of files that a backup has: nobody may write them. No clock is asked, it may have been wrong when they came.
SAFE_MODE = 0o440

DISK_FULL_RETRY_S = 600


class PhotoFiles:
    """`<folder>/<co-operative>/<first two letters>/<sha256>.<size>.webp`; what is there is whole and never changes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def read(self, coop_id: str, sha256: str, size: str) -> bytes | None:
        try:
            return self.path(coop_id, sha256, size).read_bytes()
        except FileNotFoundError:
            return None

    def has(self, coop_id: str, sha256: str) -> bool:
        return self.path(coop_id, sha256, "full").exists()

    def write(self, coop_id: str, sha256: str, encoded: dict[str, bytes]) -> None:
        """On the disk when it returns; the full size last, since its being there says that all is."""
        for size in sorted(SIZES, reverse=True):
            write_whole(self.path(coop_id, sha256, size), encoded[size])

    def is_safe(self, coop_id: str, sha256: str) -> bool:
        """Whether a backup has it."""
        try:
            return _is_safe(self.path(coop_id, sha256, "full"))
        except FileNotFoundError:
            return False

    def mark_safe(self, copies: Path) -> None:
        """Phones may forget the photos that are in this folder of backups."""
        there = PhotoFiles(copies)
        for file in self.folder.glob("*/??/*.full.webp"):
            coop_id, sha256 = owner_and_address(file)
            if not _is_safe(file) and all(there.path(coop_id, sha256, size).exists() for size in SIZES):
                file.chmod(SAFE_MODE)

    def renew(self) -> None:
        """Count every photo as one that came just now."""
        for file in self.folder.glob("*/??/*.webp"):
            file.touch()

    def path(self, coop_id: str, sha256: str, size: str) -> Path:
        return self.folder / coop_id / sha256[:2] / f"{sha256}.{size}.webp"


def _is_safe(file: Path) -> bool:
    return not file.stat().st_mode & stat.S_IWUSR


def owner_and_address(file: Path) -> tuple[str, str]:
    """The co-operative and the SHA-256 of a photo's file."""
    return file.parts[-3], file.name.partition(".")[0]


@contextmanager
def room_on_disk() -> Iterator[None]:
    """Around what writes files for a phone: a full disk is no mistake, and the phone tries again later.

    Raises UnavailableError.
    """
    try:
        yield
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        log.error("disk_full")
        raise UnavailableError("The disk is full: nothing was taken.", retry_after_s=DISK_FULL_RETRY_S) from error


def write_whole(path: Path, content: bytes) -> None:
    """The file is there with all of its content, on the disk, or not at all."""
    path.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
    unfinished = path.with_suffix(f".{os.getpid()}-{time.monotonic_ns()}")
    try:
        unfinished.write_bytes(content)
        publish(unfinished, path)
    except OSError:
        unfinished.unlink(missing_ok=True)
        raise


def publish(unfinished: Path, path: Path) -> None:
    """Give the file its name once it is on the disk."""
    to_disk(unfinished)
    unfinished.rename(path)
    to_disk(path.parent)


def to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
