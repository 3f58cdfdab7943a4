"""What was erased leaves the files too: the write-ahead log, and what PostgreSQL keeps of dead rows."""

from sqlalchemy import Engine

from sitelog.store.db import db
from sitelog.store.recorded import erasable
from sitelog.store.transaction import writing


def scrub() -> bool:
    """Let nothing of the erased words stay in a file of the database; called after the commit that erased.

    False if somebody was reading for so long that their copy has to wait: the next call takes it too.
    """
    if writing():
        return False
    db.session.rollback()  # our own read would keep the log from being emptied
    return _sqlite(db.engine) if db.engine.dialect.name == "sqlite" else _postgres(db.engine)


def _sqlite(engine: Engine) -> bool:
    # secure_delete has overwritten the words in the pages; the log still holds the pages from before.
    connection = engine.raw_connection()
    try:
        cursor = connection.cursor()
        busy = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        cursor.close()
        return bool(busy == 0)
    finally:
        connection.close()


def _postgres(engine: Engine) -> bool:
    tables = ", ".join(model.__table__.name for model in erasable())  # type: ignore[attr-defined]
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql(f"VACUUM FULL {tables}")
    return True
