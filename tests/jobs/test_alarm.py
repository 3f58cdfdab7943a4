"""The alarm: it wakes, it survives a clock that jumps, and it decides nothing."""

from datetime import timedelta
from threading import Event

import pytest
from flask import Flask

from sitelog.ground import clock
from sitelog.jobs import alarm
from sitelog.jobs.watch import Watch
from sitelog.reports import queries
from tests.reports.scene import LEAD, NEXT_MORNING, signed_in, words_of


def test_it_works_at_once_when_the_server_starts(app: Flask) -> None:
    scheduler = alarm.start(app)
    try:
        done = Event()
        scheduler.add_listener(lambda event: done.set())
        assert done.wait(60)
    finally:
        scheduler.shutdown(wait=True)
    assert queries.on_top("daily", "funder")


@pytest.mark.parametrize(
    ("looks", "waits"),
    [
        pytest.param([(0, 0), (1, 1), (2, 2)], 0, id="as it should go"),
        pytest.param([(0, 0), (60 * 24 * 30, 1)], 60, id="thirty days in a minute"),
        pytest.param([(0, 0), (600, 600)], 0, id="the machine slept"),
        pytest.param([(0, 0), (45, 1)], 0, id="set by a little"),
        pytest.param([(0, 0), (60 * 24 * 30, 1), (60 * 24 * 30 + 40, 41)], 20, id="still ahead"),
        pytest.param([(0, 0), (60 * 24 * 30, 1), (60 * 24 * 30 + 60, 61)], 0, id="that is how late it is"),
        pytest.param([(0, 0), (60 * 24 * 30, 1), (5, 5)], 0, id="set right"),
        pytest.param([(0, 0), (-60 * 24 * 30, 1)], 0, id="set back"),
    ],
)
def test_a_clock_that_leapt_ahead_is_given_an_hour_to_be_set_right(
    looks: list[tuple[int, int]], waits: int
) -> None:
    watch = Watch()
    rests = [watch.look(NEXT_MORNING + timedelta(minutes=at), 60.0 * awake) for at, awake in looks]
    assert rests[-1] == watch.rest(60.0 * looks[-1][1]) == timedelta(minutes=waits)


def test_no_day_is_published_by_a_clock_that_leapt_ahead(
    app: Flask, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    alarm.tick(app)
    before, now = queries.on_top("daily", "funder"), clock.now()
    with monkeypatch.context() as ahead:
        ahead.setattr(clock, "now", lambda: now + timedelta(days=30))
        alarm.tick(app)
        assert "leapt ahead" in caplog.text
        assert "wait 60 minutes more" in words_of(signed_in(app, LEAD).get("/jobs").text)
    alarm.tick(app)
    assert queries.on_top("daily", "funder") == before
    assert "leapt ahead" not in words_of(signed_in(app, LEAD).get("/jobs").text)


def test_a_clock_set_back_by_a_year_delays_it_by_a_minute_at_most(app: Flask) -> None:
    scheduler = alarm.Alarm(timezone="UTC")
    scheduler.start(paused=True)
    try:
        job = scheduler.add_job(lambda: None, "interval", seconds=60)
        job.modify(next_run_time=clock.now() + timedelta(days=365))
        wait = scheduler._process_jobs()
        assert wait <= 60
        assert job.next_run_time <= clock.now() + timedelta(seconds=61)
    finally:
        scheduler.shutdown(wait=False)
