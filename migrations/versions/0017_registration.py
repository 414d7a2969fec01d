"""registration

Applications with their materials and corrections, verified heads, certificates. A sponsor (发起人) is a kind of body,
so the list of kinds that a body can be of is made anew.
"""

import sqlalchemy as sa
from alembic import op

from app.core.db import Key, Moment

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

BEFORE = (
    "bureau", "sub_district", "finance", "supervision", "agency", "organization", "enterprise", "institution",
    "collective", "committee", "evaluator", "platform",
)  # fmt: skip
NOW = (*BEFORE, "sponsor")


def upgrade() -> None:
    _kinds_of_bodies(NOW)
    op.create_table(
        "application",
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("number", sa.String(length=30), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("name_folded", sa.String(length=200), nullable=False),
        sa.Column("organization_kind", sa.String(length=16), nullable=True),
        sa.Column("applicant_id", Key, nullable=False),
        sa.Column("authority_id", Key, nullable=False),
        sa.Column("organization_id", Key, nullable=True),
        sa.Column("on_paper", sa.Boolean(), nullable=False),
        sa.Column("drafted_by_id", Key, nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("head_mark", sa.String(length=64), nullable=True),
        sa.Column("head_tail", sa.String(length=4), nullable=False),
        sa.Column("head_verified", sa.Boolean(), nullable=False),
        sa.Column("submitted_at", Moment(), nullable=True),
        sa.Column("complete_on", sa.Date(), nullable=True),
        sa.Column("accepted_at", Moment(), nullable=True),
        sa.Column("accepted_by_id", Key, nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("reviewed_at", Moment(), nullable=True),
        sa.Column("reviewed_by_id", Key, nullable=True),
        sa.Column("opinion", sa.Text(), nullable=False),
        sa.Column("proposes", sa.String(length=8), nullable=True),
        sa.Column("decided_at", Moment(), nullable=True),
        sa.Column("decided_by_id", Key, nullable=True),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("decision_id", Key, nullable=True),
        sa.Column("id", Key, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=12), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.CheckConstraint(
            "state IN ('draft', 'submitted', 'correcting', 'accepted', 'reviewed', 'granted', 'refused', 'declined', 'withdrawn')",
            name=op.f("ck_application_state"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('granted', 'refused') OR (decided_by_id IS NOT NULL AND decided_at IS NOT NULL AND decided_by_id <> reviewed_by_id AND decided_by_id <> accepted_by_id)",
            name=op.f("ck_application_decided_by_another"),
        ),
        sa.ForeignKeyConstraint(["accepted_by_id"], ["person.id"], name=op.f("fk_application_accepted_by_id")),
        sa.ForeignKeyConstraint(["applicant_id"], ["body.id"], name=op.f("fk_application_applicant_id")),
        sa.ForeignKeyConstraint(["authority_id"], ["body.id"], name=op.f("fk_application_authority_id")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["person.id"], name=op.f("fk_application_decided_by_id")),
        sa.ForeignKeyConstraint(["decision_id"], ["stored_file.id"], name=op.f("fk_application_decision_id")),
        sa.ForeignKeyConstraint(["drafted_by_id"], ["person.id"], name=op.f("fk_application_drafted_by_id")),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"], name=op.f("fk_application_organization_id")),
        sa.ForeignKeyConstraint(["reviewed_by_id"], ["person.id"], name=op.f("fk_application_reviewed_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application")),
        sa.UniqueConstraint("number", name=op.f("uq_application_number")),
        sa.UniqueConstraint("public_id", name=op.f("uq_application_public_id")),
    )
    with op.batch_alter_table("application", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_application_applicant_id"), ["applicant_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_application_authority_id"), ["authority_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_application_kind"), ["kind"], unique=False)
        batch_op.create_index(batch_op.f("ix_application_name_folded"), ["name_folded"], unique=False)
        batch_op.create_index(batch_op.f("ix_application_organization_id"), ["organization_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_application_place"), ["place"], unique=False)

    op.create_table(
        "certificate",
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("number", sa.String(length=30), nullable=False),
        sa.Column("organization_id", Key, nullable=False),
        sa.Column("issue", sa.Integer(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("says", sa.JSON(), nullable=False),
        sa.Column("original_id", Key, nullable=False),
        sa.Column("copy_id", Key, nullable=False),
        sa.Column("original_fingerprint", sa.String(length=64), nullable=False),
        sa.Column("copy_fingerprint", sa.String(length=64), nullable=False),
        sa.Column("authority_id", Key, nullable=False),
        sa.Column("id", Key, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=12), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.CheckConstraint("(state = 'valid') = (ended_on IS NULL)", name=op.f("ck_certificate_ended")),
        sa.CheckConstraint("state IN ('valid', 'superseded', 'cancelled')", name=op.f("ck_certificate_state")),
        sa.ForeignKeyConstraint(["authority_id"], ["body.id"], name=op.f("fk_certificate_authority_id")),
        sa.ForeignKeyConstraint(["copy_id"], ["stored_file.id"], name=op.f("fk_certificate_copy_id")),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"], name=op.f("fk_certificate_organization_id")),
        sa.ForeignKeyConstraint(["original_id"], ["stored_file.id"], name=op.f("fk_certificate_original_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate")),
        sa.UniqueConstraint("number", name=op.f("uq_certificate_number")),
        sa.UniqueConstraint("organization_id", "issue", name=op.f("uq_certificate_organization_id_issue")),
        sa.UniqueConstraint("public_id", name=op.f("uq_certificate_public_id")),
    )
    with op.batch_alter_table("certificate", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_certificate_organization_id"), ["organization_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_certificate_place"), ["place"], unique=False)

    op.create_table(
        "headship",
        sa.Column("organization_id", Key, nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.Column("tail", sa.String(length=4), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("id", Key, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=12), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"], name=op.f("fk_headship_organization_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_headship")),
        sa.UniqueConstraint("public_id", name=op.f("uq_headship_public_id")),
    )
    with op.batch_alter_table("headship", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_headship_mark"), ["mark"], unique=False)
        batch_op.create_index(batch_op.f("ix_headship_organization_id"), ["organization_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_headship_place"), ["place"], unique=False)

    op.create_table(
        "application_material",
        sa.Column("application_id", Key, nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("file_id", Key, nullable=False),
        sa.Column("replaced", sa.Boolean(), nullable=False),
        sa.Column("id", Key, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=12), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_application_material_application_id")
        ),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_application_material_file_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application_material")),
        sa.UniqueConstraint("public_id", name=op.f("uq_application_material_public_id")),
    )
    with op.batch_alter_table("application_material", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_application_material_application_id"), ["application_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_application_material_place"), ["place"], unique=False)

    op.create_table(
        "correction",
        sa.Column("application_id", Key, nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("item", sa.String(length=80), nullable=False),
        sa.Column("asked", sa.Text(), nullable=False),
        sa.Column("asked_at", Moment(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_at", Moment(), nullable=True),
        sa.Column("id", Key, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=12), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["application_id"], ["application.id"], name=op.f("fk_correction_application_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correction")),
        sa.UniqueConstraint("public_id", name=op.f("uq_correction_public_id")),
    )
    with op.batch_alter_table("correction", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_correction_application_id"), ["application_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_correction_place"), ["place"], unique=False)


def downgrade() -> None:
    for table in ("correction", "application_material", "headship", "certificate", "application"):
        op.drop_table(table)
    op.execute("UPDATE body SET kind = 'organization' WHERE kind = 'sponsor'")
    _kinds_of_bodies(BEFORE)


def _kinds_of_bodies(kinds: tuple[str, ...]) -> None:
    with op.batch_alter_table("body", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_body_kind"), type_="check")
        batch_op.create_check_constraint(op.f("ck_body_kind"), f"kind IN {kinds}")
