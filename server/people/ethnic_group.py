"""A person's ethnic group: sensitive, so it is kept apart from everything that is logged, synced or listed,
and is in no export unless an admin asks for it by name.

A row exists only while its person consents to it. It is no synced field: those are in a log that never forgets, and on
every manager's phone. So withdrawing the consent removes it for good; a backup from before has it until it is removed.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, String, delete, exists, or_
from sqlalchemy.orm import Mapped, Session, mapped_column

from server.database import Base, Id, Ms, now_ms
from server.entities.consent import CONSENT
from server.problems import InvalidError


class EthnicGroup(Base):
    __tablename__ = "ethnic_group"

    coop_id: Mapped[Id] = mapped_column(primary_key=True)
    member_id: Mapped[Id] = mapped_column(primary_key=True)
    value: Mapped[str] = mapped_column(String(100))
    recorded_by: Mapped[Id]
    recorded_at_ms: Mapped[Ms]


def ethnic_group_of(session: Session, coop_id: str, member_id: str) -> str | None:
    row = session.get(EthnicGroup, (coop_id, member_id))
    return None if row is None else row.value


def set_ethnic_group(session: Session, coop_id: str, member_id: str, value: str, by: str) -> None:
    """`value` "" removes it. Raises InvalidError where there is no consent to it. Behind the co-operative's lock."""
    row = session.get(EthnicGroup, (coop_id, member_id))
    if not value:
        if row is not None:
            session.delete(row)
        return
    table = CONSENT.table
    agreed = exists().where(table.c.coop_id == coop_id, table.c.member_id == member_id, *_in_force())
    if not session.scalar(agreed.select()):
        raise InvalidError(errors={"value": ["no_consent"]})
    if row is None:
        row = EthnicGroup(coop_id=coop_id, member_id=member_id)
        session.add(row)
    row.value, row.recorded_by, row.recorded_at_ms = value, by, now_ms()


def forget_without_consent(session: Session, coop_id: str) -> None:
    """After consents changed: what nobody consents to any more is gone."""
    table = CONSENT.table
    agreed = exists().where(
        table.c.coop_id == EthnicGroup.coop_id, table.c.member_id == EthnicGroup.member_id, *_in_force()
    )
    session.execute(delete(EthnicGroup).where(EthnicGroup.coop_id == coop_id, ~agreed))


def _in_force() -> tuple[ColumnElement[bool], ...]:
    table = CONSENT.table
    not_withdrawn = or_(table.c.withdrawn.is_(None), table.c.withdrawn.is_(False))
    return table.c.complete.is_(True), table.c.purpose == "ethnic_group", not_withdrawn
