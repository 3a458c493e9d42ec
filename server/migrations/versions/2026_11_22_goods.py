"""sales by their goods, and by member and amount: what detection compares; the value that was decided

Revision: 5d0b8c3f71e2
After: aa5c4a7b0e38
"""

import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "5d0b8c3f71e2"
down_revision = "aa5c4a7b0e38"
branch_labels = None
depends_on = None

# As server/goods.py said when this was written.
MASS = {"g", "gam", "gram", "lạng", "kg", "cân", "yến", "tạ", "tấn"}


def upgrade() -> None:
    op.add_column("sale", sa.Column("goods", sa.Text(), nullable=True))
    op.add_column("review", sa.Column("value", sa.Text(), nullable=True))
    _fill()
    op.create_index("ix_sale_goods", "sale", ["coop_id", "goods", "sold_at", "id"])
    op.create_index("ix_sale_member_id", "sale", ["coop_id", "member_id", "total_vnd", "sold_at"])


def _fill() -> None:
    names = ("coop_id", "id", "product_name", "unit", "goods")
    sale = sa.table("sale", *(sa.column(name, sa.String()) for name in names))
    named = (sale.c.product_name.is_not(None), sale.c.unit.is_not(None))
    kinds = op.get_bind().execute(sa.select(sale.c.product_name, sale.c.unit).where(*named).distinct()).all()
    # Without an index yet: as many walks as there are goods.
    for name, unit in kinds:
        same = (sale.c.product_name == name, sale.c.unit == unit)
        op.get_bind().execute(sale.update().where(*same).values(goods=_goods(name, unit)))


def _goods(product_name: str, unit: str) -> str:
    plain = "".join(c for c in unicodedata.normalize("NFD", product_name.lower()) if not unicodedata.combining(c))
    kind = unit.strip().lower()
    return f"{' '.join(plain.replace('đ', 'd').split())}|{'g' if kind in MASS else kind}"


def downgrade() -> None:
    with op.batch_alter_table("review", schema=None) as batch_op:
        batch_op.drop_column("value")
    op.drop_index("ix_sale_member_id", table_name="sale")
    op.drop_index("ix_sale_goods", table_name="sale")
    with op.batch_alter_table("sale", schema=None) as batch_op:
        batch_op.drop_column("goods")
