"""Making a file while whoever asked for it looks on: one JSON line for each step, the last one names the file."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy.orm import Session

from server import audit
from server.database import reading, writing
from server.exports.kept import KeptFiles
from server.exports.province import write_province
from server.exports.source import Source
from server.exports.writers import WRITERS
from server.lists import HANOI
from server.viewer import Viewer


@dataclass(frozen=True)
class Wanted:
    """`what` names the file, `open` gives what it holds; `format` csv, xlsx, json, or sqlite for all merged data."""

    what: str
    format: str
    language: str
    viewer: Viewer
    open: Callable[[Session], Source] | None


def make(kept: KeptFiles, wanted: Wanted) -> Generator[bytes, None, None]:
    """`{rows, total}` again and again, at last `{rows, total, file, name, bytes}`.

    All is read in one snapshot, which does not wait for whoever downloads: that is done with the finished file.
    Closing the iterator cancels, and leaves nothing.
    """
    day = datetime.now(HANOI).date().isoformat()
    name = f"cho-phien-{wanted.what}-{day}.{'db' if wanted.format == 'sqlite' else wanted.format}"
    with kept.making(name) as (id, path):
        rows = 0
        for rows, total in _write(path, wanted):
            yield _line(rows=rows, total=total)
        with writing() as session:
            details = {"format": wanted.format, "rows": rows, "private": sorted(wanted.viewer.private)}
            audit.record(session, f"exports.{wanted.what}", coop_id=wanted.viewer.coop_id, details=details)
        size = path.stat().st_size
    yield _line(rows=rows, total=rows, file=id, name=name, bytes=size)


def _write(path: Path, wanted: Wanted) -> Iterator[tuple[int, int]]:
    with reading() as session:
        if wanted.open is None:
            yield from write_province(session, path, wanted.viewer)
            return
        source = wanted.open(session)
        yield 0, source.total
        writer = WRITERS[wanted.format](path, source.columns, wanted.language)
        rows = 0
        try:
            for some in source.rows:
                for row in some:
                    writer.add(row)
                rows += len(some)
                yield rows, source.total
        finally:
            writer.close()


def _line(**said: Any) -> bytes:
    return orjson.dumps(said) + b"\n"
