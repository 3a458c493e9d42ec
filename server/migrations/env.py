"""How Alembic reaches the application's database: `flask db upgrade`, `flask db migrate -m "…"`."""

from __future__ import annotations

from alembic import context

from server.database import Base, db
from server.migrating import at_head
from server.places.loading import load_first
from server.upgrade import learn_new_fields

with db.engine.connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        compare_type=True,
        # SQLite changes a table by making it anew.
        render_as_batch=True,
    )
    with context.begin_transaction():
        context.run_migrations()

# Also when there was no migration left to run: the upgrade before may have been stopped halfway.
if "destination_rev" in context.get_context().opts and at_head():
    learn_new_fields()
    load_first()
