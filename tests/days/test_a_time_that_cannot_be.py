"""A time that cannot be is refused beside the field it was typed in, whatever it was the time of."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from html import unescape

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from sitelog.ground.access import Actor
from sitelog.incidents import actions as incidents
from sitelog.incidents.rules import Happening
from sitelog.people import actions as people
from sitelog.responses import actions as responses
from sitelog.responses.rules import Measured
from sitelog.services import actions as services
from sitelog.shifts import actions as shifts
from sitelog.supplies import actions as supplies
from sitelog.supplies.rules import Receipt
from sitelog.trail import queries as trail
from sitelog.visits import actions as visits
from sitelog.web.guards import Identity, load_actor_with
from tests.factories import arrive, in_aftercare, referral_offered, register, response_running, said, seated

MINUTE = timedelta(minutes=1)


@pytest.fixture
def desk(app: Flask, nurse: Actor, at: datetime):
    """A browser at which the nurse is signed in, at 18:42:07."""
    app.config["WTF_CSRF_ENABLED"] = False
    load_actor_with(app, lambda request: Identity(actor=nurse, person=nurse))
    with time_machine.travel(at, tick=False):
        yield app.test_client()


def beside(html: str) -> tuple[str, str] | None:
    """The time that is marked as wrong, by the name of its field, and what is said beside it."""
    marked = [one for one in re.findall(r"<input[^>]*>", html) if "aria-invalid" in one]
    names = [one for one in (re.search(r'name="([^"]*)"', field) for field in marked) if one]
    words = re.search(r'<p class="error" id="(?:time|earlier)-error">.*?<span>(.*?)</span>', html, re.S)
    return (names[0][1], unescape(words[1])) if names and words else None


def arrival(at: datetime) -> str:
    arrive(at - 9 * MINUTE)
    return "visits"


def check(at: datetime) -> str:
    visits.check(seated(at - 9 * MINUTE), **said(at - 2 * MINUTE))
    return "visits"


def dose(at: datetime) -> str:
    ref = response_running(said(at)["by"], at).ref
    responses.give_naloxone(ref, 400, "intramuscular", **said(at - MINUTE))
    return "responses"


def vitals(at: datetime) -> str:
    words = said(at)
    ref = response_running(words["by"], at).ref
    responses.record_vitals(ref, Measured(at - MINUTE, spo2=96), by=words["by"], at=at)
    return "responses"


def end_of_response(at: datetime) -> str:
    responses.close(response_running(said(at)["by"], at).ref, "recovered", **said(at - MINUTE))
    return "responses"


def stock(at: datetime) -> str:
    supplies.receive(Receipt("foil", 3, "F1"), **said(at))
    return "supplies"


def service(at: datetime) -> str:
    services.give("food", **said(at))
    return "services"


def incident(at: datetime) -> str:
    incidents.log(Happening("verbal", "waiting"), **said(at))
    return "incidents"


def referral(at: datetime) -> str:
    referral_offered(at)
    return "referrals"


def alert(at: datetime) -> str:
    people.set_alert(register("heron", at), "seizures", **said(at))
    return "people"


def tick(at: datetime) -> str:
    shifts.tick("H20261117-day", "oxygen", True, 85, **said(at))
    return "shifts"


@pytest.mark.parametrize(
    "make", [arrival, check, dose, vitals, end_of_response, stock, service, incident, referral, alert, tick]
)
def test_an_entry_corrected_to_a_time_to_come_is_refused_beside_its_time(
    desk: FlaskClient, at: datetime, make: Callable[[datetime], str]
) -> None:
    url, seq = f"/{make(at)}/entries/%s/amend", trail.last_seq()
    field = re.search(r'name="(time|earlier_at)"', desk.get(url % seq).text)
    assert field
    # Enough of each for its other fields to be fine.
    known = {"outcome": "recovered", "spo2": "96", "milligrams": "0.4", "item": "foil", "count": "3"}
    answer = desk.post(url % seq, data={**known, field[1]: "19:30"})
    assert answer.status_code == 422
    name, words = beside(answer.text) or ("", "")
    assert name == field[1] and "still to come" in words
    assert trail.last_seq() == seq


def test_a_check_corrected_to_before_the_arrival_says_so_beside_its_time(
    desk: FlaskClient, at: datetime
) -> None:
    check(at)
    answer = desk.post(f"/visits/entries/{trail.last_seq()}/amend", data={"time": "18:20", "looks": "well"})
    assert (answer.status_code, beside(answer.text)) == (
        422,
        ("time", "Anon 1 arrived at 18:33; this cannot have been earlier."),
    )


def test_a_late_entry_from_before_the_arrival_says_so_beside_its_time(
    desk: FlaskClient, at: datetime
) -> None:
    ref = in_aftercare(at - 9 * MINUTE)
    answer = desk.post(f"/visits/{ref}/check", data={"looks": "well", "earlier_at": "18:20"})
    assert (answer.status_code, beside(answer.text)) == (
        422,
        ("earlier_at", "Anon 1 arrived at 18:33; this cannot have been earlier."),
    )


def test_a_time_that_the_clocks_skipped_is_said_beside_its_field(desk: FlaskClient, at: datetime) -> None:
    ref = in_aftercare(at - 9 * MINUTE)
    answer = desk.post(f"/visits/{ref}/check", data={"looks": "well", "earlier_at": "2026-03-08 02:30"})
    assert beside(answer.text) == ("earlier_at", "The clocks skipped 02:30 that day.")
