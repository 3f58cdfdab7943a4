"""One overdose, from the first tap to the funder's PDF, with its times and its people left behind."""

from datetime import timedelta

import pytest
from flask import Flask

from sitelog.jobs import runner
from sitelog.reports import queries as reports
from sitelog.responses import actions as responses
from sitelog.responses import queries
from sitelog.responses.case import Measured
from sitelog.trail.verify import verify
from sitelog.visits import actions as visits
from tests.days.readers import figures
from tests.factories import NURSE, said, seated
from tests.formats.reader import text_of
from tests.reports.scene import MORNING, NEXT_MORNING, ON, busy_day, content

pytestmark = pytest.mark.both_databases


def test_overdose_at_booth_three(app: Flask) -> None:
    busy_day(20)
    start = MORNING + timedelta(hours=6)
    visit = seated(start - timedelta(minutes=4), "3", "heron-42")

    def after(seconds: int) -> dict[str, object]:
        return said(start + timedelta(seconds=seconds))

    case = responses.start("place", "3", visit, **after(0)).ref
    responses.stimulate(case, **after(10))
    responses.give_oxygen(case, "bag_valve_mask", **after(45))
    vitals = Measured(happened_at=start + timedelta(seconds=70), spo2=78, respirations=6)
    responses.record_vitals(case, vitals, by=NURSE, at=start + timedelta(seconds=72))
    responses.give_naloxone(case, 400, "intramuscular", **after(144))
    responses.call_ems(case, **after(170))

    running = queries.open_responses(start + timedelta(seconds=252))
    assert [(one.ref, one.place_code, one.visit_ref) for one in running] == [(case, "3", visit)]
    summary = queries.summary(case, start + timedelta(seconds=252))
    assert summary.tier == 4
    assert summary.missing

    responses.to_aftercare(case, **after(1500))
    responses.close(case, "recovered", **after(1800))
    visits.leave(visit, **after(5400))
    assert queries.open_responses(start + timedelta(hours=2)) == []

    runner.run_all(lambda: NEXT_MORNING)
    release = reports.standing("daily", "funder", ON)
    printed = figures(release)
    assert printed["responses",] == 1
    assert printed["responses", "tier=4"] == 1
    assert printed["accesses",] == 21
    words = text_of(content(release))
    for secret in ("heron", "Booth 3", "Amina", "AK", case, visit, "15:00"):
        assert secret not in words
    assert verify().digest
