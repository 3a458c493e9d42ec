"""The built web app under `/app/`: an address that installed phones keep for ever."""

from __future__ import annotations

import mimetypes
from pathlib import Path

from flask import Response, abort, make_response, redirect, render_template, request, send_file
from werkzeug.security import safe_join
from werkzeug.wrappers import Response as AnyResponse

from server.front_door import settings
from server.pages import blueprint
from server.pages.messages import LANGUAGES, MESSAGES

# Names with a content hash never change what they hold.
HASHED = "assets/"
FOREVER = "public, max-age=31536000, immutable"
ASK_AGAIN = "no-cache"

mimetypes.add_type("text/javascript", ".js")
mimetypes.add_type("application/manifest+json", ".webmanifest")
mimetypes.add_type("image/webp", ".webp")


@blueprint.get("/app")
def app_root() -> AnyResponse:
    return redirect("/app/", 308)


@blueprint.get("/app/")
@blueprint.get("/app/<path:name>")
def web_app(name: str = "index.html") -> Response:
    """A file of the build; index.html for navigations to addresses that the app knows itself."""
    found = _built(name)
    if found is None and _is_navigation():
        name, found = "index.html", _built("index.html")
    if found is None:
        return _not_built() if name == "index.html" else abort(404)
    answer = _smallest(found)
    answer.headers["Cache-Control"] = FOREVER if name.startswith(HASHED) else ASK_AGAIN
    return answer


def _built(name: str) -> Path | None:
    joined = safe_join(str(settings().app_dir), name)
    path = Path(joined) if joined else None
    return path if path and path.is_file() else None


def _is_navigation() -> bool:
    """A person opening an address, rather than the app asking for one of its files."""
    mode = request.headers.get("Sec-Fetch-Mode")
    return (
        mode == "navigate"
        if mode
        else request.accept_mimetypes.quality("text/html") == 1 and ("text/html" in request.headers.get("Accept", ""))
    )


def _smallest(path: Path) -> Response:
    """The file, or what was compressed beside it when it was built, if the browser takes it."""
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    for encoding, suffix in (("br", ".br"), ("gzip", ".gz")):
        beside = path.with_name(path.name + suffix)
        if request.accept_encodings.quality(encoding) and beside.is_file():
            answer = send_file(beside, mimetype=kind, conditional=True)
            answer.headers["Content-Encoding"] = encoding
            break
    else:
        answer = send_file(path, mimetype=kind, conditional=True)
    answer.vary.add("Accept-Encoding")
    return answer


def _not_built() -> Response:
    language = LANGUAGES[0]
    answer = make_response(render_template("not_built.html", lang=language, say=MESSAGES[language]), 503)
    answer.headers["Retry-After"] = "60"
    answer.headers["Cache-Control"] = "no-store"
    return answer
