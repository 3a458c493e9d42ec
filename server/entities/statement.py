"""A statement: what a member's account was when a season closed. The server's own replica writes it then, once."""

from server.entities.definition import define, frozen
from server.entities.values import Uuid, Vnd

STATEMENT = define(
    "statement",
    {
        "season_id": frozen(Uuid(), required=True),
        # Null: the co-operative's own goods.
        "member_id": frozen(Uuid(nullable=True), required=True),
        # Owed when the season before closed; what came since for before that; what was owed before the book began.
        "before_vnd": frozen(Vnd(), required=True),
        "late_vnd": frozen(Vnd(), required=True),
        "opening_vnd": frozen(Vnd(), required=True),
        # Sold: the member has the money, the co-operative has it, the buyer has it still.
        "with_member_vnd": frozen(Vnd(), required=True),
        "with_coop_vnd": frozen(Vnd(), required=True),
        "on_credit_vnd": frozen(Vnd(), required=True),
        "advances_vnd": frozen(Vnd(), required=True),
        "payouts_vnd": frozen(Vnd(), required=True),
        "owed_vnd": frozen(Vnd(), required=True),
    },
    managers_only=True,
    since=3,
    indexes=(("season_id",),),
)
