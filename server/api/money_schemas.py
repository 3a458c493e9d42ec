"""The shapes of what the money endpoints take and answer."""

from marshmallow import Schema, fields, validate

from server.api.scope import CoopQuerySchema
from server.entities.values import TOTAL_VND_MAX, Choice, Day, Uuid, Whole, Words
from server.money.messages import LANGUAGES

MOST_AT_ONCE = 1000


class SeasonQuerySchema(CoopQuerySchema):
    season = Uuid(load_default=None, nullable=True, metadata={"description": "None: the period that today is in"})


class SheetQuerySchema(SeasonQuerySchema):
    batch = Uuid(metadata={"description": "What was paid together; without it, what is owed in the period"})
    language = fields.String(load_default="vi", validate=validate.OneOf(LANGUAGES))


class SeasonSchema(Schema):
    id = fields.String()
    name = fields.String()
    starts_on = fields.String()
    ends_on = fields.String()
    closed = fields.Boolean()


class SumsSchema(Schema):
    """In đồng: before + late + opening + with_coop − advances − payouts = owed."""

    before_vnd = fields.Integer()
    late_vnd = fields.Integer()
    opening_vnd = fields.Integer()
    sold_vnd = fields.Integer()
    with_member_vnd = fields.Integer()
    with_coop_vnd = fields.Integer()
    on_credit_vnd = fields.Integer()
    advances_vnd = fields.Integer()
    payouts_vnd = fields.Integer()
    owed_vnd = fields.Integer()


class AccountLineSchema(SumsSchema):
    member_id = fields.String()
    name = fields.String()
    village = fields.String()


class StatementsSchema(Schema):
    season = fields.Nested(SeasonSchema, allow_none=True)
    seasons = fields.List(fields.Nested(SeasonSchema))
    items = fields.List(fields.Nested(AccountLineSchema))
    totals = fields.Nested(SumsSchema, metadata={"description": "of the members, without the co-operative's own"})
    own = fields.Nested(SumsSchema, metadata={"description": "the co-operative's own goods"})


class StatementSchema(AccountLineSchema):
    season = fields.Nested(SeasonSchema, allow_none=True)
    goods = fields.List(fields.Dict())
    payments = fields.List(fields.Dict())
    debts = fields.List(fields.Dict(), metadata={"description": "sales on credit that are not paid yet"})


class PaymentAmountSchema(Schema):
    member_id = Uuid(required=True)
    amount_vnd = Whole(-TOTAL_VND_MAX, TOTAL_VND_MAX, zero=False, required=True, metadata={"type": "integer"})


class PaySchema(Schema):
    id = Uuid(required=True, metadata={"description": "Made by the client: asked twice, paid once"})
    kind = Choice("payout", "advance", "opening", required=True)
    method = Choice("cash", "transfer", load_default="cash")
    note = Words(0, 2000, load_default="")
    preview = fields.Boolean(load_default=False, metadata={"description": "Only tell what would be done"})
    amounts = fields.List(fields.Nested(PaymentAmountSchema), required=True, validate=validate.Length(1, MOST_AT_ONCE))


class PaidItemSchema(Schema):
    payment_id = fields.String()
    member_id = fields.String()
    name = fields.String()
    amount_vnd = fields.Integer()
    before_vnd = fields.Integer()
    after_vnd = fields.Integer()


class PaidSchema(Schema):
    id = fields.String()
    paid = fields.Boolean()
    total_vnd = fields.Integer()
    items = fields.List(fields.Nested(PaidItemSchema))


class VoidPaymentsSchema(Schema):
    payments = fields.List(Uuid(), required=True, validate=validate.Length(1, MOST_AT_ONCE))
    reason = Words(1, 200, required=True)


class SeasonWriteSchema(Schema):
    name = Words(1, 200, required=True)
    starts_on = Day(required=True)
    ends_on = Day(required=True)


class MoneyItemsSchema(Schema):
    items = fields.List(fields.Dict())


class SeasonsSchema(Schema):
    items = fields.List(fields.Nested(SeasonSchema))
