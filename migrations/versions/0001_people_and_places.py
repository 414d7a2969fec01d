"""people and places"""

import sqlalchemy as sa
from alembic import op

from app.core.db import Key, Moment

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "body",
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("name_en", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("credit_code", sa.String(length=18), nullable=True),
        sa.Column("size", sa.String(length=8), nullable=True),
        sa.Column("head_name", sa.String(length=80), nullable=True),
        sa.Column("address", sa.String(length=300), nullable=False),
        sa.Column("batch", sa.String(length=16), nullable=True),
        sa.Column("id", Key, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=12), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('bureau', 'sub_district', 'finance', 'supervision', 'agency', 'organization', 'enterprise', 'institution', 'collective', 'committee', 'evaluator', 'platform')",
            name=op.f("ck_body_kind"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_body")),
        sa.UniqueConstraint("credit_code", name=op.f("uq_body_credit_code")),
        sa.UniqueConstraint("public_id", name=op.f("uq_body_public_id")),
    )
    with op.batch_alter_table("body", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_body_batch"), ["batch"], unique=False)
        batch_op.create_index(batch_op.f("ix_body_name"), ["name"], unique=False)
        batch_op.create_index(batch_op.f("ix_body_place"), ["place"], unique=False)

    op.create_table(
        "place",
        sa.Column("code", sa.String(length=15), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("name_en", sa.String(length=120), nullable=False),
        sa.Column("level", sa.String(length=10), nullable=False),
        sa.Column("parent_code", sa.String(length=15), nullable=True),
        sa.Column("households", sa.Integer(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("batch", sa.String(length=16), nullable=True),
        sa.Column("id", Key, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=12), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.CheckConstraint(
            "level IN ('province', 'city', 'district', 'street', 'community', 'grid')", name=op.f("ck_place_level")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place")),
        sa.UniqueConstraint("code", name=op.f("uq_place_code")),
        sa.UniqueConstraint("public_id", name=op.f("uq_place_public_id")),
    )
    with op.batch_alter_table("place", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_place_batch"), ["batch"], unique=False)
        batch_op.create_index(batch_op.f("ix_place_parent_code"), ["parent_code"], unique=False)
        batch_op.create_index(batch_op.f("ix_place_place"), ["place"], unique=False)

    op.create_table(
        "sign_in_failure",
        sa.Column("name_digest", sa.String(length=64), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("last_at", Moment(), nullable=False),
        sa.Column("locked_until", Moment(), nullable=True),
        sa.PrimaryKeyConstraint("name_digest", name=op.f("pk_sign_in_failure")),
    )
    op.create_table(
        "person",
        sa.Column("sign_in_name", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("body_id", Key, nullable=True),
        sa.Column("roles", sa.String(length=200), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("demonstration", sa.Boolean(), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("password_set_at", Moment(), nullable=False),
        sa.Column("totp_secret", sa.LargeBinary(), nullable=True),
        sa.Column("expert_field", sa.String(length=80), nullable=True),
        sa.Column("id", Key, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=12), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_person_body_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("public_id", name=op.f("uq_person_public_id")),
        sa.UniqueConstraint("sign_in_name", name=op.f("uq_person_sign_in_name")),
    )
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_person_body_id"), ["body_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_person_place"), ["place"], unique=False)

    op.create_table(
        "relation",
        sa.Column("person_id", Key, nullable=True),
        sa.Column("from_body_id", Key, nullable=True),
        sa.Column("to_body_id", Key, nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("since", sa.String(length=10), nullable=True),
        sa.Column("until", sa.String(length=10), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("id", Key, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=12), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["from_body_id"], ["body.id"], name=op.f("fk_relation_from_body_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_relation_person_id")),
        sa.ForeignKeyConstraint(["to_body_id"], ["body.id"], name=op.f("fk_relation_to_body_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_relation")),
        sa.UniqueConstraint("public_id", name=op.f("uq_relation_public_id")),
    )
    with op.batch_alter_table("relation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_relation_from_body_id"), ["from_body_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_relation_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_relation_place"), ["place"], unique=False)
        batch_op.create_index(batch_op.f("ix_relation_to_body_id"), ["to_body_id"], unique=False)

    op.create_table(
        "session",
        sa.Column("id", Key, nullable=False),
        sa.Column("token_digest", sa.String(length=64), nullable=False),
        sa.Column("person_id", Key, nullable=False),
        sa.Column("started_at", Moment(), nullable=False),
        sa.Column("seen_at", Moment(), nullable=False),
        sa.Column("ended_at", Moment(), nullable=True),
        sa.Column("second_factor", sa.Boolean(), nullable=False),
        sa.Column("address", sa.String(length=45), nullable=False),
        sa.Column("agent", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_session_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session")),
        sa.UniqueConstraint("token_digest", name=op.f("uq_session_token_digest")),
    )
    with op.batch_alter_table("session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_session_person_id"), ["person_id"], unique=False)

    op.create_table(
        "used_code",
        sa.Column("person_id", Key, nullable=False),
        sa.Column("step", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_used_code_person_id")),
        sa.PrimaryKeyConstraint("person_id", "step", name=op.f("pk_used_code")),
    )


def downgrade() -> None:
    op.drop_table("used_code")
    with op.batch_alter_table("session", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_session_person_id"))

    op.drop_table("session")
    with op.batch_alter_table("relation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_relation_to_body_id"))
        batch_op.drop_index(batch_op.f("ix_relation_place"))
        batch_op.drop_index(batch_op.f("ix_relation_person_id"))
        batch_op.drop_index(batch_op.f("ix_relation_from_body_id"))

    op.drop_table("relation")
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_person_place"))
        batch_op.drop_index(batch_op.f("ix_person_body_id"))

    op.drop_table("person")
    op.drop_table("sign_in_failure")
    with op.batch_alter_table("place", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_place_place"))
        batch_op.drop_index(batch_op.f("ix_place_parent_code"))
        batch_op.drop_index(batch_op.f("ix_place_batch"))

    op.drop_table("place")
    with op.batch_alter_table("body", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_body_place"))
        batch_op.drop_index(batch_op.f("ix_body_name"))
        batch_op.drop_index(batch_op.f("ix_body_batch"))

    op.drop_table("body")
