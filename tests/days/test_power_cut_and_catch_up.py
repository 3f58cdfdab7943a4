"""The power goes: what was committed counts as published and is handed out once, the same bytes, later."""

import os
import signal
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
from flask import Flask

from sitelog.jobs import runner
from sitelog.jobs.due import LEASE
from sitelog.reports import actions, queries, shelf
from sitelog.store.db import db
from sitelog.store.transaction import let_go
from sitelog.trail.verify import verify
from tests.reports.scene import NEXT_MORNING, ON, busy_day, content, publish


class PowerCut(BaseException):
    """The machine stops: no handler of the program may run on."""


def cut(*args: object, **words: object) -> None:
    raise PowerCut


def test_cut_before_the_ledger_nothing_counts_and_the_day_is_published_later(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    busy_day(6)
    with monkeypatch.context() as power:
        power.setattr(actions, "_commit", cut)
        with pytest.raises(PowerCut):
            publish()
    assert queries.latest("daily", "funder", ON) is None
    release = publish()
    assert (release.version, actions.file_of(release).exists()) == (1, True)
    assert publish().id == release.id
    assert [path.name for path in shelf.folder().iterdir()] == [release.file_name]


def test_cut_between_the_ledger_and_the_shelf_the_same_file_is_handed_out_once(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    busy_day(6)
    with monkeypatch.context() as power:
        power.setattr(shelf, "hand_out", cut)
        with pytest.raises(PowerCut):
            publish()
    counted = queries.standing("daily", "funder", ON)
    assert not (shelf.folder() / counted.file_name).exists()
    again = publish(at=NEXT_MORNING + timedelta(days=3))
    assert (again.id, again.version, again.as_of) == (counted.id, 1, NEXT_MORNING)
    assert [path.name for path in shelf.folder().iterdir()] == [counted.file_name]
    assert content(again).startswith(b"%PDF")
    verify()


def test_a_reader_who_comes_first_after_the_cut_gets_the_file_too(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as power:
        power.setattr(shelf, "hand_out", cut)
        with pytest.raises(PowerCut):
            publish()
    assert actions.file_of(queries.standing("daily", "funder", ON)).exists()


def test_the_job_that_was_cut_is_done_when_its_lease_has_lapsed(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    runner.run_all(lambda: NEXT_MORNING - timedelta(days=1))
    with monkeypatch.context() as power:
        power.setattr(shelf, "hand_out", cut)
        with pytest.raises(PowerCut):
            runner.run_one(NEXT_MORNING)
    db.session.rollback()
    assert runner.run_one(NEXT_MORNING) is None
    later = NEXT_MORNING + LEASE
    done = [str(one) for one in runner.run_all(lambda: later) if one.job == "daily.funder"]
    assert done == ["daily.funder 2026-11-17: done"]
    releases = queries.versions("daily", "funder", ON)
    assert [release.version for release in releases] == [1]
    assert actions.file_of(releases[0]).exists()


def test_a_fortnight_without_power_is_caught_up_oldest_first(app: Flask) -> None:
    runner.run_all(lambda: NEXT_MORNING)
    back = NEXT_MORNING + timedelta(days=14)
    caught_up = [one.period for one in runner.run_all(lambda: back) if one.job == "daily.funder"]
    assert caught_up == [(date(2026, 11, 18) + timedelta(days=n)).isoformat() for n in range(14)]


KILLED = """
import os, signal, sys
from datetime import datetime, UTC
from sitelog.app import create_app
from sitelog.jobs import runner
from sitelog.reports import shelf

hand_out, done = shelf.hand_out, []

def die_at_the_third(waiting, name):
    daily = name.startswith("daily-")
    if daily and len(done) == 2:
        os.kill(os.getpid(), signal.SIGKILL)
    path = hand_out(waiting, name)
    done.extend([path] if daily else [])

shelf.hand_out = die_at_the_third
with create_app(sys.argv[1]).app_context():
    runner.run_all(lambda: datetime.fromisoformat(sys.argv[2]))
"""


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL is a POSIX signal")
def test_a_process_killed_in_the_middle_leaves_nothing_half_done(app: Flask, instance: Path) -> None:
    let_go()
    command = [sys.executable, "-c", KILLED, str(instance), NEXT_MORNING.isoformat()]
    killed = subprocess.run(command, timeout=60, check=False, cwd=Path(__file__).parents[2])
    assert killed.returncode == -signal.SIGKILL
    assert [release.first_on.day for release in queries.on_top("daily", "funder")] == [1, 2, 3]
    runner.run_all(lambda: NEXT_MORNING + LEASE)
    releases = queries.on_top("daily", "funder")
    assert [release.first_on.day for release in releases] == list(range(1, 18))
    assert {release.version for release in releases} == {1}
    assert all(actions.file_of(release).exists() for release in releases)
    verify()
