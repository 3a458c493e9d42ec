"""Whose data a request asks for: the co-operative that it names, within what its account may see."""

from __future__ import annotations

from marshmallow import Schema

from server.auth import current_account
from server.entities.values import Uuid
from server.problems import InvalidError
from server.viewer import Viewer


class CoopQuerySchema(Schema):
    coop = Uuid(metadata={"description": "One co-operative; admins see all without it."})


def viewer(coop: str | None = None) -> Viewer:
    """Who reads. Raises ForbiddenError for another co-operative than the own."""
    return Viewer.of(current_account(), coop)


def one_coop(coop: str | None = None) -> str:
    """The co-operative, where it can only be one. Raises ForbiddenError; InvalidError for an admin who names none."""
    coop_id = viewer(coop).coop_id
    if coop_id is None:
        raise InvalidError(errors={"coop": ["required"]})
    return coop_id
