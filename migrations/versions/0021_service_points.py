"""service points of organizations, with the six things on their wall"""

import sqlalchemy as sa
from alembic import op

from app.core.db import Key, Moment

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "service_point",
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("organization_id", Key, nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("address", sa.String(length=300), nullable=False),
        sa.Column("hours", sa.String(length=200), nullable=False),
        sa.Column("functions", sa.Text(), nullable=False),
        sa.Column("discipline", sa.Text(), nullable=False),
        sa.Column("procedure", sa.Text(), nullable=False),
        sa.Column("legal_basis", sa.String(length=500), nullable=False),
        sa.Column("fees", sa.Text(), nullable=False),
        sa.Column("promise", sa.Text(), nullable=False),
        sa.Column("channels", sa.Text(), nullable=False),
        sa.Column("shown", sa.JSON(), nullable=True),
        sa.Column("shown_digest", sa.String(length=64), nullable=False),
        sa.Column("confirmed_on", sa.Date(), nullable=True),
        sa.Column("confirmed_by_id", Key, nullable=True),
        sa.Column("id", Key, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=12), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.CheckConstraint("state IN ('draft', 'public', 'closed')", name=op.f("ck_service_point_state")),
        sa.CheckConstraint("state <> 'public' OR shown_digest <> ''", name=op.f("ck_service_point_shown")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_service_point_organization_id")
        ),
        sa.ForeignKeyConstraint(["confirmed_by_id"], ["person.id"], name=op.f("fk_service_point_confirmed_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_point")),
        sa.UniqueConstraint("public_id", name=op.f("uq_service_point_public_id")),
    )
    with op.batch_alter_table("service_point", schema=None) as batch_op:
        for column in ("organization_id", "place"):
            batch_op.create_index(batch_op.f(f"ix_service_point_{column}"), [column], unique=False)
    op.create_table(
        "point_staff",
        sa.Column("point_id", Key, nullable=False),
        sa.Column("order", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("duty", sa.String(length=200), nullable=False),
        sa.Column("photo_id", Key, nullable=True),
        sa.Column("agreed_on", sa.Date(), nullable=False),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("id", Key, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=12), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["point_id"], ["service_point.id"], name=op.f("fk_point_staff_point_id")),
        sa.ForeignKeyConstraint(["photo_id"], ["stored_file.id"], name=op.f("fk_point_staff_photo_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_point_staff")),
        sa.UniqueConstraint("public_id", name=op.f("uq_point_staff_public_id")),
    )
    with op.batch_alter_table("point_staff", schema=None) as batch_op:
        for column in ("point_id", "place"):
            batch_op.create_index(batch_op.f(f"ix_point_staff_{column}"), [column], unique=False)


def downgrade() -> None:
    op.drop_table("point_staff")
    op.drop_table("service_point")
