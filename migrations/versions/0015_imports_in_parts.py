"""imports of any length: jobs, parts of an import, and the marks of rows that were added in bulk"""

import json

import sqlalchemy as sa
from alembic import op

from app.core.db import Key, Moment

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

BEFORE = "state IN ('previewed', 'applied', 'discarded')"
AFTER = "state IN ('reading', 'previewed', 'applying', 'applied', 'refused', 'discarded')"


def upgrade() -> None:
    op.create_table(
        "job",
        sa.Column("id", Key, nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("holder", sa.String(length=120), nullable=False),
        sa.Column("lease_until", Moment(), nullable=True),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("asked_at", Moment(), nullable=False),
        sa.Column("begun_at", Moment(), nullable=True),
        sa.Column("ended_at", Moment(), nullable=True),
        sa.CheckConstraint("state IN ('waiting', 'running', 'done', 'failed')", name=op.f("ck_job_state")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
        sa.UniqueConstraint("kind", "key", name="uq_job_kind"),
    )
    op.create_index(op.f("ix_job_state"), "job", ["state"])
    op.create_table(
        "log_batch",
        sa.Column("table", sa.String(length=64), nullable=False),
        sa.Column("column", sa.String(length=64), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("table", "column", "key", name=op.f("pk_log_batch")),
    )
    _mark_what_was_added()
    op.create_table(
        "import_part",
        sa.Column("batch_id", Key, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("first_line", sa.Integer(), nullable=False),
        sa.Column("last_line", sa.Integer(), nullable=False),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("set_aside", sa.Integer(), nullable=False),
        sa.Column("id", Key, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=12), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["import_batch.id"], name=op.f("fk_import_part_batch_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_part")),
        sa.UniqueConstraint("public_id", name=op.f("uq_import_part_public_id")),
        sa.UniqueConstraint("batch_id", "number", name="uq_import_part_batch_id"),
    )
    op.create_index(op.f("ix_import_part_place"), "import_part", ["place"])
    with op.batch_alter_table("import_batch", schema=None) as batch_op:
        batch_op.add_column(sa.Column("confirmed_by_id", Key, nullable=True))
        batch_op.add_column(sa.Column("set_aside", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("fault", sa.JSON(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_import_batch_confirmed_by_id"), "person", ["confirmed_by_id"], ["id"]
        )  # fmt: skip
        batch_op.drop_constraint(batch_op.f("ck_import_batch_state"), type_="check")
        batch_op.create_check_constraint(batch_op.f("ck_import_batch_state"), AFTER)
    with op.batch_alter_table("import_row", schema=None) as batch_op:
        batch_op.add_column(sa.Column("set_aside", sa.JSON(), nullable=True))
    with op.batch_alter_table("organization", schema=None) as batch_op:
        batch_op.add_column(sa.Column("part", sa.String(length=16), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("organization", schema=None) as batch_op:
        batch_op.drop_column("part")
    with op.batch_alter_table("import_row", schema=None) as batch_op:
        batch_op.drop_column("set_aside")
    op.execute("UPDATE import_batch SET state = 'previewed' WHERE state = 'applying'")
    op.execute("UPDATE import_batch SET state = 'discarded' WHERE state IN ('reading', 'refused')")
    with op.batch_alter_table("import_batch", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_import_batch_state"), type_="check")
        batch_op.create_check_constraint(batch_op.f("ck_import_batch_state"), BEFORE)
        batch_op.drop_constraint(batch_op.f("fk_import_batch_confirmed_by_id"), type_="foreignkey")
        batch_op.drop_column("fault")
        batch_op.drop_column("set_aside")
        batch_op.drop_column("confirmed_by_id")
    op.drop_table("import_part")
    op.drop_table("log_batch")
    op.drop_table("job")


def _mark_what_was_added() -> None:
    """The marks that the log's batch entries have used so far."""
    connection = op.get_bind()
    entries = sa.table("log_entry", sa.column("table"), sa.column("values"))
    marks = sa.table("log_batch", sa.column("table"), sa.column("column"), sa.column("key"))
    query = sa.select(entries.c.table, entries.c["values"]).where(entries.c["values"].like('{"batch":%'))
    found = {}
    for table, values in connection.execute(query):
        batch = json.loads(values)["batch"]
        key = json.dumps(batch["key"], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        found[table, batch["column"], key] = {"table": table, "column": batch["column"], "key": key}
    if found:
        connection.execute(sa.insert(marks), list(found.values()))
