"""What is counted in a report and corrected later makes that report be looked at again, whatever it is."""

from sitelog.reports import corrections
from sitelog.reports.catalog import REPORTS
from sitelog.reports.measures import LATE_ENTRIES
from sitelog.shifts import corrected
from sitelog.tally import collect
from tests.house.kinds import AMENDED, STRUCK, correcting, kinds

# What the same packages enter and nothing counts.
NOT_COUNTED = {
    "directory": "which services there are; a referral is counted as it was made",
    "group": "that one is planned; who came to it is a service",
    "site": "settings, which hold from a day on and never change one that is over",
}


def counted() -> set[str]:
    """The packages of the measures that any report prints."""
    shown = {code for report in REPORTS.values() for code in report.measures()}
    rooms = (*collect.SOURCES, *collect.LASTING)
    owners = {measure.code: room.__name__.split(".")[1] for room in rooms for measure in room.MEASURES}
    return {owners[code] for code in shown - {LATE_ENTRIES.code}}


def nouns(packages: set[str]) -> set[str]:
    return {kind.partition(".")[0] for kind, package in kinds().items() if package in packages}


def test_an_entry_about_anything_a_report_counts_touches_the_day_it_happened() -> None:
    assert nouns(counted()) == set(corrections.NOUNS) | NOT_COUNTED.keys()
    assert not NOT_COUNTED.keys() & set(corrections.NOUNS)


def test_an_entry_about_anything_a_summary_counts_has_the_signed_shift_looked_at_again() -> None:
    sources = {room.__name__.split(".")[1] for room in (*collect.SOURCES, *collect.LASTING)}
    summed = nouns(sources) - NOT_COUNTED.keys()
    others = {kind.partition(".")[0] for kind in kinds()} - summed
    assert set(corrected.NOT_COUNTED) == others, (
        "NOT_COUNTED of shifts/corrected.py: the nouns no summary counts"
    )


def test_the_exceptions_are_among_what_is_looked_at() -> None:
    assert {*corrections.UNTOLD, *corrections.LASTING} <= set(corrections.NOUNS)


def test_what_a_package_can_strike_or_amend_is_a_noun_of_its_own() -> None:
    packages = {kind.partition(".")[0]: package for kind, package in kinds().items()}
    assert {packages[noun] for noun in STRUCK} == correcting("strike")
    assert {packages[noun] for noun in AMENDED} == correcting("amend")
