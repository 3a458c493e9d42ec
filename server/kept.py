"""Files that an account comes back for: a folder each, kept for a while, a few at most."""

from __future__ import annotations

import shutil
import time
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class AccountFolder:
    """`path` is `<kind>/<account>`. What lies there is personal: nobody but the server's own user reads it."""

    path: Path
    kept_s: int
    kept_max: int

    def make_room(self) -> None:
        """For one more: everybody's that is too old goes, and of the own the oldest."""
        self.path.parent.mkdir(mode=0o700, exist_ok=True)
        self.path.mkdir(mode=0o700, exist_ok=True)
        too_old = [place for place in self.path.parent.glob("*/*") if _came_at(place) < time.time() - self.kept_s]
        for place in too_old + sorted(self.path.glob("*"), key=_came_at)[: -self.kept_max + 1]:
            if place.is_dir():
                shutil.rmtree(place, ignore_errors=True)
            else:
                place.unlink(missing_ok=True)


def _came_at(place: Path) -> float:
    return place.stat().st_mtime
