"""The ladder as it looks at one moment: each rung's buttons, what was done, what runs, what waits. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sitelog.ground.words import N_
from sitelog.responses.ambulance import ambulance
from sitelog.responses.case import Case, Countdown, Done, countdown, flags, running
from sitelog.responses.pathways import NALOXONE_RUNGS, OXYGEN_RUNGS, PATHWAYS, RUNGS, Rung
from sitelog.responses.steps import KINDS
from sitelog.site.rules import Choice

# Column -> its button and its unit, for what a rung asks to measure.
MEASURES = {
    "temperature_tenths": (N_("Temp."), "°C…"),
    "pulse": (N_("Pulse"), N_("per min…")),
    "glucose_tenths": (N_("Glucose"), "mmol/L…"),
    "systolic": (N_("BP"), "mmHg…"),
    "pupils": (N_("Pupils"), N_("size…")),
}
_MORE = {"oxygen": (N_("Change"), N_("L/min…")), "naloxone": (N_("Other"), N_("mg, route…"))}


@dataclass(frozen=True)
class Small:
    """The second line of a button or rung: words, and an instant told as `at` (time after recognition),
    as `since` (running up) or as `until` (running down)."""

    text: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    way: str = ""
    instant: datetime | None = None


@dataclass(frozen=True)
class Button:
    """One button. `query` is what its tap says; `link` marks one that opens a form instead."""

    id: str
    kind: str
    label: str
    small: Small
    state: str = ""
    query: Mapping[str, Any] = field(default_factory=dict)
    link: bool = False


@dataclass(frozen=True)
class RungSeen:
    """One rung as it looks: its number, words, buttons, and whether something on it was done."""

    number: int
    code: str
    label: str
    small: Small
    done: bool
    oxygen: bool
    buttons: tuple[Button, ...]


@dataclass(frozen=True)
class _Scene:
    case: Case
    now: datetime
    devices: Sequence[Choice]
    doses: Sequence[Choice]
    on: Mapping[str, Done]
    wait: Countdown | None

    def last(self, kind: str) -> Done | None:
        return self.case.last(kind)


def ladder(
    case: Case,
    devices: Sequence[Choice],
    doses: Sequence[Choice],
    intervals: Mapping[str, int],
    now: datetime,
) -> list[RungSeen]:
    """The rungs of the case's pathway, in its order; `devices` and `doses` are the site's lists."""
    # What was left running when the response ended ran until then, and nobody waits for another dose.
    on, wait = ({}, None) if case.ended else (running(case), countdown(case, intervals))
    scene = _Scene(case, now, devices, doses, on, wait)
    rungs = (RUNGS[code] for code in PATHWAYS[case.pathway].rungs)
    return [_rung(n, rung, scene) for n, rung in enumerate(rungs, 1)]


def _rung(number: int, rung: Rung, scene: _Scene) -> RungSeen:
    buttons = tuple(button for option in rung.options for button in _buttons(option, scene))
    done = _done(rung, buttons, scene)
    oxygen = rung.code in OXYGEN_RUNGS
    return RungSeen(number, rung.code, rung.label, _rung_small(rung, scene), done, oxygen, buttons)


def _done(rung: Rung, buttons: Sequence[Button], scene: _Scene) -> bool:
    case = scene.case
    if rung.code in OXYGEN_RUNGS:
        return case.first("oxygen", "oxygen_not_needed") is not None
    if rung.code == "measure":
        return any(one.temperature_tenths is not None for one in case.vitals)
    if rung.code == "ems":
        return case.first("ems_called", "ems_left") is not None
    return any(button.state in ("did", "on") for button in buttons)


def _buttons(option: str, scene: _Scene) -> Iterator[Button]:
    if option == "devices":
        yield from (_device(device, scene) for device in scene.devices)
    elif option == "doses":
        yield from (_dose(dose, scene) for dose in scene.doses)
    elif option.startswith("more:"):
        kind = option.removeprefix("more:")
        yield Button(f"more-{kind}", kind, _MORE[kind][0], Small(_MORE[kind][1]), link=True)
    elif option.startswith("measure:"):
        yield _measure(option.removeprefix("measure:"), scene.case)
    else:
        yield _step(option, scene)


def _step(option: str, scene: _Scene) -> Button:
    code, _, word = option.partition(":")
    kind = KINDS[code]
    if word:
        last = next((s for s in reversed(scene.case.steps) if s.kind == code and s.word == word), None)
        return Button(
            f"{code}-{word}", code, N_("Not needed"), _did(last, N_("cancel")), _seen(last), {"word": word}
        )
    last, on = scene.last(code), scene.on.get(code)
    if on:
        return Button(code, code, kind.label, Small(N_("on"), way="since", instant=on.happened_at), "on")
    if code == "ems_called":
        return _call(scene, last)
    return Button(code, code, kind.label, _did(last, kind.small), _seen(last), link="word" in kind.carries)


def _call(scene: _Scene, last: Done | None) -> Button:
    if last is None and flags(scene.case):
        return Button("ems_called", "ems_called", N_("Call EMS"), Small(N_("a red flag is set")), "urge")
    label = N_("Call again") if last else N_("Call EMS")
    return Button("ems_called", "ems_called", label, Small(), "")


def _device(device: Choice, scene: _Scene) -> Button:
    on = scene.on.get("oxygen")
    litres = device.data.get("litres_per_minute")
    query = {"device": device.code, "litres_per_minute": litres}
    if on and on.device == device.code:
        flow = on.litres_per_minute if on.litres_per_minute is not None else "–"
        small = Small(N_("on · %(litres)s L"), {"litres": flow})
        return Button(f"oxygen-{device.code}", "oxygen", device.label, small, "on", query)
    small = Small(N_("%(litres)s L/min"), {"litres": litres}) if litres else Small()
    return Button(f"oxygen-{device.code}", "oxygen", device.label, small, "", query)


def _dose(dose: Choice, scene: _Scene) -> Button:
    query = {"micrograms": dose.data.get("micrograms"), "route": dose.data.get("route")}
    if scene.wait and scene.wait.until > scene.now:
        small, state = Small(N_("wait"), way="until", instant=scene.wait.until), "wait"
    else:
        small, state = Small(N_("interval over")) if scene.wait else Small(), ""
    return Button(f"naloxone-{dose.code}", "naloxone", dose.label, small, state, query)


def _measure(column: str, case: Case) -> Button:
    label, unit = MEASURES[column]
    found = [value for one in case.vitals if (value := getattr(one, column)) is not None]
    if found:
        shown = f"{found[-1] / 10:.1f}" if column.endswith("_tenths") else str(found[-1])
        small, state = Small(N_("%(value)s"), {"value": shown}), "did"
    else:
        small, state = Small(unit), "wait" if column == "temperature_tenths" else ""
    return Button(f"measure-{column}", "vitals", label, small, state, {"ask": column}, link=True)


def _did(last: Done | None, otherwise: str) -> Small:
    return Small(N_("✓"), way="at", instant=last.happened_at) if last else Small(otherwise)


def _seen(last: Done | None) -> str:
    return "did" if last else ""


def _rung_small(rung: Rung, scene: _Scene) -> Small:
    case = scene.case
    if rung.code in OXYGEN_RUNGS:
        return _oxygen_small(rung, case)
    if rung.code in NALOXONE_RUNGS and (last := case.last("naloxone")):
        count = len(case.all("naloxone"))
        text = N_("1 dose ·") if count == 1 else N_("%(n)s doses ·")
        return Small(text, {"n": count}, _clock(case), last.happened_at)
    if rung.code == "ems" and (small := _ems_small(case)):
        return small
    return _usual_small(rung, scene)


def _oxygen_small(rung: Rung, case: Case) -> Small:
    if first := case.first("oxygen"):
        return Small(N_("first at"), way="at", instant=first.happened_at)
    return Small(N_("not needed") if case.first("oxygen_not_needed") else rung.calm)


def _ems_small(case: Case) -> Small | None:
    ems = ambulance(case)
    if ems.left:
        return Small(N_("ended"), way="at", instant=ems.left.happened_at)
    for last, text in ((ems.here, N_("here ·")), (ems.called, N_("called ·"))):
        if last:
            return Small(text, way=_clock(case), instant=last.happened_at)
    return None


def _clock(case: Case) -> str:
    return "at" if case.ended else "since"


def _usual_small(rung: Rung, scene: _Scene) -> Small:
    kinds = [option.partition(":")[0] for option in rung.options]
    on = [scene.on[kind] for kind in kinds if kind in scene.on]
    if on:
        return Small(N_("since"), way="at", instant=on[0].happened_at)
    first = scene.case.first(*kinds)
    if first:
        return Small(N_("done"), way="at", instant=first.happened_at)
    if rung.code == "measure" and any(one.temperature_tenths is not None for one in scene.case.vitals):
        return Small(N_("temperature taken"))
    return Small(rung.calm)
