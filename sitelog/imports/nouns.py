"""What a noun of the import is: its files, how its rows become a verb's values, and by which rules."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple, Protocol

from sitelog.ground.access import Actor
from sitelog.ground.errors import SitelogError
from sitelog.imports.cells import Reading
from sitelog.imports.sheets import Row, Sheet


class Known(NamedTuple):
    """What the record calls something a row names: its id, its ref, and for a visit whose it is (id)."""

    id: int
    ref: str
    person_id: int | None = None


class Wrong(NamedTuple):
    """Why a row cannot be entered."""

    row: Row
    column: str
    reason: str


@dataclass(frozen=True)
class Part:
    """A further file whose rows belong to a noun's row: the one that column `owner` names."""

    sheet: Sheet
    owner: str


@dataclass(frozen=True, slots=True)
class Unit:
    """A row with all that belongs to it: entered as one, and known by one token when it comes again."""

    row: Row
    parts: Sequence[Row]
    token: str


class Names:
    """Who and what the rows name: noun and source id to what the record calls it."""

    def __init__(self) -> None:
        self._known: dict[str, dict[str, Known]] = {}

    def learn(self, noun: str, source_id: str, known: Known) -> None:
        """What one row is called from now on."""
        self._known.setdefault(noun, {})[source_id] = known

    def get(self, noun: str, source_id: str | None) -> Known | None:
        """What a row names; None where it names nothing, or nothing that is known."""
        return self._known.get(noun, {}).get(source_id) if source_id is not None else None

    def id_of(self, noun: str, source_id: str | None) -> int | None:
        """Its id."""
        known = self.get(noun, source_id)
        return known.id if known else None


class Enter(Protocol):
    """A verb that enters any number of values; the first of their consecutive numbers."""

    def __call__(self, wholes: Iterable[Any], *, by: Actor, at: datetime) -> int: ...


Check = Callable[[Unit, Any], Iterator[Wrong]]


@dataclass(frozen=True)
class Noun:
    """One noun. `joined` tells what is wrong with how a row and its parts fit together; of one that fits,
    `make` makes the verb's value, `checking` what tells why its rules would refuse it, `enter` enters it.

    `refs` finds what was entered before by its ref, `ref` is how a number is said.
    """

    name: str
    sheet: Sheet
    ref: str
    make: Callable[[Unit, Names], Any]
    checking: Callable[[Reading], Check]
    enter: Enter
    refs: Callable[[Collection[str]], Mapping[str, Known]] = field(default=lambda refs: {})
    parts: tuple[Part, ...] = ()
    joined: Callable[[Unit], Iterator[Wrong]] = field(default=lambda unit: iter(()))

    @property
    def sheets(self) -> list[Sheet]:
        """Its files."""
        return [self.sheet, *(part.sheet for part in self.parts)]


def refused(row: Row, rule: Callable[[], Any], columns: Mapping[str, str] | None = None) -> Iterator[Wrong]:
    """What a rule has against a row; `columns` says which column a rule's field is, where not its own."""
    try:
        rule()
    except SitelogError as error:
        said = getattr(error, "field", None) or ""
        yield Wrong(row, (columns or {}).get(said, said), str(error))
