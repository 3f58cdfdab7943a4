"""What was printed before: how figures are stored, carried over into a new version, and compared.

Operational facts may be re-issued; protected ones never change once printed, because the difference of two
versions would give one event away. The checks across releases hook in here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from sitelog.disclosure.lines import Level
from sitelog.disclosure.policy import Policy
from sitelog.disclosure.printed import Cell, DoesNotApply, Exact, Figure, NotRecorded, Range, Withheld
from sitelog.disclosure.tables import Dims, Kind, RawRelease, Where

_SHOWN: dict[str, type[Cell]] = {
    "exact": Exact,
    "range": Range,
    "not_recorded": NotRecorded,
    "does_not_apply": DoesNotApply,
    "withheld": Withheld,
}
_NAMES = {kind: name for name, kind in _SHOWN.items()}


@dataclass(frozen=True, slots=True)
class Released:
    """A figure that was printed, as a plain value. `truth` and `people` as the ledger had them then."""

    release: str
    audience: str
    where: Where
    measure: str
    dims: Dims
    start: date
    end: date
    kind: Kind
    cell: Cell
    truth: int | None = None
    people: int | None = None
    protected: bool = False
    width: int = 0

    @property
    def name(self) -> str:
        return self.release.rpartition("-v")[0]

    @property
    def version(self) -> int:
        return int(self.release.rpartition("-v")[2])

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> Released:
        """The figure that `stored_figure` wrote."""
        values = {name: stored[name] for name in (f.name for f in fields(cls)) if name in stored}
        values["where"] = tuple(stored["where"])
        values["dims"] = tuple(
            (name, tuple(part) if isinstance(part, list) else part) for name, part in stored["dims"]
        )
        values |= {edge: date.fromisoformat(stored[edge]) for edge in ("start", "end")}
        values["cell"] = _SHOWN[stored["shown"]](**stored["cell"])
        return cls(**values)


def stored_figure(figure: Figure) -> dict[str, Any]:
    """A printed figure as JSON values, to keep with the release; `Released.from_dict` reads it back."""
    return {
        "release": figure.release, "audience": figure.audience, "where": list(figure.where),
        "measure": figure.measure, "dims": [list(pair) for pair in figure.dims], "kind": figure.kind,
        "start": figure.start.isoformat(), "end": figure.end.isoformat(), "shown": _NAMES[type(figure.cell)],
        "cell": {f.name: value for f in fields(figure.cell) if (value := getattr(figure.cell, f.name)) != ""},
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Earlier:
    """The newest earlier version of a release for the same audience; empty where there is none."""

    figures: Mapping[Where, Released]

    @classmethod
    def of(cls, raw: RawRelease, policy: Policy, released: Iterable[Released]) -> Earlier:
        """Picks it out of everything released."""
        mine = [
            one for one in released
            if one.name == raw.name and one.audience == policy.name and one.version < raw.version
        ]  # fmt: skip
        newest = max((one.version for one in mine), default=0)
        return cls({one.where: one for one in mine if one.version == newest})

    @property
    def version(self) -> int:
        return next((one.version for one in self.figures.values()), 0)

    def column(self, table: str, column: str) -> dict[str, Released]:
        """The figures of one column by row code."""
        return {
            where[1]: one for where, one in self.figures.items() if (where[0], where[2]) == (table, column)
        }

    def of_table(self, table: str) -> list[Released]:
        return [one for where, one in self.figures.items() if where[0] == table]

    def changed(self, figures: Iterable[Figure]) -> Iterator[tuple[Figure, Cell]]:
        """Figures that read otherwise now, each with what it was."""
        for figure in figures:
            before = self.figures.get(figure.where)
            if before is not None and before.cell != figure.cell:
                yield figure, before.cell


def printed_lines(before: Iterable[Released]) -> tuple[Level, list[tuple[str, ...]]]:
    """Level and incident lines as they were printed, from their figures."""
    level, rows = Level.NONE, []
    for one in before:
        level = Level[one.where[2].upper()]
        if one.where[1] != "all" and isinstance(one.cell, Exact):
            rows += [tuple(one.where[1].split("."))] * one.cell.value
    return level, rows


def lines_told(released: Iterable[Released], raw: RawRelease, id: str) -> list[Released]:
    """The incident lines of this period as some audience was told them, where that was told the most."""
    told = [
        one for one in released
        if one.name == raw.name and one.where[0] == id and isinstance(one.cell, Exact)
    ]  # fmt: skip
    if not told:
        return []
    most = max(told, key=lambda one: Level[one.where[2].upper()])
    return [one for one in told if (one.release, one.audience) == (most.release, most.audience)]
