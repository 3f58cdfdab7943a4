"""Days, weeks and wall-clock times of a site, over clock changes in three zones."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitelog.ground.days import SiteCalendar, Window
from sitelog.ground.errors import Refused

TORONTO = SiteCalendar("America/Toronto")
ZONES = ["America/Toronto", "America/Vancouver", "Australia/Sydney", "Europe/Berlin", "America/St_Johns"]
STARTS = st.sampled_from([time(0, 0), time(2, 30), time(4, 0), time(7, 0), time(23, 30)])
DATES = st.dates(date(2020, 1, 1), date(2035, 12, 31))


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type, misc]


def test_before_the_day_starts_it_is_still_yesterday() -> None:
    assert TORONTO.day_of(utc(2026, 11, 18, 8, 59)) == date(2026, 11, 17)
    assert TORONTO.day_of(utc(2026, 11, 18, 9, 0)) == date(2026, 11, 18)


@pytest.mark.parametrize(
    ("on", "hours"),
    [(date(2026, 3, 7), 23), (date(2026, 10, 31), 25), (date(2026, 11, 17), 24)],
)
def test_a_day_has_the_hours_its_night_has(on: date, hours: int) -> None:
    assert TORONTO.day(on).seconds == hours * 3600


@given(st.sampled_from(ZONES), STARTS, DATES)
def test_days_touch_and_never_overlap(zone: str, starts: time, on: date) -> None:
    calendar = SiteCalendar(zone, starts)
    assert calendar.day(on).end == calendar.day(on + timedelta(days=1)).start
    assert 23 <= calendar.day(on).seconds / 3600 <= 25


@given(st.sampled_from(ZONES), STARTS, st.datetimes(datetime(2020, 1, 2), datetime(2035, 1, 1)))
def test_every_instant_belongs_to_exactly_the_day_whose_window_holds_it(
    zone: str, starts: time, naive: datetime
) -> None:
    calendar, instant = SiteCalendar(zone, starts), naive.replace(tzinfo=UTC)
    assert instant in calendar.day(calendar.day_of(instant))


def test_a_window_holds_its_first_instant_and_not_its_last() -> None:
    window = TORONTO.day(date(2026, 11, 17))
    assert window.start in window
    assert window.end not in window


def test_weeks_and_months_are_made_of_whole_days() -> None:
    on = date(2026, 11, 18)
    assert TORONTO.week(on) == Window(
        TORONTO.day(date(2026, 11, 16)).start, TORONTO.day(date(2026, 11, 22)).end
    )
    assert TORONTO.month(on) == Window(
        TORONTO.day(date(2026, 11, 1)).start, TORONTO.day(date(2026, 11, 30)).end
    )
    assert TORONTO.dates(TORONTO.day(on)) == (on, on)
    assert TORONTO.dates(TORONTO.week(on)) == (date(2026, 11, 16), date(2026, 11, 22))
    # The month in which the clocks go back, and the one in which they go forward.
    assert TORONTO.dates(TORONTO.month(on)) == (date(2026, 11, 1), date(2026, 11, 30))
    assert TORONTO.dates(TORONTO.month(date(2026, 3, 8))) == (date(2026, 3, 1), date(2026, 3, 31))


def test_a_time_the_clocks_skipped_is_refused() -> None:
    with pytest.raises(Refused, match="02:30"):
        TORONTO.instant(datetime(2026, 3, 8, 2, 30))


def test_of_a_time_that_came_twice_the_earlier_is_meant() -> None:
    assert TORONTO.instant(datetime(2026, 11, 1, 1, 30)) == utc(2026, 11, 1, 5, 30)


def test_a_time_of_day_means_the_last_time_the_clock_said_so() -> None:
    evening = utc(2026, 11, 17, 23, 42)
    assert TORONTO.recent(time(18, 40), evening) == utc(2026, 11, 17, 23, 40)
    assert TORONTO.recent(time(18, 45), evening) == utc(2026, 11, 16, 23, 45)


def test_a_time_of_day_that_is_now_means_now() -> None:
    evening = utc(2026, 11, 17, 23, 42)
    assert TORONTO.recent(time(18, 42), evening) == evening
    assert TORONTO.instant(datetime(2026, 11, 17, 18, 42)).tzinfo is UTC


def test_a_time_the_clocks_skipped_today_means_yesterdays() -> None:
    assert TORONTO.recent(time(2, 30), utc(2026, 3, 8, 12, 0)) == utc(2026, 3, 7, 7, 30)


def test_just_after_midnight_a_late_hour_means_last_night() -> None:
    assert TORONTO.recent(time(23, 50), utc(2026, 11, 18, 5, 10)) == utc(2026, 11, 18, 4, 50)


@pytest.mark.parametrize(
    ("now", "meant"),
    [
        (utc(2026, 11, 1, 5, 45), utc(2026, 11, 1, 5, 30)),
        (utc(2026, 11, 1, 6, 45), utc(2026, 11, 1, 6, 30)),
        (utc(2026, 11, 1, 6, 15), utc(2026, 11, 1, 5, 30)),
    ],
)
def test_in_the_repeated_hour_the_latest_one_gone_by_is_meant(now: datetime, meant: datetime) -> None:
    assert TORONTO.recent(time(1, 30), now) == meant


@given(st.sampled_from(ZONES), st.times(), st.datetimes(datetime(2020, 1, 5), datetime(2035, 1, 1)))
def test_a_recent_time_is_never_to_come_and_reads_as_it_was_said(
    zone: str, said: time, naive: datetime
) -> None:
    calendar, now = SiteCalendar(zone), naive.replace(tzinfo=UTC)
    found = calendar.recent(said.replace(microsecond=0), now)
    assert found <= now
    assert now - found < timedelta(days=2, hours=2)
    assert calendar.local(found).time() == said.replace(microsecond=0)
