"""tenders and bids"""

import sqlalchemy as sa
from alembic import op

from app.core.db import Key, Moment

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "tender",
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("project_id", Key, nullable=False),
        sa.Column("buyer_id", Key, nullable=False),
        sa.Column("supervisor_id", Key, nullable=False),
        sa.Column("medium_name", sa.String(length=120), nullable=False),
        sa.Column("medium_url", sa.String(length=300), nullable=False),
        sa.Column("medium_published_at", Moment(), nullable=True),
        sa.Column("closes_at", Moment(), nullable=True),
        sa.Column("published_at", Moment(), nullable=True),
        sa.Column("threshold", sa.Integer(), nullable=False),
        sa.Column("seal_page_sha256", sa.String(length=64), nullable=False),
        sa.Column("notice_id", Key, nullable=True),
        sa.Column("failure_ground", sa.String(length=16), nullable=False),
        sa.Column("failure_reason", sa.Text(), nullable=False),
        sa.Column("by_id", Key, nullable=True),
        sa.Column("id", Key, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=12), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.CheckConstraint("state <> 'failed' OR failure_reason <> ''", name=op.f("ck_tender_failed_with_reason")),
        sa.CheckConstraint(
            "state IN ('draft', 'cancelled') OR (medium_url <> '' AND medium_published_at IS NOT NULL AND closes_at IS NOT NULL AND closes_at > medium_published_at)",
            name=op.f("ck_tender_published_with_medium"),
        ),
        sa.CheckConstraint(
            "state IN ('draft', 'published', 'opened', 'judged', 'awarded', 'failed', 'cancelled')",
            name=op.f("ck_tender_state"),
        ),
        sa.ForeignKeyConstraint(["buyer_id"], ["body.id"], name=op.f("fk_tender_buyer_id")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_tender_by_id")),
        sa.ForeignKeyConstraint(["notice_id"], ["stored_file.id"], name=op.f("fk_tender_notice_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_tender_project_id")),
        sa.ForeignKeyConstraint(["supervisor_id"], ["body.id"], name=op.f("fk_tender_supervisor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tender")),
        sa.UniqueConstraint("number", name=op.f("uq_tender_number")),
        sa.UniqueConstraint("public_id", name=op.f("uq_tender_public_id")),
    )
    with op.batch_alter_table("tender", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_tender_buyer_id"), ["buyer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_tender_place"), ["place"], unique=False)
        batch_op.create_index(batch_op.f("ix_tender_project_id"), ["project_id"], unique=False)

    op.create_table(
        "keyholder",
        sa.Column("tender_id", Key, nullable=False),
        sa.Column("order", sa.Integer(), nullable=False),
        sa.Column("person_id", Key, nullable=False),
        sa.Column("standing", sa.String(length=60), nullable=False),
        sa.Column("recipient", sa.String(length=80), nullable=False),
        sa.Column("id", Key, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=12), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_keyholder_person_id")),
        sa.ForeignKeyConstraint(["tender_id"], ["tender.id"], name=op.f("fk_keyholder_tender_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_keyholder")),
        sa.UniqueConstraint("public_id", name=op.f("uq_keyholder_public_id")),
        sa.UniqueConstraint("tender_id", "order", name=op.f("uq_keyholder_tender_id_order")),
        sa.UniqueConstraint("tender_id", "person_id", name=op.f("uq_keyholder_tender_id_person_id")),
    )
    with op.batch_alter_table("keyholder", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_keyholder_place"), ["place"], unique=False)
        batch_op.create_index(batch_op.f("ix_keyholder_tender_id"), ["tender_id"], unique=False)

    op.create_table(
        "opening",
        sa.Column("tender_id", Key, nullable=False),
        sa.Column("opened_at", Moment(), nullable=False),
        sa.Column("keyholders", sa.JSON(), nullable=False),
        sa.Column("record_id", Key, nullable=True),
        sa.Column("id", Key, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=12), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["record_id"], ["stored_file.id"], name=op.f("fk_opening_record_id")),
        sa.ForeignKeyConstraint(["tender_id"], ["tender.id"], name=op.f("fk_opening_tender_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opening")),
        sa.UniqueConstraint("public_id", name=op.f("uq_opening_public_id")),
        sa.UniqueConstraint("tender_id", name=op.f("uq_opening_tender_id")),
    )
    with op.batch_alter_table("opening", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_opening_place"), ["place"], unique=False)

    op.create_table(
        "sealed_bid",
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("tender_id", Key, nullable=False),
        sa.Column("lot_id", Key, nullable=False),
        sa.Column("bidder_id", Key, nullable=False),
        sa.Column("receipt_no", sa.String(length=60), nullable=False),
        sa.Column("file_id", Key, nullable=False),
        sa.Column("sealed_sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("received_at", Moment(), nullable=False),
        sa.Column("handed_in_by_id", Key, nullable=False),
        sa.Column("replaces_id", Key, nullable=True),
        sa.Column("ended_at", Moment(), nullable=True),
        sa.Column("id", Key, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=12), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.CheckConstraint(
            "state IN ('held', 'replaced', 'withdrawn', 'opened', 'spoiled', 'returned')",
            name=op.f("ck_sealed_bid_state"),
        ),
        sa.CheckConstraint("size > 0", name=op.f("ck_sealed_bid_size")),
        sa.ForeignKeyConstraint(["bidder_id"], ["body.id"], name=op.f("fk_sealed_bid_bidder_id")),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_sealed_bid_file_id")),
        sa.ForeignKeyConstraint(["handed_in_by_id"], ["person.id"], name=op.f("fk_sealed_bid_handed_in_by_id")),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_sealed_bid_lot_id")),
        sa.ForeignKeyConstraint(["replaces_id"], ["sealed_bid.id"], name=op.f("fk_sealed_bid_replaces_id")),
        sa.ForeignKeyConstraint(["tender_id"], ["tender.id"], name=op.f("fk_sealed_bid_tender_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sealed_bid")),
        sa.UniqueConstraint("public_id", name=op.f("uq_sealed_bid_public_id")),
        sa.UniqueConstraint("receipt_no", name=op.f("uq_sealed_bid_receipt_no")),
    )
    with op.batch_alter_table("sealed_bid", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sealed_bid_bidder_id"), ["bidder_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_sealed_bid_place"), ["place"], unique=False)
        batch_op.create_index(batch_op.f("ix_sealed_bid_tender_id"), ["tender_id"], unique=False)
        batch_op.create_index(
            "uq_sealed_bid_one_held",
            ["tender_id", "lot_id", "bidder_id"],
            unique=True,
            sqlite_where=sa.text("state = 'held'"),
            postgresql_where=sa.text("state = 'held'"),
        )

    op.create_table(
        "opened_bid",
        sa.Column("sealed_bid_id", Key, nullable=False),
        sa.Column("tender_id", Key, nullable=False),
        sa.Column("lot_id", Key, nullable=False),
        sa.Column("bidder_id", Key, nullable=False),
        sa.Column("price_fen", sa.BigInteger(), nullable=False),
        sa.Column("price_words", sa.String(length=120), nullable=False),
        sa.Column("declaration", sa.JSON(), nullable=False),
        sa.Column("technical", sa.Text(), nullable=False),
        sa.Column("business", sa.Text(), nullable=False),
        sa.Column("contact", sa.JSON(), nullable=False),
        sa.Column("attachments", sa.JSON(), nullable=False),
        sa.Column("valid", sa.Boolean(), nullable=False),
        sa.Column("fault", sa.String(length=300), nullable=False),
        sa.Column("id", Key, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=12), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.CheckConstraint("NOT valid OR price_fen > 0", name=op.f("ck_opened_bid_price")),
        sa.ForeignKeyConstraint(["bidder_id"], ["body.id"], name=op.f("fk_opened_bid_bidder_id")),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_opened_bid_lot_id")),
        sa.ForeignKeyConstraint(["sealed_bid_id"], ["sealed_bid.id"], name=op.f("fk_opened_bid_sealed_bid_id")),
        sa.ForeignKeyConstraint(["tender_id"], ["tender.id"], name=op.f("fk_opened_bid_tender_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opened_bid")),
        sa.UniqueConstraint("public_id", name=op.f("uq_opened_bid_public_id")),
        sa.UniqueConstraint("sealed_bid_id", name=op.f("uq_opened_bid_sealed_bid_id")),
    )
    with op.batch_alter_table("opened_bid", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_opened_bid_place"), ["place"], unique=False)
        batch_op.create_index(batch_op.f("ix_opened_bid_tender_id"), ["tender_id"], unique=False)

    op.create_table(
        "share_release",
        sa.Column("tender_id", Key, nullable=False),
        sa.Column("keyholder_id", Key, nullable=False),
        sa.Column("sealed_bid_id", Key, nullable=False),
        sa.Column("share", sa.Text(), nullable=False),
        sa.Column("good", sa.Boolean(), nullable=False),
        sa.Column("fault", sa.String(length=200), nullable=False),
        sa.Column("id", Key, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=12), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["keyholder_id"], ["keyholder.id"], name=op.f("fk_share_release_keyholder_id")),
        sa.ForeignKeyConstraint(["sealed_bid_id"], ["sealed_bid.id"], name=op.f("fk_share_release_sealed_bid_id")),
        sa.ForeignKeyConstraint(["tender_id"], ["tender.id"], name=op.f("fk_share_release_tender_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_share_release")),
        sa.UniqueConstraint("keyholder_id", "sealed_bid_id", name=op.f("uq_share_release_keyholder_id_sealed_bid_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_share_release_public_id")),
    )
    with op.batch_alter_table("share_release", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_share_release_place"), ["place"], unique=False)
        batch_op.create_index(batch_op.f("ix_share_release_sealed_bid_id"), ["sealed_bid_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_share_release_tender_id"), ["tender_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("share_release", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_share_release_tender_id"))
        batch_op.drop_index(batch_op.f("ix_share_release_sealed_bid_id"))
        batch_op.drop_index(batch_op.f("ix_share_release_place"))

    op.drop_table("share_release")
    with op.batch_alter_table("opened_bid", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_opened_bid_tender_id"))
        batch_op.drop_index(batch_op.f("ix_opened_bid_place"))

    op.drop_table("opened_bid")
    with op.batch_alter_table("sealed_bid", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_sealed_bid_one_held", sqlite_where=sa.text("state = 'held'"), postgresql_where=sa.text("state = 'held'")
        )
        batch_op.drop_index(batch_op.f("ix_sealed_bid_tender_id"))
        batch_op.drop_index(batch_op.f("ix_sealed_bid_place"))
        batch_op.drop_index(batch_op.f("ix_sealed_bid_bidder_id"))

    op.drop_table("sealed_bid")
    with op.batch_alter_table("opening", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_opening_place"))

    op.drop_table("opening")
    with op.batch_alter_table("keyholder", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_keyholder_tender_id"))
        batch_op.drop_index(batch_op.f("ix_keyholder_place"))

    op.drop_table("keyholder")
    with op.batch_alter_table("tender", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_tender_project_id"))
        batch_op.drop_index(batch_op.f("ix_tender_place"))
        batch_op.drop_index(batch_op.f("ix_tender_buyer_id"))

    op.drop_table("tender")
