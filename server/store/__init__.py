"""The engine's storage in a SQL database: one co-operative inside one transaction. The only writer of synced tables.

SQLite and PostgreSQL run the same statements. See `sync/store.py` for what each call promises.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from sqlalchemy import (
    Column,
    Select,
    Table,
    and_,
    bindparam,
    exists,
    false,
    literal,
    or_,
    select,
    true,
    union_all,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from server.database import chunks
from server.entities import DEFINITIONS
from server.entities.definition import Definition
from server.people.ethnic_group import forget_without_consent
from server.rows import entry_of, entry_row, record_of, record_row, review_of, review_row
from server.tables import COUNTER, DIGEST, HEAD, LOG, REVIEW
from sync.fingerprint import DIGEST_MODULUS
from sync.mutation import UNKNOWN_ENTITY, Entry
from sync.review import Review
from sync.rules import Record
from sync.store import WHOLE, Changes, Counter


def _insert_into(table: Table, dialect: str) -> Any:
    return postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)


# Statements are made once: making one costs more than running it.
@cache
def _upsert_into(table: Table, dialect: str) -> Any:
    statement = _insert_into(table, dialect)
    keys = [column.name for column in table.primary_key]
    changed = {c.name: statement.excluded[c.name] for c in table.columns if c.name not in keys}
    return statement.on_conflict_do_update(index_elements=keys, set_=changed)


@cache
def _add_to_digests(dialect: str) -> Any:
    statement = _insert_into(DIGEST, dialect)
    new = statement.excluded
    added = {"count": DIGEST.c.count + new.count, "total": (DIGEST.c.total + new.total) % DIGEST_MODULUS}
    keys = [column.name for column in DIGEST.primary_key]
    return statement.on_conflict_do_update(index_elements=keys, set_=added)


def _overdue(definition: Definition) -> Select[Any]:
    table, name = definition.table, definition.rules.name
    told = exists().where(
        REVIEW.c.coop_id == table.c.coop_id,
        REVIEW.c.kind == "incomplete",
        REVIEW.c.entity == name,
        REVIEW.c.record_id == table.c.id,
    )
    return select(literal(name), table.c.id).where(
        table.c.coop_id == bindparam("coop_id"),
        table.c.complete == false(),
        table.c.since_ms < bindparam("since_ms"),
        table.c.at != "",
        ~told,
    )


_OVERDUE = union_all(*map(_overdue, DEFINITIONS.values()))


@cache
def _naming(column: Column[Any]) -> Select[Any]:
    """A co-operative's rows in which a column holds one of some values; those of the log in the order of arrival."""
    mine = column.table.c.coop_id == bindparam("coop_id")
    query = select(column.table).where(mine, column.in_(bindparam("wanted", expanding=True)))
    return query.order_by(LOG.c.arrived_seq) if column.table is LOG else query


class SqlStore:
    """A `sync.store.Store` over the session's transaction."""

    def __init__(self, session: Session, coop_id: str) -> None:
        self.session, self.coop_id = session, coop_id

    def counter(self) -> Counter:
        mine = COUNTER.c.coop_id == self.coop_id
        columns = (COUNTER.c.seq, COUNTER.c.history, COUNTER.c.safe)
        return Counter(*self.session.execute(select(*columns).where(mine)).one())

    def lock(self) -> None:
        """Let no other transaction write in this co-operative until this one ends. SQLite has locked already."""
        self.session.info.setdefault("coops", set()).add(self.coop_id)
        if self.session.get_bind().dialect.name == "postgresql":
            mine = COUNTER.c.coop_id == self.coop_id
            self.session.execute(select(COUNTER.c.seq).where(mine).with_for_update())

    def has_head(self, seq: int, tag: str) -> bool:
        return self.head_tag(seq) == tag

    def head_tag(self, seq: int) -> str:
        query = select(HEAD.c.tag).where(HEAD.c.coop_id == self.coop_id, HEAD.c.seq == seq)
        return self.session.scalar(query) or ""

    def entries(self, keys: Collection[str]) -> list[Entry]:
        return [entry_of(row) for row in self._naming(LOG.c.key, keys)]

    def entries_with_eff(self, effs: Collection[str]) -> list[Entry]:
        return [entry_of(row) for row in self._naming(LOG.c.eff, effs)]

    def history(self, entity: str, ids: Collection[str]) -> list[Entry]:
        return [entry_of(row) for row in self._naming(LOG.c.record_id, ids) if row["entity"] == entity]

    def writes_of(self, fields: Mapping[str, Collection[str]]) -> list[Entry]:
        named = (
            and_(LOG.c.entity == entity, or_(*(LOG.c.raw.contains(f'"{name}"', autoescape=True) for name in names)))
            for entity, names in fields.items()
        )
        found = self._log(and_(LOG.c.outcome.in_(("applied", "merged")), or_(false(), *named)))
        return [entry for entry in found if not entry.set.keys().isdisjoint(fields[entry.entity or ""])]

    def unknown(self) -> list[Entry]:
        found = self._log(and_(LOG.c.outcome == "rejected", LOG.c.entity.is_(None)))
        return [entry for entry in found if entry.errors == UNKNOWN_ENTITY]

    def records(self, entity: str, ids: Collection[str]) -> list[Record]:
        definition = DEFINITIONS[entity]
        return [record_of(definition, row) for row in self._naming(definition.table.c.id, ids)]

    def replacing(self, sale_ids: Collection[str]) -> list[Record]:
        definition = DEFINITIONS["sale"]
        return [record_of(definition, row) for row in self._naming(definition.table.c.replaces_id, sale_ids)]

    def overdue(self, since_ms: int) -> list[Record]:
        late: dict[str, set[str]] = {}
        for entity, id in self.session.execute(_OVERDUE, {"coop_id": self.coop_id, "since_ms": since_ms}):
            late.setdefault(entity, set()).add(id)
        return [record for entity, ids in late.items() for record in self.records(entity, ids)]

    def open_reviews(self, record_ids: Collection[str]) -> list[Review]:
        return [review_of(row) for row in self._naming(REVIEW.c.record_id, record_ids) if row["status"] == "open"]

    def review(self, id: str) -> Review | None:
        row = self.session.execute(self._of(REVIEW).where(REVIEW.c.id == id)).mappings().one_or_none()
        return review_of(row) if row is not None else None

    def page(self, owner: str | None, after: int, limit: int, entities: Collection[str] | None = None) -> list[Record]:
        found: list[Record] = []
        for name, definition in DEFINITIONS.items():
            if entities is not None and name not in entities:
                continue
            table = definition.table
            query = self._of(table).where(table.c.complete == true(), table.c.seq > after)
            if owner is not None and not definition.rules.shared:
                query = query.where(definition.owned_by(owner))
            found += self._records(definition, query.order_by(table.c.seq).limit(limit))
        found.sort(key=lambda record: record.seq)
        return found[:limit]

    def decided(self, replica: str, after: int, until: int) -> list[Entry]:
        anew = and_(LOG.c.replica == replica, LOG.c.anew == true(), LOG.c.seq > after, LOG.c.seq <= until)
        return sorted(self._log(anew), key=lambda entry: entry.seq)

    def digest(self, owner: str | None) -> dict[str, list[int]]:
        scopes = {WHOLE} if owner is None else {WHOLE, owner}
        query = select(DIGEST.c.entity, DIGEST.c.scope, DIGEST.c.count, DIGEST.c.total).where(
            DIGEST.c.coop_id == self.coop_id, DIGEST.c.scope.in_(scopes)
        )
        held = {(row.entity, row.scope): [row.count, row.total] for row in self.session.execute(query)}
        return {
            name: held.get((name, WHOLE if owner is None or d.rules.shared else owner), [0, 0])
            for name, d in DEFINITIONS.items()
        }

    # Writing

    def save(self, changes: Changes) -> None:
        execute = self.session.execute
        mine = COUNTER.c.coop_id == self.coop_id
        execute(update(COUNTER).where(mine).values(seq=changes.seq, history=changes.history))
        if changes.head:
            seq, tag = changes.head
            execute(HEAD.insert().values(coop_id=self.coop_id, seq=seq, tag=tag))
        if changes.new_entries:
            execute(LOG.insert(), [entry_row(self.coop_id, entry) for entry in changes.new_entries])
        self._upsert(LOG, (entry_row(self.coop_id, entry) for entry in changes.decided_entries))
        for name, definition in DEFINITIONS.items():
            records = [record for record in changes.records if record.entity == name]
            self._upsert(definition.table, (record_row(self.coop_id, definition, r) for r in records))
        if any(record.entity == "consent" for record in changes.records):
            forget_without_consent(self.session, self.coop_id)
        self._upsert(REVIEW, (review_row(self.coop_id, review) for review in changes.reviews))
        self._add_digests(changes.digest_deltas)

    def _upsert(self, table: Table, rows: Iterable[dict[str, Any]]) -> None:
        rows = list(rows)
        if rows:
            self.session.execute(_upsert_into(table, self.session.get_bind().dialect.name), rows)

    def _add_digests(self, deltas: Mapping[tuple[str, str], tuple[int, int]]) -> None:
        rows = [
            {"coop_id": self.coop_id, "scope": scope, "entity": entity, "count": count, "total": total}
            for (scope, entity), (count, total) in sorted(deltas.items())
        ]
        if rows:
            self.session.execute(_add_to_digests(self.session.get_bind().dialect.name), rows)

    # Reading

    def _of(self, table: Table) -> Select[Any]:
        return select(table).where(table.c.coop_id == self.coop_id)

    def _naming(self, column: Column[Any], wanted: Collection[str]) -> Iterator[Mapping[Any, Any]]:
        for some in chunks(wanted):
            yield from self.session.execute(_naming(column), {"coop_id": self.coop_id, "wanted": some}).mappings()

    def _log(self, wanted: Any) -> list[Entry]:
        query = select(LOG).where(LOG.c.coop_id == self.coop_id, wanted).order_by(LOG.c.arrived_seq)
        return [entry_of(row) for row in self.session.execute(query).mappings()]

    def _records(self, definition: Definition, query: Select[Any]) -> list[Record]:
        return [record_of(definition, row) for row in self.session.execute(query).mappings()]
