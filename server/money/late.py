"""What came for a closed season after it was closed: found by the order of arrival, whatever clocks say."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from server.entities import DEFINITIONS
from server.money.ledger import sale_part, seasons_closed
from server.money.reads import MIDNIGHT, PAYMENT, SALE, members, seasons
from server.store import SqlStore
from sync.mutation import Entry
from sync.rules import Record

MOST = 500


def late(session: Session, coop_id: str) -> list[dict[str, Any]]:
    """What changed an account at the end of the last closed season since that was closed, the newest first."""
    closed = seasons_closed(seasons(session, coop_id))
    if not closed:
        return []
    store, season = SqlStore(session, coop_id), closed[-1]
    at = max((e.seq for e in store.history("season", [season.id]) if e.accepted and e.set.get("closed")), default=0)
    people = members(session, coop_id)
    found = []
    for entity, table, when in (("sale", SALE, SALE.c.sold_at), ("payment", PAYMENT, PAYMENT.c.paid_at)):
        changed = _changed(store, table, entity, at, when < season.ends_on + MIDNIGHT)
        written: dict[str | None, list[Entry]] = defaultdict(list)
        for entry in store.history(entity, [record.id for record in changed]):
            if entry.accepted:
                written[entry.id].append(entry)
        for record in changed:
            item = _item(record, written[record.id], at)
            if item["effect_vnd"]:
                found.append(item | {"member_name": people.get(item["member_id"] or "", {}).get("name") or ""})
    return sorted(found, key=lambda item: (item["day"], item["id"]), reverse=True)


def _changed(store: SqlStore, table: Table, entity: str, seq: int, dated: Any) -> list[Record]:
    mine = (table.c.coop_id == store.coop_id, table.c.complete.is_(True), table.c.seq > seq, dated)
    ids = store.session.scalars(select(table.c.id).where(*mine).order_by(table.c.seq.desc()).limit(MOST)).all()
    return store.records(entity, ids)


def _item(record: Record, entries: list[Entry], seq: int) -> dict[str, Any]:
    """What a record adds to what is owed now, and what it added when its season closed."""
    then = [entry for entry in entries if entry.seq <= seq]
    said = {name for entry in then for name in entry.set}
    was_there = DEFINITIONS[record.entity].rules.required <= said
    was_live = was_there and "voided" not in said
    fields = record.fields
    is_live = record.derived["counts"] if record.entity == "sale" else not fields.get("voided")
    before = _effect(record, "settled" in said) if was_live else 0
    now = _effect(record, bool(fields.get("settled"))) if is_live else 0
    if not was_there:
        why = "arrived"
    elif fields.get("voided") and "voided" not in said:
        why = "voided"
    else:
        why = "settled" if fields.get("settled") and "settled" not in said else "replaced"
    return {
        "entity": record.entity,
        "id": record.id,
        "member_id": fields["member_id"],
        "day": fields["sold_at" if record.entity == "sale" else "paid_at"],
        "what": fields.get("product_name") or fields.get("kind"),
        "effect_vnd": now - before,
        "why": why,
    }


def _effect(record: Record, settled: bool) -> int:
    fields = record.fields
    if record.entity == "payment":
        amount: int = fields["amount_vnd"]
        return amount if fields["kind"] == "opening" else -amount
    total: int = fields["total_vnd"]
    return total if sale_part(fields["payment"], fields["money_with"], settled) == "with_coop_vnd" else 0
