"""What was erased leaves the files too: the write-ahead log, and what PostgreSQL keeps of dead rows."""

import secrets
from datetime import datetime
from typing import Any

from sqlalchemy import Delete, Engine, String, delete, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Mapped, mapped_column

from sitelog.store.db import Base, db
from sitelog.store.recorded import erasable
from sitelog.store.transaction import transaction, writing
from sitelog.store.types import Instant

# While the log waits to be emptied nobody can write, and somebody may be at an emergency.
LONGEST_WAIT_MS = 500

# Says of a table that it holds words which hang on no entry, and are written over when they are erased.
DRAFTS = {"drafts": True}


class ScrubOwed(Base):
    """Words were erased at this instant, and a file may still hold them. Bookkeeping, no record."""

    __tablename__ = "scrub_owed"

    key: Mapped[str] = mapped_column(String(32), primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant)


def erase(*words: Delete, at: datetime) -> None:
    """Delete words within the open transaction, and note that the files are still to be scrubbed of them."""
    gone: list[Any] = [db.session.execute(chosen) for chosen in words]
    if any(result.rowcount for result in gone):
        owe(at)


def owe(at: datetime) -> None:
    """Note, within the open transaction, that the files are still to be scrubbed of words."""
    db.session.add(ScrubOwed(key=secrets.token_hex(16), at=at))


def is_owed() -> bool:
    """Whether words that were erased may still stand in a file."""
    return db.session.scalar(select(ScrubOwed.key).limit(1)) is not None


def scrub() -> bool:
    """Let nothing of the erased words stay in a file of the database; called after the commit that erased.

    False if somebody was reading for so long that it has to wait: it stays owed, until it was done.
    """
    if writing():
        return False
    db.session.rollback()  # our own read would keep the log from being emptied
    keys = db.session.scalars(select(ScrubOwed.key)).all()
    db.session.rollback()
    if not keys:
        return True
    if not (_sqlite(db.engine) if db.engine.dialect.name == "sqlite" else _postgres(db.engine)):
        return False
    with transaction():
        db.session.execute(delete(ScrubOwed).where(ScrubOwed.key.in_(keys)))
    return True


def _sqlite(engine: Engine) -> bool:
    # secure_delete has overwritten the words in the pages; the log still holds the pages from before.
    connection = engine.raw_connection()
    try:
        cursor = connection.cursor()
        patience = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
        cursor.execute(f"PRAGMA busy_timeout={LONGEST_WAIT_MS}")
        busy = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        cursor.execute(f"PRAGMA busy_timeout={patience}")
        cursor.close()
        return bool(busy == 0)
    finally:
        connection.close()


def _postgres(engine: Engine) -> bool:
    kept = [model.__table__ for model in erasable()]  # type: ignore[attr-defined]
    kept += [table for table in Base.metadata.sorted_tables if table.info == DRAFTS]
    tables = ", ".join(table.name for table in kept)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql(f"SET lock_timeout = {LONGEST_WAIT_MS}")
        try:
            connection.exec_driver_sql(f"VACUUM FULL {tables}")
        except OperationalError:  # somebody reads for longer than that
            return False
        finally:
            connection.exec_driver_sql("RESET lock_timeout")
    return True
