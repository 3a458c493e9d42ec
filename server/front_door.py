"""What a database is for: a demo with known passwords, or real accounts. The two never meet."""

from __future__ import annotations

from flask import Flask, current_app
from sqlalchemy import String, inspect, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from config import ConfigError, Settings
from server.accounts import Account
from server.database import Base, db, reading

DEMO_EMPTY, DEMO_FILLED = "empty", "filled"


class Setting(Base):
    """A fact about this database that must travel with it."""

    __tablename__ = "setting"

    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[str] = mapped_column(String(200))


def settings() -> Settings:
    """The settings that this app was made with."""
    found: Settings = current_app.extensions["settings"]
    return found


def check_may_be_demo(session: Session) -> None:
    """Raises ConfigError when the database has real accounts."""
    if has_accounts(session) and not is_demo(session):
        raise ConfigError("This database is not a demo's: it has accounts. Use another DATA_DIR or DATABASE_URL.")


def mark_demo(session: Session) -> None:
    """Mark an unused database as a demo's. Raises ConfigError when it has real accounts."""
    check_may_be_demo(session)
    if not is_demo(session):
        session.add(Setting(key="demo", value=DEMO_EMPTY))


def demo_is_filled(session: Session) -> bool:
    """Raises ConfigError when filling it was interrupted: half a season would look like a whole one."""
    filled = session.get_one(Setting, "demo").value == DEMO_FILLED
    if not filled and has_accounts(session):
        raise ConfigError("Filling this demo was interrupted. Delete its database and start again.")
    return filled


def set_demo_filled(session: Session) -> None:
    session.get_one(Setting, "demo").value = DEMO_FILLED


def is_demo(session: Session) -> bool:
    return session.get(Setting, "demo") is not None


def has_accounts(session: Session) -> bool:
    return session.scalar(select(Account.id).limit(1)) is not None


def check_database(app: Flask) -> None:
    """Raises ConfigError unless this server may serve this database."""
    with app.app_context():
        _check_tables_and_mark()
        db.engine.dispose()  # gunicorn forks after this: workers must not share a connection


def _check_tables_and_mark() -> None:
    if not inspect(db.engine).has_table(Setting.__tablename__):
        raise ConfigError("The database has no tables yet. Run: flask db upgrade")
    with reading() as session:
        if is_demo(session) == settings().demo:
            return
    if settings().demo:
        raise ConfigError("This database is not a demo's, and a demo's passwords are known to everyone.")
    raise ConfigError("This database is a demo's: its passwords are known to everyone. Production needs its own.")
