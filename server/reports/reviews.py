"""What waits for somebody to look at it."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from server.reports.asked import Asked, Rows, coops_of
from server.tables import REVIEW
from server.viewer import Viewer
from sync.review import instant


def waiting(session: Session, viewer: Viewer, _asked: Asked) -> Rows:
    """Open reviews by co-operative and kind, with the oldest; the most first. Now, whatever the period."""
    coops = coops_of(session, viewer)
    query = (
        select(REVIEW.c.coop_id, REVIEW.c.kind, func.count(), func.min(REVIEW.c.opened_ms))
        .where(REVIEW.c.status == "open", REVIEW.c.coop_id.in_(coops))
        .group_by(REVIEW.c.coop_id, REVIEW.c.kind)
    )
    rows = [
        {"coop_name": coops[coop_id].name, "kind": kind, "waiting": count, "oldest_at": instant(oldest_ms)}
        for coop_id, kind, count, oldest_ms in session.execute(query)
    ]
    return sorted(rows, key=lambda row: row["waiting"], reverse=True)
