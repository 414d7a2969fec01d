"""judging and awards"""

import sqlalchemy as sa
from alembic import op

from app.core.db import Key, Moment

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "committee_member",
        sa.Column("tender_id", Key, nullable=False),
        sa.Column("person_id", Key, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("order", sa.Integer(), nullable=False),
        sa.Column("drawn_at", Moment(), nullable=False),
        sa.Column("declared_at", Moment(), nullable=True),
        sa.Column("conflict", sa.Text(), nullable=False),
        sa.Column("recused", sa.Boolean(), nullable=False),
        sa.Column("id", Key, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=12), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.CheckConstraint("kind IN ('expert', 'representative')", name=op.f("ck_committee_member_kind")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_committee_member_person_id")),
        sa.ForeignKeyConstraint(["tender_id"], ["tender.id"], name=op.f("fk_committee_member_tender_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_committee_member")),
        sa.UniqueConstraint("public_id", name=op.f("uq_committee_member_public_id")),
        sa.UniqueConstraint("tender_id", "person_id", name=op.f("uq_committee_member_tender_id_person_id")),
    )
    with op.batch_alter_table("committee_member", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_committee_member_place"), ["place"], unique=False)
        batch_op.create_index(batch_op.f("ix_committee_member_tender_id"), ["tender_id"], unique=False)

    op.create_table(
        "lot_result",
        sa.Column("tender_id", Key, nullable=False),
        sa.Column("lot_id", Key, nullable=False),
        sa.Column("ranking", sa.JSON(), nullable=False),
        sa.Column("failure", sa.Text(), nullable=False),
        sa.Column("draw", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("report_id", Key, nullable=True),
        sa.Column("id", Key, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=12), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_lot_result_lot_id")),
        sa.ForeignKeyConstraint(["report_id"], ["stored_file.id"], name=op.f("fk_lot_result_report_id")),
        sa.ForeignKeyConstraint(["tender_id"], ["tender.id"], name=op.f("fk_lot_result_tender_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lot_result")),
        sa.UniqueConstraint("public_id", name=op.f("uq_lot_result_public_id")),
        sa.UniqueConstraint("tender_id", "lot_id", name=op.f("uq_lot_result_tender_id_lot_id")),
    )
    with op.batch_alter_table("lot_result", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_lot_result_place"), ["place"], unique=False)
        batch_op.create_index(batch_op.f("ix_lot_result_tender_id"), ["tender_id"], unique=False)

    op.create_table(
        "award",
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("tender_id", Key, nullable=False),
        sa.Column("lot_id", Key, nullable=False),
        sa.Column("bid_id", Key, nullable=False),
        sa.Column("supplier_id", Key, nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("decided_at", Moment(), nullable=False),
        sa.Column("decided_by_id", Key, nullable=True),
        sa.Column("late_reason", sa.Text(), nullable=False),
        sa.Column("void_reason", sa.Text(), nullable=False),
        sa.Column("notice_id", Key, nullable=True),
        sa.Column("medium_url", sa.String(length=300), nullable=False),
        sa.Column("announced_at", Moment(), nullable=True),
        sa.Column("result_notice_id", Key, nullable=True),
        sa.Column("id", Key, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=12), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.CheckConstraint("state <> 'void' OR void_reason <> ''", name=op.f("ck_award_void_with_reason")),
        sa.CheckConstraint("state IN ('decided', 'announced', 'contracted', 'void')", name=op.f("ck_award_state")),
        sa.CheckConstraint(
            "state NOT IN ('announced', 'contracted') OR medium_url <> ''", name=op.f("ck_award_announced_with_medium")
        ),
        sa.CheckConstraint("amount_fen > 0", name=op.f("ck_award_amount")),
        sa.ForeignKeyConstraint(["bid_id"], ["opened_bid.id"], name=op.f("fk_award_bid_id")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["person.id"], name=op.f("fk_award_decided_by_id")),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_award_lot_id")),
        sa.ForeignKeyConstraint(["notice_id"], ["stored_file.id"], name=op.f("fk_award_notice_id")),
        sa.ForeignKeyConstraint(["result_notice_id"], ["stored_file.id"], name=op.f("fk_award_result_notice_id")),
        sa.ForeignKeyConstraint(["supplier_id"], ["body.id"], name=op.f("fk_award_supplier_id")),
        sa.ForeignKeyConstraint(["tender_id"], ["tender.id"], name=op.f("fk_award_tender_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_award")),
        sa.UniqueConstraint("public_id", name=op.f("uq_award_public_id")),
    )
    with op.batch_alter_table("award", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_award_place"), ["place"], unique=False)
        batch_op.create_index(batch_op.f("ix_award_supplier_id"), ["supplier_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_award_tender_id"), ["tender_id"], unique=False)
        batch_op.create_index(
            "uq_award_one_standing",
            ["tender_id", "lot_id"],
            unique=True,
            sqlite_where=sa.text("state <> 'void'"),
            postgresql_where=sa.text("state <> 'void'"),
        )

    op.create_table(
        "low_price_review",
        sa.Column("bid_id", Key, nullable=False),
        sa.Column("triggers", sa.JSON(), nullable=False),
        sa.Column("asked_at", Moment(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_at", Moment(), nullable=True),
        sa.Column("accepted", sa.Boolean(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_at", Moment(), nullable=True),
        sa.Column("id", Key, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=12), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["bid_id"], ["opened_bid.id"], name=op.f("fk_low_price_review_bid_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_low_price_review")),
        sa.UniqueConstraint("bid_id", name=op.f("uq_low_price_review_bid_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_low_price_review_public_id")),
    )
    with op.batch_alter_table("low_price_review", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_low_price_review_place"), ["place"], unique=False)

    op.create_table(
        "member_score",
        sa.Column("bid_id", Key, nullable=False),
        sa.Column("member_id", Key, nullable=False),
        sa.Column("technical_centi", sa.Integer(), nullable=False),
        sa.Column("business_centi", sa.Integer(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("scored_at", Moment(), nullable=False),
        sa.Column("correction", sa.String(length=12), nullable=False),
        sa.Column("id", Key, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=12), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.CheckConstraint("technical_centi >= 0 AND business_centi >= 0", name=op.f("ck_member_score_marks")),
        sa.ForeignKeyConstraint(["bid_id"], ["opened_bid.id"], name=op.f("fk_member_score_bid_id")),
        sa.ForeignKeyConstraint(["member_id"], ["committee_member.id"], name=op.f("fk_member_score_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member_score")),
        sa.UniqueConstraint("bid_id", "member_id", name=op.f("uq_member_score_bid_id_member_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_member_score_public_id")),
    )
    with op.batch_alter_table("member_score", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_member_score_bid_id"), ["bid_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_member_score_member_id"), ["member_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_member_score_place"), ["place"], unique=False)

    op.create_table(
        "qualification",
        sa.Column("bid_id", Key, nullable=False),
        sa.Column("passed", sa.Boolean(), nullable=False),
        sa.Column("checks", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_id", Key, nullable=False),
        sa.Column("id", Key, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=12), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["bid_id"], ["opened_bid.id"], name=op.f("fk_qualification_bid_id")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_qualification_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_qualification")),
        sa.UniqueConstraint("bid_id", name=op.f("uq_qualification_bid_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_qualification_public_id")),
    )
    with op.batch_alter_table("qualification", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_qualification_place"), ["place"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("qualification", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_qualification_place"))

    op.drop_table("qualification")
    with op.batch_alter_table("member_score", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_member_score_place"))
        batch_op.drop_index(batch_op.f("ix_member_score_member_id"))
        batch_op.drop_index(batch_op.f("ix_member_score_bid_id"))

    op.drop_table("member_score")
    with op.batch_alter_table("low_price_review", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_low_price_review_place"))

    op.drop_table("low_price_review")
    with op.batch_alter_table("award", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_award_one_standing",
            sqlite_where=sa.text("state <> 'void'"),
            postgresql_where=sa.text("state <> 'void'"),
        )
        batch_op.drop_index(batch_op.f("ix_award_tender_id"))
        batch_op.drop_index(batch_op.f("ix_award_supplier_id"))
        batch_op.drop_index(batch_op.f("ix_award_place"))

    op.drop_table("award")
    with op.batch_alter_table("lot_result", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_lot_result_tender_id"))
        batch_op.drop_index(batch_op.f("ix_lot_result_place"))

    op.drop_table("lot_result")
    with op.batch_alter_table("committee_member", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_committee_member_tender_id"))
        batch_op.drop_index(batch_op.f("ix_committee_member_place"))

    op.drop_table("committee_member")
