"""The ladder of a referral as tables, and what is impossible on it. Pure."""

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import count, islice

from sitelog.ground.errors import WHEN, Conflict, Refused
from sitelog.ground.words import N_

RUNGS = {
    "offered": N_("Offered"),
    "accepted": N_("Accepted"),
    "declined": N_("Declined"),
    "made": N_("Made"),
    "attended": N_("Attended"),
    "did_not_attend": N_("Did not attend"),
    "unknown": N_("Unknown"),
    "closed": N_("Closed"),
}
# Which rung may come after which. A step forward may skip rungs; they then show as not recorded.
NEXT: Mapping[str, tuple[str, ...]] = {
    "offered": ("accepted", "declined", "made", "attended", "did_not_attend", "unknown", "closed"),
    "accepted": ("made", "declined", "attended", "did_not_attend", "unknown", "closed"),
    "declined": ("accepted", "made", "closed"),
    "made": ("attended", "did_not_attend", "unknown", "made", "declined", "closed"),
    "attended": ("closed",),
    "did_not_attend": ("made", "attended", "unknown", "declined", "closed"),
    "unknown": ("attended", "did_not_attend", "unknown", "made", "declined", "closed"),
    "closed": (),
}
# What a rung tells about the ones below it: who attended had accepted, whether or not somebody wrote it down.
IMPLIES: Mapping[str, tuple[str, ...]] = {
    "offered": ("offered",),
    "accepted": ("offered", "accepted"),
    "declined": ("offered",),
    "made": ("offered", "accepted", "made"),
    "attended": ("offered", "accepted", "made", "attended"),
    "did_not_attend": ("offered", "accepted", "made"),
    "unknown": ("offered",),
    "closed": ("offered",),
}
# The four answers shown with equal weight in each state; "ask" sets the next follow-up.
CHOICES: Mapping[str, tuple[str, ...]] = {
    "offered": ("accepted", "declined", "made", "ask"),
    "accepted": ("made", "declined", "unknown", "ask"),
    "declined": ("accepted", "closed"),
    "made": ("attended", "did_not_attend", "unknown", "ask"),
    "attended": ("closed", "ask"),
    "did_not_attend": ("made", "attended", "closed", "ask"),
    "unknown": ("attended", "did_not_attend", "closed", "ask"),
    "closed": (),
}
HOW = {
    "warm_handover": N_("Warm handover, walked over"),
    "phone": N_("Phone, with the person"),
    "letter": N_("Letter or e-mail"),
    "self": N_("Goes alone"),
}
HOW_SHORT = {
    "warm_handover": N_("walked over"),
    "phone": N_("by phone"),
    "letter": N_("by letter"),
    "self": N_("goes alone"),
}
# The five places on the rail, each with the rungs that can stand on it.
RAIL: tuple[tuple[str, ...], ...] = (
    ("offered",),
    ("accepted", "declined"),
    ("made",),
    ("attended", "did_not_attend", "unknown"),
    ("closed",),
)
ENDED = frozenset({"declined", "closed"})
# How an availability looks in the directory.
TONES = {"open": N_("Free"), "wait": N_("Waiting list"), "ask": N_("Ask first")}
MOST_SEATS, LONGEST_CODE = 999, 26
FURTHEST_FOLLOW_UP = timedelta(days=366)


@dataclass(frozen=True)
class Step:
    """One rung that stands: when it happened, by whom (ref), its entry and its first version (`seq`)."""

    rung: str
    happened_at: datetime
    by: str = ""
    how: str | None = None
    seq: int = 0
    entry: int = 0


@dataclass(frozen=True)
class RailMark:
    """One place on the rail with its step; `skipped` where a later rung was reached without it."""

    rung: str
    step: Step | None = None
    skipped: bool = False
    now: bool = False


def in_order(steps: Sequence[Step]) -> list[Step]:
    """The steps by when they happened; of two at one instant the one entered first comes first."""
    return sorted(steps, key=lambda step: (step.happened_at, step.seq))


def state(steps: Sequence[Step]) -> str:
    """Where a referral stands: its newest rung."""
    return in_order(steps)[-1].rung


def is_open(steps: Sequence[Step]) -> bool:
    """Whether somebody may still have to do something about it."""
    return state(steps) not in ENDED


def check_step(steps: Sequence[Step], new: Step) -> None:
    """Refuse a rung that cannot have happened then, given the ones that stand."""
    before = [step for step in in_order(steps) if step.happened_at <= new.happened_at]
    after = [step for step in in_order(steps) if step.happened_at > new.happened_at]
    if not before and new.rung != "offered":
        raise Refused(N_("That would be before it was offered. Look at the time."), field=WHEN)
    if after and after[0].rung not in NEXT[new.rung]:
        words = {"rung": RUNGS[new.rung].lower(), "later": RUNGS[after[0].rung].lower()}
        raise Refused(N_("“%(rung)s” cannot come before “%(later)s”. Look at the time."), WHEN, **words)
    if before and new.rung not in NEXT[before[-1].rung]:
        words = {"rung": RUNGS[new.rung].lower(), "state": RUNGS[before[-1].rung].lower()}
        raise Conflict(N_("This referral is “%(state)s” already; “%(rung)s” cannot follow that."), **words)


def check_how(rung: str, how: str | None) -> None:
    """A referral that is made says how; no other rung does."""
    if rung == "made" and how not in HOW:
        raise Refused(N_("Say how it was made."), field="how")


def check_due_on(due_on: date, today: date) -> None:
    """A follow-up is due today or later, within a year."""
    if due_on < today:
        raise Refused(N_("That date is past. A follow-up is due today or later."), field="follow_on")
    if due_on - today > FURTHEST_FOLLOW_UP:
        raise Refused(N_("That is more than a year away. Look at the year."), field="follow_on")


def fresh_code(name: str, taken: Collection[str]) -> str:
    """A code that no service ever had, made of a name: job_training, job_training_2 ..."""
    plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    stem = "_".join(re.findall(r"[a-z0-9]+", plain))[:LONGEST_CODE] or "service"
    numbered = (f"{stem}_{n}" for n in count(2))
    return next(code for code in (stem, *islice(numbered, len(taken) + 1)) if code not in taken)


def check_entry(name: str, tone: str, seats: int | None) -> None:
    """A service of the directory has a name, a known tone, and no more seats than can be counted."""
    if not name.strip():
        raise Refused(N_("Say what the service is called."), field="name")
    if tone not in TONES:
        raise Refused(N_("Choose how it looks."), field="tone")
    if seats is not None and not 0 <= seats <= MOST_SEATS:
        raise Refused(N_("Between 0 and %(most)s, please."), field="seats", most=MOST_SEATS)


def holds_a_seat(steps: Sequence[Step]) -> bool:
    """Whether a referral keeps a seat or bed from others: accepted, and neither come to nothing nor closed
    before the person came for assessment."""
    now, came_to = state(steps), reached(steps)
    if now == "closed":
        return "attended" in came_to
    return now not in ("declined", "did_not_attend") and "accepted" in came_to


def rail(steps: Sequence[Step]) -> list[RailMark]:
    """The five places of the rail, the place that is next marked `now`."""
    ordered = in_order(steps)
    marks = [_mark(rungs, ordered) for rungs in RAIL]
    reached = max(n for n, mark in enumerate(marks) if mark.step)
    ended = state(steps) == "closed"
    return [
        RailMark(m.rung, m.step, m.step is None and n < reached, not ended and n == reached + 1)
        for n, m in enumerate(marks)
    ]


def reached(steps: Sequence[Step]) -> set[str]:
    """Every rung this referral came to, the ones nobody wrote down included."""
    return {rung for step in steps for rung in IMPLIES[step.rung]}


def _mark(rungs: tuple[str, ...], ordered: Sequence[Step]) -> RailMark:
    found = [step for step in ordered if step.rung in rungs]
    return RailMark(found[-1].rung, found[-1]) if found else RailMark(rungs[0])
