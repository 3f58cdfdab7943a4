"""The site's day, week and month as windows of instants, safe over clock changes."""

import zoneinfo
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property, lru_cache

from sitelog.ground.errors import WHEN, Refused
from sitelog.ground.words import N_

# Two machines' clocks differ by a little.
AHEAD = timedelta(minutes=2)

# The machine's zone files may be years old; the ones installed with sitelog are not.
zoneinfo.reset_tzpath(())


def check_not_ahead(happened_at: datetime, at: datetime) -> None:
    """Refuse what is said to happen in the future; a little is forgiven."""
    if happened_at > at + AHEAD:
        raise Refused(N_("That time is still to come."), field=WHEN)


@dataclass(frozen=True)
class Window:
    """A half-open stretch of time [start, end) between two aware UTC instants."""

    start: datetime
    end: datetime

    def __contains__(self, instant: datetime) -> bool:
        return self.start <= instant < self.end

    @property
    def seconds(self) -> float:
        """Elapsed seconds; a day with a clock change has 23 or 25 hours of them."""
        return (self.end - self.start).total_seconds()


@dataclass(frozen=True)
class SiteCalendar:
    """A site's time zone and the wall-clock time at which its day begins."""

    zone: str
    day_starts: time = time(4, 0)

    @cached_property
    def tz(self) -> zoneinfo.ZoneInfo:
        """The zone's rules, from the installed tzdata."""
        return zoneinfo.ZoneInfo(self.zone)

    def local(self, instant: datetime) -> datetime:
        """The site's wall-clock reading of an instant."""
        return instant.astimezone(self.tz)

    def instant(self, wall: datetime) -> datetime:
        """The UTC instant of a naive wall-clock reading; of two, the earlier. Refused if it was skipped."""
        found = wall.replace(tzinfo=self.tz).astimezone(UTC)
        if self.local(found).replace(tzinfo=None) != wall:
            raise Refused(N_("The clocks skipped %(time)s that day."), time=wall.strftime("%H:%M"))
        return found

    def only_instant(self, wall: datetime) -> datetime:
        """The one UTC instant of a naive wall-clock reading; Refused if it was skipped or came twice."""
        first = self.instant(wall)
        second = wall.replace(tzinfo=self.tz, fold=1).astimezone(UTC)
        if second != first:
            example = self.local(first).isoformat(sep=" ", timespec="minutes")
            words = N_("The clocks showed %(time)s twice that day: add the offset, as in %(example)s.")
            raise Refused(words, time=wall.strftime("%H:%M"), example=example)
        return first

    def recent(self, clock_time: time, before: datetime) -> datetime:
        """The latest instant, not after `before`, at which the site's clock read `clock_time`."""
        today = self.local(before).date()
        for on in (today, today - timedelta(days=1), today - timedelta(days=2)):
            for fold in (1, 0):
                wall = datetime.combine(on, clock_time).replace(tzinfo=self.tz, fold=fold)
                found = wall.astimezone(UTC)
                real = self.local(found).replace(tzinfo=None) == wall.replace(tzinfo=None)
                if real and found <= before:
                    return found
        raise Refused(N_("The clocks skipped %(time)s that day."), time=clock_time.strftime("%H:%M"))

    def day_of(self, instant: datetime) -> date:
        """The site date an instant belongs to: before `day_starts` it is still yesterday."""
        wall = self.local(instant)
        on = wall.date()
        return on if instant >= _cut(self, on) else on - timedelta(days=1)

    def day(self, on: date) -> Window:
        """The window of one site day (23, 24 or 25 hours)."""
        return Window(_cut(self, on), _cut(self, on + timedelta(days=1)))

    def days(self, first: date, last: date) -> Iterator[date]:
        """Every site date from `first` to `last`, both included."""
        for n in range((last - first).days + 1):
            yield first + timedelta(days=n)

    def week(self, on: date) -> Window:
        """The ISO week (Monday first) that holds a site date."""
        monday = on - timedelta(days=on.weekday())
        return Window(_cut(self, monday), _cut(self, monday + timedelta(days=7)))

    def month(self, on: date) -> Window:
        """The calendar month that holds a site date."""
        first = on.replace(day=1)
        following = (first + timedelta(days=32)).replace(day=1)
        return Window(_cut(self, first), _cut(self, following))

    def dates(self, window: Window) -> tuple[date, date]:
        """The first and the last site date of a window, both included."""
        return self.day_of(window.start), self.day_of(window.end - timedelta.resolution)


@lru_cache(maxsize=4096)
def _cut(calendar: SiteCalendar, on: date) -> datetime:
    # One rule for every date, also where the clocks skip or repeat the cut: consecutive days
    # then touch by construction, whatever the zone does.
    return datetime.combine(on, calendar.day_starts, tzinfo=calendar.tz).astimezone(UTC)
