"""Is it there, which version, and is it a demo."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields

from config import VERSION
from server.api.blueprint import Blueprint
from server.database import reading
from server.front_door import is_demo

blp = Blueprint("health", __name__, url_prefix="/api/v1", description="Is the server there")


class HealthSchema(Schema):
    status = fields.String(required=True, metadata={"description": "`ok`, or the answer is a problem"})
    version = fields.String(required=True)
    demo = fields.Boolean(required=True, metadata={"description": "a demo: its passwords are known to everyone"})


@blp.route("/health")
@blp.response(200, HealthSchema)
def health() -> dict[str, Any]:
    """Whether the server answers and reaches its database"""
    with reading() as session:
        return {"status": "ok", "version": VERSION, "demo": is_demo(session)}
