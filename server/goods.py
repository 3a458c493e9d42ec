"""What is sold by which unit, so that sales can be compared: 1 yến is 10 kg, whoever wrote it how."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from server.text import fold

# Grams in a unit of mass; what is counted or poured is compared only with its own unit. Not folded: tá is a dozen.
_GRAMS = {
    "g": 1,
    "gam": 1,
    "gram": 1,
    "lạng": 100,
    "kg": 1000,
    "cân": 1000,
    "yến": 10_000,
    "tạ": 100_000,
    "tấn": 1_000_000,
}


@lru_cache(maxsize=256)
def measure(unit: str) -> tuple[str, int]:
    """What a unit is compared in, and how many of that make one: `yến` → `("g", 10000)`, `con` → `("con", 1)`."""
    name = unit.strip().lower()
    return ("g", _GRAMS[name]) if name in _GRAMS else (name, 1)


def goods_key(fields: Mapping[Any, Any]) -> str | None:
    """What tells goods apart: the folded name and what they are measured in. None while either is not known."""
    name, unit = fields.get("product_name"), fields.get("unit")
    if name is None or unit is None:
        return None
    return f"{' '.join(fold(name).split())}|{measure(unit)[0]}"
