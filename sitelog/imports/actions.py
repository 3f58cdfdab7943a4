"""The verb of an import: check everything, then enter everything, or nothing."""

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sitelog.ground.access import Actor
from sitelog.ground.errors import Broken, Usage
from sitelog.ground.words import N_
from sitelog.imports.catalog import NOUNS
from sitelog.imports.checking import Told
from sitelog.imports.models import ImportedFile
from sitelog.imports.nouns import Known, Noun, Unit
from sitelog.imports.plan import Plan, check, unheard
from sitelog.imports.sheets import File, Problem
from sitelog.store.transaction import transaction
from sitelog.trail import queries as trail
from sitelog.trail.actions import append, lock_chain

# What is written in a second or two. A desk's entry waits for five, then it is refused.
MOST_BESIDE_THE_DESK = 1000


class NotClean(Broken):
    """Rows that cannot be imported, all of them; nothing was entered."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        one, more = N_("Nothing was imported: 1 problem."), N_("Nothing was imported: %(n)s problems.")
        super().__init__(one if len(problems) == 1 else more, n=len(problems))
        self.problems = problems


@dataclass(frozen=True)
class Brought:
    """What came of an import: its ref (None: nothing was new), and of each file its rows and new rows."""

    ref: str | None
    files: Sequence[tuple[str, int, int]]


def check_folder(folder: Path, *, at: datetime, told: Told = unheard) -> Plan:
    """What an import would do. NotClean, with every problem, if it would do nothing."""
    plan = check(folder, at, told)
    if plan.problems:
        raise NotClean(plan.problems)
    return plan


def bring_along(
    folder: Path, *, by: Actor, at: datetime, told: Told = unheard, served: bool = False
) -> Brought:
    """Enter what a folder's files hold and the record does not, as late entries, in one transaction.

    Usage if there is no file, NotClean if any row is wrong; then nothing is entered. What was entered before
    is known by its token, so that the same files change nothing. Where the instance is `served` just now,
    only what is written before anybody at the desk notices.
    """
    plan = check_folder(folder, at=at, told=told)
    if not plan.units:
        return Brought(None, outcome(plan))
    if served and plan.units > MOST_BESIDE_THE_DESK:
        words = N_("Nothing can be entered while %(n)s records are written: stop the server first.")
        raise Usage(words, n=plan.units)
    with transaction():
        lock_chain()
        if trail.last_seq() != plan.through:  # somebody entered something meanwhile: rules may say otherwise
            plan = check_folder(folder, at=at, told=told)
        with _uncollected():
            for noun in NOUNS:
                _enter(noun, plan, by, at, told)
        number = trail.next_number(ImportedFile)
        rows = [_file(number, *one) for one in zip(plan.files, outcome(plan), strict=True)]
        link = append("import.made", f"import-{number}", *rows, by=by, happened_at=at, at=at)
    return Brought(link.subject, outcome(plan))


def outcome(plan: Plan) -> list[tuple[str, int, int]]:
    """Of each file: its name, its rows, its new rows."""
    new = plan.new_rows()
    return [(file.sheet.file, file.rows, new[file.sheet.file]) for file in plan.files]


@contextmanager
def _uncollected() -> Iterator[None]:
    """What is planned stays until the end: looking through it at each collection only costs time."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def _file(number: int, file: File, counted: tuple[str, int, int]) -> ImportedFile:
    name, rows, new = counted
    return ImportedFile(number=number, name=name, sha256=file.sha256, row_count=rows, new_count=new)


def _enter(noun: Noun, plan: Plan, by: Actor, at: datetime, told: Told) -> None:
    units, owners = plan.new[noun.name], list[int | None]()
    if not units:
        return
    first = noun.enter(_wholes(noun, plan, owners, told), by=by, at=at)
    for number, (unit, person_id) in enumerate(zip(units, owners, strict=True), first):
        if unit.row["id"] is not None:
            plan.names.learn(noun.name, unit.row["id"], Known(number, noun.ref.format(number), person_id))


def _wholes(noun: Noun, plan: Plan, owners: list[int | None], told: Told) -> Iterator[object]:
    before = sum(len(plan.new[one.name]) for one in NOUNS[: NOUNS.index(noun)])
    units: list[Unit] = plan.new[noun.name]
    for n, unit in enumerate(units, before + 1):
        whole = noun.make(unit, plan.names)
        owners.append(getattr(whole, "person_id", None))
        yield whole
        told("Writing", n, plan.units)
