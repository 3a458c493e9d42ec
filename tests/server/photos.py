"""Pictures, and phones that send them."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable
from typing import Any

from flask.testing import FlaskClient
from PIL import Image
from werkzeug.test import TestResponse

from tests.conftest import assert_problem, bearer

PIECE = 8_192


def picture(
    kind: str = "JPEG",
    width: int = 900,
    height: int = 600,
    exif: Image.Exif | None = None,
    seed: int = 1,
    progressive: bool = False,
) -> bytes:
    """Noise that no encoder makes small."""
    noise = Image.frombytes("RGB", (90, 60), bytes((n * n * seed) % 251 for n in range(90 * 60 * 3)))
    file = io.BytesIO()
    smooth = Image.Resampling.NEAREST if kind == "PNG" else Image.Resampling.BICUBIC
    options: dict[str, Any] = {"exif": exif} if exif else {}
    noise.resize((width, height), smooth).save(file, kind, quality=60, progressive=progressive, **options)
    return file.getvalue()


def address(photo: bytes) -> str:
    return f"/api/v1/photos/{hashlib.sha256(photo).hexdigest()}"


class Sender:
    def __init__(self, client: FlaskClient, token: str) -> None:
        self.client, self.token = client, bearer(token)

    def piece(
        self, photo: bytes, start: int, stop: int, to: str = "", total: int | None = None, **query: str
    ) -> TestResponse:
        told = {"Content-Range": f"bytes {start}-{stop - 1}/{total or len(photo)}"}
        return self.client.put(
            to or address(photo), data=photo[start:stop], headers=self.token | told, query_string=query
        )

    def send(self, photo: bytes, to: str = "", stop: int | None = None) -> TestResponse:
        for start in range(0, stop or len(photo), PIECE):
            answer = self.piece(photo, start, min(start + PIECE, len(photo)), to)
            if answer.status_code != 200:
                break
        return answer

    def send_all_but_the_last(self, photo: bytes) -> int:
        """Where the last piece begins."""
        last = len(photo) // PIECE * PIECE
        self.send(photo, stop=last)
        return last

    def get(self, photo: bytes, **query: str) -> TestResponse:
        return self.client.get(address(photo), headers=self.token, query_string=query)

    def progress(self, photo: bytes) -> Any:
        answer = self.client.get(f"{address(photo)}/progress", headers=self.token)
        assert answer.status_code == 200, answer.text
        return answer.json


NewSender = Callable[[str], Sender]
"""Of whose phone it is."""


def decoded(answer: TestResponse) -> Image.Image:
    assert answer.status_code == 200, answer.text
    assert answer.content_type == "image/webp"
    return Image.open(io.BytesIO(answer.data), formats=["WEBP"])


def refused(answer: TestResponse) -> Any:
    return assert_problem(answer, 422, "invalid")["errors"]
