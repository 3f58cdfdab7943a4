"""The raw tables that `tally` makes and `protect` takes: `RawRelease` > `RawTable` > `RawRow` > `RawCell`.

They hold the truth, so nothing that prints may import them; what comes out is in `printed`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from sitelog.ground.facts import Unit

Kind = Literal["operational", "person"]
Dims = tuple[tuple[str, str | tuple[str, ...]], ...]
Where = tuple[str, str, str]
"""Address of one figure in a release: table id, row code, column code."""


@dataclass(frozen=True, slots=True)
class RawCell:
    """`count` events (None: not recorded) by `people` distinct people (needed only where the kind is
    "person")."""

    count: int | None
    people: int | None = None
    applies: bool = True
    unit: Unit = ""


@dataclass(frozen=True, slots=True)
class RawColumn:
    """One column of numbers. `dims` holds what is fixed for the whole column, e.g. (("tier", "4"),)."""

    code: str
    label: str
    measure: str
    kind: Kind = "operational"
    dims: Dims = ()
    additive: bool = True
    """False where one person can stand in several rows: the rows then do not add up to the total."""


@dataclass(frozen=True, slots=True)
class RawRow:
    """One row: a cell for each column. `measure` and `kind` win over the column's (rows that count different
    things; a total that is operational over person rows). `total`: the sum of all other rows."""

    code: str
    label: str
    cells: tuple[RawCell, ...]
    dims: Dims = ()
    total: bool = False
    measure: str | None = None
    kind: Kind | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class RawTable:
    """A table before protection; labels are already in the reader's language. Order of rows is the
    catalog's."""

    id: str
    title: str
    head: str
    """What the rows are: the header over the row labels."""
    columns: tuple[RawColumn, ...]
    rows: tuple[RawRow, ...]
    open_total: int | None = None
    """The operational total over a person breakdown where it is not a total row of this table."""
    alone: bool = False
    """The rows count different things and nothing printed adds them up: person facts among them are no
    breakdown, and each is protected by itself."""

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row.cells) != len(self.columns):
                raise ValueError(
                    f"{self.id}/{row.code}: {len(row.cells)} cells for {len(self.columns)} columns"
                )
        for codes in ([r.code for r in self.rows], [c.code for c in self.columns]):
            if len(set(codes)) != len(codes):
                raise ValueError(f"{self.id}: a code is there twice in {codes}")

    @classmethod
    def simple(
        cls,
        id: str,
        title: str,
        head: str,
        column: RawColumn,
        dimension: str,
        counts: Mapping[str, RawCell | int],
        labels: Mapping[str, str],
        total: tuple[str, RawCell | int] | None = None,
    ) -> RawTable:
        """One dimension, one column: counts and labels by category code, and (label, count) of all."""
        rows = [
            RawRow(code, labels[code], (_raw(cell),), ((dimension, code),)) for code, cell in counts.items()
        ]
        if total is not None:
            rows.append(RawRow("all", total[0], (_raw(total[1]),), total=True))
        return cls(id, title, head, (column,), tuple(rows))


def _raw(cell: RawCell | int) -> RawCell:
    return RawCell(cell) if isinstance(cell, int) else cell


@dataclass(frozen=True, slots=True)
class RawLine:
    """One response, already generalized (codes of `lines.PARTS`, `CLASSES`, `RESPONSES`, `OUTCOMES`).
    A death is passed with outcome "death" and never becomes a line."""

    part: str
    substance_class: str
    response: str
    outcome: str


@dataclass(frozen=True, slots=True)
class RawVisitor:
    """One visit of the day, for the crowd a line hides in. `person` is any opaque id that is the same for the
    same person all day, None for a visit without a handle."""

    person: str | None
    part: str
    classes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RawLines:
    """The day's responses, everybody who was there, and the previous quarter's median of daily visitors
    (None: there was no previous quarter)."""

    lines: tuple[RawLine, ...]
    visitors: tuple[RawVisitor, ...]
    usual_visitors: float | None
    id: str = "lines"
    measure: str = "response_lines"


@dataclass(frozen=True, slots=True)
class RawRate:
    """A ratio to print, worked out from printed figures only: round(per * of / over)."""

    id: str
    label: str
    measure: str
    of: Where
    over: Where
    per: int = 1000


@dataclass(frozen=True, slots=True)
class RawRelease:
    """One issue of one report: `name` "daily-2026-11-17" and `version` make the id "daily-2026-11-17-v1".
    `start`..`end` are site dates, both included."""

    name: str
    version: int
    start: date
    end: date
    tables: tuple[RawTable, ...]
    lines: RawLines | None = None
    rates: tuple[RawRate, ...] = ()

    @property
    def id(self) -> str:
        return f"{self.name}-v{self.version}"
