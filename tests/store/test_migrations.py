"""The migrations make what the models say, triggers included, and refuse a newer database."""

import shutil
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from sqlalchemy import Column, Connection, Integer, Table, text

from sitelog.app import create_app, import_models
from sitelog.ground.errors import Usage
from sitelog.store import guards, keys, schema
from sitelog.store.db import Base, db
from sitelog.store.recorded import recorded_tables
from sitelog.store.transaction import let_go


def empty(folder: Path) -> Flask:
    folder.mkdir()
    keys.make(folder / "keys")
    return create_app(folder, TESTING=True)


def shape(connection: Connection) -> set[tuple[str, str]]:
    """Tables, columns and triggers as the database itself describes them."""
    rows = connection.execute(text("SELECT type, name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'"))
    found = {(kind, name) for kind, name in rows if name != "alembic_version"}
    tables = [name for kind, name in found if kind == "table"]
    for table in tables:
        for column in connection.execute(text(f"PRAGMA table_info({table})")):
            found.add((f"{table}.{column.name}", f"{column.type} {column.notnull} {column.pk}"))
        for key in connection.execute(text(f"PRAGMA foreign_key_list({table})")):
            found.add((f"{table}.{key[3]}", f"-> {key.table}.{key.to}"))
    return found


def test_the_migrated_database_is_what_the_models_say(tmp_path: Path) -> None:
    migrated, fresh = empty(tmp_path / "migrated"), empty(tmp_path / "fresh")
    with migrated.app_context():
        schema.upgrade(db.engine)
        with db.engine.connect() as connection:
            context = MigrationContext.configure(connection, opts={"compare_type": True})
            assert compare_metadata(context, Base.metadata) == []
            there = shape(connection)
        let_go()
    with fresh.app_context():
        with db.engine.begin() as connection:
            Base.metadata.create_all(connection)
            guards.install(connection)
            assert shape(connection) == there
        let_go()


@pytest.mark.both_databases
def test_every_recorded_table_has_its_two_triggers(app: Flask, database: str) -> None:
    listed = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
    }
    with db.engine.connect() as connection:
        found = set(connection.execute(text(listed[database])).scalars())
    wanted = {f"{table.name}_no_{verb}" for table in recorded_tables() for verb in ("update", "delete")}
    assert found == wanted


@pytest.mark.both_databases
def test_upgrading_what_is_up_to_date_changes_nothing(app: Flask) -> None:
    schema.upgrade(db.engine)
    with db.engine.connect() as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == schema.head()


def test_a_revision_is_drawn_from_what_the_models_say(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_models()
    copied = Path(shutil.copytree(schema.MIGRATIONS, tmp_path / "migrations"))
    monkeypatch.setattr(schema, "MIGRATIONS", copied)
    before = schema.head()
    with pytest.raises(Usage, match="nothing to migrate"):
        schema.draw("nothing at all")
    shoe = Table("shoe", Base.metadata, Column("id", Integer, primary_key=True))
    try:
        made = schema.draw("shoes are kept")
    finally:
        Base.metadata.remove(shoe)
    words = made.read_text(encoding="utf-8")
    assert made == copied / "versions" / f"{int(before) + 1:04}_shoes_are_kept.py"
    assert words.startswith('"""shoes are kept."""') and f'down_revision = "{before}"' in words
    assert "from alembic import op\n\nrevision" in words
    assert words.count("op.create_table") == 1 and "'shoe'" in words and "drop" not in words


def test_a_database_newer_than_the_code_is_refused_in_one_line(app: Flask) -> None:
    with db.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(Usage, match="9999"):
        schema.upgrade(db.engine)


def test_a_migration_that_fails_leaves_the_old_shape(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = empty(tmp_path / "instance")

    def fail(connection: Connection) -> None:
        raise OSError("disk full")

    with app.app_context():
        monkeypatch.setattr(schema.guards, "install", fail)
        with pytest.raises(OSError, match="disk full"):
            schema.upgrade(db.engine)
        with db.engine.connect() as connection:
            assert shape(connection) == set()
        monkeypatch.undo()
        schema.upgrade(db.engine)
        let_go()
