"""consent, and the ethnic group that needs it

Revision: f06d29b4c8e1
After: 5d0b8c3f71e2
"""

import sqlalchemy as sa
from alembic import op

revision = 'f06d29b4c8e1'
down_revision = '5d0b8c3f71e2'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'consent',
        sa.Column('coop_id', sa.String(length=36), nullable=False),
        sa.Column('id', sa.String(length=36), nullable=False),
        sa.Column('seq', sa.BigInteger(), nullable=False),
        sa.Column('complete', sa.Boolean(), nullable=False),
        sa.Column('fp', sa.BigInteger(), nullable=False),
        sa.Column('since_ms', sa.BigInteger(), nullable=False),
        sa.Column('at', sa.String(length=26), nullable=False),
        sa.Column('stamps', sa.Text(), nullable=False),
        sa.Column('member_id', sa.Text(), nullable=True),
        sa.Column('purpose', sa.Text(), nullable=True),
        sa.Column('notice', sa.Text(), nullable=True),
        sa.Column('given_at', sa.Text(), nullable=True),
        sa.Column('withdrawn', sa.Boolean(), nullable=True),
        sa.Column('open_reviews', sa.Integer(), nullable=True),
        sa.Column('review_note', sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint('coop_id', 'id', name=op.f('pk_consent')),
    )
    op.create_index('ix_consent_owner', 'consent', ['coop_id', 'member_id', 'seq'])
    op.create_index('ix_consent_seq', 'consent', ['coop_id', 'seq'])
    op.create_index(
        'ix_consent_waiting',
        'consent',
        ['coop_id', 'since_ms'],
        sqlite_where=sa.text('complete = 0'),
        postgresql_where=sa.text('complete = false'),
    )
    op.create_table(
        'ethnic_group',
        sa.Column('coop_id', sa.String(length=36), nullable=False),
        sa.Column('member_id', sa.String(length=36), nullable=False),
        sa.Column('value', sa.String(length=100), nullable=False),
        sa.Column('recorded_by', sa.String(length=36), nullable=False),
        sa.Column('recorded_at_ms', sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint('coop_id', 'member_id', name=op.f('pk_ethnic_group')),
    )


def downgrade() -> None:
    op.drop_table('ethnic_group')
    op.drop_table('consent')
