"""projects"""

import sqlalchemy as sa
from alembic import op

from app.core.db import Key, Moment

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "project",
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("number", sa.String(length=30), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("buyer_id", Key, nullable=False),
        sa.Column("supervisor_id", Key, nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("catalogue_code", sa.String(length=10), nullable=False),
        sa.Column("procurement_code", sa.String(length=20), nullable=False),
        sa.Column("plan_no", sa.String(length=40), nullable=False),
        sa.Column("service_class", sa.String(length=1), nullable=False),
        sa.Column("method", sa.String(length=16), nullable=False),
        sa.Column("method_ground", sa.String(length=40), nullable=False),
        sa.Column("need", sa.Text(), nullable=False),
        sa.Column("term_from", sa.Date(), nullable=False),
        sa.Column("term_to", sa.Date(), nullable=False),
        sa.Column("term_flags", sa.String(length=120), nullable=False),
        sa.Column("reserved", sa.Boolean(), nullable=False),
        sa.Column("exemption", sa.String(length=40), nullable=True),
        sa.Column("complex", sa.Boolean(), nullable=False),
        sa.Column("high_impact", sa.Boolean(), nullable=False),
        sa.Column("price_weight", sa.Integer(), nullable=False),
        sa.Column("technical_weight", sa.Integer(), nullable=False),
        sa.Column("business_weight", sa.Integer(), nullable=False),
        sa.Column("low_price_mean_centi", sa.Integer(), nullable=False),
        sa.Column("low_price_second_centi", sa.Integer(), nullable=False),
        sa.Column("low_price_ceiling_centi", sa.Integer(), nullable=False),
        sa.Column("pass_mark_centi", sa.Integer(), nullable=False),
        sa.Column("drafted_by_id", Key, nullable=False),
        sa.Column("submitted_at", Moment(), nullable=True),
        sa.Column("approved_by_id", Key, nullable=True),
        sa.Column("approved_at", Moment(), nullable=True),
        sa.Column("review_note", sa.Text(), nullable=False),
        sa.Column("id", Key, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=12), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.CheckConstraint(
            "method IN ('open_tender', 'invited_tender', 'negotiation', 'single_source', 'quotation', 'consultation', 'framework', 'innovation')",
            name=op.f("ck_project_method"),
        ),
        sa.CheckConstraint("service_class IN ('A', 'B')", name=op.f("ck_project_service_class")),
        sa.CheckConstraint(
            "state IN ('draft', 'submitted', 'approved', 'closed', 'cancelled')", name=op.f("ck_project_state")
        ),
        sa.CheckConstraint(
            "state NOT IN ('approved', 'closed') OR (approved_by_id IS NOT NULL AND approved_at IS NOT NULL AND approved_by_id <> drafted_by_id)",
            name=op.f("ck_project_approved_by_second_person"),
        ),
        sa.ForeignKeyConstraint(["approved_by_id"], ["person.id"], name=op.f("fk_project_approved_by_id")),
        sa.ForeignKeyConstraint(["buyer_id"], ["body.id"], name=op.f("fk_project_buyer_id")),
        sa.ForeignKeyConstraint(["drafted_by_id"], ["person.id"], name=op.f("fk_project_drafted_by_id")),
        sa.ForeignKeyConstraint(["supervisor_id"], ["body.id"], name=op.f("fk_project_supervisor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project")),
        sa.UniqueConstraint("number", name=op.f("uq_project_number")),
        sa.UniqueConstraint("public_id", name=op.f("uq_project_public_id")),
    )
    with op.batch_alter_table("project", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_project_buyer_id"), ["buyer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_project_place"), ["place"], unique=False)

    op.create_table(
        "checklist_answer",
        sa.Column("item", sa.Integer(), nullable=False),
        sa.Column("applies", sa.Boolean(), nullable=False),
        sa.Column("project_id", Key, nullable=False),
        sa.Column("dropped", sa.Boolean(), nullable=False),
        sa.Column("buyer_id", Key, nullable=False),
        sa.Column("id", Key, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=12), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["buyer_id"], ["body.id"], name=op.f("fk_checklist_answer_buyer_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_checklist_answer_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checklist_answer")),
        sa.UniqueConstraint("project_id", "item", name=op.f("uq_checklist_answer_project_id_item")),
        sa.UniqueConstraint("public_id", name=op.f("uq_checklist_answer_public_id")),
    )
    with op.batch_alter_table("checklist_answer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_checklist_answer_place"), ["place"], unique=False)
        batch_op.create_index(batch_op.f("ix_checklist_answer_project_id"), ["project_id"], unique=False)

    op.create_table(
        "indicator",
        sa.Column("order", sa.Integer(), nullable=False),
        sa.Column("level1", sa.String(length=20), nullable=False),
        sa.Column("level2", sa.String(length=40), nullable=False),
        sa.Column("level3", sa.String(length=80), nullable=False),
        sa.Column("unit", sa.String(length=20), nullable=False),
        sa.Column("target", sa.String(length=20), nullable=False),
        sa.Column("weight_centi", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("evidence", sa.String(length=120), nullable=False),
        sa.Column("measure", sa.String(length=30), nullable=False),
        sa.Column("accumulates", sa.Boolean(), nullable=False),
        sa.Column("project_id", Key, nullable=False),
        sa.Column("dropped", sa.Boolean(), nullable=False),
        sa.Column("buyer_id", Key, nullable=False),
        sa.Column("id", Key, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=12), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('quantity', 'ratio', 'ratio_max', 'index_max', 'rubric', 'veto')", name=op.f("ck_indicator_kind")
        ),
        sa.CheckConstraint("weight_centi >= 0", name=op.f("ck_indicator_weight")),
        sa.ForeignKeyConstraint(["buyer_id"], ["body.id"], name=op.f("fk_indicator_buyer_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_indicator_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicator")),
        sa.UniqueConstraint("public_id", name=op.f("uq_indicator_public_id")),
    )
    with op.batch_alter_table("indicator", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_indicator_place"), ["place"], unique=False)
        batch_op.create_index(batch_op.f("ix_indicator_project_id"), ["project_id"], unique=False)

    op.create_table(
        "lot",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("ceiling_fen", sa.BigInteger(), nullable=False),
        sa.Column("project_id", Key, nullable=False),
        sa.Column("dropped", sa.Boolean(), nullable=False),
        sa.Column("buyer_id", Key, nullable=False),
        sa.Column("id", Key, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=12), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.CheckConstraint("ceiling_fen > 0", name=op.f("ck_lot_ceiling")),
        sa.ForeignKeyConstraint(["buyer_id"], ["body.id"], name=op.f("fk_lot_buyer_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_lot_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lot")),
        sa.UniqueConstraint("project_id", "number", name=op.f("uq_lot_project_id_number")),
        sa.UniqueConstraint("public_id", name=op.f("uq_lot_public_id")),
    )
    with op.batch_alter_table("lot", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_lot_place"), ["place"], unique=False)
        batch_op.create_index(batch_op.f("ix_lot_project_id"), ["project_id"], unique=False)

    op.create_table(
        "payment_term",
        sa.Column("order", sa.Integer(), nullable=False),
        sa.Column("condition", sa.String(length=20), nullable=False),
        sa.Column("share_centi", sa.Integer(), nullable=False),
        sa.Column("project_id", Key, nullable=False),
        sa.Column("dropped", sa.Boolean(), nullable=False),
        sa.Column("buyer_id", Key, nullable=False),
        sa.Column("id", Key, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=12), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.CheckConstraint(
            "condition IN ('signing', 'mid_term_pass', 'final_pass')", name=op.f("ck_payment_term_condition")
        ),
        sa.CheckConstraint("share_centi > 0", name=op.f("ck_payment_term_share")),
        sa.ForeignKeyConstraint(["buyer_id"], ["body.id"], name=op.f("fk_payment_term_buyer_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_payment_term_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment_term")),
        sa.UniqueConstraint("public_id", name=op.f("uq_payment_term_public_id")),
    )
    with op.batch_alter_table("payment_term", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_payment_term_place"), ["place"], unique=False)
        batch_op.create_index(batch_op.f("ix_payment_term_project_id"), ["project_id"], unique=False)

    op.create_table(
        "preparation",
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("subjects", sa.Integer(), nullable=True),
        sa.Column("url", sa.String(length=300), nullable=False),
        sa.Column("file_id", Key, nullable=True),
        sa.Column("project_id", Key, nullable=False),
        sa.Column("dropped", sa.Boolean(), nullable=False),
        sa.Column("buyer_id", Key, nullable=False),
        sa.Column("id", Key, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=12), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('need_survey', 'public_comment', 'ex_ante_assessment', 'intention', 'method_consent', 'method_approval')",
            name=op.f("ck_preparation_kind"),
        ),
        sa.ForeignKeyConstraint(["buyer_id"], ["body.id"], name=op.f("fk_preparation_buyer_id")),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_preparation_file_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_preparation_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_preparation")),
        sa.UniqueConstraint("public_id", name=op.f("uq_preparation_public_id")),
    )
    with op.batch_alter_table("preparation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_preparation_place"), ["place"], unique=False)
        batch_op.create_index(batch_op.f("ix_preparation_project_id"), ["project_id"], unique=False)

    op.create_table(
        "project_source",
        sa.Column("order", sa.Integer(), nullable=False),
        sa.Column("budget_line_id", Key, nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("project_id", Key, nullable=False),
        sa.Column("dropped", sa.Boolean(), nullable=False),
        sa.Column("buyer_id", Key, nullable=False),
        sa.Column("id", Key, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=12), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.CheckConstraint("amount_fen > 0", name=op.f("ck_project_source_amount")),
        sa.ForeignKeyConstraint(["budget_line_id"], ["budget_line.id"], name=op.f("fk_project_source_budget_line_id")),
        sa.ForeignKeyConstraint(["buyer_id"], ["body.id"], name=op.f("fk_project_source_buyer_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_project_source_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project_source")),
        sa.UniqueConstraint("public_id", name=op.f("uq_project_source_public_id")),
    )
    with op.batch_alter_table("project_source", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_project_source_place"), ["place"], unique=False)
        batch_op.create_index(batch_op.f("ix_project_source_project_id"), ["project_id"], unique=False)

    op.create_table(
        "measure",
        sa.Column("order", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=30), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("money", sa.Boolean(), nullable=False),
        sa.Column("lot_id", Key, nullable=True),
        sa.Column("project_id", Key, nullable=False),
        sa.Column("dropped", sa.Boolean(), nullable=False),
        sa.Column("buyer_id", Key, nullable=False),
        sa.Column("id", Key, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=12), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["buyer_id"], ["body.id"], name=op.f("fk_measure_buyer_id")),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_measure_lot_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_measure_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measure")),
        sa.UniqueConstraint("project_id", "key", name=op.f("uq_measure_project_id_key")),
        sa.UniqueConstraint("public_id", name=op.f("uq_measure_public_id")),
    )
    with op.batch_alter_table("measure", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_measure_place"), ["place"], unique=False)
        batch_op.create_index(batch_op.f("ix_measure_project_id"), ["project_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("measure", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_measure_project_id"))
        batch_op.drop_index(batch_op.f("ix_measure_place"))

    op.drop_table("measure")
    with op.batch_alter_table("project_source", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_project_source_project_id"))
        batch_op.drop_index(batch_op.f("ix_project_source_place"))

    op.drop_table("project_source")
    with op.batch_alter_table("preparation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_preparation_project_id"))
        batch_op.drop_index(batch_op.f("ix_preparation_place"))

    op.drop_table("preparation")
    with op.batch_alter_table("payment_term", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_payment_term_project_id"))
        batch_op.drop_index(batch_op.f("ix_payment_term_place"))

    op.drop_table("payment_term")
    with op.batch_alter_table("lot", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_lot_project_id"))
        batch_op.drop_index(batch_op.f("ix_lot_place"))

    op.drop_table("lot")
    with op.batch_alter_table("indicator", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_indicator_project_id"))
        batch_op.drop_index(batch_op.f("ix_indicator_place"))

    op.drop_table("indicator")
    with op.batch_alter_table("checklist_answer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_checklist_answer_project_id"))
        batch_op.drop_index(batch_op.f("ix_checklist_answer_place"))

    op.drop_table("checklist_answer")
    with op.batch_alter_table("project", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_project_place"))
        batch_op.drop_index(batch_op.f("ix_project_buyer_id"))

    op.drop_table("project")
