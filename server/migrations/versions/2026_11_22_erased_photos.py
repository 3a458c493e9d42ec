"""photos of goods of who was erased

Revision: 6a0d9e52b7f1
After: 2d5e8f1b9c46
"""

import sqlalchemy as sa
from alembic import op

revision = '6a0d9e52b7f1'
down_revision = '2d5e8f1b9c46'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'erased_photo',
        sa.Column('coop_id', sa.String(length=36), nullable=False),
        sa.Column('sha256', sa.String(length=64), nullable=False),
        sa.Column('erased_at_ms', sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint('coop_id', 'sha256', name=op.f('pk_erased_photo')),
    )


def downgrade() -> None:
    op.drop_table('erased_photo')
