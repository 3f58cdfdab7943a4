"""Shifts are windows of the site's clock: over midnight, over clock changes, over each other."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from sitelog.ground.access import Actor, Role
from sitelog.ground.days import SiteCalendar, Window
from sitelog.ground.errors import Forbidden, Refused, Unknown
from sitelog.shifts import rules
from sitelog.shifts.rules import OnDuty
from sitelog.site.rules import ShiftTime

TORONTO = SiteCalendar("America/Toronto")
DAY = ShiftTime("day", "Day", time(7), time(19))
NIGHT = ShiftTime("night", "Night", time(19), time(7))
LATE = ShiftTime("late", "Late", time(15), time(23))
AT = datetime(2026, 11, 17, 23, 42, tzinfo=UTC)  # 18:42 in Toronto


def hours(on: date, shift: ShiftTime = NIGHT) -> float:
    return rules.window_of(shift, on, TORONTO).seconds / 3600


@pytest.mark.parametrize(
    ("on", "length"),
    [(date(2026, 11, 17), 12), (date(2026, 3, 7), 11), (date(2026, 10, 31), 13)],
    ids=["usual", "clocks go forward", "clocks go back"],
)
def test_a_night_is_as_long_as_it_lasts(on: date, length: int) -> None:
    assert hours(on) == length
    assert hours(on, DAY) == 12


@pytest.mark.parametrize("first", [date(2026, 3, 6), date(2026, 10, 30)])
def test_shifts_that_follow_each_other_touch_also_when_the_clocks_change(first: date) -> None:
    row = [rules.window_of(s, first + n * rules.DAY, TORONTO) for n in range(4) for s in (DAY, NIGHT)]
    assert all(before.end == after.start for before, after in zip(row, row[1:], strict=False))


def test_shifts_touch_also_where_the_hour_they_change_at_is_skipped() -> None:
    early, rest = ShiftTime("a", "A", time(22), time(2, 30)), ShiftTime("b", "B", time(2, 30), time(9))
    night = date(2026, 3, 7)
    ends = rules.window_of(early, night, TORONTO).end
    assert ends == rules.window_of(rest, night + rules.DAY, TORONTO).start


def test_a_shift_that_ends_when_it_starts_lasts_a_day() -> None:
    whole = ShiftTime("whole", "Whole", time(7), time(7))
    assert rules.window_of(whole, date(2026, 11, 17), TORONTO).seconds == 24 * 3600


def test_after_midnight_it_is_still_the_night_that_began_yesterday() -> None:
    three = datetime(2026, 11, 18, 8, 0, tzinfo=UTC)
    assert [one.ref for one in rules.shifts_at((DAY, NIGHT), three, TORONTO)] == ["H20261117-night"]


def test_overlapping_shifts_all_run_and_a_change_belongs_to_the_new_one() -> None:
    times = (DAY, NIGHT, LATE)
    assert [one.code for one in rules.shifts_at(times, AT, TORONTO)] == ["day", "late"]
    change = datetime(2026, 11, 18, 0, 0, tzinfo=UTC)
    assert [one.code for one in rules.shifts_at(times, change, TORONTO)] == ["late", "night"]
    assert rules.shifts_at((), AT, TORONTO) == []


def test_the_neighbours_of_a_shift_are_those_that_start_before_and_after_it() -> None:
    day = rules.shift_on(DAY, date(2026, 11, 17), TORONTO)
    before, after = rules.neighbours(day, (DAY, NIGHT), TORONTO)
    assert before is not None and before.ref == "H20261116-night"
    assert after is not None and after.ref == "H20261117-night"


@pytest.mark.parametrize("ref", ["", "H", "H20261117", "H20261317-day", "X20261117-day", "H20261117-DAY"])
def test_what_is_no_ref_is_unknown(ref: str) -> None:
    with pytest.raises(Unknown):
        rules.parts_of(ref)


def test_a_window_ends_after_it_starts_and_within_a_week() -> None:
    rules.check_window(Window(AT, AT + timedelta(days=7)))
    for end in (AT, AT - timedelta(minutes=1), AT + timedelta(days=7, minutes=1)):
        with pytest.raises(Refused):
            rules.check_window(Window(AT, end))


def test_who_takes_another_role_was_on_in_both() -> None:
    later, off = AT + timedelta(hours=2), AT + timedelta(hours=5)
    rows = [
        ("S01", "booths", AT, 1),
        ("S02", "lead", AT, 2),
        ("S01", "door", later, 3),
        ("S01", None, off, 4),
    ]
    assert rules.on_duty(rows) == [
        OnDuty("S01", "booths", AT, later, 1),
        OnDuty("S02", "lead", AT, None, 2),
        OnDuty("S01", "door", later, off, 3),
    ]


def test_the_site_lead_or_whoever_leads_the_shift_signs() -> None:
    nurse, lead = Actor("S01", "Amina K.", "AK", Role.NURSE), Actor("S02", "Marc D.", "MD", Role.LEAD)
    rules.check_may_sign(lead, [])
    rules.check_may_sign(nurse, [OnDuty("S01", "lead", AT)])
    for roster in ([], [OnDuty("S01", "booths", AT)], [OnDuty("S02", "lead", AT)]):
        with pytest.raises(Forbidden):
            rules.check_may_sign(nurse, roster)


def test_a_line_is_kept_on_one_line_and_must_be_of_the_handover() -> None:
    assert rules.check_line("S.people", " two\n in  aftercare ") == "two in aftercare"
    for line in ("", "X.people", "S", "S.people/../x", "S." + "x" * 99):
        with pytest.raises(Unknown):
            rules.check_line(line, "words")
    with pytest.raises(Refused):
        rules.check_line("S.people", "x" * 501)


def test_a_signed_handover_reads_as_it_was_written() -> None:
    lines = [("S", "two: in aftercare"), ("R", "order gauze"), ("R", "")]
    assert rules.as_lines(rules.as_words(lines)) == lines[:2]
