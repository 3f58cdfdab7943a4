"""The shelf in a browser: staff see what is owed and why, a funder only its own published files."""

from datetime import date, timedelta

import pytest
import time_machine
from flask import Flask

from sitelog.ground.access import Actor, Role
from sitelog.reports import queries
from sitelog.visits import actions as visits
from tests.factories import DOWN, NURSE
from tests.reports.scene import (
    FUNDER,
    LEAD,
    NEXT_MORNING,
    ON,
    audiences,
    busy_day,
    content,
    publish,
    signed_in,
    words_of,
)

CITY = Actor("S09", "City fund", "CF", Role.FUNDER, "city")
NOBODY = Actor("S10", "Unsaid", "UN", Role.FUNDER, None)
ADMIN = Actor("S11", "Administrator", "AD", Role.ADMIN)
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def the_next_morning(app: Flask):
    with time_machine.travel(NEXT_MORNING + HOUR, tick=False):
        yield


def test_a_lead_sees_what_is_published_and_what_is_owed(app: Flask) -> None:
    publish(date(2026, 11, 16))
    page = signed_in(app, LEAD).get("/reports")
    words = words_of(page.text)
    assert page.status_code == 200
    assert "November 2026" in words and "Daily, Mon 16 Nov 2026" in words
    assert words.count("owed") > 10
    assert "style=" not in page.text and "onclick" not in page.text


def test_a_chosen_day_shows_its_versions_and_what_changed(app: Flask) -> None:
    busy_day(6)
    first = publish()
    visits.check_in(DOWN, by=NURSE, happened_at=NEXT_MORNING - 6 * HOUR, at=NEXT_MORNING)
    second = publish(at=NEXT_MORNING + HOUR)
    text = signed_in(app, LEAD).get("/reports?on=2026-11-17").text
    words = words_of(text)
    assert "superseded" in words and "What changed" in words
    assert "By part of the day: All day, Accesses: 6 7" in words
    for release in (first, second):
        assert f'href="/reports/{release.id}/{release.file_name}"' in text


def test_a_funder_sees_published_files_and_nothing_else(app: Flask) -> None:
    release = publish()
    funder = signed_in(app, FUNDER)
    text = funder.get("/reports").text
    assert "Daily, Tue 17 Nov 2026" in words_of(text)
    assert "owed" not in words_of(text) and "Publish now" not in text and "/reports/publish" not in text
    answer = funder.get(f"/reports/{release.id}/{release.file_name}")
    assert (answer.status_code, answer.mimetype, answer.data) == (200, "application/pdf", content(release))
    assert funder.get("/").location == "/reports"
    for path in ("/jobs", "/trail"):
        assert funder.get(path).status_code in (403, 404), path
    assert funder.post("/reports/publish", data={"on": "2026-11-16", "audience": "funder"}).status_code == 403
    assert queries.latest("daily", "funder", date(2026, 11, 16)) is None


def test_a_file_of_another_audience_does_not_exist_for_a_funder(app: Flask) -> None:
    audiences(funder="partner", city="public")
    release = publish()
    city = signed_in(app, CITY)
    assert city.get(f"/reports/{release.id}/{release.file_name}").status_code == 404
    assert city.get("/reports?audience=funder").status_code == 404
    assert "Nothing was published in this month" in words_of(city.get("/reports").text)


def test_a_funder_without_an_audience_reads_nothing(app: Flask) -> None:
    release = publish()
    browser = signed_in(app, NOBODY)
    assert "No reports are published for this account" in words_of(browser.get("/reports").text)
    assert browser.get(f"/reports/{release.id}/{release.file_name}").status_code == 404


def test_an_administrator_has_no_sight_of_reports(app: Flask) -> None:
    assert signed_in(app, ADMIN).get("/reports").status_code == 403


@pytest.mark.parametrize(
    "path",
    [
        "/reports/1/other.pdf",
        "/reports/1/..%2F..%2Fsitelog.toml",
        "/reports/1/../../keys/chain.key",
        "/reports/99/daily-2026-11-17-funder-v1.pdf",
        "/reports/99999999999999999999/x.pdf",
        "/reports/-1/x.pdf",
    ],
)
def test_only_the_file_the_ledger_names_is_ever_read(app: Flask, path: str) -> None:
    publish()
    assert signed_in(app, LEAD).get(path).status_code == 404


def test_the_answer_says_nothing_of_when_the_file_was_made(app: Flask) -> None:
    release = publish()
    answer = signed_in(app, FUNDER).get(f"/reports/{release.id}/{release.file_name}")
    assert not {"ETag", "Last-Modified"} & set(answer.headers.keys())
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Disposition"] == "attachment; filename=daily-2026-11-17-funder-v1.pdf"


@pytest.mark.parametrize(
    "query",
    [
        "on=never",
        "on=9999-12-31",
        "on=0001-01-01",
        "month=13",
        "month=2026-13",
        "report=moonly",
        "audience=police",
        "on=2026-11-17x",
    ],
)
def test_a_day_a_month_or_a_shelf_that_cannot_be_is_not_found(app: Flask, query: str) -> None:
    assert signed_in(app, LEAD).get(f"/reports?{query}").status_code == 404


def test_a_lead_publishes_a_day_that_is_over_and_learns_when_nothing_changed(app: Flask) -> None:
    lead = signed_in(app, LEAD)
    form = {"on": "2026-11-17", "audience": "funder"}
    answer = lead.post("/reports/publish", data=form)
    assert (answer.status_code, answer.location) == (
        303,
        "/reports?report=daily&audience=funder&on=2026-11-17",
    )
    assert "Published: Daily report of 2026-11-17 for funder, version 1." in words_of(
        lead.get(answer.location).text
    )
    assert "Nothing changed since then." in words_of(
        lead.post("/reports/publish", data=form, follow_redirects=True).text
    )
    assert len(queries.versions("daily", "funder", ON)) == 1


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({"on": "2026-11-18", "audience": "funder"}, 422),
        ({"on": "2026-10-01", "audience": "funder"}, 422),
        ({"on": "2026-11-17", "audience": "police"}, 404),
        ({"on": "soon", "audience": "funder"}, 404),
        ({}, 404),
    ],
)
def test_what_cannot_be_published_is_refused_in_words(app: Flask, form: dict[str, str], status: int) -> None:
    assert signed_in(app, LEAD).post("/reports/publish", data=form).status_code == status
