"""All merged data that somebody may see, as one SQLite file for analysts: it opens in Datasette as it is.

Numbers for keys, since a member who moved has the same id in two co-operatives; quantities in whole units, money in
đồng. Full-text search finds words with and without their marks. `metadata` holds Datasette's own description.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import sqlite_utils
from sqlalchemy import select
from sqlalchemy.orm import Session

from server import lists
from server.accounts import Coop
from server.exports.columns import without_private
from server.lists import Filter, local_day
from server.text import fold
from server.viewer import Viewer

ENTITIES = ("member", "listing", "stock_entry", "sale", "payment")
_PLAIN = {
    "member": ("name", "called", "village", "language", "active"),
    "listing": ("unit", "price_vnd", "description", "status", "approval", "approval_note"),
    "stock_entry": ("kind", "note", "voided"),
    "payment": ("kind", "amount_vnd", "paid_at", "method", "note", "voided", "void_reason"),
    "sale": (
        *("product_name", "unit", "unit_price_vnd", "total_vnd", "sold_at", "payment", "money_with", "buyer_name"),
        *("note", "due_on", "settled", "voided", "void_reason", "counts"),
    ),
}
_TYPES: dict[str, type] = {
    **dict.fromkeys(
        ("id", "coop", "member", "listing", "replaces", "price_vnd", "unit_price_vnd", "total_vnd", "amount_vnd"), int
    ),
    **dict.fromkeys(("active", "voided", "settled", "counts", "open_reviews"), int),
    **dict.fromkeys(("quantity", "stock_left"), float),
}
_SEARCHED = {
    "member": ("name", "called", "village"),
    "listing": ("name", "description"),
    "sale": ("product_name", "note"),
}
_EXTRA = {
    "member": (),
    "listing": ("member", "name", "stock_left"),
    "stock_entry": ("member", "listing", "quantity"),
    "sale": ("sold_on", "member", "listing", "replaces", "quantity"),
    "payment": ("member",),
}
_INDEXES = (("coop", "sold_on"), ("member",), ("listing",), ("product_name",), ("replaces",))
# (entity, co-operative's id, record's id): its number in the file. Of sales only those that correct another.
Keys = dict[tuple[str, str, str], int]


def write_province(session: Session, path: Path, viewer: Viewer) -> Iterator[tuple[int, int]]:
    """Writes the file; how many records so far, of how many."""
    everything = Filter()
    total = sum(lists.count(session, viewer, entity, everything) for entity in ENTITIES)
    yield 0, total
    database = sqlite_utils.Database(path)
    try:
        database.conn.execute("PRAGMA synchronous = OFF")  # a copy: whoever loses it asks for another
        keys = _coops(session, database, viewer)
        _create(database, viewer)
        done, corrections = 0, []
        for entity in ENTITIES:
            table, number = database.table(entity), 0
            for items in lists.stream(session, viewer, entity, everything):
                rows = [
                    _row(entity, without_private(item, viewer), keys, number + n) for n, item in enumerate(items, 1)
                ]
                table.insert_all(rows, batch_size=1000)
                corrections += [
                    (i["replaces_id"], r["coop"], r["id"])
                    for i, r in zip(items, rows, strict=True)
                    if i.get("replaces_id")
                ]
                number += len(rows)
                done += len(rows)
                yield done, total
        _finish(database, corrections, viewer)
    finally:
        database.close()


def _coops(session: Session, database: sqlite_utils.Database, viewer: Viewer) -> Keys:
    query = select(Coop).order_by(Coop.name)
    coops = session.scalars(query if viewer.coop_id is None else query.where(Coop.id == viewer.coop_id)).all()
    columns = ("name", "kind", "province_code", "province_name", "commune_code", "commune_name")
    table = database.table("coop", pk="id")
    table.create({"id": int, "record_id": str} | dict.fromkeys(columns, str), pk="id")
    table.insert_all(
        {"id": number, "record_id": coop.id} | {name: getattr(coop, name) for name in columns}
        for number, coop in enumerate(coops, 1)
    )
    return {("coop", coop.id, coop.id): number for number, coop in enumerate(coops, 1)}


def _create(database: sqlite_utils.Database, viewer: Viewer) -> None:
    private = {"buyer_name"} - viewer.private
    for entity in ENTITIES:
        names = [n for n in ("id", "coop", *_EXTRA[entity], *_PLAIN[entity]) if n not in private]
        names += ["open_reviews", "record_id", *(["search"] if entity in _SEARCHED else [])]
        references = [
            (n, "sale" if n == "replaces" else n, "id") for n in names if n in ("coop", "member", "listing", "replaces")
        ]
        columns = {name: _TYPES.get(name, str) for name in names}
        database.table(entity).create(columns, pk="id", foreign_keys=references)


def _row(entity: str, item: Mapping[str, Any], keys: Keys, number: int) -> dict[str, Any]:
    coop = item["coop_id"]
    if entity in ("member", "listing"):
        keys[entity, coop, item["id"]] = number
    row: dict[str, Any] = {"id": number, "coop": keys["coop", coop, coop], "record_id": item["id"]}
    row |= {name: item[name] for name in _PLAIN[entity] if name in item}
    row["open_reviews"] = item.get("open_reviews") or 0
    if entity != "member":
        row["member"] = keys.get(("member", coop, item["member_id"]))
    if entity == "listing":
        row |= {"name": item["product_name"], "stock_left": (item.get("left_milli") or 0) / 1000}
    else:
        row |= _trade(entity, item, keys)
    if entity in _SEARCHED:
        row["search"] = fold(" ".join(str(row.get(name) or "") for name in _SEARCHED[entity]))
    return row


def _trade(entity: str, item: Mapping[str, Any], keys: Keys) -> dict[str, Any]:
    if entity in ("member", "payment"):
        return {}
    row: dict[str, Any] = {"quantity": item["quantity_milli"] / 1000}
    row["listing"] = keys.get(("listing", item["coop_id"], item.get("listing_id") or ""))
    if entity == "sale":
        row["sold_on"] = local_day(item["sold_at"])
        row |= {name: int(bool(item.get(name))) for name in ("settled", "voided", "counts")}
    return row


def _finish(database: sqlite_utils.Database, corrections: Iterable[tuple[str, int, int]], viewer: Viewer) -> None:
    sale = database.table("sale")
    for columns in _INDEXES:
        sale.create_index(list(columns))
    for entity in ENTITIES:
        database.table(entity).create_index(["record_id"])
    link = "UPDATE sale SET replaces = (SELECT id FROM sale WHERE record_id = ? AND coop = ?) WHERE id = ?"
    database.conn.executemany(link, corrections)
    for entity, names in _SEARCHED.items():
        # `search` has đ as d, which no tokenizer does; the others are found as they are written.
        database.table(entity).enable_fts([*names, "search"], tokenize="unicode61 remove_diacritics 2")
    metadata = json.dumps(_metadata(viewer), ensure_ascii=False, indent=2)
    database.table("metadata").insert({"id": 1, "json": metadata}, pk="id")
    database.conn.commit()
    database.conn.execute("ANALYZE")
    database.conn.commit()


def _metadata(viewer: Viewer) -> dict[str, Any]:
    """What Datasette reads with `--metadata`: titles, units, label columns."""
    about = {
        "coop": ("Co-operatives", {}),
        "member": ("Members", {"village": "thôn bản"}),
        "listing": ("Goods on offer", {"price_vnd": "đồng a unit", "stock_left": "in units; computed"}),
        "stock_entry": (
            "Goods that came in or went out otherwise than by a sale",
            {"quantity": "in the listing's unit"},
        ),
        "payment": ("What was owed before, advances and payouts", {"amount_vnd": "đồng", "paid_at": "UTC"}),
        "sale": (
            "Sales; add up only where counts = 1",
            {
                "quantity": "in the unit beside it",
                "total_vnd": "đồng, as paid",
                "sold_at": "UTC",
                "sold_on": "day in Asia/Ho_Chi_Minh",
                "replaces": "the sale that this one corrects",
            },
        ),
    }
    labels = {"coop": "name", "member": "name", "listing": "name", "sale": "product_name"}
    tables = {
        name: {"description": text, "columns": columns, **({"label_column": labels[name]} if name in labels else {})}
        for name, (text, columns) in about.items()
    }
    hidden = {"metadata": {"hidden": True}}
    scope = "one co-operative" if viewer.coop_id else "all co-operatives"
    return {
        "title": "Chợ Phiên",
        "description": f"Merged data of {scope}",
        "databases": {"*": {"tables": tables | hidden}},
    }
