"""What on-site services count: services by kind, people in groups, tests, results given, strips."""

from collections.abc import Iterator

from sitelog.ground.days import Window
from sitelog.ground.facts import Fact, Grain, Measure
from sitelog.ground.words import N_
from sitelog.services import queries

MEASURES: tuple[Measure, ...] = (
    Measure(
        "on_site_services",
        N_("On-site services"),
        N_("Services given at the site itself, by kind; referrals are counted apart."),
    ),
    Measure(
        "group_attendances",
        N_("People attending groups"),
        N_("People counted in each group; somebody who comes to two groups counts twice."),
    ),
    Measure("tests_done", N_("Tests done"), N_("HIV, HCV and STI tests done, whatever they showed.")),
    Measure(
        "test_results_given",
        N_("Test results given"),
        N_("Tests whose result the person was given; the result itself is not recorded."),
    ),
    Measure(
        "strip_results",
        N_("Drug checking strips"),
        N_("Strips used in drug checks, by kind of strip and whether positive, negative or invalid."),
    ),
)


def unrecorded(window: Window) -> frozenset[str]:
    """Every measure of a site that had not begun to enter its services when the window ended."""
    return frozenset() if queries.any_before(window.end) else frozenset(m.code for m in MEASURES)


def facts(window: Window, grain: Grain) -> Iterator[Fact]:
    """One fact per service, and one for each further thing counted of it."""
    tests = queries.tests()
    for shown in queries.given(window):
        row, at = shown.given, shown.given.happened_at
        yield grain.fact("on_site_services", at, {"service": row.kind})
        if row.attending:
            yield grain.fact("group_attendances", at, {"service": row.kind}, amount=row.attending)
        if row.kind in tests:
            yield grain.fact("tests_done", at)
        if row.result_given:
            yield grain.fact("test_results_given", at)
        for strip, result in shown.strips.items():
            yield grain.fact("strip_results", at, {"strip": strip, "strip_result": result})
