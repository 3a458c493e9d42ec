"""Commands for whoever runs the server: `flask --help`."""

from __future__ import annotations

from pathlib import Path

import click
from flask import Flask
from flask.cli import with_appcontext
from sqlalchemy import inspect
from sqlalchemy.orm import Session

from config import ConfigError
from server import audit, migrating, tokens
from server.accounts import COOP_KINDS, ROLES, STATUSES, Account, Coop, create_account, find_by_login, set_account
from server.backup import backup
from server.board.commands import reckon_prices
from server.command import Command
from server.coops import make_coop
from server.database import db, reading, writing
from server.front_door import (
    Setting,
    check_may_be_demo,
    demo_is_filled,
    is_demo,
    mark_demo,
    set_demo_filled,
    settings,
)
from server.membership import enter_member, move_member
from server.passwords import hash_password
from server.photos.commands import clear_away, photos
from server.places.commands import places
from server.problems import InvalidError
from server.replicas import phones_of
from server.restore import restore
from sync.review import instant

ACCOUNTS_OF_A_DEMO = """\
  who               phone                    password
  admin             0900000001               chophien-demo
  managers          0900000002, 0900000003   chophien-demo
  members, co-op 1  0900000011 - 0900000020  chophien-demo
  members, co-op 2  0900000021 - 0900000030  chophien-demo"""

phone_option = click.option("--phone", prompt="Phone number")
name_option = click.option("--name", prompt="Name")
login_option = click.option("--login", prompt="Phone number or member code")
password_option = click.option("--password", prompt=True, hide_input=True, confirmation_prompt=True)


def register(app: Flask) -> None:
    accounts = (add_admin, add_coop, add_account, set_password, change_account, revoke_phone)
    for command in (*accounts, places, load_demo, make_backup, restore_backup, photos, reckon_prices):
        app.cli.add_command(command)
    if click.get_current_context(silent=True):  # a server that only serves need not wait for Alembic
        migrating.register(app)


@click.command("create-admin", cls=Command)
@phone_option
@name_option
@password_option
@with_appcontext
def add_admin(phone: str, name: str, password: str) -> None:
    """Make an account that sees every co-operative."""
    with writing() as session:
        _refuse_demo(session)
        account = create_account(session, name=name, role="admin", coop_id=None, phone=phone, password=password)
        _note(session, account, "accounts.create")
    click.echo(f"Made. Sign in with {phone}.")


@click.command("create-coop", cls=Command)
@name_option
@click.option("--kind", type=click.Choice(COOP_KINDS), default="cooperative")
@click.option("--tax-code", default="", help="Ten digits, a hyphen and three more for a branch.")
@click.option("--commune", "commune_code", prompt="Code of the commune (flask places find NAME)")
@with_appcontext
def add_coop(name: str, kind: str, tax_code: str, commune_code: str) -> None:
    """Make a co-operative; prints its id."""
    with writing() as session:
        _refuse_demo(session)
        coop = make_coop(session, name=name, kind=kind, commune_code=commune_code, tax_code=tax_code)
    click.echo(coop.id)


@click.command("create-account", cls=Command)
@click.option("--role", type=click.Choice(["member", "manager"]), prompt=True)
@click.option("--coop", "coop_id", prompt="Id of the co-operative")
@click.option("--phone", default=None, help="Leave out to sign in by member code.")
@name_option
@password_option
@with_appcontext
def add_account(role: str, coop_id: str, phone: str | None, name: str, password: str) -> None:
    """Make an account of a co-operative with its member record; prints the member code."""
    with writing() as session:
        _refuse_demo(session)
        if session.get(Coop, coop_id) is None:
            raise InvalidError(errors={"coop": ["unknown"]})
        account = create_account(session, name=name, role=role, coop_id=coop_id, phone=phone, password=password)
        enter_member(session, account)
        _note(session, account, "accounts.create")
    click.echo(f"Made. Member code {account.member_code}")


@click.command("set-password", cls=Command)
@login_option
@password_option
@with_appcontext
def set_password(login: str, password: str) -> None:
    """Give an account a new password; every phone of it must sign in again."""
    with writing() as session:
        account = _found(session, login)
        account.password_hash = hash_password(password)
        tokens.revoke_account(session, account.id)
        _note(session, account, "accounts.password")
    click.echo("Set.")


@click.command("set-account", cls=Command)
@login_option
@click.option("--status", type=click.Choice(STATUSES), help="A disabled account neither reads nor writes.")
@click.option("--role", type=click.Choice(ROLES))
@click.option("--coop", "coop_id", help="Id of the co-operative to move it to, or back.")
@with_appcontext
def change_account(login: str, status: str | None, role: str | None, coop_id: str | None) -> None:
    """Disable or enable an account, change its role, move it. What its phones still hold arrives all the same."""
    with writing() as session:
        account = _found(session, login)
        left = account.coop_id
        set_account(session, account, status=status, role=role, coop_id=coop_id)
        move_member(session, account, left)
        _note(session, account, "accounts.change")
        coop = session.get(Coop, account.coop_id) if account.coop_id else None
    click.echo(f"{account.name}: {account.role}, {account.status}{f', {coop.name}' if coop else ''}")


@click.command("revoke-phone", cls=Command)
@login_option
@click.option("--phone", "replica_id", help="Which; without it the account's phones are listed.")
@with_appcontext
def revoke_phone(login: str, replica_id: str | None) -> None:
    """End the sign-ins of a lost phone; the account's other phones stay signed in."""
    with writing() as session:
        account = _found(session, login)
        phones = {phone.id: phone for phone in phones_of(session, account)}
        if replica_id is not None:
            if replica_id not in phones:
                raise InvalidError(errors={"phone": ["unknown"]})
            tokens.revoke_phone(session, phones[replica_id])
            _note(session, account, "phones.revoke")
    if replica_id is not None:
        click.echo("Revoked.")
        return
    for phone in phones.values():
        synced_ms = phone.last_sync_at_ms
        click.echo(f"{phone.id}  {'last sync ' + instant(synced_ms) if synced_ms else 'never synced'}")


@click.command("demo", cls=Command)
@click.option("--sales", envvar="DEMO_SALES", type=click.IntRange(0), default=5000, help="Over both co-operatives.")
@with_appcontext
def load_demo(sales: int) -> None:
    """Migrate, mark and fill a demo's database; refuses one with real accounts."""
    if not settings().demo:
        raise ConfigError("A demo is started with DEMO=1 (`make run` does so).")
    if inspect(db.engine).has_table(Setting.__tablename__):
        with reading() as session:
            check_may_be_demo(session)
    migrating.upgrade()
    with writing() as session:
        mark_demo(session)
        filled = demo_is_filled(session)
    if not filled:
        from server import demo  # only a demo needs it, with its names and goods

        click.echo("Making the demo's data ...")
        demo.load(sales=sales)
        with writing() as session:
            set_demo_filled(session)
    click.echo(f"\nAccounts of this demo:\n\n{ACCOUNTS_OF_A_DEMO}")


@click.command("backup", cls=Command)
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), required=False)
@click.option("--keep", type=click.IntRange(1), help="Leave only so many, the newest, in the folder.")
@with_appcontext
def make_backup(folder: Path | None, keep: int | None) -> None:
    """Back up into a new file of FOLDER (DATA_DIR/backup), while the server runs; prints its path."""
    made = backup(folder or settings().data_dir / "backup", keep)
    click.echo(made.path)
    click.echo(f"Verified: {_counted(made.counts)}.", err=True)
    click.echo(f"New files of photos: {made.photos}.", err=True)
    clear_away()


@click.command("restore", cls=Command)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--older", is_flag=True, help="Also when a newer backup holds what phones may have forgotten.")
@with_appcontext
def restore_backup(file: Path, older: bool) -> None:
    """Put the backup FILE in the place of the database. Phones then bring back what was recorded since."""
    restored = restore(file, older=older)
    if restored.moved_to is not None:
        click.echo(f"The database could not be read; it lies in {restored.moved_to}.")
    click.echo(f"Restored: {_counted(restored.counts)}.")
    for damaged in restored.damaged:
        click.echo(f"Damaged, and left out: {damaged}", err=True)


def _counted(counts: dict[str, int]) -> str:
    return ", ".join(f"{count} {name}" for name, count in counts.items())


def _found(session: Session, login: str) -> Account:
    account = find_by_login(session, login)
    if account is None:
        raise InvalidError(errors={"login": ["unknown"]})
    return account


def _note(session: Session, account: Account, action: str) -> None:
    audit.record(session, action, coop_id=account.coop_id, subject=("account", account.id))


def _refuse_demo(session: Session) -> None:
    if is_demo(session):
        raise ConfigError("This database is a demo's: real accounts do not belong in it.")
