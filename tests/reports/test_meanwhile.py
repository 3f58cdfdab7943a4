"""What is entered or released while a report is being made is in it whole, or not at all."""

from collections.abc import Callable
from datetime import timedelta
from threading import Thread
from typing import Any

import pytest
from flask import Flask

from sitelog.incidents import actions as incidents
from sitelog.incidents.rules import Happening
from sitelog.reports import queries, raw
from sitelog.reports.models import Release
from sitelog.store.db import db
from tests.factories import NURSE, arrive
from tests.reports.scene import MORNING, NEXT_MORNING, audiences, busy_day, publish

pytestmark = pytest.mark.both_databases
HOUR = timedelta(hours=1)


def meanwhile(app: Flask, monkeypatch: pytest.MonkeyPatch, do: Callable[[], object]) -> None:
    """Let somebody else do this after a report has begun to read, once."""
    of_period, done = raw.of_period, list[Thread]()

    def other() -> None:
        with app.app_context():
            do()
            db.session.remove()

    def slowly(*args: Any) -> Any:
        if not done:
            done.append(Thread(target=other))
            done[0].start()
            done[0].join()
        return of_period(*args)

    monkeypatch.setattr(raw, "of_period", slowly)


def test_two_audiences_at_once_are_told_the_same_range(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    audiences(funder="partner", public={"preset": "partner", "k": 6})
    for n in range(5):
        at = MORNING + n * HOUR
        incidents.log(Happening("police_attendance"), by=NURSE, happened_at=at, at=at)
    meanwhile(app, monkeypatch, lambda: publish(audience="public"))
    publish(audience="funder")
    told = {
        name: {
            one.where: one.cell
            for one in queries.figures(Release.audience == name)
            if one.where[1] == "police"
        }
        for name in ("funder", "public")
    }
    assert told["funder"] == told["public"] != {}


def test_the_figures_are_those_of_the_link_that_is_printed(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    busy_day(8)
    meanwhile(app, monkeypatch, lambda: arrive(NEXT_MORNING - 6 * HOUR))
    first = publish()
    printed = [one.cell for one in queries.figures(Release.id == first.id) if one.measure == "accesses"]
    assert printed[-1].value == 8
    second = publish(at=NEXT_MORNING + HOUR)
    assert second.version == 2 and second.through_seq > first.through_seq
