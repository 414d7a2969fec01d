"""marks of lateness are batches: each turn of the weekly walk has its own key"""

import sqlalchemy as sa
from alembic import op

from app.core.db import Key

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("overdue_report", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_overdue_report_sweep_id"))
        batch_op.drop_constraint(batch_op.f("fk_overdue_report_sweep_id"), type_="foreignkey")
        batch_op.drop_column("sweep_id")
        batch_op.add_column(sa.Column("stretch", sa.String(length=40), nullable=False, server_default=""))
        batch_op.create_index(batch_op.f("ix_overdue_report_stretch"), ["stretch"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("overdue_report", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_overdue_report_stretch"))
        batch_op.drop_column("stretch")
        batch_op.add_column(sa.Column("sweep_id", Key, nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_overdue_report_sweep_id"), "overdue_sweep", ["sweep_id"], ["id"])
        batch_op.create_index(batch_op.f("ix_overdue_report_sweep_id"), ["sweep_id"], unique=False)
