"""One person: what staff sees, and everything that is kept of somebody, for whoever asks for the own data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from server import audit
from server.accounts import Account, Coop
from server.audit_list import entries
from server.database import now_ms
from server.entities import DEFINITIONS
from server.people.account_list import items_of, phone_items
from server.people.erased import is_erased
from server.people.erasure import coops_of
from server.people.ethnic_group import ethnic_group_of
from server.problems import ForbiddenError, NotFoundError
from server.replicas import Replica
from server.rows import record_of
from server.tables import LOG
from server.viewer import Viewer
from sync.mutation import is_id
from sync.review import instant

AUDIT_MAX = 1000


@dataclass(frozen=True)
class Person:
    """A member whom this manager or admin looks after, in the co-operatives that the viewer may see."""

    id: str
    account: Account | None
    coops: tuple[str, ...]

    @property
    def coop_id(self) -> str:
        """Where the person is now; of somebody without an account where there is a record."""
        here = self.account.coop_id if self.account else None
        return here if here in self.coops else self.coops[-1]


def person_for(session: Session, actor: Account, member_id: str) -> Person:
    """Raises NotFoundError for somebody of elsewhere, ForbiddenError for a manager's colleague."""
    if not is_id(member_id):
        raise NotFoundError
    account = session.get(Account, member_id)
    coops = coops_of(session, member_id)
    if actor.role != "admin":
        coops = [coop_id for coop_id in coops if coop_id == actor.coop_id]
        if account is not None and account.coop_id == actor.coop_id and account.role != "member":
            raise ForbiddenError
    if not coops:
        raise NotFoundError
    return Person(member_id, account, tuple(coops))


def shown(session: Session, actor: Account, person: Person) -> dict[str, Any]:
    """Account, phones, consents and, where there is a consent to it, the ethnic group."""
    coop_id = person.coop_id
    member = _rows(session, Viewer.of(actor, coop_id), coop_id, "member", person.id)[0]
    return {
        "id": person.id,
        "coop_id": coop_id,
        "coop_name": session.get_one(Coop, coop_id).name,
        "name": member["name"],
        "village": member.get("village", ""),
        "erased": is_erased(session, person.id),
        "account": items_of(session, [person.account])[0] if _is_here(person) and person.account else None,
        "phones": _phones(session, person),
        "consents": _consents(session, actor, person),
        "ethnic_group": ethnic_group_of(session, coop_id, person.id),
    }


def exported(session: Session, actor: Account, person: Person) -> dict[str, Any]:
    """Everything that is kept of a person: own records, the account, phones, consents, what staff did."""
    own: list[dict[str, Any]] = []
    for coop_id in person.coops:
        viewer = Viewer.of(actor, coop_id)
        records = {name: _rows(session, viewer, coop_id, name, person.id) for name in DEFINITIONS}
        own.append(
            {
                "coop_id": coop_id,
                "coop_name": session.get_one(Coop, coop_id).name,
                "ethnic_group": ethnic_group_of(session, coop_id, person.id),
                "records": {name: rows for name, rows in records.items() if rows},
            }
        )
        audit.record(session, "people.export", coop_id=coop_id, subject=("member", person.id))
    wanted = {"subject": person.id, "limit": AUDIT_MAX}
    return {
        "exported_at": instant(now_ms()),
        "id": person.id,
        "account": items_of(session, [person.account])[0] if _is_here(person) and person.account else None,
        "phones": _phones(session, person),
        "co_operatives": own,
        "audit": entries(session, Viewer.of(actor, None), wanted)["items"],
    }


def _is_here(person: Person) -> bool:
    """Whether the account is in one of these co-operatives: one that moved is told of where it is alone."""
    return person.account is not None and person.account.coop_id in person.coops


def _phones(session: Session, person: Person) -> list[dict[str, Any]]:
    if person.account is None:
        return []
    query = select(Replica).where(Replica.account_id == person.id, Replica.coop_id.in_(person.coops))
    return phone_items(session, session.scalars(query.order_by(Replica.id)).all())


def _rows(session: Session, viewer: Viewer, coop_id: str, entity: str, member_id: str) -> list[dict[str, Any]]:
    definition = DEFINITIONS[entity]
    table = definition.table
    mine = (table.c.coop_id == coop_id, table.c.complete.is_(True), definition.owned_by(member_id))
    found = session.execute(select(table).where(*mine).order_by(table.c.at, table.c.id)).mappings()
    records = [record_of(definition, row) for row in found]
    return [{"id": record.id, **viewer.shown(record.fields), **record.derived} for record in records]


def _consents(session: Session, actor: Account, person: Person) -> list[dict[str, Any]]:
    """Each with who recorded it and who recorded that it is withdrawn: the person, or a manager for the person."""
    coop_id = person.coop_id
    consents = _rows(session, Viewer.of(actor, coop_id), coop_id, "consent", person.id)
    said = (
        select(LOG.c.record_id, LOG.c.account, LOG.c.raw, LOG.c.arrived_ms)
        .where(
            LOG.c.coop_id == coop_id,
            LOG.c.record_id.in_([consent["id"] for consent in consents]),
            LOG.c.outcome.in_(("applied", "merged")),
        )
        .order_by(LOG.c.arrived_seq)
    )
    log = session.execute(said).all()
    names = {
        row.id: row.name for row in session.scalars(select(Account).where(Account.id.in_({e.account for e in log})))
    }
    for consent in consents:
        for entry in (entry for entry in log if entry.record_id == consent["id"]):
            which = "withdrawn" if '"withdrawn"' in entry.raw else "recorded"
            consent[f"{which}_by"] = names.get(entry.account)
            consent[f"{which}_at"] = instant(entry.arrived_ms)
    return consents
