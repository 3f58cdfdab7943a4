"""Starter lists, limits and policies of a new site; everything here is changed in Settings, not in code.

Clinical values are starting points for the site's medical lead, not a protocol. A list nobody has set yet at
a site is the one that stands here, so that a newer version brings its new lists along.
"""

from collections.abc import Mapping
from typing import Any

from sitelog.ground.words import N_
from sitelog.site.defaults import incidents, people, services, shifts, supplies, words

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
WORDS: dict[str, list[dict[str, Any]]] = {
    "substance": words.SUBSTANCES,
    "route": words.ROUTES,
    "help_reason": words.HELP_REASONS,
    "looks": words.LOOKS,
    "left_reason": words.LEFT_REASONS,
    "out_reason": words.OUT_REASONS,
    "where_else": words.WHERE_ELSE,
    "oxygen_device": words.OXYGEN_DEVICES,
    "naloxone_dose": words.NALOXONE_DOSES,
    "outcome": words.OUTCOMES,
    "referral_kind": words.REFERRAL_KINDS,
    **people.WORDS,
    **services.WORDS,
    **shifts.WORDS,
    **incidents.WORDS,
    **supplies.WORDS,
}
SHIFT_TIMES = shifts.SHIFT_TIMES
LIMITS = {
    "wait_minutes": 12,
    "aftercare_minutes": 15,
    "aftercare_check_minutes": 10,
    "aftercare_after_response_minutes": 60,
    "aftercare_after_response_check_minutes": 10,
    "dose_interval_seconds.intramuscular": 180,
    "dose_interval_seconds.intranasal": 180,
    "undo_seconds": 120,
    "idle_lock_seconds": 240,
    **incidents.LIMITS,
    **supplies.LIMITS,
}
POLICIES: dict[str, Any] = {
    # Optional questions at arrival, each asked only where the site says so.
    "ask_where_else": False,
    "ask_alone": False,
    "ask_last_use": False,
    "sedation_scale": "avpu",
    # A code beside the handle: "none", "free" (any words) or "ontario" (4 letters, birth year, gender).
    "person_code": "none",
    # Who reads published reports, and by which preset of small-number policy each is protected.
    "audiences": {"funder": "partner"},
    # No audience is shown a smaller group than this, whatever its own preset allows.
    "least_k": 0,
    # The ages at which the age bands of reports begin, after the youngest.
    "ages": [30, 50],
    # Letters moved to another key; languages offered, the site's own first (none: as the machine is set up).
    "keys": {},
    "languages": [],
    # The jurisdiction whose preset the site started from.
    "jurisdiction": "",
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
        "shift_times": SHIFT_TIMES,
    }
