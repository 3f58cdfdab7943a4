"""The course of a visit: what can follow what, what is impossible, and what merely deserves a word. Pure."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from sitelog.ground.days import SiteCalendar
from sitelog.ground.errors import WHEN, Conflict, Refused
from sitelog.ground.words import N_
from sitelog.site.rules import Place

# The row of a report's table that a word stands in which says that nothing was said.
UNSAID = "not_recorded"
# Leaving is the last of whatever is said to have happened at one moment.
LAST_TURN = 1_000_000

AREAS = {
    "waiting": N_("waiting"),
    "place": N_("in a place"),
    "aftercare": N_("in aftercare"),
    "service": N_("here for a service"),
}
STATES = AREAS | {"left": N_("gone")}

# From, verb, to. Whatever is not here cannot happen; `check_next` says why in words.
TRANSITIONS: tuple[tuple[str, str, str], ...] = (
    ("waiting", "seat", "place"),
    ("service", "seat", "place"),
    ("aftercare", "seat", "place"),
    ("place", "move", "place"),
    ("place", "to_aftercare", "aftercare"),
    ("waiting", "to_aftercare", "aftercare"),
    ("service", "to_aftercare", "aftercare"),
    ("place", "to_waiting", "waiting"),
    ("aftercare", "to_waiting", "waiting"),
    ("service", "to_waiting", "waiting"),
    ("waiting", "start_service", "service"),
    ("place", "start_service", "service"),
    ("aftercare", "start_service", "service"),
    ("waiting", "leave_before_service", "left"),
    ("service", "leave_before_service", "left"),
    *((area, "leave", "left") for area in AREAS),
)
_NEXT = {(here, verb): there for here, verb, there in TRANSITIONS}

# Optional questions at the door that are no list of the site's.
ALONE = {"yes": N_("alone"), "no": N_("with others"), "not_said": N_("not said")}
LAST_USE = {
    "today": N_("today"),
    "yesterday": N_("yesterday"),
    "this_week": N_("within a week"),
    "longer": N_("longer ago"),
    "not_said": N_("not said"),
}


@dataclass(frozen=True)
class Item:
    """One substance and its route, as declared."""

    substance: str
    route: str | None = None


@dataclass(frozen=True)
class Asked:
    """What was asked and answered at the door; None and False where nothing was said."""

    items: tuple[Item, ...] = ()
    purpose: str = "consume"
    help: bool = False
    help_reason: str | None = None
    splitting: bool = False
    drug_check: bool = False
    step_free: bool = False
    where_else: str | None = None
    alone: str | None = None
    last_use: str | None = None


@dataclass(frozen=True)
class Change:
    """What of an entry was wrong; None is left as it was. `person` is a ref, or "" for nobody named."""

    asked: Asked | None = None
    person: str | None = None
    place_code: str | None = None
    looks: str | None = None
    spo2: int | None = None
    respirations: int | None = None
    reason: str | None = None


@dataclass(frozen=True)
class Step:
    """One stay, or the leaving (`area` is then "left"), as it stands now."""

    area: str
    happened_at: datetime
    turn: int
    place_code: str | None = None
    episode: int | None = None
    seq: int = 0


@dataclass(frozen=True)
class Course:
    """One visit from arrival to now. `named` says what to call the person, where somebody must be told."""

    visit_id: int
    ref: str
    arrived_at: datetime
    steps: tuple[Step, ...]
    calendar: SiteCalendar
    named: Callable[[], str] = field(compare=False)

    @property
    def ordered(self) -> list[Step]:
        """The steps by when they happened."""
        return sorted(self.steps, key=lambda step: (step.happened_at, step.turn))

    @property
    def here(self) -> Step:
        """Where the person is now."""
        return self.ordered[-1]

    def at(self, instant: datetime) -> Step:
        """Where the person was at an instant; before the first stay, the first."""
        past = [step for step in self.ordered if step.happened_at <= instant]
        return (past or self.ordered[:1])[-1]

    @property
    def turns(self) -> int:
        """The highest turn given to a stay so far."""
        return max((step.turn for step in self.steps if step.area != "left"), default=0)

    @property
    def episodes(self) -> int:
        """How often a place was used."""
        return max((step.episode or 0 for step in self.steps), default=0)

    @property
    def left_at(self) -> datetime | None:
        """When the person left, if they did."""
        return next((step.happened_at for step in self.steps if step.area == "left"), None)

    def with_steps(self, *steps: Step, without: int | None = None) -> "Course":
        """The course as it would be with these steps, and without those of one link."""
        kept = [step for step in self.steps if without is None or step.seq != without]
        return replace(self, steps=(*kept, *steps))

    def clock(self, instant: datetime) -> str:
        """An instant on the site's clock."""
        return self.calendar.local(instant).strftime("%H:%M")


@dataclass(frozen=True)
class Occupant:
    """Somebody in a place."""

    visit_id: int
    who: str
    since: datetime


def unnamed(number: int | None) -> str:
    """What somebody without a handle is called: by their number of the day."""
    return f"Anon {number}"


def check_present(course: Course, happened_at: datetime) -> None:
    """Refuse what is said to have happened before the person came or after they left."""
    if happened_at < course.arrived_at:
        raise Refused(
            N_("%(who)s arrived at %(time)s; this cannot have been earlier."),
            field=WHEN,
            who=course.named(),
            time=course.clock(course.arrived_at),
        )
    if course.left_at is not None and happened_at >= course.left_at:
        raise Conflict(N_("%(who)s left at %(time)s."), who=course.named(), time=course.clock(course.left_at))


def check_next(course: Course, verb: str, happened_at: datetime) -> Step:
    """Where the person was when `verb` happened; Conflict if it could not follow on that."""
    check_present(course, happened_at)
    before = course.at(happened_at)
    if (before.area, verb) not in _NEXT:
        since = course.clock(before.happened_at)
        raise Conflict(_ALREADY[before.area], who=course.named(), place=before.place_code, time=since)
    if _NEXT[before.area, verb] == "left":
        check_course(course.with_steps(Step("left", happened_at, LAST_TURN)))
    return before


_ALREADY = {
    "waiting": N_("%(who)s is already on the waiting list, since %(time)s."),
    "place": N_("%(who)s is already in place %(place)s, since %(time)s."),
    "aftercare": N_("%(who)s is already in aftercare, since %(time)s."),
    "service": N_("%(who)s is already here for a service, since %(time)s."),
    "left": N_("%(who)s left at %(time)s."),
}


def check_course(course: Course) -> None:
    """Refuse a course in which something happens before the arrival or after the leaving."""
    steps = course.ordered
    if steps and steps[0].happened_at < course.arrived_at:
        raise Refused(
            N_("%(time)s would be before the arrival."),
            field=WHEN,
            time=course.clock(steps[0].happened_at),
        )
    later = [step for step in steps if course.left_at is not None and step.happened_at > course.left_at]
    if later:
        raise Refused(
            N_("There is a later entry, at %(time)s. Leaving cannot have been before it."),
            field=WHEN,
            time=course.clock(later[-1].happened_at),
        )


def check_before_service(course: Course) -> None:
    """Refuse "left before service" of somebody who has used a place."""
    if course.episodes:
        raise Refused(N_("%(who)s has used a place: record that they left."), who=course.named())


def check_free(
    place: Place, occupant: Occupant | None, free: Iterable[Place], calendar: SiteCalendar
) -> None:
    """Conflict if somebody is in the place, naming who, since when, and which places are free."""
    if occupant is None:
        return
    others = [other.label for other in free]
    words = {"place": place.label, "who": occupant.who, "free": ", ".join(others)}
    words["time"] = calendar.local(occupant.since).strftime("%H:%M")
    if others:
        raise Conflict(N_("%(place)s was taken by %(who)s at %(time)s. Free now: %(free)s."), **words)
    raise Conflict(N_("%(place)s was taken by %(who)s at %(time)s. No other place is free."), **words)


def check_purpose(asked: Asked) -> None:
    """Refuse a purpose nobody knows."""
    if asked.purpose not in ("consume", "service"):
        raise Refused(N_("A visit is for consumption or for a service."), field="purpose")


def check_answers(asked: Asked) -> None:
    """Refuse answers to the optional questions that nobody offered."""
    offered = (("alone", asked.alone, ALONE), ("last_use", asked.last_use, LAST_USE))
    for field_name, answer, known in offered:
        if answer is not None and answer not in known:
            raise Refused(N_("“%(code)s” is not on this site's list."), field=field_name, code=answer)


def check_vitals(spo2: int | None, respirations: int | None) -> None:
    """Refuse what no body shows (%, breaths a minute)."""
    for name, value, most in (("spo2", spo2, 100), ("respirations", respirations, 120)):
        if value is not None and not 0 <= value <= most:
            raise Refused(N_("Between 0 and %(most)s, please."), field=name, most=most)


def fits(place: Place, routes: Iterable[str]) -> bool:
    """Whether a place is meant for one of these routes; a place that names none is meant for all."""
    wanted = set(routes)
    return not wanted or not place.routes or bool(wanted & set(place.routes))


def advice(place: Place, routes: Sequence[str]) -> str | None:
    """A word where a place is not meant for what was declared; never a refusal."""
    return None if fits(place, routes) else N_("%(place)s is not meant for this route.")


def next_free_for(routes: Iterable[str], places: Iterable[Place], taken: Iterable[str]) -> Place | None:
    """The first free place that fits these routes; None if there is none."""
    occupied, wanted = set(taken), set(routes)
    free = (place for place in places if place.code not in occupied)
    return next((place for place in free if fits(place, wanted)), None)
