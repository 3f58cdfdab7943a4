"""What is owed when: the calendar, the receipts and one moment decide, whatever the clocks do."""

from datetime import UTC, date, datetime, time, timedelta
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitelog.ground.days import SiteCalendar
from sitelog.jobs.due import (
    FIRST_PAUSE,
    LEASE,
    LONGEST_PAUSE,
    Period,
    Trace,
    free,
    next_ready,
    pause,
    periods_owed,
    ready_at,
)

FIRST = date(2026, 11, 1)
GRACE = timedelta(hours=5)
TORONTO = SiteCalendar("America/Toronto", time(4))


def owed(
    now: str,
    done: set[date] | None = None,
    calendar: SiteCalendar = TORONTO,
    first: date = FIRST,
    period: Period = SiteCalendar.day,
) -> list[str]:
    found = periods_owed(calendar, period, first, GRACE, done or set(), datetime.fromisoformat(now))
    return [on.isoformat() for on, _ in found]


# Zone, a day, and the instant from which its report is owed: 04:00 the next morning there, and five hours.
SPEC = [
    ("America/Toronto", "2026-11-17", "2026-11-18T14:00:00+00:00"),
    # The clocks go back in the night to 1 November: that day, begun on 31 October, has 25 hours.
    ("America/Toronto", "2026-10-31", "2026-11-01T14:00:00+00:00"),
    ("America/Toronto", "2026-10-30", "2026-10-31T13:00:00+00:00"),
    # The clocks go forward in the night to 8 March: 23 hours.
    ("America/Toronto", "2026-03-07", "2026-03-08T13:00:00+00:00"),
    ("America/Toronto", "2026-03-06", "2026-03-07T14:00:00+00:00"),
    ("America/Vancouver", "2026-03-07", "2026-03-08T16:00:00+00:00"),
    ("America/Vancouver", "2026-06-30", "2026-07-01T16:00:00+00:00"),
    # South of the equator the clocks go forward in October and back in April.
    ("Australia/Sydney", "2026-10-03", "2026-10-03T22:00:00+00:00"),
    ("Australia/Sydney", "2026-04-04", "2026-04-04T23:00:00+00:00"),
]


@pytest.mark.parametrize(("zone", "on", "ready"), SPEC)
def test_a_day_is_owed_from_its_end_and_grace_on_and_not_a_moment_sooner(
    zone: str, on: str, ready: str
) -> None:
    calendar, day, at = SiteCalendar(zone, time(4)), date.fromisoformat(on), datetime.fromisoformat(ready)
    days = partial(periods_owed, calendar, SiteCalendar.day, day, GRACE, set())
    assert ready_at(calendar.day(day), GRACE) == at
    assert list(days(at)) == [(day, at)]
    assert list(days(at - timedelta(microseconds=1))) == []


def test_the_day_that_is_still_running_is_never_owed() -> None:
    assert "2026-11-17" not in owed("2026-11-18T08:59:59+00:00")


def test_days_missed_while_the_machine_was_off_are_owed_oldest_first() -> None:
    done = {date(2026, 11, 1), date(2026, 11, 2), date(2026, 11, 4)}
    assert owed("2026-11-07T20:00:00+00:00", done) == ["2026-11-03", "2026-11-05", "2026-11-06"]


def test_a_clock_that_jumps_back_owes_nothing_twice() -> None:
    done = {date(2026, 11, day) for day in range(1, 7)}
    for now in ("2026-11-07T20:00:00+00:00", "2026-11-03T20:00:00+00:00", "2026-10-01T00:00:00+00:00"):
        assert owed(now, done) == []


def test_a_site_where_nothing_ever_happened_owes_nothing() -> None:
    now = datetime(2026, 11, 18, tzinfo=UTC)
    assert list(periods_owed(TORONTO, SiteCalendar.day, None, GRACE, set(), now)) == []


def test_the_first_day_is_owed_and_none_before_it() -> None:
    assert owed("2026-11-03T20:00:00+00:00")[0] == "2026-11-01"


# A period, the moment, and what is owed of it since 1 November, a Sunday; each by the date it begins on.
LONGER = [
    (SiteCalendar.week, "2026-11-02T13:59:59+00:00", []),
    (SiteCalendar.week, "2026-11-02T14:00:00+00:00", ["2026-10-26"]),
    (SiteCalendar.week, "2026-11-23T13:59:59+00:00", ["2026-10-26", "2026-11-02", "2026-11-09"]),
    (SiteCalendar.month, "2026-12-01T13:59:59+00:00", []),
    (SiteCalendar.month, "2027-01-01T14:00:00+00:00", ["2026-11-01", "2026-12-01"]),
]


@pytest.mark.parametrize(("period", "now", "expected"), LONGER)
def test_a_longer_period_is_owed_when_its_last_day_and_the_grace_are_over(
    period: Period, now: str, expected: list[str]
) -> None:
    assert owed(now, period=period) == expected
    following = next_ready(TORONTO, period, GRACE, datetime.fromisoformat(now))
    just = (following - timedelta(microseconds=1)).isoformat()
    assert owed(just, period=period) == expected
    assert len(owed(following.isoformat(), period=period)) == len(expected) + 1


@given(
    st.sampled_from(["America/Toronto", "America/Vancouver", "Australia/Sydney", "Europe/Berlin", "UTC"]),
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)),
    st.integers(0, 24 * 60),
    st.sampled_from([time(0), time(2, 30), time(4), time(7)]),
)
def test_everything_owed_is_over_and_everything_over_is_owed(
    zone: str, wall: datetime, grace_minutes: int, day_starts: time
) -> None:
    calendar, now = SiteCalendar(zone, day_starts), wall.replace(tzinfo=UTC)
    grace = timedelta(minutes=grace_minutes)
    first = calendar.day_of(now) - timedelta(days=5)
    found = [on for on, _ in periods_owed(calendar, SiteCalendar.day, first, grace, set(), now)]
    for on in calendar.days(first, calendar.day_of(now) + timedelta(days=1)):
        assert (on in found) == (calendar.day(on).end + grace <= now)


NOW = datetime(2026, 11, 18, 14, tzinfo=UTC)


@pytest.mark.parametrize(
    ("trace", "expected"),
    [
        (Trace(), True),
        (Trace(done=True), False),
        (Trace(lease_until=NOW + timedelta(minutes=3)), False),
        (Trace(lease_until=NOW), True),
        (Trace(retry_at=NOW + timedelta(minutes=3)), False),
        (Trace(retry_at=NOW - timedelta(minutes=3)), True),
        # Written before the clock jumped back a day: nobody waits a day for it.
        (Trace(lease_until=NOW + timedelta(days=1)), True),
        (Trace(retry_at=NOW + timedelta(days=1)), True),
        (Trace(lease_until=NOW + LEASE), False),
        (Trace(retry_at=NOW + LONGEST_PAUSE), False),
    ],
)
def test_a_thing_is_free_unless_it_is_done_held_or_resting(trace: Trace, expected: bool) -> None:
    assert free(trace, NOW) is expected


def test_pauses_double_and_end_at_an_hour() -> None:
    assert [pause(n) // FIRST_PAUSE for n in (1, 2, 3, 7, 50)] == [1, 2, 4, 60, 60]
