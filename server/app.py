"""The application: the only place that knows every part of the server."""

from __future__ import annotations

from flask import Flask
from flask_compress import Compress
from flask_smorest import Api
from werkzeug.middleware.proxy_fix import ProxyFix

from config import ROOT, VERSION, Settings
from server import cli, headers, logs, pages, problems, revocations, tokens
from server.api import (
    accounts,
    audit,
    auth,
    board,
    exports,
    health,
    imports,
    money,
    people,
    phones,
    photos,
    places,
    records,
    reports,
    reviews,
    sync,
    voice,
    witness,
)
from server.api.body import WIRE_BYTES_MAX
from server.database import db
from server.sign_in_limits import SignInLimits

# Each has a blueprint `blp`.
API_MODULES = (
    health,
    auth,
    sync,
    records,
    reports,
    reviews,
    witness,
    photos,
    voice,
    audit,
    exports,
    imports,
    accounts,
    phones,
    places,
    people,
    board,
    money,
)


def create_app(settings: Settings | None = None) -> Flask:
    """The WSGI application. Raises ConfigError when the environment does not allow a start."""
    settings = settings or Settings.from_environment()
    app = Flask("server", root_path=str(ROOT / "server"), static_folder=None)
    app.extensions["settings"] = settings
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        # An error names no values: they hold passwords and what people sold.
        SQLALCHEMY_ENGINE_OPTIONS={"hide_parameters": True},
        MAX_CONTENT_LENGTH=WIRE_BYTES_MAX,
        COMPRESS_ALGORITHM=["zstd", "br", "gzip"],
        COMPRESS_STREAMS=False,  # files are compressed when they are built
        API_TITLE="Chợ Phiên",
        API_VERSION=VERSION,
        OPENAPI_VERSION="3.1.0",
        OPENAPI_URL_PREFIX=problems.API_PREFIX,
        OPENAPI_JSON_PATH="openapi.json",
    )
    if settings.proxies:
        count = settings.proxies
        # Flask documents this assignment; its type says method.
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)  # type: ignore[method-assign]

    logs.register(app)
    db.init_app(app)
    tokens.register(app)
    revocations.register(app)
    SignInLimits(app)
    headers.register(app)
    Compress(app)
    _register_api(app)
    app.register_blueprint(pages.blueprint)
    cli.register(app)
    return app


def _register_api(app: Flask) -> None:
    api = Api(app)
    api.ERROR_SCHEMA = problems.ProblemSchema
    api.spec.components.security_scheme("access_token", {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"})
    for module in API_MODULES:
        api.register_blueprint(module.blp)
    problems.register(app)  # last: it takes over what Api answers for errors
