"""What sites have sealed still holds after every migration: recorded tables only gain columns, and say so."""

from collections.abc import Iterator, Mapping
from itertools import pairwise

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Column, Connection, Integer, MetaData, Table, create_engine, inspect

from sitelog.app import import_models
from sitelog.store import schema
from sitelog.store.recorded import recorded_tables

# Revision -> recorded table -> its columns then.
Shapes = Mapping[str, Mapping[str, set[str]]]


@pytest.fixture(scope="module")
def shapes() -> Shapes:
    """The recorded tables after each revision, oldest first."""
    import_models()
    scripts = ScriptDirectory(str(schema.MIGRATIONS))
    revisions = [script.revision for script in scripts.walk_revisions()][::-1]
    with create_engine("sqlite://").connect() as connection:
        return {revision: shape_at(revision, connection) for revision in revisions}


def test_a_column_that_a_recorded_table_got_later_says_so(shapes: Shapes) -> None:
    assert [*unsaid(shapes, recorded_tables())] == []


def test_no_migration_takes_a_column_from_a_recorded_table(shapes: Shapes) -> None:
    for before, after in pairwise(shapes.values()):
        for table, columns in before.items():
            assert columns <= after.get(table, set()), f"{table} was sealed with columns it has no more"


@pytest.mark.parametrize(
    ("info", "nullable", "found"),
    [({"later": True}, True, []), ({"later": True}, False, ["visit.shoes"]), ({}, True, ["visit.shoes"])],
)
def test_a_column_that_says_nothing_or_cannot_be_empty_is_named(
    info: dict[str, bool], nullable: bool, found: list[str]
) -> None:
    visit = Table(
        "visit",
        MetaData(),
        Column("id", Integer, primary_key=True),
        Column("shoes", Integer, info=info, nullable=nullable),
    )
    assert [*unsaid({"0001": {"visit": {"id"}}, "0002": {"visit": {"id", "shoes"}}}, [visit])] == found


def unsaid(shapes: Shapes, tables: list[Table]) -> Iterator[str]:
    """Columns that came after their table and are neither LATER nor nullable: they break the seals before."""
    for table in tables:
        first = next(shape[table.name] for shape in shapes.values() if table.name in shape)
        for column in table.columns:
            if column.name not in first and not (column.info.get("later") and column.nullable):
                yield f"{table.name}.{column.name}"


def shape_at(revision: str, connection: Connection) -> dict[str, set[str]]:
    config = Config()
    config.set_main_option("script_location", str(schema.MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)
    there, recorded = inspect(connection), {table.name for table in recorded_tables()}
    tables = recorded & set(there.get_table_names())
    return {name: {str(column["name"]) for column in there.get_columns(name)} for name in tables}
