"""A year of the shelf as a list of periods longer than a day, each with what became of its report."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sitelog.reports.month import OnRecord, state_of

Dates = Callable[[date], tuple[date, date]]
"""The first and the last date of the period that holds a date."""


@dataclass(frozen=True)
class Listed:
    """One period; `state` as in a month's days."""

    first: date
    last: date
    state: str
    version: int = 0


@dataclass(frozen=True)
class Year:
    """The periods that begin in a year and are published or owed, the newest first."""

    number: int
    periods: tuple[Listed, ...]


def year(
    number: int, dates: Dates, versions: Mapping[date, int], on_record: OnRecord, last_due: date
) -> Year:
    """The year of that number. `versions`: the newest version of each period, by its first date.

    A period on record that ended by the last one due, and has no version, is owed.
    """
    listed = (
        Listed(first, last, state_of(first, last, versions, on_record, last_due), versions.get(first, 0))
        for first, last in _periods(number, dates)
    )
    return Year(number, tuple(one for one in listed if one.state)[::-1])


def _periods(number: int, dates: Dates) -> Iterator[tuple[date, date]]:
    first, last = dates(date(number, 1, 1))
    while first.year <= number:
        if first.year == number:
            yield first, last
        first, last = dates(last + timedelta(days=1))
