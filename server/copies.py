"""Blobs, which never change, copied once into the folder of backups, and back from there when they are missing.

`<owner>.sha256` beside the folder of each owner says what was copied, as `sha256sum --check` reads it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from server.blobs.blob import BlobStore
from server.blobs.folder import FolderStore, write_whole


@dataclass(frozen=True)
class Brought:
    """How many files came back, and which did not: they differ from their checksum."""

    files: int
    damaged: list[Path]


@dataclass(frozen=True)
class Compared:
    """How many blobs were read, and the names of those that cannot be or differ from what was copied."""

    blobs: int
    damaged: list[str]


def sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def copy_missing(source: BlobStore, target: FolderStore, suffix: str) -> int:
    """Copy what the target lacks, with checksums; how many. Nothing is ever overwritten. Raises UnavailableError."""
    copied = 0
    for owner in source.owners():
        known = _checksums(target, owner)
        told = dict(known)
        for name in _names(source, owner, suffix):
            if target.has(name):
                told[name] = known.get(name) or sha256(target.path(name))  # copied before checksums were written
            elif (content := source.read(name)) is not None:
                told[name] = hashlib.sha256(content).hexdigest()
                target.write(name, content)
                copied += 1
        if told != known:
            _write_checksums(target, owner, told)
    return copied


def bring_back(source: FolderStore, target: BlobStore, suffix: str) -> Brought:
    """Copy what the target lacks, but for what differs from its checksum. Raises UnavailableError."""
    files, damaged = 0, []
    for owner in source.owners():
        told = _checksums(source, owner)
        there = set(_names(target, owner, suffix))
        for name in _names(source, owner, suffix):
            if name in there:
                continue
            content = source.path(name).read_bytes()
            if told.get(name) not in (None, hashlib.sha256(content).hexdigest()):
                damaged.append(source.path(name))
                continue
            target.write(name, content)
            files += 1
    return Brought(files, damaged)


def compare(store: BlobStore, copies: FolderStore, suffix: str) -> Compared:
    """Read everything anew and compare it with the checksums of the copies. Raises UnavailableError."""
    blobs, damaged = 0, []
    for owner in store.owners():
        told = _checksums(copies, owner)
        for name in _names(store, owner, suffix):
            content = store.read(name)
            blobs += 1
            if content is None or told.get(name) not in (None, hashlib.sha256(content).hexdigest()):
                damaged.append(name)
    return Compared(blobs, damaged)


def forget(copies: FolderStore, owner: str, names: Collection[str]) -> None:
    """Delete these copies, and what is said of them."""
    told = _checksums(copies, owner)
    left = {name: checksum for name, checksum in told.items() if name not in names}
    if left != told:
        _write_checksums(copies, owner, left)
    for name in names:
        copies.remove(name)


def _names(store: BlobStore, owner: str, suffix: str) -> list[str]:
    return [blob.name for blob in store.blobs(owner) if blob.name.endswith(suffix)]


def _checksums(copies: FolderStore, owner: str) -> dict[str, str]:
    written = copies.path(f"{owner}.sha256")
    lines = written.read_text().splitlines() if written.exists() else []
    return {name: checksum for checksum, _, name in (line.partition("  ") for line in lines)}


def _write_checksums(copies: FolderStore, owner: str, told: dict[str, str]) -> None:
    text = "".join(f"{checksum}  {name}\n" for name, checksum in sorted(told.items()))
    write_whole(copies.path(f"{owner}.sha256"), text.encode())
