"""whose word a notice is

Revision: c58e1f3a90d7
After: 91be4f0d27c5
"""

import sqlalchemy as sa
from alembic import op

revision = 'c58e1f3a90d7'
down_revision = '91be4f0d27c5'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('notice', sa.Column('told_by', sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column('notice', 'told_by')
