"""Keep a released version's database with data in it: `python -m tests.server.released.make 0.1.0 REVISION`.

The release's own code makes the data: it is taken out of git, fills a demo, signs people in, and takes what is good,
refused and early from a phone. What SQLite then holds goes to VERSION.jsonl: first the revision of its migrations and
its tables as SQL, then a line for each row. tests/server/test_migrations.py brings all of them to today's tables.
"""

import json
import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent

# Run by the release's code, so it speaks nothing but the protocol.
TRADE = """
from wsgi import app
client = app.test_client()
password = "chophien-demo"
who = client.post("/api/v1/auth/login", json={"login": "0900000011", "password": password}).json
office = client.post("/api/v1/auth/login", json={"login": "0900000002", "password": password}).json
bearer = lambda signed_in: {"Authorization": "Bearer " + signed_in["access_token"]}
sale = {"product_name": "Mật ong", "unit": "lít", "quantity_milli": 1000, "unit_price_vnd": 1, "total_vnd": 1,
        "sold_at": "2026-11-20T02:10:00Z", "payment": "cash", "member_id": who["user"]["id"], "money_with": "member"}
id = "0199aa5b-e8f0-7abc-8def-01234567890{}".format
at = "0199aa5be8f0-000{}-5f3a9c21".format
sets = [sale, sale | {"total_vnd": -1}, {"note": "sớm"}, sale | {"learnt_later": "x"}]
mutations = [{"at": at(n), "v": 1, "entity": "sale", "id": id(n), "set": set, "base": {}} for n, set in enumerate(sets)]
mutations.append({"at": "ffff00000000-0000-5f3a9c21", "v": 1, "entity": "sale", "id": id(0),
                  "set": {"note": "đồng hồ sai"}, "base": {}})
body = {"replica": who["replica"], "cursor": None, "mutations": mutations}
answer = client.post("/api/v1/sync", json=body, headers=bearer(who))
assert answer.status_code == 200, answer.text
code = client.post("/api/v1/enrolments", json={"member_id": who["user"]["id"]}, headers=bearer(office))
assert code.status_code < 300, code.text
"""


def make(version: str, revision: str) -> Path:
    with tempfile.TemporaryDirectory() as folder:
        code, data = Path(folder, "code"), Path(folder, "data")
        code.mkdir()
        archive = subprocess.run(["git", "archive", revision], check=True, capture_output=True).stdout
        subprocess.run(["tar", "-x", "-C", code], input=archive, check=True)
        environ = os.environ | {"DATA_DIR": str(data), "DEMO": "1", "DEMO_SALES": "40", "PYTHONPATH": str(code)}
        environ.pop("DATABASE_URL", None)
        flask = Path(sys.executable).with_name("flask")
        subprocess.run([flask, "demo"], cwd=code, env=environ, check=True, stdout=subprocess.DEVNULL)
        subprocess.run([sys.executable, "-c", TRADE], cwd=code, env=environ, check=True)
        kept = HERE / f"{version}.jsonl"
        lines = (json.dumps(line, ensure_ascii=False, separators=(",", ":")) for line in _lines(data / "chophien.db"))
        kept.write_text("\n".join(lines) + "\n")
        return kept


def _lines(file: Path) -> Iterator[dict[str, Any]]:
    with closing(sqlite3.connect(file)) as database:
        master = "SELECT name, type, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid"
        made = database.execute(master).fetchall()
        (revision,) = database.execute("SELECT version_num FROM alembic_version").fetchone()
        yield {"revision": revision, "schema": [sql for _, _, sql in made]}
        for table in [name for name, kind, _ in made if kind == "table" and name != "alembic_version"]:
            columns = [(row[1], row[2]) for row in database.execute(f"PRAGMA table_info({table})")]
            for row in database.execute(f"SELECT * FROM {table}"):  # noqa: S608 - its own schema
                yield {"table": table, "row": dict(_typed(columns, row))}


def _typed(columns: list[tuple[str, str]], row: tuple[Any, ...]) -> Iterator[tuple[str, Any]]:
    for (name, kind), value in zip(columns, row, strict=True):
        if value is not None:
            yield name, bool(value) if kind == "BOOLEAN" else value


if __name__ == "__main__":
    print(make(*sys.argv[1:]))  # noqa: T201 - a command that tells
