"""Photos of goods: sent in pieces by the phone that took them, fetched by everyone of the co-operative."""

from __future__ import annotations

from typing import Any

from flask import Response, request
from marshmallow import EXCLUDE, Schema, ValidationError, fields, validate
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.http import parse_content_range_header

from server.accounts import Account
from server.api.blueprint import Blueprint
from server.auth import account_required, current_account
from server.entities.values import Sha256, Uuid
from server.front_door import settings
from server.lists import Viewer
from server.photos.arrival import PIECE_BYTES_MAX, Arrivals, Piece, Progress
from server.photos.files import SIZES
from server.problems import InvalidError, NotFoundError, TooLargeError

blp = Blueprint("photos", __name__, url_prefix="/api/v1/photos", description="Photos of goods")

TOKEN: dict[str, Any] = {"security": [{"access_token": []}]}
BINARY = {"schema": {"type": "string", "format": "binary"}}


class CoopSchema(Schema):
    coop = Uuid(metadata={"description": "The co-operative whose photo it is; only admins need to say."})


class PhotoQuerySchema(CoopSchema):
    size = fields.String(load_default="full", validate=validate.OneOf(SIZES))


class RangeSchema(Schema):
    class Meta:
        unknown = EXCLUDE

    content_range = fields.String(
        required=True, data_key="Content-Range", metadata={"description": "`bytes 0-65535/98304`"}
    )


class ProgressSchema(Schema):
    state = fields.String(required=True, metadata={"enum": ["absent", "partial", "complete"]})
    received = fields.Integer(required=True, metadata={"description": "Bytes that need not be sent again."})
    safe = fields.Boolean(required=True, metadata={"description": "A backup has it: the phone may forget it."})


def _arrivals() -> Arrivals:
    return Arrivals(settings().data_dir)


def _coop(account: Account, coop: str | None) -> str:
    """Whose photos this account may look at. Raises ForbiddenError, or InvalidError for an admin who does not say."""
    coop_id = Viewer.of(account, coop).coop_id
    if coop_id is None:
        raise InvalidError(errors={"coop": ["required"]})
    return coop_id


def _checked(sha256: str) -> str:
    """It becomes part of a path: 64 hexadecimal digits and nothing else."""
    try:
        return str(Sha256().clean(sha256))
    except ValidationError as error:
        raise InvalidError(errors={"sha256": ["invalid"]}) from error


@blp.route("/<sha256>")
@blp.doc(**TOKEN, responses={200: {"description": "The picture", "content": {"image/webp": BINARY}}})
@account_required()
@blp.arguments(PhotoQuerySchema, location="query")
def photo(query: dict[str, Any], sha256: str) -> Response:
    """A photo, or its thumbnail, as the server encoded it."""
    coop_id = _coop(current_account(), query.get("coop"))
    content = _arrivals().files.read(coop_id, _checked(sha256), query["size"])
    if content is None:
        raise NotFoundError
    answer = Response(content, content_type="image/webp")
    # One address is one picture for ever, but not for the next one who signs in on this phone.
    answer.headers["Cache-Control"] = "private, max-age=31536000, immutable"
    answer.headers["Vary"] = "Authorization"
    return answer


@blp.route("/<sha256>/progress")
@blp.doc(**TOKEN)
@account_required("member", "manager")
@blp.arguments(CoopSchema, location="query")
@blp.response(200, ProgressSchema)
def progress(query: dict[str, Any], sha256: str) -> Progress:
    """How much of the own photo is there."""
    account = current_account()
    return _arrivals().progress(_coop(account, query.get("coop")), account.id, _checked(sha256))


@blp.route("/<sha256>", methods=["PUT"])
@blp.doc(**TOKEN, requestBody={"required": True, "content": {"application/octet-stream": BINARY}})
@account_required("member", "manager")
@blp.arguments(CoopSchema, location="query")
@blp.arguments(RangeSchema, location="headers")
@blp.response(200, ProgressSchema)
def take(query: dict[str, Any], headers: dict[str, str], sha256: str) -> Progress:
    """Send the next piece; the last one says whether the picture is taken."""
    account = current_account()
    coop_id = _coop(account, query.get("coop"))
    return _arrivals().take(coop_id, account.id, _checked(sha256), _piece(headers["content_range"]))


def _piece(content_range: str) -> Piece:
    if (request.content_length or 0) > PIECE_BYTES_MAX:
        raise TooLargeError("A piece has at most 64 KiB.")
    try:
        content = request.get_data(cache=False)
    except RequestEntityTooLarge as error:
        raise TooLargeError from error
    told = parse_content_range_header(content_range)
    if told is None or told.units != "bytes" or told.start is None or told.length is None:
        raise InvalidError(errors={"Content-Range": ["invalid"]})
    if told.stop != told.start + len(content):
        raise InvalidError(errors={"Content-Range": ["invalid"]})
    return Piece(told.start, told.length, content)
