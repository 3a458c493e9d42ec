"""Clears away clips that no pack names: sentences that were recorded anew, and those of which no pack was written."""

from __future__ import annotations

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from server.blobs.blob import SWEPT_AT_ONCE, UNNAMED_KEPT_S, grown_old
from server.database import now_ms, writing
from server.voice.clips import Clips
from server.voice.packs import clips_of, lock_scope
from server.voice.tables import VoiceClip, VoicePack


def sweep_clips(clips: Clips) -> int:
    """Delete clips that no pack of their scope names, drafts too, and that nobody sent for 90 days (their copies in a
    folder of backups stay); how many.

    Raises UnavailableError when the files or the database cannot be had; the next time goes on from there.
    """
    return sum(_sweep_scope(clips, scope) for scope in clips.store.owners())


def _sweep_scope(clips: Clips, scope: str) -> int:
    old = sorted(grown_old(clips.store, scope))
    swept = 0
    for start in range(0, len(old), SWEPT_AT_ONCE):
        with writing() as session:
            lock_scope(session, scope)  # nobody names one of them from here on, or sends it again
            going = set(old[start : start + SWEPT_AT_ONCE]) - _wanted(session, scope)
            session.execute(delete(VoiceClip).where(VoiceClip.scope == scope, VoiceClip.sha256.in_(going)))
            for sha256 in going:
                clips.remove(scope, sha256)
        swept += len(going)
    return swept


def _wanted(session: Session, scope: str) -> set[str]:
    packs = session.scalars(select(VoicePack).where(VoicePack.scope == scope))
    named = {clip["sha256"] for pack in packs for clip in clips_of(pack).values()}
    lately = VoiceClip.sent_at_ms > now_ms() - UNNAMED_KEPT_S * 1_000
    return named | set(session.scalars(select(VoiceClip.sha256).where(VoiceClip.scope == scope, lately)))
