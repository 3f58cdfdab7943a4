"""Visits: arrival, first use of a place, aftercare, leaving; and what was declared for each use."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from sitelog.imports import cells
from sitelog.imports.cells import Listed, OneOf, Place, Reading
from sitelog.imports.nouns import Check, Known, Names, Noun, Part, Unit, Wrong, refused
from sitelog.imports.sheets import Column, Row, Sheet
from sitelog.visits import actions as visits
from sitelog.visits import queries
from sitelog.visits.actions import Use, WholeVisit
from sitelog.visits.rules import ALONE, LAST_USE, Asked, Item

SHEET = Sheet(
    "visits.csv",
    "A visit that is over, with its first use of a place",
    (
        Column("id", cells.source_id, "What the other files call this visit", "example-v100"),
        Column(
            "person", cells.source_id, "Whose: an id of people.csv, or P0012", "example-p17", names="person"
        ),
        Column("arrived_at", cells.moment, "When they came", "2025-03-04 14:00", needed=True),
        Column("purpose", OneOf(("consume", "service")), "What for; empty: consume", "consume"),
        Column("help", cells.yes_or_no, "Whether help was needed", "no"),
        Column("help_reason", Listed("help_reason"), "Why help was needed"),
        Column("splitting", cells.yes_or_no, "Whether a dose was shared", "no"),
        Column("drug_check", cells.yes_or_no, "Whether a drug check was wanted", "no"),
        Column("step_free", cells.yes_or_no, "Whether a step-free place was needed", "no"),
        Column("where_else", Listed("where_else"), "Where they would have used otherwise"),
        Column("alone", OneOf(tuple(ALONE)), "Whether alone"),
        Column("last_use", OneOf(tuple(LAST_USE)), "When they last used"),
        Column("place", Place(), "The place they sat down in", "*"),
        Column("seated_at", cells.moment, "When they sat down", "2025-03-04 14:05"),
        Column("aftercare_at", cells.moment, "When they went to aftercare", "2025-03-04 14:25"),
        Column("left_at", cells.moment, "When they left, or were last known here", "2025-03-04 14:40", True),
        Column("left_before_service", cells.yes_or_no, "Whether they left without being served", "no"),
        Column("left_reason", Listed("left_reason"), "Why they left without being served"),
    ),
)
CONSUMPTIONS = Sheet(
    "consumptions.csv",
    "One substance in one use of a place",
    (
        Column(
            "visit", cells.source_id, "The visit it belongs to: an id of visits.csv", "example-v100", True
        ),
        Column("episode", cells.number, "First, second ... use of a place; empty: 1", "1"),
        Column("substance", Listed("substance"), "What was used", "*", needed=True),
        Column("route", Listed("route"), "How", "*"),
        Column("place", Place(), "The place, from the second use on"),
        Column("seated_at", cells.moment, "When they sat down, from the second use on"),
    ),
)
_ANSWERS = ("help_reason", "where_else", "alone", "last_use")
_WISHES = ("help", "splitting", "drug_check", "step_free")


def joined(unit: Unit) -> Iterator[Wrong]:
    """What is wrong with how a visit and its consumptions fit together."""
    yield from _seated(unit.row)
    seen: dict[tuple[int, str], int] = {}
    for part in unit.parts:
        key = (_episode(part), part["substance"])
        if key in seen:
            yield Wrong(part, "substance", f"The same substance of the same use is in line {seen[key]}.")
        seen.setdefault(key, part.line)
    yield from _episodes(unit)


def _seated(row: Row) -> Iterator[Wrong]:
    for here, other in (("place", "seated_at"), ("seated_at", "place")):
        if row[here] is None and row[other] is not None:
            yield Wrong(row, here, f"“{other}” is said, so this is needed.")


def _episodes(unit: Unit) -> Iterator[Wrong]:
    uses = _grouped(unit.parts)
    for number, rows in uses.items():
        if number < 1 or (number > 2 and number - 1 not in uses):
            yield Wrong(rows[0], "episode", "Uses of a place are counted 1, 2, 3 and so on.")
        for name in ("place", "seated_at"):
            said = [row for row in rows if row[name] is not None]
            if number == 1 and said:
                yield Wrong(said[0], name, "The first use of a place is said in visits.csv.")
            elif number > 1 and not said:
                yield Wrong(rows[0], name, "Needed from the second use on.")
            elif len({row[name] for row in said}) > 1:
                yield Wrong(said[-1], name, "Another row of the same use says otherwise.")
        if number > 1 and unit.row["place"] is None:
            yield Wrong(rows[0], "episode", "visits.csv says of no first use of a place.")


def make(unit: Unit, names: Names) -> WholeVisit:
    """The visit a row tells of."""
    row, uses = unit.row, _grouped(unit.parts)
    answers = {name: row[name] for name in _ANSWERS} | {name: bool(row[name]) for name in _WISHES}
    asked = Asked(_items(uses.get(1, ())), row["purpose"] or "consume", **answers)
    places = [Use(row["place"], row["seated_at"])] if row["place"] is not None else []
    places += [_use(rows) for number, rows in sorted(uses.items()) if number > 1]
    return WholeVisit(
        row["arrived_at"],
        row["left_at"],
        asked,
        tuple(places),
        row["aftercare_at"],
        bool(row["left_before_service"]),
        row["left_reason"],
        names.id_of("person", row["person"]),
        unit.token,
    )


def checking(reading: Reading) -> Check:
    """Refuse what the single verbs of a visit refuse."""

    def check(unit: Unit, whole: WholeVisit) -> Iterator[Wrong]:
        for wrong in refused(unit.row, lambda: visits.check_visit(whole, reading.at)):
            yield _in_its_file(wrong, unit)

    return check


def _in_its_file(wrong: Wrong, unit: Unit) -> Wrong:
    """A refusal about the n-th use of a place, said of the row that tells of it."""
    what, _, number = wrong.column.partition(".")
    if what != "uses":
        return wrong
    rows = [unit.row] if number == "1" else _grouped(unit.parts)[int(number)]
    return Wrong(rows[0], "seated_at", wrong.reason)


def _grouped(parts: Sequence[Row]) -> dict[int, list[Row]]:
    uses: dict[int, list[Row]] = {}
    for part in parts:
        uses.setdefault(_episode(part), []).append(part)
    return uses


def _episode(part: Row) -> int:
    number: int | None = part["episode"]
    return 1 if number is None else number


def _use(rows: Sequence[Row]) -> Use:
    place, seated_at = (next(row[name] for row in rows if row[name] is not None) for name in _WHERE)
    return Use(place, seated_at, _items(rows))


_WHERE = ("place", "seated_at")


def _items(rows: Sequence[Row]) -> tuple[Item, ...]:
    return tuple(Item(row["substance"], row["route"]) for row in rows)


def refs(known: Collection[str]) -> Mapping[str, Known]:
    """Visits on record, whose arrival stands."""
    return {ref: Known(visit, ref, person) for ref, (visit, person) in queries.whose(known).items()}


def enter(wholes: Any, **words: Any) -> int:
    """Enter them."""
    return visits.enter_visits(wholes, **words)


NOUN = Noun("visit", SHEET, "V{:04d}", make, checking, enter, refs, (Part(CONSUMPTIONS, "visit"),), joined)
