"""what statements add up

Revision: 2d5e8f1b9c46
After: c58e1f3a90d7
"""

from alembic import op

revision = "2d5e8f1b9c46"
down_revision = "c58e1f3a90d7"
branch_labels = None
depends_on = None

WHOSE = ["coop_id", "counts", "complete", "member_id"]
PARTS = ["payment", "money_with", "settled"]
SUMS = ["sold_at", "total_vnd", "since_ms", "id", "product_name", "unit", "quantity_milli", "unit_price_vnd"]


def upgrade() -> None:
    op.drop_index("ix_sale_counts", table_name="sale")
    op.create_index("ix_sale_counts", "sale", [*WHOSE, *PARTS, *SUMS])


def downgrade() -> None:
    op.drop_index("ix_sale_counts", table_name="sale")
    op.create_index("ix_sale_counts", "sale", [*WHOSE, *SUMS])
