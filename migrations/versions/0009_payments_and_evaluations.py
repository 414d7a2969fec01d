"""payments and evaluations"""

import sqlalchemy as sa
from alembic import op

from app.core.db import Key, Moment

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "evaluation",
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("project_id", Key, nullable=False),
        sa.Column("buyer_id", Key, nullable=False),
        sa.Column("stage", sa.String(length=10), nullable=False),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column("evaluator_id", Key, nullable=False),
        sa.Column("person_id", Key, nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("declaration", sa.Text(), nullable=False),
        sa.Column("declared_at", Moment(), nullable=True),
        sa.Column("total_centi", sa.Integer(), nullable=True),
        sa.Column("band", sa.String(length=8), nullable=True),
        sa.Column("passed", sa.Boolean(), nullable=True),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("scored_at", Moment(), nullable=True),
        sa.Column("published_at", Moment(), nullable=True),
        sa.Column("report_id", Key, nullable=True),
        sa.Column("id", Key, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=12), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.CheckConstraint("stage IN ('mid_term', 'final')", name=op.f("ck_evaluation_stage")),
        sa.CheckConstraint(
            "state IN ('assigned', 'declared', 'declined') OR (total_centi IS NOT NULL AND band IS NOT NULL AND passed IS NOT NULL)",
            name=op.f("ck_evaluation_scored_with_total"),
        ),
        sa.CheckConstraint(
            "state IN ('assigned', 'declared', 'scored', 'replied', 'published', 'declined')",
            name=op.f("ck_evaluation_state"),
        ),
        sa.ForeignKeyConstraint(["buyer_id"], ["body.id"], name=op.f("fk_evaluation_buyer_id")),
        sa.ForeignKeyConstraint(["evaluator_id"], ["body.id"], name=op.f("fk_evaluation_evaluator_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_evaluation_person_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_evaluation_project_id")),
        sa.ForeignKeyConstraint(["report_id"], ["stored_file.id"], name=op.f("fk_evaluation_report_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evaluation")),
        sa.UniqueConstraint("public_id", name=op.f("uq_evaluation_public_id")),
    )
    with op.batch_alter_table("evaluation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_evaluation_evaluator_id"), ["evaluator_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_evaluation_place"), ["place"], unique=False)
        batch_op.create_index(batch_op.f("ix_evaluation_project_id"), ["project_id"], unique=False)

    op.create_table(
        "evaluation_reply",
        sa.Column("evaluation_id", Key, nullable=False),
        sa.Column("supplier_id", Key, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("accepted", sa.Boolean(), nullable=False),
        sa.Column("by_id", Key, nullable=False),
        sa.Column("id", Key, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=12), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_evaluation_reply_by_id")),
        sa.ForeignKeyConstraint(["evaluation_id"], ["evaluation.id"], name=op.f("fk_evaluation_reply_evaluation_id")),
        sa.ForeignKeyConstraint(["supplier_id"], ["body.id"], name=op.f("fk_evaluation_reply_supplier_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evaluation_reply")),
        sa.UniqueConstraint("evaluation_id", "supplier_id", name=op.f("uq_evaluation_reply_evaluation_id_supplier_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_evaluation_reply_public_id")),
    )
    with op.batch_alter_table("evaluation_reply", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_evaluation_reply_evaluation_id"), ["evaluation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_evaluation_reply_place"), ["place"], unique=False)

    op.create_table(
        "indicator_score",
        sa.Column("evaluation_id", Key, nullable=False),
        sa.Column("indicator_id", Key, nullable=False),
        sa.Column("actual", sa.String(length=20), nullable=False),
        sa.Column("target", sa.String(length=20), nullable=False),
        sa.Column("score_centi", sa.Integer(), nullable=False),
        sa.Column("computed", sa.Boolean(), nullable=False),
        sa.Column("upheld", sa.Boolean(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("evidence_id", Key, nullable=True),
        sa.Column("id", Key, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=12), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["evaluation_id"], ["evaluation.id"], name=op.f("fk_indicator_score_evaluation_id")),
        sa.ForeignKeyConstraint(["evidence_id"], ["stored_file.id"], name=op.f("fk_indicator_score_evidence_id")),
        sa.ForeignKeyConstraint(["indicator_id"], ["indicator.id"], name=op.f("fk_indicator_score_indicator_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicator_score")),
        sa.UniqueConstraint(
            "evaluation_id", "indicator_id", name=op.f("uq_indicator_score_evaluation_id_indicator_id")
        ),
        sa.UniqueConstraint("public_id", name=op.f("uq_indicator_score_public_id")),
    )
    with op.batch_alter_table("indicator_score", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_indicator_score_evaluation_id"), ["evaluation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_indicator_score_place"), ["place"], unique=False)

    op.create_table(
        "payment",
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("instalment_id", Key, nullable=False),
        sa.Column("agreement_id", Key, nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("invoice_no", sa.String(length=40), nullable=False),
        sa.Column("invoice_id", Key, nullable=True),
        sa.Column("requested_by_id", Key, nullable=False),
        sa.Column("checked_by_id", Key, nullable=True),
        sa.Column("checked_at", Moment(), nullable=True),
        sa.Column("paid_by_id", Key, nullable=True),
        sa.Column("paid_at", Moment(), nullable=True),
        sa.Column("refusal", sa.Text(), nullable=False),
        sa.Column("order_id", Key, nullable=True),
        sa.Column("id", Key, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=12), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.CheckConstraint(
            "state <> 'paid' OR (paid_at IS NOT NULL AND paid_by_id IS NOT NULL)", name=op.f("ck_payment_paid_when")
        ),
        sa.CheckConstraint("state IN ('requested', 'checked', 'paid', 'refused')", name=op.f("ck_payment_state")),
        sa.CheckConstraint("amount_fen > 0", name=op.f("ck_payment_amount")),
        sa.CheckConstraint(
            "checked_by_id IS NULL OR checked_by_id <> requested_by_id", name=op.f("ck_payment_maker_not_checker")
        ),
        sa.CheckConstraint(
            "paid_by_id IS NULL OR paid_by_id <> checked_by_id", name=op.f("ck_payment_payer_not_checker")
        ),
        sa.ForeignKeyConstraint(["agreement_id"], ["agreement.id"], name=op.f("fk_payment_agreement_id")),
        sa.ForeignKeyConstraint(["checked_by_id"], ["person.id"], name=op.f("fk_payment_checked_by_id")),
        sa.ForeignKeyConstraint(["instalment_id"], ["instalment.id"], name=op.f("fk_payment_instalment_id")),
        sa.ForeignKeyConstraint(["invoice_id"], ["stored_file.id"], name=op.f("fk_payment_invoice_id")),
        sa.ForeignKeyConstraint(["order_id"], ["stored_file.id"], name=op.f("fk_payment_order_id")),
        sa.ForeignKeyConstraint(["paid_by_id"], ["person.id"], name=op.f("fk_payment_paid_by_id")),
        sa.ForeignKeyConstraint(["requested_by_id"], ["person.id"], name=op.f("fk_payment_requested_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment")),
        sa.UniqueConstraint("public_id", name=op.f("uq_payment_public_id")),
    )
    with op.batch_alter_table("payment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_payment_agreement_id"), ["agreement_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_payment_place"), ["place"], unique=False)
        batch_op.create_index(
            "uq_payment_one_live",
            ["instalment_id"],
            unique=True,
            sqlite_where=sa.text("state <> 'refused'"),
            postgresql_where=sa.text("state <> 'refused'"),
        )

    op.create_table(
        "payment_share",
        sa.Column("payment_id", Key, nullable=False),
        sa.Column("budget_line_id", Key, nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("id", Key, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=12), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.CheckConstraint("amount_fen >= 0", name=op.f("ck_payment_share_amount")),
        sa.ForeignKeyConstraint(["budget_line_id"], ["budget_line.id"], name=op.f("fk_payment_share_budget_line_id")),
        sa.ForeignKeyConstraint(["payment_id"], ["payment.id"], name=op.f("fk_payment_share_payment_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment_share")),
        sa.UniqueConstraint("public_id", name=op.f("uq_payment_share_public_id")),
    )
    with op.batch_alter_table("payment_share", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_payment_share_payment_id"), ["payment_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_payment_share_place"), ["place"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("payment_share", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_payment_share_place"))
        batch_op.drop_index(batch_op.f("ix_payment_share_payment_id"))

    op.drop_table("payment_share")
    with op.batch_alter_table("payment", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_payment_one_live",
            sqlite_where=sa.text("state <> 'refused'"),
            postgresql_where=sa.text("state <> 'refused'"),
        )
        batch_op.drop_index(batch_op.f("ix_payment_place"))
        batch_op.drop_index(batch_op.f("ix_payment_agreement_id"))

    op.drop_table("payment")
    with op.batch_alter_table("indicator_score", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_indicator_score_place"))
        batch_op.drop_index(batch_op.f("ix_indicator_score_evaluation_id"))

    op.drop_table("indicator_score")
    with op.batch_alter_table("evaluation_reply", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_evaluation_reply_place"))
        batch_op.drop_index(batch_op.f("ix_evaluation_reply_evaluation_id"))

    op.drop_table("evaluation_reply")
    with op.batch_alter_table("evaluation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_evaluation_project_id"))
        batch_op.drop_index(batch_op.f("ix_evaluation_place"))
        batch_op.drop_index(batch_op.f("ix_evaluation_evaluator_id"))

    op.drop_table("evaluation")
