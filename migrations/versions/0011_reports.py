"""annual reports: sections, evidence, corrections, lateness"""

import sqlalchemy as sa
from alembic import op

from app.core.db import Key, Moment

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "overdue_sweep",
        sa.Column("week", sa.Date(), nullable=False),
        sa.Column("after", sa.BigInteger(), nullable=False),
        sa.Column("found", sa.Integer(), nullable=False),
        sa.Column("finished", sa.Boolean(), nullable=False),
        sa.Column("id", Key, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=12), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_overdue_sweep")),
        sa.UniqueConstraint("public_id", name=op.f("uq_overdue_sweep_public_id")),
        sa.UniqueConstraint("week", name=op.f("uq_overdue_sweep_week")),
    )
    with op.batch_alter_table("overdue_sweep", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_overdue_sweep_place"), ["place"], unique=False)

    op.create_table(
        "overdue_report",
        sa.Column("body_id", Key, nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("found_on", sa.Date(), nullable=False),
        sa.Column("settled_on", sa.Date(), nullable=True),
        sa.Column("sweep_id", Key, nullable=False),
        sa.Column("id", Key, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=12), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.CheckConstraint("kind IN ('association', 'service', 'foundation')", name=op.f("ck_overdue_report_kind")),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_overdue_report_body_id")),
        sa.ForeignKeyConstraint(["sweep_id"], ["overdue_sweep.id"], name=op.f("fk_overdue_report_sweep_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_overdue_report")),
        sa.UniqueConstraint("body_id", "year", name=op.f("uq_overdue_report_body_id_year")),
        sa.UniqueConstraint("public_id", name=op.f("uq_overdue_report_public_id")),
    )
    with op.batch_alter_table("overdue_report", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_overdue_report_place"), ["place"], unique=False)
        batch_op.create_index(batch_op.f("ix_overdue_report_sweep_id"), ["sweep_id"], unique=False)

    op.create_table(
        "annual_report",
        sa.Column("body_id", Key, nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("supervisor_due_on", sa.Date(), nullable=True),
        sa.Column("supervisor_id", Key, nullable=True),
        sa.Column("held", sa.JSON(), nullable=False),
        sa.Column("handed_in_at", Moment(), nullable=True),
        sa.Column("opinion", sa.String(length=10), nullable=True),
        sa.Column("opinion_text", sa.Text(), nullable=False),
        sa.Column("opinion_by_id", Key, nullable=True),
        sa.Column("opinion_at", Moment(), nullable=True),
        sa.Column("submitted_at", Moment(), nullable=True),
        sa.Column("submitted_by_id", Key, nullable=True),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("proposed_result", sa.String(length=8), nullable=True),
        sa.Column("proposed_reasons", sa.Text(), nullable=False),
        sa.Column("proposed_by_id", Key, nullable=True),
        sa.Column("proposed_at", Moment(), nullable=True),
        sa.Column("objection", sa.Text(), nullable=False),
        sa.Column("result", sa.String(length=8), nullable=True),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("decided_by_id", Key, nullable=True),
        sa.Column("decided_at", Moment(), nullable=True),
        sa.Column("paper_id", Key, nullable=True),
        sa.Column("id", Key, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=12), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.CheckConstraint("kind IN ('association', 'service', 'foundation')", name=op.f("ck_annual_report_kind")),
        sa.CheckConstraint(
            "result IS NULL OR result IN ('pass', 'basic', 'fail')", name=op.f("ck_annual_report_result")
        ),
        sa.CheckConstraint(
            "state <> 'decided' OR result IS NOT NULL", name=op.f("ck_annual_report_decided_with_result")
        ),
        sa.CheckConstraint(
            "state IN ('draft', 'with_supervisor', 'examined') OR submitted_at IS NOT NULL",
            name=op.f("ck_annual_report_handed_in_when"),
        ),
        sa.CheckConstraint(
            "state IN ('draft', 'with_supervisor', 'examined', 'submitted', 'correcting', 'proposed', 'decided')",
            name=op.f("ck_annual_report_state"),
        ),
        sa.CheckConstraint(
            "decided_by_id IS NULL OR decided_by_id <> proposed_by_id", name=op.f("ck_annual_report_maker_not_checker")
        ),
        sa.CheckConstraint("year BETWEEN 1990 AND 2200", name=op.f("ck_annual_report_year")),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_annual_report_body_id")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["person.id"], name=op.f("fk_annual_report_decided_by_id")),
        sa.ForeignKeyConstraint(["opinion_by_id"], ["person.id"], name=op.f("fk_annual_report_opinion_by_id")),
        sa.ForeignKeyConstraint(["paper_id"], ["stored_file.id"], name=op.f("fk_annual_report_paper_id")),
        sa.ForeignKeyConstraint(["proposed_by_id"], ["person.id"], name=op.f("fk_annual_report_proposed_by_id")),
        sa.ForeignKeyConstraint(["submitted_by_id"], ["person.id"], name=op.f("fk_annual_report_submitted_by_id")),
        sa.ForeignKeyConstraint(["supervisor_id"], ["body.id"], name=op.f("fk_annual_report_supervisor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_annual_report")),
        sa.UniqueConstraint("body_id", "year", name=op.f("uq_annual_report_body_id_year")),
        sa.UniqueConstraint("public_id", name=op.f("uq_annual_report_public_id")),
    )
    with op.batch_alter_table("annual_report", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_annual_report_place"), ["place"], unique=False)
        batch_op.create_index(batch_op.f("ix_annual_report_state"), ["state"], unique=False)
        batch_op.create_index(batch_op.f("ix_annual_report_supervisor_id"), ["supervisor_id"], unique=False)

    op.create_table(
        "report_correction",
        sa.Column("report_id", Key, nullable=False),
        sa.Column("section", sa.String(length=24), nullable=False),
        sa.Column("asked", sa.Text(), nullable=False),
        sa.Column("asked_by_id", Key, nullable=False),
        sa.Column("asked_at", Moment(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_at", Moment(), nullable=True),
        sa.Column("id", Key, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=12), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["asked_by_id"], ["person.id"], name=op.f("fk_report_correction_asked_by_id")),
        sa.ForeignKeyConstraint(["report_id"], ["annual_report.id"], name=op.f("fk_report_correction_report_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_correction")),
        sa.UniqueConstraint("public_id", name=op.f("uq_report_correction_public_id")),
    )
    with op.batch_alter_table("report_correction", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_report_correction_place"), ["place"], unique=False)
        batch_op.create_index(batch_op.f("ix_report_correction_report_id"), ["report_id"], unique=False)

    op.create_table(
        "report_evidence",
        sa.Column("report_id", Key, nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("file_id", Key, nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("id", Key, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=12), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.CheckConstraint("kind IN ('audit', 'opinion', 'other')", name=op.f("ck_report_evidence_kind")),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_report_evidence_file_id")),
        sa.ForeignKeyConstraint(["report_id"], ["annual_report.id"], name=op.f("fk_report_evidence_report_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_evidence")),
        sa.UniqueConstraint("public_id", name=op.f("uq_report_evidence_public_id")),
    )
    with op.batch_alter_table("report_evidence", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_report_evidence_place"), ["place"], unique=False)
        batch_op.create_index(batch_op.f("ix_report_evidence_report_id"), ["report_id"], unique=False)

    op.create_table(
        "report_section",
        sa.Column("report_id", Key, nullable=False),
        sa.Column("key", sa.String(length=24), nullable=False),
        sa.Column("order", sa.Integer(), nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("saved_at", Moment(), nullable=True),
        sa.Column("saved_by_id", Key, nullable=True),
        sa.Column("id", Key, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=12), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["report_id"], ["annual_report.id"], name=op.f("fk_report_section_report_id")),
        sa.ForeignKeyConstraint(["saved_by_id"], ["person.id"], name=op.f("fk_report_section_saved_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_section")),
        sa.UniqueConstraint("public_id", name=op.f("uq_report_section_public_id")),
        sa.UniqueConstraint("report_id", "key", name=op.f("uq_report_section_report_id_key")),
    )
    with op.batch_alter_table("report_section", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_report_section_place"), ["place"], unique=False)
        batch_op.create_index(batch_op.f("ix_report_section_report_id"), ["report_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("report_section", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_report_section_report_id"))
        batch_op.drop_index(batch_op.f("ix_report_section_place"))

    op.drop_table("report_section")
    with op.batch_alter_table("report_evidence", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_report_evidence_report_id"))
        batch_op.drop_index(batch_op.f("ix_report_evidence_place"))

    op.drop_table("report_evidence")
    with op.batch_alter_table("report_correction", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_report_correction_report_id"))
        batch_op.drop_index(batch_op.f("ix_report_correction_place"))

    op.drop_table("report_correction")
    with op.batch_alter_table("annual_report", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_annual_report_supervisor_id"))
        batch_op.drop_index(batch_op.f("ix_annual_report_state"))
        batch_op.drop_index(batch_op.f("ix_annual_report_place"))

    op.drop_table("annual_report")
    with op.batch_alter_table("overdue_report", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_overdue_report_sweep_id"))
        batch_op.drop_index(batch_op.f("ix_overdue_report_place"))

    op.drop_table("overdue_report")
    with op.batch_alter_table("overdue_sweep", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_overdue_sweep_place"))

    op.drop_table("overdue_sweep")
