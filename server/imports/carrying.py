"""Taking a planned import, and undoing one: mutations of the server's own replica, in one transaction."""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy.orm import Session

from server import audit
from server.database import new_id, now_ms
from server.entities.definition import DATA_VERSION
from server.imports.members import Members
from server.imports.overlaps import mark_overlaps
from server.imports.plan import Asked, Plan, Row, plan_of
from server.imports.sheet import Sheet
from server.imports.tables import SheetImport, imports_of, record_id, standing
from server.lists import HANOI
from server.problems import InvalidError
from server.reconcile import own_author, own_stamp, reconcile
from server.store import SqlStore
from sync.mutation import Author
from sync.review import NOTHING_AGREED, Agreed

AT_ONCE = 500
# How an undone import's sales say why they are void: a reason that every phone knows.
UNDO_REASON = "undo"


@dataclass(frozen=True)
class File:
    """An uploaded spreadsheet."""

    name: str
    digest: str
    sheets: Sequence[Sheet]


def look(session: Session, coop_id: str, file: File, asked: Asked) -> Plan:
    """What taking the file would do. Raises InvalidError for a sheet that is not there."""
    if asked.sheet >= len(file.sheets):
        raise InvalidError(errors={"sheet": ["unknown"]})
    members = Members.of(session, coop_id)
    plan = plan_of(file.sheets[asked.sheet], asked, members, datetime.now(HANOI).date())
    if asked.entity == "sale":
        mark_overlaps(session, coop_id, plan.rows)
    return plan


def chosen(plan: Plan, keep: Sequence[int], leave_out: Sequence[int]) -> list[Row]:
    """The rows to take: all that are ready, and of those that are there already the ones to `keep`.

    Raises InvalidError when something is wrong with a row that nobody said to leave out, and when none is left.
    """
    left_out = set(leave_out)
    wrong = [row.number for row in plan.of("wrong") if row.number not in left_out]
    if plan.missing or wrong:
        raise InvalidError(errors={"fields": plan.missing} if plan.missing else {"rows": [str(n) for n in wrong[:100]]})
    rows = [row for row in plan.rows if row.state == "ready" or (row.state == "there" and row.number in set(keep))]
    rows = [row for row in rows if row.number not in left_out]
    if not rows:
        raise InvalidError(errors={"rows": ["none"]})
    return rows


# A record's id, its values, and the stamps of what they replace.
Said = list[tuple[str, Mapping[str, Any], Mapping[str, str]]]
Steps = Generator[tuple[int, int], None, SheetImport]


def take(
    session: Session,
    coop_id: str,
    account_id: str,
    file: File,
    asked: Asked,
    keep: Sequence[int],
    leave_out: Sequence[int],
) -> Steps:
    """Record the rows; how many so far, of how many. A file that was taken already changes nothing.

    Judged by what is true behind the co-operative's lock. Raises InvalidError, which leaves everything as it was.
    """
    author = own_author(session, coop_id)  # locks
    earlier = imports_of(session, coop_id, file.digest, asked.sheet)
    again = standing(earlier)
    if again is not None:
        yield len(again.numbers), len(again.numbers)
        return again
    rows = chosen(look(session, coop_id, file, asked), keep, leave_out)
    taken = SheetImport(
        coop_id=coop_id,
        id=new_id(),
        entity=asked.entity,
        file_name=file.name[:200],
        digest=file.digest,
        sheet=asked.sheet,
        attempt=len(earlier),
        rows=orjson.dumps([row.number for row in rows]).decode(),
        total_vnd=sum(row.values.get("total_vnd", 0) for row in rows),
        account_id=account_id,
        at_ms=now_ms(),
    )
    session.add(taken)
    said: Said = [(record_id(taken, row.number), row.values, {}) for row in rows]
    agreed = Agreed(account_id, {record_id(taken, row.number): row.answers for row in rows})
    yield from _record(session, author, coop_id, asked.entity, said, agreed)
    details = {"rows": len(rows), "entity": asked.entity}
    audit.record(session, "imports.take", coop_id=coop_id, subject=("import", taken.id), details=details)
    return taken


def undo(session: Session, coop_id: str, account_id: str, taken: SheetImport) -> Steps:
    """Void what an import recorded (members become inactive); what was voided since stays as it is. Once."""
    author = own_author(session, coop_id)
    session.refresh(taken)
    if taken.undone_at_ms is not None:
        return taken
    said: Said = []
    ids = taken.record_ids
    for start in range(0, len(ids), AT_ONCE):
        for record in SqlStore(session, coop_id).records(taken.entity, ids[start : start + AT_ONCE]):
            if taken.entity == "sale" and not record.fields.get("voided"):
                said.append((record.id, {"voided": True, "void_reason": UNDO_REASON}, {}))
            elif taken.entity == "member" and record.fields.get("active", True):
                said.append((record.id, {"active": False}, {"active": record.stamps["active"]}))
    yield from _record(session, author, coop_id, taken.entity, said)
    taken.undone_by, taken.undone_at_ms = account_id, now_ms()
    details = {"rows": len(said), "entity": taken.entity}
    audit.record(session, "imports.undo", coop_id=coop_id, subject=("import", taken.id), details=details)
    return taken


def _record(
    session: Session,
    author: Author,
    coop_id: str,
    entity: str,
    said: Said,
    agreed: Agreed = NOTHING_AGREED,
) -> Generator[tuple[int, int], None, None]:
    yield 0, len(said)
    for start in range(0, len(said), AT_ONCE):
        mutations = [
            {"at": own_stamp(), "v": DATA_VERSION, "entity": entity, "id": id, "set": dict(values), "base": dict(base)}
            for id, values, base in said[start : start + AT_ONCE]
        ]
        receipts = reconcile(session, author, coop_id, mutations, limit=1, agreed=agreed)["receipts"][: len(mutations)]
        refused = [receipt for receipt in receipts if receipt["outcome"] not in ("applied", "merged")]
        if refused:
            raise InvalidError(errors={"rows": sorted(refused[0].get("errors", {}))})
        yield start + len(mutations), len(said)
