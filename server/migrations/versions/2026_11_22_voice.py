"""packs of recorded sentences

Revision: 4e1f7a90c6d3
After: c93a5d1be076
"""

import sqlalchemy as sa
from alembic import op

revision = '4e1f7a90c6d3'
down_revision = 'c93a5d1be076'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'voice_pack',
        sa.Column('id', sa.String(length=36), nullable=False),
        sa.Column('scope', sa.String(length=36), nullable=False),
        sa.Column('account_id', sa.String(length=36), nullable=False),
        sa.Column('language', sa.String(length=35), nullable=False),
        sa.Column('name', sa.String(length=100), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.Column('published', sa.Boolean(), nullable=False),
        sa.Column('clips', sa.Text(), nullable=False),
        sa.Column('changed_at_ms', sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_voice_pack')),
    )
    op.create_index('ix_voice_pack_scope', 'voice_pack', ['scope'])
    op.create_table(
        'voice_clip',
        sa.Column('scope', sa.String(length=36), nullable=False),
        sa.Column('account_id', sa.String(length=36), nullable=False),
        sa.Column('sha256', sa.String(length=64), nullable=False),
        sa.Column('type', sa.String(length=20), nullable=False),
        sa.Column('bytes', sa.Integer(), nullable=False),
        sa.Column('sent_at_ms', sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint('scope', 'account_id', 'sha256', name=op.f('pk_voice_clip')),
    )


def downgrade() -> None:
    op.drop_table('voice_clip')
    op.drop_index('ix_voice_pack_scope', table_name='voice_pack')
    op.drop_table('voice_pack')
