"""Passwords, kept as argon2 hashes alone."""

from __future__ import annotations

import base64
import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.low_level import ARGON2_VERSION

from server.problems import InvalidError

PASSWORD_CHARACTERS_MIN = 8
PASSWORD_CHARACTERS_MAX = 200

# OWASP's second choice: 19 MiB and one thread, so that a commune's small server stands a rush.
_hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)


def _hash_of_nobody() -> str:
    """Of no password, with the same costs: drawn, since reckoning one is work that every start would wait for."""
    drawn = (secrets.token_bytes(length) for length in (_hasher.salt_len, _hasher.hash_len))
    salt, digest = (base64.b64encode(some).decode().rstrip("=") for some in drawn)
    costs = f"m={_hasher.memory_cost},t={_hasher.time_cost},p={_hasher.parallelism}"
    return f"$argon2id$v={ARGON2_VERSION}${costs}${salt}${digest}"


# Verified for accounts that do not exist, so that an answer's time tells nothing.
_nobody_hash = _hash_of_nobody()


def hash_password(password: str) -> str:
    """Raises InvalidError when it is too short or too long."""
    if len(password) < PASSWORD_CHARACTERS_MIN:
        raise InvalidError(errors={"password": ["too_short"]})
    if len(password) > PASSWORD_CHARACTERS_MAX:
        raise InvalidError(errors={"password": ["too_long"]})
    return _hasher.hash(password.encode("utf-8", "surrogatepass"))


def unknown_password() -> str:
    """The hash of a password that nobody knows: its account is entered by a one-time code first."""
    return hash_password(secrets.token_urlsafe())


def matches(password_hash: str | None, password: str) -> bool:
    """Takes the same work whether there is an account (None: there is not) or not."""
    try:
        _hasher.verify(
            password_hash or _nobody_hash, password[:PASSWORD_CHARACTERS_MAX].encode("utf-8", "surrogatepass")
        )
    except (VerificationError, InvalidHashError):
        return False
    return password_hash is not None
