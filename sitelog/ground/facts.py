"""What features count: measures with their definitions, and facts stripped of who, where and when."""

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property
from typing import Literal

from sitelog.ground.days import SiteCalendar

Unit = Literal["", "minutes"]


@dataclass(frozen=True)
class Measure:
    """One thing that is counted, with the words a report prints for it.

    `kind`: an *operational* measure is public by policy; a *person* measure is protected. `unit`: what its
    amounts are, where they are no plain count. `least_days`: no report of a shorter period may show it.
    """

    code: str
    label: str
    definition: str
    kind: Literal["operational", "person"] = "operational"
    unit: Unit = ""
    least_days: int = 1


@dataclass(frozen=True)
class Band:
    """A part of the site's day, `[starts, next band's start)` by wall clock; may wrap midnight."""

    code: str
    label: str
    starts: time


@dataclass(frozen=True)
class Fact:
    """One counted thing: site date, band, coarse dimensions, and a pseudonym for one collection only."""

    measure: str
    on: date
    band: str
    dims: tuple[tuple[str, str], ...] = ()
    person: str | None = None
    amount: int = 1

    def dim(self, name: str) -> str | None:
        """The category of one dimension, or None where the fact has none."""
        return dict(self.dims).get(name)


@dataclass(frozen=True)
class Grain:
    """The sieve between rows and facts: takes the minute and the handle, leaves day, band, pseudonym."""

    calendar: SiteCalendar
    bands: Sequence[Band]
    pseudonym: Callable[[str], str]

    def fact(
        self,
        measure: str,
        instant: datetime,
        dims: Mapping[str, str] | None = None,
        person_key: str | None = None,
        amount: int = 1,
    ) -> Fact:
        """A fact of the day and band that hold `instant`."""
        person = self.pseudonym(person_key) if person_key is not None else None
        items = tuple(sorted((dims or {}).items()))
        return Fact(measure, self.calendar.day_of(instant), self.band_of(instant), items, person, amount)

    def band_of(self, instant: datetime) -> str:
        """The code of the band whose wall-clock stretch holds `instant`."""
        wall = self.calendar.local(instant).time()
        starts, codes = self._begins
        # Before the first of a day runs the last of the day before.
        return codes[bisect_right(starts, wall) - 1]

    @cached_property
    def _begins(self) -> tuple[list[time], list[str]]:
        bands = sorted(self.bands, key=lambda band: band.starts)
        return [band.starts for band in bands], [band.code for band in bands]
