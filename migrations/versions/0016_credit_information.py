"""credit information: cases, objections to them, and asks to be taken off a list"""

import sqlalchemy as sa
from alembic import op

from app.core.db import Key, Moment

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "credit_case",
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("trigger", sa.String(length=24), nullable=False),
        sa.Column("body_id", Key, nullable=False),
        sa.Column("basis", sa.String(length=120), nullable=True),
        sa.Column("source_id", Key, nullable=True),
        sa.Column("elsewhere", sa.Boolean(), nullable=False),
        sa.Column("department", sa.String(length=120), nullable=False),
        sa.Column("document_no", sa.String(length=120), nullable=False),
        sa.Column("law", sa.String(length=300), nullable=False),
        sa.Column("grounds", sa.Text(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=True),
        sa.Column("arose_on", sa.Date(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("letters", sa.JSON(), nullable=False),
        sa.Column("evidence_id", Key, nullable=True),
        sa.Column("found_by_id", Key, nullable=True),
        sa.Column("notice_id", Key, nullable=True),
        sa.Column("noticed_at", Moment(), nullable=True),
        sa.Column("respond_by", sa.Date(), nullable=True),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("statement_file_id", Key, nullable=True),
        sa.Column("stated_at", Moment(), nullable=True),
        sa.Column("hearing_asked", sa.Boolean(), nullable=False),
        sa.Column("hearing_on", sa.Date(), nullable=True),
        sa.Column("hearing_place", sa.String(length=200), nullable=False),
        sa.Column("heard_note", sa.Text(), nullable=False),
        sa.Column("proposal", sa.Text(), nullable=False),
        sa.Column("proposed_by_id", Key, nullable=True),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("decided_by_id", Key, nullable=True),
        sa.Column("decided_at", Moment(), nullable=True),
        sa.Column("decision_id", Key, nullable=True),
        sa.Column("enter_by", sa.Date(), nullable=True),
        sa.Column("entered_on", sa.Date(), nullable=True),
        sa.Column("fact_id", Key, nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("end_reason", sa.Text(), nullable=False),
        sa.Column("removal_id", Key, nullable=True),
        sa.Column("id", Key, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=12), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.CheckConstraint("amount_fen IS NULL OR amount_fen > 0", name=op.f("ck_credit_case_amount")),
        sa.CheckConstraint("kind IN ('abnormal', 'serious', 'penalty', 'ban')", name=op.f("ck_credit_case_kind")),
        sa.CheckConstraint(
            "state IN ('found', 'noticed', 'heard', 'proposed', 'decided', 'entered', 'removed', 'expired', 'corrected', "
            "'dropped')",
            name=op.f("ck_credit_case_state"),
        ),
        sa.CheckConstraint("ends_on IS NULL OR starts_on <= ends_on", name=op.f("ck_credit_case_term")),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_credit_case_body_id")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["person.id"], name=op.f("fk_credit_case_decided_by_id")),
        sa.ForeignKeyConstraint(["decision_id"], ["stored_file.id"], name=op.f("fk_credit_case_decision_id")),
        sa.ForeignKeyConstraint(["evidence_id"], ["stored_file.id"], name=op.f("fk_credit_case_evidence_id")),
        sa.ForeignKeyConstraint(["fact_id"], ["standing_fact.id"], name=op.f("fk_credit_case_fact_id")),
        sa.ForeignKeyConstraint(["found_by_id"], ["person.id"], name=op.f("fk_credit_case_found_by_id")),
        sa.ForeignKeyConstraint(["notice_id"], ["stored_file.id"], name=op.f("fk_credit_case_notice_id")),
        sa.ForeignKeyConstraint(["proposed_by_id"], ["person.id"], name=op.f("fk_credit_case_proposed_by_id")),
        sa.ForeignKeyConstraint(["removal_id"], ["stored_file.id"], name=op.f("fk_credit_case_removal_id")),
        sa.ForeignKeyConstraint(["source_id"], ["credit_case.id"], name=op.f("fk_credit_case_source_id")),
        sa.ForeignKeyConstraint(
            ["statement_file_id"], ["stored_file.id"], name=op.f("fk_credit_case_statement_file_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credit_case")),
        sa.UniqueConstraint("basis", name=op.f("uq_credit_case_basis")),
        sa.UniqueConstraint("number", name=op.f("uq_credit_case_number")),
        sa.UniqueConstraint("public_id", name=op.f("uq_credit_case_public_id")),
    )
    with op.batch_alter_table("credit_case", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_credit_case_body_id"), ["body_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_credit_case_entered_on"), ["entered_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_credit_case_place"), ["place"], unique=False)
        batch_op.create_index(batch_op.f("ix_credit_case_state"), ["state"], unique=False)
    op.create_table(
        "credit_objection",
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("case_id", Key, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("file_id", Key, nullable=True),
        sa.Column("by_id", Key, nullable=False),
        sa.Column("filed_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_by_id", Key, nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("id", Key, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=12), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.CheckConstraint("state IN ('filed', 'upheld', 'dismissed')", name=op.f("ck_credit_objection_state")),
        sa.ForeignKeyConstraint(["answered_by_id"], ["person.id"], name=op.f("fk_credit_objection_answered_by_id")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_credit_objection_by_id")),
        sa.ForeignKeyConstraint(["case_id"], ["credit_case.id"], name=op.f("fk_credit_objection_case_id")),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_credit_objection_file_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credit_objection")),
        sa.UniqueConstraint("public_id", name=op.f("uq_credit_objection_public_id")),
    )
    with op.batch_alter_table("credit_objection", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_credit_objection_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_credit_objection_place"), ["place"], unique=False)
        batch_op.create_index(batch_op.f("ix_credit_objection_state"), ["state"], unique=False)
    op.create_table(
        "credit_repair",
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("case_id", Key, nullable=False),
        sa.Column("done", sa.Text(), nullable=False),
        sa.Column("file_id", Key, nullable=True),
        sa.Column("by_id", Key, nullable=False),
        sa.Column("applied_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("checked_by_id", Key, nullable=True),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.Column("remove_by", sa.Date(), nullable=True),
        sa.Column("id", Key, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=12), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.CheckConstraint("state IN ('applied', 'confirmed', 'refused')", name=op.f("ck_credit_repair_state")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_credit_repair_by_id")),
        sa.ForeignKeyConstraint(["case_id"], ["credit_case.id"], name=op.f("fk_credit_repair_case_id")),
        sa.ForeignKeyConstraint(["checked_by_id"], ["person.id"], name=op.f("fk_credit_repair_checked_by_id")),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_credit_repair_file_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credit_repair")),
        sa.UniqueConstraint("public_id", name=op.f("uq_credit_repair_public_id")),
    )
    with op.batch_alter_table("credit_repair", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_credit_repair_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_credit_repair_place"), ["place"], unique=False)
        batch_op.create_index(batch_op.f("ix_credit_repair_state"), ["state"], unique=False)


def downgrade() -> None:
    for table in ("credit_repair", "credit_objection", "credit_case"):
        op.drop_table(table)
