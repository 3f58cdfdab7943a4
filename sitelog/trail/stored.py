"""That SQLite holds each value as sitelog writes it: seals are over what is read, counts over what is stored.

SQLite keeps whatever it is given. An instant spelled in another way, or a no spelled as an empty word, would
read the same and be counted elsewhere or nowhere.
"""

from collections.abc import Iterable
from functools import cache

from sqlalchemy import ColumnElement, Select, Table, and_, cast, func, inspect, not_, or_, select, type_coerce
from sqlalchemy import types as sql

from sitelog.store.db import db
from sitelog.store.recorded import erasable, recorded_tables
from sitelog.store.types import Instant

_MICROSECONDS = "." + "[0-9]" * 6


def misstored() -> tuple[int, str] | None:
    """The first link one of whose rows is not stored as it was written, and the table; None if there is none.

    Words that can be erased hang on no link by themselves: theirs is 0. PostgreSQL's types know one spelling.
    """
    if db.engine.dialect.name != "sqlite":
        return None
    return min(_found(), default=None)


def _found() -> Iterable[tuple[int, str]]:
    for name, search in _searches():
        for at in db.session.scalars(search):
            if at is not None:
                yield int(at), name


@cache
def _searches() -> tuple[tuple[str, Select[int]], ...]:
    """What to ask of each table, for its first row that is not as written; the tables are known once."""
    words = [inspect(model).local_table for model in erasable()]
    tables = (one for one in (*recorded_tables(), *words) if isinstance(one, Table))
    return tuple((table.name, _search(table)) for table in tables)


def _search(table: Table) -> Select[int]:
    seq = table.c.get("link_seq", table.c.get("seq"))
    first = func.min(seq) if seq is not None else cast(0, sql.Integer)
    wrong = not_(and_(*(_as_written(column) for column in table.columns)))
    return select(first).where(wrong).limit(1)


def _as_written(column: ColumnElement[object]) -> ColumnElement[bool]:
    raw = type_coerce(column, sql.String)
    kind = column.type
    stored = func.typeof(raw) == _stored(kind)
    if isinstance(kind, Instant):
        second = func.coalesce(func.datetime(raw) == func.substr(raw, 1, 19), False)
        stored = and_(stored, second, func.substr(raw, 20).op("GLOB")(_MICROSECONDS))
    elif isinstance(kind, sql.Date):
        stored = and_(stored, func.coalesce(func.date(raw) == raw, False))
    elif isinstance(kind, sql.Boolean):
        stored = and_(stored, type_coerce(column, sql.Integer).in_((0, 1)))
    return or_(column.is_(None), stored)


def _stored(kind: sql.TypeEngine[object]) -> str:
    """What SQLite calls the values of a column of this type."""
    for name, kinds in _STORED.items():
        if isinstance(kind, kinds):
            return name
    raise TypeError(f"say in {__name__} how SQLite stores {kind!r}, before a recorded column has this type")


_STORED = {
    "integer": (sql.Integer, sql.Boolean),
    "blob": (sql.LargeBinary,),
    "text": (sql.String, sql.Date, Instant),
}
