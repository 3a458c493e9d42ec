"""Uploaded spreadsheets, kept while somebody looks at what taking them would do: a folder an account, a day at most."""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass
from pathlib import Path

from server.imports.carrying import File
from server.imports.sheet import read_sheets
from server.problems import NotFoundError

KEPT_S = 24 * 60 * 60
KEPT_MAX = 5


@dataclass(frozen=True)
class Uploads:
    data_dir: Path
    account_id: str

    @property
    def folder(self) -> Path:
        return self.data_dir / "imports" / self.account_id

    def keep(self, content: bytes) -> str:
        """The name that the file goes by: its SHA-256."""
        (self.data_dir / "imports").mkdir(mode=0o700, exist_ok=True)
        self.folder.mkdir(mode=0o700, exist_ok=True)
        self._sweep()
        digest = hashlib.sha256(content).hexdigest()
        unfinished = self.folder / f"{digest}.unfinished"
        unfinished.write_bytes(content)
        unfinished.replace(self.folder / digest)
        return digest

    def find(self, digest: str, name: str) -> File:
        """Raises NotFoundError for a file that has to be sent again; UnreadableError as `read_sheets`."""
        try:
            content = (self.folder / digest).read_bytes()
        except FileNotFoundError as error:
            raise NotFoundError("Send the file again.") from error
        return File(name, digest, read_sheets(content))

    def _sweep(self) -> None:
        for file in self.folder.parent.glob("*/*"):
            if file.stat().st_mtime < time.time() - KEPT_S:
                file.unlink(missing_ok=True)
        for file in sorted(self.folder.glob("*"), key=lambda file: file.stat().st_mtime)[: -KEPT_MAX + 1]:
            file.unlink(missing_ok=True)
