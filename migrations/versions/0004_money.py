"""money"""

import sqlalchemy as sa
from alembic import op

from app.core.db import Key, Moment

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "budget_line",
        sa.Column("buyer_id", Key, nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("level", sa.String(length=12), nullable=False),
        sa.Column("line", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("appropriated_fen", sa.BigInteger(), nullable=False),
        sa.Column("committed_fen", sa.BigInteger(), nullable=False),
        sa.Column("accrued_fen", sa.BigInteger(), nullable=False),
        sa.Column("paid_fen", sa.BigInteger(), nullable=False),
        sa.Column("id", Key, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=12), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.CheckConstraint(
            "level IN ('central', 'province', 'city', 'district', 'sub_district')", name=op.f("ck_budget_line_level")
        ),
        sa.CheckConstraint(
            "0 <= paid_fen AND paid_fen <= accrued_fen AND accrued_fen <= committed_fen AND committed_fen <= appropriated_fen",
            name=op.f("ck_budget_line_never_more"),
        ),
        sa.ForeignKeyConstraint(["buyer_id"], ["body.id"], name=op.f("fk_budget_line_buyer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_budget_line")),
        sa.UniqueConstraint(
            "buyer_id", "fiscal_year", "level", "line", name=op.f("uq_budget_line_buyer_id_fiscal_year_level_line")
        ),
        sa.UniqueConstraint("public_id", name=op.f("uq_budget_line_public_id")),
    )
    with op.batch_alter_table("budget_line", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_budget_line_buyer_id"), ["buyer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_budget_line_place"), ["place"], unique=False)

    op.create_table(
        "journal",
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("source", sa.String(length=80), nullable=False),
        sa.Column("memo", sa.String(length=300), nullable=False),
        sa.Column("buyer_id", Key, nullable=False),
        sa.Column("id", Key, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=12), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('appropriate', 'commit', 'accrue', 'pay', 'release')", name=op.f("ck_journal_kind")
        ),
        sa.ForeignKeyConstraint(["buyer_id"], ["body.id"], name=op.f("fk_journal_buyer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal")),
        sa.UniqueConstraint("kind", "source", name=op.f("uq_journal_kind_source")),
        sa.UniqueConstraint("public_id", name=op.f("uq_journal_public_id")),
    )
    with op.batch_alter_table("journal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_journal_buyer_id"), ["buyer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_journal_place"), ["place"], unique=False)

    op.create_table(
        "commitment",
        sa.Column("contract", sa.String(length=16), nullable=False),
        sa.Column("budget_line_id", Key, nullable=False),
        sa.Column("order", sa.Integer(), nullable=False),
        sa.Column("committed_fen", sa.BigInteger(), nullable=False),
        sa.Column("accrued_fen", sa.BigInteger(), nullable=False),
        sa.Column("paid_fen", sa.BigInteger(), nullable=False),
        sa.Column("id", Key, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=12), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.CheckConstraint(
            "0 <= paid_fen AND paid_fen <= accrued_fen AND accrued_fen <= committed_fen",
            name=op.f("ck_commitment_never_more"),
        ),
        sa.ForeignKeyConstraint(["budget_line_id"], ["budget_line.id"], name=op.f("fk_commitment_budget_line_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commitment")),
        sa.UniqueConstraint("contract", "budget_line_id", name=op.f("uq_commitment_contract_budget_line_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_commitment_public_id")),
    )
    with op.batch_alter_table("commitment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_commitment_budget_line_id"), ["budget_line_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_commitment_contract"), ["contract"], unique=False)
        batch_op.create_index(batch_op.f("ix_commitment_place"), ["place"], unique=False)

    op.create_table(
        "posting",
        sa.Column("journal_id", Key, nullable=False),
        sa.Column("budget_line_id", Key, nullable=False),
        sa.Column("account", sa.String(length=12), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("id", Key, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=12), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.CheckConstraint(
            "account IN ('authority', 'available', 'committed', 'accrued', 'paid')", name=op.f("ck_posting_account")
        ),
        sa.CheckConstraint("amount_fen <> 0", name=op.f("ck_posting_amount")),
        sa.ForeignKeyConstraint(["budget_line_id"], ["budget_line.id"], name=op.f("fk_posting_budget_line_id")),
        sa.ForeignKeyConstraint(["journal_id"], ["journal.id"], name=op.f("fk_posting_journal_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_posting")),
        sa.UniqueConstraint("public_id", name=op.f("uq_posting_public_id")),
    )
    with op.batch_alter_table("posting", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_posting_budget_line_id"), ["budget_line_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_posting_journal_id"), ["journal_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_posting_place"), ["place"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("posting", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_posting_place"))
        batch_op.drop_index(batch_op.f("ix_posting_journal_id"))
        batch_op.drop_index(batch_op.f("ix_posting_budget_line_id"))

    op.drop_table("posting")
    with op.batch_alter_table("commitment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_commitment_place"))
        batch_op.drop_index(batch_op.f("ix_commitment_contract"))
        batch_op.drop_index(batch_op.f("ix_commitment_budget_line_id"))

    op.drop_table("commitment")
    with op.batch_alter_table("journal", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_journal_place"))
        batch_op.drop_index(batch_op.f("ix_journal_buyer_id"))

    op.drop_table("journal")
    with op.batch_alter_table("budget_line", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_budget_line_place"))
        batch_op.drop_index(batch_op.f("ix_budget_line_buyer_id"))

    op.drop_table("budget_line")
