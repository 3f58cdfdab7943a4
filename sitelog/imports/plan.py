"""A set of files checked against the rules and the record: what is wrong, what is new. Nothing is written."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sitelog.ground.errors import Usage
from sitelog.ground.words import N_
from sitelog.imports.catalog import NOUNS, SHEETS
from sitelog.imports.cells import Reading
from sitelog.imports.checking import Checking, Told
from sitelog.imports.nouns import Names, Unit
from sitelog.imports.sheets import File, Problem, Row, nearest
from sitelog.site import queries as site
from sitelog.trail import queries as trail

# What the template calls the description of the columns; it is no data.
DESCRIPTION = "README.csv"


def unheard(stage: str, done: int, of: int) -> None:
    """Tell nobody."""


@dataclass
class Plan:
    """What an import would do. `through` is how long the chain was when it was checked."""

    through: int
    names: Names = field(default_factory=Names)
    files: list[File] = field(default_factory=list)
    new: dict[str, list[Unit]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @property
    def units(self) -> int:
        """How many records are new, whatever they are of."""
        return sum(map(len, self.new.values()))

    def new_rows(self) -> Counter[str]:
        """How many rows of each file are new."""
        rows = (row for units in self.new.values() for unit in units for row in (unit.row, *unit.parts))
        return Counter(row.sheet.file for row in rows)


def check(folder: Path, at: datetime, told: Told = unheard) -> Plan:
    """Read a folder's files and check every row. Usage if there is no file to import."""
    files = _files(folder)
    plan = Plan(trail.last_seq(), files=list(files.values()))
    plan.problems += _strangers(folder)
    reading = Reading(site.book(), at)
    rows = _read(plan.files, reading, told)
    partly = {file.sheet.file for file in plan.files if not file.whole}
    checking = Checking(rows, partly, reading, plan.names, told)
    plan.new = {noun.name: checking.new(noun) for noun in NOUNS}
    plan.problems += checking.problems
    order = {sheet.file: n for n, sheet in enumerate(SHEETS)}
    plan.problems += [problem for file in plan.files for problem in file.problems]
    plan.problems.sort(key=lambda problem: (order.get(problem.file, -1), problem.file, problem.line))
    return plan


def _files(folder: Path) -> dict[str, File]:
    found = {
        sheet.file: File(folder / sheet.file, sheet) for sheet in SHEETS if (folder / sheet.file).is_file()
    }
    if not found:
        gone = N_(
            "There is no folder %(folder)s. “sitelog import --template DIR” makes one with files to fill."
        )
        none = N_(
            "There is nothing to import in %(folder)s; files are called: %(names)s. "
            "“sitelog import --template DIR” writes them to fill."
        )
        names = ", ".join(sheet.file for sheet in SHEETS)
        raise Usage(none if folder.is_dir() else gone, folder=folder, names=names)
    return found


def _strangers(folder: Path) -> Iterator[Problem]:
    """CSV files that would be passed over: their name may be a slip."""
    known = [sheet.file for sheet in SHEETS]
    for path in sorted(folder.iterdir()):
        if path.suffix.casefold() == ".csv" and path.name not in (*known, DESCRIPTION):
            reason = f"No file of this name is imported. The nearest is “{nearest(path.name, known)}”."
            yield Problem(path.name, 1, "", reason)


def _read(files: Sequence[File], reading: Reading, told: Told) -> dict[str, list[Row]]:
    total, done = sum(file.path.stat().st_size for file in files), 0

    def count(size: int) -> None:
        nonlocal done
        done += size
        told("Reading", done, total)

    return {file.sheet.file: list(file.read(reading, count)) for file in files}
