"""agreements and delivery"""

import sqlalchemy as sa
from alembic import op

from app.core.db import Key, Moment

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "agreement",
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("number", sa.String(length=50), nullable=False),
        sa.Column("award_id", Key, nullable=False),
        sa.Column("project_id", Key, nullable=False),
        sa.Column("lot_id", Key, nullable=False),
        sa.Column("buyer_id", Key, nullable=False),
        sa.Column("supplier_id", Key, nullable=False),
        sa.Column("supervisor_id", Key, nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("term_from", sa.Date(), nullable=False),
        sa.Column("term_to", sa.Date(), nullable=False),
        sa.Column("edition", sa.String(length=40), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("file_id", Key, nullable=False),
        sa.Column("signed_file_id", Key, nullable=True),
        sa.Column("signed_at", Moment(), nullable=True),
        sa.Column("medium_url", sa.String(length=300), nullable=False),
        sa.Column("published_at", Moment(), nullable=True),
        sa.Column("end_reason", sa.Text(), nullable=False),
        sa.Column("id", Key, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=12), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.CheckConstraint(
            "state IN ('drawn_up', 'half_signed') OR signed_at IS NOT NULL", name=op.f("ck_agreement_signed_when")
        ),
        sa.CheckConstraint(
            "state IN ('drawn_up', 'half_signed', 'signed', 'published', 'completed', 'terminated')",
            name=op.f("ck_agreement_state"),
        ),
        sa.CheckConstraint("amount_fen > 0", name=op.f("ck_agreement_amount")),
        sa.ForeignKeyConstraint(["award_id"], ["award.id"], name=op.f("fk_agreement_award_id")),
        sa.ForeignKeyConstraint(["buyer_id"], ["body.id"], name=op.f("fk_agreement_buyer_id")),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_agreement_file_id")),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_agreement_lot_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_agreement_project_id")),
        sa.ForeignKeyConstraint(["signed_file_id"], ["stored_file.id"], name=op.f("fk_agreement_signed_file_id")),
        sa.ForeignKeyConstraint(["supervisor_id"], ["body.id"], name=op.f("fk_agreement_supervisor_id")),
        sa.ForeignKeyConstraint(["supplier_id"], ["body.id"], name=op.f("fk_agreement_supplier_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement")),
        sa.UniqueConstraint("award_id", name=op.f("uq_agreement_award_id")),
        sa.UniqueConstraint("number", name=op.f("uq_agreement_number")),
        sa.UniqueConstraint("public_id", name=op.f("uq_agreement_public_id")),
    )
    with op.batch_alter_table("agreement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agreement_buyer_id"), ["buyer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_agreement_place"), ["place"], unique=False)
        batch_op.create_index(batch_op.f("ix_agreement_project_id"), ["project_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_agreement_supplier_id"), ["supplier_id"], unique=False)

    op.create_table(
        "acceptance",
        sa.Column("agreement_id", Key, nullable=False),
        sa.Column("period_from", sa.Date(), nullable=False),
        sa.Column("period_to", sa.Date(), nullable=False),
        sa.Column("items", sa.JSON(), nullable=False),
        sa.Column("verdict", sa.String(length=10), nullable=False),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("repair_by", sa.Date(), nullable=True),
        sa.Column("users_asked", sa.Integer(), nullable=False),
        sa.Column("users_satisfied", sa.Integer(), nullable=False),
        sa.Column("users_opinion", sa.Text(), nullable=False),
        sa.Column("by_id", Key, nullable=False),
        sa.Column("report_id", Key, nullable=True),
        sa.Column("id", Key, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=12), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.CheckConstraint("verdict IN ('passed', 'rectify', 'refused')", name=op.f("ck_acceptance_verdict")),
        sa.CheckConstraint("period_to >= period_from", name=op.f("ck_acceptance_period")),
        sa.CheckConstraint("(verdict = 'rectify') = (repair_by IS NOT NULL)", name=op.f("ck_acceptance_repair_by")),
        sa.ForeignKeyConstraint(["agreement_id"], ["agreement.id"], name=op.f("fk_acceptance_agreement_id")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_acceptance_by_id")),
        sa.ForeignKeyConstraint(["report_id"], ["stored_file.id"], name=op.f("fk_acceptance_report_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_acceptance")),
        sa.UniqueConstraint("public_id", name=op.f("uq_acceptance_public_id")),
    )
    with op.batch_alter_table("acceptance", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_acceptance_agreement_id"), ["agreement_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_acceptance_place"), ["place"], unique=False)

    op.create_table(
        "delivery_report",
        sa.Column("agreement_id", Key, nullable=False),
        sa.Column("file_id", Key, nullable=False),
        sa.Column("months", sa.JSON(), nullable=False),
        sa.Column("left_out", sa.JSON(), nullable=False),
        sa.Column("by_id", Key, nullable=False),
        sa.Column("id", Key, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=12), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["agreement_id"], ["agreement.id"], name=op.f("fk_delivery_report_agreement_id")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_delivery_report_by_id")),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_delivery_report_file_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery_report")),
        sa.UniqueConstraint("public_id", name=op.f("uq_delivery_report_public_id")),
    )
    with op.batch_alter_table("delivery_report", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_delivery_report_agreement_id"), ["agreement_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_delivery_report_place"), ["place"], unique=False)

    op.create_table(
        "instalment",
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("agreement_id", Key, nullable=False),
        sa.Column("order", sa.Integer(), nullable=False),
        sa.Column("condition", sa.String(length=20), nullable=False),
        sa.Column("share_centi", sa.Integer(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("source_fens", sa.JSON(), nullable=False),
        sa.Column("ground", sa.String(length=200), nullable=False),
        sa.Column("accrued_at", Moment(), nullable=True),
        sa.Column("id", Key, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=12), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.CheckConstraint(
            "condition IN ('signing', 'mid_term_pass', 'final_pass')", name=op.f("ck_instalment_condition")
        ),
        sa.CheckConstraint("state = 'pending' OR ground <> ''", name=op.f("ck_instalment_ground")),
        sa.CheckConstraint("state IN ('pending', 'accrued', 'paid', 'withheld')", name=op.f("ck_instalment_state")),
        sa.ForeignKeyConstraint(["agreement_id"], ["agreement.id"], name=op.f("fk_instalment_agreement_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_instalment")),
        sa.UniqueConstraint("agreement_id", "order", name=op.f("uq_instalment_agreement_id_order")),
        sa.UniqueConstraint("public_id", name=op.f("uq_instalment_public_id")),
    )
    with op.batch_alter_table("instalment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_instalment_agreement_id"), ["agreement_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_instalment_place"), ["place"], unique=False)

    op.create_table(
        "signature",
        sa.Column("agreement_id", Key, nullable=False),
        sa.Column("party", sa.String(length=10), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("issuer", sa.String(length=200), nullable=False),
        sa.Column("signed_at", Moment(), nullable=False),
        sa.Column("by_id", Key, nullable=False),
        sa.Column("file_id", Key, nullable=False),
        sa.Column("id", Key, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=12), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.CheckConstraint("party IN ('buyer', 'supplier')", name=op.f("ck_signature_party")),
        sa.ForeignKeyConstraint(["agreement_id"], ["agreement.id"], name=op.f("fk_signature_agreement_id")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_signature_by_id")),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_signature_file_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signature")),
        sa.UniqueConstraint("agreement_id", "party", name=op.f("uq_signature_agreement_id_party")),
        sa.UniqueConstraint("public_id", name=op.f("uq_signature_public_id")),
    )
    with op.batch_alter_table("signature", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_signature_agreement_id"), ["agreement_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_signature_place"), ["place"], unique=False)

    op.create_table(
        "service_figure",
        sa.Column("report_id", Key, nullable=False),
        sa.Column("agreement_id", Key, nullable=False),
        sa.Column("project_id", Key, nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("community", sa.String(length=80), nullable=False),
        sa.Column("measure", sa.String(length=30), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("id", Key, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=12), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.CheckConstraint("amount >= 0", name=op.f("ck_service_figure_amount")),
        sa.ForeignKeyConstraint(["agreement_id"], ["agreement.id"], name=op.f("fk_service_figure_agreement_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_service_figure_project_id")),
        sa.ForeignKeyConstraint(["report_id"], ["delivery_report.id"], name=op.f("fk_service_figure_report_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_figure")),
        sa.UniqueConstraint(
            "agreement_id",
            "month",
            "community",
            "measure",
            name=op.f("uq_service_figure_agreement_id_month_community_measure"),
        ),
        sa.UniqueConstraint("public_id", name=op.f("uq_service_figure_public_id")),
    )
    with op.batch_alter_table("service_figure", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_service_figure_agreement_id"), ["agreement_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_service_figure_place"), ["place"], unique=False)
        batch_op.create_index(batch_op.f("ix_service_figure_project_id"), ["project_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_service_figure_report_id"), ["report_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("service_figure", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_service_figure_report_id"))
        batch_op.drop_index(batch_op.f("ix_service_figure_project_id"))
        batch_op.drop_index(batch_op.f("ix_service_figure_place"))
        batch_op.drop_index(batch_op.f("ix_service_figure_agreement_id"))

    op.drop_table("service_figure")
    with op.batch_alter_table("signature", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_signature_place"))
        batch_op.drop_index(batch_op.f("ix_signature_agreement_id"))

    op.drop_table("signature")
    with op.batch_alter_table("instalment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_instalment_place"))
        batch_op.drop_index(batch_op.f("ix_instalment_agreement_id"))

    op.drop_table("instalment")
    with op.batch_alter_table("delivery_report", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_delivery_report_place"))
        batch_op.drop_index(batch_op.f("ix_delivery_report_agreement_id"))

    op.drop_table("delivery_report")
    with op.batch_alter_table("acceptance", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_acceptance_place"))
        batch_op.drop_index(batch_op.f("ix_acceptance_agreement_id"))

    op.drop_table("acceptance")
    with op.batch_alter_table("agreement", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_agreement_supplier_id"))
        batch_op.drop_index(batch_op.f("ix_agreement_project_id"))
        batch_op.drop_index(batch_op.f("ix_agreement_place"))
        batch_op.drop_index(batch_op.f("ix_agreement_buyer_id"))

    op.drop_table("agreement")
