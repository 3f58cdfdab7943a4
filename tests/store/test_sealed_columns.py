"""What sites have sealed still holds after every migration: recorded tables only gain columns, and say so."""

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Column, Connection, Integer, MetaData, Table, create_engine, inspect

from sitelog.app import import_models
from sitelog.store import schema
from sitelog.store.recorded import LATER, recorded_tables

WHY = (
    "rows from before hold nothing there and were sealed without it (LATER is in store/recorded.py): "
    "else the chain of every site breaks at its first row of that table"
)
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
    ("info", "nullable", "told"),
    [
        (LATER, True, ""),
        (LATER, False, "write Mapped[... | None]"),
        ({}, True, "write mapped_column(..., info=LATER)"),
        ({}, False, "write Mapped[... | None] and mapped_column(..., info=LATER)"),
    ],
)
def test_a_column_that_says_nothing_or_cannot_be_empty_is_told_what_to_write(
    info: dict[str, bool], nullable: bool, told: str
) -> None:
    visit = Table(
        "visit",
        MetaData(),
        Column("id", Integer, primary_key=True),
        Column("shoes", Integer, info=info, nullable=nullable),
    )
    found = [*unsaid({"0001": {"visit": {"id"}}, "0002": {"visit": {"id", "shoes"}}}, [visit])]
    assert [one.partition("; ")[0] for one in found] == ([f"visit.shoes: {told}"] if told else [])


def unsaid(shapes: Shapes, tables: list[Table]) -> Iterator[str]:
    """Columns that came after their table and are not both LATER and nullable, with what to write and why."""
    for table in tables:
        first = next(shape[table.name] for shape in shapes.values() if table.name in shape)
        for column in table.columns:
            if column.name not in first and (lacks := lacking(column)):
                yield f"{table.name}.{column.name}: write {lacks}; {WHY}"


def lacking(column: Column[Any]) -> str:
    """What a column that came after its table must say and does not."""
    empty = "" if column.nullable else "Mapped[... | None]"
    later = "" if LATER.items() <= column.info.items() else "mapped_column(..., info=LATER)"
    return " and ".join(filter(None, (empty, later)))


def shape_at(revision: str, connection: Connection) -> dict[str, set[str]]:
    config = Config()
    config.set_main_option("script_location", str(schema.MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)
    there, recorded = inspect(connection), {table.name for table in recorded_tables()}
    tables = recorded & set(there.get_table_names())
    return {name: {str(column["name"]) for column in there.get_columns(name)} for name in tables}
