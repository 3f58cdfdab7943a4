"""Rows that are written once: each hangs on a link of the chain and can be neither changed nor deleted."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import cache
from itertools import count
from typing import Any

from sqlalchemy import (
    ForeignKey,
    Insert,
    Select,
    Table,
    event,
    func,
    insert,
    inspect,
    select,
)
from sqlalchemy.orm import Mapped, Session, declared_attr, make_transient_to_detached, mapped_column

from sitelog.store.db import Base, db
from sitelog.store.transaction import connection

# Says of a column that the table got it after sites had begun to write: rows from before hold nothing there.
LATER = {"later": True}


class Recorded:
    """Mixin for an append-only model: `id`, and `link_seq`, the link of the trail that seals the row.

    A column added to a table that sites have already is nullable and says `info=LATER`: where it holds
    nothing it is left out of the seal, so that what was sealed before it was there still holds.
    """

    id: Mapped[int] = mapped_column(primary_key=True)

    @declared_attr
    def link_seq(cls) -> Mapped[int]:  # noqa: N805 - SQLAlchemy's declared_attr passes the class
        """The link this row hangs on; checked at commit, since the link is written after its rows."""
        key = ForeignKey("link.seq", deferrable=True, initially="DEFERRED")
        return mapped_column(key, index=True)


class Erasable:
    """Mixin for a model of words that can be erased for good while the chain keeps a salted seal of them."""

    @classmethod
    def sealed(cls) -> Select[*tuple[Any, ...]]:
        """All words still kept: link, salt, words, the seal the chain keeps (None: it keeps none), and
        whether they still stand where they were put."""
        raise NotImplementedError


class Changed(TypeError):
    """A recorded row was about to be changed or deleted: a defect in the program, never a user's doing."""


def recorded_tables() -> list[Table]:
    """Every append-only table, the chain itself included, in a stable order."""
    tables = {m.local_table for m in Base.registry.mappers if issubclass(m.class_, Recorded)}
    chain = Base.metadata.tables.get("link")
    if chain is not None:
        tables.add(chain)
    return sorted((t for t in tables if isinstance(t, Table)), key=lambda table: table.name)


def erasable() -> list[type[Erasable]]:
    """Every model of words that can be erased, in a stable order."""
    found = [m.class_ for m in Base.registry.mappers if issubclass(m.class_, Erasable)]
    return sorted(found, key=lambda model: model.__name__)


def write(row: Any) -> bytes:
    """Insert a row that was just made, and spell it for its seal. What was left unsaid is None.

    The statement is the table's own: the unit of work costs three times the insert, and has nothing to
    find out here, since a recorded row has no defaults and no relationships and never changes.
    """
    insertion, columns = _shape(type(row))
    values = {name: row.__dict__.get(key) for key, name in columns}
    made = connection().execute(insertion, _without_id(values))
    if made.inserted_primary_key is not None:
        (values["id"],) = made.inserted_primary_key
    # Not by setattr, which would note each as a change of the row to be written.
    row.__dict__.update((key, values[name]) for key, name in columns)
    make_transient_to_detached(row)
    _forget_ghost(row)
    db.session.add(row)
    return canonical(type(row).__table__, values)


def _forget_ghost(row: Any) -> None:
    """Of a row that was taken back somebody may still hold the object, as an error's traceback does. Its
    number is free again, and the row that has it now is this one."""
    ghost = db.session.identity_map.get(inspect(row).key)
    if ghost is not None:
        db.session.expunge(ghost)


# A table's insert statement, and its attributes with the names of their columns; looked up once.
_SHAPES: dict[type, tuple[Insert, list[tuple[str, str]]]] = {}


def write_many(rows: Sequence[Any]) -> list[bytes]:
    """Insert many rows that were just made and spell each for its seal, in the order given."""
    return [canonical(table, values) for table, values in insert_many(rows)]


def insert_many(rows: Sequence[Any]) -> list[tuple[Table, dict[str, Any]]]:
    """Insert many rows that were just made, one statement a table; each as its table and columns.

    They are written and forgotten: nothing is kept in the session, so that any number can be.
    """
    by_model, written = defaultdict[type, list[dict[str, Any]]](list), []
    for row in rows:
        values = {name: row.__dict__.get(key) for key, name in _shape(type(row))[1]}
        by_model[type(row)].append(values)
        written.append((type(row).__table__, values))
    for model, found in by_model.items():
        _number(model, [values for values in found if values.get("id", 0) is None])
        connection().execute(_shape(model)[0], found)
    return written


def _number(model: Any, rows: Sequence[dict[str, Any]]) -> None:
    """Give rows the ids the database would: a seal holds the id, so it has to be known before the insert."""
    if not rows:
        return
    table = model.__table__
    if connection().dialect.name == "postgresql":
        ids = func.nextval(func.pg_get_serial_sequence(table.name, "id"))
        numbers: Iterable[int] = connection().scalars(
            select(ids).select_from(func.generate_series(1, len(rows)))
        )
    else:
        numbers = count((connection().scalar(select(func.max(table.c.id))) or 0) + 1)
    for values, number in zip(rows, numbers, strict=False):
        values["id"] = number


def _shape(model: Any) -> tuple[Insert, list[tuple[str, str]]]:
    if model not in _SHAPES:
        columns = [(attribute.key, attribute.columns[0].name) for attribute in inspect(model).column_attrs]
        _SHAPES[model] = insert(model.__table__), columns
    return _SHAPES[model]


def _without_id(values: dict[str, Any]) -> dict[str, Any]:
    return values if values["id"] is not None else {n: v for n, v in values.items() if n != "id"}


def canonical(table: Table, values: Mapping[str, Any]) -> bytes:
    """The one spelling of a row that its seal is computed from."""
    unsaid = [name for name in _later(table) if values[name] is None]
    said = {name: value for name, value in values.items() if name not in unsaid} if unsaid else values
    return json.dumps([table.name, said], sort_keys=True, default=_plain, ensure_ascii=False).encode()


@cache
def _later(table: Table) -> tuple[str, ...]:
    return tuple(column.name for column in table.columns if "later" in column.info)


def _plain(value: Any) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.hex()
    raise TypeError(f"a recorded row cannot hold a {type(value).__name__}")


@event.listens_for(Session, "before_flush")
def _refuse_changes(session: Session, context: Any, instances: Any) -> None:
    changed = [row for row in session.dirty if session.is_modified(row)]
    for row in [*changed, *session.deleted]:
        if isinstance(row, Recorded) or getattr(type(row), "__tablename__", "") == "link":
            raise Changed(f"{type(row).__name__} rows are never changed or deleted; amend or strike instead")
