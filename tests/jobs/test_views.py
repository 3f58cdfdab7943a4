"""The jobs page shows what is owed, what failed and why; its button does what the scheduler would."""

import re
import threading
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from sitelog.ground.access import Actor, Role
from sitelog.jobs import alarm, receipts
from sitelog.jobs.due import Owed
from sitelog.reports import queries
from sitelog.reports.catalog import DAILY, REPORTS
from tests.reports.scene import FUNDER, LEAD, NEXT_MORNING, signed_in, words_of

ADMIN = Actor("S11", "Administrator", "AD", Role.ADMIN)


@pytest.fixture(autouse=True)
def the_next_morning(app: Flask):
    with time_machine.travel(NEXT_MORNING, tick=False):
        yield


@pytest.mark.parametrize("actor", [LEAD, ADMIN])
def test_every_job_is_shown_with_its_state(app: Flask, actor: Actor) -> None:
    page = signed_in(app, actor).get("/jobs")
    words = words_of(page.text)
    assert page.status_code == 200
    assert "Daily incident report funder owed 3 from 2026-11-15 never Thu 19 Nov 09:00" in words
    assert "New versions of corrected reports funder up to date 0" in words
    assert "style=" not in page.text


def test_the_button_does_what_is_owed_and_says_so(app: Flask) -> None:
    lead = signed_in(app, LEAD)
    answer = lead.post("/jobs/run")
    assert (answer.status_code, answer.location) == (303, "/jobs")
    words = words_of(lead.get("/jobs").text)
    assert re.search(r"\d+ done, 0 failed\.", words) and "up to date" in words
    assert len(queries.on_top("daily", "funder")) == 3
    assert "Nothing was owed." in words_of(lead.post("/jobs/run", follow_redirects=True).text)


def test_a_failure_is_shown_with_its_error_and_when_it_is_tried_again(app: Flask) -> None:
    thing = Owed(NEXT_MORNING, "daily.funder", "2026-11-16")
    owner = receipts.claim(thing, NEXT_MORNING - timedelta(minutes=1))
    assert owner and receipts.fail(thing, owner, "OSError: No space left on device", NEXT_MORNING)
    words = words_of(signed_in(app, LEAD).get("/jobs").text)
    assert "failing" in words
    assert "2026-11-16 OSError: No space left on device 1 Wed 18 Nov 09:00 09:01" in words


def test_a_report_for_whom_the_site_does_not_have_is_named(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = "Daily incident report is made for “fnuder”, to whom this site does not report: nobody is sent it."
    assert said not in words_of(signed_in(app, LEAD).get("/jobs").text)
    monkeypatch.setitem(REPORTS, "daily", replace(DAILY, audiences=frozenset({"fnuder", "funder"})))
    assert said in words_of(signed_in(app, LEAD).get("/jobs").text)


def test_who_may_not_read_jobs_is_turned_away(app: Flask, nurse: Actor) -> None:
    for actor in (FUNDER, nurse):
        browser = signed_in(app, actor)
        assert browser.get("/jobs").status_code == 403
        assert browser.post("/jobs/run").status_code == 403
    assert queries.on_top("daily", "funder") == []


def test_one_tick_of_the_alarm_does_all_that_is_owed(app: Flask) -> None:
    alarm.tick(app)
    assert len(queries.on_top("daily", "funder")) == 3


def test_a_tick_that_fails_is_logged_by_its_kind_and_the_next_one_works(
    app: Flask, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(receipts, "traces", lambda: {}["Zwartbles"])
        alarm.tick(app)
    assert "KeyError" in caplog.text and "Zwartbles" not in caplog.text
    alarm.tick(app)
    assert len(queries.on_top("daily", "funder")) == 3


def test_making_the_application_starts_no_scheduler(app: Flask) -> None:
    assert not [thread.name for thread in threading.enumerate() if "APScheduler" in thread.name]
