"""Recorded sentences: packs that phones keep, and the clips in them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import Response
from marshmallow import Schema, fields, validate

from server.accounts import Account
from server.api.blueprint import Blueprint
from server.api.files import BINARY, FILE_BODY, address, for_ever, read_bytes
from server.auth import account_required, current_account
from server.database import reading, writing
from server.entities.language import LanguageTag
from server.entities.values import Sha256, Words
from server.problems import InvalidError, NotFoundError
from server.voice.clips import CLIP_BYTES_MAX, Clips
from server.voice.packs import clips_of, pack_for, packs_for, put_pack
from server.voice.tables import PROVINCE, VoicePack
from sync.mutation import is_id

blp = Blueprint("voice", __name__, url_prefix="/api/v1/voice", description="Recorded sentences")

TYPES = ("audio/webm", "audio/ogg", "audio/mp4")
CLIPS_MAX = 300
CLIP_MS_MAX = 30_000

_key = validate.Regexp(r"^[a-z][a-z0-9_]{0,59}\Z", error="invalid")


class ClipSchema(Schema):
    key = fields.String(required=True, validate=_key, metadata={"description": "Which sentence of the app."})
    sha256 = Sha256(required=True)
    duration_ms = fields.Integer(
        required=True, strict=True, validate=validate.Range(min=1, max=CLIP_MS_MAX, error="range")
    )


class KeptClipSchema(ClipSchema):
    bytes = fields.Integer(required=True)
    type = fields.String(required=True, metadata={"enum": list(TYPES)})


class SentClipSchema(Schema):
    sha256 = fields.String(required=True)
    bytes = fields.Integer(required=True)
    type = fields.String(required=True, metadata={"enum": list(TYPES)})


class WrittenPackSchema(Schema):
    language = LanguageTag(required=True, metadata={"description": "A tag of BCP 47."})
    name = Words(
        1, 100, required=True, metadata={"description": "What the language calls itself, as its recorder typed it."}
    )
    published = fields.Boolean(required=True)
    clips = fields.List(
        fields.Nested(ClipSchema), required=True, validate=validate.Length(max=CLIPS_MAX, error="length")
    )


class PackSchema(Schema):
    id = fields.String(required=True)
    scope = fields.String(required=True, metadata={"enum": ["province", "coop"]})
    language = fields.String(required=True)
    name = fields.String(required=True)
    version = fields.Integer(required=True, metadata={"description": "Rises with every change."})
    published = fields.Boolean(required=True)
    mine = fields.Boolean(required=True, metadata={"description": "This account wrote it last."})
    clip_count = fields.Integer(required=True)
    bytes = fields.Integer(required=True, metadata={"description": "Of all clips together."})
    changed_at = fields.String(required=True, metadata={"format": "date-time"})


class PackListSchema(Schema):
    items = fields.List(fields.Nested(PackSchema), required=True)


class ManifestSchema(PackSchema):
    clips = fields.List(fields.Nested(KeptClipSchema), required=True)


@blp.route("/packs")
@account_required()
@blp.response(200, PackListSchema)
def packs() -> dict[str, Any]:
    """The packs that this account hears: the province's, its co-operative's, and its own drafts."""
    account = current_account()
    with reading() as session:
        return {"items": [_shown(pack, account) for pack in packs_for(session, account)]}


@blp.route("/packs/<id>")
@account_required()
@blp.response(200, ManifestSchema)
def pack(id: str) -> dict[str, Any]:
    """A pack with its clips."""
    if not is_id(id):
        raise NotFoundError
    account = current_account()
    with reading() as session:
        return _manifest(pack_for(session, account, id), account)


@blp.route("/packs/<id>", methods=["PUT"])
@account_required("manager", "admin")
@blp.arguments(WrittenPackSchema)
@blp.response(200, ManifestSchema)
def write(told: dict[str, Any], id: str) -> dict[str, Any]:
    """Write a whole pack: as the own draft, or published: by a manager for the co-operative, by an admin for all."""
    if not is_id(id):
        raise InvalidError(errors={"id": ["invalid"]})
    if not told["language"]:
        raise InvalidError(errors={"language": ["required"]})
    keys = [clip["key"] for clip in told["clips"]]
    if len(set(keys)) != len(keys):
        raise InvalidError(errors={"clips": ["twice"]})
    account = current_account()
    with writing() as session:
        return _manifest(put_pack(session, account, id, told), account)


@blp.route("/clips/<sha256>")
@blp.doc(responses={200: {"description": "The recording", "content": dict.fromkeys(TYPES, BINARY)}})
@account_required()
def clip(sha256: str) -> Response:
    """A clip of a pack that this account sees, or one that it sent."""
    found = Clips.configured().read(current_account(), address(sha256))
    if found is None:
        raise NotFoundError
    return for_ever(*found)


@blp.route("/clips/<sha256>", methods=["PUT"])
@blp.doc(requestBody=FILE_BODY)
@account_required("manager", "admin")
@blp.response(200, SentClipSchema)
def take(sha256: str) -> Any:
    """Send a clip under the SHA-256 of its bytes. Nobody else hears it before it is in a published pack."""
    content = read_bytes(CLIP_BYTES_MAX, "A clip has at most 200,000 bytes.")
    return Clips.configured().take(current_account(), address(sha256), content)


def _shown(pack: VoicePack, account: Account) -> dict[str, Any]:
    clips = clips_of(pack)
    return {
        "id": pack.id,
        "scope": "province" if pack.scope == PROVINCE else "coop",
        "language": pack.language,
        "name": pack.name,
        "version": pack.version,
        "published": pack.published,
        "mine": pack.account_id == account.id,
        "clip_count": len(clips),
        "bytes": sum(clip["bytes"] for clip in clips.values()),
        "changed_at": datetime.fromtimestamp(pack.changed_at_ms / 1000, UTC).isoformat().replace("+00:00", "Z"),
    }


def _manifest(pack: VoicePack, account: Account) -> dict[str, Any]:
    clips = [{"key": key, **clip} for key, clip in clips_of(pack).items()]
    return _shown(pack, account) | {"clips": clips}
