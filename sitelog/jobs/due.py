"""What is owed, from the calendar, the receipts and one `now`. Pure."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sitelog.ground.days import SiteCalendar, Window

# A claim lapses after this long, so that a process that died does not hold its work for ever.
LEASE = timedelta(minutes=10)
FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=1)

Period = Callable[[SiteCalendar, date], Window]
"""The window of the period that holds a site date; consecutive ones touch."""


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


def ready_at(window: Window, grace: timedelta) -> datetime:
    """The instant from which a period's report is owed: when the period is over, and the grace time too."""
    return window.end + grace


def next_ready(calendar: SiteCalendar, period: Period, grace: timedelta, now: datetime) -> datetime:
    """When the report of the period that is running, or in its grace time, falls due."""
    return ready_at(period(calendar, calendar.day_of(now - grace)), grace)


def settled_until(calendar: SiteCalendar, grace: timedelta, now: datetime) -> datetime:
    """The end of the last day whose report is owed by now.

    Corrections are looked for once a day, in what was entered until then.
    """
    return calendar.day(calendar.day_of(now - grace)).start


def periods_owed(
    calendar: SiteCalendar,
    period: Period,
    first: date | None,
    grace: timedelta,
    done: Collection[date],
    now: datetime,
) -> Iterator[tuple[date, datetime]]:
    """The periods since the site's first day that are over and not done, oldest first; never one still to
    come. Each by the date it begins on, and since when it is owed.

    A clock that jumps back makes fewer periods owed, never one twice: what is done stays done.
    """
    if first is None:
        return
    window = period(calendar, first)
    while (since := ready_at(window, grace)) <= now:
        on = calendar.day_of(window.start)
        if on not in done:
            yield on, since
        window = period(calendar, calendar.day_of(window.end))


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
