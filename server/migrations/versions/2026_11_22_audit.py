"""what staff did

Revision: d41c7e90b3a8
After: 4e1f7a90c6d3
"""

import sqlalchemy as sa
from alembic import op

revision = 'd41c7e90b3a8'
down_revision = '4e1f7a90c6d3'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'audit_entry',
        sa.Column('scope', sa.String(length=36), nullable=False),
        sa.Column('id', sa.String(length=36), nullable=False),
        sa.Column('at_ms', sa.BigInteger(), nullable=False),
        sa.Column('account_id', sa.String(length=36), nullable=False),
        sa.Column('role', sa.String(length=10), nullable=False),
        sa.Column('action', sa.String(length=60), nullable=False),
        sa.Column('subject_kind', sa.String(length=20), nullable=False),
        sa.Column('subject_id', sa.String(length=60), nullable=False),
        sa.Column('details', sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint('scope', 'id', name=op.f('pk_audit_entry')),
    )
    op.create_index('ix_audit_entry_id', 'audit_entry', ['id'])
    op.create_index('ix_audit_entry_subject', 'audit_entry', ['subject_id', 'id'])


def downgrade() -> None:
    op.drop_table('audit_entry')
