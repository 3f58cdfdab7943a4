"""Two overdoses at once: two clocks, two totals, nothing of one in the other."""

from datetime import timedelta

import pytest
from flask import Flask

from sitelog.responses import actions as responses
from sitelog.responses import queries
from sitelog.visits import queries as visits
from tests.factories import CRACK, said, seated
from tests.reports.scene import MORNING

pytestmark = pytest.mark.both_databases


def test_two_at_once(app: Flask) -> None:
    opioid, stimulant = seated(MORNING, "3", "heron-42"), seated(MORNING, "Y", "fern-3", CRACK)
    start = MORNING + timedelta(minutes=8)

    def after(minutes: float) -> dict[str, object]:
        return said(start + timedelta(minutes=minutes))

    one = responses.start("place", "3", opioid, **after(0)).ref
    two = responses.start("place", "Y", stimulant, **after(2)).ref
    responses.give_oxygen(one, "non_rebreather", **after(0.5))
    responses.give_naloxone(one, 400, "intramuscular", **after(2.5))
    responses.set_pathway(two, "stimulant", **after(2.2))
    responses.give_naloxone(one, 400, "intramuscular", **after(5.5))

    now = start + timedelta(minutes=6)
    running = {case.ref: case for case in queries.open_responses(now)}
    assert list(running) == [one, two]
    assert (running[one].doses, running[two].doses) == (2, 0)
    assert running[two].pathway == "stimulant"
    assert (running[one].recognised_at, running[two].recognised_at) == (
        start,
        start + timedelta(minutes=2),
    )
    responses.to_aftercare(one, **after(20))
    areas = {here.ref: here.area for here in visits.in_house(start + timedelta(minutes=21))}
    assert areas == {opioid: "aftercare", stimulant: "place"}
    responses.close(one, "recovered", **after(30))
    assert [case.ref for case in queries.open_responses(start + timedelta(minutes=31))] == [two]
