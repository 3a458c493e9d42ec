"""Co-operatives and accounts, and the logins by which accounts are found. Reference tables, not synced."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass

import phonenumbers
from marshmallow import ValidationError
from sqlalchemy import ForeignKey, String, Text, event, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from server.database import Base, Id, Ms, new_id, now_ms
from server.entities.values import Words
from server.passwords import hash_password, unknown_password
from server.problems import InvalidError
from server.store.counters import open_coop
from server.text import fold

ROLES = ("member", "manager", "admin")
STATUSES = ("active", "disabled")
COOP_KINDS = ("cooperative", "union", "group", "enterprise")

# As in a member record: an account without one would be nobody in its co-operative.
_name = Words(1, 200)


class Coop(Base):
    __tablename__ = "coop"

    id: Mapped[Id] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(20))
    province_code: Mapped[str] = mapped_column(String(10))
    province_name: Mapped[str] = mapped_column(String(100))
    commune_code: Mapped[str] = mapped_column(String(10))
    commune_name: Mapped[str] = mapped_column(String(100))
    created_at_ms: Mapped[Ms]
    tax_code: Mapped[str | None] = mapped_column(String(14), unique=True, index=True)


class Account(Base):
    """Who may sign in. `id` is the id of the person's member record."""

    __tablename__ = "account"

    id: Mapped[Id] = mapped_column(primary_key=True)
    coop_id: Mapped[str | None] = mapped_column(ForeignKey("coop.id"), index=True)
    role: Mapped[str] = mapped_column(String(10))
    status: Mapped[str] = mapped_column(String(10), default="active")
    name: Mapped[str] = mapped_column(String(200))
    phone: Mapped[str | None] = mapped_column(String(16), unique=True)
    member_code: Mapped[str] = mapped_column(String(8), unique=True)
    password_hash: Mapped[str] = mapped_column(String(200))
    created_at_ms: Mapped[Ms]
    # Folded name and logins, for whoever looks for an account: kept by the listener below.
    search: Mapped[str] = mapped_column(Text)

    @property
    def active(self) -> bool:
        return self.status == "active"


@event.listens_for(Account, "before_insert")
@event.listens_for(Account, "before_update")
def _keep_search(_mapper: object, _connection: object, account: Account) -> None:
    account.search = fold(" ".join(filter(None, (account.name, account.phone, account.member_code))))


@dataclass(frozen=True)
class Place:
    """Where a co-operative is: the codes are keys, the names are for people."""

    province_code: str
    province_name: str
    commune_code: str
    commune_name: str


def create_coop(
    session: Session,
    *,
    name: str,
    place: Place,
    kind: str = "cooperative",
    tax_code: str | None = None,
    id: str | None = None,
) -> Coop:
    """Raises InvalidError for an unknown kind. Opens the co-operative's store as well."""
    if kind not in COOP_KINDS:
        raise InvalidError(errors={"kind": ["unknown"]})
    coop = Coop(id=id or new_id(), name=name, kind=kind, tax_code=tax_code, created_at_ms=now_ms(), **vars(place))
    session.add(coop)
    session.flush()
    open_coop(session, coop.id)
    return coop


def create_account(
    session: Session,
    *,
    name: str,
    role: str,
    coop_id: str | None,
    phone: str | None,
    password: str | None,
    id: str | None = None,
) -> Account:
    """An account that can sign in at once, by phone number or by its new member code.

    Without a password it is one that nobody can sign in to yet: a one-time code lets its person choose one.
    Raises InvalidError with `errors` per field. Its member record is not made here.
    """
    name = clean_name(name)
    if role not in ROLES:
        raise InvalidError(errors={"role": ["unknown"]})
    if (role == "admin") != (coop_id is None):
        raise InvalidError(errors={"coop_id": ["unexpected" if coop_id else "required"]})
    account = Account(
        id=id or new_id(),
        coop_id=coop_id,
        role=role,
        status="active",
        name=name,
        phone=free_phone(session, phone),
        member_code=new_member_code(session),
        password_hash=unknown_password() if password is None else hash_password(password),
        created_at_ms=now_ms(),
    )
    session.add(account)
    session.flush()
    return account


def set_account(
    session: Session,
    account: Account,
    *,
    status: str | None = None,
    role: str | None = None,
    coop_id: str | None = None,
) -> None:
    """Change what an account may do, from its next request on; what is None stays.

    Disable or enable it, give it another role, move it to another co-operative or back. Its replicas and tokens stay:
    what its phones recorded still arrives, as held where it was recorded while it may not write there.
    Raises InvalidError with `errors` per field.
    """
    role = role or account.role
    if role not in ROLES:
        raise InvalidError(errors={"role": ["unknown"]})
    if status is not None and status not in STATUSES:
        raise InvalidError(errors={"status": ["unknown"]})
    if role == "admin":
        if coop_id is not None:
            raise InvalidError(errors={"coop_id": ["unexpected"]})
    else:
        coop_id = coop_id or account.coop_id
        if coop_id is None:
            raise InvalidError(errors={"coop_id": ["required"]})
        if session.get(Coop, coop_id) is None:
            raise InvalidError(errors={"coop_id": ["unknown"]})
    if account.role == "admin" and account.active and (role != "admin" or status == "disabled"):
        _refuse_last_admin(session, account)
    account.status, account.role, account.coop_id = status or account.status, role, coop_id
    session.flush()


def _refuse_last_admin(session: Session, account: Account) -> None:
    """All of them locked, so that two who disable each other at once do not both succeed."""
    admins = select(Account.id).where(Account.role == "admin", Account.status == "active").order_by(Account.id)
    if set(session.scalars(admins.with_for_update())) <= {account.id}:
        raise InvalidError(errors={"role": ["last_admin"]})


def clean_name(name: str) -> str:
    """Raises InvalidError."""
    try:
        return _name.clean(name)
    except ValidationError as error:
        raise InvalidError(errors={"name": error.messages}) from error


def free_phone(session: Session, phone: str | None, *, of: str | None = None) -> str | None:
    """The number as it is kept; `of`: whose it may be already. Raises InvalidError."""
    if not phone:
        return None
    number = normal_phone(phone)
    if number is None:
        raise InvalidError(errors={"phone": ["invalid"]})
    if session.scalar(select(Account.id).where(Account.phone == number, Account.id != (of or ""))):
        raise InvalidError(errors={"phone": ["taken"]})
    return number


def normal_phone(text: str) -> str | None:
    """A Vietnamese number as people write it (`0912345678`), None if it is not one."""
    try:
        number = phonenumbers.parse(text, "VN")
    except phonenumbers.NumberParseException:
        return None
    if number.country_code != 84 or not phonenumbers.is_valid_number(number):
        return None
    return f"0{number.national_number}"


def new_member_code(session: Session) -> str:
    """Eight digits for a numeric keypad; never a leading 0, so never mistaken for a phone."""
    while True:
        code = str(secrets.randbelow(90_000_000) + 10_000_000)
        if session.scalar(select(Account.id).where(Account.member_code == code)) is None:
            return code


def find_by_login(session: Session, login: str) -> Account | None:
    """The account of a phone number or a member code."""
    text = login.strip()
    is_code = re.fullmatch(r"[1-9][0-9]{7}", text) is not None
    value = text if is_code else normal_phone(text)
    if value is None:
        return None
    column = Account.member_code if is_code else Account.phone
    return session.scalar(select(Account).where(column == value))
