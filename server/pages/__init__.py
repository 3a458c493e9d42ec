"""Pages: the landing page at `/` and the built web app under `/app/`."""

from flask import Blueprint

blueprint = Blueprint("pages", __name__, template_folder="templates", static_folder="static")

from server.pages import landing, web_app  # noqa: E402, F401 - they add their routes
