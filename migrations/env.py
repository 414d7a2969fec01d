"""Alembic's environment: uses the connection that app/core/migrations.py hands over."""

from alembic import context

from app.core.db import Base
from app.core.migrations import load_models

load_models()

config = context.config
connection = config.attributes["connection"]
sqlite = connection.dialect.name == "sqlite"
if sqlite:
    # batch mode rebuilds tables: with foreign keys on, children with CASCADE would be lost
    connection.commit()
    connection.connection.driver_connection.execute("PRAGMA foreign_keys=OFF")
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    render_as_batch=sqlite,
    include_object=config.attributes.get("include_object"),
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
if sqlite:
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if broken:
        raise RuntimeError(f"foreign keys broken by a migration: {broken[:5]}")
    connection.commit()
    connection.connection.driver_connection.execute("PRAGMA foreign_keys=ON")
