"""Money as the province looks at it: what each co-operative sold, paid and owes, and what it made public of that."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.entities import DEFINITIONS
from server.money.ledger import Period, Totals
from server.money.reads import added, period_now, seasons_of
from server.reports.asked import Asked, Rows, coops_of
from server.viewer import Viewer

SUMMARY = DEFINITIONS["summary"].table
MONTH_FIELDS = ("members", "sales", "sold_vnd", "with_coop_vnd", "on_credit_vnd", "paid_vnd", "owed_vnd", "made_at")


def by_coop(session: Session, viewer: Viewer, asked: Asked) -> Rows:
    """Each co-operative in the period that today is in, who owes most first. Now, whatever the period.

    As in the months that are made public: sold with the co-operative's own goods, paid and owed to members.
    """
    coops = coops_of(session, viewer)
    now = {id: period_now(seasons) for id, seasons in seasons_of(session, coops).items()}
    owed, since = _sums(session, now)
    public = {row["coop_id"]: row for row in reversed(by_month(session, viewer, asked))}
    rows = []
    for id, coop in coops.items():
        during, last = since[id], public.get(id, {})
        season = now[id].season
        rows.append(
            {
                "coop_name": coop.name,
                "province_name": coop.province_name,
                "season_name": season.name if season else None,
                "since_on": _day_after(now[id].after),
                "sold_vnd": during.sold_vnd,
                "paid_vnd": during.advances_vnd + during.payouts_vnd,
                "on_credit_vnd": during.on_credit_vnd,
                "owed_vnd": owed[id],
                "last_month": last.get("month"),
                "made_at": last.get("made_at"),
            }
        )
    return sorted(rows, key=lambda row: (-row["owed_vnd"], row["coop_name"]))


def _sums(session: Session, now: Mapping[str, Period]) -> tuple[Counter[str], dict[str, Totals]]:
    """By co-operative, what it owes to members, and what all accounts come to in its period."""
    alike: dict[tuple[str | None, str | None], list[str]] = defaultdict(list)
    for id, period in now.items():
        alike[period.after, period.until].append(id)
    owed: Counter[str] = Counter()
    parts: dict[str, Counter[str]] = {id: Counter() for id in now}
    for (after, until), ids in alike.items():
        for id, account, part, ever_vnd, since_vnd in added(session, ids, after, until):
            parts[id][part] += since_vnd
            if account is not None:
                owed[id] += Totals(**{part: ever_vnd}).owed_vnd
    return owed, {id: Totals(**sums) for id, sums in parts.items()}


def _day_after(day: str | None) -> str | None:
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat() if day else None


def by_month(session: Session, viewer: Viewer, _asked: Asked) -> Rows:
    """Every month that was made public, the latest first, as members read it."""
    coops = coops_of(session, viewer)
    mine = (SUMMARY.c.coop_id.in_(coops), SUMMARY.c.complete.is_(True))
    found = session.execute(select(SUMMARY).where(*mine)).mappings()
    rows = [
        {
            "coop_id": row["coop_id"],
            "coop_name": coops[row["coop_id"]].name,
            "month": row["month"][:7],
            **{name: row[name] for name in MONTH_FIELDS},
        }
        for row in found
    ]
    return sorted(sorted(rows, key=lambda row: row["coop_name"]), key=lambda row: row["month"], reverse=True)
