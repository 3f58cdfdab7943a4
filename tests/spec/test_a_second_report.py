"""A weekly is added to the catalog, and nothing else: all that sitelog says and does of reports follows.

The weekly is not shipped. It stands here for any report a maintainer adds as README says.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
import time_machine
from flask import Flask

from sitelog.app import create_app
from sitelog.exports.cells import cells
from sitelog.ground.access import Actor, Role
from sitelog.ground.days import SiteCalendar
from sitelog.ground.errors import Refused, Unknown
from sitelog.incidents import actions as incidents
from sitelog.incidents.rules import Happening
from sitelog.jobs import queries as jobs
from sitelog.jobs import runner
from sitelog.reports import actions, queries
from sitelog.reports.catalog import REPORTS
from sitelog.reports.measures import MEASURES
from sitelog.reports.models import Release
from sitelog.reports.shape import Key, Part, Report, checked
from sitelog.reports.tables import INCIDENTS
from sitelog.store.transaction import let_go
from sitelog.tally.rollup import Line, Listing
from sitelog.trail import queries as trail
from sitelog.trail.verify import verify
from sitelog.visits import actions as visits
from tests.conftest import an_instance
from tests.factories import DOWN, NURSE, said
from tests.formats.reader import text_of
from tests.jobs.conftest import SET_UP
from tests.reports.scene import (
    FUNDER,
    LEAD,
    MORNING,
    audiences,
    busy_day,
    content,
    response_at,
    signed_in,
    words_of,
)

MONDAY, SUNDAY = date(2026, 11, 16), date(2026, 11, 22)
READY = MORNING + timedelta(
    days=6
)  # Monday 23 November, 09:00: the week ended at 04:00, and five hours of grace
CITY = Actor("S09", "City fund", "CF", Role.FUNDER, "city")
EMERGENCIES = Listing(
    "emergencies",
    "Overdose responses of the week",
    "Kind",
    "Count",
    (Line("responses", "responses"), Line("doses", "naloxone_doses"), Line("calls", "ems_calls")),
)
WEEKLY = Report(
    kind="weekly",
    period=SiteCalendar.week,
    title="Weekly report for the funder",
    short="Weekly",
    sentence="Weekly report of %(on)s to %(until)s for %(audience)s, version %(version)s",
    subject="Anonymized counts of one week",
    about="One report for every week that is over.",
    never="Nobody is in a weekly report.",
    tables=(EMERGENCIES, replace(INCIDENTS, title="Incidents of the week")),
    keys=(Key("Responses", ("emergencies", "responses", "count"), "in the week"),),
    parts=(Part("The week", (("emergencies",), ("incidents",))),),
    defined=(
        "responses",
        "naloxone_doses",
        "ems_calls",
        *dict.fromkeys(line.measure for line in INCIDENTS.lines),
    ),
    audiences=frozenset({"funder"}),
)


@contextmanager
def the_week() -> Iterator[None]:
    """The catalog has one report more, and it is the Monday after its week."""
    with pytest.MonkeyPatch.context() as patch, time_machine.travel(READY, tick=False):
        patch.setitem(REPORTS, "weekly", checked(WEEKLY, MEASURES))
        yield


@pytest.fixture(scope="module")
def logged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A young site that reports to two and whose week is logged; nothing is published."""
    young = an_instance(tmp_path_factory.mktemp("young") / "instance", SET_UP)
    with opened(young, tmp_path_factory.mktemp("logged")) as folder:
        audiences(funder="partner", city="public")
        busy_day(20)
        response_at(MORNING + timedelta(hours=6), doses=2)
        for day, times in ((0, 1), (1, 4), (2, 7), (4, 2)):
            for n in range(times):
                incidents.log(Happening("physical", "3"), **said(MORNING + timedelta(days=day, minutes=n)))
    return folder


class Done(NamedTuple):
    """An instance that owes nothing more; what was done a second before the week was due, and then."""

    folder: Path
    early: list[str]
    then: list[str]


@pytest.fixture(scope="module")
def owing_nothing(logged: Path, tmp_path_factory: pytest.TempPathFactory) -> Done:
    """The same, once the scheduler has published what was owed."""
    with opened(logged, tmp_path_factory.mktemp("published")) as folder:
        return Done(folder, done(READY - timedelta(seconds=1)), done())


@contextmanager
def opened(source: Path, beside: Path) -> Iterator[Path]:
    """A copy of an instance, for as long as it is filled."""
    folder = Path(shutil.copytree(source, beside / "instance"))
    with the_week(), create_app(folder, TESTING=True).app_context():
        yield folder
        let_go()


@pytest.fixture
def published() -> None:
    """For a test that begins when the week's reports are out."""


@pytest.fixture
def instance(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path]:
    """The week, logged, or published for whoever asks for `published`."""
    over = "published" in request.fixturenames
    source = request.getfixturevalue("owing_nothing").folder if over else request.getfixturevalue("logged")
    with the_week():
        yield Path(shutil.copytree(source, tmp_path / "instance"))


def done(now: datetime = READY) -> list[str]:
    return [str(outcome) for outcome in runner.run_all(lambda: now)]


def weekly() -> Release:
    return queries.standing("weekly", "funder", MONDAY)


def test_the_scheduler_publishes_it_when_its_week_and_the_grace_are_over(
    app: Flask, published: None, owing_nothing: Done
) -> None:
    assert not [said for said in owing_nothing.early if f"weekly.funder {MONDAY}" in said]
    assert f"weekly.funder {MONDAY}: done" in owing_nothing.then
    assert (weekly().first_on, weekly().last_on, weekly().version) == (MONDAY, SUNDAY, 1)
    assert done() == []


def test_it_is_made_for_its_audiences_only_and_the_jobs_say_so(app: Flask) -> None:
    listed = {job.code: job for job in jobs.listing(READY)}
    assert set(listed) == {
        *(f"{kind}.{name}" for kind in ("daily", "corrections") for name in ("funder", "city")),
        "weekly.funder",
    }
    assert listed["weekly.funder"].label == "Weekly report for the funder"
    assert listed["weekly.funder"].next_at == READY + timedelta(days=7)
    with pytest.raises(Unknown, match="weekly"):
        actions.publish("weekly", MONDAY, "city", by=LEAD, at=READY)
    with pytest.raises(Refused, match="2026-11-23 to 2026-11-29 is not over"):
        actions.publish("weekly", SUNDAY + timedelta(days=3), "funder", by=LEAD, at=READY)


def test_the_page_shows_each_report_with_its_own_list(app: Flask, published: None) -> None:
    for reader in (LEAD, FUNDER):
        browser = signed_in(app, reader)
        page = browser.get("/reports?report=weekly&audience=funder").text
        words = words_of(page)
        assert "One report for every week that is over." in words
        assert "Nobody is in a weekly report." in words and "daily report" not in words
        assert "Weekly, 16 Nov 2026 – 22 Nov 2026" in words
        assert f'href="/reports/{weekly().id}/{weekly().file_name}"' in page
        days = words_of(browser.get("/reports?audience=funder").text)
        assert "Daily, Sun 22 Nov 2026" in days and "Weekly" in days
    file = signed_in(app, FUNDER).get(f"/reports/{weekly().id}/{weekly().file_name}")
    assert file.data == content(weekly())


def test_who_is_not_sent_it_does_not_learn_that_there_is_one(app: Flask, published: None) -> None:
    browser = signed_in(app, CITY)
    assert "Weekly" not in words_of(browser.get("/reports").text)
    assert browser.get("/reports?report=weekly").status_code == 404
    assert browser.get(f"/reports/{weekly().id}/{weekly().file_name}").status_code == 404


def test_a_lead_publishes_a_week_by_hand_and_sees_what_is_owed(app: Flask) -> None:
    browser = signed_in(app, LEAD)
    owed = words_of(browser.get("/reports?report=weekly&audience=funder").text).count("owed")
    form = {"report": "weekly", "audience": "funder", "on": "2026-11-18"}
    answer = browser.post("/reports/publish", data=form)
    assert answer.location == "/reports?report=weekly&audience=funder&on=2026-11-16"
    said = "Published: Weekly report of 2026-11-16 to 2026-11-22 for funder, version 1."
    shown = words_of(browser.get(answer.location).text)
    assert said in shown and shown.count("owed") == owed - 1
    for wrong in ({"on": "2026-11-23"}, {"report": "hourly"}, {"audience": "city"}):
        assert browser.post("/reports/publish", data={**form, **wrong}).status_code in (404, 422)


def test_the_trail_speaks_of_each_in_its_own_words(app: Flask, published: None) -> None:
    daily = queries.standing("daily", "funder", MONDAY)
    links = [trail.link(release.link_seq) for release in (weekly(), daily)]
    spoken = {seq: one.text % one.values for seq, one in queries.sentences(links).items()}
    assert [spoken[link.seq] for link in links] == [
        "Weekly report of 2026-11-16 to 2026-11-22 for funder, version 1",
        "Daily report of 2026-11-16 for funder, version 1",
    ]
    verify()


def test_a_report_that_left_the_catalog_is_still_called_by_its_name(
    app: Flask, published: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(REPORTS, "weekly")
    (one,) = queries.sentences([trail.link(weekly().link_seq)]).values()
    assert one.text % one.values == "Report weekly-2026-11-16-v1 for funder"


def test_the_paper_names_the_week_and_says_nothing_of_what_it_has_not(app: Flask, published: None) -> None:
    words = " ".join(text_of(content(weekly())).split())
    assert "Weekly report for the funder" in words
    assert "Monday 16 November 2026 – Sunday 22 November 2026" in words
    assert "weekly report for the funder · 16 Nov 2026 – 22 Nov 2026 · v1" in words
    assert "Incident lines" not in words and "Lines never change" not in words
    assert "aily" not in words and "less than a month" not in words
    assert "What befell people is a range" in words and "EMS calls" in words
    daily = " ".join(text_of(content(queries.standing("daily", "funder", MONDAY))).split())
    assert "Incident lines" in daily and "EMS calls" not in daily


def test_a_late_entry_makes_a_new_version_of_both(app: Flask, published: None) -> None:
    late = MORNING + timedelta(hours=8)
    visits.leave_before_service(
        visits.check_in(DOWN, by=NURSE, happened_at=late, at=READY).ref,
        "wait",
        by=NURSE,
        happened_at=late + timedelta(minutes=9),
        at=READY,
    )
    looked = READY + timedelta(days=1)
    again = [said.partition("@")[0] for said in done(looked) if said.startswith("corrections.")]
    assert sorted(again) == [
        "corrections.city daily-2026-11-17",
        "corrections.funder daily-2026-11-17",
        "corrections.funder weekly-2026-11-16",
    ]
    assert weekly().version == 2
    words = " ".join(text_of(content(weekly())).split())
    assert "replaces version 1" in words and "as first printed" not in words
    assert done(looked) == []


def test_no_count_of_either_is_told_by_the_two_together(app: Flask, published: None) -> None:
    """Whoever has all files of both audiences can rule out no value that was promised to stay possible."""
    held = [cell for name in ("funder", "city") for cell in hidden(name)]
    weeks = [cell for cell in held if cell["release"].startswith("weekly-2026-11-16")]
    classes = {tuple(cell["dims"]["incident_class"]) for cell in weeks if "incident_class" in cell["dims"]}
    assert len(classes) == 6
    violence = [cell for cell in weeks if cell["dims"].get("incident_class") == ["violence"]]
    assert [(cell["lo"], cell["hi"], cell["truth"]) for cell in violence] == [(11, None, 14)]
    for week in weeks:
        mine = [one for one in held if one["measure"] == week["measure"] and one["dims"] == week["dims"]]
        parts = [one for one in mine if one["start"] == one["end"] and inside(one, week)]
        assert {one["start"] for one in parts} == {str(MONDAY + timedelta(days=n)) for n in range(7)}
        for one in parts:
            rest = [other for other in parts if other is not one]
            told(one, week["lo"] - most(rest), (week["hi"] or ENDLESS) - least(rest))
        told(week, least(parts), most(parts))


ENDLESS = 1000


def hidden(audience: str) -> list[dict]:
    found = cells(audience, truth=True, reason="audit", by=LEAD, at=READY)["cells"]
    return [cell for cell in found if cell["protect"]]


def inside(one: dict, other: dict) -> bool:
    return bool(other["start"] <= one["start"] and one["end"] <= other["end"])


def least(parts: list[dict]) -> int:
    return sum(one["lo"] for one in parts)


def most(parts: list[dict]) -> int:
    return sum(one["hi"] if one["hi"] is not None else ENDLESS for one in parts)


def told(cell: dict, low: int, high: int) -> None:
    """A protected count, between the bounds its own range and the others leave it."""
    low, high = max(cell["lo"], low), min(ENDLESS if cell["hi"] is None else cell["hi"], high)
    assert low <= cell["truth"] <= high
    assert high - low >= cell["width"], cell["id"]
    assert cell["hi"] is None or (low, high) == (cell["lo"], cell["hi"]), cell["id"]
