"""Bring a database, empty or older, to the shape the code expects."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.operations.ops import MigrationScript
from alembic.script import Script, ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine

from sitelog.ground.errors import Usage
from sitelog.ground.words import N_
from sitelog.store import guards

MIGRATIONS = Path(__file__).parent / "migrations"


def upgrade(engine: Engine) -> None:
    """Run what is missing in one transaction: a migration that fails leaves the old shape working."""
    with engine.connect() as connection:
        if _revision(connection) == head():
            return
        _check_not_newer(connection)
        connection.rollback()
        _without_foreign_keys(connection)


def draw(words: str) -> Path:
    """Write the revision that makes a database of the newest shape what the models say now; its file."""
    known = [script.revision for script in ScriptDirectory(str(MIGRATIONS)).walk_revisions()]
    number = f"{max(map(int, known)) + 1:04}"
    with create_engine("sqlite://").connect() as connection:
        config = _config(connection)
        config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
        command.upgrade(config, "head")
        made = command.revision(
            config, words, autogenerate=True, rev_id=number, process_revision_directives=_if_any
        )
    if not isinstance(made, Script):
        raise Usage(N_("The models say what the newest revision makes: there is nothing to migrate."))
    return Path(made.path)


def _if_any(_: object, __: object, directives: list[MigrationScript]) -> None:
    ops = directives[0].upgrade_ops
    if ops is not None and ops.is_empty():
        directives.clear()


def head() -> str:
    """The newest revision this code knows."""
    return ScriptDirectory(str(MIGRATIONS)).get_current_head() or ""


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _check_not_newer(connection: Connection) -> None:
    here = _revision(connection)
    known = {script.revision for script in ScriptDirectory(str(MIGRATIONS)).walk_revisions()}
    if here is not None and here not in known:
        raise Usage(
            N_("This database (%(here)s) is newer than this sitelog: install the newer one."), here=here
        )


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config


def _without_foreign_keys(connection: Connection) -> None:
    # With foreign keys on, SQLite's way of altering a table (copy, drop, rename) deletes the children.
    # The pragma only counts outside a transaction, hence the driver's own connection.
    driver = connection.connection.driver_connection
    sqlite = connection.dialect.name == "sqlite"
    if sqlite and driver is not None:
        driver.execute("PRAGMA foreign_keys=OFF")
    try:
        with connection.begin():
            command.upgrade(_config(connection), "head")
            guards.install(connection)
    finally:
        if sqlite and driver is not None:
            driver.execute("PRAGMA foreign_keys=ON")
