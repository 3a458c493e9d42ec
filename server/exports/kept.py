"""Where finished files wait for their download: an hour, a few of each account."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from server.database import new_id
from server.kept import AccountFolder
from server.problems import NotFoundError
from sync.mutation import is_id

KEPT_S = 60 * 60
KEPT_MAX = 3


class KeptFiles:
    """The finished files of one account."""

    def __init__(self, data_dir: Path, account_id: str) -> None:
        self.folder = AccountFolder(data_dir / "exports" / account_id, KEPT_S, KEPT_MAX)

    @contextmanager
    def making(self, name: str) -> Iterator[tuple[str, Path]]:
        """An id, and the path where its file is to be written. Nothing stays unless the work ends well."""
        self.folder.make_room()
        id = new_id()
        place = self.folder.path / id
        place.mkdir(mode=0o700)
        try:
            yield id, place / name
        except BaseException:  # also when whoever waited went away
            shutil.rmtree(place, ignore_errors=True)
            raise

    def find(self, id: str) -> Path:
        """Raises NotFoundError for a file that is not there any more, or another account's."""
        place = self.folder.path / id
        if not is_id(id) or not place.is_dir():
            raise NotFoundError
        return next(place.iterdir())
