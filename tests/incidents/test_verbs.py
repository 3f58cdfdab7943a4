"""Incidents through their verbs: logged with as little as a kind, followed up, closed, corrected."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from sitelog.board import actions as board
from sitelog.board import feed
from sitelog.ground.access import Actor, Role
from sitelog.ground.days import Window
from sitelog.ground.errors import Conflict, Forbidden, Refused, Unknown
from sitelog.ground.facts import Grain
from sitelog.incidents import actions, facts, queries
from sitelog.incidents.entered import as_entered
from sitelog.incidents.rules import Closing, Happening, Step, Tie, Words
from sitelog.reports import corrections
from sitelog.responses import actions as responses
from sitelog.site import queries as site
from sitelog.trail import queries as trail
from sitelog.trail.verify import verify
from tests.factories import arrive, said
from tests.incidents.conftest import JOEL

HOUR = timedelta(hours=1)


def corrected(at: datetime) -> dict[str, Any]:
    return {**said(at), "reason": "wrong_amount"}


def counted(at: datetime) -> list[dict[str, str]]:
    book = site.book()
    window = Window(at - HOUR, at + HOUR)
    return [dict(fact.dims) for fact in facts.facts(window, Grain(book.calendar, book.bands, str))]


def logged(at: datetime, kind: str = "substance_left", **more: Any) -> str:
    return actions.log(Happening(kind, **more), **said(at)).ref


def test_the_kind_alone_makes_an_incident_that_stays_open(app: Flask, at: datetime) -> None:
    ref = logged(at, "other")
    assert ref == "I0001"
    assert [item.ref for item in queries.open_items()] == [ref]
    assert queries.open_count() == 1
    assert verify().count == trail.last_seq()


def test_what_was_answered_is_kept_by_field(tiles: datetime) -> None:
    answers = {
        "asked_by": ["asked_police"],
        "asked_for": ["for_person", "for_video"],
        "warrant": ["no"],
        "given": ["gave_nothing"],
        "decided": ["S02"],
    }
    ref = logged(tiles, "police_request", answers=answers)
    kept = {
        field: [row.answer or row.staff_ref for row in rows] for field, rows in queries.answers(ref).items()
    }
    assert kept == answers


def test_a_number_is_kept_as_a_number(app: Flask, at: datetime) -> None:
    ref = logged(at, "sharps_outside", answers={"found": [12]})
    assert queries.answers(ref)["found"][0].number == 12


def test_an_incident_settled_at_once_is_never_open(app: Flask, at: datetime) -> None:
    logged(at, "verbal", end="settled")
    assert queries.open_items() == []
    assert [item.ended.how for item in queries.closed_items() if item.ended] == ["settled"]


def test_custody_is_a_row_of_steps_each_with_time_and_witness(tiles: datetime) -> None:
    ref = logged(tiles - HOUR)
    for minutes, step in enumerate(("bagged", "sealed", "stored", "handed_over")):
        when = tiles - HOUR + timedelta(minutes=minutes)
        actions.take_step(ref, Step(step, witness=JOEL.ref), **{**said(tiles), "happened_at": when})
    todo = queries.item(ref).todo
    assert [one.taken.witness for one in todo if one.taken] == [JOEL.ref] * 4
    assert [one.taken.happened_at.minute for one in todo if one.taken] == [42, 43, 44, 45]
    assert queries.item(ref).missing == 0


def test_a_witness_is_somebody_else_of_the_desk(tiles: datetime, nurse: Actor) -> None:
    ref = logged(tiles)
    for who in (nurse.ref, "S99"):
        with pytest.raises(Refused) as refusal:
            actions.take_step(ref, Step("bagged", witness=who), **said(tiles))
        assert refusal.value.field == "witness"


def test_nothing_is_done_about_an_incident_before_it_happened(tiles: datetime) -> None:
    ref = logged(tiles)
    with pytest.raises(Refused):
        actions.take_step(ref, Step("bagged"), **{**said(tiles), "happened_at": tiles - HOUR})
    with pytest.raises(Refused):
        actions.close(ref, Closing("settled"), **{**said(tiles), "happened_at": tiles - HOUR})


def test_closing_is_never_refused_for_what_is_missing_and_happens_once(app: Flask, at: datetime) -> None:
    ref = logged(at, "exposure")
    assert queries.item(ref).missing > 0
    actions.close(ref, Closing("handed_on"), **said(at))
    assert queries.open_count() == 0
    with pytest.raises(Conflict):
        actions.close(ref, Closing("settled"), **said(at))


def test_a_struck_closing_opens_the_incident_again(app: Flask, at: datetime, nurse: Actor) -> None:
    ref = logged(at)
    seq = actions.close(ref, Closing("settled"), **said(at)).seq
    actions.strike(seq, by=nurse, at=at)
    assert queries.is_open(ref) and queries.open_count() == 1


def test_an_incident_belongs_to_a_visit_a_response_and_another_incident(app: Flask, at: datetime) -> None:
    visit, response = arrive(at).ref, responses.start(place_code="3", **said(at)).ref
    ref = logged(at, "fall", ties=[visit.lower()])
    actions.tie(ref, Tie(response), **said(at))
    other = logged(at, "complaint", ties=[ref])
    assert queries.ties(ref) == [visit, response, other]
    assert queries.ties(other) == [ref]
    for about in (visit, response, ref):
        assert queries.about(about)


@pytest.mark.parametrize("to", ["", "V9999", "X0001", "somebody", "I0001", "V" + "9" * 40, "V-1", "R٣"])
def test_what_is_not_there_is_not_tied_to(app: Flask, at: datetime, to: str) -> None:
    ref = logged(at)
    with pytest.raises(Refused) as refusal:
        actions.tie(ref, Tie(to), **said(at))
    assert refusal.value.field == "tie"


def test_free_words_are_notes_and_nowhere_else(app: Flask, at: datetime) -> None:
    ref = logged(at)
    actions.write(ref, Words(" white powder in a green bag "), **said(at))
    assert [entry.note for entry in queries.entries(ref)] == [None, "white powder in a green bag"]
    with pytest.raises(Refused):
        actions.write(ref, Words("  "), **said(at))


def test_an_entry_is_amended_as_what_it_was_and_both_versions_stay(tiles: datetime) -> None:
    row = actions.log(Happening("fall", "3", {"injury": ["injury_none"]}), **said(tiles))
    again = Happening("fall", "4", {"injury": ["injury_hospital"], "ambulance": ["yes"]})
    actions.amend(row.link_seq, again, **corrected(tiles))
    assert queries.incident(row.ref).where_code == "4"
    assert [one.answer for one in queries.answers(row.ref)["injury"]] == ["injury_hospital"]
    assert [entry.later is None for entry in queries.entries(row.ref)] == [False, True]
    with pytest.raises(Conflict):
        actions.amend(row.link_seq, again, **corrected(tiles))
    assert verify().count == trail.last_seq()


def test_every_kind_of_entry_says_what_was_entered_and_is_amended(tiles: datetime) -> None:
    visit = arrive(tiles).ref
    ref = logged(tiles)
    told = [
        (actions.take_step, Step("bagged", witness=JOEL.ref), Step("bagged", "not_needed")),
        (actions.tie, Tie(visit), Tie(visit)),
        (actions.write, Words("in booth 3"), Words("in booth 4")),
        (actions.close, Closing("settled"), Closing("authority")),
    ]
    for verb, what, other in told:
        link = verb(ref, what, **said(tiles))
        assert as_entered(link) == what
        new = actions.amend(link.seq, other, **corrected(tiles))
        assert as_entered(new) == other
        if not isinstance(what, Closing):
            with pytest.raises(Refused):
                actions.amend(new.seq, Closing("settled"), **corrected(tiles))


def test_a_struck_incident_is_neither_open_nor_counted(app: Flask, at: datetime, nurse: Actor) -> None:
    row = actions.log(Happening("weapon"), **said(at))
    assert counted(at) == [{"incident_kind": "weapon", "incident_class": "violence"}]
    actions.strike(row.link_seq, by=nurse, at=at)
    assert counted(at) == []
    assert queries.open_items() == []
    with pytest.raises(Unknown):
        queries.incident(row.ref)
    with pytest.raises(Unknown):
        actions.take_step(row.ref, Step("bagged"), **said(at))


def test_each_incident_is_counted_once_by_kind_whatever_was_done_about_it(app: Flask, at: datetime) -> None:
    ref = logged(at, "exposure")
    actions.take_step(ref, Step("wash"), **said(at))
    actions.close(ref, Closing("settled"), **said(at))
    assert counted(at) == [{"incident_kind": "exposure", "incident_class": "exposure"}]
    assert [item.ref for item in queries.within(Window(at, at + HOUR))] == [ref]


def test_an_incident_entered_later_touches_the_day_that_was_published(app: Flask, at: datetime) -> None:
    before = dict(corrections.touched())
    logged(at)
    assert corrections.touched() != before


def test_a_double_tap_is_one_incident_and_one_step(app: Flask, at: datetime) -> None:
    refs = {actions.log(Happening("exposure"), **said(at), token="a" * 32).ref for _ in range(2)}
    assert refs == {"I0001"}
    seqs = {actions.take_step("I0001", Step("wash"), **said(at), token="b" * 32).seq for _ in range(2)}
    assert len(seqs) == 1


def test_nobody_changes_what_somebody_else_entered_but_the_lead(
    app: Flask, at: datetime, lead: Actor
) -> None:
    row = actions.log(Happening("theft"), **said(at))
    other = Actor("S09", "Other nurse", "ON", Role.NURSE)
    with pytest.raises(Forbidden):
        actions.strike(row.link_seq, by=other, at=at)
    actions.amend(row.link_seq, Happening("theft", "waiting"), **{**corrected(at), "by": lead})


def test_an_entry_about_something_else_is_not_touched(app: Flask, at: datetime, nurse: Actor) -> None:
    arrive(at)
    with pytest.raises(Refused):
        actions.strike(trail.last_seq(), by=nurse, at=at)


def test_the_last_entry_is_undone_from_the_board(app: Flask, at: datetime, nurse: Actor) -> None:
    ref = logged(at, "complaint")
    actions.close(ref, Closing("answered"), **said(at))
    board.undo(by=nurse, at=at + timedelta(seconds=30))
    assert queries.is_open(ref)


def test_the_feed_says_in_words_what_happened(tiles: datetime, nurse: Actor) -> None:
    ref = logged(tiles, "substance_left", where="3")
    actions.take_step(ref, Step("bagged"), **said(tiles))
    actions.take_step(ref, Step("sealed", "not_needed"), **said(tiles))
    actions.tie(ref, Tie(arrive(tiles).ref), **said(tiles))
    actions.write(ref, Words("green bag"), **said(tiles))
    actions.close(ref, Closing("authority"), **said(tiles))
    entries = feed.last_entries(nurse, tiles)
    told = [
        entry.now.text % entry.now.values for entry in entries if entry.now and ref in str(entry.now.values)
    ]
    assert told == [
        "Incident I0001 closed: With the police or another authority",
        "Incident I0001, note: green bag",
        "Incident I0001 belongs to V0001",
        "Incident I0001: Sealed and labelled – Not needed",
        "Incident I0001: Bagged",
        "Incident I0001: Unidentified substance left behind, Booth 3",
    ]
