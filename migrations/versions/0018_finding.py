"""find by pinyin initials and by the beginning of a code, sort by pinyin, day, grade and capital

The search tables are made anew from names and codes (on the way down they are left empty: going up fills them again).
"""

from alembic import op

from app.core.search import index_bodies, index_fields

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

GRAMS_SQLITE = "CREATE VIRTUAL TABLE search_gram USING fts5(grams, content='', detail=none, tokenize='ascii')"
TEXT_INDEX = "CREATE INDEX ix_search_text_text ON search_text (text)"
SQLITE = (
    "CREATE TABLE search_text (id INTEGER PRIMARY KEY, text TEXT NOT NULL, codes TEXT NOT NULL, pinyin TEXT NOT NULL)",
    "CREATE TABLE search_code (code TEXT NOT NULL, id INTEGER NOT NULL, PRIMARY KEY (code, id)) WITHOUT ROWID",
    GRAMS_SQLITE,
)
POSTGRESQL = (
    'CREATE TABLE search_text (id BIGINT PRIMARY KEY, text TEXT COLLATE "C" NOT NULL,'
    ' codes TEXT COLLATE "C" NOT NULL, pinyin TEXT COLLATE "C" NOT NULL)',
    'CREATE TABLE search_code (code TEXT COLLATE "C" NOT NULL, id BIGINT NOT NULL, PRIMARY KEY (code, id))',
    'CREATE TABLE search_gram (gram TEXT COLLATE "C" NOT NULL, id BIGINT NOT NULL, PRIMARY KEY (gram, id))',
)
INDEXES = (TEXT_INDEX, "CREATE INDEX ix_search_text_pinyin ON search_text (pinyin, id)")
OLD_SQLITE = ("CREATE TABLE search_text (id INTEGER PRIMARY KEY, text TEXT NOT NULL)", TEXT_INDEX, GRAMS_SQLITE)
OLD_POSTGRESQL = (
    'CREATE TABLE search_text (id BIGINT PRIMARY KEY, text TEXT COLLATE "C" NOT NULL)',
    TEXT_INDEX,
    POSTGRESQL[2],
    "CREATE INDEX ix_search_gram_id ON search_gram (id)",
)
SORTED = ("capital_fen", "established_on", "grade")


def upgrade() -> None:
    _anew(("search_gram", "search_text"), SQLITE + INDEXES, POSTGRESQL + INDEXES)
    for column in SORTED:
        op.create_index(f"ix_organization_{column}_id", "organization", [column, "id"])
    op.create_index("ix_standing_fact_kind", "standing_fact", ["kind"])
    index_bodies(op.get_bind())
    index_fields(op.get_bind())


def downgrade() -> None:
    op.drop_index("ix_standing_fact_kind", "standing_fact")
    for column in SORTED:
        op.drop_index(f"ix_organization_{column}_id", "organization")
    _anew(("search_gram", "search_code", "search_text"), OLD_SQLITE, OLD_POSTGRESQL)


def _anew(old: tuple[str, ...], sqlite: tuple[str, ...], postgresql: tuple[str, ...]) -> None:
    for table in old:
        op.execute(f"DROP TABLE {table}")
    for statement in sqlite if op.get_bind().dialect.name == "sqlite" else postgresql:
        op.execute(statement)
