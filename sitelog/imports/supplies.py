"""Supplies: what was given or taken back, naloxone kits to take along, sharps picked up; no stock moves."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sitelog.imports import cells
from sitelog.imports.cells import Listed, OneOf, Reading
from sitelog.imports.nouns import Check, Names, Noun, Unit, Wrong, refused
from sitelog.imports.sheets import Column, Row, Sheet
from sitelog.supplies import actions as supplies
from sitelog.supplies.actions import WholeSupply
from sitelog.supplies.rules import Exchange, NaloxoneKits, SharpsPickUp


@dataclass(frozen=True)
class Carried:
    """The columns a kind of row needs, and those it may fill beside them."""

    needs: tuple[str, ...]
    may: tuple[str, ...] = ("visit",)


KINDS = {
    "given": Carried(("item", "count")),
    "kit": Carried(("kit", "count")),
    "returned": Carried(("method",), ("visit", "count", "grams")),
    "naloxone_kit": Carried(("form", "count", "reason"), ("visit", "trained")),
    "pick_up": Carried(("pick_up",), ("count", "litres")),
}
SHEET = Sheet(
    "supplies.csv",
    "One item given, one kit given, syringes taken back, naloxone to take along, or one pick-up of sharps",
    (
        Column("id", cells.source_id, "What this row is called where it comes from", "example-x1"),
        Column(
            "visit",
            cells.source_id,
            "In which visit: an id of visits.csv, or V1187",
            "example-v100",
            names="visit",
        ),
        Column("happened_at", cells.moment, "When", "2025-03-04 14:35", needed=True),
        Column("kind", OneOf(tuple(KINDS)), "What it was", "given", needed=True),
        Column("item", Listed("supply"), "given: what", "*"),
        Column("kit", Listed("supply_kit"), "kit: which; it counts as what is in it"),
        Column(
            "count", cells.number, "How many; returned: unless weighed; pick_up: or litres, or both", "10"
        ),
        Column("method", Listed("return_method"), "returned: how the number is known"),
        Column("grams", cells.number, "returned: what the scale said; its method is weight"),
        Column("form", Listed("naloxone_form"), "naloxone_kit: its form"),
        Column("reason", Listed("resupply_reason"), "naloxone_kit: why"),
        Column("trained", cells.yes_or_no, "naloxone_kit: whether training was given"),
        Column("pick_up", Listed("pick_up_kind"), "pick_up: which kind"),
        Column("litres", cells.number, "pick_up: how many litres"),
        Column("note", cells.note, "Free words; they can be erased", erasable=True),
    ),
)
_ALWAYS = frozenset({"id", "happened_at", "kind", "note"})
# What the rules call a field -> its column.
_COLUMNS = {"items": "count", "kits": "count", "returned": "count", "kind": "pick_up"}


def joined(unit: Unit) -> Iterator[Wrong]:
    """What is wrong with how a row's columns fit together."""
    row = unit.row
    kind, carried = row["kind"], KINDS[row["kind"]]
    for column in row.sheet.columns:
        name, said = column.name, row[column.name] is not None
        if name in carried.needs and not said:
            yield Wrong(row, name, f"“{kind}” needs this said.")
        elif said and name not in _ALWAYS | {*carried.needs, *carried.may}:
            yield Wrong(row, name, f"“{kind}” does not say this.")
    if kind == "returned":
        yield from _weighed(row)


def _weighed(row: Row) -> Iterator[Wrong]:
    if row["method"] == "weight" and row["grams"] is None:
        yield Wrong(row, "grams", "“weight” needs this said: what the scale showed.")
    elif row["grams"] is not None and row["method"] != "weight":
        yield Wrong(row, "grams", "Only where the method is “weight”.")
    elif row["grams"] is not None and row["count"] is not None:
        yield Wrong(row, "count", "“grams” is said, and the site's factor says how many: leave this empty.")


def make(unit: Unit, names: Names) -> WholeSupply:
    """The entry a row tells of."""
    row, visit = unit.row, names.get("visit", unit.row["visit"])
    what = _what(row, visit.ref if visit else None)
    return WholeSupply(what, row["happened_at"], row["note"], unit.token)


def _what(row: Row, visit: str | None) -> Exchange | NaloxoneKits | SharpsPickUp:
    count = row["count"]
    match row["kind"]:
        case "given":
            return Exchange(items={row["item"]: count}, visit=visit)
        case "kit":
            return Exchange(kits={row["kit"]: count}, visit=visit)
        case "returned":
            return Exchange(returned=count, method=row["method"], grams=row["grams"], visit=visit)
        case "naloxone_kit":
            return NaloxoneKits(row["form"], count, row["reason"], bool(row["trained"]), visit)
        case _:
            return SharpsPickUp(row["pick_up"], count, row["litres"])


def checking(reading: Reading) -> Check:
    """Refuse what the single verbs of supplies refuse."""

    def check(unit: Unit, whole: WholeSupply) -> Iterator[Wrong]:
        yield from refused(unit.row, lambda: supplies.check_supply(whole, reading.at), _COLUMNS)

    return check


def enter(wholes: Any, **words: Any) -> int:
    """Enter them."""
    return supplies.enter_supplies(wholes, **words)


NOUN = Noun("supply", SHEET, "X{:04d}", make, checking, enter, joined=joined)
