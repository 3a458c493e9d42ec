"""`flask places`: looking a place up, and loading a newer list."""

from __future__ import annotations

from pathlib import Path

import click
from flask.cli import with_appcontext

from server.command import Command
from server.database import reading, writing
from server.places import loading
from server.places.table import find


@click.group()
def places() -> None:
    """The official list of provinces and communes."""


@places.command("find", cls=Command)
@click.argument("text")
@with_appcontext
def find_place(text: str) -> None:
    """Communes by name, with their code and province."""
    with reading() as session:
        for place in find(session, text, limit=20):
            click.echo(f"{place['code']}  {place['name']}, {place['province_name']}")


@places.command("load", cls=Command)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--dry-run", is_flag=True, help="Only say what would change.")
@with_appcontext
def load_places(file: Path, dry_run: bool) -> None:
    """Put the list FILE in force (CSV: code, name, province_code). What it lacks stays for old records."""
    listed = loading.read_list(file.read_text())
    with reading() if dry_run else writing() as session:
        found = loading.compare(session, listed) if dry_run else loading.load(session, listed)
    shown = found.as_shown()
    for word in ("added", "changed", "retired"):
        for place in shown[word]:
            click.echo(f"{word}: {place['code']} {place['name']}")
    for coop in shown["homeless"]:
        click.echo(f"now off the list, to be given another commune: {coop['name']} ({coop['code']})")
    told = ", ".join(f"{shown[f'{word}_count']} {word}" for word in ("added", "changed", "retired"))
    click.echo(f"{shown['provinces']} provinces, {shown['communes']} communes: {told}{'' if dry_run else '. Loaded.'}")
