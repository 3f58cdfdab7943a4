"""What may be printed: the cell a reader sees, and the sealed tables only `protect.protect` can make.

`SafeRelease` > `SafeTable` > `SafeRow` > `Figure` > `Cell`, and `SafeLines`. A safe object holds what is
printed and nothing else: no truth, no number of people.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import InitVar, dataclass, field
from datetime import date
from typing import Any

from sitelog.disclosure.tables import Dims, Kind, Where
from sitelog.ground.facts import Unit
from sitelog.ground.words import N_

# Only disclosure/protect.py may use this; tests/disclosure/test_seal.py reads the sources and says so.
_SEAL = object()


# ── what a cell on paper can be ──────────────────────────────────────────────────────────────────────
@dataclass(frozen=True, slots=True)
class Exact:
    """The number itself; `unit` where it is no plain count."""

    value: int
    unit: Unit = ""


@dataclass(frozen=True, slots=True)
class Range:
    """The true number is one of lo..hi, both included; `hi` None: lo or more."""

    lo: int
    hi: int | None


@dataclass(frozen=True, slots=True)
class NotRecorded:
    """The question was not answered; not the same as zero."""


@dataclass(frozen=True, slots=True)
class DoesNotApply:
    """The question makes no sense here."""


@dataclass(frozen=True, slots=True)
class Withheld:
    """Nothing is printed; `reason` is a translatable word or two for the cell."""

    reason: str = N_("withheld")


Cell = Exact | Range | NotRecorded | DoesNotApply | Withheld


# ── safe: what may be printed ────────────────────────────────────────────────────────────────────────
@dataclass(frozen=True)
class _Sealed:
    """Refuses to be made by anybody but protect()."""

    seal: InitVar[object] = field(default=None, kw_only=True)

    def __post_init__(self, seal: object) -> None:
        if seal is not _SEAL:
            raise TypeError(f"{type(self).__name__} is made by disclosure.protect.protect() only")


@dataclass(frozen=True)
class Figure(_Sealed):
    """One printed figure with its place in the release and what it measures."""

    release: str
    audience: str
    where: Where
    measure: str
    dims: Dims
    start: date
    end: date
    cell: Cell
    kind: Kind

    @property
    def id(self) -> str:
        return "/".join((self.release, *self.where))

    def listed(self) -> dict[str, Any] | None:
        """The figure as an entry of the cell list; None where no number was printed."""
        bounds = limits(self.cell)
        if bounds is None:
            return None
        value = self.cell.value if isinstance(self.cell, Exact) else None
        dims = {name: list(part) if isinstance(part, tuple) else part for name, part in self.dims}
        return {
            "id": self.id, "release": self.release, "measure": self.measure, "dims": dims,
            "start": self.start.isoformat(), "end": self.end.isoformat(),
            "value": value, "lo": bounds[0], "hi": bounds[1],
        }  # fmt: skip


@dataclass(frozen=True)
class SafeColumn(_Sealed):
    """A column's header."""

    code: str
    label: str
    measure: str


@dataclass(frozen=True)
class SafeRow(_Sealed):
    """A row of figures, one for each column."""

    code: str
    label: str
    figures: tuple[Figure, ...]
    total: bool = False
    note: str = ""


@dataclass(frozen=True)
class SafeTable(_Sealed):
    """A table as it may be printed. Formats accept no other."""

    id: str
    title: str
    head: str
    columns: tuple[SafeColumn, ...]
    rows: tuple[SafeRow, ...]

    def figure(self, row: str, column: str | None = None) -> Figure:
        """The figure at a row code and column code (default: the first column); KeyError if there is none."""
        for found in self.figures():
            if found.where[1] == row and column in (None, found.where[2]):
                return found
        raise KeyError((self.id, row, column))

    def figures(self) -> Iterator[Figure]:
        for row in self.rows:
            yield from row.figures

    def cells(self) -> list[dict[str, Any]]:
        """Every number printed in the table, in the form of the cell list."""
        return [entry for figure in self.figures() if (entry := figure.listed())]


@dataclass(frozen=True)
class SafeLines(_Sealed):
    """Incident lines as they may be printed: `columns` (code, label) and rows of codes, in keyed random
    order. `withheld` says why there are none, where there were some to hide; `level` is the code of
    `lines.Level`."""

    id: str
    level: str
    columns: tuple[tuple[str, str], ...]
    rows: tuple[tuple[str, ...], ...]
    withheld: Withheld | None
    counts: tuple[Figure, ...]

    def cells(self) -> list[dict[str, Any]]:
        """The lines as counts of each distinct line, in the form of the cell list."""
        return [entry for figure in self.counts if (entry := figure.listed())]


@dataclass(frozen=True)
class Note:
    """Something hidden or kept, and why, in plain words: `text` is translatable, filled with `values`."""

    code: str
    text: str
    values: tuple[tuple[str, str | int], ...] = ()

    def __str__(self) -> str:
        return self.text % dict(self.values)


@dataclass(frozen=True)
class Change(_Sealed):
    """A figure of an earlier version that reads otherwise now."""

    table: str
    row: str
    column: str
    before: Cell
    now: Cell


@dataclass(frozen=True)
class SafeRelease(_Sealed):
    """All that one issue of a report may print."""

    id: str
    name: str
    version: int
    audience: str
    k: int
    start: date
    end: date
    tables: tuple[SafeTable, ...]
    lines: SafeLines | None
    rates: tuple[Figure, ...]
    notes: tuple[Note, ...]
    changes: tuple[Change, ...]

    def table(self, id: str) -> SafeTable:
        """The table of that id; KeyError if there is none."""
        return {table.id: table for table in self.tables}[id]

    def rate(self, id: str) -> Figure:
        """The ratio of that id; KeyError if there is none."""
        return {figure.where[1]: figure for figure in self.rates}[id]

    def figures(self) -> Iterator[Figure]:
        """Everything printed, numbers or not."""
        for table in self.tables:
            yield from table.figures()
        yield from self.rates
        yield from self.lines.counts if self.lines else ()

    def cells(self) -> list[dict[str, Any]]:
        """Every printed number, in the form of the cell list."""
        return [entry for figure in self.figures() if (entry := figure.listed())]


def limits(cell: Cell) -> tuple[int, int | None] | None:
    """What a printed cell says about the true number: (lo, hi), hi None without bound; None if it says
    nothing."""
    match cell:
        case Exact(value):
            return value, value
        case Range(lo, hi):
            return lo, hi
    return None
