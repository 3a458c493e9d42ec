"""decisions of people about reviews

Revision: 8c1d05e2b9f4
After: 3f76b1a64782
"""

import sqlalchemy as sa
from alembic import op

revision = '8c1d05e2b9f4'
down_revision = '3f76b1a64782'
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Nothing is made anew: adding an empty column costs the same however long the log is.
    op.add_column('mutation', sa.Column('note', sa.Text(), nullable=True))
    op.add_column('review', sa.Column('action', sa.String(length=20), nullable=True))
    op.add_column('review', sa.Column('note', sa.Text(), nullable=True))
    op.add_column('review', sa.Column('resolved_by', sa.String(length=36), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table('review', schema=None) as batch_op:
        batch_op.drop_column('resolved_by')
        batch_op.drop_column('note')
        batch_op.drop_column('action')
    with op.batch_alter_table('mutation', schema=None) as batch_op:
        batch_op.drop_column('note')
