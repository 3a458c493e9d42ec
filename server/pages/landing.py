"""The landing page: what this is, for whom, and the way into the app."""

from __future__ import annotations

from flask import Response, make_response, render_template, request

from server.database import reading
from server.front_door import is_demo
from server.pages import blueprint
from server.pages.messages import LANGUAGES, MESSAGES


@blueprint.get("/")
def landing() -> Response:
    language = request.args.get("lang", "")
    if language not in LANGUAGES:
        language = LANGUAGES[0]
    with reading() as session:
        demo = is_demo(session)
    page = render_template("landing.html", lang=language, say=MESSAGES[language], demo=demo, languages=LANGUAGES)
    answer = make_response(page)
    answer.headers["Cache-Control"] = "no-cache"
    answer.headers["Content-Language"] = language
    return answer
