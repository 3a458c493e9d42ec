"""How Alembic reaches the application's database: `flask db upgrade`, `flask db migrate -m "…"`."""

from __future__ import annotations

from typing import Any

from alembic import context

from server.database import Base, db


def leave_out_empty(_context: Any, _revision: Any, directives: list[Any]) -> None:
    """`flask db migrate` without changes makes no file."""
    if directives and directives[0].upgrade_ops.is_empty():
        directives.clear()


with db.engine.connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        compare_type=True,
        # SQLite changes a table by making it anew.
        render_as_batch=True,
        process_revision_directives=leave_out_empty,
    )
    with context.begin_transaction():
        context.run_migrations()
