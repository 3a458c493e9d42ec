"""data version 2: the day when a sale on credit is due

Revision: b7d2e64f0a15
After: 8c1d05e2b9f4
"""

import sqlalchemy as sa
from alembic import op

revision = 'b7d2e64f0a15'
down_revision = '8c1d05e2b9f4'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('sale', sa.Column('due_on', sa.String(length=10), nullable=True))
    # What was there before holds the fields of the first version; server/upgrade.py brings it to this one.
    op.add_column('coop_counter', sa.Column('data_version', sa.Integer(), server_default='1', nullable=False))


def downgrade() -> None:
    with op.batch_alter_table('coop_counter', schema=None) as batch_op:
        batch_op.drop_column('data_version')
    with op.batch_alter_table('sale', schema=None) as batch_op:
        batch_op.drop_column('due_on')
