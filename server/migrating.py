"""The migrations of this release. Alembic is loaded when somebody migrates: every start would wait for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Flask, current_app
from sqlalchemy import Connection, inspect

from config import ROOT
from server.database import db

if TYPE_CHECKING:
    from alembic.script import ScriptDirectory

MIGRATIONS = ROOT / "server" / "migrations"


def register(app: Flask) -> None:
    """Give the app `flask db`."""
    from flask_migrate import Migrate

    Migrate(app, db, directory=str(MIGRATIONS))


def upgrade(revision: str = "head") -> None:
    """Bring the current application's database to this release's last migration, or to the one named."""
    import flask_migrate

    if "migrate" not in current_app.extensions:
        register(current_app)
    flask_migrate.upgrade(revision=revision)


def revision_of(connection: Connection) -> str | None:
    """The migration that the database is at; None for one that no migration ever made."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    from alembic.runtime.migration import MigrationContext

    return MigrationContext.configure(connection).get_current_revision()


def migrations() -> ScriptDirectory:
    """The migrations that this release knows."""
    from alembic.script import ScriptDirectory

    return ScriptDirectory(str(MIGRATIONS))


def at_head() -> bool:
    """Whether the current application's database is at this release's last migration."""
    with db.engine.connect() as connection:
        return revision_of(connection) == migrations().get_current_head()
