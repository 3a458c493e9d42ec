"""Packs: one language's sentences, each a clip. An account sees what is published for it, and its own drafts."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

import orjson
from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from server.accounts import Account
from server.database import now_ms
from server.problems import InvalidError, NotFoundError, RateLimitedError
from server.voice.tables import PROVINCE, VoiceClip, VoicePack

PACKS_OF_AN_ACCOUNT_MAX = 50


def scope_of(account: Account) -> str:
    """For whom this account records: a manager for the co-operative, an admin for the province."""
    return account.coop_id or PROVINCE


def lock_scope(session: Session, scope: str) -> None:
    """Let nobody else send clips, write packs or sweep in this scope until this transaction ends. SQLite has locked
    already; the province has no row of its own that PostgreSQL could lock."""
    if session.get_bind().dialect.name == "postgresql":
        key = int.from_bytes(sha256(f"voice {scope}".encode()).digest()[:8], signed=True)
        session.execute(select(func.pg_advisory_xact_lock(key)))


def visible(account: Account) -> ColumnElement[bool]:
    """Published for the province or the own co-operative, or the account's own draft there."""
    return and_(
        VoicePack.scope.in_((PROVINCE, scope_of(account))),
        or_(VoicePack.published, and_(VoicePack.account_id == account.id, VoicePack.scope == scope_of(account))),
    )


def packs_for(session: Session, account: Account) -> list[VoicePack]:
    ordered = select(VoicePack).where(visible(account)).order_by(VoicePack.language, VoicePack.name, VoicePack.id)
    return list(session.scalars(ordered))


def pack_for(session: Session, account: Account, id: str) -> VoicePack:
    """Raises NotFoundError, also for what others keep to themselves."""
    pack = session.scalar(select(VoicePack).where(VoicePack.id == id, visible(account)))
    if pack is None:
        raise NotFoundError
    return pack


def pack_with_clip(
    session: Session, account: Account, sha256: str
) -> tuple[VoicePack, dict[str, Any]] | tuple[None, None]:
    """A visible pack that this clip belongs to, and what it says of the clip."""
    for pack in session.scalars(select(VoicePack).where(visible(account), VoicePack.clips.contains(sha256))):
        for clip in clips_of(pack).values():
            if clip["sha256"] == sha256:
                return pack, clip
    return None, None


def clips_of(pack: VoicePack) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = orjson.loads(pack.clips)
    return found


def put_pack(session: Session, account: Account, id: str, told: dict[str, Any]) -> VoicePack:
    """Write the whole pack: as a draft that only this account sees, or published for its scope.

    `told`: {language, name, published, clips: [{key, sha256, duration_ms}]}. Whoever records for a scope replaces its
    published packs; the last one stands. Raises NotFoundError for another's pack, InvalidError (`clips`: `unknown`)
    for a clip that is not there, RateLimitedError.
    """
    lock_scope(session, scope_of(account))
    pack = session.scalar(select(VoicePack).where(VoicePack.id == id).with_for_update())
    if pack is None:
        own = select(VoicePack.id).where(VoicePack.account_id == account.id)
        if len(session.scalars(own).all()) >= PACKS_OF_AN_ACCOUNT_MAX:
            raise RateLimitedError("So many packs.", retry_after_s=24 * 60 * 60)
        pack = VoicePack(id=id, scope=scope_of(account), version=0, clips="{}")
    elif pack.scope != scope_of(account) or not (pack.published or pack.account_id == account.id):
        raise NotFoundError
    written = orjson.dumps(_resolved(session, pack, account, told["clips"])).decode()
    pack.account_id = account.id
    pack.language, pack.name, pack.published = told["language"], told["name"], told["published"]
    pack.clips = written
    pack.version += 1
    pack.changed_at_ms = now_ms()
    session.add(pack)
    session.flush()
    return pack


def _resolved(
    session: Session, pack: VoicePack, account: Account, told: list[dict[str, Any]]
) -> dict[str, dict[str, Any]]:
    """What the manifest says of each clip: its own, or of the pack as it stood."""
    sent = select(VoiceClip).where(VoiceClip.scope == pack.scope, VoiceClip.account_id == account.id)
    known = {clip["sha256"]: (clip["bytes"], clip["type"]) for clip in clips_of(pack).values()}
    known |= {clip.sha256: (clip.bytes, clip.type) for clip in session.scalars(sent)}
    if any(clip["sha256"] not in known for clip in told):
        raise InvalidError(errors={"clips": ["unknown"]})
    return {
        clip["key"]: {
            "sha256": clip["sha256"],
            "bytes": known[clip["sha256"]][0],
            "duration_ms": clip["duration_ms"],
            "type": known[clip["sha256"]][1],
        }
        for clip in told
    }
