"""The clocks go back at night: nobody vanishes, minutes are true, the night is one day of 25 hours."""

from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask

from sitelog.board import queries as board
from sitelog.ground.access import SCHEDULER
from sitelog.reports import queries as reports
from sitelog.reports.actions import publish
from sitelog.site.queries import calendar
from sitelog.visits import actions as visits
from sitelog.visits import queries
from tests.days.readers import figures
from tests.factories import arrive, said, seated

pytestmark = pytest.mark.both_databases

NIGHT = date(2027, 11, 6)
MIDNIGHT = datetime(2027, 11, 7, 4, 0, tzinfo=UTC)
BEFORE = datetime(2027, 11, 7, 5, 50, tzinfo=UTC)  # 01:50 EDT
AFTER = datetime(2027, 11, 7, 6, 10, tzinfo=UTC)  # 01:10 EST: the clock shows an earlier hour


def test_night_shift_over_dst(app: Flask) -> None:
    assert calendar().day(NIGHT).seconds == 25 * 3600
    early = seated(MIDNIGHT - timedelta(minutes=5), "1", "night-owl")
    assert [one.ref for one in queries.in_house(MIDNIGHT + timedelta(minutes=1))] == [early]
    visits.leave(early, **said(MIDNIGHT + timedelta(minutes=20)))

    ref = seated(BEFORE, "3", "heron-42")
    waiting = arrive(BEFORE + timedelta(minutes=5))
    cards = {card.place.code: card for room in board.house(AFTER).rooms for card in room.cards}
    # Seated twenty minutes ago and never checked since: due after five, so fifteen minutes late.
    assert cards["3"].seen.late
    assert cards["3"].seen.words.values == {"n": 15}
    visits.check(ref, **said(AFTER))
    visits.leave(ref, **said(AFTER + timedelta(minutes=30)))
    visits.leave_before_service(waiting.ref, "wait", **said(AFTER + timedelta(minutes=31)))

    publish("daily", NIGHT, "funder", by=SCHEDULER, at=calendar().day(NIGHT).end + timedelta(hours=5))
    printed = figures(reports.standing("daily", "funder", NIGHT))
    assert (printed["accesses",], printed["episodes",]) == (3, 2)
    assert printed["accesses", "band=overnight"] == 3
