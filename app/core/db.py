"""The database: one session, one naming convention, one base record, one writer at a time.

Writing transactions are taken one after another on both databases (SQLite `BEGIN IMMEDIATE`, PostgreSQL one
advisory lock held to the end of the transaction). The log is one line that every change joins anyway; taking the
turn at the start means that what a transaction reads is what it decides on, and no change is ever lost.
"""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any, ClassVar

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import BigInteger, DateTime, Dialect, Integer, MetaData, String, TypeDecorator, event
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column

from app.core import clock

CONVENTION = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
WRITER_LOCK = 0x676F6E67  # any constant; "gong"
_writing: ContextVar[bool] = ContextVar("writing", default=False)


class Moment(TypeDecorator[datetime]):
    """An aware UTC moment; SQLite keeps it naive, so it is made aware again on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment must be aware")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


Key = BigInteger().with_variant(Integer, "sqlite")


class Base(DeclarativeBase):
    """Every table of the portal."""

    metadata = MetaData(naming_convention=CONVENTION)
    type_annotation_map = {datetime: Moment, int: BigInteger, str: String}


def new_public_id() -> str:
    """An id that can be shown in an address: 16 hex digits that say nothing about how many there are."""
    return secrets.token_hex(8)


class Record(Base):
    """A thing people work on: public id, version against lost updates, place, the moment it was made.

    `unlogged` names the columns the log does not keep; `parties()` says whose it is, for access.
    """

    __abstract__ = True
    unlogged: ClassVar[frozenset[str]] = frozenset()

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True, default=new_public_id)
    version: Mapped[int] = mapped_column(Integer, default=1)
    place: Mapped[str] = mapped_column(String(12), default="000000", index=True)
    made_at: Mapped[datetime] = mapped_column(default=lambda: clock.now())

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805
        return {"version_id_col": cls.version}

    def parties(self) -> dict[str, set[int]]:
        """Whose record this is: scope name → ids of bodies (or of persons, for the scope `named`)."""
        return {}


db = SQLAlchemy(metadata=Base.metadata)


@contextmanager
def writing() -> Iterator[None]:
    """A turn to write: commits when the block returns, takes everything back when it raises."""
    if _writing.get():
        yield
        return
    db.session.rollback()
    token = _writing.set(True)
    try:
        yield
        db.session.commit()
    except BaseException:
        db.session.rollback()
        raise
    finally:
        _writing.reset(token)


def forget_connections() -> None:
    """Close what is open to the database: a connection must not cross a fork."""
    db.session.remove()
    db.engine.dispose()


def is_writing() -> bool:
    """Whether this code runs inside a turn to write."""
    return _writing.get()


def prepare(engine: Engine) -> None:
    """Make an engine behave as the portal needs: pragmas on connect, the writer's turn on begin."""
    sqlite = engine.dialect.name == "sqlite"
    if sqlite:
        event.listen(engine, "connect", _sqlite_pragmas)

    @event.listens_for(engine, "begin")
    def take_turn(connection: Connection) -> None:
        if sqlite:
            connection.exec_driver_sql("BEGIN IMMEDIATE" if _writing.get() else "BEGIN")
        elif _writing.get():
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITER_LOCK})")


def _sqlite_pragmas(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "busy_timeout=15000",
        "cache_size=-16000",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def engine_options(url: str) -> dict[str, Any]:
    """What SQLAlchemy's create_engine needs for this address."""
    if url.startswith("sqlite"):
        return {"connect_args": {"isolation_level": None, "timeout": 15}}
    return {"pool_pre_ping": True, "isolation_level": "READ COMMITTED"}


__all__ = ["Base", "Key", "Moment", "Record", "db", "engine_options", "forget_connections", "prepare", "writing"]
