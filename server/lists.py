"""Reading merged records by filter: a page at a time for the list endpoints, all of them one by one for exports.

Every query begins with the co-operatives that the account may see; a member sees only the own records and the
co-operative's listings. Nothing here writes.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, Table, and_, func, or_, select, tuple_
from sqlalchemy.orm import Session

from server.entities import DEFINITIONS
from server.entities.definition import Definition
from server.problems import InvalidError
from server.replicas import Replica
from server.rows import record_of
from server.text import fold
from server.viewer import Viewer
from sync.mutation import is_id
from sync.review import instant

MILLION = 1_000_000
HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
DEFAULT_LIMIT = 100
MAX_LIMIT = 1000
ROWS_AT_ONCE = 1000


@dataclass(frozen=True)
class Filter:
    """What a list is asked for; `since` is inclusive, `until` exclusive (a day as `until` is included whole)."""

    since: str | None = None
    until: str | None = None
    q: str | None = None
    status: str | None = None
    kind: str | None = None
    limit: int = DEFAULT_LIMIT
    after: str | None = None


# A field that was set, whatever it says; None is one that never was.
ANYTHING = object()
STATUSES: dict[str, dict[str, Any]] = {
    "sale": {"live": {"counts": True}, "voided": {"voided": True}},
    "listing": {"offered": {"status": "offered"}, "withdrawn": {"status": "withdrawn"}},
    "member": {"active": {"active": True}, "inactive": {"active": False}},
    "need": {
        "open": {"answer": None, "withdrawn": None},
        "answered": {"answer": ANYTHING},
        "withdrawn": {"withdrawn": True},
    },
}
KIND_FIELDS = {"sale": "payment", "listing": "approval", "member": "language", "stock_entry": "kind", "need": "kind"}
# (column to sort by, newest first)
ORDERS = {
    "sale": ("sold_at", True),
    "listing": ("search", False),
    "member": ("search", False),
    "need": ("told_at", True),
}


def records(session: Session, viewer: Viewer, entity: str, wanted: Filter) -> dict[str, Any]:
    """`{items, next}`: a page of complete records; sales also carry `totals` of all that count, on the first page."""
    definition = DEFINITIONS[entity]
    wheres = conditions(definition, viewer, wanted)
    table = definition.table
    order = Order(table, *ORDERS[entity])
    query = order.page(session, select(table).where(*wheres), viewer, wanted)
    rows = session.execute(query).mappings().all()
    shown = rows[: wanted.limit]
    items = [_item(definition, viewer, row) for row in shown]
    if "member_id" in definition.fields:
        _name_members(session, items)
    answer: dict[str, Any] = {
        "items": items,
        "next": place_of(shown[-1]) if len(rows) > wanted.limit else None,
    }
    if entity == "sale" and wanted.after is None:
        answer["totals"] = _totals(session, wheres)
    return answer


def count(session: Session, viewer: Viewer, entity: str, wanted: Filter) -> int:
    """How many records `stream` gives."""
    definition = DEFINITIONS[entity]
    query = select(func.count()).select_from(definition.table).where(*conditions(definition, viewer, wanted))
    return session.scalar(query) or 0


def stream(session: Session, viewer: Viewer, entity: str, wanted: Filter) -> Iterator[list[dict[str, Any]]]:
    """Every record that the filter lets through, as its list shows it, some at a time: none but those is in memory."""
    definition = DEFINITIONS[entity]
    query = select(definition.table).where(*conditions(definition, viewer, wanted))
    ordered = query.order_by(*Order(definition.table, *ORDERS.get(entity, ("since_ms", True))).by)
    found = session.execute(ordered, execution_options={"yield_per": ROWS_AT_ONCE})
    for rows in found.mappings().partitions():
        items = [_item(definition, viewer, row) for row in rows]
        if "member_id" in definition.fields:
            _name_members(session, items)
        yield items


@dataclass(frozen=True)
class Order:
    """How a table is listed: by one column, then by id. A page begins after the record that ended the one before."""

    table: Table
    column: str
    newest_first: bool

    def page(self, session: Session, query: Select[Any], viewer: Viewer, wanted: Filter) -> Select[Any]:
        """One page and one row more. Raises InvalidError for an `after` that names no record the viewer may see."""
        keys = tuple_(self.table.c[self.column], self.table.c.id)
        if wanted.after is not None:
            place = tuple_(*self._place(session, viewer, wanted.after))
            query = query.where(keys < place if self.newest_first else keys > place)
        return query.order_by(*self.by).limit(wanted.limit + 1)

    @property
    def by(self) -> list[ColumnElement[Any]]:
        keys = (self.table.c[self.column], self.table.c.id)
        return [key.desc() if self.newest_first else key for key in keys]

    def _place(self, session: Session, viewer: Viewer, after: str) -> tuple[Any, str]:
        coop_id, _, id = after.partition(".")
        found = None
        if is_id(coop_id) and is_id(id) and viewer.coop_id in (None, coop_id):
            mine = (self.table.c.coop_id == coop_id, self.table.c.id == id)
            found = session.execute(select(self.table.c[self.column]).where(*mine)).one_or_none()
        if found is None:
            raise InvalidError(errors={"after": ["invalid"]})
        return found[0], id


def place_of(row: Mapping[Any, Any]) -> str:
    """The name of the place after this row: `after` of the next page."""
    return f"{row['coop_id']}.{row['id']}"


def conditions(definition: Definition, viewer: Viewer, wanted: Filter) -> list[ColumnElement[bool]]:
    """Which records a filter lets through. Raises InvalidError for one that the list does not know."""
    table, entity = definition.table, definition.rules.name
    wheres: list[ColumnElement[bool]] = [table.c.complete.is_(True)]
    if viewer.coop_id is not None:
        wheres.append(table.c.coop_id == viewer.coop_id)
    if viewer.member and not definition.rules.shared:
        wheres.append(definition.owned_by(viewer.account_id))
    if wanted.status is not None:
        known = STATUSES.get(entity, {}).get(wanted.status)
        if known is None:
            raise InvalidError(errors={"status": ["unknown"]})
        wheres += [
            table.c[name].is_not(None) if value is ANYTHING else table.c[name] == value for name, value in known.items()
        ]
    if wanted.kind is not None:
        if entity not in KIND_FIELDS:
            raise InvalidError(errors={"kind": ["unexpected"]})
        wheres.append(table.c[KIND_FIELDS[entity]] == wanted.kind)
    wheres += _between(definition, wanted)
    if definition.searchable:
        wheres += [_holds(definition, viewer, word) for word in fold(wanted.q or "").split()]
    return wheres


def _between(definition: Definition, wanted: Filter) -> list[ColumnElement[bool]]:
    """Sales by the time of the sale; other records by when the server first heard of them."""
    table, sale = definition.table, definition.rules.name == "sale"
    found: list[ColumnElement[bool]] = []
    for text, until in ((wanted.since, False), (wanted.until, True)):
        if text is None:
            continue
        moment = read_moment(text, until=until)
        # Without its Z an instant sorts before the same second with a fraction, which is what both bounds need.
        bound: Any = moment.strftime("%Y-%m-%dT%H:%M:%S") if sale else int(moment.timestamp() * 1000)
        column = table.c.sold_at if sale else table.c.since_ms
        found.append(column < bound if until else column >= bound)
    return found


def read_moment(text: str, *, until: bool) -> datetime:
    """A time in UTC from an instant or a day of Hanoi's calendar. Raises InvalidError."""
    name = "until" if until else "since"
    try:
        if len(text) == len("2026-11-21"):
            day = date.fromisoformat(text) + timedelta(days=int(until))
            moment = datetime(day.year, day.month, day.day, tzinfo=HANOI)
        else:
            moment = datetime.fromisoformat(text)
        if moment.tzinfo is None:
            raise ValueError(text)
        return moment.astimezone(ZoneInfo("UTC"))
    except (ValueError, OverflowError) as error:
        raise InvalidError(errors={name: ["invalid"]}) from error


def local_day(instant: str) -> str:
    """The day in Hanoi's calendar of an instant as records hold it."""
    return datetime.fromisoformat(instant).astimezone(HANOI).date().isoformat()


def _holds(definition: Definition, viewer: Viewer, word: str) -> ColumnElement[bool]:
    """The word is in the record's own text or, for staff, in its member's: members do not look each other up."""
    table, member = definition.table, DEFINITIONS["member"].table
    found = table.c.search.contains(word, autoescape=True)
    if "member_id" not in definition.fields or viewer.member:
        return found
    of_member = select(member.c.coop_id, member.c.id).where(member.c.search.contains(word, autoescape=True))
    if viewer.coop_id is not None:
        of_member = of_member.where(member.c.coop_id == viewer.coop_id)
    return or_(found, tuple_(table.c.coop_id, table.c.member_id).in_(of_member))


def _item(definition: Definition, viewer: Viewer, row: Mapping[Any, Any]) -> dict[str, Any]:
    record = record_of(definition, row)
    return {"id": record.id, "coop_id": row["coop_id"], **viewer.shown(record.fields), **record.derived}


def _name_members(session: Session, items: list[dict[str, Any]]) -> None:
    """Say beside each member id whose goods they are; null for the co-operative's own."""
    member = DEFINITIONS["member"].table
    keys = {(item["coop_id"], item["member_id"]) for item in items}
    query = select(member.c.coop_id, member.c.id, member.c.name).where(tuple_(member.c.coop_id, member.c.id).in_(keys))
    names = {(coop_id, id): name for coop_id, id, name in session.execute(query)}
    for item in items:
        item["member_name"] = names.get((item["coop_id"], item["member_id"]))


def add_phones(session: Session, items: list[dict[str, Any]]) -> None:
    """Say beside each member how many phones there are and when one of them last synced."""
    # In the item's own co-operative: what an account does where it moved to is not told where it was.
    query = (
        select(Replica.coop_id, Replica.account_id, func.count(), func.max(Replica.last_sync_at_ms))
        .where(Replica.account_id.in_([item["id"] for item in items]))
        .group_by(Replica.coop_id, Replica.account_id)
    )
    phones = {(coop, account): (count, last_ms) for coop, account, count, last_ms in session.execute(query)}
    for item in items:
        count, last_ms = phones.get((item["coop_id"], item["id"]), (0, None))
        item["replicas"] = count
        item["last_sync_at"] = instant(last_ms) if last_ms is not None else None


def _totals(session: Session, conditions: Sequence[ColumnElement[bool]]) -> dict[str, int]:
    sale = DEFINITIONS["sale"].table
    # In two parts: a sum of the largest amounts that a sale may have is more than 64 bits hold.
    millions, rest = (
        func.coalesce(func.sum(part), 0) for part in (sale.c.total_vnd // MILLION, sale.c.total_vnd % MILLION)
    )
    query = select(func.count(), millions, rest).where(and_(*conditions), sale.c.counts.is_(True))
    count, millions, rest = session.execute(query).one()
    return {"count": int(count), "total_vnd": int(millions) * MILLION + int(rest)}
