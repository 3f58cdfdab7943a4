"""A place where staff respond is offered to nobody, also when nobody sits there any more."""

from datetime import timedelta

from flask import Flask

from sitelog.responses import actions as responses
from sitelog.visits import actions as visits
from sitelog.visits import queries
from tests.factories import said, seated
from tests.reports.scene import MORNING


def test_a_place_with_a_running_response_is_not_offered(app: Flask) -> None:
    visit = seated(MORNING, "3")
    case = responses.start("place", "3", visit, **said(MORNING)).ref
    visits.leave(visit, **said(MORNING + timedelta(minutes=5)))
    assert "3" not in {place.code for place in queries.free_places()}
    responses.close(case, "left", **said(MORNING + timedelta(minutes=9)))
    assert "3" in {place.code for place in queries.free_places()}
