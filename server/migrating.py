"""The migrations of this release. Alembic is loaded when somebody migrates: every start would wait for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click
from flask import Flask, current_app
from sqlalchemy import Connection, inspect

from config import ROOT
from server.database import db

if TYPE_CHECKING:
    from alembic.script import ScriptDirectory


class _Extensions(dict[str, Any]):
    """`migrate` comes when it is asked for."""

    def __init__(self, app: Flask) -> None:
        super().__init__(app.extensions)
        self._app = app

    def __missing__(self, name: str) -> Any:
        if name != "migrate":
            raise KeyError(name)
        from flask_migrate import Migrate

        Migrate(self._app, db, directory=str(ROOT / "server" / "migrations"))
        return self[name]


def register(app: Flask) -> None:
    """`flask db`, and whatever else Flask-Migrate does, finds its extension."""
    app.extensions = _Extensions(app)
    if click.get_current_context(silent=True):
        app.extensions["migrate"]  # Among the commands there has to be `db`.


def upgrade() -> None:
    """Bring the current application's database to this release's last migration."""
    import flask_migrate

    flask_migrate.upgrade()


def revision_of(connection: Connection) -> str | None:
    """The migration that the database is at; None for one that no migration ever made."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    from alembic.runtime.migration import MigrationContext

    return MigrationContext.configure(connection).get_current_revision()


def migrations() -> ScriptDirectory:
    """The migrations that this release knows."""
    from alembic.script import ScriptDirectory

    return ScriptDirectory(current_app.extensions["migrate"].directory)


def at_head() -> bool:
    """Whether the current application's database is at this release's last migration."""
    with db.engine.connect() as connection:
        return revision_of(connection) == migrations().get_current_head()
