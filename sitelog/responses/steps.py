"""Everything that can be done in a response, as tables: a new kind of step is one line here. Pure."""

from dataclasses import dataclass

from sitelog.ground.words import N_


@dataclass(frozen=True)
class StepKind:
    """One thing that is done or seen.

    `label` is on its button, `small` below it; `said` is the timeline's sentence, filled from what the step
    carries; `past` is the trail's verb. A `running` kind goes on until a kind that `ends` it. `carries` names
    the columns a step of this kind may fill; `tier` is what having done it makes of the response.
    """

    code: str
    label: str
    said: str
    past: str
    small: str = ""
    running: bool = False
    ends: tuple[str, ...] = ()
    carries: tuple[str, ...] = ()
    tier: int = 1


_KINDS = (
    # Stimulate.
    StepKind("voice", N_("Voice"), N_("Voice"), "stimulated"),
    StepKind("sternal_rub", N_("Sternal rub"), N_("Sternal rub"), "stimulated"),
    StepKind("responds", N_("Responds"), N_("Responds"), "reaction_seen", small=N_("now")),
    # Airway.
    StepKind("head_tilt", N_("Head tilt"), N_("Head tilt"), "airway_opened"),
    StepKind("jaw_thrust", N_("Jaw thrust"), N_("Jaw thrust"), "airway_opened"),
    StepKind(
        "adjunct",
        N_("OPA / NPA"),
        N_("Airway adjunct %(word)s"),
        "airway_opened",
        N_("kind…"),
        carries=("word",),
    ),
    StepKind("suction", N_("Suction"), N_("Suction"), "airway_opened"),
    StepKind(
        "recovery_position", N_("Recovery"), N_("Recovery position"), "person_positioned", N_("position")
    ),
    # Oxygen.
    StepKind(
        "oxygen",
        N_("Oxygen"),
        N_("O₂ %(device)s %(litres)s"),
        "oxygen_given",
        running=True,
        carries=("device", "litres_per_minute"),
        tier=2,
    ),
    StepKind("oxygen_stopped", N_("O₂ off"), N_("Oxygen off"), "oxygen_stopped", ends=("oxygen",)),
    StepKind("oxygen_not_needed", N_("Not needed"), N_("Oxygen not needed"), "oxygen_judged"),
    # Breaths.
    StepKind(
        "bag_breaths",
        N_("Bag, 1 / 5 s"),
        N_("Bagging, 1 per 5 s"),
        "breathing_assisted",
        running=True,
        ends=("mask_breaths",),
        tier=3,
    ),
    StepKind(
        "mask_breaths",
        N_("Pocket mask"),
        N_("Breaths by pocket mask"),
        "breathing_assisted",
        running=True,
        ends=("bag_breaths",),
        tier=3,
    ),
    StepKind(
        "breathing_alone",
        N_("Breathing alone"),
        N_("Breathing alone"),
        "breathing_seen",
        N_("stop bagging"),
        ends=("bag_breaths", "mask_breaths"),
    ),
    StepKind(
        "breathing_well", N_("Breathing well"), N_("Breathing well"), "breathing_seen", N_("12 or more")
    ),
    StepKind(
        "breathing_slow",
        N_("Slow, shallow"),
        N_("Breathing slow or shallow"),
        "breathing_seen",
        N_("under 10"),
    ),
    # Naloxone: staff's and the ambulance's are counted apart.
    StepKind(
        "naloxone",
        N_("Naloxone"),
        N_("Naloxone %(dose)s"),
        "naloxone_given",
        carries=("micrograms", "route"),
        tier=4,
    ),
    StepKind(
        "ems_naloxone",
        N_("EMS naloxone"),
        N_("EMS gave naloxone %(dose)s"),
        "ems_gave_naloxone",
        N_("kept apart"),
        carries=("micrograms", "route"),
    ),
    # Ambulance.
    StepKind("ems_called", N_("Call EMS"), N_("EMS called"), "ems_called"),
    StepKind("ems_arrived", N_("Arrived"), N_("EMS arrived"), "ems_arrived", N_("now")),
    StepKind(
        "ems_left",
        N_("The ambulance leaves"),
        N_("EMS: %(word)s"),
        "ems_left",
        N_("took / declined"),
        carries=("word",),
    ),
    # Heart.
    StepKind("cpr", N_("CPR start"), N_("CPR started"), "cpr_started", N_("no pulse"), running=True, tier=5),
    StepKind(
        "cpr_stopped", N_("CPR stop"), N_("CPR stopped"), "cpr_stopped", N_("pulse back"), ends=("cpr",)
    ),
    StepKind("aed", N_("AED on"), N_("AED on"), "aed_used"),
    StepKind("shock", N_("Shock"), N_("AED shock"), "aed_used", tier=5),
    # Stimulants: calm, cool, measure.
    StepKind("quiet_corner", N_("Quiet corner"), N_("Quiet corner"), "person_calmed"),
    StepKind("one_voice", N_("One voice"), N_("One voice"), "person_calmed"),
    StepKind("others_out", N_("Others out"), N_("Others out"), "person_calmed"),
    StepKind("sit_not_held", N_("Sit, not held"), N_("Sits, not held"), "person_calmed"),
    StepKind("wet_cloths", N_("Wet cloths"), N_("Wet cloths"), "person_cooled", running=True),
    StepKind("fan", N_("Fan, air"), N_("Fan, air"), "person_cooled", running=True),
    StepKind("loosen", N_("Loosen"), N_("Clothes loosened"), "person_cooled", N_("clothes")),
    StepKind("sips", N_("Sips"), N_("Sips of water"), "person_cooled", N_("water")),
    # What is seen, and may be a red flag.
    StepKind("seizure", N_("Seizure"), N_("Seizure"), "sign_seen", N_("started"), running=True),
    StepKind("seizure_ended", N_("Ended"), N_("Seizure ended"), "sign_seen", N_("now"), ends=("seizure",)),
    StepKind("chest_pain", N_("Chest pain"), N_("Chest pain"), "sign_seen"),
    StepKind("hot_dry_rigid", N_("Hot, dry, rigid"), N_("Hot, dry, rigid"), "sign_seen"),
    StepKind("collapse", N_("Collapse"), N_("Collapse"), "sign_seen"),
    StepKind("severe_headache", N_("Severe headache"), N_("Severe headache"), "sign_seen"),
    StepKind("pulse_high", N_("Pulse above limit"), N_("Pulse above limit"), "sign_seen"),
    StepKind("allergy", N_("Allergy"), N_("Allergic reaction"), "sign_seen", N_("rash, swelling")),
    StepKind("head_check", N_("Head check"), N_("Head checked for injury"), "sign_seen", N_("injury?")),
    # The end of the emergency: the person is watched in aftercare.
    StepKind("aftercare", N_("To aftercare"), N_("To aftercare"), "moved_to_aftercare"),
)
KINDS: dict[str, StepKind] = {kind.code: kind for kind in _KINDS}

# The two last steps have verbs of their own; everything else can be entered late from the list.
LATE_KINDS = tuple(code for code in KINDS if code != "aftercare")
DOSES = ("naloxone", "ems_naloxone")
BREATHS = ("bag_breaths", "mask_breaths")
# Doing one of these to a person who was already in aftercare means that the response runs again.
RESUMES = ("naloxone", *BREATHS, "cpr", "shock")
RED_FLAGS = ("chest_pain", "seizure", "hot_dry_rigid", "collapse", "severe_headache", "pulse_high")

ROUTES = {
    "intramuscular": N_("IM"),
    "intranasal": N_("nasal"),
    "subcutaneous": N_("SC"),
    "intravenous": N_("IV"),
}
ADJUNCTS = {"opa": N_("OPA"), "npa": N_("NPA")}
EMS_ENDS = {
    "transported": N_("took the person to hospital"),
    "treated": N_("treated here and left"),
    "declined": N_("person declined, EMS left"),
    "not_needed": N_("not needed"),
}
# What a `word` may be, for the kinds that carry one.
STEP_WORDS = {"adjunct": ADJUNCTS, "ems_left": EMS_ENDS}
OBSERVED_HERE = "observed_here"
AFTERCARE_PLANS = {
    OBSERVED_HERE: N_("observed here"),
    "with_ems": N_("went with EMS"),
    "with_someone": N_("left with someone who stays"),
    "left_alone": N_("left alone"),
    "declined": N_("declined"),
    "unknown": N_("unknown"),
}
AREAS = {
    "place": N_("Place"),
    "waiting": N_("Waiting"),
    "aftercare": N_("Aftercare"),
    "washroom": N_("Washroom"),
    "outside": N_("Outside"),
    # Said first, detailed later: the checklist asks for it.
    "elsewhere": N_("Elsewhere"),
}
PUPILS = {"pinpoint": N_("pinpoint"), "normal": N_("normal"), "wide": N_("wide"), "unequal": N_("unequal")}
SKIN = {
    "normal": N_("normal"),
    "pale": N_("pale"),
    "blue": N_("blue lips"),
    "flushed": N_("flushed, hot"),
    "sweating": N_("sweating"),
}
# Scale -> its scores, each with its name (DOMAIN 3: the site chooses; scale and value are stored).
SCALES: dict[str, dict[int, str]] = {
    "avpu": {0: N_("Alert"), 1: N_("Voice"), 2: N_("Pain"), 3: N_("None")},
    "gcs": {n: str(n) for n in range(15, 2, -1)},
    "poss": {0: N_("S"), **{n: str(n) for n in range(1, 5)}},
    "rass": {n: f"{n:+d}" if n else "0" for n in range(4, -6, -1)},
}
SCALE_NAMES = {"avpu": N_("AVPU"), "gcs": N_("GCS"), "poss": N_("POSS"), "rass": N_("RASS")}
