"""Incident lines that hide in a crowd: how much one line may say, and the gate each day must pass (k-map).

The crowd of a line is the distinct people who were on site that day and match everything the line shows.
"""

from __future__ import annotations

import hashlib
import hmac
from collections import Counter
from collections.abc import Iterable, Sequence
from enum import IntEnum

from sitelog.disclosure.policy import Policy
from sitelog.disclosure.tables import RawLine, RawLines, RawVisitor
from sitelog.ground.words import N_

PARTS = {"morning": N_("Morning"), "afternoon": N_("Afternoon"), "evening": N_("Evening or night")}
CLASSES = {"opioid": N_("Opioid"), "stimulant": N_("Stimulant"), "other": N_("Other")}
RESPONSES = {
    "monitored": N_("Monitored"),
    "oxygen": N_("Oxygen or breaths"),
    "naloxone_1_2": N_("Naloxone 1–2"),
    "naloxone_3_plus": N_("Naloxone 3 or more"),
}
# An ambulance is seen from the street, so an outcome that names it would date a line: it is "other" here.
OUTCOMES = {
    "recovered": N_("Recovered in site"),
    "left": N_("Left before assessed"),
    "other": N_("Other or not known"),
}
DEATH = "death"

COLUMNS = {
    "part": (N_("Part of day"), PARTS),
    "substance_class": (N_("Substance class"), CLASSES),
    "response": (N_("Response"), RESPONSES),
    "outcome": (N_("Outcome"), OUTCOMES),
}


class Level(IntEnum):
    """How much a line says; each level says less than the one above."""

    NONE = 0
    RESPONSE = 1
    CLASS = 2
    PART_AND_CLASS = 3

    @property
    def code(self) -> str:
        return self.name.lower()

    @property
    def fields(self) -> tuple[str, ...]:
        """The columns of a line at this level."""
        return _FIELDS[self]

    @property
    def matched(self) -> tuple[str, ...]:
        """The columns that say which of the day's visitors it can have been."""
        return tuple(field for field in self.fields if field in ("part", "substance_class"))


_FIELDS: dict[Level, tuple[str, ...]] = {
    Level.NONE: (),
    Level.RESPONSE: ("response",),
    Level.CLASS: ("substance_class", "response", "outcome"),
    Level.PART_AND_CLASS: ("part", "substance_class", "response", "outcome"),
}


def usual_level(usual_visitors: float | None, policy: Policy) -> Level:
    """The level of a site for a quarter, from the previous quarter's median of daily visitors.

    A site without a previous quarter says as little as a line can; the gate still guards each day."""
    if not policy.lines:
        return Level.NONE
    if usual_visitors is None:
        return Level.RESPONSE
    if usual_visitors < 2 * policy.k:
        return Level.NONE
    if usual_visitors < 20:
        return Level.RESPONSE
    return Level.CLASS if usual_visitors < 80 else Level.PART_AND_CLASS


def level_of(day: RawLines, policy: Policy) -> Level:
    """The level of this day: the site's usual one, lowered until every printed line hides in a crowd."""
    level = usual_level(day.usual_visitors, policy)
    while level and not hides(level, shown_rows(level, told(day)), day, policy.k):
        level = Level(level - 1)
    return level


def retold(
    level: Level, rows: Sequence[tuple[str, ...]], day: RawLines, policy: Policy
) -> tuple[Level, list[tuple[str, ...]]]:
    """The lines that another audience was told of this day, as far as this one may be told them.

    Never others: recipients share, and what differs between two of them is what was corrected meanwhile."""
    may = min(level, usual_level(day.usual_visitors, policy))
    while may:
        less = [tuple(v for f, v in zip(level.fields, row, strict=True) if f in may.fields) for row in rows]
        if hides(may, less, day, policy.k):
            return may, less
        may = Level(may - 1)
    return Level.NONE, []


def hides(level: Level, rows: Iterable[tuple[str, ...]], day: RawLines, k: int) -> bool:
    """Whether each class of lines (rows of codes at this level) has k people for each of the day's overdoses.

    All of them count, printed or not: a person can be in the crowds of several classes, so those who match
    one line may have overdosed in another."""
    classes = {
        tuple(code for field, code in zip(level.fields, row, strict=True) if field in level.matched)
        for row in rows
    }
    return all(crowd(level, shown, day.visitors) >= k * len(day.lines) for shown in classes)


def crowd(level: Level, shown: tuple[str, ...], visitors: Iterable[RawVisitor]) -> int:
    """Distinct people who were there and match what is shown.

    Only people known to be distinct count. A visit without a handle may be by somebody already counted, or
    forty of them by one person: it adds nobody, so that "at least k people" is true whoever they were."""
    return len({v.person for v in visitors if v.person is not None and _matches(level, shown, v)})


def _matches(level: Level, shown: tuple[str, ...], visitor: RawVisitor) -> bool:
    wanted = dict(zip(level.matched, shown, strict=True))
    return wanted.get("part", visitor.part) == visitor.part and (
        "substance_class" not in wanted or wanted["substance_class"] in visitor.classes
    )


def told(day: RawLines) -> tuple[RawLine, ...]:
    """The responses that may become a line: all but deaths, which have their own protocol."""
    for line in day.lines:
        for field, (_, codes) in COLUMNS.items():
            code = getattr(line, field)
            if code not in codes and (field, code) != ("outcome", DEATH):
                raise ValueError(f"a line cannot say {field} {code!r}; it can say {', '.join(codes)}")
    return tuple(line for line in day.lines if line.outcome != DEATH)


def shown_rows(level: Level, lines: Iterable[RawLine]) -> list[tuple[str, ...]]:
    """The lines as rows of codes at a level, in no particular order."""
    return [tuple(getattr(line, field) for field in level.fields) for line in lines]


def shuffled(rows: Iterable[tuple[str, ...]], name: str, key: bytes) -> tuple[tuple[str, ...], ...]:
    """The rows in an order that hangs on the site's key, the period and their words only, never on time of
    day."""
    ordered: list[tuple[bytes, tuple[str, ...]]] = []
    for row, count in Counter(rows).items():
        for nth in range(count):
            seed = "|".join((name, *row, str(nth)))
            ordered.append((hmac.new(key, seed.encode(), hashlib.sha256).digest(), row))
    return tuple(row for _, row in sorted(ordered))
