"""How Settings asks for each limit: its words, its unit and between what it may lie.

A limit that is not named here shows all the same, with its name in words.
"""

from sitelog.ground.words import N_
from sitelog.site.columns import Column


def _limit(name: str, label: str, low: int, high: int, hint: str = "") -> Column:
    return Column(name, label, "number", low, high, needed=True, hint=hint)


BOUNDS = {
    column.name: column
    for column in (
        _limit("wait_minutes", N_("Waiting is long after, min"), 1, 240),
        _limit("aftercare_minutes", N_("Aftercare, min"), 1, 240),
        _limit("aftercare_check_minutes", N_("Check in aftercare every, min"), 1, 120),
        _limit("aftercare_after_response_minutes", N_("Aftercare after a response, min"), 1, 600),
        _limit("aftercare_after_response_check_minutes", N_("Check after a response every, min"), 1, 120),
        _limit(
            "dose_interval_seconds.intramuscular",
            N_("Between naloxone doses, into a muscle, s"),
            30,
            1200,
            N_("A dose that is sooner is warned of, never refused."),
        ),
        _limit("dose_interval_seconds.intranasal", N_("Between naloxone doses, nasal, s"), 30, 1200),
        _limit("undo_seconds", N_("An entry can be undone for, s"), 10, 600),
        _limit("idle_lock_seconds", N_("The desk locks itself after, s"), 30, 3600),
        _limit("syringes_per_kilogram", N_("Syringes in a kilogram returned"), 50, 2000),
        _limit("expiry_warning_days", N_("Warn before stock expires, days"), 1, 365),
        _limit("oxygen_warning_percent", N_("Warn when oxygen is at, %"), 1, 90),
    )
}
