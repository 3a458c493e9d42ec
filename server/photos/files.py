"""Where finished photos are kept: content-addressed files of each co-operative under the data directory.

Requests and backups ask through `PhotoFiles`, so that a bucket can take its place.
"""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

SIZES = ("full", "thumbnail")

# A file's time may lag behind the clock by a tick of the kernel.
SLACK_NS = 1_000_000_000


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
        """Whether a backup of photos that began after it was written has ended."""
        try:
            written_ns = self._path(coop_id, sha256, "full").stat().st_ctime_ns
            return written_ns < int(self._mark().read_text())
        except (FileNotFoundError, ValueError):
            return False

    def back_up(self, target: Path) -> int:
        """Copy what the target lacks; how many files. Then phones may forget those photos."""
        began_ns = time.time_ns() - SLACK_NS
        copied = copy_missing(self.folder, target)
        write_whole(self._mark(), str(began_ns).encode())
        return copied

    def _path(self, coop_id: str, sha256: str, size: str) -> Path:
        return self.folder / coop_id / sha256[:2] / f"{sha256}.{size}.webp"

    def _mark(self) -> Path:
        return self.folder / "backed-up"


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
