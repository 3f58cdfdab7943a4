"""Incidents from line lists: they stand, open or closed, as if the desk had entered them."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask

from sitelog.board import feed
from sitelog.ground.access import OPERATOR, Actor
from sitelog.imports import actions
from sitelog.incidents import actions as incidents
from sitelog.incidents import queries
from sitelog.incidents.rules import Closing, Happening, Step
from sitelog.referrals import actions as referrals
from sitelog.referrals.defaults import SERVICES
from sitelog.trail import queries as trail
from sitelog.trail.verify import verify
from tests.conftest import EVENING
from tests.factories import said
from tests.imports.conftest import FILES

Lists = Callable[..., Path]


@pytest.fixture
def brought(app: Flask, lists: Lists) -> Path:
    referrals.list_services(SERVICES, **said(EVENING - timedelta(days=9)))
    folder = lists()
    actions.bring_along(folder, by=OPERATOR, at=EVENING)
    return folder


def at(hour: int, minute: int = 0) -> datetime:
    """An instant of that day, by the clock of the site."""
    return datetime(2026, 3, 3, hour + 5, minute, tzinfo=UTC)


def test_an_incident_of_the_past_is_as_the_desk_would_have_made_it(brought: Path) -> None:
    one = queries.item("I0001")
    assert (one.incident.kind, one.incident.where_code, one.happened_at) == ("verbal", "3", at(9, 12))
    answers = {field: [row.answer for row in rows] for field, rows in queries.answers("I0001").items()}
    assert answers == {"against": ["against_staff"], "measure": ["measure_talked"]}
    assert queries.ties("I0001") == ["V0001", "R0001"]
    assert [item.ref for item in queries.about("V0001")] == ["I0001"]
    assert one.ended and (one.ended.how, one.ended.happened_at) == ("settled", at(9, 12))
    assert queries.answers("I0003")["found"][0].number == 12


def test_steps_come_with_their_times_and_what_was_not_closed_is_open(brought: Path) -> None:
    left = queries.item("I0002")
    taken = {todo.step.code: todo.taken for todo in left.todo if todo.taken}
    assert {code: (one.outcome, one.happened_at) for code, one in taken.items()} == {
        "bagged": ("done", at(10, 35)),
        "destroyed": ("not_needed", at(10, 40)),
    }
    assert left.ended and left.ended.happened_at == at(12)
    assert [item.ref for item in queries.open_items()] == ["I0003"]


def test_each_entry_is_late_by_the_importer_and_opens_as_it_was_said(brought: Path) -> None:
    links = [link for link in trail.links_since(0) if link.noun == "incident"]
    kinds = ["logged", "logged", "step_taken", "step_taken", "closed", "logged"]
    assert [link.verb for link in links] == kinds
    assert {(link.at, link.actor) for link in links} == {(EVENING, "operator")}
    assert len(feed.sentences(links)) == len(links)
    entered = [incidents.as_entered(link) for link in links]
    assert entered[0] == Happening(
        "verbal",
        "3",
        {"against": ["against_staff"], "measure": ["measure_talked"]},
        ["V0001", "R0001"],
        "settled",
    )
    assert entered[2:5] == [Step("bagged"), Step("destroyed", "not_needed"), Closing("authority")]


def test_the_desk_goes_on_with_them_and_after_their_numbers(brought: Path, nurse: Actor) -> None:
    incidents.close("I0003", Closing("settled"), **said(EVENING, nurse))
    assert queries.open_items() == []
    assert incidents.log(Happening("fall"), **said(EVENING, nurse)).ref == "I0004"
    assert verify().count == trail.last_seq()


def test_the_same_incidents_again_change_nothing_and_others_are_refused(brought: Path, lists: Lists) -> None:
    before = trail.last_seq()
    assert actions.bring_along(brought, by=OPERATOR, at=EVENING + timedelta(hours=1)).ref is None
    assert trail.last_seq() == before
    other = FILES["incidents.csv"].replace("bagged@2026-03-03T10:35", "bagged@2026-03-03T10:36")
    with pytest.raises(actions.NotClean) as error:
        actions.bring_along(lists(FILES | {"incidents.csv": other}), by=OPERATOR, at=EVENING)
    words = "when it said something else: correct it at the desk."
    assert [str(one) for one in error.value.problems] == [
        f"incidents.csv:3: Imported before as I0002, {words}"
    ]
