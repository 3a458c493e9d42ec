"""The shapes of what the endpoints of imports take and answer."""

from marshmallow import Schema, fields, validate

from server.api.scope import CoopQuerySchema
from server.entities.values import Sha256, Words
from server.imports.spellings import SPELLINGS

FIELDS = sorted({field for spellings in SPELLINGS.values() for field in spellings})


class SheetFileSchema(Schema):
    file = fields.String(metadata={"description": "the name it goes by for a day"})
    sheets = fields.List(fields.String())


class SheetAskedSchema(CoopQuerySchema):
    file = Sha256(required=True)
    name = Words(1, 200, required=True, metadata={"description": "the file's own name, for people"})
    entity = fields.String(required=True, validate=validate.OneOf([*SPELLINGS]))
    sheet = fields.Integer(load_default=0, validate=validate.Range(0, 100))
    heading_row = fields.Integer(load_default=None, allow_none=True, validate=validate.Range(1, 1000))
    fields_ = fields.List(
        fields.String(allow_none=True, validate=validate.OneOf(FIELDS)),
        data_key="fields",
        load_default=None,
        allow_none=True,
        metadata={"description": "what each column holds; null: guessed"},
    )
    unit = Words(0, 20, load_default="")
    payment = fields.String(load_default="cash", validate=validate.OneOf(["cash", "transfer", "credit"]))
    money_with = fields.String(load_default="member", validate=validate.OneOf(["member", "coop"]))
    no_member = fields.String(load_default="refuse", validate=validate.OneOf(["refuse", "coop", "above"]))


class SheetTakeSchema(SheetAskedSchema):
    keep = fields.List(fields.Integer(), load_default=list, metadata={"description": "rows to take though there"})
    leave_out = fields.List(fields.Integer(), load_default=list)


class SheetLookSchema(Schema):
    columns = fields.List(fields.Dict())
    heading_row = fields.Integer()
    missing = fields.List(fields.String())
    counts = fields.Dict()
    total_vnd = fields.Integer(metadata={"description": "of the rows that would be taken"})
    said_total_vnd = fields.Integer(allow_none=True, metadata={"description": "by the file's own last total row"})
    notes = fields.Dict(metadata={"description": "how many rows that can be taken are worth a look, by why"})
    rows = fields.List(fields.Dict(), metadata={"description": "of each state some; all are counted"})
    wrong_rows = fields.List(fields.Integer())
    taken = fields.Dict(allow_none=True, metadata={"description": "the import of this very sheet that stands"})
