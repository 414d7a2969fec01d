"""grading"""

import sqlalchemy as sa
from alembic import op

from app.core.db import Key, Moment

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "grading_scheme",
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("jurisdiction", sa.String(length=6), nullable=False),
        sa.Column("edition", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("id", Key, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=12), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.CheckConstraint("kind IN ('association', 'service', 'foundation')", name=op.f("ck_grading_scheme_kind")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grading_scheme")),
        sa.UniqueConstraint(
            "kind", "jurisdiction", "edition", name=op.f("uq_grading_scheme_kind_jurisdiction_edition")
        ),
        sa.UniqueConstraint("public_id", name=op.f("uq_grading_scheme_public_id")),
    )
    with op.batch_alter_table("grading_scheme", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_grading_scheme_kind"), ["kind"], unique=False)
        batch_op.create_index(batch_op.f("ix_grading_scheme_place"), ["place"], unique=False)

    op.create_table(
        "grading_item",
        sa.Column("scheme_id", Key, nullable=False),
        sa.Column("order", sa.Integer(), nullable=False),
        sa.Column("section", sa.String(length=8), nullable=False),
        sa.Column("section_title", sa.String(length=60), nullable=False),
        sa.Column("number", sa.String(length=12), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("evidence", sa.String(length=300), nullable=False),
        sa.Column("held", sa.String(length=20), nullable=False),
        sa.Column("id", Key, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=12), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.CheckConstraint("points > 0", name=op.f("ck_grading_item_points")),
        sa.ForeignKeyConstraint(["scheme_id"], ["grading_scheme.id"], name=op.f("fk_grading_item_scheme_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grading_item")),
        sa.UniqueConstraint("public_id", name=op.f("uq_grading_item_public_id")),
        sa.UniqueConstraint("scheme_id", "number", name=op.f("uq_grading_item_scheme_id_number")),
    )
    with op.batch_alter_table("grading_item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_grading_item_place"), ["place"], unique=False)
        batch_op.create_index(batch_op.f("ix_grading_item_scheme_id"), ["scheme_id"], unique=False)

    op.create_table(
        "grading_round",
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("department_id", Key, nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("notice", sa.Text(), nullable=False),
        sa.Column("apply_from", sa.Date(), nullable=False),
        sa.Column("apply_until", sa.Date(), nullable=False),
        sa.Column("cuts", sa.JSON(), nullable=False),
        sa.Column("cuts_source", sa.String(length=300), nullable=False),
        sa.Column("schemes", sa.JSON(), nullable=False),
        sa.Column("opened_by_id", Key, nullable=False),
        sa.Column("id", Key, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=12), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.CheckConstraint("state IN ('open', 'closed')", name=op.f("ck_grading_round_state")),
        sa.CheckConstraint("apply_from <= apply_until", name=op.f("ck_grading_round_period")),
        sa.ForeignKeyConstraint(["department_id"], ["body.id"], name=op.f("fk_grading_round_department_id")),
        sa.ForeignKeyConstraint(["opened_by_id"], ["person.id"], name=op.f("fk_grading_round_opened_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grading_round")),
        sa.UniqueConstraint("public_id", name=op.f("uq_grading_round_public_id")),
    )
    with op.batch_alter_table("grading_round", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_grading_round_department_id"), ["department_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_grading_round_place"), ["place"], unique=False)

    op.create_table(
        "grading_member",
        sa.Column("round_id", Key, nullable=False),
        sa.Column("person_id", Key, nullable=False),
        sa.Column("committee", sa.String(length=12), nullable=False),
        sa.Column("id", Key, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=12), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.CheckConstraint("committee IN ('evaluation', 'review', 'none')", name=op.f("ck_grading_member_committee")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_grading_member_person_id")),
        sa.ForeignKeyConstraint(["round_id"], ["grading_round.id"], name=op.f("fk_grading_member_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grading_member")),
        sa.UniqueConstraint("public_id", name=op.f("uq_grading_member_public_id")),
        sa.UniqueConstraint("round_id", "person_id", name=op.f("uq_grading_member_round_id_person_id")),
    )
    with op.batch_alter_table("grading_member", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_grading_member_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_grading_member_place"), ["place"], unique=False)
        batch_op.create_index(batch_op.f("ix_grading_member_round_id"), ["round_id"], unique=False)

    op.create_table(
        "grading_application",
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("round_id", Key, nullable=False),
        sa.Column("organization_id", Key, nullable=False),
        sa.Column("body_id", Key, nullable=False),
        sa.Column("department_id", Key, nullable=False),
        sa.Column("scheme_id", Key, nullable=False),
        sa.Column("investigated", sa.Boolean(), nullable=False),
        sa.Column("submitted_at", Moment(), nullable=True),
        sa.Column("sent_back", sa.Text(), nullable=False),
        sa.Column("accepted_by_id", Key, nullable=True),
        sa.Column("accepted_at", Moment(), nullable=True),
        sa.Column("inspections", sa.JSON(), nullable=False),
        sa.Column("inspections_source", sa.String(length=300), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("self_points", sa.Integer(), nullable=True),
        sa.Column("total_centi", sa.Integer(), nullable=True),
        sa.Column("grade", sa.Integer(), nullable=True),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("concluded_by_id", Key, nullable=True),
        sa.Column("publicized_on", sa.Date(), nullable=True),
        sa.Column("publicized_until", sa.Date(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("decided_by_id", Key, nullable=True),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("decision_id", Key, nullable=True),
        sa.Column("id", Key, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=12), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.CheckConstraint(
            "state IN ('drafted', 'submitted', 'accepted', 'assessed', 'concluded', 'publicized', 'decided', 'refused', 'withdrawn')",
            name=op.f("ck_grading_application_state"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('concluded', 'publicized', 'decided') OR (total_centi IS NOT NULL AND grade IS NOT NULL)",
            name=op.f("ck_grading_application_concluded_with_grade"),
        ),
        sa.CheckConstraint("grade IS NULL OR grade BETWEEN 0 AND 5", name=op.f("ck_grading_application_grade")),
        sa.ForeignKeyConstraint(["accepted_by_id"], ["person.id"], name=op.f("fk_grading_application_accepted_by_id")),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_grading_application_body_id")),
        sa.ForeignKeyConstraint(
            ["concluded_by_id"], ["person.id"], name=op.f("fk_grading_application_concluded_by_id")
        ),
        sa.ForeignKeyConstraint(["decided_by_id"], ["person.id"], name=op.f("fk_grading_application_decided_by_id")),
        sa.ForeignKeyConstraint(["decision_id"], ["stored_file.id"], name=op.f("fk_grading_application_decision_id")),
        sa.ForeignKeyConstraint(["department_id"], ["body.id"], name=op.f("fk_grading_application_department_id")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_grading_application_organization_id")
        ),
        sa.ForeignKeyConstraint(["round_id"], ["grading_round.id"], name=op.f("fk_grading_application_round_id")),
        sa.ForeignKeyConstraint(["scheme_id"], ["grading_scheme.id"], name=op.f("fk_grading_application_scheme_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grading_application")),
        sa.UniqueConstraint("public_id", name=op.f("uq_grading_application_public_id")),
    )
    with op.batch_alter_table("grading_application", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_grading_application_body_id"), ["body_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_grading_application_organization_id"), ["organization_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_grading_application_place"), ["place"], unique=False)
        batch_op.create_index(batch_op.f("ix_grading_application_round_id"), ["round_id"], unique=False)

    op.create_table(
        "grade",
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("organization_id", Key, nullable=False),
        sa.Column("body_id", Key, nullable=False),
        sa.Column("department_id", Key, nullable=False),
        sa.Column("application_id", Key, nullable=True),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("grade", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("certificate_id", Key, nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("return_by", sa.Date(), nullable=True),
        sa.Column("returned_on", sa.Date(), nullable=True),
        sa.Column("id", Key, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=12), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.CheckConstraint(
            "state IN ('valid', 'expired', 'lowered', 'cancelled', 'replaced')", name=op.f("ck_grade_state")
        ),
        sa.CheckConstraint("grade BETWEEN 1 AND 5", name=op.f("ck_grade_grade")),
        sa.CheckConstraint("since <= until", name=op.f("ck_grade_period")),
        sa.ForeignKeyConstraint(["application_id"], ["grading_application.id"], name=op.f("fk_grade_application_id")),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_grade_body_id")),
        sa.ForeignKeyConstraint(["certificate_id"], ["stored_file.id"], name=op.f("fk_grade_certificate_id")),
        sa.ForeignKeyConstraint(["department_id"], ["body.id"], name=op.f("fk_grade_department_id")),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"], name=op.f("fk_grade_organization_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grade")),
        sa.UniqueConstraint("number", name=op.f("uq_grade_number")),
        sa.UniqueConstraint("public_id", name=op.f("uq_grade_public_id")),
    )
    with op.batch_alter_table("grade", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_grade_organization_id"), ["organization_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_grade_place"), ["place"], unique=False)
        batch_op.create_index(batch_op.f("ix_grade_state"), ["state"], unique=False)

    op.create_table(
        "grading_answer",
        sa.Column("application_id", Key, nullable=False),
        sa.Column("item_id", Key, nullable=False),
        sa.Column("points", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("held", sa.Text(), nullable=False),
        sa.Column("evidence_id", Key, nullable=True),
        sa.Column("id", Key, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=12), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["grading_application.id"], name=op.f("fk_grading_answer_application_id")
        ),
        sa.ForeignKeyConstraint(["evidence_id"], ["stored_file.id"], name=op.f("fk_grading_answer_evidence_id")),
        sa.ForeignKeyConstraint(["item_id"], ["grading_item.id"], name=op.f("fk_grading_answer_item_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grading_answer")),
        sa.UniqueConstraint("application_id", "item_id", name=op.f("uq_grading_answer_application_id_item_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_grading_answer_public_id")),
    )
    with op.batch_alter_table("grading_answer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_grading_answer_application_id"), ["application_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_grading_answer_place"), ["place"], unique=False)

    op.create_table(
        "grading_objection",
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("application_id", Key, nullable=False),
        sa.Column("objector", sa.String(length=120), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("by_id", Key, nullable=False),
        sa.Column("paper_id", Key, nullable=True),
        sa.Column("verified", sa.Text(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("closed_by_id", Key, nullable=True),
        sa.Column("id", Key, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=12), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.CheckConstraint(
            "state IN ('made', 'voting', 'upheld', 'rejected')", name=op.f("ck_grading_objection_state")
        ),
        sa.ForeignKeyConstraint(
            ["application_id"], ["grading_application.id"], name=op.f("fk_grading_objection_application_id")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_grading_objection_by_id")),
        sa.ForeignKeyConstraint(["closed_by_id"], ["person.id"], name=op.f("fk_grading_objection_closed_by_id")),
        sa.ForeignKeyConstraint(["paper_id"], ["stored_file.id"], name=op.f("fk_grading_objection_paper_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grading_objection")),
        sa.UniqueConstraint("public_id", name=op.f("uq_grading_objection_public_id")),
    )
    with op.batch_alter_table("grading_objection", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_grading_objection_application_id"), ["application_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_grading_objection_place"), ["place"], unique=False)

    op.create_table(
        "grading_seat",
        sa.Column("application_id", Key, nullable=False),
        sa.Column("person_id", Key, nullable=False),
        sa.Column("order", sa.Integer(), nullable=False),
        sa.Column("drawn_at", Moment(), nullable=False),
        sa.Column("drawn_by", sa.String(length=64), nullable=False),
        sa.Column("declared_at", Moment(), nullable=True),
        sa.Column("conflict", sa.Text(), nullable=False),
        sa.Column("recused", sa.Boolean(), nullable=False),
        sa.Column("handed_in_at", Moment(), nullable=True),
        sa.Column("id", Key, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=12), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["grading_application.id"], name=op.f("fk_grading_seat_application_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_grading_seat_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grading_seat")),
        sa.UniqueConstraint("application_id", "person_id", name=op.f("uq_grading_seat_application_id_person_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_grading_seat_public_id")),
    )
    with op.batch_alter_table("grading_seat", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_grading_seat_application_id"), ["application_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_grading_seat_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_grading_seat_place"), ["place"], unique=False)

    op.create_table(
        "grading_vote",
        sa.Column("application_id", Key, nullable=False),
        sa.Column("member_id", Key, nullable=False),
        sa.Column("subject", sa.String(length=40), nullable=False),
        sa.Column("agrees", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("recused", sa.Boolean(), nullable=False),
        sa.Column("voted_at", Moment(), nullable=False),
        sa.Column("id", Key, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=12), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["grading_application.id"], name=op.f("fk_grading_vote_application_id")
        ),
        sa.ForeignKeyConstraint(["member_id"], ["grading_member.id"], name=op.f("fk_grading_vote_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grading_vote")),
        sa.UniqueConstraint("member_id", "subject", name=op.f("uq_grading_vote_member_id_subject")),
        sa.UniqueConstraint("public_id", name=op.f("uq_grading_vote_public_id")),
    )
    with op.batch_alter_table("grading_vote", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_grading_vote_application_id"), ["application_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_grading_vote_place"), ["place"], unique=False)
        batch_op.create_index(batch_op.f("ix_grading_vote_subject"), ["subject"], unique=False)

    op.create_table(
        "grade_reduction",
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("grade_id", Key, nullable=False),
        sa.Column("ground", sa.String(length=20), nullable=False),
        sa.Column("to_grade", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("proposed_by_id", Key, nullable=False),
        sa.Column("proposed_on", sa.Date(), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("decided_by_id", Key, nullable=True),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("decision_id", Key, nullable=True),
        sa.Column("id", Key, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=12), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.CheckConstraint(
            "ground IN ('false_material', 'mark_misused', 'inspection_failed', 'two_basic', 'penalty', 'other')",
            name=op.f("ck_grade_reduction_ground"),
        ),
        sa.CheckConstraint("state IN ('proposed', 'decided', 'dropped')", name=op.f("ck_grade_reduction_state")),
        sa.CheckConstraint("to_grade BETWEEN 0 AND 4", name=op.f("ck_grade_reduction_to_grade")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["person.id"], name=op.f("fk_grade_reduction_decided_by_id")),
        sa.ForeignKeyConstraint(["decision_id"], ["stored_file.id"], name=op.f("fk_grade_reduction_decision_id")),
        sa.ForeignKeyConstraint(["grade_id"], ["grade.id"], name=op.f("fk_grade_reduction_grade_id")),
        sa.ForeignKeyConstraint(["proposed_by_id"], ["person.id"], name=op.f("fk_grade_reduction_proposed_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grade_reduction")),
        sa.UniqueConstraint("public_id", name=op.f("uq_grade_reduction_public_id")),
    )
    with op.batch_alter_table("grade_reduction", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_grade_reduction_grade_id"), ["grade_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_grade_reduction_place"), ["place"], unique=False)

    op.create_table(
        "grading_score",
        sa.Column("seat_id", Key, nullable=False),
        sa.Column("item_id", Key, nullable=False),
        sa.Column("points", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("id", Key, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=12), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["grading_item.id"], name=op.f("fk_grading_score_item_id")),
        sa.ForeignKeyConstraint(["seat_id"], ["grading_seat.id"], name=op.f("fk_grading_score_seat_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grading_score")),
        sa.UniqueConstraint("public_id", name=op.f("uq_grading_score_public_id")),
        sa.UniqueConstraint("seat_id", "item_id", name=op.f("uq_grading_score_seat_id_item_id")),
    )
    with op.batch_alter_table("grading_score", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_grading_score_place"), ["place"], unique=False)
        batch_op.create_index(batch_op.f("ix_grading_score_seat_id"), ["seat_id"], unique=False)

    with op.batch_alter_table("organization", schema=None) as batch_op:
        batch_op.add_column(sa.Column("grade_until", sa.Date(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("organization", schema=None) as batch_op:
        batch_op.drop_column("grade_until")

    with op.batch_alter_table("grading_score", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_grading_score_seat_id"))
        batch_op.drop_index(batch_op.f("ix_grading_score_place"))

    op.drop_table("grading_score")
    with op.batch_alter_table("grade_reduction", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_grade_reduction_place"))
        batch_op.drop_index(batch_op.f("ix_grade_reduction_grade_id"))

    op.drop_table("grade_reduction")
    with op.batch_alter_table("grading_vote", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_grading_vote_subject"))
        batch_op.drop_index(batch_op.f("ix_grading_vote_place"))
        batch_op.drop_index(batch_op.f("ix_grading_vote_application_id"))

    op.drop_table("grading_vote")
    with op.batch_alter_table("grading_seat", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_grading_seat_place"))
        batch_op.drop_index(batch_op.f("ix_grading_seat_person_id"))
        batch_op.drop_index(batch_op.f("ix_grading_seat_application_id"))

    op.drop_table("grading_seat")
    with op.batch_alter_table("grading_objection", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_grading_objection_place"))
        batch_op.drop_index(batch_op.f("ix_grading_objection_application_id"))

    op.drop_table("grading_objection")
    with op.batch_alter_table("grading_answer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_grading_answer_place"))
        batch_op.drop_index(batch_op.f("ix_grading_answer_application_id"))

    op.drop_table("grading_answer")
    with op.batch_alter_table("grade", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_grade_state"))
        batch_op.drop_index(batch_op.f("ix_grade_place"))
        batch_op.drop_index(batch_op.f("ix_grade_organization_id"))

    op.drop_table("grade")
    with op.batch_alter_table("grading_application", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_grading_application_round_id"))
        batch_op.drop_index(batch_op.f("ix_grading_application_place"))
        batch_op.drop_index(batch_op.f("ix_grading_application_organization_id"))
        batch_op.drop_index(batch_op.f("ix_grading_application_body_id"))

    op.drop_table("grading_application")
    with op.batch_alter_table("grading_member", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_grading_member_round_id"))
        batch_op.drop_index(batch_op.f("ix_grading_member_place"))
        batch_op.drop_index(batch_op.f("ix_grading_member_person_id"))

    op.drop_table("grading_member")
    with op.batch_alter_table("grading_round", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_grading_round_place"))
        batch_op.drop_index(batch_op.f("ix_grading_round_department_id"))

    op.drop_table("grading_round")
    with op.batch_alter_table("grading_item", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_grading_item_scheme_id"))
        batch_op.drop_index(batch_op.f("ix_grading_item_place"))

    op.drop_table("grading_item")
    with op.batch_alter_table("grading_scheme", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_grading_scheme_place"))
        batch_op.drop_index(batch_op.f("ix_grading_scheme_kind"))

    op.drop_table("grading_scheme")
