"""Clips: short recordings as phones make them, kept as files under the data directory by their SHA-256.

They are never decoded here: what a file is, its first bytes say, and browsers are told to believe nothing else.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from server.accounts import Account
from server.database import now_ms
from server.photos.files import room_on_disk, write_whole
from server.problems import InvalidError, RateLimitedError, TooLargeError
from server.voice.packs import pack_with_clip, scope_of
from server.voice.tables import VoiceClip

CLIP_BYTES_MAX = 200_000
DAY_BYTES_MAX = 32 << 20
DAY_MS = 24 * 60 * 60 * 1000
RETRY_AFTER_S = 60 * 60
SUFFIX = "clip"


def type_of(content: bytes) -> str | None:
    """What a recorder of a browser made, and nothing but sound: WebM and Ogg with Opus, MP4. None for anything else."""
    if content[:4] == b"\x1a\x45\xdf\xa3" and b"webm" in content[:64]:
        return "audio/webm" if b"A_OPUS" in content and b"V_VP" not in content else None
    if content[:4] == b"OggS":
        return "audio/ogg" if content[28:36] == b"OpusHead" else None
    if content[4:8] == b"ftyp":
        return "audio/mp4" if b"soun" in content and b"vide" not in content else None
    return None


class Clips:
    """`<data directory>/voice/<scope>/<first two letters>/<sha256>.clip`; what is there is whole and never changes."""

    def __init__(self, data_dir: Path) -> None:
        self.folder = data_dir / "voice"

    def take(self, session: Session, account: Account, sha256: str, content: bytes) -> VoiceClip:
        """Keep what an account recorded. Sent again, it changes nothing.

        Raises TooLargeError, RateLimitedError, UnavailableError on a full disk, or InvalidError (`clip`: `wrong_hash`,
        `not_a_recording`).
        """
        if len(content) > CLIP_BYTES_MAX:
            raise TooLargeError("A clip has at most 200,000 bytes.")
        if hashlib.sha256(content).hexdigest() != sha256:
            raise InvalidError(errors={"clip": ["wrong_hash"]})
        found = type_of(content)
        if found is None:
            raise InvalidError(errors={"clip": ["not_a_recording"]})
        scope = scope_of(account)
        known = session.get(VoiceClip, (scope, account.id, sha256))
        path = self._path(scope, sha256)
        if known is None:
            _bound(session, account, len(content))
        if not path.exists():
            with room_on_disk():
                write_whole(path, content)
        if known is None:
            known = VoiceClip(
                scope=scope,
                account_id=account.id,
                sha256=sha256,
                type=found,
                bytes=len(content),
                sent_at_ms=now_ms(),
            )
            session.add(known)
        return known

    def read(self, session: Session, account: Account, sha256: str) -> tuple[bytes, str] | None:
        """A clip of a pack that this account sees, or that it sent itself, with its type."""
        own = session.get(VoiceClip, (scope_of(account), account.id, sha256))
        if own is not None:
            where, kind = own.scope, own.type
        else:
            pack, clip = pack_with_clip(session, account, sha256)
            if pack is None or clip is None:
                return None
            where, kind = pack.scope, clip["type"]
        try:
            return self._path(where, sha256).read_bytes(), kind
        except FileNotFoundError:
            return None

    def _path(self, scope: str, sha256: str) -> Path:
        return self.folder / scope / sha256[:2] / f"{sha256}.{SUFFIX}"


def _bound(session: Session, account: Account, more: int) -> None:
    """Count what an account sends in a day. Raises RateLimitedError."""
    since = select(func.coalesce(func.sum(VoiceClip.bytes), 0)).where(
        VoiceClip.account_id == account.id, VoiceClip.sent_at_ms > now_ms() - DAY_MS
    )
    if (session.scalar(since) or 0) + more > DAY_BYTES_MAX:
        raise RateLimitedError("So many clips in a day.", retry_after_s=RETRY_AFTER_S)
