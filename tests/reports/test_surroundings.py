"""Section 4 of a daily: ranges for what befell people, exact numbers for the house and the street."""

from datetime import datetime, timedelta

import pytest
from flask import Flask

from sitelog.disclosure.printed import Cell, Exact, NotRecorded, Range
from sitelog.ground.days import Window
from sitelog.incidents import actions as incidents
from sitelog.incidents.rules import Happening
from sitelog.reports import queries
from sitelog.reports.models import Release
from sitelog.site import actions as site
from sitelog.site.queries import book
from sitelog.tally import collect, count
from tests.factories import said
from tests.formats.reader import text_of
from tests.reports.scene import MORNING, NEXT_MORNING, ON, content, publish

HOUR = timedelta(hours=1)
PEOPLE = ("violence", "exposure", "medical", "police", "neighbourhood", "other", "entered_late")


def happened(kind: str, at: datetime = MORNING, times: int = 1, **details: object) -> list[str]:
    return [incidents.log(Happening(kind, **details), **said(at)).ref for _ in range(times)]  # type: ignore[arg-type]


def printed(release: Release) -> dict[str, Cell]:
    """The rows of section 4 as they were printed."""
    every = queries.figures(Release.id == release.id)
    return {one.where[1]: one.cell for one in every if one.where[0] == "incidents"}


def test_a_site_that_entered_nothing_prints_ranges_all_the_same(app: Flask) -> None:
    rows = printed(publish())
    assert [rows[code] for code in PEOPLE] == [Range(0, 4)] * len(PEOPLE)
    assert rows["house"] == rows["out_of_service"] == NotRecorded()


@pytest.mark.parametrize(
    ("kind", "row"),
    [("verbal", "violence"), ("weapon", "violence"), ("exposure", "exposure"), ("seizure", "medical"),
     ("mental_health", "medical"), ("police_request", "police"), ("neighbourhood", "neighbourhood"),
     ("substance_left", "other"), ("complaint", "other"), ("privacy", "other"), ("other", "other")],
)  # fmt: skip
def test_what_befell_people_is_a_range_in_its_row(app: Flask, kind: str, row: str) -> None:
    happened(kind, times=5)
    rows = printed(publish())
    assert {code for code in PEOPLE if rows[code] == Range(5, None)} == {row}
    assert {code for code in PEOPLE if rows[code] == Range(0, 4)} == set(PEOPLE) - {row}


def test_what_befell_the_house_is_exact_and_in_no_range(app: Flask) -> None:
    for kind in ("fire", "ventilation", "equipment", "staffing", "closure"):
        happened(kind)
    rows = printed(publish())
    assert rows["house"] == Exact(5)
    assert all(rows[code] == Range(0, 4) for code in PEOPLE)


def test_a_death_has_no_number_anywhere(app: Flask) -> None:
    happened("death_on_site", times=6)
    happened("death_notified", NEXT_MORNING - timedelta(days=2), times=6)
    assert all(printed(publish())[code] == Range(0, 4) for code in PEOPLE)


def out(place: str, since: datetime, until: datetime | None = None) -> None:
    site.take_out_of_service(place, "cleaning", **said(since))
    if until:
        site.put_back_in_service(place, **said(until))


def test_time_out_of_service_is_added_up_over_places_and_clipped_to_the_day(app: Flask) -> None:
    day = book().calendar.day(ON)
    out("1", day.start - 5 * HOUR, day.start + HOUR)
    out("2", MORNING, MORNING + timedelta(minutes=25))
    out("3", day.end - 2 * HOUR - timedelta(minutes=30))
    release = publish()
    assert printed(release)["out_of_service"] == Exact(60 + 25 + 150, "minutes")
    assert "Places out of service 3 h 55 min" in text_of(content(release))


def test_a_day_on_which_every_place_was_in_service_has_no_minutes(app: Flask) -> None:
    out("2", MORNING - timedelta(days=2), MORNING - timedelta(days=2) + HOUR)
    release = publish()
    assert printed(release)["out_of_service"] == Exact(0, "minutes")
    assert "Places out of service 0 min" in text_of(content(release))


def test_a_place_that_is_out_for_days_counts_on_each_of_them(app: Flask) -> None:
    calendar = book().calendar
    out("1", MORNING, MORNING + timedelta(days=2))
    days = [calendar.day_of(MORNING + timedelta(days=n)) for n in range(3)]
    window = Window(calendar.day(days[0]).start, calendar.day(days[-1]).end)
    facts = collect.collect(window, book(), collect.LASTING).facts
    assert count.by(facts, "minutes_out_of_service", count.DAY) == {
        days[0].isoformat(): 19 * 60, days[1].isoformat(): 24 * 60, days[2].isoformat(): 5 * 60,
    }  # fmt: skip


def test_the_paper_says_how_each_number_is_meant(app: Flask) -> None:
    words = text_of(content(publish()))
    for said_there in (
        "4 Other incidents and surroundings",
        "5 Definitions and method",
        "What befell people is a range: 0–4 for fewer than 5 events, zero included, else 5+",
        "Deaths and those of the house are not among them.",
        "How long places were out of service, all places added up",
    ):
        assert said_there in words
