"""A statement: what a member's account was when a season closed. The server's own replica writes it then, once."""

from server.entities.definition import define, frozen
from server.entities.values import SUM_VND_MAX, Uuid, Whole


def _sum() -> Whole:
    return Whole(-SUM_VND_MAX, SUM_VND_MAX)


STATEMENT = define(
    "statement",
    {
        "season_id": frozen(Uuid(), required=True),
        # Null: the co-operative's own goods.
        "member_id": frozen(Uuid(nullable=True), required=True),
        # Owed when the season before closed; what came since for before that; what was owed before the book began.
        "before_vnd": frozen(_sum(), required=True),
        "late_vnd": frozen(_sum(), required=True),
        "opening_vnd": frozen(_sum(), required=True),
        # Sold: the member has the money, the co-operative has it, the buyer has it still.
        "with_member_vnd": frozen(_sum(), required=True),
        "with_coop_vnd": frozen(_sum(), required=True),
        "on_credit_vnd": frozen(_sum(), required=True),
        "advances_vnd": frozen(_sum(), required=True),
        "payouts_vnd": frozen(_sum(), required=True),
        "owed_vnd": frozen(_sum(), required=True),
    },
    managers_only=True,
    since=3,
    indexes=(("season_id",),),
)
