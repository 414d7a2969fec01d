"""councils_and_charters

Councils by their terms, editions of charters, Party organizations, and since when an organization is a charity.
"""

import sqlalchemy as sa
from alembic import op

from app.core.db import Key, Moment

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

TABLES = ("council_term", "council_member", "charter_edition", "party_organization")
KINDS = ("branch", "general_branch", "committee", "joint", "none")


def upgrade() -> None:
    op.add_column("organization", sa.Column("charity_since", sa.Date(), nullable=True))
    _table(
        "council_term",
        *_of_organization("council_term"),
        sa.Column("elected_on", sa.Date(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.CheckConstraint("until > since", name=op.f("ck_council_term_days")),
        sa.UniqueConstraint("organization_id", "since", name=op.f("uq_council_term_organization_id_since")),
    )
    op.create_index(op.f("ix_council_term_until"), "council_term", ["until"])
    _table(
        "council_member",
        sa.Column("term_id", Key, nullable=False),
        sa.Column("order", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("post", sa.String(length=60), nullable=False),
        sa.Column("paid", sa.Boolean(), nullable=False),
        sa.Column("related", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["term_id"], ["council_term.id"], name=op.f("fk_council_member_term_id")),
        sa.UniqueConstraint("term_id", "name", name=op.f("uq_council_member_term_id_name")),
    )
    _table(
        "charter_edition",
        *_of_organization("charter_edition"),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("adopted_on", sa.Date(), nullable=False),
        sa.Column("approved_on", sa.Date(), nullable=False),
        sa.Column("what_changed", sa.Text(), nullable=False),
        sa.Column("file_id", Key, nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_charter_edition_file_id")),
        sa.UniqueConstraint("organization_id", "number", name=op.f("uq_charter_edition_organization_id_number")),
    )
    _table(
        "party_organization",
        *_of_organization("party_organization"),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("secretary", sa.String(length=80), nullable=False),
        sa.Column("members", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.CheckConstraint(f"kind IN {KINDS}", name=op.f("ck_party_organization_kind")),
        sa.CheckConstraint("members >= 0", name=op.f("ck_party_organization_members")),
    )
    op.create_index(op.f("ix_party_organization_organization_id"), "party_organization", ["organization_id"])


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
    op.drop_column("organization", "charity_since")


def _of_organization(table: str) -> tuple[sa.schema.SchemaItem, ...]:
    return (
        sa.Column("organization_id", Key, nullable=False),
        sa.Column("application_id", Key, nullable=False),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"], name=op.f(f"fk_{table}_organization_id")),
        sa.ForeignKeyConstraint(["application_id"], ["application.id"], name=op.f(f"fk_{table}_application_id")),
    )


def _table(name: str, *columns: sa.schema.SchemaItem) -> None:
    op.create_table(
        name,
        *columns,
        sa.Column("id", Key, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=12), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        sa.UniqueConstraint("public_id", name=op.f(f"uq_{name}_public_id")),
    )
    op.create_index(op.f(f"ix_{name}_place"), name, ["place"])
