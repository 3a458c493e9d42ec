"""enrolment codes that were spent

Revision: c93a5d1be076
After: b7d2e64f0a15
"""

import sqlalchemy as sa
from alembic import op

revision = 'c93a5d1be076'
down_revision = 'b7d2e64f0a15'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('enrolment', sa.Column('spent_at_ms', sa.BigInteger(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table('enrolment', schema=None) as batch_op:
        batch_op.drop_column('spent_at_ms')
