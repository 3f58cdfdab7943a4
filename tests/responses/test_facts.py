"""What responses count: one fact each, by what stands, on the day it was recognised, and nobody in it."""

from datetime import datetime, timedelta

import pytest
from flask import Flask

from sitelog.ground.access import Actor
from sitelog.ground.facts import Fact, Grain
from sitelog.responses import actions, facts, queries
from sitelog.site import queries as site
from tests.factories import CRACK, arrive, response_running, said, seated


def counted(at: datetime) -> list[Fact]:
    """Every fact of the site day that holds `at`."""
    book = site.book()
    grain = Grain(book.calendar, book.bands, lambda key: key)
    return list(facts.facts(book.calendar.day(book.calendar.day_of(at)), grain))


def amounts(at: datetime) -> dict[str, int]:
    found: dict[str, int] = {}
    for fact in counted(at):
        found[fact.measure] = found.get(fact.measure, 0) + fact.amount
    return found


def test_a_response_is_counted_with_what_was_done(app: Flask, nurse: Actor, at: datetime) -> None:
    seated(at - timedelta(minutes=20), "3", "heron-42")
    ref = response_running(nurse, at).ref
    actions.give_naloxone(ref, 400, "intramuscular", **said(at, nurse))
    actions.ems_gave_naloxone(ref, **said(at, nurse))
    actions.call_ems(ref, **said(at, nurse))
    actions.call_ems(ref, **said(at, nurse))
    actions.close(ref, "recovered", **said(at, nurse))
    assert amounts(at) == {"responses": 1, "naloxone_doses": 2, "ems_naloxone_doses": 1, "ems_calls": 1}
    [fact] = [fact for fact in counted(at) if fact.measure == "responses"]
    assert dict(fact.dims) == {
        "tier": "4",
        "pathway": "opioid",
        "substance_class": "opioid",
        "response_class": "naloxone_1_2",
        "outcome": "recovered",
    }
    assert fact.band == "evening"


def test_a_fact_holds_no_handle_place_staff_or_minute(app: Flask, nurse: Actor, at: datetime) -> None:
    seated(at - timedelta(minutes=20), "3", "heron-42")
    response_running(nurse, at)
    words = repr(counted(at))
    assert not any(secret in words for secret in ("heron", "Booth", "S01", "R0001", "V0001", "18:", "23:"))


def test_what_was_struck_or_amended_counts_as_it_stands(app: Flask, nurse: Actor, at: datetime) -> None:
    ref = response_running(nurse, at).ref
    dose = queries.case(ref).all("naloxone")[0]
    actions.strike(dose.seq, by=nurse, at=at)
    assert "naloxone_doses" not in amounts(at)
    actions.no_overdose(ref, by=nurse, at=at)
    assert amounts(at) == {}


@pytest.mark.parametrize(
    ("pathway", "known"),
    [("stimulant", "stimulant"), ("prolonged_sedation", "opioid"), ("unknown", "other"), ("mixed", "other")],
)
def test_without_a_declared_substance_the_pathway_tells_the_class(
    app: Flask, nurse: Actor, at: datetime, pathway: str, known: str
) -> None:
    ref = actions.start("washroom", **said(at, nurse)).ref
    actions.set_pathway(ref, pathway, **said(at, nurse))
    [fact] = counted(at)
    assert (fact.dim("substance_class"), fact.dim("outcome")) == (known, None)


def test_what_was_declared_tells_the_class_before_the_pathway(app: Flask, nurse: Actor, at: datetime) -> None:
    visit = arrive(at, asked=CRACK)
    ref = actions.start("waiting", visit_ref=visit.ref, **said(at, nurse)).ref
    actions.set_pathway(ref, "opioid", **said(at, nurse))
    assert counted(at)[0].dim("substance_class") == "stimulant"


def test_a_response_belongs_to_the_site_day_it_was_recognised_on(
    app: Flask, nurse: Actor, at: datetime
) -> None:
    night = at + timedelta(hours=8)  # 02:42, still the site's Tuesday
    ref = actions.start(**said(night, nurse)).ref
    actions.give_naloxone(ref, 400, "intramuscular", **said(night + timedelta(hours=3), nurse))
    assert amounts(at) == {"responses": 1, "naloxone_doses": 1}
    assert amounts(at + timedelta(days=1)) == {}


def test_every_measure_has_its_definition_and_what_an_ambulance_did_is_told_of_a_week_or_more() -> None:
    assert all(measure.definition for measure in facts.MEASURES)
    seen = {measure.code for measure in facts.MEASURES if measure.least_days >= 7}
    assert seen == {"ems_calls", "ems_naloxone_doses"}
