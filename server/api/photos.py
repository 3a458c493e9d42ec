"""Photos of goods: sent in pieces by the phone that took them, fetched by everyone of the co-operative."""

from __future__ import annotations

from typing import Any

from flask import Response
from marshmallow import EXCLUDE, Schema, fields, validate
from werkzeug.http import parse_content_range_header

from server.api.blueprint import Blueprint
from server.api.files import BINARY, FILE_BODY, address, for_ever, read_bytes
from server.api.scope import one_coop
from server.auth import account_required, current_account
from server.database import reading
from server.entities.values import Uuid
from server.front_door import settings
from server.photos.arrival import ARRIVING, PIECE_BYTES_MAX, Arrivals, Piece, Progress
from server.photos.erased import is_unwanted
from server.photos.files import SIZES, PhotoFiles
from server.problems import InvalidError, NotFoundError

blp = Blueprint("photos", __name__, url_prefix="/api/v1/photos", description="Photos of goods")


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
    return Arrivals(PhotoFiles.configured(), settings().data_dir / ARRIVING)


@blp.route("/<sha256>")
@blp.doc(responses={200: {"description": "The picture", "content": {"image/webp": BINARY}}})
@account_required()
@blp.arguments(PhotoQuerySchema, location="query")
def photo(query: dict[str, Any], sha256: str) -> Response:
    """A photo, or its thumbnail, as the server encoded it."""
    coop_id = one_coop(query.get("coop"))
    content = PhotoFiles.configured().read(coop_id, address(sha256), query["size"])
    if content is None:
        raise NotFoundError
    return for_ever(content, "image/webp")


@blp.route("/<sha256>/progress")
@account_required("member", "manager")
@blp.arguments(CoopSchema, location="query")
@blp.response(200, ProgressSchema)
def progress(query: dict[str, Any], sha256: str) -> Progress:
    """How much of the own photo is there."""
    return _arrivals().progress(one_coop(query.get("coop")), current_account().id, address(sha256))


@blp.route("/<sha256>", methods=["PUT"])
@blp.doc(requestBody=FILE_BODY)
@account_required("member", "manager")
@blp.arguments(CoopSchema, location="query")
@blp.arguments(RangeSchema, location="headers")
@blp.response(200, ProgressSchema)
def take(query: dict[str, Any], headers: dict[str, str], sha256: str) -> Progress:
    """Send the next piece; the last one says whether the picture is taken."""
    coop_id, account_id = one_coop(query.get("coop")), current_account().id
    with reading() as session:
        if is_unwanted(session, coop_id, address(sha256)):
            raise InvalidError(errors={"photo": ["erased"]})
    return _arrivals().take(coop_id, account_id, address(sha256), _piece(headers["content_range"]))


def _piece(content_range: str) -> Piece:
    content = read_bytes(PIECE_BYTES_MAX, "A piece has at most 64 KiB.")
    told = parse_content_range_header(content_range)
    if told is None or told.units != "bytes" or told.start is None or told.length is None:
        raise InvalidError(errors={"Content-Range": ["invalid"]})
    if told.stop != told.start + len(content):
        raise InvalidError(errors={"Content-Range": ["invalid"]})
    return Piece(told.start, told.length, content)
