"""Settings, all from the environment. `docs/operating.md` has the table."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

VERSION = "0.1.0"
ROOT = Path(__file__).resolve().parent
SECRET_KEY_CHARACTERS_MIN = 32


class ConfigError(Exception):
    """The server must not start like this; the message says what to set."""

    code = "config"


@dataclass(frozen=True)
class Settings:
    secret_key: str
    data_dir: Path
    database_url: str
    demo: bool = False
    """`make run`: known passwords, so it serves demo databases only. Production serves no demo."""
    proxies: int = 0
    """How many reverse proxies in front set X-Forwarded-For, -Proto and -Host."""
    app_dir: Path = ROOT / "pwa" / "dist"
    """The built web app."""
    photo_bucket: str = ""
    """The S3 bucket that keeps photos and recorded sentences; without it `data_dir` does."""
    detection: bool = True
    """Ask about amounts unlike all others and about sales that may be written down twice."""

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> Settings:
        """Raises ConfigError when something needed is missing or makes no sense."""
        demo = environ.get("DEMO") == "1"
        data_dir = Path(environ.get("DATA_DIR") or ROOT / "var").expanduser().resolve()
        try:
            data_dir.mkdir(mode=0o750, parents=True, exist_ok=True)
        except OSError as error:
            raise ConfigError(f"DATA_DIR {data_dir} cannot be used: {error.strerror}") from error
        return cls(
            secret_key=_secret_key(environ.get("SECRET_KEY", ""), data_dir, demo),
            data_dir=data_dir,
            database_url=_database_url(environ.get("DATABASE_URL", ""), data_dir),
            demo=demo,
            proxies=_count(environ, "TRUSTED_PROXIES"),
            photo_bucket=_bucket(environ.get("PHOTO_BUCKET", "")),
            detection=environ.get("DETECTION") != "0",
        )


def _secret_key(given: str, data_dir: Path, demo: bool) -> str:
    if demo and not given:
        return _kept_secret(data_dir / "secret")
    if not given:
        raise ConfigError(
            "SECRET_KEY is not set. Make one with: python3 -c 'import secrets; print(secrets.token_urlsafe(48))'"
        )
    if len(given) < SECRET_KEY_CHARACTERS_MIN:
        raise ConfigError(f"SECRET_KEY is shorter than {SECRET_KEY_CHARACTERS_MIN} characters.")
    return given


def _kept_secret(path: Path) -> str:
    """A demo's own random secret, so that its tokens outlive a restart."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        kept = path.read_text().strip()
        if len(kept) < SECRET_KEY_CHARACTERS_MIN:
            raise ConfigError(f"{path} is damaged: delete it and start again.") from None
        return kept
    with os.fdopen(handle, "w") as file:
        secret = secrets.token_urlsafe(48)
        file.write(secret)
    return secret


def _database_url(given: str, data_dir: Path) -> str:
    if not given:
        return f"sqlite:///{data_dir / 'chophien.db'}"
    scheme, _, rest = given.partition("://")
    # The names that hosts give to PostgreSQL addresses; the driver is psycopg 3.
    return f"postgresql+psycopg://{rest}" if scheme in ("postgres", "postgresql") else given


def _bucket(given: str) -> str:
    if given and not re.fullmatch(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]", given):
        raise ConfigError(f"PHOTO_BUCKET must be a bucket's name, not {given!r}: AWS_ENDPOINT_URL_S3 says where it is.")
    return given


def _count(environ: Mapping[str, str], name: str) -> int:
    given = environ.get(name, "0")
    if not given.isdecimal():
        raise ConfigError(f"{name} must be a number, not {given!r}.")
    return int(given)
