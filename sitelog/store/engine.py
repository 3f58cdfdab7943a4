"""How the database is opened: SQLite through sqlcipher3 (keyed), or PostgreSQL by address."""

from typing import Any

from sqlalchemy import Engine, event

from sitelog.ground.settings import Settings

try:
    from sqlcipher3 import dbapi2 as sqlite
except ImportError:  # no wheel for this platform: the standard library's SQLite, unencrypted
    import sqlite3 as sqlite

# FULL: with WAL, NORMAL syncs nothing at commit and a power cut would lose the last entries.
PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "busy_timeout=5000",
    "temp_store=MEMORY",
    # What is erased is overwritten, not only marked as free.
    "secure_delete=ON",
)
WRITES = "sitelog_writes"


def encrypted() -> bool:
    """Whether this platform's SQLite can encrypt."""
    return bool(sqlite.__name__.startswith("sqlcipher3"))


def config(settings: Settings) -> dict[str, Any]:
    """The Flask-SQLAlchemy settings for this instance."""
    if settings.database:
        return {"SQLALCHEMY_DATABASE_URI": settings.database, "SQLALCHEMY_ENGINE_OPTIONS": {"pool_size": 20}}
    # The one that was used last has the most of the database's pages in its memory.
    options = {"module": sqlite, "pool_size": 20, "max_overflow": settings.threads, "pool_use_lifo": True}
    return {
        "SQLALCHEMY_DATABASE_URI": f"sqlite:///{settings.database_file}",
        "SQLALCHEMY_ENGINE_OPTIONS": options,
    }


def prepare(engine: Engine, key: bytes) -> None:
    """Give every SQLite connection its key and pragmas, and let us say BEGIN ourselves."""
    if engine.dialect.name != "sqlite":
        return

    @event.listens_for(engine, "connect")
    def on_connect(connection: Any, record: Any) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        if encrypted():
            cursor.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        for pragma in PRAGMAS:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def on_begin(connection: Any) -> None:
        # The driver's own default upgrades a read to a write too late and silently lost updates.
        writes = connection.get_execution_options().get(WRITES, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN DEFERRED")
