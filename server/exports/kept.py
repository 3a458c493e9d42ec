"""Where finished files wait for their download: one folder an account, an hour, a few at most."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from server.database import new_id
from server.problems import NotFoundError
from sync.mutation import is_id

KEPT_S = 60 * 60
KEPT_MAX = 3


@dataclass(frozen=True)
class KeptFiles:
    """The files of one account. What they hold is personal: nobody but the server's own user reads the folder."""

    data_dir: Path
    account_id: str

    @property
    def folder(self) -> Path:
        return self.data_dir / "exports" / self.account_id

    @contextmanager
    def making(self, name: str) -> Iterator[tuple[str, Path]]:
        """An id, and the path where its file is to be written. Nothing stays unless the work ends well."""
        self._sweep()
        id = new_id()
        place = self.folder / id
        (self.data_dir / "exports").mkdir(mode=0o700, exist_ok=True)
        place.mkdir(mode=0o700, parents=True)
        try:
            yield id, place / name
        except BaseException:  # also when whoever waited went away
            shutil.rmtree(place, ignore_errors=True)
            raise

    def find(self, id: str) -> Path:
        """Raises NotFoundError for a file that is not there any more, or another account's."""
        place = self.folder / id
        if not is_id(id) or not place.is_dir():
            raise NotFoundError
        return next(place.iterdir())

    def _sweep(self) -> None:
        """Everybody's files that are too old, and the own oldest but a few."""
        for place in self.folder.parent.glob("*/*"):
            if place.stat().st_mtime < time.time() - KEPT_S:
                shutil.rmtree(place, ignore_errors=True)
        for place in sorted(self.folder.glob("*"))[: -KEPT_MAX + 1]:
            shutil.rmtree(place, ignore_errors=True)
