"""The cell list holds every figure ever published for an audience, and the truth only for an audit."""

import json
from datetime import date, datetime, timedelta

import pytest
from flask import Flask

from sitelog.exports.cells import cells
from sitelog.ground.access import OPERATOR, Actor
from sitelog.ground.errors import Forbidden, Unknown
from sitelog.trail import queries as trail
from sitelog.trail.verify import verify
from sitelog.visits import actions as visits
from tests.factories import DOWN, NURSE
from tests.reports.scene import FUNDER, LEAD, MORNING, NEXT_MORNING, audiences, busy_day, publish, response_at


@pytest.fixture
def two_versions(app: Flask) -> datetime:
    """A day published, corrected and published again."""
    busy_day(20)
    response_at(MORNING + timedelta(hours=6))
    publish()
    late = NEXT_MORNING - timedelta(hours=6)
    visits.check_in(DOWN, by=NURSE, happened_at=late, at=NEXT_MORNING + timedelta(hours=1))
    publish(at=NEXT_MORNING + timedelta(hours=2))
    return NEXT_MORNING + timedelta(hours=3)


def test_every_figure_of_every_version_is_there_in_the_agreed_form(two_versions: datetime) -> None:
    found = json.loads(json.dumps(cells("funder", by=LEAD, at=two_versions)))
    assert set(found) == {"cells", "domains", "links", "distinct"}
    assert {cell["release"] for cell in found["cells"]} == {"daily-2026-11-17-v1", "daily-2026-11-17-v2"}
    ids = [cell["id"] for cell in found["cells"]]
    assert len(ids) == len(set(ids))
    one = next(
        cell for cell in found["cells"] if cell["id"] == "daily-2026-11-17-v1/classes/opioid/consumptions"
    )
    assert one == {
        "id": "daily-2026-11-17-v1/classes/opioid/consumptions",
        "release": "daily-2026-11-17-v1",
        "measure": "consumptions",
        "dims": {"substance_class": "opioid"},
        "start": "2026-11-17",
        "end": "2026-11-17",
        "value": 21,
        "lo": 21,
        "hi": 21,
    }


def test_every_category_of_a_cell_is_one_of_its_domain(two_versions: datetime) -> None:
    found = cells("funder", by=LEAD, at=two_versions)
    for cell in found["cells"]:
        for dimension, said in cell["dims"].items():
            assert dimension in found["domains"], cell["id"]
            assert {said} if isinstance(said, str) else set(said) <= set(found["domains"][dimension])


def test_totals_agree_with_their_parts_and_the_links_hold(two_versions: datetime) -> None:
    found = cells("funder", by=LEAD, at=two_versions)
    value = {
        cell["id"].partition("/")[2]: cell["value"] for cell in found["cells"] if cell["release"][-1] == "2"
    }
    bands = [v for place, v in value.items() if place.startswith("bands/") and place.endswith("/accesses")]
    assert sum(bands) == 2 * value["bands/all/accesses"] == 44
    assert found["links"] == [["episodes", "consumptions"]]
    assert value["bands/all/episodes"] <= value["bands/all/consumptions"]


def test_the_truth_takes_a_permission_and_leaves_an_entry_with_its_reason(two_versions: datetime) -> None:
    before = trail.last_seq()
    cells("funder", by=LEAD, at=two_versions)
    assert trail.last_seq() == before
    found = cells("funder", truth=True, reason="yearly audit", by=LEAD, at=two_versions)
    last = trail.last()
    assert last is not None and (last.kind, last.subject, last.actor) == (
        "cells.exported",
        "funder",
        LEAD.ref,
    )
    assert trail.notes([last.seq]) == {last.seq: "yearly audit"}
    assert all({"truth", "people", "protect", "width"} <= set(cell) for cell in found["cells"])
    exact = [cell for cell in found["cells"] if cell["value"] is not None]
    assert all(cell["truth"] == cell["value"] and not cell["protect"] for cell in exact)
    ranges = [cell for cell in found["cells"] if cell["value"] is None]
    assert {cell["measure"] for cell in ranges} == {"incidents", "incidents_entered_late"}
    assert all(cell["protect"] and cell["lo"] <= cell["truth"] <= cell["hi"] for cell in ranges)
    verify()


@pytest.mark.parametrize("actor", [FUNDER, NURSE])
def test_who_may_not_export_is_turned_away(app: Flask, actor: Actor) -> None:
    with pytest.raises(Forbidden):
        cells("funder", by=actor, at=NEXT_MORNING)


def test_an_audience_the_site_does_not_have_is_named(app: Flask) -> None:
    with pytest.raises(Unknown, match="funder"):
        cells("police", by=OPERATOR, at=NEXT_MORNING)


def test_what_another_audience_was_sent_is_not_in_it(app: Flask) -> None:
    audiences(funder="partner", city="public")
    publish(date(2026, 11, 16))
    publish(audience="city")
    assert {cell["release"] for cell in cells("city", by=LEAD, at=NEXT_MORNING)["cells"]} == {
        "daily-2026-11-17-v1"
    }
