"""The directory a new site starts with; invented agencies, to be replaced by the site's own."""

from typing import Any


def _service(
    code: str,
    name: str,
    kind: str,
    agency: str,
    opening: str,
    availability: str,
    tone: str = "ask",
    on_site: bool = False,
    **more: Any,
) -> dict[str, Any]:
    words = {"code": code, "name": name, "kind": kind, "agency": agency, "opening": opening}
    return words | {"availability": availability, "tone": tone, "on_site": on_site, **more}


# An on-site service is offered from the same list, but is not a referral and is not counted as one.
SERVICES = [
    _service("methadone", "Methadone", "oat", "Bayview", "Mon–Sat 8–16", "next Wed 9:00"),
    _service("buprenorphine", "Buprenorphine", "oat", "Bayview", "Mon–Sat 8–16", "today", "open"),
    _service("detox", "Detox", "withdrawal", "Lakeside", "24 h", "2 of 12 beds", "open"),
    _service(
        "rehab_bed",
        "Rehab bed",
        "rehab",
        "Stonebridge",
        "weekdays 9–16",
        "list, about 3 weeks",
        "wait",
        eligibility="after withdrawal management",
    ),
    _service(
        "scholarship",
        "Rehab scholarship",
        "scholarship",
        "Two Rivers Fund",
        "weekdays 9–16",
        "ask",
        "open",
        sponsor="Two Rivers Fund",
        seats=3,
        eligibility="13 weeks of residential rehab; no fee; apply by 30 Nov",
    ),
    _service("housing", "Housing", "housing", "Northgate intake", "weekdays", "call first"),
    _service(
        "job_training",
        "Job training",
        "employment",
        "Kitchen course",
        "weekdays 9–13",
        "4 seats from 1 Dec",
        "open",
    ),
    _service("mental_health", "Mental health", "mental_health", "Crisis team", "24 h", "now", "open"),
    _service("primary_care", "Primary care", "primary_care", "Street clinic", "Wed 13–16", "tomorrow"),
    _service("dental", "Dental", "dental", "Harbour clinic", "Tue, Fri", "call first"),
    _service("legal", "Legal aid", "legal", "Duty counsel", "Mon 13–16", "call first"),
    _service("income", "Income support", "income", "Benefits desk", "weekdays 9–15", "today", "open"),
    _service(
        "wound_care", "Wound care", "primary_care", "On site", "while we are open", "here", "open", True
    ),
    _service(
        "testing",
        "HIV / HCV testing",
        "specialist",
        "On site",
        "while we are open",
        "here, 20 min",
        "open",
        True,
    ),
    _service("support_group", "Support group", "recovery_community", "Peers", "Tue 19:00", "open", "open"),
]
