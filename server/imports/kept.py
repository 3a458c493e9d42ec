"""Uploaded spreadsheets, kept while somebody looks at what taking them would do: a day at most."""

from __future__ import annotations

import hashlib
from pathlib import Path

from server.imports.carrying import File
from server.imports.sheet import read_sheets
from server.kept import AccountFolder
from server.problems import NotFoundError

KEPT_S = 24 * 60 * 60
KEPT_MAX = 5


class Uploads:
    """The uploads of one account."""

    def __init__(self, data_dir: Path, account_id: str) -> None:
        self.folder = AccountFolder(data_dir / "imports" / account_id, KEPT_S, KEPT_MAX)

    def keep(self, content: bytes) -> str:
        """The name that the file goes by: its SHA-256."""
        self.folder.make_room()
        digest = hashlib.sha256(content).hexdigest()
        unfinished = self.folder.path / f"{digest}.unfinished"
        unfinished.write_bytes(content)
        unfinished.replace(self.folder.path / digest)
        return digest

    def find(self, digest: str, name: str) -> File:
        """Raises NotFoundError for a file that has to be sent again; UnreadableError as `read_sheets`."""
        try:
            content = (self.folder.path / digest).read_bytes()
        except FileNotFoundError as error:
            raise NotFoundError("Send the file again.") from error
        return File(name, digest, read_sheets(content))
