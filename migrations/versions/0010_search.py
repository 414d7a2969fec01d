"""search, and what a preview said of each row

The search tables are no records: they are made from names and codes and can be made again, so the models do not know
them. SQLite has an FTS5 table of bigrams, PostgreSQL a posting table; both are read only by app/core/search.py.
They are filled by a later one, which makes them anew.
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

SQLITE = (
    "CREATE TABLE search_text (id INTEGER PRIMARY KEY, text TEXT NOT NULL)",
    "CREATE INDEX ix_search_text_text ON search_text (text)",
    "CREATE VIRTUAL TABLE search_gram USING fts5(grams, content='', detail=none, tokenize='ascii')",
)
POSTGRESQL = (
    'CREATE TABLE search_text (id BIGINT PRIMARY KEY, text TEXT COLLATE "C" NOT NULL)',
    "CREATE INDEX ix_search_text_text ON search_text (text)",
    'CREATE TABLE search_gram (gram TEXT COLLATE "C" NOT NULL, id BIGINT NOT NULL, PRIMARY KEY (gram, id))',
    "CREATE INDEX ix_search_gram_id ON search_gram (id)",
)


def upgrade() -> None:
    op.create_table(
        "import_row",
        sa.Column("batch_id", sa.BigInteger(), nullable=False),
        sa.Column("line", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("fate", sa.String(length=12), nullable=False),
        sa.Column("verdict", sa.String(length=12), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("notes", sa.JSON(), nullable=False),
        sa.Column("differs", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["import_batch.id"], name=op.f("fk_import_row_batch_id")),
        sa.PrimaryKeyConstraint("batch_id", "line", name=op.f("pk_import_row")),
    )
    with op.batch_alter_table("import_batch", schema=None) as batch_op:
        batch_op.add_column(sa.Column("shown_digest", sa.String(length=64), nullable=True))
    with op.batch_alter_table("organization", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_organization_legal_representative"), ["legal_representative"])
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.execute(statement)


def downgrade() -> None:
    op.execute("DROP TABLE search_gram")
    op.execute("DROP TABLE search_text")
    with op.batch_alter_table("organization", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_organization_legal_representative"))
    with op.batch_alter_table("import_batch", schema=None) as batch_op:
        batch_op.drop_column("shown_digest")
    op.drop_table("import_row")
