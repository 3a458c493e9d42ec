"""`flask photos`: moving photos and recorded sentences to a bucket or back, looking them over, clearing away."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from flask.cli import with_appcontext

from config import ConfigError
from server.blobs.blob import BlobStore
from server.blobs.folder import FolderStore
from server.blobs.stores import SUFFIXES, bucket_of, folder_of, store_of
from server.command import Command
from server.copies import compare
from server.front_door import settings
from server.sweep import sweep


@click.group()
def photos() -> None:
    """The files of photos and of recorded sentences."""


@photos.command("copy", cls=Command)
@click.option("--to", type=click.Choice(["bucket", "folder"]), required=True)
@click.option("--delete", is_flag=True, help="Also delete where it came from what is read there as it was here.")
@with_appcontext
def copy(to: str, delete: bool) -> None:
    """Copy what is missing from DATA_DIR into the bucket (PHOTO_BUCKET), or back. Stopped halfway, run it again."""
    if not settings().photo_bucket:
        raise ConfigError("PHOTO_BUCKET is not set.")
    for kind in SUFFIXES:
        folder, bucket = folder_of(kind), bucket_of(kind)
        if to == "bucket":
            _copy_kind(kind, folder, bucket, delete=delete)
        else:
            _copy_kind(kind, bucket, folder, delete=delete)


def _copy_kind(kind: str, source: BlobStore, target: BlobStore, *, delete: bool) -> None:
    copied = deleted = 0
    owners = [(owner, [blob.name for blob in source.blobs(owner)]) for owner in source.owners()]
    files = sum(len(names) for _, names in owners)
    with click.progressbar(length=files, label=kind, file=sys.stderr) as bar:
        for owner, names in owners:
            there = {blob.name for blob in target.blobs(owner)}
            for name in names:
                content = source.read(name) if delete or name not in there else None
                if content is not None and name not in there:
                    target.write(name, content)
                    copied += 1
                if delete and content is not None and target.read(name) == content:
                    source.remove(name)
                    deleted += 1
                bar.update(1)
    left = f", {deleted} deleted where they were" if delete else ""
    click.echo(f"{kind}: {files} files, {copied} copied{left}.")


@photos.command("verify", cls=Command)
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), required=False)
@with_appcontext
def verify(folder: Path | None) -> None:
    """Read every file and compare it with the checksums in FOLDER of backups (DATA_DIR/backup)."""
    copies = folder or settings().data_dir / "backup"
    damaged = []
    for kind, suffix in SUFFIXES.items():
        compared = compare(store_of(kind), FolderStore(copies / kind), suffix)
        click.echo(f"{kind}: {compared.blobs} files read, {len(compared.damaged)} damaged.")
        damaged += [f"{kind}/{name}" for name in compared.damaged]
    if damaged:
        raise click.ClickException("\n".join(["Damaged:", *damaged]))


@photos.command("sweep", cls=Command)
@with_appcontext
def sweep_files() -> None:
    """Delete photos that no record names and sentences that no pack names after 90 days, and what is unfinished after
    14. Each backup does it too."""
    clear_away()


def clear_away() -> None:
    swept = sweep()
    said = f"{swept.photos} unnamed photos, {swept.clips} unnamed clips, {swept.unfinished} unfinished"
    click.echo(f"Cleared away: {said}.", err=True)
