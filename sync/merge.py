"""One mutation into one row. Pure: the row is not touched, what would change is returned.

Every rule here has its prose in docs/protocol.md (rules 5 and 7) and its vectors in tests/vectors/merge.json.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sync.mutation import Errors
from sync.rules import Entity, Kind


@dataclass(slots=True)
class Merge:
    """What a write does to a row: the values and stamps it changes, the last-writer fields that held another value
    (whether they conflict is for causality to say), and the errors that refuse it whole."""

    values: dict[str, Any] = field(default_factory=dict)
    stamps: dict[str, str] = field(default_factory=dict)
    contested: list[str] = field(default_factory=list)
    errors: Errors = field(default_factory=dict)


def _recorded_later(_: str) -> bool:
    return True


def merge(
    entity: Entity,
    fields: Mapping[str, Any],
    stamps: Mapping[str, str],
    values: Mapping[str, Any],
    eff: str,
    recorded_later: Callable[[str], bool] = _recorded_later,
) -> Merge:
    """Merge clean `values`, written at the effective stamp `eff`, into a row's `fields` and `stamps`.

    `recorded_later` decides between two different values of a field under one effective stamp. They are of one
    session (two writes of a clock years ahead, neither with a base), so the one recorded later wins.
    """
    result = Merge()
    for name, value in values.items():
        stored = stamps.get(name)
        if stored is None:
            result.values[name], result.stamps[name] = value, eff
            continue
        kind, same = entity.fields[name].kind, fields[name] == value
        if kind is Kind.LAST:
            _last(result, name, fields[name], stored, value, eff, recorded_later)
        elif not same:
            result.errors[name] = [kind.value]
    return result


def _last(
    result: Merge, name: str, held: Any, stored: str, value: Any, eff: str, recorded_later: Callable[[str], bool]
) -> None:
    """The greater effective stamp wins; equal values never conflict but the greater stamp is kept."""
    if held == value:
        if eff > stored:
            result.values[name], result.stamps[name] = value, eff
        return
    result.contested.append(name)
    if eff > stored or (eff == stored and recorded_later(name)):
        result.values[name], result.stamps[name] = value, eff
