"""Reads of shifts: which run, which are owed a signature, who is on, what was ticked, what was signed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select

from sitelog.ground.days import Window
from sitelog.ground.errors import Unknown
from sitelog.ground.words import N_
from sitelog.shifts import rules
from sitelog.shifts.corrected import corrected
from sitelog.shifts.models import Duty, ReadBack, SignOff, Tick
from sitelog.shifts.rules import OnDuty, Shift
from sitelog.shifts.said import sentences as sentences
from sitelog.site import queries as site
from sitelog.site.rules import Choice
from sitelog.store.db import db
from sitelog.trail import queries as trail
from sitelog.trail.amend import current, is_current

# How far back a signature is asked for.
LOOK_BACK = timedelta(days=7)


@dataclass(frozen=True)
class Point:
    """One point of the opening check, and its newest tick; None: still missing."""

    item: Choice
    tick: Tick | None

    @property
    def unit(self) -> str:
        """What the number is counted in; "" where there is none."""
        return str(self.item.data.get("unit", ""))


@dataclass(frozen=True)
class Listed:
    """A shift on the list: its newest signed version, and whether what it says was corrected since."""

    shift: Shift
    signed: SignOff | None
    corrected: bool = False

    def is_owed(self, now: datetime) -> bool:
        """Whether somebody has still to sign: it is over and unsigned, or was corrected since."""
        return self.corrected or (self.signed is None and self.shift.window.end <= now)


def shift(ref: str) -> Shift:
    """The shift of this ref; a signed one keeps the window it was signed with."""
    on, code = rules.parts_of(ref)
    signed = versions(ref)
    book = site.book()
    known = next((one for one in book.shift_times if one.code == code), None)
    if signed:
        window = Window(signed[-1].starts_at, signed[-1].ends_at)
        return Shift(ref, on, code, known.label if known else code, window)
    if known is None:
        raise Unknown(N_("There is no shift %(ref)s."), ref=ref[:48])
    return rules.shift_on(known, on, book.calendar)


def running(now: datetime) -> list[Shift]:
    """The shifts that run now."""
    book = site.book()
    return rules.shifts_at(book.shift_times, now, book.calendar)


def listed(now: datetime) -> list[Listed]:
    """The shifts of the last week, newest first; only those that an entry touched since are counted anew."""
    book, since = site.book(), max(now - LOOK_BACK, trail.begun() or now)
    window = Window(min(since, now - timedelta.resolution), now + timedelta.resolution)
    shifts = rules.shifts_between(book.shift_times, window, book.calendar)
    newest = _newest([one.ref for one in shifts])
    anew = corrected(newest.values(), now)
    made = [Listed(one, newest.get(one.ref), one.ref in anew) for one in shifts]
    return made[::-1]


def owed(now: datetime) -> list[Listed]:
    """The shifts of the last week that still want a signature."""
    return [one for one in listed(now) if one.is_owed(now)]


def versions(ref: str) -> Sequence[SignOff]:
    """The signed versions of a shift, the first one first."""
    chosen = current(SignOff).where(SignOff.ref == ref).order_by(SignOff.version, SignOff.id)
    return db.session.scalars(chosen).all()


def version(ref: str, number: int) -> SignOff:
    """One signed version; Unknown if there is none of this number."""
    for found in versions(ref):
        if found.version == number:
            return found
    raise Unknown(N_("%(ref)s has no signed version %(number)s."), ref=ref, number=number)


def read_backs(ref: str) -> dict[int, ReadBack]:
    """Who has read which version back."""
    rows = db.session.scalars(current(ReadBack).where(ReadBack.ref == ref).order_by(ReadBack.id))
    return {row.version: row for row in rows}


def roster(ref: str) -> list[OnDuty]:
    """Who is or was on in a shift, in the order they came."""
    rows = db.session.scalars(current(Duty).where(Duty.ref == ref).order_by(Duty.happened_at, Duty.id))
    return rules.on_duty((row.staff, row.role, row.happened_at, row.link_seq) for row in rows)


def opening(ref: str) -> list[Point]:
    """The opening check point by point, in the site's order."""
    rows = db.session.scalars(current(Tick).where(Tick.ref == ref).order_by(Tick.happened_at, Tick.id))
    newest = {row.item: row for row in rows}
    book = site.book()
    ticked = [word for word in book.choices("opening_check", retired=True) if word.code in newest]
    asked = book.choices("opening_check")
    return [Point(word, newest.get(word.code)) for word in dict.fromkeys([*asked, *ticked])]


def _newest(refs: Sequence[str]) -> dict[str, SignOff]:
    last = (
        select(func.max(SignOff.id)).where(SignOff.ref.in_(refs), is_current(SignOff)).group_by(SignOff.ref)
    )
    return {row.ref: row for row in db.session.scalars(select(SignOff).where(SignOff.id.in_(last)))}
