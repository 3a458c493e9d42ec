"""data version 3: payments, seasons, statements, summaries

Revision: aa5c4a7b0e38
After: 7f20c9d4e6b1
"""

import sqlalchemy as sa
from alembic import op

revision = "aa5c4a7b0e38"
down_revision = "7f20c9d4e6b1"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "payment",
        sa.Column("coop_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("complete", sa.Boolean(), nullable=False),
        sa.Column("fp", sa.BigInteger(), nullable=False),
        sa.Column("since_ms", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.String(length=26), nullable=False),
        sa.Column("stamps", sa.Text(), nullable=False),
        sa.Column("member_id", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("amount_vnd", sa.BigInteger(), nullable=True),
        sa.Column("paid_at", sa.Text(), nullable=True),
        sa.Column("method", sa.Text(), nullable=True),
        sa.Column("batch_id", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("voided", sa.Boolean(), nullable=True),
        sa.Column("void_reason", sa.Text(), nullable=True),
        sa.Column("open_reviews", sa.Integer(), nullable=True),
        sa.Column("review_note", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("coop_id", "id", name=op.f("pk_payment")),
    )
    with op.batch_alter_table("payment", schema=None) as batch_op:
        batch_op.create_index("ix_payment_owner", ["coop_id", "member_id", "seq"], unique=False)
        batch_op.create_index("ix_payment_paid_at", ["coop_id", "paid_at"], unique=False)
        batch_op.create_index("ix_payment_seq", ["coop_id", "seq"], unique=False)
        batch_op.create_index(
            "ix_payment_waiting",
            ["coop_id", "since_ms"],
            unique=False,
            sqlite_where=sa.text("complete = 0"),
            postgresql_where=sa.text("complete = false"),
        )

    op.create_table(
        "season",
        sa.Column("coop_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("complete", sa.Boolean(), nullable=False),
        sa.Column("fp", sa.BigInteger(), nullable=False),
        sa.Column("since_ms", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.String(length=26), nullable=False),
        sa.Column("stamps", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("starts_on", sa.String(length=10), nullable=True),
        sa.Column("ends_on", sa.String(length=10), nullable=True),
        sa.Column("closed", sa.Boolean(), nullable=True),
        sa.Column("open_reviews", sa.Integer(), nullable=True),
        sa.Column("review_note", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("coop_id", "id", name=op.f("pk_season")),
    )
    with op.batch_alter_table("season", schema=None) as batch_op:
        batch_op.create_index("ix_season_seq", ["coop_id", "seq"], unique=False)
        batch_op.create_index(
            "ix_season_waiting",
            ["coop_id", "since_ms"],
            unique=False,
            sqlite_where=sa.text("complete = 0"),
            postgresql_where=sa.text("complete = false"),
        )

    op.create_table(
        "statement",
        sa.Column("coop_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("complete", sa.Boolean(), nullable=False),
        sa.Column("fp", sa.BigInteger(), nullable=False),
        sa.Column("since_ms", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.String(length=26), nullable=False),
        sa.Column("stamps", sa.Text(), nullable=False),
        sa.Column("season_id", sa.Text(), nullable=True),
        sa.Column("member_id", sa.Text(), nullable=True),
        sa.Column("before_vnd", sa.BigInteger(), nullable=True),
        sa.Column("late_vnd", sa.BigInteger(), nullable=True),
        sa.Column("opening_vnd", sa.BigInteger(), nullable=True),
        sa.Column("with_member_vnd", sa.BigInteger(), nullable=True),
        sa.Column("with_coop_vnd", sa.BigInteger(), nullable=True),
        sa.Column("on_credit_vnd", sa.BigInteger(), nullable=True),
        sa.Column("advances_vnd", sa.BigInteger(), nullable=True),
        sa.Column("payouts_vnd", sa.BigInteger(), nullable=True),
        sa.Column("owed_vnd", sa.BigInteger(), nullable=True),
        sa.Column("open_reviews", sa.Integer(), nullable=True),
        sa.Column("review_note", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("coop_id", "id", name=op.f("pk_statement")),
    )
    with op.batch_alter_table("statement", schema=None) as batch_op:
        batch_op.create_index("ix_statement_owner", ["coop_id", "member_id", "seq"], unique=False)
        batch_op.create_index("ix_statement_season_id", ["coop_id", "season_id"], unique=False)
        batch_op.create_index("ix_statement_seq", ["coop_id", "seq"], unique=False)
        batch_op.create_index(
            "ix_statement_waiting",
            ["coop_id", "since_ms"],
            unique=False,
            sqlite_where=sa.text("complete = 0"),
            postgresql_where=sa.text("complete = false"),
        )

    op.create_table(
        "summary",
        sa.Column("coop_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("complete", sa.Boolean(), nullable=False),
        sa.Column("fp", sa.BigInteger(), nullable=False),
        sa.Column("since_ms", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.String(length=26), nullable=False),
        sa.Column("stamps", sa.Text(), nullable=False),
        sa.Column("month", sa.String(length=10), nullable=True),
        sa.Column("made_at", sa.Text(), nullable=True),
        sa.Column("members", sa.BigInteger(), nullable=True),
        sa.Column("sales", sa.BigInteger(), nullable=True),
        sa.Column("sold_vnd", sa.BigInteger(), nullable=True),
        sa.Column("with_coop_vnd", sa.BigInteger(), nullable=True),
        sa.Column("on_credit_vnd", sa.BigInteger(), nullable=True),
        sa.Column("paid_vnd", sa.BigInteger(), nullable=True),
        sa.Column("owed_vnd", sa.BigInteger(), nullable=True),
        sa.Column("goods", sa.JSON(), nullable=True),
        sa.Column("open_reviews", sa.Integer(), nullable=True),
        sa.Column("review_note", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("coop_id", "id", name=op.f("pk_summary")),
    )
    with op.batch_alter_table("summary", schema=None) as batch_op:
        batch_op.create_index("ix_summary_seq", ["coop_id", "seq"], unique=False)
        batch_op.create_index(
            "ix_summary_waiting",
            ["coop_id", "since_ms"],
            unique=False,
            sqlite_where=sa.text("complete = 0"),
            postgresql_where=sa.text("complete = false"),
        )


def downgrade() -> None:
    with op.batch_alter_table("summary", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_summary_waiting", sqlite_where=sa.text("complete = 0"), postgresql_where=sa.text("complete = false")
        )
        batch_op.drop_index("ix_summary_seq")

    op.drop_table("summary")
    with op.batch_alter_table("statement", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_statement_waiting", sqlite_where=sa.text("complete = 0"), postgresql_where=sa.text("complete = false")
        )
        batch_op.drop_index("ix_statement_seq")
        batch_op.drop_index("ix_statement_season_id")
        batch_op.drop_index("ix_statement_owner")

    op.drop_table("statement")
    with op.batch_alter_table("season", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_season_waiting", sqlite_where=sa.text("complete = 0"), postgresql_where=sa.text("complete = false")
        )
        batch_op.drop_index("ix_season_seq")

    op.drop_table("season")
    with op.batch_alter_table("payment", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_payment_waiting", sqlite_where=sa.text("complete = 0"), postgresql_where=sa.text("complete = false")
        )
        batch_op.drop_index("ix_payment_seq")
        batch_op.drop_index("ix_payment_paid_at")
        batch_op.drop_index("ix_payment_owner")

    op.drop_table("payment")
