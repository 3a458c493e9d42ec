"""All merged data that somebody may see, as one SQLite file for analysts: it opens in Datasette as it is.

Numbers for keys, since a member who moved has the same id in two co-operatives. Full-text search finds words with and
without their marks. `metadata` holds Datasette's own description.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from server import lists
from server.accounts import Coop
from server.entities import DEFINITIONS
from server.exports.columns import PRIVATE, without_private
from server.exports.province_tables import PARTS, TABLES, Cell, FileTable
from server.exports.source import shown_rows
from server.lists import Filter
from server.reviews import queue
from server.text import fold
from server.viewer import Viewer

if TYPE_CHECKING:
    import sqlite_utils

ENTITIES = [name for name in TABLES if name in DEFINITIONS]
EVERYTHING = Filter()
Item = Mapping[str, Any]


def write_province(session: Session, path: Path, viewer: Viewer) -> Iterator[tuple[int, int]]:
    """Writes the file; how many records so far, of how many."""
    total = sum(lists.count(session, viewer, entity, EVERYTHING) for entity in ENTITIES) + queue.count(session, viewer)
    yield 0, total
    import sqlite_utils  # when somebody asks for a file: every start would wait

    database = sqlite_utils.Database(path)
    try:
        database.conn.execute("PRAGMA synchronous = OFF")  # a copy: whoever loses it asks for another
        file = ProvinceFile(database, viewer)
        file.write("coop", _coops(session, viewer))
        done = 0
        for name in [*ENTITIES, "review"]:
            for items in _reviews(session, viewer) if name == "review" else _records(session, viewer, name):
                file.write(name, items)
                done += len(items)
                yield done, total
        file.finish(path.stem)
    finally:
        database.close()


def _coops(session: Session, viewer: Viewer) -> list[Item]:
    query = select(Coop).order_by(Coop.name)
    coops = session.scalars(query if viewer.coop_id is None else query.where(Coop.id == viewer.coop_id))
    return [
        {"coop_id": coop.id} | {name: getattr(coop, name) for name in ("id", *TABLES["coop"].cells)} for coop in coops
    ]


def _records(session: Session, viewer: Viewer, entity: str) -> Iterator[Sequence[Item]]:
    return shown_rows(session, viewer, entity, EVERYTHING)


def _reviews(session: Session, viewer: Viewer) -> Iterator[Sequence[Item]]:
    for items in queue.stream(session, viewer):
        yield [_review(without_private(item, viewer), viewer) for item in items]


def _review(item: dict[str, Any], viewer: Viewer) -> Item:
    """A review as a row, with what was decided, and the record's id under the name of its table, to link to."""
    decided = item.get("resolution", {})
    row = item | {name: decided.get(name) for name in ("action", "note")}
    row |= {"decided_by": decided.get("account_name"), "value": _value(item, decided, viewer)}
    row |= {"about_id": item["record_id"], f"{item['entity']}_id": item["record_id"]}
    row["sides"] = [{**side, "value": _value(item, side, viewer)} for side in item["sides"]]
    if item["kind"] == "duplicate_sale":
        row["sides"] = [{**side, "sale_id": side["value"]} for side in row["sides"]]
    return row


def _value(item: Item, said: Item, viewer: Viewer) -> Any:
    """Of one field it is as private as that field."""
    field = item["field"]
    return without_private({field: said.get("value")}, viewer).get(field) if field else said.get("value")


class ProvinceFile:
    """The file while it is written: rows are numbered as they come."""

    def __init__(self, database: sqlite_utils.Database, viewer: Viewer) -> None:
        self.database, self.viewer = database, viewer
        # (table, co-operative's id, record's id): its number in the file; of all but sales, which are too many.
        self.numbers: dict[tuple[str, str, str], int] = {}
        self.rows = dict.fromkeys(TABLES, 0)
        # (table, column): links to sales, as record id, co-operative's number, row's number.
        self.to_sales: dict[tuple[str, str], list[tuple[str, int, int]]] = {}
        for name, table in TABLES.items():
            self._create(name, table)

    def _create(self, name: str, table: FileTable) -> None:
        columns = {"id": int} | {column: cell.type for column, cell in self._cells(table).items()}
        columns |= {} if name in PARTS else {"record_id": str}
        columns |= {"open_reviews": int} if name in DEFINITIONS else {}
        columns |= {"search": str} if table.searched else {}
        links = [(column, cell.link, "id") for column, cell in table.cells.items() if cell.link]
        self.database.table(name).create(columns, pk="id", foreign_keys=links)

    def _cells(self, table: FileTable) -> dict[str, Cell]:
        private = set(PRIVATE) - self.viewer.private
        return {column: cell for column, cell in table.cells.items() if column not in private}

    def write(self, name: str, items: Sequence[Item]) -> None:
        table = TABLES[name]
        rows = [self._row(name, table, item) for item in items]
        self.database.table(name).insert_all(rows, batch_size=1000)
        for part, held in table.parts.items():
            whose = [(item, some) for item in items for some in item[held]]
            self.write(part, [{**some, "coop_id": item["coop_id"], f"{name}_id": item["id"]} for item, some in whose])

    def _row(self, name: str, table: FileTable, item: Item) -> dict[str, Any]:
        self.rows[name] += 1
        row: dict[str, Any] = {"id": self.rows[name]}
        if name not in PARTS:
            row["record_id"] = item["id"]
            if name != "sale":
                self.numbers[name, item["coop_id"], item["id"]] = row["id"]
        for column, cell in self._cells(table).items():
            value = item.get(cell.of or column)
            if cell.link:
                row[column] = self._linked(name, column, cell, item, row)
            else:
                row[column] = cell.made(value) if cell.made else value
        if name in DEFINITIONS:
            row["open_reviews"] = item.get("open_reviews") or 0
        if table.searched:
            row["search"] = fold(" ".join(str(row[column] or "") for column in table.searched))
        return row

    def _linked(self, name: str, column: str, cell: Cell, item: Item, row: Item) -> int | None:
        id = item.get(cell.of)
        if id is None or cell.link != "sale":
            return self.numbers.get((cell.link, item["coop_id"], id or ""))
        self.to_sales.setdefault((name, column), []).append((id, row["coop"], row["id"]))
        return None

    def finish(self, file_name: str) -> None:
        for name, table in TABLES.items():
            for columns in table.indexes:
                self.database.table(name).create_index(list(columns))
            if name not in PARTS:
                self.database.table(name).create_index(["record_id"])
            if table.searched:
                # `search` has đ as d, which no tokenizer does; the others are found as they are written.
                searched = [*table.searched, "search"]
                self.database.table(name).enable_fts(searched, tokenize="unicode61 remove_diacritics 2")
        for (name, column), links in self.to_sales.items():
            sale = "SELECT id FROM sale WHERE record_id = ? AND coop = ?"
            self.database.conn.executemany(f"UPDATE {name} SET {column} = ({sale}) WHERE id = ?", links)  # noqa: S608
        self.database.index_foreign_keys()
        metadata = json.dumps(_metadata(self.viewer, file_name), ensure_ascii=False, indent=2)
        self.database.table("metadata").insert({"id": 1, "json": metadata}, pk="id")
        self.database.conn.commit()
        self.database.conn.execute("ANALYZE")
        self.database.conn.commit()


def _metadata(viewer: Viewer, file_name: str) -> dict[str, Any]:
    """What Datasette reads with `--metadata`: titles, units, label columns; for a file that is still called so."""
    tables = {
        name: {"description": table.about, "columns": dict(table.units)}
        | ({"label_column": table.label} if table.label else {})
        for name, table in TABLES.items()
    }
    scope = "one co-operative" if viewer.coop_id else "all co-operatives"
    return {
        "title": "Chợ Phiên",
        "description": f"Merged data of {scope}",
        "databases": {file_name: {"tables": tables | {"metadata": {"hidden": True}}}},
    }
