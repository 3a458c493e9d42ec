"""A summary: one month of the co-operative for every member to read, without a name. The server's replica writes it."""

from server.entities.definition import define_for_all, last
from server.entities.values import QUANTITY_MAX, Day, GoodsTotals, Instant, Vnd, Whole


def _count() -> Whole:
    return Whole(0, QUANTITY_MAX)


SUMMARY = define_for_all(
    "summary",
    {
        # Its first day.
        "month": last(Day(), required=True),
        "made_at": last(Instant(), required=True),
        "members": last(_count(), required=True),
        "sales": last(_count(), required=True),
        "sold_vnd": last(Vnd(), required=True),
        "with_coop_vnd": last(Vnd(), required=True),
        "on_credit_vnd": last(Vnd(), required=True),
        "paid_vnd": last(Vnd(), required=True),
        # To all members together at the end of the month.
        "owed_vnd": last(Vnd(), required=True),
        "goods": last(GoodsTotals(), required=True),
    },
    since=3,
)
