"""norms that come with a release are entered in one batch"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("norm", schema=None) as batch_op:
        batch_op.add_column(sa.Column("batch", sa.String(length=16), nullable=True))
        batch_op.create_index(batch_op.f("ix_norm_batch"), ["batch"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("norm", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_norm_batch"))
        batch_op.drop_column("batch")
