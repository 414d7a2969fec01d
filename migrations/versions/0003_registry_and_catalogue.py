"""registry and catalogue"""

import sqlalchemy as sa
from alembic import op

from app.core.db import Key, Moment

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "calendar_day",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("workday", sa.Boolean(), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("id", Key, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=12), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_day")),
        sa.UniqueConstraint("day", name=op.f("uq_calendar_day_day")),
        sa.UniqueConstraint("public_id", name=op.f("uq_calendar_day_public_id")),
    )
    with op.batch_alter_table("calendar_day", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_calendar_day_place"), ["place"], unique=False)

    op.create_table(
        "catalogue_item",
        sa.Column("code", sa.String(length=10), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("name_en", sa.String(length=200), nullable=False),
        sa.Column("catalogue_version", sa.String(length=40), nullable=False),
        sa.Column("id", Key, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=12), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_catalogue_item")),
        sa.UniqueConstraint("public_id", name=op.f("uq_catalogue_item_public_id")),
    )
    with op.batch_alter_table("catalogue_item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_catalogue_item_catalogue_version"), ["catalogue_version"], unique=False)
        batch_op.create_index(batch_op.f("ix_catalogue_item_code"), ["code"], unique=False)
        batch_op.create_index(batch_op.f("ix_catalogue_item_place"), ["place"], unique=False)

    op.create_table(
        "norm",
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("jurisdiction", sa.String(length=6), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("value", sa.String(length=30), nullable=False),
        sa.Column("unit", sa.String(length=20), nullable=False),
        sa.Column("rule", sa.String(length=10), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("id", Key, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=12), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_norm")),
        sa.UniqueConstraint("public_id", name=op.f("uq_norm_public_id")),
    )
    with op.batch_alter_table("norm", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_norm_key"), ["key"], unique=False)
        batch_op.create_index(batch_op.f("ix_norm_place"), ["place"], unique=False)

    op.create_table(
        "import_batch",
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("file_id", Key, nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("by_id", Key, nullable=True),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("sample", sa.JSON(), nullable=False),
        sa.Column("added", sa.Integer(), nullable=True),
        sa.Column("changed", sa.Integer(), nullable=True),
        sa.Column("id", Key, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=12), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.CheckConstraint("state IN ('previewed', 'applied', 'discarded')", name=op.f("ck_import_batch_state")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_import_batch_by_id")),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_import_batch_file_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_batch")),
        sa.UniqueConstraint("public_id", name=op.f("uq_import_batch_public_id")),
    )
    with op.batch_alter_table("import_batch", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_import_batch_place"), ["place"], unique=False)

    op.create_table(
        "standing_fact",
        sa.Column("body_id", Key, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("amount_fen", sa.BigInteger(), nullable=True),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("evidence_id", Key, nullable=True),
        sa.Column("id", Key, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=12), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('serious_list', 'abnormal_list', 'ban', 'penalty')", name=op.f("ck_standing_fact_kind")
        ),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_standing_fact_body_id")),
        sa.ForeignKeyConstraint(["evidence_id"], ["stored_file.id"], name=op.f("fk_standing_fact_evidence_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_standing_fact")),
        sa.UniqueConstraint("public_id", name=op.f("uq_standing_fact_public_id")),
    )
    with op.batch_alter_table("standing_fact", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_standing_fact_body_id"), ["body_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_standing_fact_place"), ["place"], unique=False)

    op.create_table(
        "organization",
        sa.Column("body_id", Key, nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("licence_no", sa.String(length=60), nullable=True),
        sa.Column("org_code", sa.String(length=9), nullable=True),
        sa.Column("org_code_verified", sa.Boolean(), nullable=False),
        sa.Column("registrar", sa.String(length=120), nullable=False),
        sa.Column("supervising_unit", sa.String(length=200), nullable=False),
        sa.Column("legal_representative", sa.String(length=80), nullable=True),
        sa.Column("established_on", sa.Date(), nullable=True),
        sa.Column("capital_fen", sa.BigInteger(), nullable=True),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("fields", sa.String(length=300), nullable=False),
        sa.Column("fundraising", sa.String(length=10), nullable=True),
        sa.Column("postcode", sa.String(length=6), nullable=True),
        sa.Column("province", sa.String(length=40), nullable=True),
        sa.Column("city", sa.String(length=60), nullable=True),
        sa.Column("grade", sa.Integer(), nullable=True),
        sa.Column("batch_id", Key, nullable=True),
        sa.Column("id", Key, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=12), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.CheckConstraint("kind IN ('association', 'service', 'foundation')", name=op.f("ck_organization_kind")),
        sa.CheckConstraint("state IN ('registered', 'deregistered')", name=op.f("ck_organization_state")),
        sa.CheckConstraint("capital_fen IS NULL OR capital_fen >= 0", name=op.f("ck_organization_capital")),
        sa.ForeignKeyConstraint(["batch_id"], ["import_batch.id"], name=op.f("fk_organization_batch_id")),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_organization_body_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organization")),
        sa.UniqueConstraint("body_id", name=op.f("uq_organization_body_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_organization_public_id")),
    )
    with op.batch_alter_table("organization", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_organization_batch_id"), ["batch_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_organization_kind"), ["kind"], unique=False)
        batch_op.create_index(batch_op.f("ix_organization_org_code"), ["org_code"], unique=False)
        batch_op.create_index(batch_op.f("ix_organization_place"), ["place"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("organization", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_organization_place"))
        batch_op.drop_index(batch_op.f("ix_organization_org_code"))
        batch_op.drop_index(batch_op.f("ix_organization_kind"))
        batch_op.drop_index(batch_op.f("ix_organization_batch_id"))

    op.drop_table("organization")
    with op.batch_alter_table("standing_fact", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_standing_fact_place"))
        batch_op.drop_index(batch_op.f("ix_standing_fact_body_id"))

    op.drop_table("standing_fact")
    with op.batch_alter_table("import_batch", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_import_batch_place"))

    op.drop_table("import_batch")
    with op.batch_alter_table("norm", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_norm_place"))
        batch_op.drop_index(batch_op.f("ix_norm_key"))

    op.drop_table("norm")
    with op.batch_alter_table("catalogue_item", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_catalogue_item_place"))
        batch_op.drop_index(batch_op.f("ix_catalogue_item_code"))
        batch_op.drop_index(batch_op.f("ix_catalogue_item_catalogue_version"))

    op.drop_table("catalogue_item")
    with op.batch_alter_table("calendar_day", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_calendar_day_place"))

    op.drop_table("calendar_day")
