"""One CSV file as rows of values; every cell that cannot be read is told by file, line and column."""

import csv
import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import Any

from sitelog.ground.errors import SitelogError
from sitelog.imports.cells import Reader, Reading, moment

# With it the memory that an import takes has a bound, too.
MOST_ROWS = 500_000
# What the rows of the template are called begins so.
EXAMPLE = "example-"


@dataclass(frozen=True)
class Column:
    """One column: how its cells are read, what it means, an example; `needed` where a row has no sense
    without it. `names` is the noun whose row, of this set or an earlier one, a cell names; `erasable` are
    words that leave no trace when they are erased. An example "*" is the first the cell may hold."""

    name: str
    read: Reader
    words: str
    example: str = ""
    needed: bool = False
    names: str = ""
    erasable: bool = False


@dataclass(frozen=True)
class Sheet:
    """One file with its columns."""

    file: str
    words: str
    columns: tuple[Column, ...]

    @cached_property
    def by_name(self) -> Mapping[str, Column]:
        """The columns by name, in order."""
        return {column.name: column for column in self.columns}

    @cached_property
    def when(self) -> Column | None:
        """The column that says when a row happened; of a part it may be the row it belongs to that does."""
        return next((column for column in self.columns if column.needed and column.read is moment), None)

    @cached_property
    def index(self) -> Mapping[str, int]:
        """Where a column's value stands in a row."""
        return {column.name: n for n, column in enumerate(self.columns)}


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the line of the file it begins at, a value per column (None: nothing said), and whether all
    of it could be read."""

    sheet: Sheet
    line: int
    values: tuple[Any, ...]
    good: bool = True

    def __getitem__(self, name: str) -> Any:
        return self.values[self.sheet.index[name]]

    def told(self) -> dict[str, Any]:
        """What was said, by column, but for words that can be erased."""
        pairs = zip(self.sheet.columns, self.values, strict=True)
        return {column.name: v for column, v in pairs if v is not None and not column.erasable}


@dataclass(frozen=True)
class Problem:
    """Why a row cannot be imported; the column is empty where it is the whole row, or the whole file."""

    file: str
    line: int
    column: str
    reason: str

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" + (f": {self.column}" if self.column else "")
        return f"{where}: {self.reason}"


@dataclass
class File:
    """A file that is being read: its rows as they come, what is wrong with it, its digest in the end, and
    whether it was read to its end; if not, nobody knows what else is in it."""

    path: Path
    sheet: Sheet
    problems: list[Problem] = field(default_factory=list)
    rows: int = 0
    whole: bool = False
    sha256: str = ""

    def wrong(self, line: int, column: str, reason: str) -> None:
        """Note what is wrong."""
        self.problems.append(Problem(self.sheet.file, line, column, reason))

    def read(self, reading: Reading, told: Callable[[int], None]) -> Iterator[Row]:
        """Its rows, good or not; `told` hears of the bytes as they are read."""
        lines = _Lines(self, told)
        records = csv.reader(lines, delimiter=_delimiter(self.path), strict=True)
        try:
            columns = self._columns(next(records, []))
            self.whole, start = columns is not None, records.line_num + 1
            for record in records:
                line, start = start, records.line_num + 1
                if record and columns:
                    self.rows += 1
                    if self.rows > MOST_ROWS:
                        self.wrong(line, "", f"A file has at most {MOST_ROWS:,} rows: divide it.")
                        self.whole = False
                        return
                    yield self._row(record, columns, line, reading)
                    if _is_example(record, columns):
                        self.wrong(
                            line, "", "This is the template's example: put rows of your own in its place."
                        )
        except csv.Error as error:
            self.whole = False
            self.wrong(max(records.line_num, 1), "", f"This is not CSV: {error}.")
        self.sha256 = lines.digest.hexdigest()

    def _columns(self, header: Sequence[str]) -> list[Column] | None:
        """The columns in the file's order; None if the header cannot be read by."""
        names = [name.strip() for name in header]
        known, before = self.sheet.by_name, len(self.problems)
        for n, name in enumerate(names):
            if name not in known:
                self.wrong(
                    1, name, f"There is no column “{name}” here. The nearest is “{nearest(name, known)}”."
                )
            elif name in names[:n]:
                self.wrong(1, name, f"The column “{name}” is there twice.")
        for column in self.sheet.columns:
            if column.needed and column.name not in names:
                self.wrong(1, column.name, f"The column “{column.name}” is missing.")
        return [known[name] for name in names] if len(self.problems) == before else None

    def _row(self, record: Sequence[str], columns: Sequence[Column], line: int, reading: Reading) -> Row:
        before = len(self.problems)
        if len(record) != len(columns):
            self.wrong(line, "", f"This row has {len(record)} cells, the header {len(columns)}.")
        values: list[Any] = [None] * len(self.sheet.columns)
        for column, cell in zip(columns, record, strict=False):
            values[self.sheet.index[column.name]] = self._value(column, cell.strip(), line, reading)
        return Row(self.sheet, line, tuple(values), len(self.problems) == before)

    def _value(self, column: Column, text: str, line: int, reading: Reading) -> Any:
        try:
            if text:
                return column.read(text, reading)
            if column.needed:
                self.wrong(line, column.name, "Nothing is said here.")
        except SitelogError as error:
            self.wrong(line, column.name, str(error))
        return None


def _is_example(record: Sequence[str], columns: Sequence[Column]) -> bool:
    """Whether a row still is, or names, the one that the template shows."""
    cells = (cell.strip() for cell in record)
    return any(
        cell == column.example and cell.startswith(EXAMPLE)
        for column, cell in zip(columns, cells, strict=False)
    )


def nearest(name: str, known: Iterable[str]) -> str:
    """The name that is most like one that is not known."""
    return get_close_matches(name.casefold(), list(known), n=1, cutoff=0)[0]


class _Lines:
    """The lines of a file as text. One that is no UTF-8 is told and read as well as it can be."""

    def __init__(self, file: File, told: Callable[[int], None]) -> None:
        self._file, self._told = file, told
        self.digest = hashlib.sha256()

    def __iter__(self) -> Iterator[str]:
        with self._file.path.open("rb") as lines:
            for number, line in enumerate(lines, 1):
                self.digest.update(line)
                self._told(len(line))
                try:
                    text = line.decode("utf-8-sig" if number == 1 else "utf-8")
                except UnicodeDecodeError:
                    self._file.wrong(number, "", "This is not UTF-8: save the file as CSV in UTF-8.")
                    text = line.decode("utf-8", "replace")
                yield text


def _delimiter(path: Path) -> str:
    """What stands between the cells of the header: the one of the two that is there more often."""
    with path.open("rb") as lines:
        header = lines.readline()
    return ";" if header.count(b";") > header.count(b",") else ","
