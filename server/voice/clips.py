"""Clips: short recordings as phones make them, kept as blobs by their SHA-256.

They are never decoded here: what a file is, its first bytes say, and browsers are told to believe nothing else.
"""

from __future__ import annotations

import hashlib

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from server.accounts import Account
from server.blobs.blob import BlobStore
from server.blobs.stores import VOICE, store_of
from server.database import now_ms, reading, writing
from server.problems import InvalidError, RateLimitedError, TooLargeError
from server.voice.packs import lock_scope, pack_with_clip, scope_of
from server.voice.tables import VoiceClip

CLIP_BYTES_MAX = 200_000
DAY_BYTES_MAX = 32 << 20
DAY_MS = 24 * 60 * 60 * 1000
RETRY_AFTER_S = 60 * 60


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
    """`<scope>/<first two letters>/<sha256>.clip`; what is there is whole and never changes."""

    def __init__(self, store: BlobStore) -> None:
        self.store = store

    @classmethod
    def configured(cls) -> Clips:
        return cls(store_of(VOICE))

    def take(self, account: Account, sha256: str, content: bytes) -> VoiceClip:
        """Keep what an account recorded. Sent again, it changes nothing.

        Raises TooLargeError, RateLimitedError, UnavailableError when it cannot be kept now, or InvalidError (`clip`:
        `wrong_hash`, `not_a_recording`).
        """
        if len(content) > CLIP_BYTES_MAX:
            raise TooLargeError("A clip has at most 200,000 bytes.")
        if hashlib.sha256(content).hexdigest() != sha256:
            raise InvalidError(errors={"clip": ["wrong_hash"]})
        found = type_of(content)
        if found is None:
            raise InvalidError(errors={"clip": ["not_a_recording"]})
        # First: what was sent lately is not swept.
        sent = _note_sent(account, VoiceClip(sha256=sha256, type=found, bytes=len(content)))
        name = _name(sent.scope, sha256)
        if not self.store.has(name):
            self.store.write(name, content)
        return sent

    def read(self, account: Account, sha256: str) -> tuple[bytes, str] | None:
        """A clip of a pack that this account sees, or that it sent itself, with its type."""
        with reading() as session:
            found = _scope_and_type(session, account, sha256)
        if found is None:
            return None
        scope, kind = found
        content = self.store.read(_name(scope, sha256))
        return None if content is None else (content, kind)

    def remove(self, scope: str, sha256: str) -> None:
        self.store.remove(_name(scope, sha256))


def _name(scope: str, sha256: str) -> str:
    return f"{scope}/{sha256[:2]}/{sha256}.clip"


def _note_sent(account: Account, sent: VoiceClip) -> VoiceClip:
    sent.scope, sent.account_id, sent.sent_at_ms = scope_of(account), account.id, now_ms()
    with writing() as session:
        lock_scope(session, sent.scope)
        if session.get(VoiceClip, (sent.scope, sent.account_id, sent.sha256)) is None:
            _bound(session, account, sent.bytes)
        return session.merge(sent)


def _scope_and_type(session: Session, account: Account, sha256: str) -> tuple[str, str] | None:
    own = session.get(VoiceClip, (scope_of(account), account.id, sha256))
    if own is not None:
        return own.scope, own.type
    pack, clip = pack_with_clip(session, account, sha256)
    return None if pack is None or clip is None else (pack.scope, clip["type"])


def _bound(session: Session, account: Account, more: int) -> None:
    """Count what an account sends in a day. Raises RateLimitedError."""
    since = select(func.coalesce(func.sum(VoiceClip.bytes), 0)).where(
        VoiceClip.account_id == account.id, VoiceClip.sent_at_ms > now_ms() - DAY_MS
    )
    if (session.scalar(since) or 0) + more > DAY_BYTES_MAX:
        raise RateLimitedError("So many clips in a day.", retry_after_s=RETRY_AFTER_S)
