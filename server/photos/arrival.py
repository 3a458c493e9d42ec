"""How a photo arrives: in pieces, over days if need be, until its bytes are those that its address names.

Every account has a folder of its own for what is not whole yet: nobody can spoil or fill up what another one sends.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from server.blobs.folder import room_on_disk, to_disk, write_whole
from server.photos.files import PhotoFiles
from server.problems import InvalidError, RateLimitedError, TooLargeError

PHOTO_BYTES_MAX = 1 << 20
PIECE_BYTES_MAX = 64 << 10
UNFINISHED_MAX = 20
UNFINISHED_KEPT_S = 14 * 24 * 60 * 60
DAY_BYTES_MAX = 32 << 20
RETRY_AFTER_S = 60 * 60

ARRIVING = "photos-arriving"
"""The folder below DATA_DIR."""


@dataclass(frozen=True)
class Piece:
    start: int
    total: int
    """Bytes of the whole photo."""
    content: bytes


@dataclass(frozen=True)
class Progress:
    """`state`: absent, partial, complete; `received`: the bytes that need not be sent again."""

    state: str
    received: int = 0
    safe: bool = False


class Arrivals:
    """Pieces are files of this machine, wherever finished photos are kept."""

    def __init__(self, files: PhotoFiles, folder: Path) -> None:
        self.files = files
        self.folder = folder

    def progress(self, coop_id: str, account_id: str, sha256: str) -> Progress:
        if self.files.has(coop_id, sha256):
            return self._complete(coop_id, sha256)
        return _partial(_size(self.folder / coop_id / account_id / sha256))

    @room_on_disk()
    def take(self, coop_id: str, account_id: str, sha256: str, piece: Piece) -> Progress:
        """Take the piece if it is the next one, and finish with the last. Sent again, it changes nothing.

        Raises TooLargeError and InvalidError for what can never be taken (`photo`: `wrong_hash`, `not_a_picture`,
        `too_many_pixels`; what had come of it is forgotten), RateLimitedError for too much of it,
        UnavailableError on a full disk, or when photos are kept where nothing can be kept now.
        """
        _check(piece)
        own = self.folder / coop_id / account_id
        file = own / sha256
        if self.files.has(coop_id, sha256):
            file.unlink(missing_ok=True)  # another account's came first
            return self._complete(coop_id, sha256)
        with locked(own):
            received = _size(file)
            if piece.start != received:
                return self.progress(coop_id, account_id, sha256)
            _bound(own, starts=received == 0, more=len(piece.content))
            if received + len(piece.content) == piece.total:
                self._finish(coop_id, sha256, file, piece.content)
                return self._complete(coop_id, sha256)
            with file.open("ab") as arriving:
                arriving.write(piece.content)
            to_disk(file)
        return _partial(received + len(piece.content))

    def _finish(self, coop_id: str, sha256: str, file: Path, last: bytes) -> None:
        """The last piece is not kept by itself: should the server die while it decodes, the phone sends it again."""
        from server.photos.picture import encode_anew  # with the first photo: every start would wait for its decoders

        content = (file.read_bytes() if file.exists() else b"") + last
        try:
            if hashlib.sha256(content).hexdigest() != sha256:
                raise InvalidError(errors={"photo": ["wrong_hash"]})
            encoded = encode_anew(content)
        except InvalidError:
            file.unlink(missing_ok=True)
            raise
        self.files.write(coop_id, sha256, encoded)
        file.unlink(missing_ok=True)

    def _complete(self, coop_id: str, sha256: str) -> Progress:
        return Progress("complete", safe=self.files.is_safe(coop_id, sha256))


def _partial(received: int) -> Progress:
    return Progress("partial" if received else "absent", received)


def _check(piece: Piece) -> None:
    if piece.total > PHOTO_BYTES_MAX:
        raise TooLargeError("A photo has at most 1 MiB.")
    if len(piece.content) > PIECE_BYTES_MAX:
        raise TooLargeError("A piece has at most 64 KiB.")
    if not piece.content or piece.start + len(piece.content) > piece.total:
        raise InvalidError(errors={"Content-Range": ["invalid"]})


def _bound(own: Path, *, starts: bool, more: int) -> None:
    """Count what an account sends in a day, and how many photos it has begun. Raises RateLimitedError."""
    today = str(int(time.time()) // 86_400)
    counted = own / ".day"
    day, _, bytes_before = counted.read_text().partition(" ") if counted.exists() else ("", "", "")
    total = more + (int(bytes_before) if day == today else 0)
    if total > DAY_BYTES_MAX:
        raise RateLimitedError("So many photos in a day.", retry_after_s=RETRY_AFTER_S)
    if starts:
        forget_unfinished(own)
        if len(_unfinished(own)) >= UNFINISHED_MAX:
            raise RateLimitedError("So many unfinished photos.", retry_after_s=RETRY_AFTER_S)
    write_whole(counted, f"{today} {total}".encode())


def _unfinished(own: Path) -> list[Path]:
    return [file for file in own.iterdir() if not file.name.startswith(".")]


def forget_unfinished(own: Path) -> int:
    """Forget the photos of an account of which nothing came for a while; how many."""
    left = [file for file in _unfinished(own) if file.stat().st_mtime < time.time() - UNFINISHED_KEPT_S]
    for file in left:
        file.unlink()
    return len(left)


@contextmanager
def locked(own: Path) -> Iterator[None]:
    """One request of an account at a time, over all processes."""
    own.mkdir(mode=0o750, parents=True, exist_ok=True)
    handle = os.open(own / ".lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def forget_account(arriving: Path, account_id: str) -> None:
    """Whatever came of photos of somebody who was erased."""
    for own in arriving.glob(f"*/{account_id}"):
        with locked(own):
            for file in _unfinished(own):
                file.unlink()


def clear_unfinished(arriving: Path) -> int:
    """Forget the photos of all accounts of which nothing came for a while; how many."""
    cleared = 0
    for own in arriving.glob("*/*"):
        with locked(own):
            cleared += forget_unfinished(own)
    return cleared


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except FileNotFoundError:
        return 0
