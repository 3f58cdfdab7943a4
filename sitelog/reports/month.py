"""A month of the shelf as weeks of days, each with what became of its report."""

import calendar
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

PUBLISHED, REPLACED, OWED, NONE = "published", "replaced", "owed", ""

OnRecord = Callable[[date], bool]
"""Whether there is anything to report from the period that begins on a date."""


@dataclass(frozen=True)
class Day:
    """One day of the calendar; `state` replaced: a later version is on top of an earlier one."""

    on: date
    inside: bool
    state: str
    version: int = 0


@dataclass(frozen=True)
class Week:
    """One row of the calendar, Monday first."""

    number: int
    days: tuple[Day, ...]


@dataclass(frozen=True)
class Month:
    """One page of the calendar."""

    first: date
    weeks: tuple[Week, ...]

    @property
    def before(self) -> date:
        """The first of the month before."""
        return (self.first - timedelta(days=1)).replace(day=1)

    @property
    def after(self) -> date:
        """The first of the month after."""
        return (self.first + timedelta(days=32)).replace(day=1)


def month(first: date, versions: Mapping[date, int], on_record: OnRecord, last_due: date) -> Month:
    """The month that begins on `first`. `versions`: the newest version of each published day.

    A day on record, up to the last one due, that has no version is owed.
    """
    rows = calendar.Calendar().monthdatescalendar(first.year, first.month)
    return Month(first, tuple(_week(row, first.month, versions, on_record, last_due) for row in rows))


def _week(
    row: list[date], inside: int, versions: Mapping[date, int], on_record: OnRecord, last_due: date
) -> Week:
    days = (
        Day(on, on.month == inside, state_of(on, on, versions, on_record, last_due), versions.get(on, 0))
        for on in row
    )
    return Week(row[0].isocalendar().week, tuple(days))


def state_of(
    first: date, last: date, versions: Mapping[date, int], on_record: OnRecord, last_due: date
) -> str:
    """What became of the report from `first` to `last`; `versions` by the date each begins on."""
    if first in versions:
        return REPLACED if versions[first] > 1 else PUBLISHED
    return OWED if last <= last_due and on_record(first) else NONE
