"""Whose records an account may see, and which of their fields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from server.accounts import Account
from server.problems import ForbiddenError

# What an admin is never shown (docs/protocol.md, Entities).
PRIVATE_FIELDS = frozenset({"buyer_name"})


@dataclass(frozen=True)
class Viewer:
    """Who reads: an admin sees every co-operative (or the one asked for), everybody else the own one.

    `private` are the fields that an admin is not shown, and asked for by name this time.
    """

    account_id: str
    role: str
    coop_id: str | None
    private: frozenset[str] = frozenset()

    @classmethod
    def of(cls, account: Account, coop: str | None) -> Viewer:
        """Raises ForbiddenError when another co-operative than the own is asked for."""
        if account.role == "admin":
            return cls(account.id, account.role, coop)
        if coop is not None and coop != account.coop_id:
            raise ForbiddenError
        return cls(account.id, account.role, account.coop_id)

    @property
    def member(self) -> bool:
        return self.role == "member"

    def shown(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """These fields without what this viewer may not see, however deep a refused mutation hid it."""
        private = PRIVATE_FIELDS - self.private if self.role == "admin" else frozenset()
        return {
            name: self.shown(value) if isinstance(value, dict) else value
            for name, value in values.items()
            if name not in private
        }
