"""The pages of incidents as a browser without JavaScript sees them."""

from datetime import datetime
from re import findall

import pytest
from flask import Flask
from flask.testing import FlaskClient

from sitelog.ground.access import Actor, Role
from sitelog.incidents import actions, queries
from sitelog.incidents.rules import Closing, Happening
from sitelog.responses import actions as responses
from sitelog.site import defaults
from sitelog.trail import queries as trail
from tests.factories import arrive, said
from tests.incidents.conftest import SignIn

KINDS = [kind["code"] for kind in defaults.WORDS["incident_kind"]]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_logged_corrected_and_struck(desk: FlaskClient, kind: str) -> None:
    assert desk.get(f"/incidents/new/{kind}").status_code == 200
    filled = {"where": "3", "note": "green bag", "ask_minutes": "2", "ask_found": "7", "ask_ambulance": "no"}
    assert desk.post(f"/incidents/new/{kind}", data=filled).status_code == 303
    text = desk.get("/incidents/I0001").text
    assert "Booth 3" in text and "green bag" in text
    seq = queries.incident("I0001").link_seq
    assert "green bag" in desk.get(f"/incidents/entries/{seq}/amend").text
    again = {"where": "waiting", "why": "wrong_place"}
    assert desk.post(f"/incidents/entries/{seq}/amend", data=again).status_code == 303
    newer = queries.incident("I0001").link_seq
    assert queries.incident("I0001").where_code == "waiting"
    assert desk.get(f"/incidents/entries/{newer}/strike").status_code == 200
    assert desk.post(f"/incidents/entries/{newer}/strike", data={"why": "other"}).status_code == 303
    assert desk.get("/incidents/I0001").status_code == 404
    assert desk.get("/").status_code == 200


@pytest.mark.parametrize("group", ["medical", "exposure", "police", "complaint", "substance", "death"])
def test_what_somebody_will_ask_about_again_is_not_closed_unless_somebody_says_so(
    desk: FlaskClient, group: str
) -> None:
    for kind in (kind for kind in defaults.WORDS["incident_kind"] if kind["group"] == group):
        sheet = desk.get(f"/incidents/new/{kind['code']}").text
        [end] = findall(r'<input type="radio" name="end" value="(\w*)" checked>', sheet)
        assert end == "", kind["code"]


def test_the_sheet_shows_every_answer_again(desk: FlaskClient, tiles: datetime) -> None:
    answers = {"asked_for": ["for_video"], "warrant": ["no"], "decided": ["S02"]}
    row = actions.log(Happening("police_request", answers=answers), **said(tiles))
    text = desk.get(f"/incidents/entries/{row.link_seq}/amend").text
    assert 'value="for_video" checked' in text
    assert 'value="no" checked' in text
    assert 'value="S02" checked' in text or 'selected value="S02"' in text
    assert "Marc D." in desk.get(f"/incidents/{row.ref}").text


def test_nothing_was_given_does_not_go_with_records_and_all_that_was_typed_is_kept(
    desk: FlaskClient, tiles: datetime
) -> None:
    assert 'value="gave_nothing" data-alone' in desk.get("/incidents/new/police_request").text
    filled = {"ask_given": ["gave_nothing", "gave_records"], "ask_warrant": "no", "note": "two officers"}
    answer = desk.post("/incidents/new/police_request", data=filled)
    assert answer.status_code == 422
    beside = answer.text.partition('id="ask_given-error"')[2].partition("</p>")[0]
    assert "“Nothing” does not go with another answer" in beside
    for typed in ('value="gave_nothing" checked', 'value="gave_records" checked', "two officers"):
        assert typed in answer.text
    assert queries.open_items() == []
    filled["ask_given"] = ["gave_records", "gave_entry"]
    assert desk.post("/incidents/new/police_request", data=filled).status_code == 303


def test_a_step_sent_empty_was_done_just_now(desk: FlaskClient, tiles: datetime) -> None:
    actions.log(Happening("exposure"), **said(tiles))
    assert desk.post("/incidents/I0001/steps/wash").status_code == 303
    taken = queries.item("I0001").todo[0].taken
    assert taken is not None and (taken.happened_at, taken.outcome) == (tiles, "done")
    assert "Amina K." in desk.get("/incidents/I0001").text


def test_a_step_names_its_witness_by_tile(desk: FlaskClient, tiles: datetime) -> None:
    actions.log(Happening("substance_left"), **said(tiles))
    sheet = desk.get("/incidents/I0001/steps/sealed").text
    assert "Joel T." in sheet and 'value="S01"' not in sheet
    assert desk.post("/incidents/I0001/steps/bagged").status_code == 303
    assert "no witness named" in desk.get("/incidents/I0001").text
    assert desk.post("/incidents/I0001/steps/sealed", data={"witness": "S03"}).status_code == 303
    assert "witness Joel T." in desk.get("/incidents/I0001").text
    seq = trail.last_seq()
    assert 'value="S03" checked' in desk.get(f"/incidents/entries/{seq}/amend").text
    assert desk.post(f"/incidents/entries/{seq}/amend", data={"outcome": "not_needed"}).status_code == 303
    assert "Not needed" in desk.get("/incidents/I0001").text


def test_a_step_beyond_its_hours_is_said_to_be_late(desk: FlaskClient, tiles: datetime, nurse: Actor) -> None:
    past = tiles.replace(day=13)
    actions.log(Happening("exposure"), by=nurse, happened_at=past, at=past)
    assert "was due by 16 Nov 18:42" in desk.get("/incidents/I0001").text
    assert "too late: PEP started" in desk.get("/incidents").text


def test_closing_tying_and_noting_have_their_sheets(desk: FlaskClient, tiles: datetime) -> None:
    visit = arrive(tiles).ref
    actions.log(Happening("complaint"), **said(tiles))
    for sheet, filled in (
        ("tie", {"tie": visit}),
        ("note", {"note": "rang twice"}),
        ("close", {"how": "answered"}),
    ):
        assert desk.get(f"/incidents/I0001/{sheet}").status_code == 200
        assert desk.post(f"/incidents/I0001/{sheet}", data=filled).status_code == 303
    text = desk.get("/incidents/I0001").text
    assert f'href="/visits/{visit}"' in text and "rang twice" in text and "closed: Answered" in text
    assert desk.post("/incidents/I0001/close", data={"how": "answered"}).status_code == 409


def test_open_ones_are_in_the_navigation_and_first_on_the_page(desk: FlaskClient, tiles: datetime) -> None:
    assert 'href="/incidents">Incidents</a>' in desk.get("/").text
    first = actions.log(Happening("theft"), **said(tiles)).ref
    actions.log(Happening("weapon"), **said(tiles))
    actions.close(first, Closing("settled"), **said(tiles))
    assert '1<span class="vh"> open</span>' in desk.get("/").text
    text = desk.get("/incidents").text
    assert text.index("I0002") < text.index("I0001")


def test_a_visit_shows_its_incidents_and_the_way_to_a_new_one(desk: FlaskClient, tiles: datetime) -> None:
    visit = arrive(tiles).ref
    actions.log(Happening("fall", ties=[visit]), **said(tiles))
    text = desk.get(f"/visits/{visit}").text
    assert 'href="/incidents/I0001"' in text
    assert f'href="/incidents/new?tie={visit}"' in text
    assert f'value="{visit}"' in desk.get(f"/incidents/new/fall?tie={visit}").text


def test_a_response_shows_its_incidents_on_its_timeline(desk: FlaskClient, tiles: datetime) -> None:
    ref = responses.start(place_code="3", **said(tiles)).ref
    actions.log(Happening("fall", ties=[ref]), **said(tiles))
    text = desk.get(f"/responses/{ref}/timeline").text
    assert 'href="/incidents/I0001"' in text
    assert f'href="/incidents/new?tie={ref}"' in text


@pytest.mark.parametrize(
    ("filled", "kept"),
    [
        ({"ask_minutes": "some", "note": "kept words"}, 'value="some"'),
        ({"ask_minutes": "-3"}, 'value="-3"'),
        ({"ask_ambulance": "perhaps", "note": "kept words"}, "kept words"),
        ({"where": "moon", "note": "kept words"}, "kept words"),
        ({"tie": "V9999"}, 'value="V9999"'),
        ({"tie": "<b>"}, 'value="&lt;b&gt;"'),
        ({"end": "forgotten", "note": "kept words"}, "kept words"),
        ({"earlier_at": "25:99"}, 'value="25:99"'),
        ({"note": "x" * 2001}, "x" * 2001),
        ({"note": "a\x07b", "where": "3"}, "cannot be kept"),
    ],
)
def test_wrong_input_is_said_beside_it_and_kept(desk: FlaskClient, filled: dict[str, str], kept: str) -> None:
    answer = desk.post("/incidents/new/seizure", data=filled)
    assert answer.status_code == 422
    assert kept in answer.text
    assert queries.open_items() == []


@pytest.mark.parametrize(
    ("path", "filled"),
    [
        ("/incidents/I0001/steps/wash", {"outcome": "perhaps"}),
        ("/incidents/I0001/steps/wash", {"witness": "S01"}),
        ("/incidents/I0001/steps/wash", {"witness": "S77"}),
        ("/incidents/I0001/close", {}),
        ("/incidents/I0001/close", {"how": "magic"}),
        ("/incidents/I0001/tie", {"tie": "I0001"}),
        ("/incidents/I0001/note", {"note": " "}),
    ],
)
def test_a_sheet_that_says_something_impossible_comes_back(
    desk: FlaskClient, tiles: datetime, path: str, filled: dict[str, str]
) -> None:
    actions.log(Happening("exposure"), **said(tiles))
    assert desk.post(path, data=filled).status_code == 422


@pytest.mark.parametrize(
    "path",
    [
        *("/incidents/I9999", "/incidents/new/storm", "/incidents/I0001/nothing", "/incidents/I9999/close"),
        *("/incidents/I0001/steps/bagged", "/incidents/I0001/steps/x", "/incidents/entries/999/amend"),
        *("/incidents/entries/999/strike", "/incidents/entries/99999999999999999999/amend"),
    ],
)
def test_what_is_not_there_is_not_found(desk: FlaskClient, tiles: datetime, path: str) -> None:
    actions.log(Happening("exposure"), **said(tiles))
    assert desk.get(path).status_code == 404


def test_a_striking_cannot_be_amended(desk: FlaskClient, tiles: datetime, nurse: Actor) -> None:
    row = actions.log(Happening("exposure"), **said(tiles))
    struck = actions.strike(row.link_seq, by=nurse, at=tiles)
    assert desk.get(f"/incidents/entries/{struck.seq}/amend").status_code == 409


@pytest.mark.parametrize("path", ["/incidents", "/incidents/new", "/incidents/new/fall", "/incidents/I0001"])
@pytest.mark.parametrize("role", [Role.FUNDER, Role.ADMIN])
def test_who_may_not_log_sees_no_incident(app: Flask, sign_in: SignIn, path: str, role: Role) -> None:
    assert sign_in(Actor("S08", "Fay F.", "FF", role, "funder")).get(path).status_code == 403


def test_another_nurse_may_read_but_not_correct(desk: FlaskClient, tiles: datetime, sign_in: SignIn) -> None:
    row = actions.log(Happening("exposure"), **said(tiles))
    other = sign_in(Actor("S03", "Joel T.", "JT", Role.NURSE))
    assert other.get("/incidents/I0001").status_code == 200
    assert other.post(f"/incidents/entries/{row.link_seq}/amend", data={"where": "3"}).status_code == 403
