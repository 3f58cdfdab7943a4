"""Every measure a report can show: what the features count, and what only a report knows of itself."""

from sitelog.ground.facts import Measure
from sitelog.ground.words import N_
from sitelog.tally import collect

LATE_ENTRIES = Measure(
    "late_entries",
    N_("Entries made late"),
    N_("Entries about what happened in the period that were made after it had ended, incidents apart."),
)
MEASURES: dict[str, Measure] = {
    **collect.MEASURES,
    **{measure.code: measure for room in collect.LASTING for measure in room.MEASURES},
    LATE_ENTRIES.code: LATE_ENTRIES,
}
