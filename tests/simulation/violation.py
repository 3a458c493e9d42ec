"""A promise that was broken."""

from typing import Any


class ViolationError(AssertionError):
    """A promise was broken; the message says which and by what."""


def require(holds: bool, what: str, *about: Any) -> None:
    if not holds:
        raise ViolationError(f"{what}: {' '.join(map(str, about))}")
