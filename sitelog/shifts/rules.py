"""What a shift is: windows of the site's clock that may cross midnight and overlap. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sitelog.ground.access import Actor, Role
from sitelog.ground.days import SiteCalendar, Window
from sitelog.ground.errors import Conflict, Forbidden, Refused, Unknown
from sitelog.ground.words import N_
from sitelog.site.rules import ShiftTime

DAY = timedelta(days=1)
# The parts of a handover, in the order it is said.
PARTS = {
    "S": N_("Situation"),
    "B": N_("Background"),
    "A": N_("Assessment"),
    "R": N_("Recommendation"),
}
LONGEST_LINE = 500
LONGEST_WINDOW = timedelta(days=7)
MOST_READ = 9999
_REF = re.compile(r"H(\d{4})(\d{2})(\d{2})-([a-z0-9_]{1,32})")
_LINE = re.compile(r"[SBAR]\.[A-Za-z0-9_-]{1,40}(?:\.[A-Za-z0-9_-]{1,40})?")


@dataclass(frozen=True)
class Shift:
    """One shift: its ref, the date it starts on, its name and its window."""

    ref: str
    on: date
    code: str
    label: str
    window: Window


@dataclass(frozen=True)
class Words:
    """A translatable template and its values."""

    text: str
    values: Mapping[str, object]


@dataclass(frozen=True)
class OnDuty:
    """Somebody on a shift: since when, until when (None: still on), in which role."""

    staff: str
    role: str
    since: datetime
    until: datetime | None = None
    seq: int = 0


def ref_of(on: date, code: str) -> str:
    """The ref of the shift of this name that starts on a date: H20261117-night."""
    return f"H{on:%Y%m%d}-{code}"


def parts_of(ref: str) -> tuple[date, str]:
    """The date and the name in a ref; Unknown if it is none."""
    found = _REF.fullmatch(ref)
    try:
        if found:
            return date(int(found[1]), int(found[2]), int(found[3])), found[4]
    except ValueError:
        pass
    raise Unknown(N_("There is no shift %(ref)s."), ref=ref[:48])


def window_of(shift: ShiftTime, on: date, calendar: SiteCalendar) -> Window:
    """The window of the shift that starts on a date: longer or shorter in a night when the clocks change."""
    last = on if shift.ends > shift.starts else on + DAY
    # One rule also where the clocks skip or repeat the hour, so that shifts which touch always do.
    start = datetime.combine(on, shift.starts, tzinfo=calendar.tz).astimezone(UTC)
    return Window(start, datetime.combine(last, shift.ends, tzinfo=calendar.tz).astimezone(UTC))


def shift_on(shift: ShiftTime, on: date, calendar: SiteCalendar) -> Shift:
    """The shift that starts on a date."""
    return Shift(ref_of(on, shift.code), on, shift.code, shift.label, window_of(shift, on, calendar))


def shifts_between(times: Iterable[ShiftTime], window: Window, calendar: SiteCalendar) -> list[Shift]:
    """Every shift that shares a moment with a window, first come first."""
    first, last = calendar.local(window.start).date() - DAY, calendar.local(window.end).date()
    made = [shift_on(one, on, calendar) for on in calendar.days(first, last) for one in times]
    touching = [one for one in made if one.window.start < window.end and window.start < one.window.end]
    return sorted(touching, key=lambda one: (one.window.start, one.window.end, one.ref))


def shifts_at(times: Iterable[ShiftTime], instant: datetime, calendar: SiteCalendar) -> list[Shift]:
    """The shifts that run at an instant: none, one, or several where they overlap."""
    return shifts_between(times, Window(instant, instant + timedelta.resolution), calendar)


def neighbours(
    shift: Shift, times: Iterable[ShiftTime], calendar: SiteCalendar
) -> tuple[Shift | None, Shift | None]:
    """The shift that starts before this one, and the one that starts after it."""
    around = Window(shift.window.start - 2 * DAY, shift.window.end + 2 * DAY)
    row = shifts_between(times, around, calendar)
    before = [one for one in row if one.window.start < shift.window.start]
    after = [one for one in row if one.window.start > shift.window.start]
    return (before[-1] if before else None), (after[0] if after else None)


def check_window(window: Window) -> None:
    """A window that somebody could mean to look at."""
    if window.end <= window.start:
        raise Refused(N_("The end is not after the start."), field="ends")
    if window.seconds > LONGEST_WINDOW.total_seconds():
        raise Refused(N_("At most seven days at once; reports show longer ones."), field="ends")


def check_begun(shift: Shift, at: datetime) -> None:
    """Nothing can be said about a shift that is still to come."""
    if at < shift.window.start:
        raise Conflict(N_("This shift has not begun yet."))


def on_duty(rows: Iterable[tuple[str, str | None, datetime, int]]) -> list[OnDuty]:
    """Who was on, from rows (staff, role or None for signing off, when, entry) in the order they happened."""
    found: list[OnDuty] = []
    for staff, role, when, seq in rows:
        for n, was in enumerate(found):
            if was.staff == staff and was.until is None:
                found[n] = OnDuty(staff, was.role, was.since, when, was.seq)
        if role is not None:
            # A role that is changed the moment it was taken was a slip.
            found = [one for one in found if not (one.staff == staff and one.since == one.until == when)]
            found.append(OnDuty(staff, role, when, None, seq))
    return found


def can_sign(by: Actor, roster: Iterable[OnDuty]) -> bool:
    """Whether somebody signs a shift off: a site lead, or whoever leads it."""
    return by.role is Role.LEAD or by.ref in leads_of(roster)


def leads_of(roster: Iterable[OnDuty]) -> list[str]:
    """Who leads a shift, each once."""
    return list(dict.fromkeys(one.staff for one in roster if one.role == "lead"))


def check_may_sign(by: Actor, roster: Iterable[OnDuty]) -> None:
    """Forbidden to whoever does not sign this shift off."""
    if not can_sign(by, roster):
        raise Forbidden(N_("The lead of this shift signs it off. Put yourself on the roster as lead first."))


def check_reader(incoming: str, outgoing: str) -> None:
    """A handover is read back by somebody else than the one who gives it."""
    if incoming == outgoing:
        raise Refused(N_("Somebody else reads the handover back: the lead of the next shift."), field="who")


def check_read_off(number: int | None, unit: str) -> None:
    """A number is read off only where the check has a unit; it may be left out, and is then missing."""
    if number is not None and not unit:
        raise Refused(N_("This check has no number."), field="number")
    if number is not None and not 0 <= number <= MOST_READ:
        raise Refused(N_("Between 0 and %(most)s, please."), field="number", most=MOST_READ)


def check_line(line: str, text: str) -> str:
    """The words of one line of the handover, on one line; Unknown for a line no handover has."""
    if not _LINE.fullmatch(line):
        raise Unknown(N_("The handover has no such line."))
    if len(text) > LONGEST_LINE:
        raise Refused(N_("At most %(n)s characters."), field="words", n=LONGEST_LINE)
    return " ".join(text.split())


def as_words(lines: Sequence[tuple[str, str]]) -> str:
    """The handover as one text, a line each: "S: two people in aftercare"."""
    return "\n".join(f"{part}: {text}" for part, text in lines if text)


def as_lines(words: str) -> list[tuple[str, str]]:
    """The lines of a handover that was signed, part and text."""
    found = [line.partition(": ") for line in words.splitlines()]
    return [(part, text) for part, _, text in found if part in PARTS]
