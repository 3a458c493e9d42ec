"""Which row holds the headings, and what each column is: by the many ways in which people name them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from server.imports.sheet import Cell, Sheet
from server.imports.spellings import SPELLINGS, UNKEPT
from server.text import fold

LOOKED_AT = 30

REQUIRED = {"sale": ("sold_on", "product_name", "quantity"), "member": ("name",)}


@dataclass(frozen=True)
class Headings:
    """`row` is the last row of the headings (from 1); `fields[i]` what column i is, None for what is not taken."""

    row: int
    texts: list[str]
    fields: list[str | None]
    unkept: dict[int, str]


def plain(cell: Cell) -> str:
    """Letters and digits of a cell, folded."""
    return " ".join(re.findall(r"[a-z0-9#]+", fold(str(cell)))) if cell is not None else ""


def find_headings(sheet: Sheet, entity: str, row: int | None = None) -> Headings:
    """The row whose cells are best known as headings, with a second row of them below it; or the row that is given."""
    if row is None:
        scores = [(_score(cells, entity), -place) for place, cells in enumerate(sheet.rows[:LOOKED_AT])]
        row = 1 - max(scores)[1]
    cells = sheet.rows[row - 1] if row <= len(sheet.rows) else []
    texts = [str(cell) if cell is not None else "" for cell in cells]
    below = sheet.rows[row] if row < len(sheet.rows) else []
    if _is_second_row(cells, below, entity):
        texts = [_joined(above, under) for above, under in _paired(texts, below)]
        row += 1
    return Headings(row, texts, *_guess(texts, entity))


def _score(cells: Sequence[Cell], entity: str) -> int:
    found = {field for field in (known_as(str(cell), entity) for cell in cells if isinstance(cell, str)) if field}
    return len(found)


def _is_second_row(cells: Sequence[Cell], below: Sequence[Cell], entity: str) -> bool:
    """Headings under a heading that spans several columns: words alone, and known under what is empty or unknown."""
    if not below or any(isinstance(cell, int | float) for cell in below):
        return False
    new = [c for place, c in enumerate(below) if isinstance(c, str) and known_as(c, entity)]
    open_places = [
        place for place in range(len(below)) if place >= len(cells) or not known_as(str(cells[place] or ""), entity)
    ]
    return bool(new) and all(
        below[p] is None or p in open_places or known_as(str(below[p]), entity) for p in range(len(below))
    )


def _paired(texts: list[str], below: Sequence[Cell]) -> list[tuple[str, str]]:
    width = max(len(texts), len(below))
    above = texts + [""] * (width - len(texts))
    under = [str(cell) if cell is not None else "" for cell in below] + [""] * (width - len(below))
    return list(zip(above, under, strict=True))


def _joined(above: str, under: str) -> str:
    return under if under and (not above or under != above) else above


def _guess(texts: Sequence[str], entity: str) -> tuple[list[str | None], dict[int, str]]:
    fields: list[str | None] = []
    unkept: dict[int, str] = {}
    for place, text in enumerate(texts):
        field = known_as(text, entity)
        seen = next((name for name, spellings in UNKEPT.items() if plain(text) in spellings), None)
        if seen is not None and (field is None or (field == "total_vnd" and place == 0)):
            unkept[place], field = seen, None
        fields.append(field if field not in fields else None)
    return fields, unkept


def known_as(text: str, entity: str) -> str | None:
    """The field that a heading means. Brackets say a unit (`Đơn giá (đồng/kg)`), so they are left out."""
    said = plain(re.sub(r"[(\[].*", "", text)) or plain(text)
    if not said or len(said) > 60:
        return None
    for field, spellings in SPELLINGS[entity].items():
        if said in spellings:
            return field
    begun = [
        (len(spelling), field)
        for field, spellings in SPELLINGS[entity].items()
        for spelling in spellings
        if len(spelling) > 3 and said.startswith(spelling + " ")
    ]
    return max(begun)[1] if begun else None
