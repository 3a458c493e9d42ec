"""Guessing passwords is slow: failed sign-ins are counted per account and per address.

Only failures count, and an address may have many: a whole commune sits behind one.
Counts live in each worker's memory.
"""

from __future__ import annotations

import time

from flask import Flask, current_app
from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from server.problems import RateLimitedError

PER_LOGIN = parse("10 per 15 minutes")
PER_ADDRESS = parse("300 per 15 minutes")


class SignInLimits:
    def __init__(self, app: Flask) -> None:
        self._window = MovingWindowRateLimiter(MemoryStorage())
        app.extensions["sign_in_limits"] = self

    def check(self, address: str, login: str | None = None) -> None:
        """Raises RateLimitedError when too many attempts failed."""
        for limit, key in self._counted(address, login):
            if not self._window.test(limit, key):
                free_at_s = self._window.get_window_stats(limit, key).reset_time
                raise RateLimitedError(retry_after_s=max(1, round(free_at_s - time.time())))

    def count_failure(self, address: str, login: str | None = None) -> None:
        for limit, key in self._counted(address, login):
            self._window.hit(limit, key)

    @staticmethod
    def _counted(address: str, login: str | None) -> list[tuple[RateLimitItem, str]]:
        counted = [(PER_ADDRESS, f"address {address}")]
        return counted if login is None else [(PER_LOGIN, f"login {login}"), *counted]


def sign_in_limits() -> SignInLimits:
    found: SignInLimits = current_app.extensions["sign_in_limits"]
    return found
