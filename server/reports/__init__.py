"""What staff ask of the merged records, added up: each report is rows under columns, for a plot, a table and a file."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from server.reports import money, people, prices, reviews, sales
from server.reports.asked import Asked, Rows
from server.viewer import Viewer


@dataclass(frozen=True)
class Report:
    """`fields` are the columns in their order; kinds and words follow from their names (server/exports/columns.py)."""

    fields: tuple[str, ...]
    rows: Callable[[Session, Viewer, Asked], Rows]


REPORTS: dict[str, Report] = {
    "sales_by_day": Report(("day", "count", "total_vnd"), sales.by_day),
    "sales_by_month": Report(("month", "count", "total_vnd"), sales.by_month),
    "sales_by_goods": Report(("product_name", "unit", "quantity_milli", "count", "total_vnd"), sales.by_goods),
    "sales_by_member": Report(("member_name", "coop_name", "count", "total_vnd"), sales.by_member),
    "sales_by_coop": Report(("coop_name", "province_name", "count", "total_vnd"), sales.by_coop),
    "sales_by_province": Report(("province_name", "count", "total_vnd"), sales.by_province),
    "prices": Report(("week", "count", "low_vnd", "mean_vnd", "high_vnd"), prices.by_week),
    "lateness": Report(
        ("member_name", "coop_name", "last_sync_at", "count", "late_days", "late_days_max"), people.lateness
    ),
    "waiting": Report(("coop_name", "kind", "waiting", "oldest_at"), reviews.waiting),
    "money_by_coop": Report(
        (
            *("coop_name", "province_name", "season_name", "since_on", "sold_vnd", "paid_vnd", "on_credit_vnd"),
            *("owed_vnd", "last_month", "made_at"),
        ),
        money.by_coop,
    ),
    "money_by_month": Report(("month", "coop_name", *money.MONTH_FIELDS), money.by_month),
    "stopped": Report(("member_name", "coop_name", "last_sale_at", "last_sync_at", "reason"), people.stopped),
}
