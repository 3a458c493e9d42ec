"""prices, notices, needs, markets

Revision: 632c5da57da0
After: f06d29b4c8e1
"""

import sqlalchemy as sa
from alembic import op

revision = "632c5da57da0"
down_revision = "f06d29b4c8e1"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "market",
        sa.Column("coop_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("complete", sa.Boolean(), nullable=False),
        sa.Column("fp", sa.BigInteger(), nullable=False),
        sa.Column("since_ms", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.String(length=26), nullable=False),
        sa.Column("stamps", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("rule", sa.Text(), nullable=True),
        sa.Column("withdrawn", sa.Boolean(), nullable=True),
        sa.Column("open_reviews", sa.Integer(), nullable=True),
        sa.Column("review_note", sa.Text(), nullable=True),
        sa.Column("search", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("coop_id", "id", name=op.f("pk_market")),
    )
    with op.batch_alter_table("market", schema=None) as batch_op:
        batch_op.create_index("ix_market_seq", ["coop_id", "seq"], unique=False)
        batch_op.create_index(
            "ix_market_waiting",
            ["coop_id", "since_ms"],
            unique=False,
            sqlite_where=sa.text("complete = 0"),
            postgresql_where=sa.text("complete = false"),
        )

    op.create_table(
        "need",
        sa.Column("coop_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("complete", sa.Boolean(), nullable=False),
        sa.Column("fp", sa.BigInteger(), nullable=False),
        sa.Column("since_ms", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.String(length=26), nullable=False),
        sa.Column("stamps", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("told_at", sa.Text(), nullable=True),
        sa.Column("member_id", sa.Text(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answered_at", sa.Text(), nullable=True),
        sa.Column("withdrawn", sa.Boolean(), nullable=True),
        sa.Column("open_reviews", sa.Integer(), nullable=True),
        sa.Column("review_note", sa.Text(), nullable=True),
        sa.Column("search", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("coop_id", "id", name=op.f("pk_need")),
    )
    with op.batch_alter_table("need", schema=None) as batch_op:
        batch_op.create_index("ix_need_owner", ["coop_id", "member_id", "seq"], unique=False)
        batch_op.create_index("ix_need_seq", ["coop_id", "seq"], unique=False)
        batch_op.create_index("ix_need_told_at", ["coop_id", "told_at"], unique=False)
        batch_op.create_index(
            "ix_need_waiting",
            ["coop_id", "since_ms"],
            unique=False,
            sqlite_where=sa.text("complete = 0"),
            postgresql_where=sa.text("complete = false"),
        )

    op.create_table(
        "notice",
        sa.Column("coop_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("complete", sa.Boolean(), nullable=False),
        sa.Column("fp", sa.BigInteger(), nullable=False),
        sa.Column("since_ms", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.String(length=26), nullable=False),
        sa.Column("stamps", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("body", sa.Text(), nullable=True),
        sa.Column("starts_on", sa.String(length=10), nullable=True),
        sa.Column("ends_on", sa.String(length=10), nullable=True),
        sa.Column("withdrawn", sa.Boolean(), nullable=True),
        sa.Column("open_reviews", sa.Integer(), nullable=True),
        sa.Column("review_note", sa.Text(), nullable=True),
        sa.Column("search", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("coop_id", "id", name=op.f("pk_notice")),
    )
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.create_index("ix_notice_seq", ["coop_id", "seq"], unique=False)
        batch_op.create_index(
            "ix_notice_waiting",
            ["coop_id", "since_ms"],
            unique=False,
            sqlite_where=sa.text("complete = 0"),
            postgresql_where=sa.text("complete = false"),
        )

    op.create_table(
        "price",
        sa.Column("coop_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("complete", sa.Boolean(), nullable=False),
        sa.Column("fp", sa.BigInteger(), nullable=False),
        sa.Column("since_ms", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.String(length=26), nullable=False),
        sa.Column("stamps", sa.Text(), nullable=False),
        sa.Column("product_name", sa.Text(), nullable=True),
        sa.Column("unit", sa.Text(), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("usual_vnd", sa.BigInteger(), nullable=True),
        sa.Column("low_vnd", sa.BigInteger(), nullable=True),
        sa.Column("high_vnd", sa.BigInteger(), nullable=True),
        sa.Column("as_of", sa.String(length=10), nullable=True),
        sa.Column("withdrawn", sa.Boolean(), nullable=True),
        sa.Column("open_reviews", sa.Integer(), nullable=True),
        sa.Column("review_note", sa.Text(), nullable=True),
        sa.Column("search", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("coop_id", "id", name=op.f("pk_price")),
    )
    with op.batch_alter_table("price", schema=None) as batch_op:
        batch_op.create_index("ix_price_seq", ["coop_id", "seq"], unique=False)
        batch_op.create_index(
            "ix_price_waiting",
            ["coop_id", "since_ms"],
            unique=False,
            sqlite_where=sa.text("complete = 0"),
            postgresql_where=sa.text("complete = false"),
        )


def downgrade() -> None:
    with op.batch_alter_table("price", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_price_waiting", sqlite_where=sa.text("complete = 0"), postgresql_where=sa.text("complete = false")
        )
        batch_op.drop_index("ix_price_seq")

    op.drop_table("price")
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_notice_waiting", sqlite_where=sa.text("complete = 0"), postgresql_where=sa.text("complete = false")
        )
        batch_op.drop_index("ix_notice_seq")

    op.drop_table("notice")
    with op.batch_alter_table("need", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_need_waiting", sqlite_where=sa.text("complete = 0"), postgresql_where=sa.text("complete = false")
        )
        batch_op.drop_index("ix_need_told_at")
        batch_op.drop_index("ix_need_seq")
        batch_op.drop_index("ix_need_owner")

    op.drop_table("need")
    with op.batch_alter_table("market", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_market_waiting", sqlite_where=sa.text("complete = 0"), postgresql_where=sa.text("complete = false")
        )
        batch_op.drop_index("ix_market_seq")

    op.drop_table("market")
