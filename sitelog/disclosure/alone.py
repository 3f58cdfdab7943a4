"""Protected counts that stand alone: no printed figure adds them up, so each is hidden by itself.

What two reports say of one number is read together: "0–5" beside "5+" would give it away. So a number that
one audience was told is told to the next in the same words, or not at all. Which of the two follows from what
was printed and from the smallest groups, and never from the number.

Nor may a number of a longer period give those of its parts away, or they it: "28+" for a week of seven days
of "0–4" is four on each. Where all were made for one smallest group k, three or more parts and their whole
keep what is promised of each: a part of 0 to k-1 can still be either beside a whole of "k+", since two others
reach k together; and n of them leave such a whole n(k-1) - k + 1 values. What does not fit so is withheld.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from sitelog.disclosure import plan
from sitelog.disclosure.difference import Released
from sitelog.disclosure.policy import Policy
from sitelog.disclosure.printed import Cell, Exact, Range, Withheld
from sitelog.disclosure.suppress import Promise, promise, single
from sitelog.disclosure.tables import Dims, RawCell, RawColumn, RawRelease, RawRow, RawTable

ELSEWHERE = Withheld()
# How many parts, at least, a whole is told beside.
PARTS = 3


def hidden(table: RawTable, index: int, policy: Policy) -> dict[str, tuple[Cell, Promise | None]]:
    """The counts of a column that stand alone as they are printed the first time, by row code, each with
    the promise it keeps."""
    return {row.code: _hidden(row.cells[index], policy) for row in _rows(table, index)}


def told(table: RawTable, index: int, raw: RawRelease, released: Iterable[Released]) -> dict[str, Released]:
    """What earlier reports of the same period have printed of the counts of a column that stand alone."""
    printed = {
        (one.measure, one.dims): one for one in released
        if (one.start, one.end) == (raw.start, raw.end) and isinstance(one.cell, Exact | Range)
    }  # fmt: skip
    column = table.columns[index]
    names = {row.code: _name(row, column) for row in _rows(table, index)}
    return {code: printed[name] for code, name in names.items() if name in printed}


def beside(
    table: RawTable, index: int, raw: RawRelease, policy: Policy, released: Iterable[Released]
) -> dict[str, tuple[Cell, Promise | None]]:
    """The counts of a column that meet what was printed of other periods or classes, by row code, as they may
    be printed beside that: for its smallest group where that is as large as ours, or not at all."""
    column, known = table.columns[index], [one for one in released if isinstance(one.cell, Exact | Range)]
    found: dict[str, tuple[Cell, Promise | None]] = {}
    for row in _rows(table, index):
        name = _name(row, column)
        if met := [one for one in known if _meets(one, raw, name)]:
            group = max(policy.k, *(smallest(one.cell) or 0 for one in met))
            fits = all(_fits(one, raw, name, group) for one in met)
            # By however many people: an exact whole could be the sum of parts that are all at their end.
            cell = replace(row.cells[index], people=0)
            found[row.code] = _hidden(cell, replace(policy, k=group)) if fits else (ELSEWHERE, None)
    return found


def repeated(before: Released, policy: Policy) -> Cell:
    """What one audience was told, for another: in the same words where its own group allows it.

    An exact number is told once."""
    group = smallest(before.cell)
    return before.cell if group is not None and group >= policy.k else ELSEWHERE


def smallest(cell: Cell) -> int | None:
    """The smallest group a range was made for; None for anything that is no such range."""
    match cell:
        case Range(0, int(hi)):
            return hi + 1
        case Range(lo, None):
            return lo
    return None


def check(raw: RawRelease) -> None:
    """ValueError where two figures of a release could hold the same event, and one of them stands alone."""
    every = list(_counted(raw))
    for n, (where, alone, measure, dims) in enumerate(every):
        for m, (other, _, same, others) in enumerate(every):
            if alone and n != m and measure == same and not _disjoint(dims, others):
                raise ValueError(f"{where} stands alone, but {other} may count the same events")


def _hidden(raw: RawCell, policy: Policy) -> tuple[Cell, Promise | None]:
    # Nothing that is printed contains it, so the rule alone bounds what a reader may think of.
    return single(raw, policy), promise(raw, policy, 2 * max(raw.count or 0, policy.k))


def _rows(table: RawTable, index: int) -> list[RawRow]:
    person = (row for row in table.rows if plan.kind_of(row, table.columns[index]) == "person")
    return list(person) if table.alone else []


def _meets(one: Released, raw: RawRelease, name: tuple[str, Dims]) -> bool:
    """Whether a printed figure may hold the same events as a count of this release, and is not that count."""
    measure, dims = name
    same = (one.start, one.end, one.dims) == (raw.start, raw.end, dims)
    overlap = one.start <= raw.end and raw.start <= one.end
    return measure == one.measure and overlap and not same and not _disjoint(dims, one.dims)


def _fits(one: Released, raw: RawRelease, name: tuple[str, Dims], group: int) -> bool:
    """Whether one of them is a whole and the other a third of it or less, both for one smallest group."""
    (start, end), (first, last) = sorted(
        ((one.start, one.end), (raw.start, raw.end)), key=lambda period: period[1] - period[0]
    )
    inside = first <= start and end <= last
    part = PARTS * ((end - start).days + 1) <= (last - first).days + 1
    return inside and part and name[1] == one.dims and smallest(one.cell) == group


def _name(row: RawRow, column: RawColumn) -> tuple[str, Dims]:
    return row.measure or column.measure, column.dims + row.dims


def _counted(raw: RawRelease) -> Iterator[tuple[str, bool, str, Dims]]:
    for table in raw.tables:
        for row in table.rows:
            for column in table.columns:
                alone = table.alone and plan.kind_of(row, column) == "person"
                where = f"{table.id}/{row.code}/{column.code}"
                yield where, alone, *_name(row, column)


def _disjoint(one: Dims, other: Dims) -> bool:
    """Whether some dimension tells them apart."""
    mine, theirs = dict(one), dict(other)
    return any(not _codes(mine[name]) & _codes(theirs[name]) for name in mine.keys() & theirs.keys())


def _codes(part: str | tuple[str, ...]) -> set[str]:
    return {part} if isinstance(part, str) else set(part)
