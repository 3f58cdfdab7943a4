"""What is owed, from the calendar, the receipts and one `now`. Pure."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sitelog.ground.days import SiteCalendar

# A claim lapses after this long, so that a process that died does not hold its work for ever.
LEASE = timedelta(minutes=10)
FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=1)


@dataclass(frozen=True, order=True)
class Owed:
    """One thing to do: since when it is owed, by which job, for which period (its words are the job's)."""

    since: datetime
    job: str
    period: str


@dataclass(frozen=True)
class Trace:
    """What a receipt says of one owed thing, as far as deciding needs it."""

    done: bool = False
    lease_until: datetime | None = None
    retry_at: datetime | None = None


def ready_at(calendar: SiteCalendar, on: date, grace: timedelta) -> datetime:
    """The instant from which a site day's report is owed: when the day is over, and the grace time too."""
    return calendar.day(on).end + grace


def last_owed(calendar: SiteCalendar, grace: timedelta, now: datetime) -> date:
    """The newest site day whose report is owed at `now`."""
    return calendar.day_of(now - grace) - timedelta(days=1)


def days_owed(
    calendar: SiteCalendar, first: date | None, grace: timedelta, done: Collection[date], now: datetime
) -> Iterator[date]:
    """The days since the site's first that are over and not done, oldest first; never one still to come.

    A clock that jumps back makes fewer days owed, never a day twice: what is done stays done.
    """
    if first is None:
        return
    for on in calendar.days(first, last_owed(calendar, grace, now)):
        if on not in done:
            yield on


def free(trace: Trace, now: datetime) -> bool:
    """Whether somebody may take a thing up: not done, nobody at it, and not resting after a failure.

    An instant further ahead than any we would set was written by a clock that has since jumped back.
    """
    return (
        not trace.done and _past(trace.lease_until, now, LEASE) and _past(trace.retry_at, now, LONGEST_PAUSE)
    )


def pause(attempts: int) -> timedelta:
    """How long a thing rests after its n-th failure: a minute, doubled each time, an hour at most."""
    doubled: int = 2 ** min(attempts - 1, 10)
    return min(FIRST_PAUSE * doubled, LONGEST_PAUSE)


def _past(until: datetime | None, now: datetime, longest: timedelta) -> bool:
    return until is None or until <= now or until > now + 2 * longest
