"""One response as a value, and what is read off it: state, tier, minutes, countdown, checklist. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sitelog.ground.words import N_
from sitelog.responses.pathways import PATHWAYS
from sitelog.responses.steps import BREATHS, KINDS, RED_FLAGS, RESUMES

# A last set of vitals is one taken this shortly before the end.
LAST_VITALS_WITHIN = timedelta(minutes=10)
# Measurements tapped within this belong to one set.
SET_LASTS = timedelta(seconds=60)
USUAL_INTERVAL_SECONDS = 180


@dataclass(frozen=True)
class Done:
    """One step that stands. `seq` is its link, 0 where that does not matter."""

    kind: str
    happened_at: datetime
    device: str | None = None
    litres_per_minute: int | None = None
    micrograms: int | None = None
    route: str | None = None
    word: str | None = None
    seq: int = 0


@dataclass(frozen=True)
class Measured:
    """One set or single value of vitals; units as in the column names. `bound` marks "below" or "above"."""

    happened_at: datetime
    spo2: int | None = None
    respirations: int | None = None
    pulse: int | None = None
    sedation_scale: str | None = None
    sedation_score: int | None = None
    pupils: str | None = None
    skin: str | None = None
    glucose_tenths: int | None = None
    temperature_tenths: int | None = None
    systolic: int | None = None
    diastolic: int | None = None
    bound: str | None = None
    seq: int = 0


@dataclass(frozen=True)
class Closed:
    """How it ended."""

    happened_at: datetime
    outcome: str
    plan: str | None = None
    seq: int = 0


@dataclass(frozen=True)
class Case:
    """Everything that stands about one response, oldest first."""

    ref: str
    recognised_at: datetime
    area: str = "elsewhere"
    place_code: str | None = None
    pathway: str = "unknown"
    steps: Sequence[Done] = ()
    vitals: Sequence[Measured] = ()
    closed: Closed | None = None
    struck: bool = False

    @property
    def ended(self) -> bool:
        """Whether nothing of it runs any more."""
        return self.struck or self.closed is not None

    def first(self, *kinds: str) -> Done | None:
        """The earliest step of these kinds."""
        return next((step for step in self.steps if step.kind in kinds), None)

    def last(self, *kinds: str) -> Done | None:
        """The latest step of these kinds."""
        return next((step for step in reversed(self.steps) if step.kind in kinds), None)

    def all(self, *kinds: str) -> list[Done]:
        """Every step of these kinds."""
        return [step for step in self.steps if step.kind in kinds]


@dataclass(frozen=True)
class Doses:
    """Naloxone by one giver: how many times, and how much of it was said; `unsaid` doses had no amount."""

    count: int = 0
    micrograms: int = 0
    unsaid: int = 0


@dataclass(frozen=True)
class Countdown:
    """The wait since the last staff dose."""

    since: datetime
    until: datetime
    seconds: int


@dataclass(frozen=True)
class Summary:
    """What is derived from a response; lengths of time are None where one end is missing."""

    ref: str
    state: str
    tier: int
    pathway: str
    to_oxygen: timedelta | None
    to_naloxone: timedelta | None
    gaps: tuple[timedelta, ...]
    ems_response: timedelta | None
    monitored: timedelta
    by_staff: Doses
    by_ems: Doses
    ems_called: bool
    to_hospital: bool
    outcome: str | None
    missing: tuple[str, ...] = field(default=())


def to_hospital(case: Case) -> bool:
    """Whether the ambulance took the person to hospital, by what was entered of how it ended with it."""
    end = case.last("ems_left")
    return end is not None and end.word == "transported"


def at_odds(case: Case, outcome: str) -> str | None:
    """How an outcome, by its group, contradicts the end with the ambulance; None where it does not."""
    if case.last("ems_left") is None:
        return None
    if to_hospital(case) and outcome not in ("transported", "death", "unknown"):
        return N_("EMS took the person to hospital; the outcome says otherwise.")
    if outcome == "transported" and not to_hospital(case):
        return N_("The outcome is hospital; the end with EMS says otherwise.")
    return None


def state_of(case: Case) -> str:
    """The state, read off the rows: a closing ends it, treatment after aftercare began resumes it."""
    if case.struck:
        return "struck"
    if case.closed:
        return "closed"
    watched = case.last("aftercare")
    if watched is None:
        return "open"
    again = case.last(*RESUMES)
    return "open" if again and again.happened_at > watched.happened_at else "observed"


def tier_of(case: Case) -> int:
    """1 monitored or stimulated, 2 oxygen, 3 assisted breathing, 4 staff naloxone, 5 EMS transport or CPR."""
    if any(step.kind == "ems_left" and step.word == "transported" for step in case.steps):
        return 5
    return max((KINDS[step.kind].tier for step in case.steps), default=1)


def totals(case: Case, kind: str) -> Doses:
    """The doses of one giver: kind "naloxone" for staff, "ems_naloxone" for the ambulance."""
    given = case.all(kind)
    said = [dose.micrograms for dose in given if dose.micrograms is not None]
    return Doses(len(given), sum(said), len(given) - len(said))


def countdown(case: Case, intervals: Mapping[str, int]) -> Countdown | None:
    """The wait after the last staff dose, by the site's interval in seconds for the route it was given by."""
    last = case.last("naloxone")
    if last is None:
        return None
    seconds = intervals.get(last.route or "", USUAL_INTERVAL_SECONDS)
    return Countdown(last.happened_at, last.happened_at + timedelta(seconds=seconds), seconds)


def running(case: Case) -> dict[str, Done]:
    """What goes on: kind -> the step that began it (the last, where it was begun again)."""
    found: dict[str, Done] = {}
    for step in case.steps:
        kind = KINDS[step.kind]
        for ended in kind.ends:
            found.pop(ended, None)
        if kind.running:
            found[step.kind] = step
    return found


def missing(case: Case, now: datetime) -> tuple[str, ...]:
    """What the closing checklist still asks for, in its order. It never blocks."""
    have = {
        "place": case.area != "elsewhere",
        "oxygen": case.first("oxygen", "oxygen_not_needed") is not None,
        "signs": bool(case.vitals),
        "temperature": any(v.temperature_tenths is not None for v in case.vitals),
        "outcome": case.closed is not None,
        "ems_end": case.first("ems_called", "ems_arrived") is None or case.last("ems_left") is not None,
        "last_vitals": _has_last_vitals(case, now),
        "plan": case.closed is not None and case.closed.plan is not None,
    }
    return tuple(check for check in PATHWAYS[case.pathway].checks if not have[check])


def asked(case: Case) -> tuple[str, ...]:
    """What the checklist shows at all: the ambulance's end only where there was an ambulance."""
    called = case.first("ems_called", "ems_arrived") is not None
    return tuple(check for check in PATHWAYS[case.pathway].checks if check != "ems_end" or called)


def summarise(case: Case, now: datetime) -> Summary:
    """Everything derived, at one moment."""
    doses = case.all("naloxone")
    called, arrived = case.first("ems_called"), case.first("ems_arrived")
    return Summary(
        ref=case.ref,
        state=state_of(case),
        tier=tier_of(case),
        pathway=case.pathway,
        to_oxygen=_after(case.recognised_at, case.first("oxygen")),
        to_naloxone=_after(case.recognised_at, doses[0] if doses else None),
        gaps=tuple(b.happened_at - a.happened_at for a, b in zip(doses, doses[1:], strict=False)),
        ems_response=_after(called.happened_at, arrived) if called else None,
        monitored=max(_end(case, now) - case.recognised_at, timedelta()),
        by_staff=totals(case, "naloxone"),
        by_ems=totals(case, "ems_naloxone"),
        ems_called=called is not None,
        to_hospital=to_hospital(case),
        outcome=case.closed.outcome if case.closed else None,
        missing=missing(case, now),
    )


def response_class(case: Case) -> str:
    """The coarse class a published line shows; assisted breathing counts as oxygen."""
    doses = len(case.all("naloxone"))
    if doses:
        return "naloxone_3_plus" if doses > 2 else "naloxone_1_2"
    return "oxygen" if case.first("oxygen", *BREATHS) else "monitored"


def flags(case: Case) -> set[str]:
    """The red flags that were seen."""
    return {step.kind for step in case.steps if step.kind in RED_FLAGS}


def sets(vitals: Sequence[Measured]) -> list[list[Measured]]:
    """Measurements taken together: each within a minute of its set's first, nothing measured twice."""
    found: list[list[Measured]] = []
    for one in vitals:
        here = found[-1] if found else []
        near = here and one.happened_at - here[0].happened_at <= SET_LASTS
        if near and not any(measures(one) & measures(other) for other in here):
            here.append(one)
        else:
            found.append([one])
    return found


def measures(one: Measured) -> set[str]:
    """The columns that a row of vitals says something in."""
    silent = {"happened_at", "bound", "seq", "sedation_scale"}
    return {name for name, value in vars(one).items() if name not in silent and value is not None}


def _after(start: datetime, step: Done | None) -> timedelta | None:
    return step.happened_at - start if step else None


def _end(case: Case, now: datetime) -> datetime:
    return case.closed.happened_at if case.closed else now


def _has_last_vitals(case: Case, now: datetime) -> bool:
    if not case.vitals:
        return False
    last = case.vitals[-1].happened_at
    dose = case.last("naloxone")
    return last >= _end(case, now) - LAST_VITALS_WITHIN and not (dose and last < dose.happened_at)
