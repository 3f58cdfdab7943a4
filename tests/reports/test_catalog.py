"""What the reports show is data that agrees with what the features count and with the lists of the site."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from flask import Flask

import sitelog
from sitelog.disclosure import lines
from sitelog.ground.access import OPERATOR
from sitelog.ground.days import SiteCalendar
from sitelog.ground.errors import Refused
from sitelog.ground.facts import Band
from sitelog.incidents import facts as incidents
from sitelog.reports import actions, making, raw
from sitelog.reports.catalog import DAILY, REPORTS
from sitelog.reports.measures import MEASURES
from sitelog.reports.shape import Part, Report, checked
from sitelog.reports.tables import (
    ALSO,
    INCIDENT_CLASSES,
    INCIDENT_ROWS,
    PATHWAY_LABELS,
    ROUTE_LABELS,
    TIER_LABELS,
    domains,
)
from sitelog.responses.pathways import PATHWAYS
from sitelog.site import defaults
from sitelog.site.queries import book
from sitelog.store.transaction import transaction
from sitelog.tally.rollup import ALL, Line, Listing
from sitelog.trail import queries as trail
from sitelog.visits import actions as visits
from tests.factories import DOWN, said
from tests.reports.scene import MORNING, NEXT_MORNING, ON, busy_day, publish

ROOT = Path(sitelog.__file__).parent
KINDS_OF_REPORT = re.compile(r"\b(?:daily|weekly|monthly|quarterly|yearly)\b")
PERSON_FACTS = {"visitors", "age", "gender"}


def noon(n: int) -> datetime:
    """Noon of the n-th day after 1 November, at the site."""
    return datetime(2026, 11, 1, 17, tzinfo=UTC) + timedelta(days=n)


def showing(measure: str) -> tuple[Listing]:
    """A table that shows one measure."""
    return (Listing("also", "Also", "Kind", "Count", (Line("one", measure),)),)


BARE = replace(DAILY, parts=(Part("All", (("also",),)),), tables=(ALSO,), keys=(), rates=())
REFUSED = [
    ("a measure nobody counts", replace(BARE, tables=showing("moon_landings")), "no feature counts"),
    (
        "a figure without its definition",
        replace(BARE, defined=("late_entries",)),
        "no definition of naloxone",
    ),
    ("a definition of nothing", replace(BARE, defined=("moon_landings",)), "no feature counts"),
    ("ambulances by the day", replace(BARE, tables=showing("ems_calls")), "7 days or more"),
    ("what ambulances gave", replace(BARE, tables=showing("ems_naloxone_doses")), "7 days or more"),
    ("lines of a week", replace(DAILY, period=SiteCalendar.week), "people of one day"),
    ("a table without a place", replace(BARE, parts=()), "stands in one part"),
    ("a table in two places", replace(BARE, parts=(*BARE.parts, *BARE.parts)), "stands in one part"),
    ("a kind with a dash", replace(BARE, kind="by-day"), "a kind is"),
    ("a kind like another on some disks", replace(BARE, kind="Daily"), "a kind is"),
    ("the name of other jobs", replace(BARE, kind="corrections"), "name it otherwise"),
    (
        "a figure nobody prints",
        replace(BARE, keys=(replace(DAILY.keys[0], figure=("also", "moon", "count")),)),
        "figure",
    ),
    ("a figure of another table", replace(BARE, keys=(DAILY.keys[0],)), "figure"),
    ("a rate it has not", replace(DAILY, rates=()), "no rate responses_per_episodes"),
    ("a sentence with a gap", replace(BARE, sentence="of %(day)s"), "its sentence is told only"),
    ("a kind too long to keep", replace(BARE, kind="d" * 17), "a kind is"),
]


@pytest.mark.parametrize(("report", "words"), [one[1:] for one in REFUSED], ids=[one[0] for one in REFUSED])
def test_a_report_that_shows_what_it_may_not_is_refused(report: Report, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        checked(report, MEASURES)


def test_what_an_ambulance_did_is_shown_from_a_week_on() -> None:
    for period in (SiteCalendar.week, SiteCalendar.month):
        report = replace(BARE, period=period, tables=showing("ems_calls"), defined=("ems_calls",))
        assert checked(report, MEASURES) is report


def test_the_shortest_period_of_a_report_is_known() -> None:
    periods = (SiteCalendar.day, SiteCalendar.week, SiteCalendar.month)
    assert [replace(DAILY, period=period).days for period in periods] == [1, 7, 28]


def test_a_daily_shows_no_person_facts_but_ranges_of_incidents_and_no_ambulance_calls() -> None:
    shown = set(DAILY.measures())
    of_people = {code for code in shown if MEASURES[code].kind == "person"}
    assert of_people == {"incidents", "incidents_entered_late"}
    assert not shown & (PERSON_FACTS | {"ems_calls", "ems_naloxone_doses"})
    assert not {getattr(table, "dimension", "") for table in DAILY.tables} & {"age", "gender", "substance"}


def test_every_category_the_features_use_has_a_row(app: Flask) -> None:
    known = domains(book())
    assert list(PATHWAY_LABELS) == list(PATHWAYS)
    assert {choice.group for choice in book().choices("route", retired=True)} == set(ROUTE_LABELS)
    assert {choice.group for choice in book().choices("substance", retired=True)} == set(lines.CLASSES)
    assert list(TIER_LABELS) == ["1", "2", "3", "4", "5"]
    assert list(known["band"]) == [band["code"] for band in defaults.BANDS]


def test_every_class_of_incident_has_one_row_but_deaths_and_what_is_of_the_house() -> None:
    shown = [code for _, classes in INCIDENT_ROWS.values() for code in classes]
    assert sorted([*shown, incidents.DEATH, incidents.HOUSE]) == sorted(INCIDENT_CLASSES)


def test_no_words_promise_a_report_that_the_catalog_does_not_have() -> None:
    rooms = [path for name in ("reports", "disclosure", "help") for path in (ROOT / name).rglob("*.py")]
    named = {word for path in rooms for word in KINDS_OF_REPORT.findall(path.read_text(encoding="utf-8"))}
    assert named <= REPORTS.keys()


def test_every_key_figure_is_of_a_table_on_paper(app: Flask) -> None:
    for report in REPORTS.values():
        tables = {table.id for table in report.tables}
        assert {key.figure[0] for key in report.keys} <= tables
    assert DAILY.keys[0].figure[1] == ALL


@pytest.mark.parametrize(
    ("starts", "part"),
    [("04:00", "morning"), ("11:59", "morning"), ("12:00", "afternoon"), ("17:00", "evening"),
     ("22:00", "evening"), ("00:00", "evening"), ("03:00", "evening")],
)  # fmt: skip
def test_the_bands_of_the_day_fall_into_three_parts(starts: str, part: str) -> None:
    assert raw.parts_of_day([Band("x", "X", time.fromisoformat(starts))]) == {"x": part}


@pytest.mark.parametrize(
    ("on", "first", "last"),
    [("2026-11-17", "2026-07-01", "2026-09-30"), ("2026-01-01", "2025-10-01", "2025-12-31"),
     ("2026-03-31", "2025-10-01", "2025-12-31"), ("2026-04-01", "2026-01-01", "2026-03-31")],
)  # fmt: skip
def test_the_quarter_before_is_a_calendar_quarter(on: str, first: str, last: str) -> None:
    assert raw.quarter_before(date.fromisoformat(on)) == (date.fromisoformat(first), date.fromisoformat(last))


def test_a_site_in_its_first_quarter_has_no_usual_day(app: Flask) -> None:
    busy_day(4)
    assert raw.of_period(DAILY, ON, 1, book()).lines.usual_visitors is None  # type: ignore[union-attr]


def test_the_usual_day_is_that_of_the_quarter_before_closed_days_included(app: Flask) -> None:
    busy_day(6)  # on 17 November; the other days from the first of the month to the year's end have nobody
    with transaction():
        for n in range(60):
            visits.check_in(DOWN, **said(noon(n)))
    found = raw.of_period(DAILY, date(2027, 1, 5), 1, book()).lines
    assert found is not None and found.usual_visitors == 1.0


def test_the_first_link_of_an_instant_is_found_by_halving(app: Flask) -> None:
    busy_day(5)
    before = trail.last_seq()
    publish()
    assert trail.first_seq_at(MORNING - timedelta(days=40)) == 1
    assert trail.first_seq_at(NEXT_MORNING) == before + 1
    assert trail.first_seq_at(NEXT_MORNING + timedelta(days=1)) == before + 2


def test_a_report_of_a_longer_period_is_the_same_data_with_another_period(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = tuple(replace(part, lines=False) for part in DAILY.parts)
    weekly = replace(DAILY, kind="weekly", period=SiteCalendar.week, parts=parts)
    monkeypatch.setitem(REPORTS, "weekly", weekly)
    busy_day(6)
    publish()
    with pytest.raises(Refused, match="not over"):
        actions.publish("weekly", ON, "funder", by=OPERATOR, at=NEXT_MORNING)
    release = actions.publish("weekly", ON, "funder", by=OPERATOR, at=NEXT_MORNING + timedelta(days=7))
    assert (release.first_on, release.last_on) == (date(2026, 11, 16), date(2026, 11, 22))
    assert release.starts_at == book().calendar.week(ON).start
    assert release.ends_at == book().calendar.week(ON).end
    later = NEXT_MORNING + timedelta(days=8)
    again = actions.publish("weekly", ON + timedelta(days=3), "funder", by=OPERATOR, at=later)
    assert again.id == release.id
    assert making.begins("daily", ON) == ON
