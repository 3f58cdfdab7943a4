"""How often each word of a list was used: counted from the columns that say which list they hold."""

from collections import Counter
from collections.abc import Iterator

from sqlalchemy import Column, func, select

from sitelog.store.db import Base, db


def used(kind: str) -> Counter[str]:
    """In how many entries each code of one list stands, struck and amended ones too."""
    found: Counter[str] = Counter()
    for column in columns_of(kind):
        entries = func.count(func.distinct(column.table.c.link_seq))
        for code, count in db.session.execute(select(column, entries).group_by(column)):
            if code is not None:
                found[code] += count
    return found


def columns_of(kind: str) -> Iterator[Column[str]]:
    """Every column that holds codes of one list (`mapped_column(info={"list": kind})`)."""
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            if column.info.get("list") == kind:
                yield column
