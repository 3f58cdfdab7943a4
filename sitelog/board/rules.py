"""What a place, a wait and an observation look like at one instant: shape, words, tone. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sitelog.ground.words import N_

MINUTE = timedelta(minutes=1)

# The states of a place, strongest first: state -> (card, sign, the action that stands out).
# `card` is the look of the whole card; a late check is a due one whose card is tinted.
STATES: dict[str, tuple[str, str, str]] = {
    "response": ("resp", "resp", "open_response"),
    "check_late": ("due", "due", "check"),
    "check_due": ("due", "due", "check"),
    "over_time": ("over", "over", "done"),
    "in_use": ("use", "use", ""),
    "out_of_service": ("oos", "oos", "back_in_service"),
    "free": ("free", "free", "seat_next"),
}
STATE_NAMES: dict[str, str] = {
    "response": N_("Response"),
    "check_late": N_("Check late"),
    "check_due": N_("Check due"),
    "over_time": N_("Over time"),
    "in_use": N_("In use"),
    "out_of_service": N_("Out of service"),
    "free": N_("Free"),
}


@dataclass(frozen=True)
class Words:
    """A translatable template and its values."""

    text: str
    values: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.text % self.values


@dataclass(frozen=True)
class Seen:
    """How something looks at one instant. `until` is when its words or its look change next, if ever."""

    state: str
    words: Words
    card: str = ""
    icon: str = ""
    action: str = ""
    late: bool = False
    until: datetime | None = None

    def next_change(self, now: datetime) -> datetime | None:
        """The instant after `now` from which this is no longer what there is to see."""
        return self.until if self.until is not None and self.until > now else None


@dataclass(frozen=True)
class Sitting:
    """Somebody in a place: seated when, checked last when (None: not yet), the place's limits, and since when
    they are watched, if they came from another place."""

    since: datetime
    checked_at: datetime | None
    limit_minutes: int
    check_minutes: int
    watched_since: datetime | None = None

    @property
    def due_at(self) -> datetime:
        """When the next check is due: a move to another place is no check."""
        begun = self.watched_since or self.since
        last = max(begun, self.checked_at or begun)
        return last + self.check_minutes * MINUTE

    @property
    def over_at(self) -> datetime:
        """When the place's time is up."""
        return self.since + self.limit_minutes * MINUTE


def place_state(sitting: Sitting | None, *, out: bool, response: bool, now: datetime) -> Seen:
    """What a place looks like: response > check late > due > over time > in use > out of service > free."""
    if response:
        return _seen("response", Words(N_("Response")))
    if sitting is not None:
        return _sitting_state(sitting, now)
    if out:
        return _seen("out_of_service", Words(N_("Out of service")))
    return _seen("free", Words(N_("Free")))


def _sitting_state(sitting: Sitting, now: datetime) -> Seen:
    due, over = sitting.due_at, sitting.over_at
    if now >= due:
        late = (now - due) // MINUTE
        until = due + (late + 1) * MINUTE
        if late == 0:
            return _seen("check_due", Words(N_("Check due now")), until)
        return _seen("check_late", Words(N_("Check %(n)s min late"), {"n": late}), until)
    if now >= over:
        beyond = (now - over) // MINUTE
        words = Words(N_("%(n)s min over time"), {"n": beyond}) if beyond else Words(N_("Time is up"))
        return _seen("over_time", words, min(due, over + (beyond + 1) * MINUTE))
    left = minutes_until(due, now)
    first = sitting.checked_at is None
    words = Words(N_("First check in %(n)s min") if first else N_("Check in %(n)s min"), {"n": left})
    return _seen("in_use", words, min(over, due - (left - 1) * MINUTE))


def _seen(state: str, words: Words, until: datetime | None = None) -> Seen:
    card, icon, action = STATES[state]
    return Seen(state, words, card, icon, action, state == "check_late", until)


def person_in_response() -> Seen:
    """Somebody outside the places for whom a response runs: as red as a place, whatever else is due."""
    return _seen("response", Words(N_("Response runs")))


def waiting_state(since: datetime, limit_minutes: int, now: datetime) -> Seen:
    """A wait: violet once it reaches the site's wait limit (minutes)."""
    limit = since + limit_minutes * MINUTE
    if now >= limit:
        return Seen("long", Words(N_("longer than this site wants")), "long")
    return Seen("waiting", Words(N_("waiting")), until=limit)


@dataclass(frozen=True)
class Watch:
    """Aftercare: since when, observed last when, for how many minutes and how often."""

    since: datetime
    observed_at: datetime | None
    minutes: int
    check_minutes: int
    after_response: bool = False

    @property
    def ends_at(self) -> datetime:
        """When the person may leave."""
        return self.since + self.minutes * MINUTE

    @property
    def due_at(self) -> datetime | None:
        """When the next observation is due; None if the time is done before that."""
        last = self.observed_at if self.observed_at and self.observed_at > self.since else self.since
        due = last + self.check_minutes * MINUTE
        return due if due < self.ends_at else None


def aftercare_state(watch: Watch, now: datetime) -> Seen:
    """Aftercare: an observation that is due stays due until it is made; else time left, else done."""
    due, ends = watch.due_at, watch.ends_at
    if due is not None and now >= due:
        words = Words(N_("After response: obs due") if watch.after_response else N_("Obs due"))
        return Seen("due", words, "due", "due", "observe", until=ends if now < ends else None)
    if now >= ends:
        return Seen("done", Words(N_("Time done, may leave")), "done", "tick", "leave")
    if due is not None:
        words = Words(N_("After response, obs %(time)s") if watch.after_response else N_("Obs %(time)s"))
        return Seen("watched", Words(words.text, {"time": due}), until=due)
    words = Words(N_("Obs done %(time)s"), {"time": watch.observed_at or watch.since})
    return Seen("observed", words, until=ends)


def minutes_until(instant: datetime, now: datetime) -> int:
    """Minutes still to go, begun ones counted, never below zero."""
    return max(0, -((now - instant) // MINUTE))


def next_seats(
    waiting: Sequence[tuple[str, Iterable[str]]], free: Sequence[tuple[str, Iterable[str]]]
) -> dict[str, str]:
    """Who would sit where: each in turn gets the first free place that fits a declared route."""
    seats: dict[str, str] = {}
    left = [(code, frozenset(routes)) for code, routes in free]
    for ref, routes in waiting:
        wanted = frozenset(routes)
        fits = [place for place in left if not wanted or not place[1] or wanted & place[1]]
        if fits:
            seats[ref] = fits[0][0]
            left.remove(fits[0])
    return seats


def earliest(instants: Iterable[datetime | None]) -> datetime | None:
    """The first of the instants that are known."""
    return min((instant for instant in instants if instant is not None), default=None)
