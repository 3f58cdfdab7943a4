"""People: the handle each chose; visits and referrals name them by the id they have where they come from."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from sitelog.imports import cells
from sitelog.imports.cells import Reading
from sitelog.imports.nouns import Check, Known, Names, Noun, Unit, Wrong, refused
from sitelog.imports.sheets import Column, Sheet
from sitelog.people import actions as people
from sitelog.people import queries
from sitelog.people.actions import WholePerson
from sitelog.people.rules import normalise

SHEET = Sheet(
    "people.csv",
    "Somebody of the register",
    (
        Column(
            "id", cells.source_id, "What visits and referrals call this person", "example-p17", needed=True
        ),
        Column(
            "handle", cells.source_id, "The handle they chose", "Example Heron", needed=True, erasable=True
        ),
        Column("registered_at", cells.moment, "When they first came", "2025-03-04 14:00", needed=True),
    ),
)


def make(unit: Unit, names: Names) -> WholePerson:
    """The person a row tells of."""
    return WholePerson(unit.row["handle"], unit.row["registered_at"], unit.token)


def checking(reading: Reading) -> Check:
    """Refuse a handle that is somebody else's, in the register or further up in the file."""
    taken, lines = queries.spellings(), dict[str, int]()

    def check(unit: Unit, whole: WholePerson) -> Iterator[Wrong]:
        spelled = normalise(whole.handle)
        if spelled in lines:
            yield Wrong(unit.row, "handle", f"This is already the handle in line {lines[spelled]}.")
        lines.setdefault(spelled, unit.row.line)
        yield from refused(
            unit.row, lambda: people.check_person(whole, taken), {"": "handle", "who": "handle"}
        )

    return check


def refs(known: Collection[str]) -> Mapping[str, Known]:
    """People of the register."""
    return {ref: Known(person_id, ref) for ref, person_id in queries.ids_of(known).items()}


def enter(wholes: Any, **words: Any) -> int:
    """Register them."""
    return people.enter_people(list(wholes), **words)


NOUN = Noun("person", SHEET, "P{:04d}", make, checking, enter, refs)
