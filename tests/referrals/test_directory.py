"""The directory: added to, said anew, retired; seats given away counted; who calls says what is free."""

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from sitelog.ground.access import OPERATOR, Actor, Role
from sitelog.ground.errors import Refused, Unknown
from sitelog.referrals import actions, queries
from sitelog.trail import queries as trail
from sitelog.trail.verify import verify
from tests.referrals.test_views import signed_in, text_of

pytestmark = pytest.mark.usefixtures("directory")
FUNDER = Actor("S08", "Harbour Fund", "HF", Role.FUNDER, "funder")
ADMIN = Actor("S09", "Ada A.", "AA", Role.ADMIN)
HOME = "/referrals/directory"
NEW = {"name": "Night shelter", "kind": "housing", "agency": "St. Brigid", "tone": "open"}


@pytest.fixture(autouse=True)
def the_evening(at: datetime):
    """The clock stands at the moment the tests speak of."""
    with time_machine.travel(at, tick=False):
        yield


@pytest.fixture
def office(app: Flask, lead: Actor) -> FlaskClient:
    """A browser at which the site lead is signed in."""
    return signed_in(app, lead)


def said(by: Actor, at: datetime) -> dict[str, Any]:
    return {"by": by, "happened_at": at, "at": at}


def test_a_service_that_was_added_can_be_offered_at_once(office: FlaskClient) -> None:
    assert office.post(f"{HOME}/new", data=NEW).status_code == 303
    assert "Night shelter" in text_of(office.get("/referrals").text)
    assert office.post("/referrals", data={"service": "night_shelter"}).status_code == 303


def test_two_services_of_one_name_are_two_entries(office: FlaskClient) -> None:
    for agency in ("St. Brigid", "Harbour House"):
        office.post(f"{HOME}/new", data=NEW | {"agency": agency})
    assert queries.service("night_shelter").agency == "St. Brigid"
    assert queries.service("night_shelter_2").agency == "Harbour House"


def test_a_change_leaves_what_was_not_said_as_it_was_and_referrals_as_offered(
    office: FlaskClient, nurse: Actor, at: datetime
) -> None:
    ref = actions.offer("housing", **said(nurse, at)).ref
    actions.change_service("housing", {"name": "Housing first"}, **said(OPERATOR, at))
    entry = queries.service("housing")
    assert (entry.name, entry.agency, entry.kind) == ("Housing first", "Northgate intake", "housing")
    assert queries.referral(ref).kind == "housing"
    assert verify().count == trail.last_seq()


def test_a_retired_service_is_offered_to_nobody_and_its_referrals_go_on(
    office: FlaskClient, nurse: Actor, at: datetime
) -> None:
    ref = actions.offer("housing", **said(nurse, at)).ref
    office.post(f"{HOME}/housing/retire")
    assert 'value="housing"' not in office.get("/referrals").text
    assert office.post("/referrals", data={"service": "housing"}).status_code == 422
    assert office.post(f"/referrals/{ref}", data={"choice": "accepted"}).status_code == 303
    assert "retired" in text_of(office.get(HOME).text)
    office.post(f"{HOME}/housing/back")
    assert 'value="housing"' in office.get("/referrals").text


def test_seats_are_counted_from_the_ladders(app: Flask, nurse: Actor, at: datetime) -> None:
    assert queries.seats_left() == {"scholarship": 3}
    refs = [actions.offer("scholarship", **said(nurse, at)).ref for _ in range(3)]
    assert queries.seats_left() == {"scholarship": 3}, "an offer takes nothing from others"
    for ref in refs[:2]:
        actions.accept(ref, **said(nurse, at))
    assert queries.seats_left() == {"scholarship": 1}
    actions.did_not_attend(refs[0], **said(nurse, at + timedelta(minutes=1)))
    assert queries.seats_left() == {"scholarship": 2}, "who did not come leaves the seat to others"
    actions.attend(refs[1], **said(nurse, at + timedelta(minutes=1)))
    actions.close(refs[1], **said(nurse, at + timedelta(minutes=2)))
    assert queries.seats_left() == {"scholarship": 2}, "who came keeps the seat when the referral is closed"


def test_the_directory_says_how_many_seats_are_left(office: FlaskClient, nurse: Actor, at: datetime) -> None:
    actions.accept(actions.offer("scholarship", **said(nurse, at)).ref, **said(nurse, at))
    assert "2 of 3 left" in text_of(office.get("/referrals").text)
    assert "in 1 referral" in text_of(office.get(HOME).text)


def test_a_nurse_who_called_says_what_is_free(app: Flask, nurse: Actor) -> None:
    desk = signed_in(app, nurse)
    answer = desk.post(f"{HOME}/detox/availability", data={"availability": "no bed tonight", "tone": "wait"})
    assert answer.location == HOME
    assert "no bed tonight" in text_of(desk.get("/referrals").text)
    assert queries.service("detox").opening == "24 h"


def test_a_double_tap_adds_once(office: FlaskClient) -> None:
    for _ in range(2):
        office.post(f"{HOME}/new", data=NEW | {"token": "c" * 32})
    assert [entry.code for entry in queries.directory() if entry.name == "Night shelter"] == ["night_shelter"]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"name": " "}, "Say what the service is called"),
        ({"kind": "spaceship"}, "is not on this site"),
        ({"seats": "-1"}, "Between 0 and 999"),
        ({"seats": "many"}, "whole number"),
        ({"name": "x" * 200}, "At most"),
    ],
)
def test_a_wrong_entry_is_said_and_what_was_typed_is_kept(
    office: FlaskClient, wrong: dict[str, str], words: str
) -> None:
    before = trail.last_seq()
    answer = office.post(f"{HOME}/new", data=NEW | {"eligibility": "men over 50"} | wrong)
    assert answer.status_code == 422
    assert words in text_of(answer.text)
    assert "men over 50" in answer.text
    assert trail.last_seq() == before


def test_an_entry_without_a_name_is_refused_below_the_door_too(app: Flask, at: datetime) -> None:
    with pytest.raises(Refused):
        actions.change_service("detox", {"name": ""}, **said(OPERATOR, at))
    with pytest.raises(Unknown):
        actions.change_service("nowhere", {"name": "Here"}, **said(OPERATOR, at))


@pytest.mark.parametrize("path", [f"{HOME}/nowhere", f"{HOME}/nowhere/availability"])
def test_an_entry_that_is_not_there_is_not_found(app: Flask, lead: Actor, path: str) -> None:
    assert signed_in(app, lead).get(path).status_code == 404


def test_a_nurse_reads_the_directory_and_does_not_rewrite_it(app: Flask, nurse: Actor) -> None:
    desk = signed_in(app, nurse)
    assert desk.get(HOME).status_code == 200
    assert "Add a service" not in desk.get(HOME).text
    assert desk.post(f"{HOME}/new", data=NEW).status_code == 403
    assert desk.post(f"{HOME}/housing/retire").status_code == 403


def test_an_administrator_keeps_the_directory_without_sight_of_a_referral(app: Flask) -> None:
    office = signed_in(app, ADMIN)
    assert office.get(HOME).status_code == 200
    assert office.get("/referrals").status_code == 403


@pytest.mark.parametrize("path", [HOME, f"{HOME}/new", f"{HOME}/detox/availability"])
def test_a_funder_sees_no_directory(app: Flask, path: str) -> None:
    assert signed_in(app, FUNDER).get(path).status_code == 403
