"""The pages of on-site services as a browser without JavaScript sees them."""

from datetime import datetime

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from sitelog.board import actions as board
from sitelog.ground.access import Actor, Role
from sitelog.ground.days import Window
from sitelog.services import actions, queries
from sitelog.services.rules import Details
from sitelog.site import queries as site
from sitelog.trail import queries as trail
from sitelog.web.guards import Identity, load_actor_with
from tests.factories import arrive, said


@pytest.fixture(autouse=True)
def the_evening(app: Flask, at: datetime):
    with time_machine.travel(at, tick=False):
        yield


def signed_in(app: Flask, actor: Actor) -> FlaskClient:
    app.config["WTF_CSRF_ENABLED"] = False
    load_actor_with(app, lambda request: Identity(actor=actor, person=actor))
    return app.test_client()


@pytest.fixture
def desk(app: Flask, nurse: Actor) -> FlaskClient:
    return signed_in(app, nurse)


def today(at: datetime) -> list[queries.Shown]:
    return queries.given(site.calendar().day(site.calendar().day_of(at)))


def test_the_page_says_that_nothing_was_given_then_what_was(desk: FlaskClient, at: datetime) -> None:
    assert "Nothing was given yet today" in desk.get("/services").text
    assert desk.post("/services/food").status_code == 303
    assert [shown.given.kind for shown in today(at)] == ["food"]
    assert "Nothing was given yet today" not in desk.get("/services").text


def test_one_tap_within_a_visit_goes_back_to_the_visit(desk: FlaskClient, at: datetime) -> None:
    visit = arrive(at, "Kestrel")
    assert 'action="/services/wound_care"' in desk.get(f"/visits/{visit.ref}").text
    answer = desk.post("/services/wound_care", data={"visit": visit.ref})
    assert (answer.status_code, answer.location) == (303, f"/visits/{visit.ref}")
    assert [shown.given.visit_id for shown in today(at)] == [visit.id]


def test_a_sheet_of_every_kind_opens(desk: FlaskClient) -> None:
    for choice in site.book().choices("on_site_service"):
        assert desk.get(f"/services/{choice.code}").status_code == 200
    assert desk.get("/services/new").status_code == 200


def test_a_drug_check_is_entered_whole_and_shown_again_when_corrected(
    desk: FlaskClient, at: datetime
) -> None:
    filled = {"expected": "down", "strip_fentanyl": "positive", "found": ["caffeine"], "did": "discarded"}
    assert desk.post("/services/drug_check", data=filled).status_code == 303
    (shown,) = today(at)
    assert (shown.strips, shown.found) == ({"fentanyl": "positive"}, ("caffeine",))
    url = f"/services/entries/{shown.given.link_seq}/amend"
    assert 'name="strip_fentanyl" value="positive" checked' in desk.get(url).text
    again = {"strip_fentanyl": "negative", "why": "wrong_amount"}
    assert desk.post(url, data=again).status_code == 303
    (shown,) = today(at)
    assert (shown.strips, shown.found) == ({"fentanyl": "negative"}, ())
    url = f"/services/entries/{shown.given.link_seq}/strike"
    assert desk.get(url).status_code == 200
    assert desk.post(url, data={"why": "other"}).status_code == 303
    assert today(at) == []


def test_nothing_identified_does_not_go_with_a_component_and_all_that_was_typed_is_kept(
    desk: FlaskClient, at: datetime
) -> None:
    assert 'value="nothing_found" data-alone' in desk.get("/services/drug_check").text
    filled = {"expected": "down", "found": ["caffeine", "nothing_found"], "note": "kept words"}
    answer = desk.post("/services/drug_check", data=filled)
    assert answer.status_code == 422
    beside = answer.text.partition('id="found-error"')[2].partition("</p>")[0]
    assert "“Nothing identified” does not go with another answer" in beside
    assert 'value="caffeine" checked' in answer.text and 'value="nothing_found" checked' in answer.text
    assert 'value="down" checked' in answer.text and "kept words" in answer.text
    assert today(at) == []
    assert desk.post("/services/drug_check", data={"found": ["nothing_found"]}).status_code == 303


def test_another_kind_was_given_than_was_entered(desk: FlaskClient, at: datetime) -> None:
    desk.post("/services/shower", data={"note": "towels are out"})
    (shown,) = today(at)
    url = f"/services/entries/{shown.given.link_seq}/amend"
    assert f'href="{url}?kind=test"' in desk.get(url).text
    sheet = desk.get(f"{url}?kind=test").text
    assert 'name="topic"' in sheet and "towels are out" in sheet
    missing = desk.post(f"{url}?kind=test", data={"note": "kept words"})
    assert missing.status_code == 422 and "topic-error" in missing.text and "kept words" in missing.text
    assert desk.post(f"{url}?kind=test", data={"topic": "hiv", "why": "wrong_amount"}).status_code == 303
    (shown,) = today(at)
    assert (shown.given.kind, shown.given.topic, shown.given.ref) == ("test", "hiv", "T0001")
    assert desk.get(f"{url}?kind=spaceship").status_code == 404


def test_what_a_planned_session_held_stays_what_was_planned(desk: FlaskClient, at: datetime) -> None:
    desk.post("/services/sessions/new", data=PLAN | BEGUN)
    desk.post("/services/sessions/G0001/held", data={"attending": "6"})
    (shown,) = today(at)
    url = f"/services/entries/{shown.given.link_seq}/amend"
    assert "another service" not in desk.get(url).text
    answer = desk.post(f"{url}?kind=food", data={"why": "wrong_amount"})
    assert answer.status_code == 422 and "Strike it, and enter the other" in answer.text


def test_the_lists_alone_are_fetched_again_only_where_something_changed(desk: FlaskClient) -> None:
    first = desk.get("/services/today")
    same = desk.get("/services/today", headers={"If-None-Match": first.headers["ETag"]})
    assert same.status_code == 304
    desk.post("/services/food")
    again = desk.get("/services/today", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 200 and "<html" not in again.text and "1 service" in again.text


@pytest.mark.parametrize(
    ("kind", "data", "beside"),
    [
        ("support_group", {}, "attending-error"),
        ("support_group", {"attending": "many"}, "attending-error"),
        ("support_group", {"attending": "0"}, "attending-error"),
        ("test", {}, "topic-error"),
        ("test", {"topic": "tetanus"}, "topic-error"),
        ("drug_check", {}, "expected-error"),
        ("drug_check", {"did": "discarded"}, "expected-error"),
        ("drug_check", {"strip_fentanyl": "maybe"}, "strip_fentanyl-error"),
        ("food", {"earlier_at": "noonish"}, "earlier-error"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_what_was_typed_stays(
    desk: FlaskClient, at: datetime, kind: str, data: dict[str, str], beside: str
) -> None:
    answer = desk.post(f"/services/{kind}", data={**data, "note": "kept words"})
    assert answer.status_code == 422
    assert f'id="{beside}"' in answer.text and "kept words" in answer.text
    assert all(value in answer.text for name, value in data.items() if name == "attending")
    assert today(at) == []


def test_what_is_unknown_is_not_found(desk: FlaskClient) -> None:
    for path in ("/services/spaceship", "/services/entries/9999/amend", "/services/new?visit=V9999"):
        assert desk.get(path).status_code == 404
    assert desk.post("/services/food", data={"visit": "V9999"}).status_code == 422


def test_an_entry_that_was_changed_meanwhile_is_a_conflict(
    desk: FlaskClient, nurse: Actor, at: datetime
) -> None:
    row = actions.give("test", Details(topic="hiv"), **said(at, nurse))
    actions.amend(row.link_seq, "test", Details(topic="hcv"), reason="other", **said(at, nurse))
    for do in ("amend", "strike"):
        answer = desk.post(f"/services/entries/{row.link_seq}/{do}", data={"topic": "sti", "note": "kept"})
        assert answer.status_code == 409
        assert "kept" in answer.text


def test_nothing_is_chosen_before_somebody_chooses(desk: FlaskClient) -> None:
    sheet = desk.get("/services/drug_check").text
    assert 'name="expected"' in sheet
    assert 'name="expected" value="down" checked' not in sheet and "<select" not in sheet


def test_a_funder_may_not_see_them(app: Flask) -> None:
    funder = signed_in(app, Actor("S09", "Fay F.", "FF", Role.FUNDER))
    for path in ("/services", "/services/new", "/services/food"):
        assert funder.get(path).status_code == 403


def test_a_service_is_undone_on_the_board(desk: FlaskClient, nurse: Actor, at: datetime) -> None:
    actions.give("shower", **said(at, nurse))
    board.undo(by=nurse, at=at)
    assert queries.given(Window(at, at.replace(year=2027))) == []
    assert desk.get("/").status_code == 200


PLAN = {"kind": "support_group", "on": "2026-11-18", "starts": "14:00", "place": "group_room"}
BEGUN = {"on": "2026-11-17", "starts": "17:30"}


def test_a_session_is_planned_changed_held_and_seen(desk: FlaskClient, at: datetime) -> None:
    assert "No session is planned" in desk.get("/services").text
    assert desk.post("/services/sessions/new", data=PLAN).status_code == 303
    (one,) = queries.sessions(at)
    assert site.calendar().local(one.session.starts_at).isoformat()[:16] == "2026-11-18T14:00"
    url = f"/services/sessions/entries/{one.session.link_seq}/amend"
    assert 'value="14:00"' in desk.get(url).text
    assert desk.post(url, data={**PLAN, "starts": "15:30", "why": "wrong_time"}).status_code == 303
    held = f"/services/sessions/{one.session.ref}/held"
    assert f'href="{held}"' not in desk.get("/services").text
    early = desk.post(held, data={"attending": "6", "note": "kept words"})
    assert early.status_code == 422 and "kept words" in early.text
    assert "planned for 2026-11-18 15:30" in early.text.partition('id="earlier-error"')[2]
    url = f"/services/sessions/entries/{trail.last_seq()}/amend"
    assert desk.post(url, data=PLAN | BEGUN).status_code == 303
    assert f'href="{held}"' in desk.get("/services").text
    assert desk.get(held).status_code == 200
    assert desk.post(held, data={"attending": "6"}).status_code == 303
    assert "held, 6 attended" in desk.get("/services").text
    assert desk.post(held, data={"attending": "6"}).status_code == 409


def test_a_cancelled_session_is_taken_back_from_the_board(desk: FlaskClient, at: datetime) -> None:
    desk.post("/services/sessions/new", data=PLAN)
    assert desk.get("/services/sessions/G0001/cancel").status_code == 200
    assert desk.post("/services/sessions/G0001/cancel", data={"note": "snow"}).status_code == 303
    (one,) = queries.sessions(at)
    assert one.state == "cancelled"
    seq = trail.last_seq()
    assert "Strike" in desk.get(f"/services/sessions/entries/{seq}/amend").text
    assert desk.post(f"/services/sessions/entries/{seq}/strike", data={"why": "other"}).status_code == 303
    assert queries.session("G0001").state == "planned"


@pytest.mark.parametrize(
    ("change", "beside"),
    [
        ({"on": ""}, "on-error"),
        ({"on": "9999-12-31"}, "on-error"),
        ({"on": "someday"}, "on-error"),
        ({"starts": ""}, "starts-error"),
        ({"starts": "noonish"}, "starts-error"),
        ({"on": "2027-03-14", "starts": "02:30"}, "starts-error"),
        ({"kind": ""}, "kind-error"),
        ({"place": "moon"}, "place-error"),
        ({"leads": "S99"}, "leads-error"),
    ],
)
def test_a_wrong_plan_is_refused_beside_its_field(
    desk: FlaskClient, at: datetime, change: dict[str, str], beside: str
) -> None:
    answer = desk.post("/services/sessions/new", data={**PLAN, **change, "note": "kept words"})
    assert answer.status_code == 422
    assert f'id="{beside}"' in answer.text and "kept words" in answer.text
    assert queries.sessions(at) == []


def test_a_session_without_how_many_attended_is_not_held(desk: FlaskClient) -> None:
    desk.post("/services/sessions/new", data=PLAN)
    answer = desk.post("/services/sessions/G0001/held", data={"note": "kept words"})
    assert answer.status_code == 422
    assert 'id="attending-error"' in answer.text and "kept words" in answer.text
    assert desk.get("/services/sessions/G9999/held").status_code == 404


def test_within_a_visit_is_said_by_the_handle_of_whoever_is_here(desk: FlaskClient, at: datetime) -> None:
    visit = arrive(at, "Kestrel")
    assert desk.post("/services/wound_care", data={"visit": " kestrel"}).location == f"/visits/{visit.ref}"
    nobody = desk.post("/services/wound_care", data={"visit": "heron"})
    assert nobody.status_code == 422 and "heron" in nobody.text
    back = desk.post("/supplies/exchange", data={"visit": "KESTREL", "returned": "3", "method": "counted"})
    assert back.location == f"/visits/{visit.ref}"


def test_after_midnight_a_session_is_planned_for_the_date_of_the_calendar(
    desk: FlaskClient, at: datetime
) -> None:
    # Half past one in Toronto: the site's day is still the 17th, the calendar's the 18th.
    with time_machine.travel(at.replace(day=18, hour=6, minute=30), tick=False):
        assert 'value="2026-11-18"' in desk.get("/services/sessions/new").text


def test_a_plan_that_has_passed_already_is_said(desk: FlaskClient) -> None:
    desk.post("/services/sessions/new", data=PLAN)
    assert "Session planned for" in desk.get("/services").text
    desk.post("/services/sessions/new", data=PLAN | BEGUN | {"token": "f" * 32})
    assert "which has passed" in desk.get("/services").text
