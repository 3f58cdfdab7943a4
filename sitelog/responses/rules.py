"""What is refused about a response (only the impossible), and what is merely advised. Pure."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sitelog.ground.days import check_not_ahead
from sitelog.ground.errors import Conflict, Forbidden, Refused
from sitelog.ground.words import N_
from sitelog.responses.case import USUAL_INTERVAL_SECONDS, Case, measures, state_of
from sitelog.responses.case import Done as Done
from sitelog.responses.case import Measured as Measured
from sitelog.responses.pathways import DUTIES
from sitelog.responses.pathways import PATHWAYS as PATHWAYS
from sitelog.responses.steps import AFTERCARE_PLANS as AFTERCARE_PLANS
from sitelog.responses.steps import AREAS as AREAS
from sitelog.responses.steps import KINDS as KINDS
from sitelog.responses.steps import PUPILS as PUPILS
from sitelog.responses.steps import ROUTES as ROUTES
from sitelog.responses.steps import SCALES as SCALES
from sitelog.responses.steps import SKIN as SKIN
from sitelog.responses.steps import STEP_WORDS as STEP_WORDS

# The keys that open the responses that run. Each after the last has the last one's, which then goes on from
# the one that is shown.
OPENED_BY = ("F2", "F4", "Shift+F2", "Shift+F4")

# Groups of outcomes after which the person is no longer in the house.
GONE = ("transported", "left")

# What a response can be, and what moves it. `case.state_of` reads the state off the rows; no row holds it.
STATES = {
    "open": N_("running"),
    "observed": N_("in aftercare, to be closed"),
    "closed": N_("closed"),
    "struck": N_("no overdose"),
}
TRANSITIONS: tuple[tuple[str, str, str], ...] = (
    ("open", "to_aftercare", "observed"),
    ("open", "close", "closed"),
    ("observed", "step_again", "open"),
    ("observed", "close", "closed"),
    ("closed", "strike_the_closing", "open"),
    ("open", "no_overdose", "struck"),
    ("observed", "no_overdose", "struck"),
    ("closed", "no_overdose", "struck"),
    ("struck", "take_up_again", "open"),
)

MOST_MICROGRAMS = 100_000
MOST_LITRES = 60
# What no person and no instrument can show, per column, in the column's unit.
POSSIBLE: dict[str, tuple[int, int]] = {
    "spo2": (0, 100),
    "respirations": (0, 80),
    "pulse": (0, 300),
    "glucose_tenths": (0, 1000),
    "temperature_tenths": (150, 460),
    "systolic": (0, 350),
    "diastolic": (0, 250),
}
# Litres per minute that devices are usually run at (DOMAIN 3); outside it is recorded, and remarked on.
USUAL_LITRES = {
    "non_rebreather": (10, 15),
    "bag_valve_mask": (10, 15),
    "simple_mask": (6, 15),
    "nasal_cannula": (1, 6),
}
# Above it meters show no number of mmol/L but "HI"; as many mg/dL are one mmol/L.
MOST_SHOWN_GLUCOSE_TENTHS = 333
MG_PER_DL_IN_MMOL = 18
# More than the largest nasal device holds.
LARGE_DOSE_MICROGRAMS = 8000


@dataclass(frozen=True)
class Advice:
    """Something odd about an entry, in words; it was recorded all the same."""

    text: str
    values: Mapping[str, Any] = field(default_factory=dict)


def free_key(held: Collection[int]) -> int:
    """The first of the keys (0, 1, ...) that no running response holds."""
    return next(key for key in range(len(held) + 1) if key not in held)


def opened_by(given: Sequence[int | None]) -> list[str]:
    """The key that opens each running response, first come first: the one it was given when it began, so that
    no key comes to mean another when one of them ends. Of two that were given the same one, the first had
    ended when the second began, and runs again: it takes the first that is free."""
    held = dict[int, int]()  # key -> which of them; the last that was given a key holds it
    for at, key in enumerate(given):
        if key is not None:
            held[key] = at
    for at in range(len(given)):
        if at not in held.values():
            held[free_key(held)] = at
    keys = {at: key for key, at in held.items()}
    return [OPENED_BY[min(keys[at], len(OPENED_BY) - 1)] for at in range(len(given))]


def check_step(done: Done, devices: Sequence[str], at: datetime) -> None:
    """Refuse only the impossible; `devices` are the codes of the site's list, retired ones included."""
    check_not_ahead(done.happened_at, at)
    kind = KINDS.get(done.kind)
    if kind is None:
        raise Refused(N_("There is no step called “%(kind)s”."), field="kind", kind=done.kind[:40])
    _check_number("litres_per_minute", done.litres_per_minute, 0, MOST_LITRES)
    if done.micrograms is not None and not 0 < done.micrograms <= MOST_MICROGRAMS:
        raise Refused(N_("A dose is more than 0 and at most 100 mg."), field="milligrams")
    _check_word("device", done.device, devices)
    _check_word("route", done.route, ROUTES)
    _check_word("word", done.word, STEP_WORDS.get(done.kind, ()))


def check_vitals(measured: Measured, at: datetime) -> None:
    """Refuse what no body and no instrument can show, and a set that says nothing."""
    check_not_ahead(measured.happened_at, at)
    if not measures(measured):
        raise Refused(N_("Nothing was measured yet: give at least one value."), field="spo2")
    for wrong in impossible(measured):
        raise wrong
    if measured.sedation_score is not None:
        scores = SCALES.get(measured.sedation_scale or "", {})
        if measured.sedation_score not in scores:
            raise Refused(N_("That score is not on the scale."), field="sedation_score")


def impossible(measured: Measured) -> Iterator[Refused]:
    """Every number of a measurement that no body and no instrument can show."""
    for column, (low, high) in POSSIBLE.items():
        try:
            _check_number(column, getattr(measured, column), low, high)
        except Refused as wrong:
            yield wrong
    systolic, diastolic = measured.systolic, measured.diastolic
    if systolic is not None and diastolic is not None and systolic < diastolic:
        text = N_("Systolic is the higher of the two. Are they the wrong way round?")
        yield Refused(text, field="systolic")


def check_pathway(code: str) -> None:
    """Refuse a pathway that is not on the list."""
    _check_word("pathway", code, PATHWAYS)


def check_area(area: str) -> None:
    """Refuse an area that is not on the list."""
    _check_word("where", area, AREAS)


def check_plan(plan: str | None) -> None:
    """Refuse an aftercare plan that is not on the list."""
    _check_word("plan", plan, AFTERCARE_PLANS)


def is_gone(outcome: str | None) -> bool:
    """Whether an outcome, by its group, says that the person is no longer in the house."""
    return outcome in GONE


def check_duty(duty: str) -> None:
    """Refuse a duty that is not on the list."""
    _check_word("duty", duty, DUTIES)


def check_note(words: str) -> None:
    """Refuse a note without words."""
    if not words.strip():
        raise Refused(N_("Write a few words first."), field="note")


def check_open_for_closing(case: Case) -> None:
    """Somebody else may just have closed it."""
    if case.closed:
        raise Conflict(N_("%(ref)s is already closed; amend the closing instead."), ref=case.ref)


def check_may_change(case: Case, own: bool, any_entry: bool) -> None:
    """While it runs, all who work on it may correct it; afterwards each their own, and a lead everything."""
    if not (own or any_entry or state_of(case) in ("open", "observed")):
        raise Forbidden(N_("This response is closed. The one who made the entry, or a lead, can change it."))


def advice(done: Done, case: Case, intervals: Mapping[str, int]) -> Iterator[Advice]:
    """What is odd about a step of a case; never a reason not to record it."""
    if done.happened_at < case.recognised_at:
        yield Advice(N_("before it was recognised"))
    if case.closed and done.happened_at > case.closed.happened_at:
        yield Advice(N_("after the response was closed"))
    if done.kind == "naloxone":
        yield from _dose_advice(done, case, intervals)
    low, high = USUAL_LITRES.get(done.device or "", (0, MOST_LITRES))
    litres = done.litres_per_minute
    if litres is not None and not low <= litres <= high:
        yield Advice(N_("usual is %(low)s to %(high)s L/min"), {"low": low, "high": high})
    if done.kind == "ems_arrived" and not case.first("ems_called"):
        yield Advice(N_("no call was entered"))


def vitals_advice(measured: Measured) -> Iterator[Advice]:
    """What is odd about a measurement; never a reason not to record it."""
    tenths = measured.glucose_tenths
    if tenths is not None and tenths > MOST_SHOWN_GLUCOSE_TENTHS:
        values = {"typed": f"{tenths / 10:g}", "mmol": f"{tenths / 10 / MG_PER_DL_IN_MMOL:.1f}"}
        text = N_("no meter shows %(typed)s mmol/L; if it was %(typed)s mg/dL, amend it to %(mmol)s")
        yield Advice(text, values)


def _dose_advice(done: Done, case: Case, intervals: Mapping[str, int]) -> Iterator[Advice]:
    earlier = [dose for dose in case.all("naloxone") if _order(dose) < _order(done)]
    if earlier:
        seconds = intervals.get(earlier[-1].route or "", USUAL_INTERVAL_SECONDS)
        gap = int((done.happened_at - earlier[-1].happened_at).total_seconds())
        if gap < seconds:
            words = {"gap": _clock(gap), "interval": _clock(seconds)}
            yield Advice(N_("%(gap)s after the last, interval %(interval)s"), words)
    if done.micrograms is None:
        yield Advice(N_("the amount is not said"))
    if (done.micrograms or 0) > LARGE_DOSE_MICROGRAMS:
        yield Advice(N_("a large dose"))
    if not case.first("oxygen", "bag_breaths", "mask_breaths", "oxygen_not_needed"):
        yield Advice(N_("oxygen and breaths come first"))


def _order(done: Done) -> tuple[datetime, int]:
    return done.happened_at, done.seq


def _clock(seconds: int) -> str:
    return f"{seconds // 60}:{seconds % 60:02}"


def _check_number(name: str, value: int | None, low: int, high: int) -> None:
    if value is not None and not low <= value <= high:
        # Tenths are typed and read as decimals.
        parts = 10 if name.endswith("_tenths") else 1
        limits = {"low": f"{low / parts:g}", "high": f"{high / parts:g}"}
        raise Refused(N_("Between %(low)s and %(high)s, please."), field=name, **limits)


def _check_word(name: str, value: str | None, known: Collection[str]) -> None:
    if value is not None and value not in known:
        raise Refused(N_("“%(code)s” is not on this list."), field=name, code=value[:40])
