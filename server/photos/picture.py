"""A picture from a stranger, decoded under hard bounds and encoded anew: what is served is made here, byte by byte."""

from __future__ import annotations

import io
import threading

from PIL import Image, ImageOps

from server.problems import InvalidError

FORMATS = ("JPEG", "WEBP", "PNG")
PIXELS_MAX = 16_000_000
FULL_PX, THUMBNAIL_PX = 1280, 320
THUMBNAIL_BYTES = 15_000
# For each one the decoder goes over the whole picture; cameras and browsers write about ten.
SCANS_MAX = 64
_START_OF_SCAN = b"\xff\xda"  # nothing else in a JPEG's compressed data looks like it

# A picture that is decoded takes up to 250 MB for a moment: never several at once in a process.
_one_at_a_time = threading.Lock()

# Beyond its own bound Pillow refuses while it reads the header, for containers that would cost before we can look.
Image.MAX_IMAGE_PIXELS = PIXELS_MAX


def encode_anew(sent: bytes) -> dict[str, bytes]:
    """WebP `full` (at most 1280 px) and `thumbnail` (320 px), upright, without EXIF, place or colour profile.

    Raises InvalidError: `not_a_picture` for what is no JPEG, WebP or PNG or does not decode, `too_many_pixels`.
    """
    with _one_at_a_time:
        upright = _upright(sent)
    upright.info = {}  # Pillow writes what it finds here
    thumbnails = (_webp(upright, THUMBNAIL_PX, quality) for quality in (70, 50, 30, 10))
    small = next((made for made in thumbnails if len(made) <= THUMBNAIL_BYTES), None)
    return {"full": _webp(upright, FULL_PX, 75), "thumbnail": small or _webp(upright, THUMBNAIL_PX, 1)}


def _upright(sent: bytes) -> Image.Image:
    """Decoded, no larger than it is served."""
    try:
        with _opened(sent) as picture:
            picture.verify()
        with _opened(sent) as picture:  # what was verified cannot be loaded
            picture.draft("RGB", (FULL_PX, FULL_PX))  # a JPEG is decoded no larger than needed
            small = picture if picture.mode == "RGB" else picture.convert("RGB")
            small.thumbnail((FULL_PX, FULL_PX))
            return ImageOps.exif_transpose(small)
    except (InvalidError, MemoryError):  # of the second the picture is not to blame
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise InvalidError(errors={"photo": ["too_many_pixels"]}) from error
    except Exception as error:  # a decoder's failures have many names
        raise InvalidError(errors={"photo": ["not_a_picture"]}) from error


def _opened(sent: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(sent), formats=FORMATS)
    width, height = picture.size
    if width * height > PIXELS_MAX:
        raise InvalidError(errors={"photo": ["too_many_pixels"]})
    if picture.format not in ("WEBP", "PNG") and sent.count(_START_OF_SCAN) > SCANS_MAX:
        raise InvalidError(errors={"photo": ["not_a_picture"]})
    return picture


def _webp(picture: Image.Image, longest_px: int, quality: int) -> bytes:
    small = picture.copy()
    small.thumbnail((longest_px, longest_px))
    file = io.BytesIO()
    small.save(file, "WEBP", quality=quality, method=4)
    return file.getvalue()
