"""Files that never change, copied once into the folder of backups, and back from there when they are missing.

`<co-operative>.sha256` beside the folder of each says what was copied, as `sha256sum --check` reads it.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from server.photos.files import publish


@dataclass(frozen=True)
class Brought:
    """How many files came back, and which did not: they differ from their checksum."""

    files: int
    damaged: list[Path]


def sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def copy_missing(source: Path, target: Path, suffix: str) -> int:
    """Copy the whole files that the target lacks, with their checksums; how many. Nothing is ever overwritten."""
    copied = 0
    for owner in _owners(source):
        known = _checksums(target, owner)
        told = dict(known)
        for file in owner.glob(f"??/*.{suffix}"):
            name = str(file.relative_to(source))
            wanted = target / name
            if wanted.exists():
                told[name] = known.get(name) or sha256(wanted)  # copied before checksums were written
            else:
                told[name] = sha256(file)
                _copy(file, wanted)
                copied += 1
        if told != known:
            _write_checksums(target, owner, told)
    return copied


def bring_back(source: Path, target: Path, suffix: str) -> Brought:
    """Copy the files that the target lacks, but for those that differ from their checksum."""
    files, damaged = 0, []
    for owner in _owners(source):
        told = _checksums(source, owner)
        for file in owner.glob(f"??/*.{suffix}"):
            name = str(file.relative_to(source))
            if (target / name).exists():
                continue
            if name in told and told[name] != sha256(file):
                damaged.append(file)
                continue
            _copy(file, target / name)
            files += 1
    return Brought(files, damaged)


def _owners(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("*") if path.is_dir())


def _checksums(folder: Path, owner: Path) -> dict[str, str]:
    written = folder / f"{owner.name}.sha256"
    lines = written.read_text().splitlines() if written.exists() else []
    return {name: checksum for checksum, _, name in (line.partition("  ") for line in lines)}


def _write_checksums(folder: Path, owner: Path, told: dict[str, str]) -> None:
    written = folder / f"{owner.name}.sha256"
    unfinished = written.with_suffix(f".{os.getpid()}")
    unfinished.write_text("".join(f"{checksum}  {name}\n" for name, checksum in sorted(told.items())))
    publish(unfinished, written)


def _copy(file: Path, wanted: Path) -> None:
    wanted.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
    unfinished = wanted.with_suffix(f".{os.getpid()}")
    shutil.copyfile(file, unfinished)
    publish(unfinished, wanted)
