"""Every row of every table from one database into another, SQLite or PostgreSQL: what backup and restore are made of.

The one module beside `server/store/` that writes synced tables: it changes nothing in them, it carries them whole.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Table, select, text

from server.database import Base

ROWS_AT_ONCE = 1000


def replace_rows(source: Connection, target: Connection) -> None:
    """Make the target hold exactly the source's rows, in the target's transaction. Both are at the same migration.

    Whoever reads the target meanwhile sees what it held before, and afterwards all of the new: rows are deleted, never
    truncated, since PostgreSQL empties a truncated table for older snapshots too.
    """
    tables = Base.metadata.sorted_tables
    if target.dialect.name == "postgresql":
        names = ", ".join(target.dialect.identifier_preparer.format_table(table) for table in tables)
        target.execute(text(f"LOCK TABLE {names} IN EXCLUSIVE MODE"))  # readers go on, writers wait
    for table in reversed(tables):
        target.execute(table.delete())
    for table in tables:
        _copy(table, source, target)


def _copy(table: Table, source: Connection, target: Connection) -> None:
    found = source.execute(select(table), execution_options={"yield_per": ROWS_AT_ONCE})
    for rows in found.mappings().partitions():
        some: list[dict[str, Any]] = [dict(row) for row in rows]
        target.execute(table.insert(), some)
