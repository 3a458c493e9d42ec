"""Making and editing co-operatives: kind, tax code, place."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from server import audit
from server.accounts import COOP_KINDS, Coop, clean_name, create_coop
from server.places.table import place_of
from server.problems import InvalidError

_tax_code = re.compile(r"([0-9]{10})(?:-?([0-9]{3}))?\Z", re.ASCII).match
# The tenth digit of an enterprise's tax code follows from the nine before it (as the tax office has made them since
# 1998): 10 minus the weighted sum modulo 11.
_WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)


def clean_tax_code(text: str) -> str:
    """`0106789123` or, of a branch, `0106789123-001`. Raises InvalidError: `invalid`, or `check_digit` for a slip."""
    found = _tax_code("".join(text.split()))
    if found is None or found[2] == "000":
        raise InvalidError(errors={"tax_code": ["invalid"]})
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, found[1], strict=False))
    if 10 - total % 11 != int(found[1][9]):
        raise InvalidError(errors={"tax_code": ["check_digit"]})
    return f"{found[1]}-{found[2]}" if found[2] else found[1]


def make_coop(session: Session, *, name: str, kind: str, commune_code: str, tax_code: str = "") -> Coop:
    """Raises InvalidError with `errors` per field."""
    coop = create_coop(
        session,
        name=clean_name(name),
        kind=kind,
        place=place_of(session, commune_code),
        tax_code=_free_tax_code(session, tax_code),
    )
    audit.record(session, "coops.create", coop_id=coop.id, subject=("coop", coop.id))
    return coop


def change_coop(session: Session, coop: Coop, given: dict[str, Any]) -> None:
    """Take what is given of name, kind, commune_code and tax_code ("" takes it away). Raises InvalidError."""
    if "name" in given:
        coop.name = clean_name(given["name"])
    if "kind" in given:
        if given["kind"] not in COOP_KINDS:
            raise InvalidError(errors={"kind": ["unknown"]})
        coop.kind = given["kind"]
    # The commune that it has may be one of an earlier list.
    if given.get("commune_code", coop.commune_code) != coop.commune_code:
        for name, value in vars(place_of(session, given["commune_code"])).items():
            setattr(coop, name, value)
    if "tax_code" in given:
        coop.tax_code = _free_tax_code(session, given["tax_code"], of=coop.id)
    session.flush()
    audit.record(session, "coops.change", coop_id=coop.id, subject=("coop", coop.id), details={"fields": sorted(given)})


def _free_tax_code(session: Session, text: str, *, of: str = "") -> str | None:
    if not text.strip():
        return None
    code = clean_tax_code(text)
    if session.scalar(select(Coop.id).where(Coop.tax_code == code, Coop.id != of)):
        raise InvalidError(errors={"tax_code": ["taken"]})
    return code
