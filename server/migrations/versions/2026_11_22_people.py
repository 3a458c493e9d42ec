"""people, places and phones

Revision: e5b83f1a7c20
After: d41c7e90b3a8
"""

import unicodedata

import sqlalchemy as sa
from alembic import op

revision = 'e5b83f1a7c20'
down_revision = 'd41c7e90b3a8'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'place',
        sa.Column('code', sa.String(length=10), nullable=False),
        sa.Column('name', sa.String(length=100), nullable=False),
        sa.Column('province_code', sa.String(length=10), nullable=True),
        sa.Column('search', sa.Text(), nullable=False),
        sa.Column('retired_at_ms', sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint('code', name=op.f('pk_place')),
    )
    op.create_index('ix_place_province_code', 'place', ['province_code'])
    op.create_table(
        'erasure',
        sa.Column('member_id', sa.String(length=36), nullable=False),
        sa.Column('erased_by', sa.String(length=36), nullable=False),
        sa.Column('erased_at_ms', sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint('member_id', name=op.f('pk_erasure')),
    )
    # Added as they are: SQLite cannot make a table anew that others refer to.
    op.add_column('coop', sa.Column('tax_code', sa.String(length=14), nullable=True))
    op.create_index('ix_coop_tax_code', 'coop', ['tax_code'], unique=True)
    op.add_column('replica', sa.Column('told_at_ms', sa.BigInteger(), nullable=True))
    op.add_column('replica', sa.Column('app_version', sa.String(length=40), nullable=True))
    op.add_column('replica', sa.Column('unsent', sa.BigInteger(), nullable=True))
    op.add_column('replica', sa.Column('clock_error_ms', sa.BigInteger(), nullable=True))
    op.add_column('enrolment', sa.Column('role', sa.String(length=10), nullable=False, server_default='member'))
    with op.batch_alter_table('enrolment', schema=None) as batch_op:
        batch_op.alter_column('coop_id', existing_type=sa.String(length=36), nullable=True)
    op.add_column('account', sa.Column('search', sa.Text(), nullable=False, server_default=''))
    _fill_search()


def _fill_search() -> None:
    connection = op.get_bind()
    account = sa.table('account', *map(sa.column, ('id', 'name', 'phone', 'member_code', 'search')))
    for id, *words in connection.execute(
        sa.select(account.c.id, account.c.name, account.c.phone, account.c.member_code)
    ).all():
        text = unicodedata.normalize('NFD', ' '.join(filter(None, words)).lower())
        folded = ''.join(c for c in text if not unicodedata.combining(c)).replace('đ', 'd')
        connection.execute(account.update().where(account.c.id == id).values(search=folded))


def downgrade() -> None:
    op.drop_column('account', 'search')
    with op.batch_alter_table('enrolment', schema=None) as batch_op:
        batch_op.drop_column('role')
        batch_op.alter_column('coop_id', existing_type=sa.String(length=36), nullable=False)
    for name in ('clock_error_ms', 'unsent', 'app_version', 'told_at_ms'):
        op.drop_column('replica', name)
    op.drop_index('ix_coop_tax_code', table_name='coop')
    op.drop_column('coop', 'tax_code')
    op.drop_table('erasure')
    op.drop_table('place')
