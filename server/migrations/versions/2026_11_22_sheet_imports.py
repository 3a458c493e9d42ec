"""what was taken from spreadsheets

Revision: 7f20c9d4e6b1
After: e5b83f1a7c20
"""

import sqlalchemy as sa
from alembic import op

revision = '7f20c9d4e6b1'
down_revision = 'e5b83f1a7c20'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'sheet_import',
        sa.Column('coop_id', sa.String(length=36), nullable=False),
        sa.Column('id', sa.String(length=36), nullable=False),
        sa.Column('entity', sa.String(length=20), nullable=False),
        sa.Column('file_name', sa.String(length=200), nullable=False),
        sa.Column('digest', sa.String(length=64), nullable=False),
        sa.Column('sheet', sa.Integer(), nullable=False),
        sa.Column('attempt', sa.Integer(), nullable=False),
        sa.Column('rows', sa.Text(), nullable=False),
        sa.Column('total_vnd', sa.BigInteger(), nullable=False),
        sa.Column('account_id', sa.String(length=36), nullable=False),
        sa.Column('at_ms', sa.BigInteger(), nullable=False),
        sa.Column('undone_by', sa.String(length=36), nullable=True),
        sa.Column('undone_at_ms', sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint('coop_id', 'id', name=op.f('pk_sheet_import')),
    )
    op.create_index('ix_sheet_import_digest', 'sheet_import', ['coop_id', 'digest'])


def downgrade() -> None:
    op.drop_table('sheet_import')
