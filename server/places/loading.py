"""Loading a list of places, all or nothing, with what it would change said before."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from marshmallow import ValidationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from server import audit
from server.accounts import Coop
from server.database import now_ms, reading, writing
from server.entities.values import Words
from server.places import COLUMNS
from server.places.table import PlaceRow
from server.problems import InvalidError
from server.text import fold

SHIPPED = Path(__file__).with_name("communes.csv")
SHOWN_MAX = 100

_code = re.compile(r"[0-9]{2,10}\Z", re.ASCII).match
_name = Words(1, 100)

Listed = dict[str, tuple[str, str | None]]
"""Name and province's code (None for a province), by code."""


@dataclass
class Difference:
    """What a new list changes. `homeless`: co-operatives whose commune is no longer on it; they keep its name."""

    provinces: int
    communes: int
    added: list[dict[str, Any]] = field(default_factory=list)
    retired: list[dict[str, Any]] = field(default_factory=list)
    changed: list[dict[str, Any]] = field(default_factory=list)
    homeless: list[dict[str, Any]] = field(default_factory=list)

    def as_shown(self) -> dict[str, Any]:
        """Counts of everything, and the first of each."""
        lists = {name: getattr(self, name) for name in ("added", "retired", "changed", "homeless")}
        counts = {f"{name}_count": len(rows) for name, rows in lists.items()}
        return {"provinces": self.provinces, "communes": self.communes, **counts} | {
            name: rows[:SHOWN_MAX] for name, rows in lists.items()
        }


def read_list(text: str) -> Listed:
    """A list from its CSV. Raises InvalidError with the codes of what is wrong, by line."""
    rows = _rows(text)
    if tuple(next(rows, ())) != COLUMNS:
        raise InvalidError(errors={"csv": {"1": ["columns"]}})
    listed: Listed = {}
    wrong: dict[str, list[str]] = {}
    for number, row in enumerate(rows, start=2):
        if not row:
            continue
        if len(row) != len(COLUMNS):
            wrong[str(number)] = ["columns"]
            continue
        code, name, province = row[0].strip(), _clean_name(row[1]), row[2].strip()
        if not _code(code) or not name:
            wrong[str(number)] = ["invalid"]
        elif code in listed:
            wrong[str(number)] = ["twice"]
        listed[code] = (name, province or None)
    provinces = {code for code, (_, province) in listed.items() if province is None}
    wrong |= {code: ["unknown_province"] for code, (_, of) in listed.items() if of and of not in provinces}
    if len(provinces) == len(listed):
        wrong |= {"1": ["empty"]}
    if wrong:
        raise InvalidError(errors={"csv": dict(list(wrong.items())[:SHOWN_MAX])})
    return listed


def _rows(text: str) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff")))
    try:
        yield from reader
    except csv.Error as error:
        raise InvalidError(errors={"csv": {str(reader.line_num): ["columns"]}}) from error


def _clean_name(text: str) -> str:
    """Trimmed and composed; empty for what is no name."""
    try:
        return _name.clean(text)
    except ValidationError:
        return ""


def compare(session: Session, listed: Listed) -> Difference:
    """What loading this list would change."""
    now = {row.code: row for row in session.scalars(select(PlaceRow))}
    provinces = sum(province is None for _, province in listed.values())
    found = Difference(provinces, len(listed) - provinces)
    for code, (name, province) in listed.items():
        row = now.get(code)
        if row is None or row.retired_at_ms is not None:
            found.added.append({"code": code, "name": name})
        elif (row.name, row.province_code) != (name, province):
            found.changed.append({"code": code, "name": name, "was": row.name})
    gone = [row for code, row in now.items() if code not in listed and row.retired_at_ms is None]
    found.retired = [{"code": row.code, "name": row.name} for row in gone]
    coops = session.scalars(select(Coop).where(Coop.commune_code.in_([row.code for row in gone])).order_by(Coop.name))
    found.homeless = [{"code": coop.commune_code, "name": coop.name} for coop in coops]
    return found


def load(session: Session, listed: Listed) -> Difference:
    """Put the list in force; what it lacks is retired, never removed."""
    found = compare(session, listed)
    _put(session, listed)
    counts = {"added": len(found.added), "retired": len(found.retired), "changed": len(found.changed)}
    audit.record(session, "places.load", details=counts)
    return found


def _put(session: Session, listed: Listed) -> None:
    now = {row.code: row for row in session.scalars(select(PlaceRow))}
    for code, (name, province) in listed.items():
        of = listed[province][0] if province else ""
        search = fold(f" {name} {of} {code}")
        row = now.get(code)
        if row is None:
            session.add(PlaceRow(code=code, name=name, province_code=province, search=search))
        else:
            row.name, row.province_code, row.search, row.retired_at_ms = name, province, search, None
    for code, row in now.items():
        if code not in listed and row.retired_at_ms is None:
            row.retired_at_ms = now_ms()


def load_first() -> None:
    """Begin with the list of this release where there is none yet."""
    with reading() as session:
        if session.scalar(select(PlaceRow.code).limit(1)) is not None:
            return
    with writing() as session:
        _put(session, read_list(SHIPPED.read_text()))
