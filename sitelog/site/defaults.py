"""Starter lists, limits and policies of a new site; everything here is changed in Settings, not in code.

Clinical values are starting points for the site's medical lead, not a protocol.
"""

from collections.abc import Mapping
from typing import Any

from sitelog.ground.words import N_

PLACES: list[dict[str, Any]] = [
    *(
        {
            "code": str(n),
            "label": f"Booth {n}",
            "kind": "injection",
            "room": "injection",
            "limit_minutes": 25,
            "check_minutes": 5,
            "routes": ["inject", "snort", "swallow", "other"],
        }
        for n in range(1, 9)
    ),
    *(
        {
            "code": letter,
            "label": f"Inhalation {letter}",
            "kind": "inhalation",
            "room": "inhalation",
            "limit_minutes": 10,
            "check_minutes": 5,
            "routes": ["smoke"],
        }
        for letter in "XYZ"
    ),
]


def _word(code: str, label: str, group: str = "", key: str = "", **data: Any) -> dict[str, Any]:
    return {"code": code, "label": label, "group": group, "key": key, "data": data}


# `group` is the coarse class of published reports; `table` the row of the daily report's table.
SUBSTANCES = [
    _word("down", N_("Down"), "opioid", "1", table="opioids"),
    _word("crystal", N_("Crystal"), "stimulant", "2", table="methamphetamine"),
    _word("crack", N_("Crack"), "stimulant", "3", table="cocaine"),
    _word("cocaine", N_("Cocaine"), "stimulant", "4", table="cocaine"),
    _word("heroin", N_("Heroin"), "opioid", "5", table="opioids"),
    _word("hydromorphone", N_("Dilaudid"), "opioid", "6", table="opioids"),
    _word("benzodiazepine", N_("Benzos"), "other", "7", table="benzodiazepines"),
    _word("not_said", N_("Not said"), "other", "8", table="not_recorded"),
    _word("morphine", N_("Morphine"), "opioid", table="opioids"),
    _word("oxycodone", N_("Oxycodone"), "opioid", table="opioids"),
    _word("methadone", N_("Methadone"), "opioid", table="opioids"),
    _word("methylphenidate", N_("Ritalin"), "stimulant", table="other"),
    _word("mdma", N_("MDMA"), "stimulant", table="other"),
    _word("ketamine", N_("Ketamine"), "other", table="other"),
    _word("ghb", N_("GHB"), "other", table="other"),
    _word("other", N_("Other"), "other", table="other"),
]
ROUTES = [
    _word("inject", N_("Inject"), "injected", "I"),
    _word("smoke", N_("Smoke"), "inhaled", "M"),
    _word("snort", N_("Snort"), "other", "O"),
    _word("swallow", N_("Swallow"), "other", "W"),
    _word("other", N_("Other way"), "other"),
]
HELP_REASONS = [
    _word("knowledge", N_("Does not know how")),
    _word("physical", N_("Physical limitation")),
    _word("other", N_("Other reason")),
]
LOOKS = [
    _word("well", N_("looks well, talking")),
    _word("drowsy", N_("drowsy, rouses to voice")),
    _word("agitated", N_("agitated")),
    _word("asleep", N_("asleep, breathing fine")),
]
LEFT_REASONS = [
    _word("wait", N_("would not wait")),
    _word("changed_mind", N_("changed their mind")),
    _word("no_fitting_place", N_("no fitting place")),
    _word("not_said", N_("not said")),
]
OUT_REASONS = [
    _word("cleaning", N_("Cleaning")),
    _word("sharps_bin", N_("Sharps bin")),
    _word("ventilation", N_("Ventilation")),
    _word("broken", N_("Broken")),
    _word("staffing", N_("Not enough staff")),
    _word("other", N_("Other")),
]
WHERE_ELSE = [
    _word("private", N_("private place")),
    _word("public", N_("public place")),
    _word("semi_public", N_("semi-public place")),
    _word("not_said", N_("not said")),
]
OXYGEN_DEVICES = [
    _word("non_rebreather", N_("NRB mask"), litres_per_minute=15),
    _word("bag_valve_mask", N_("BVM"), litres_per_minute=15),
    _word("simple_mask", N_("Simple"), litres_per_minute=10),
    _word("nasal_cannula", N_("Nasal"), litres_per_minute=4),
]
NALOXONE_DOSES = [
    _word("im_0_4", N_("0.4 mg IM"), micrograms=400, route="intramuscular"),
    _word("im_0_8", N_("0.8 mg IM"), micrograms=800, route="intramuscular"),
    _word("nasal_4", N_("4 mg nasal"), micrograms=4000, route="intranasal"),
]
OUTCOMES = [
    _word("recovered", N_("Recovered in the site"), "recovered"),
    _word("declined_ems", N_("Recovered, declined EMS"), "recovered"),
    _word("treated_by_ems", N_("Treated by EMS in the site"), "treated"),
    _word("transported", N_("Transported to hospital"), "transported"),
    _word("left", N_("Left before assessed"), "left"),
    _word("death", N_("Death"), "death"),
    _word("unknown", N_("Unknown"), "unknown"),
]
REFERRAL_KINDS = [
    _word("oat", N_("Opioid agonist treatment"), "treatment"),
    _word("withdrawal", N_("Withdrawal management"), "treatment"),
    _word("rehab", N_("Residential rehab"), "treatment"),
    _word("scholarship", N_("Rehab scholarship"), "treatment"),
    _word("housing", N_("Housing"), "social"),
    _word("employment", N_("Job training and placement"), "social"),
    _word("mental_health", N_("Mental health"), "health"),
    _word("primary_care", N_("Primary care"), "health"),
    _word("specialist", N_("Specialist or BBV treatment"), "health"),
    _word("dental", N_("Dental"), "health"),
    _word("legal", N_("Legal"), "social"),
    _word("income", N_("Income"), "social"),
    _word("recovery_community", N_("Peer and community recovery"), "social"),
    _word("activities", N_("Therapeutic activities"), "social"),
    _word("other", N_("Other"), "social"),
]
WORDS = {
    "substance": SUBSTANCES,
    "route": ROUTES,
    "help_reason": HELP_REASONS,
    "looks": LOOKS,
    "left_reason": LEFT_REASONS,
    "out_reason": OUT_REASONS,
    "where_else": WHERE_ELSE,
    "oxygen_device": OXYGEN_DEVICES,
    "naloxone_dose": NALOXONE_DOSES,
    "outcome": OUTCOMES,
    "referral_kind": REFERRAL_KINDS,
}
LIMITS = {
    "wait_minutes": 12,
    "aftercare_minutes": 15,
    "aftercare_check_minutes": 10,
    "aftercare_after_response_minutes": 60,
    "dose_interval_seconds.intramuscular": 180,
    "dose_interval_seconds.intranasal": 180,
    "undo_seconds": 120,
    "idle_lock_seconds": 240,
}
POLICIES: dict[str, Any] = {
    # Optional questions at arrival, each asked only where the site says so.
    "ask_where_else": False,
    "ask_alone": False,
    "ask_last_use": False,
    "sedation_scale": "avpu",
    # Who reads published reports, and by which preset of small-number policy each is protected.
    "audiences": {"funder": "partner"},
}
BANDS = [
    {"code": "early", "label": N_("Early 04:00–06:59"), "starts": "04:00"},
    {"code": "morning", "label": N_("Morning 07:00–11:59"), "starts": "07:00"},
    {"code": "afternoon", "label": N_("Afternoon 12:00–16:59"), "starts": "12:00"},
    {"code": "evening", "label": N_("Evening 17:00–21:59"), "starts": "17:00"},
    {"code": "overnight", "label": N_("Overnight 22:00–03:59"), "starts": "22:00"},
]


def starter(name: str, zone: str, day_starts: str = "04:00", grace_minutes: int = 300) -> Mapping[str, Any]:
    """Everything a new site is configured with; grace is how long after the day a report is owed."""
    profile = {"name": name, "zone": zone, "day_starts": day_starts, "grace_minutes": grace_minutes}
    return {
        "profile": profile,
        "places": PLACES,
        "words": WORDS,
        "limits": LIMITS,
        "policies": POLICIES,
        "bands": BANDS,
    }
