"""questions, complaints and suggestions of the public"""

import sqlalchemy as sa
from alembic import op

from app.core.db import Key, Moment

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "complaint",
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("topic", sa.String(length=16), nullable=False),
        sa.Column("subject", sa.String(length=16), nullable=False),
        sa.Column("subject_id", sa.String(length=16), nullable=False),
        sa.Column("subject_name", sa.String(length=200), nullable=False),
        sa.Column("about_body_id", Key, nullable=True),
        sa.Column("body_id", Key, nullable=False),
        sa.Column("asked_title", sa.LargeBinary(), nullable=False),
        sa.Column("asked_text", sa.LargeBinary(), nullable=False),
        sa.Column("contact", sa.LargeBinary(), nullable=True),
        sa.Column("key_digest", sa.String(length=64), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("sort_by", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("extended_on", sa.Date(), nullable=True),
        sa.Column("extension_reason", sa.String(length=300), nullable=False),
        sa.Column("overdue_on", sa.Date(), nullable=True),
        sa.Column("forwards", sa.JSON(), nullable=False),
        sa.Column("title", sa.String(length=100), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("earlier_id", Key, nullable=True),
        sa.Column("sorted_by_id", Key, nullable=True),
        sa.Column("refusal", sa.String(length=12), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("statement_on", sa.Date(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("basis", sa.String(length=300), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("written_by_id", Key, nullable=True),
        sa.Column("reviewed_by_id", Key, nullable=True),
        sa.Column("review_note", sa.String(length=300), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("satisfied", sa.Boolean(), nullable=True),
        sa.Column("judged_on", sa.Date(), nullable=True),
        sa.Column("id", Key, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=12), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.CheckConstraint(
            "state IN ('received', 'accepted', 'drafted', 'answered', 'refused', 'withdrawn')",
            name=op.f("ck_complaint_state"),
        ),
        sa.CheckConstraint("kind IN ('question', 'complaint', 'suggestion')", name=op.f("ck_complaint_kind")),
        sa.CheckConstraint("subject IN ('organization', 'project', 'general')", name=op.f("ck_complaint_subject")),
        sa.CheckConstraint(
            "topic IN ('quality', 'fees', 'conduct', 'access', 'money', 'registration', 'purchase', 'privacy', 'other')",
            name=op.f("ck_complaint_topic"),
        ),
        sa.CheckConstraint(
            "state <> 'answered' OR (answer <> '' AND answered_on IS NOT NULL)", name=op.f("ck_complaint_answered")
        ),
        sa.ForeignKeyConstraint(["about_body_id"], ["body.id"], name=op.f("fk_complaint_about_body_id")),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_complaint_body_id")),
        sa.ForeignKeyConstraint(["earlier_id"], ["complaint.id"], name=op.f("fk_complaint_earlier_id")),
        sa.ForeignKeyConstraint(["sorted_by_id"], ["person.id"], name=op.f("fk_complaint_sorted_by_id")),
        sa.ForeignKeyConstraint(["written_by_id"], ["person.id"], name=op.f("fk_complaint_written_by_id")),
        sa.ForeignKeyConstraint(["reviewed_by_id"], ["person.id"], name=op.f("fk_complaint_reviewed_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint")),
        sa.UniqueConstraint("public_id", name=op.f("uq_complaint_public_id")),
        sa.UniqueConstraint("number", name=op.f("uq_complaint_number")),
        sa.UniqueConstraint("key_digest", name=op.f("uq_complaint_key_digest")),
    )
    with op.batch_alter_table("complaint", schema=None) as batch_op:
        for column in ("state", "subject_id", "about_body_id", "body_id", "earlier_id", "place"):
            batch_op.create_index(batch_op.f(f"ix_complaint_{column}"), [column], unique=False)
    op.create_table(
        "complaint_sent_from",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_complaint_sent_from")),
    )
    with op.batch_alter_table("complaint_sent_from", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_complaint_sent_from_day"), ["day"], unique=False)


def downgrade() -> None:
    op.drop_table("complaint_sent_from")
    op.drop_table("complaint")
