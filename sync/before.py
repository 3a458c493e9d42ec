"""What a record counted for before a request: what follows from rows is kept up to date by differences."""

from dataclasses import dataclass
from typing import Any

from sync.rules import Record


@dataclass(frozen=True, slots=True)
class Before:
    """How a record stood when a request first looked at it."""

    complete: bool
    fp: int
    voided: bool
    replaces_id: str | None
    share: tuple[str, int] | None
    derived: dict[str, Any]

    @classmethod
    def of(cls, record: Record) -> "Before":
        voided, replaces_id = bool(record.fields.get("voided")), record.fields.get("replaces_id")
        return cls(record.complete, record.fp, voided, replaces_id, stock_share(record), dict(record.derived))


def stock_share(record: Record) -> tuple[str, int] | None:
    """What a record adds to a listing's stock: (listing id, thousandths of its unit, negative for a sale)."""
    listing_id = record.fields.get("listing_id")
    if not record.complete or listing_id is None or record.fields.get("voided"):
        return None
    if record.entity == "stock_entry":
        return listing_id, record.fields["quantity_milli"]
    if record.entity == "sale" and record.derived.get("counts"):
        return listing_id, -record.fields["quantity_milli"]
    return None
