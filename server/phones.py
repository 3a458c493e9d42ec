"""What a phone says of itself with a sync, for whoever helps its person: never a reason to refuse the sync."""

from __future__ import annotations

import re
from typing import Any

from server.database import now_ms
from server.replicas import Replica

UNSENT_MAX = 10**9
# Fifty years: as wrong as a phone's clock can be.
CLOCK_ERROR_MS_MAX = 50 * 366 * 86_400_000
VERSION_CHARACTERS_MAX = 40

_printable = re.compile(r"[ -~]+\Z").match


def told_values(told: object) -> dict[str, Any]:
    """What to keep of a sync request's `{app_version, unsent, clock_error_ms}`; what is no such value is left out."""
    if not isinstance(told, dict):
        return {}
    version = told.get("app_version")
    return {
        "told_at_ms": now_ms(),
        "app_version": version[:VERSION_CHARACTERS_MAX] if isinstance(version, str) and _printable(version) else None,
        "unsent": _whole(told.get("unsent"), 0, UNSENT_MAX),
        "clock_error_ms": _whole(told.get("clock_error_ms"), -CLOCK_ERROR_MS_MAX, CLOCK_ERROR_MS_MAX),
    }


def is_news(replica: Replica, told: object) -> bool:
    """Whether staff would read something else: all was sent now, another version runs."""
    values = told_values(told)
    return any(values.get(name) != getattr(replica, name) for name in ("app_version", "unsent") if values)


def _whole(value: Any, least: int, most: int) -> int | None:
    return value if type(value) is int and least <= value <= most else None
