"""Count facts: events by any dimension, and distinct people. Pure."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from statistics import median

from sitelog.ground.facts import Fact

# The part of the day is asked for like any other dimension; so is the site date.
BAND, DAY = "band", "day"
Merged = Mapping[str, str | tuple[str, ...]]
"""A category of each dimension, or several that are taken together."""


def category(fact: Fact, dimension: str) -> str | None:
    """The category of a fact in one dimension; None where the fact says nothing about it."""
    if dimension == BAND:
        return fact.band
    return fact.on.isoformat() if dimension == DAY else fact.dim(dimension)


def matching(facts: Iterable[Fact], measure: str, dims: Merged | None = None) -> Iterator[Fact]:
    """The facts of one measure that have all these categories, of merged ones any."""
    wanted = {name: (part,) if isinstance(part, str) else part for name, part in (dims or {}).items()}
    for fact in facts:
        if fact.measure == measure and all(category(fact, name) in codes for name, codes in wanted.items()):
            yield fact


def total(facts: Iterable[Fact], measure: str, dims: Merged | None = None) -> int:
    """How many there were; the amounts of the facts are added up."""
    return sum(fact.amount for fact in matching(facts, measure, dims))


def by(
    facts: Iterable[Fact], measure: str, dimension: str, dims: Merged | None = None
) -> Counter[str | None]:
    """How many there were in each category of one dimension; None: not recorded."""
    found: Counter[str | None] = Counter()
    for fact in matching(facts, measure, dims):
        found[category(fact, dimension)] += fact.amount
    return found


def people(facts: Iterable[Fact]) -> int:
    """Distinct people; what was done without a handle counts as one person each time."""
    known, strangers = set(), 0
    for fact in facts:
        if fact.person is None:
            strangers += 1
        else:
            known.add(fact.person)
    return len(known) + strangers


def usual(facts: Iterable[Fact], measure: str, days: Iterable[date]) -> float | None:
    """The median over days of the distinct people of a measure; None where there are no days."""
    by_day: dict[date, list[Fact]] = {on: [] for on in days}
    for fact in matching(facts, measure):
        if fact.on in by_day:
            by_day[fact.on].append(fact)
    return float(median(people(found) for found in by_day.values())) if by_day else None
