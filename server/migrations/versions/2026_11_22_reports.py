"""what reports add up

Revision: 91be4f0d27c5
After: 632c5da57da0
"""

from alembic import op

revision = '91be4f0d27c5'
down_revision = '632c5da57da0'
branch_labels = None
depends_on = None

COLUMNS = [
    *('coop_id', 'counts', 'complete', 'member_id', 'sold_at', 'total_vnd', 'since_ms', 'id'),
    *('product_name', 'unit', 'quantity_milli', 'unit_price_vnd'),
]


def upgrade() -> None:
    op.create_index('ix_sale_counts', 'sale', COLUMNS)


def downgrade() -> None:
    op.drop_index('ix_sale_counts', table_name='sale')
