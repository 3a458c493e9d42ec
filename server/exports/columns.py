"""Which columns an exported list has: the entity's own fields, in the words and units of people."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from server.entities import DEFINITIONS
from server.entities.values import Choice
from server.viewer import Viewer

# What is in no export unless an admin asks for it by name.
PRIVATE = ("buyer_name", "phone", "ethnic_group")
# Ids and addresses that say nothing to people; a member is named beside its id.
_UNSHOWN = frozenset({"member_id", "listing_id", "replaces_id", "batch_id", "photo"})
_FIRST = ("sold_at", "paid_at", "told_at", "member_name", "name", "product_name")
_DERIVED = {"sale": ("counts",), "listing": ("left_milli",)}
_FREE = frozenset(
    ("note", "description", "approval_note", "review_note", "void_reason", "text", "answer", "title", "body")
)
# A number that can be dialled, as people write it in a note.
_PHONE = re.compile(r"(?<!\d)(?:\+?84|0)(?:[ .-]?\d){8,10}(?!\d)")


@dataclass(frozen=True)
class Column:
    """`kind`: money (đồng), milli (thousandths), number, instant, day, word (a code), flag or text."""

    field: str
    kind: str


def columns_of(entity: str, viewer: Viewer) -> list[Column]:
    """The columns of a list of records, for whoever reads it."""
    fields = DEFINITIONS[entity].fields
    names = [name for name in fields if name not in _UNSHOWN and (name not in PRIVATE or name in viewer.private)]
    if "member_id" in fields:
        names.append("member_name")
    if entity == "member":
        names += ["last_sync_at", *(name for name in ("phone", "ethnic_group") if name in viewer.private)]
    names += _DERIVED.get(entity, ())
    names.sort(key=lambda name: _FIRST.index(name) if name in _FIRST else len(_FIRST))
    if viewer.coop_id is None:
        names.append("coop_name")
    return [Column(name, "word" if _is_code(entity, name) else kind_of(name)) for name in (*names, "id")]


def _is_code(entity: str, name: str) -> bool:
    field = DEFINITIONS[entity].fields.get(name)
    return name == "void_reason" or (field is not None and isinstance(field.value, Choice))


def kind_of(field: str) -> str:
    """What a field holds, by its name: units come last in names."""
    for suffix, kind in (("_vnd", "money"), ("_milli", "milli"), ("_at", "instant"), ("_on", "day")):
        if field.endswith(suffix):
            return kind
    if field in ("day", "week"):
        return "day"
    if field in ("count", "waiting", "late_days", "late_days_max", "open_reviews", "members", "sales"):
        return "number"
    if field in ("kind", "reason"):
        return "word"
    return "flag" if field in ("counts", "settled", "voided", "withdrawn", "active") else "text"


def without_private(item: Mapping[str, Any], viewer: Viewer) -> dict[str, Any]:
    """The record without the fields that were not asked for, however deep, and without phone numbers in its texts."""
    shown = {name: value for name, value in item.items() if name not in PRIVATE or name in viewer.private}
    for name, value in shown.items():
        if isinstance(value, dict):
            shown[name] = without_private(value, viewer)
        elif isinstance(value, list):
            shown[name] = [without_private(one, viewer) if isinstance(one, dict) else one for one in value]
        elif name in _FREE and isinstance(value, str) and "phone" not in viewer.private:
            shown[name] = _PHONE.sub("•••", value)
    return shown
