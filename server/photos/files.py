"""Where finished photos are kept: content-addressed files of each co-operative under the data directory.

Requests and backups ask through `PhotoFiles`, so that a bucket can take its place.
"""

from __future__ import annotations

import os
import shutil
import stat
import time
from pathlib import Path

SIZES = ("full", "thumbnail")

# Of files that a backup has: nobody may write them. No clock is asked, it may have been wrong when they came.
SAFE_MODE = 0o440


class PhotoFiles:
    """`<folder>/<co-operative>/<first two letters>/<sha256>.<size>.webp`; what is there is whole and never changes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def read(self, coop_id: str, sha256: str, size: str) -> bytes | None:
        try:
            return self._path(coop_id, sha256, size).read_bytes()
        except FileNotFoundError:
            return None

    def has(self, coop_id: str, sha256: str) -> bool:
        return self._path(coop_id, sha256, "full").exists()

    def write(self, coop_id: str, sha256: str, encoded: dict[str, bytes]) -> None:
        """On the disk when it returns; the full size last, since its being there says that all is."""
        for size in sorted(SIZES, reverse=True):
            write_whole(self._path(coop_id, sha256, size), encoded[size])

    def is_safe(self, coop_id: str, sha256: str) -> bool:
        """Whether a backup has it."""
        try:
            return _is_safe(self._path(coop_id, sha256, "full"))
        except FileNotFoundError:
            return False

    def back_up(self, target: Path) -> int:
        """Copy what the target lacks; how many files. Then phones may forget those photos."""
        copied, there = copy_missing(self.folder, target), PhotoFiles(target)
        for file in self.folder.glob("*/??/*.full.webp"):
            coop_id, sha256 = file.parts[-3], file.name.partition(".")[0]
            if not _is_safe(file) and all(there._path(coop_id, sha256, size).exists() for size in SIZES):
                file.chmod(SAFE_MODE)
        return copied

    def _path(self, coop_id: str, sha256: str, size: str) -> Path:
        return self.folder / coop_id / sha256[:2] / f"{sha256}.{size}.webp"


def _is_safe(file: Path) -> bool:
    return not file.stat().st_mode & stat.S_IWUSR


def copy_missing(source: Path, target: Path, suffix: str = "webp") -> int:
    """Whole files of one folder that the other lacks, copied there; how many. Nothing is ever overwritten."""
    copied = 0
    for file in source.glob(f"*/??/*.{suffix}"):
        wanted = target / file.relative_to(source)
        if wanted.exists():
            continue
        wanted.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
        unfinished = wanted.with_suffix(f".{os.getpid()}")
        shutil.copyfile(file, unfinished)
        _publish(unfinished, wanted)
        copied += 1
    return copied


def write_whole(path: Path, content: bytes) -> None:
    """The file is there with all of its content, on the disk, or not at all."""
    path.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
    unfinished = path.with_suffix(f".{os.getpid()}-{time.monotonic_ns()}")
    unfinished.write_bytes(content)
    _publish(unfinished, path)


def _publish(unfinished: Path, path: Path) -> None:
    to_disk(unfinished)
    unfinished.rename(path)
    to_disk(path.parent)


def to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
