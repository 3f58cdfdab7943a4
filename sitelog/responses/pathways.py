"""The pathways: which rungs each shows, in what order, and what each asks for before closing. Pure."""

from collections.abc import Collection
from dataclasses import dataclass, field

from sitelog.ground.words import N_


@dataclass(frozen=True)
class Rung:
    """One row of buttons.

    `options` are kinds of steps, "measure:<column>" for something to measure, or the site's own lists
    "devices" and "doses". `calm` is its small line while nothing has been done.
    """

    code: str
    label: str
    options: tuple[str, ...]
    calm: str = ""


_RUNGS = (
    Rung("stimulate", N_("Stimulate"), ("voice", "sternal_rub", "responds")),
    Rung("airway", N_("Airway"), ("head_tilt", "jaw_thrust", "adjunct", "suction", "recovery_position")),
    Rung("oxygen", N_("Oxygen"), ("devices", "more:oxygen"), N_("first of all")),
    Rung("breaths", N_("Breaths"), ("bag_breaths", "mask_breaths", "breathing_alone")),
    Rung("naloxone", N_("Naloxone"), ("doses", "more:naloxone"), N_("none given")),
    Rung("ems", N_("EMS"), ("ems_called", "ems_arrived", "ems_left:not_needed"), N_("not called")),
    Rung("heart", N_("AED / CPR"), ("cpr", "cpr_stopped", "aed", "shock"), N_("not needed yet")),
    Rung(
        "signs",
        N_("Signs"),
        ("seizure", "chest_pain", "allergy", "measure:glucose_tenths"),
        N_("none so far"),
    ),
    Rung(
        "count",
        N_("Count breaths"),
        ("breathing_well", "breathing_slow", "bag_breaths", "breathing_alone"),
        N_("not waking"),
    ),
    Rung("side", N_("Side position"), ("recovery_position", "head_tilt", "adjunct", "suction")),
    Rung(
        "check",
        N_("Check"),
        ("measure:glucose_tenths", "head_check", "measure:pupils", "responds"),
        N_("sugar, head"),
    ),
    Rung(
        "careful_naloxone",
        N_("Naloxone"),
        ("doses", "more:naloxone"),
        N_("breathing well? more may not help"),
    ),
    Rung("calm", N_("Calm"), ("quiet_corner", "one_voice", "others_out", "sit_not_held")),
    Rung("cool", N_("Cool"), ("wet_cloths", "fan", "loosen", "sips")),
    Rung(
        "oxygen_if_needed",
        N_("Oxygen"),
        ("devices", "oxygen_not_needed"),
        N_("if SpO₂ is low"),
    ),
    Rung(
        "measure",
        N_("Measure"),
        ("measure:temperature_tenths", "measure:pulse", "measure:glucose_tenths", "measure:systolic"),
        N_("temperature missing"),
    ),
    Rung("seizure", N_("Seizure"), ("seizure", "seizure_ended", "recovery_position"), N_("none so far")),
)
RUNGS: dict[str, Rung] = {rung.code: rung for rung in _RUNGS}
OXYGEN_RUNGS = ("oxygen", "oxygen_if_needed")
NALOXONE_RUNGS = ("naloxone", "careful_naloxone")

# What the closing checklist may ask for; each pathway names its own (DOMAIN 3).
CHECKS = {
    "place": N_("Place"),
    "oxygen": N_("First O₂"),
    "signs": N_("Signs"),
    "temperature": N_("Temperature"),
    "outcome": N_("Outcome"),
    "ems_end": N_("EMS end"),
    "last_vitals": N_("Last vitals"),
    "plan": N_("Aftercare plan"),
}
DUTIES = ("lead", "hands", "door", "room")
_DUTIES = (N_("Lead, airway"), N_("Naloxone"), N_("EMS, door"), N_("Room, others"))
_USUAL = ("place", "oxygen", "signs", "outcome", "ems_end", "last_vitals", "plan")
_BREATHING = ("stimulate", "airway", "oxygen", "breaths", "naloxone")
_LAST = ("ems", "heart")


@dataclass(frozen=True)
class Pathway:
    """A way of responding. Rungs stand in the order they are to be thought of."""

    code: str
    label: str
    hint: str
    rungs: tuple[str, ...]
    checks: tuple[str, ...] = _USUAL
    duties: dict[str, str] = field(default_factory=lambda: dict(zip(DUTIES, _DUTIES, strict=True)))
    flags: bool = False


_PATHWAYS = (
    Pathway("opioid", N_("Opioid"), N_("breathing first"), (*_BREATHING, *_LAST)),
    Pathway(
        "prolonged_sedation",
        N_("Long sedation"),
        N_("breaths, not waking"),
        ("count", "side", "oxygen", "check", "careful_naloxone", *_LAST),
    ),
    Pathway(
        "stimulant",
        N_("Stimulant"),
        N_("cool, calm, call"),
        ("calm", "cool", "oxygen_if_needed", "measure", "seizure", *_LAST),
        ("place", "temperature", "signs", "outcome", "ems_end", "plan"),
        dict(zip(DUTIES, (N_("Lead, voice"), N_("Measure"), N_("Door"), N_("Room, others")), strict=True)),
        flags=True,
    ),
    Pathway(
        "mixed",
        N_("Mixed"),
        N_("breathing, then cool"),
        (*_BREATHING, "cool", *_LAST),
        (*_USUAL, "temperature"),
    ),
    Pathway("unknown", N_("Unknown"), N_("breathing first"), (*_BREATHING, "signs", *_LAST)),
    Pathway("other_medical", N_("Other medical"), N_("seizure, chest pain"), (*_BREATHING, "signs", *_LAST)),
)
PATHWAYS: dict[str, Pathway] = {pathway.code: pathway for pathway in _PATHWAYS}
# The switch shows these side by side and keeps the others under the last of its buttons.
IN_FRONT = ("opioid", "prolonged_sedation", "stimulant")
BEHIND = ("mixed", "unknown", "other_medical")


def suggested(classes: Collection[str]) -> str:
    """The pathway to show until somebody says one, from the classes of what was declared."""
    known = set(classes) & {"opioid", "stimulant"}
    if len(known) == 2:
        return "mixed"
    return known.pop() if known else "unknown"
