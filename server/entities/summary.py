"""A summary: one month of the co-operative for every member to read, without a name. The server's replica writes it."""

from server.entities.definition import define, last
from server.entities.values import QUANTITY_MAX, SUM_VND_MAX, Day, GoodsTotals, Instant, Whole


def _count() -> Whole:
    return Whole(0, QUANTITY_MAX)


def _sum() -> Whole:
    return Whole(-SUM_VND_MAX, SUM_VND_MAX)


SUMMARY = define(
    "summary",
    {
        # Its first day.
        "month": last(Day(), required=True),
        "made_at": last(Instant(), required=True),
        "members": last(_count(), required=True),
        "sales": last(_count(), required=True),
        "sold_vnd": last(_sum(), required=True),
        "with_coop_vnd": last(_sum(), required=True),
        "on_credit_vnd": last(_sum(), required=True),
        "paid_vnd": last(_sum(), required=True),
        # To all members together at the end of the month.
        "owed_vnd": last(_sum(), required=True),
        "goods": last(GoodsTotals(), required=True),
    },
    owner_field=None,
    shared=True,
    managers_only=True,
    since=3,
)
