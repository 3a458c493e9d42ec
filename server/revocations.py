"""Who was shut out or erased, also when the database that said so is gone: the file `revoked` in DATA_DIR.

Each sign-in that is ended and each account that is disabled, loses rights or changes its password leaves a line there,
on disk before the database commits. A restore lays them over the backup, so that a lost phone stays out. A line whose
transaction then failed keeps out of a restored server whom nobody shut out: they sign in again. The file is never
rewritten; it holds ids and digests, no names and no passwords.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flask import Flask, current_app
from sqlalchemy import event, inspect, select
from sqlalchemy.orm import Session

from server.accounts import ROLES, Account
from server.database import now_ms
from server.people.erased import Erasure
from server.tokens import RefreshFamily

NO_PASSWORD = "!"  # noqa: S105 - matches none: the account needs a new one

Line = dict[str, Any]


@dataclass
class Revocations:
    """What must stay in force: the newest line of each account, and each family that was ended."""

    accounts: dict[str, Line] = field(default_factory=dict)
    families: dict[str, Line] = field(default_factory=dict)
    erased: dict[str, Line] = field(default_factory=dict)
    password_hashes: dict[str, str] = field(default_factory=dict)
    """Where the database that is being replaced could be read."""

    def take(self, lines: Iterable[Line]) -> None:
        """Take in lines, oldest first."""
        for line in lines:
            if "family" in line:
                self.families[line["family"]] = line
            elif "erased" in line:
                self.erased[line["account"]] = line
            else:
                self.accounts[line["account"]] = line

    def add(self, present: Revocations) -> None:
        """Add what a database says now, which is newer than any line."""
        self.accounts |= present.accounts
        self.families |= present.families
        self.erased |= present.erased
        self.password_hashes |= present.password_hashes


def register(app: Flask) -> None:
    app.extensions["revoked"] = app.extensions["settings"].data_dir / "revoked"


def path() -> Path:
    found: Path = current_app.extensions["revoked"]
    return found


@event.listens_for(Session, "before_flush")
def _note(session: Session, *_: object) -> None:
    """Whoever revokes does so through the ORM, so nobody can forget to note it."""
    if "revoked" not in current_app.extensions:
        return
    lines = [_account_line(row) for row in session.dirty if isinstance(row, Account) and _changed(row)]
    for row in (*session.dirty, *session.new):
        if isinstance(row, RefreshFamily) and inspect(row).attrs.revoked_at_ms.history.added:
            lines.append(_family_line(row))
    lines += [_erasure_line(row) for row in session.new if isinstance(row, Erasure)]
    if lines:
        _append(path(), lines)


def _changed(account: Account) -> bool:
    attributes = inspect(account).attrs
    return any(attributes[name].history.has_changes() for name in ("status", "role", "password_hash"))


def _append(file: Path, lines: list[Line]) -> None:
    text = "".join(json.dumps(line) + "\n" for line in lines).encode()
    handle = os.open(file, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        # A power cut may have torn the last line: this one must not hang on to it.
        size = os.fstat(handle).st_size
        torn = size > 0 and os.pread(handle, 1, size - 1) != b"\n"
        os.write(handle, b"\n" * torn + text)
        os.fsync(handle)
    finally:
        os.close(handle)


def _account_line(account: Account) -> Line:
    password = hashlib.sha256(account.password_hash.encode()).hexdigest()
    return {
        "account": account.id,
        "status": account.status,
        "role": account.role,
        "password": password,
        "at_ms": now_ms(),
    }


def _family_line(family: RefreshFamily) -> Line:
    return {
        "family": family.id,
        "account": family.account_id,
        "replica": family.replica,
        "at_ms": family.revoked_at_ms or now_ms(),
    }


def _erasure_line(erasure: Erasure) -> Line:
    return {"account": erasure.member_id, "erased": True, "by": erasure.erased_by, "at_ms": erasure.erased_at_ms}


def noted(file: Path) -> Iterator[Line]:
    """The lines of the file, oldest first; none when there is no file. A torn line is passed over."""
    if not file.exists():
        return
    for text in file.read_text(errors="replace").splitlines():
        try:
            line = json.loads(text)
        except ValueError:
            continue
        if isinstance(line, dict) and "account" in line:
            yield line


def in_database(session: Session) -> Revocations:
    """What a database says about who is shut out."""
    found = Revocations()
    accounts = session.scalars(select(Account)).all()
    found.take(map(_account_line, accounts))
    found.take(
        map(_family_line, session.scalars(select(RefreshFamily).where(RefreshFamily.revoked_at_ms.is_not(None))))
    )
    found.take(map(_erasure_line, session.scalars(select(Erasure))))
    found.password_hashes = {account.id: account.password_hash for account in accounts}
    return found


def lay_over(session: Session, kept: Revocations) -> None:
    """Put them in force in a restored database. Rights are only taken, never given."""
    for account in session.scalars(select(Account).where(Account.id.in_(kept.accounts))):
        line = kept.accounts[account.id]
        if line["status"] != "active":
            account.status = line["status"]
        account.role = min(account.role, line["role"], key=ROLES.index)
        if hashlib.sha256(account.password_hash.encode()).hexdigest() != line["password"]:
            account.password_hash = kept.password_hashes.get(account.id, NO_PASSWORD)
    for id, line in kept.families.items():
        family = session.get(RefreshFamily, id)
        if family is None:  # signed in after the backup: without a row its tokens would be adopted
            family = RefreshFamily(
                id=id, account_id=line["account"], replica=line["replica"], gen=1, created_at_ms=line["at_ms"]
            )
            session.add(family)
        family.revoked_at_ms = max(family.revoked_at_ms or 0, line["at_ms"])
