"""Blobs as files below a folder, and how a file comes to be on the disk whole or not at all."""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import structlog

from server.blobs.blob import Blob
from server.problems import UnavailableError

log = structlog.get_logger("files")

DISK_FULL_RETRY_S = 600
_UNFINISHED_KEPT_S = 24 * 60 * 60


class FolderStore:
    """A BlobStore whose names are paths below its folder. Names that begin with a dot are of what is not whole yet."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, name: str) -> Path:
        return self.folder / name

    def read(self, name: str) -> bytes | None:
        try:
            return self.path(name).read_bytes()
        except FileNotFoundError:
            return None

    def has(self, name: str) -> bool:
        return self.path(name).exists()

    def write(self, name: str, content: bytes) -> None:
        with room_on_disk():
            write_whole(self.path(name), content)

    def remove(self, name: str) -> None:
        self.path(name).unlink(missing_ok=True)

    def owners(self) -> list[str]:
        return sorted(path.name for path in self.folder.glob("*") if path.is_dir())

    def blobs(self, owner: str) -> Iterator[Blob]:
        for file in (self.folder / owner).glob("??/*"):
            if not file.name.startswith("."):
                yield Blob(file.relative_to(self.folder).as_posix(), file.stat().st_mtime)

    def clear_unfinished(self) -> int:
        limit_s = time.time() - _UNFINISHED_KEPT_S
        left = [file for file in self.folder.glob("*/??/.*") if file.stat().st_mtime < limit_s]
        for file in left:
            file.unlink(missing_ok=True)
        return len(left)


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
    unfinished = path.with_name(f".{path.name}.{os.getpid()}-{time.monotonic_ns()}")
    try:
        unfinished.write_bytes(content)
        to_disk(unfinished)
        unfinished.rename(path)
        to_disk(path.parent)
    except OSError:
        unfinished.unlink(missing_ok=True)
        raise


def to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
