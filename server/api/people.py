"""One person: consents, the ethnic group where there is consent to it, a copy of everything, and erasure."""

from contextlib import suppress
from typing import Any

from flask import Response
from marshmallow import Schema, fields

from server import audit
from server.api.accounts import AccountSchema
from server.api.answer import answer
from server.api.blueprint import Blueprint
from server.api.phones import PhoneSchema
from server.auth import account_required, current_account
from server.database import reading, writing
from server.entities.values import Words
from server.front_door import settings
from server.people import erasure
from server.people.ethnic_group import set_ethnic_group
from server.people.person import exported, person_for, shown
from server.photos.arrival import ARRIVING, forget_account
from server.photos.files import PhotoFiles
from server.photos.sweep import sweep_erased
from server.problems import ProblemSchema, UnavailableError
from server.store import SqlStore

blp = Blueprint("people", __name__, url_prefix="/api/v1/people", description="A person's data")


class PersonSchema(Schema):
    id = fields.String()
    coop_id = fields.String()
    coop_name = fields.String()
    name = fields.String()
    village = fields.String()
    erased = fields.Boolean()
    account = fields.Nested(AccountSchema, allow_none=True)
    phones = fields.List(fields.Nested(PhoneSchema))
    consents = fields.List(fields.Dict())
    ethnic_group = fields.String(allow_none=True)


class EthnicGroupSchema(Schema):
    value = Words(0, 100, required=True, metadata={"description": "In the person's own words; empty removes it."})


class PersonCopySchema(Schema):
    exported_at = fields.String()
    id = fields.String()
    account = fields.Nested(AccountSchema, allow_none=True)
    phones = fields.List(fields.Nested(PhoneSchema))
    co_operatives = fields.List(fields.Dict())
    audit = fields.List(fields.Dict())


@blp.route("/<id>")
@account_required("manager", "admin")
@blp.response(200, PersonSchema)
@blp.alt_response(404, schema=ProblemSchema)
def person(id: str) -> Response:
    """What staff sees of a member"""
    actor = current_account()
    with reading() as session:
        return answer(shown(session, actor, person_for(session, actor, id)))


@blp.route("/<id>/ethnic_group", methods=["PUT"])
@account_required("manager", "admin")
@blp.arguments(EthnicGroupSchema)
@blp.response(200, PersonSchema)
@blp.alt_response(422, schema=ProblemSchema)
def ethnic_group(given: dict[str, Any], id: str) -> Response:
    """Keep the ethnic group of a member who consented to it, else `422` with `no_consent`

    Withdrawing the consent removes it. It is in no list, no export but the person's own, and on no phone.
    """
    actor = current_account()
    with writing() as session:
        found = person_for(session, actor, id)
        SqlStore(session, found.coop_id).lock()
        set_ethnic_group(session, found.coop_id, id, given["value"], actor.id)
        audit.record(session, "people.ethnic_group", coop_id=found.coop_id, subject=("member", id))
        session.flush()
        return answer(shown(session, actor, found))


@blp.route("/<id>/export", methods=["POST"])
@account_required("manager", "admin")
@blp.response(200, PersonCopySchema)
@blp.alt_response(404, schema=ProblemSchema)
def export(id: str) -> Response:
    """Everything that is kept of a person, for that person; the audit log says who took it"""
    actor = current_account()
    with writing() as session:
        return answer(exported(session, actor, person_for(session, actor, id)))


@blp.route("/<id>/erase", methods=["POST"])
@account_required("manager", "admin")
@blp.response(200, PersonSchema)
@blp.alt_response(404, schema=ProblemSchema)
def erase(id: str) -> Response:
    """Erase a person: amounts, goods and times of sales stay, who it was does not. It cannot be taken back."""
    actor = current_account()
    with writing() as session:
        found = person_for(session, actor, id)
        erasure.erase(session, id, actor.id)
        session.flush()
        said = shown(session, actor, found)
    with suppress(UnavailableError):  # the next sweep does what this one left
        sweep_erased(PhotoFiles.configured())
    forget_account(settings().data_dir / ARRIVING, id)
    return answer(said)
