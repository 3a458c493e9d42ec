"""Rows of a file that say what is recorded already: by a phone, by another file, or further up in the same one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.entities import DEFINITIONS
from server.imports.headings import plain
from server.imports.plan import Row
from server.lists import local_day

Key = tuple[str, str, int, int, str | None]


def mark_overlaps(session: Session, coop_id: str, rows: Iterable[Row]) -> None:
    """Sales of the same day, goods, amount, total and member. What is `there` is left out unless somebody wants it."""
    wanted: dict[Key, list[Row]] = {}
    for row in rows:
        if row.state == "ready":
            same = wanted.setdefault(_key(row.values), [])
            if same:
                row.notes.append("twice_in_file")
            same.append(row)
    if not wanted:
        return
    sale = DEFINITIONS["sale"].table
    columns = (
        sale.c.id,
        sale.c.sold_at,
        sale.c.product_name,
        sale.c.quantity_milli,
        sale.c.total_vnd,
        sale.c.member_id,
    )
    moments = [row.values["sold_at"] for same in wanted.values() for row in same]
    query = select(*columns).where(
        sale.c.coop_id == coop_id,
        sale.c.counts.is_(True),
        # A day more on each side: those are noons, sales have times.
        sale.c.sold_at >= min(moments)[:10],
        sale.c.sold_at < f"{max(moments)[:10]}~",
    )
    for found in session.execute(query, execution_options={"yield_per": 1000}).mappings():
        waiting = wanted.get(_key({**found, "member_id": found["member_id"] or None}))
        if waiting:
            row = waiting.pop(0)
            row.state, row.same_as = "there", found["id"]


def _key(values: dict[str, Any]) -> Key:
    return (
        local_day(values["sold_at"]),
        plain(values["product_name"]),
        values["quantity_milli"],
        values["total_vnd"],
        values["member_id"],
    )
