"""branches

A branch is set up and closed by a procedure. A case that the authority opened (a year without activity) is marked: the
organization reads it and does not write in it.
"""

import sqlalchemy as sa
from alembic import op

from app.core.db import Key, Moment

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("application", schema=None) as batch_op:
        batch_op.add_column(sa.Column("by_authority", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "branch",
        sa.Column("organization_id", Key, nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("address", sa.String(length=300), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("head", sa.String(length=80), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("id", Key, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=12), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"], name=op.f("fk_branch_organization_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_branch")),
        sa.UniqueConstraint("public_id", name=op.f("uq_branch_public_id")),
    )
    with op.batch_alter_table("branch", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_branch_organization_id"), ["organization_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_branch_place"), ["place"], unique=False)


def downgrade() -> None:
    op.drop_table("branch")
    with op.batch_alter_table("application", schema=None) as batch_op:
        batch_op.drop_column("by_authority")
