"""The alarm: it wakes, it survives a clock that jumps, and it decides nothing."""

from datetime import timedelta
from threading import Event

from flask import Flask

from sitelog.ground import clock
from sitelog.jobs import alarm
from sitelog.reports import queries


def test_it_works_at_once_when_the_server_starts(app: Flask) -> None:
    scheduler = alarm.start(app)
    try:
        done = Event()
        scheduler.add_listener(lambda event: done.set())
        assert done.wait(60)
    finally:
        scheduler.shutdown(wait=True)
    assert queries.on_top("daily", "funder")


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
