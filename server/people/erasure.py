"""Erasing a person on request: what was sold, for how much and when stays; who it was does not.

Through the one door: the server's own replica writes over name, way of address, village, photos of goods and notes, so
that every phone forgets them at its next sync. Then what the log and the reviews said before is written over where it
lies. Who was erased stays known by id: a phone that sends the old words again, or an older backup, does not bring them
back. The photos' files go afterwards (server/photos/sweep.py): those that others' goods name stay.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import chain
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from server import audit
from server.accounts import Account, new_member_code, set_account
from server.database import chunks, now_ms
from server.entities import DEFINITIONS
from server.entities.definition import DATA_VERSION
from server.entities.listing import NO_PHOTO
from server.passwords import unknown_password
from server.people.erased import Erasure, erased_among, is_erased
from server.photos.erased import note_erased
from server.reconcile import own_author, own_stamp, reconcile
from server.store import SqlStore
from server.store.erasing import mutations_about, mutations_waiting, write_over, write_over_waiting
from sync.rules import Record

NOBODY = "–"
# What each entity says of its member in words, and what stands there afterwards.
WORDS: dict[str, dict[str, Any]] = {
    "member": {"name": NOBODY, "called": "", "village": "", "language": "vi", "active": False},
    "listing": {"description": "", "photo": NO_PHOTO, "status": "withdrawn"},
    "sale": {"note": ""},
    "stock_entry": {"note": ""},
    "payment": {"note": ""},
    "need": {"text": "", "answer": "", "withdrawn": True},
    "consent": {"withdrawn": True},
}
# Of these the log's old words are written over as well; the others are facts, or say nothing of the person.
FACTS = {"status", "active", "withdrawn"}
PERSONAL = {name: value for words in WORDS.values() for name, value in words.items() if name not in FACTS}
AT_ONCE = 500


def erase(session: Session, member_id: str, by: str) -> None:
    """Erase a member in every co-operative where there is a record, and the account.

    Raises InvalidError for the last admin.
    """
    account = session.get(Account, member_id)
    coops = coops_of(session, member_id)
    if account is not None:
        set_account(session, account, status="disabled")
        account.name, account.phone = NOBODY, None
        account.member_code, account.password_hash = new_member_code(session), unknown_password()
    if not is_erased(session, member_id):
        session.add(Erasure(member_id=member_id, erased_by=by, erased_at_ms=now_ms()))
    session.flush()
    for coop_id in coops:
        _erase_in(session, coop_id, member_id)
        audit.record(session, "people.erase", coop_id=coop_id, subject=("member", member_id))
    if not coops:
        audit.record(session, "people.erase", subject=("member", member_id))


def coops_of(session: Session, member_id: str) -> list[str]:
    """In the order in which several are locked."""
    member = DEFINITIONS["member"].table
    return sorted(session.scalars(select(member.c.coop_id).where(member.c.id == member_id)))


def keep_erased(session: Session, coop_id: str, account_id: str, mutations: Iterable[object]) -> None:
    """After a phone of this account sent these: what they say of or by who was erased is written over again."""
    told = [m for m in mutations if isinstance(m, dict) and not PERSONAL.keys().isdisjoint(_set_of(m))]
    if not told:
        return
    people = {account_id, *(str(_set_of(m).get("member_id")) for m in told)}
    for entity in WORDS:
        ids = {str(m.get("id")) for m in told if m.get("entity") == entity}
        people |= ids if entity == "member" else _owners(session, coop_id, entity, ids)
    for member_id in sorted(erased_among(session, people)):
        _erase_in(session, coop_id, member_id)


def _set_of(mutation: dict[str, Any]) -> dict[str, Any]:
    values = mutation.get("set")
    return values if isinstance(values, dict) else {}


def _owners(session: Session, coop_id: str, entity: str, ids: Collection[str]) -> set[str]:
    table = DEFINITIONS[entity].table
    query = select(table.c.member_id).where(table.c.coop_id == coop_id, table.c.member_id.is_not(None))
    return {id for some in chunks(ids) for id in session.scalars(query.where(table.c.id.in_(some)))}


def _erase_in(session: Session, coop_id: str, member_id: str) -> None:
    own = own_author(session, coop_id)
    mutations: list[dict[str, Any]] = []
    ids: dict[str, list[str]] = {}
    for entity, words in WORDS.items():
        records = _records(session, coop_id, entity, member_id)
        ids[entity] = [record.id for record in records]
        mutations += [change for record in records if (change := _change(entity, record, words)) is not None]
    for start in range(0, len(mutations), AT_ONCE):
        reconcile(session, own, coop_id, mutations[start : start + AT_ONCE], limit=1)
    waiting = (text for _, text in mutations_waiting(session, coop_id, member_id))
    note_erased(session, coop_id, chain(mutations_about(session, coop_id, "listing", ids["listing"]), waiting))
    for entity, words in WORDS.items():
        personal = {name: value for name, value in words.items() if name in PERSONAL}
        if personal:
            write_over(session, coop_id, entity, ids[entity], personal)
    write_over_waiting(session, coop_id, member_id, PERSONAL)


def _records(session: Session, coop_id: str, entity: str, member_id: str) -> Sequence[Record]:
    definition = DEFINITIONS[entity]
    table = definition.table
    query = select(table.c.id).where(table.c.coop_id == coop_id, definition.owned_by(member_id))
    return SqlStore(session, coop_id).records(entity, list(session.scalars(query)))


def _change(entity: str, record: Record, words: dict[str, Any]) -> dict[str, Any] | None:
    """The mutation that puts the words in place; None where they stand already or nothing was ever said."""
    said = {
        name: value
        for name, value in words.items()
        if record.fields.get(name, value) != value
        or (record.complete and name in ("withdrawn", "active") and name not in record.fields)
    }
    if not said:
        return None
    base = {name: record.stamps[name] for name in said if name in record.stamps}
    return {"at": own_stamp(), "v": DATA_VERSION, "entity": entity, "id": record.id, "set": said, "base": base}
