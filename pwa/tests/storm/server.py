"""The real application for a storm: served over HTTP, and told on standard input what becomes of its data and people.

One JSON object a line in, one out. The first line out says where it is and who may sign in.
"""

from __future__ import annotations

import contextlib
import json
import shutil
import sys
import tempfile
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

import jwt
from flask import Flask
from flask_jwt_extended import create_access_token
from sqlalchemy import select
from werkzeug.serving import WSGIRequestHandler, make_server

from config import Settings
from server import migrating, tokens
from server.accounts import Account, Place, create_account, create_coop, set_account
from server.app import create_app
from server.backup import backup
from server.database import db, reading, writing
from server.people.erasure import erase
from server.reconcile import own_author, record
from server.restore import restore
from server.tables import LOG, REVIEW

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

PASSWORD = "a password for storms"  # noqa: S105 - of accounts that live for a test
PLACE = Place("08", "Tuyên Quang", "00721", "Đồng Văn")
PEOPLE = {"manager": "manager", "member": "member", "neighbour": "member"}


class Quiet(WSGIRequestHandler):
    def log(self, *_: Any) -> None:
        pass


class Door:
    """While it is closed nobody is served: files are exchanged then, not under a request."""

    def __init__(self, app: WSGIApplication) -> None:
        self._app = app
        self._inside = 0
        self._is_closed = False
        self._changed = threading.Condition()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
        with self._changed:
            self._changed.wait_for(lambda: not self._is_closed)
            self._inside += 1
        try:
            answer = self._app(environ, start_response)
            try:
                return list(answer)
            finally:
                getattr(answer, "close", lambda: None)()
        finally:
            with self._changed:
                self._inside -= 1
                self._changed.notify_all()

    @contextlib.contextmanager
    def closed(self) -> Iterator[None]:
        with self._changed:
            self._is_closed = True
            self._changed.wait_for(lambda: self._inside == 0)
        try:
            yield
        finally:
            with self._changed:
                self._is_closed = False
                self._changed.notify_all()


class Town:
    def __init__(self, app: Flask, folder: Path) -> None:
        self.app, self.folder, self.file = app, folder, folder / "chophien.db"
        self.copies = 0
        self.door = Door(app)
        migrating.upgrade()
        self.accounts: dict[str, dict[str, str]] = {}
        with writing() as session:
            self.coops = [create_coop(session, name=name, place=PLACE).id for name in ("Tả Lùng", "Y Tý")]
            for number, (who, role) in enumerate(PEOPLE.items()):
                login = f"098765432{number}"
                account = create_account(
                    session, name=who, role=role, coop_id=self.coops[0], phone=login, password=PASSWORD
                )
                values = {"name": who, "active": True}
                record(session, own_author(session, self.coops[0]), self.coops[0], "member", account.id, values)
                self.accounts[who] = {"id": account.id, "login": login}
        self.first = self.copy()["copy"]

    def begin(self) -> dict[str, Any]:
        """Everything as it was before the season."""
        return self.put_back(self.first)

    def copy(self) -> dict[str, Any]:
        """A copy of the data directory, made by somebody who knows nothing of backups."""
        self.copies += 1
        with self.door.closed():
            db.engine.dispose()
            shutil.copyfile(self.file, self.folder / f"{self.copies}.copy")
        return {"copy": self.copies}

    def put_back(self, copy: int) -> dict[str, Any]:
        with self.door.closed():
            db.engine.dispose()
            for end in ("-wal", "-shm"):
                Path(f"{self.file}{end}").unlink(missing_ok=True)
            shutil.copyfile(self.folder / f"{copy}.copy", self.file)
        return {}

    def backup(self) -> dict[str, Any]:
        return {"file": str(backup(self.folder / "backup").path)}

    def restore(self, file: str) -> dict[str, Any]:
        restore(Path(file))
        return {}

    def change(self, who: str, **values: Any) -> dict[str, Any]:
        with writing() as session:
            set_account(session, session.get_one(Account, self.accounts[who]["id"]), **values)
        return {}

    def shut_out(self, who: str) -> dict[str, Any]:
        """As a changed password does: every phone must sign in again."""
        with writing() as session:
            tokens.revoke_account(session, self.accounts[who]["id"])
        return {}

    def erase(self, who: str) -> dict[str, Any]:
        with writing() as session:
            erase(session, self.accounts[who]["id"], self.accounts["manager"]["id"])
        return {}

    def expired(self, token: str) -> dict[str, Any]:
        """The same access token, an hour later."""
        said = jwt.decode(token, options={"verify_signature": False})
        claims = {name: said[name] for name in ("replica", "coop_id", "family")}
        past = timedelta(seconds=-1)
        return {"token": create_access_token(said["sub"], additional_claims=claims, expires_delta=past)}

    def truth(self) -> dict[str, Any]:
        """The whole log and what people are asked."""
        with reading() as session:
            log = session.execute(select(LOG.c.coop_id, LOG.c.key, LOG.c.raw, LOG.c.outcome))
            entries = [
                {"coop": coop, "at": key, "mutation": json.loads(raw), "outcome": outcome}
                for coop, key, raw, outcome in log
            ]
            asked = session.execute(select(REVIEW.c.kind, REVIEW.c.about, REVIEW.c.record_id, REVIEW.c.status))
            return {"log": entries, "reviews": [dict(row._mapping) for row in asked]}


def say(what: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


def main(folder: Path) -> None:
    url = f"sqlite:///{folder / 'chophien.db'}"
    settings = Settings(secret_key="storm " * 8, data_dir=folder, database_url=url, app_dir=folder)
    app = create_app(settings)
    with app.app_context():
        town = Town(app, folder)
        server = make_server("127.0.0.1", 0, town.door, threaded=True, request_handler=Quiet)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        told = {"url": f"http://127.0.0.1:{server.server_port}", "accounts": town.accounts, "coops": town.coops}
        say(told | {"password": PASSWORD})
        for line in sys.stdin:
            command = json.loads(line)
            say(getattr(town, command.pop("do"))(**command))
        server.shutdown()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="cho-phien-storm-") as path:
        main(Path(path))
