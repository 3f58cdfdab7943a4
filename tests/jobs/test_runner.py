"""The runner does one owed thing at a time, oldest first; nothing is done twice, a failure stops nobody."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from sitelog.app import create_app
from sitelog.ground.errors import Refused
from sitelog.jobs import catalog, queries, receipts, runner
from sitelog.jobs.due import LEASE, Owed
from sitelog.jobs.models import Receipt
from sitelog.reports import actions as reports
from sitelog.reports import queries as shelf
from sitelog.reports.audiences import gets
from sitelog.reports.catalog import DAILY, REPORTS
from sitelog.reports.models import Release
from sitelog.responses import actions as responses
from sitelog.store.db import db
from sitelog.store.transaction import let_go
from sitelog.visits import actions as visits
from tests.factories import DOWN, NURSE
from tests.reports.scene import NEXT_MORNING, audiences, busy_day, publish

pytestmark = pytest.mark.both_databases

# The site of these tests was set up on 15 November: three days are over on the morning of the 18th.
DAYS = [date(2026, 11, day).isoformat() for day in range(15, 18)]
HOUR = timedelta(hours=1)


def run_all(now: datetime) -> list[str]:
    return [str(outcome) for outcome in runner.run_all(lambda: now)]


def dailies(done: list[str]) -> list[str]:
    """What was done about the daily, whatever other reports the catalog has."""
    return [line for line in done if line.startswith("daily.")]


def corrected(now: datetime) -> list[str]:
    """What was done about days that are out already."""
    return [line for line in run_all(now) if line.startswith("corrections.")]


def published() -> list[str]:
    return [release.first_on.isoformat() for release in shelf.on_top("daily", "funder")]


def test_days_missed_are_caught_up_oldest_first_quiet_ones_too(app: Flask) -> None:
    assert dailies(run_all(NEXT_MORNING)) == [f"daily.funder {on}: done" for on in DAYS]
    assert published() == DAYS


def test_one_call_does_one_thing_and_says_whether_there_was_work(app: Flask) -> None:
    outcome = runner.run_one(NEXT_MORNING)
    assert outcome is not None and (outcome.job, outcome.period) == ("daily.funder", DAYS[0])
    assert published() == DAYS[:1]
    run_all(NEXT_MORNING)
    assert runner.run_one(NEXT_MORNING) is None


def test_nothing_is_done_twice_whatever_the_clock_does(app: Flask) -> None:
    run_all(NEXT_MORNING)
    for now in (NEXT_MORNING, NEXT_MORNING - timedelta(days=9), NEXT_MORNING + timedelta(minutes=1)):
        assert run_all(now) == []
    assert dailies(run_all(NEXT_MORNING + timedelta(days=1))) == ["daily.funder 2026-11-18: done"]
    assert published() == [*DAYS, "2026-11-18"]


def test_a_day_is_not_published_before_its_grace_time_is_over(app: Flask) -> None:
    run_all(NEXT_MORNING - timedelta(seconds=1))
    assert published() == DAYS[:-1]


def test_two_runners_at_once_publish_each_day_once(app: Flask) -> None:
    start = threading.Barrier(3)

    def run(_: int) -> list[str]:
        with app.app_context():
            try:
                start.wait()
                return run_all(NEXT_MORNING)
            finally:
                db.session.remove()

    with ThreadPoolExecutor(3) as pool:
        done = [line for lines in pool.map(run, range(3)) for line in lines]
    assert sorted(dailies(done)) == [f"daily.funder {on}: done" for on in DAYS]
    assert published() == DAYS


def test_what_was_published_by_hand_is_not_published_again(app: Flask) -> None:
    by_hand = publish(date(2026, 11, 15))
    run_all(NEXT_MORNING)
    assert published() == DAYS
    assert shelf.standing("daily", "funder", date(2026, 11, 15)).id == by_hand.id


def test_a_failing_day_neither_blocks_nor_hides_the_others(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish_day = reports.publish

    def publish_all_but_one(kind: str, on: date, *args: object, **words: object) -> Release:
        if on == date(2026, 11, 16):
            raise OSError(28, "No space left on device", "/secret/handle.pdf")
        return publish_day(kind, on, *args, **words)  # type: ignore[arg-type]

    monkeypatch.setattr(reports, "publish", publish_all_but_one)
    outcomes = runner.run_all(lambda: NEXT_MORNING)
    failed = [outcome for outcome in outcomes if outcome.error]
    assert [outcome.period for outcome in failed] == ["2026-11-16"]
    assert published() == [on for on in DAYS if on != "2026-11-16"]
    daily = next(one for one in queries.listing(NEXT_MORNING) if one.code == "daily.funder")
    assert (daily.state, daily.owed) == ("failing", ("2026-11-16",))
    assert "No space left on device" in (daily.failing[0].error or "")
    assert "secret" not in (daily.failing[0].error or "")
    # It rests, is tried again, and is done when the cause is gone.
    assert run_all(NEXT_MORNING + timedelta(seconds=30)) == []
    monkeypatch.undo()
    assert run_all(NEXT_MORNING + timedelta(seconds=60)) == ["daily.funder 2026-11-16: done"]
    assert queries.listing(NEXT_MORNING + HOUR)[0].state == "done"


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (Refused("“%(handle)s” is taken.", handle="Zwartbles"), "Refused: “%(handle)s” is taken."),
        (OSError(28, "No space left on device", "/home/Zwartbles"), "OSError: No space left on device"),
        (ValueError("Zwartbles is not a number"), "ValueError"),
        (KeyError("Zwartbles"), "KeyError"),
    ],
)
def test_an_error_is_told_without_what_was_being_worked_on(error: Exception, words: str) -> None:
    assert runner.said(error).startswith(words)
    assert "Zwartbles" not in runner.said(error)


def test_every_audience_has_its_own_jobs(app: Flask) -> None:
    audiences(funder="partner", city="public")
    names = ("funder", "city")
    made = {f"{one.kind}.{name}" for one in REPORTS.values() for name in names if gets(one, name)}
    assert {job.code for job in catalog.jobs()} == made | {f"corrections.{name}" for name in names}
    run_all(NEXT_MORNING)
    assert len(shelf.on_top("daily", "city")) == len(published()) == len(DAYS)


def test_a_correction_makes_version_2_once(app: Flask) -> None:
    busy_day(6)
    run_all(NEXT_MORNING)
    at = NEXT_MORNING + timedelta(minutes=10)
    visits.check_in(DOWN, by=NURSE, happened_at=NEXT_MORNING - 6 * HOUR, at=at)
    # When the day of the entry is reported, and no sooner: the hour of a version tells nothing of its entry.
    looked = NEXT_MORNING + timedelta(days=1)
    assert corrected(looked - timedelta(seconds=1)) == []
    (done,) = corrected(looked)
    assert done.startswith("corrections.funder daily-2026-11-17@")
    assert [release.version for release in shelf.versions("daily", "funder", date(2026, 11, 17))] == [2, 1]
    assert run_all(looked + HOUR) == []


def test_a_day_that_is_still_being_corrected_waits_with_all_its_corrections(app: Flask) -> None:
    busy_day(6)
    run_all(NEXT_MORNING)
    next_look, late = NEXT_MORNING + timedelta(days=1), NEXT_MORNING - 6 * HOUR
    visits.check_in(DOWN, by=NURSE, happened_at=late, at=NEXT_MORNING + HOUR)
    visits.check_in(DOWN, by=NURSE, happened_at=late, at=next_look - timedelta(minutes=1))
    assert corrected(next_look) == []
    assert len(corrected(next_look + timedelta(days=1))) == 1
    assert shelf.standing("daily", "funder", date(2026, 11, 17)).version == 2


def test_who_gets_a_report_no_more_is_owed_no_correction_of_it(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    audiences(funder="partner", city="public")
    busy_day(6)
    run_all(NEXT_MORNING)
    monkeypatch.setitem(REPORTS, "daily", replace(DAILY, audiences=frozenset({"city"})))
    at = NEXT_MORNING + timedelta(minutes=10)
    visits.check_in(DOWN, by=NURSE, happened_at=NEXT_MORNING - 6 * HOUR, at=at)
    looked = NEXT_MORNING + timedelta(days=1)
    (done,) = corrected(looked)
    assert done.startswith("corrections.city daily-2026-11-17@")
    assert {one.state for one in queries.listing(looked)} == {"done"}


def test_what_failed_once_and_is_owed_no_more_is_no_failure(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    thing = Owed(NEXT_MORNING, "corrections.funder", "daily-2026-11-17@40")
    owner = receipts.claim(thing, NEXT_MORNING)
    assert owner and receipts.fail(thing, owner, "Unknown: not made for it", NEXT_MORNING)
    run_all(NEXT_MORNING)
    assert {one.state for one in queries.listing(NEXT_MORNING)} == {"done"}


def test_an_entry_that_changes_nothing_is_looked_at_once(app: Flask) -> None:
    busy_day(6)
    run_all(NEXT_MORNING)
    at = NEXT_MORNING + timedelta(minutes=10)
    late = NEXT_MORNING - 6 * HOUR
    made = responses.start("outside", by=NURSE, happened_at=late, at=at)
    assert len(corrected(NEXT_MORNING + timedelta(days=1))) == 1
    noted = at + timedelta(days=1)
    responses.note(made.ref, "quiet now", by=NURSE, happened_at=late, at=noted)
    assert len(corrected(NEXT_MORNING + timedelta(days=2))) == 1
    assert corrected(noted + timedelta(days=1)) == []
    assert shelf.standing("daily", "funder", date(2026, 11, 17)).version == 2


def test_work_of_a_runner_that_died_is_taken_up_when_its_lease_lapses(app: Flask) -> None:
    dead = receipts.claim(Owed(NEXT_MORNING, "daily.funder", DAYS[0]), NEXT_MORNING)
    run_all(NEXT_MORNING)
    assert published() == DAYS[1:]
    run_all(NEXT_MORNING + LEASE)
    assert dead and published() == DAYS
    assert db.session.scalar(select(func.count()).where(Receipt.done_at.is_(None))) == 0


def test_a_new_process_finds_everything_done(app: Flask, instance: object) -> None:
    run_all(NEXT_MORNING)
    again = create_app(str(instance), TESTING=True)
    with again.app_context():
        try:
            assert run_all(NEXT_MORNING) == []
        finally:
            let_go()
