"""Drug alerts on every page, on their own page, and in a browser without JavaScript."""

import re
from datetime import datetime, timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from sitelog.alerts import actions, queries
from sitelog.alerts.rules import Alert
from sitelog.board import stream
from sitelog.ground.access import Actor, Role
from sitelog.responses import actions as responses
from sitelog.trail import queries as trail
from tests.factories import said
from tests.incidents.conftest import JOEL, SignIn

FILLED = {
    "what": "Purple “down”",
    "advice": "Oxygen first.",
    "since_on": "2026-11-16",
    "ends_on": "2026-11-24",
}
STRIP = 'class="d" id="drug-A0001"'


def written(at: datetime) -> int:
    day = at.date()
    return actions.write(Alert("Purple down", "Oxygen first.", day, day), **said(at)).link_seq


def test_an_alert_is_written_and_shown_with_its_days(desk: FlaskClient) -> None:
    assert 'value="2026-11-24"' in desk.get("/alerts/new").text  # a week, unless somebody says otherwise
    assert desk.post("/alerts/new", data=FILLED).status_code == 303
    page = desk.get("/alerts").text
    for words in ("Purple “down”", "Oxygen first.", "Since 16 Nov", "Wed 25 Nov 04:00", "Amina K. wrote it"):
        assert words in page
    assert "Joel T. not yet" in page


@pytest.mark.parametrize("path", ["/", "/incidents", "/supplies", "/referrals", "/board/note", "/alerts"])
def test_every_page_shows_it_until_it_is_read(tiles: datetime, sign_in: SignIn, path: str) -> None:
    seq = written(tiles)
    joel = sign_in(JOEL)
    assert STRIP in joel.get(path).text
    assert joel.post("/alerts/A0001/read", data={"version": seq}).status_code == 303
    page = joel.get(path).text
    assert STRIP not in page
    assert re.search(r'class="warn short read" href="/alerts"', page)


def test_who_has_read_it_is_listed_by_name(tiles: datetime, sign_in: SignIn, nurse: Actor) -> None:
    seq = written(tiles)
    sign_in(JOEL).post("/alerts/A0001/read", data={"version": seq})
    page = sign_in(nurse).get("/alerts").text
    assert "Joel T., <time" in page and "Marc D. not yet" in page
    assert STRIP not in page


def test_over_a_running_response_there_is_only_the_small_sign(tiles: datetime, sign_in: SignIn) -> None:
    written(tiles)
    ref = responses.start(place_code="3", **said(tiles)).ref
    page = sign_in(JOEL).get(f"/responses/{ref}").text
    assert STRIP not in page and 'id="drug-alerts"' not in page
    assert "Drug alert, unread" in page
    board = sign_in(JOEL).get("/").text
    assert board.index('id="alert-R0001"') < board.index(STRIP)


def test_the_small_sign_counts_what_whoever_looks_has_not_read(tiles: datetime, sign_in: SignIn) -> None:
    first = written(tiles)
    for _ in range(2):
        written(tiles)
    joel = sign_in(JOEL)
    assert "<b>3</b>" in joel.get("/board/drug-sign").text
    joel.post("/alerts/A0001/read", data={"version": first})
    assert "<b>2</b>" in joel.get("/board/drug-sign").text


def test_the_region_hears_of_alerts_and_says_when_one_ends(tiles: datetime, sign_in: SignIn) -> None:
    written(tiles)
    joel = sign_in(JOEL)
    first = joel.get("/board/drug-alerts")
    assert 'data-live="alert site"' in first.text
    assert 'data-next-change="2026-11-18T09:00:00.000+00:00"' in first.text
    held = {"If-None-Match": first.headers["ETag"]}
    assert joel.get("/board/drug-alerts", headers=held).status_code == 304
    assert "Drug alert, unread" in joel.get("/board/drug-sign").text
    with time_machine.travel(tiles + timedelta(days=1), tick=False):
        again = joel.get("/board/drug-alerts", headers=held)
        assert again.status_code == 200 and STRIP not in again.text


def test_an_alert_is_news_for_the_desk_and_for_nobody_else(nurse: Actor) -> None:
    assert stream.may_hear(nurse, "alert") and stream.may_hear(nurse, "incident")
    for role in (Role.FUNDER, Role.ADMIN, Role.DESK):
        assert not stream.may_hear(Actor("S08", "Fay F.", "FF", role), "alert")


def test_reading_what_was_reworded_meanwhile_is_a_conflict(tiles: datetime, sign_in: SignIn) -> None:
    seq = written(tiles)
    again = Alert("Grey down", "Oxygen first.", tiles.date())
    actions.amend(seq, again, **said(tiles), reason="other")
    for version in (seq, "", "x", 10**20):
        assert sign_in(JOEL).post("/alerts/A0001/read", data={"version": version}).status_code == 409
    assert STRIP in sign_in(JOEL).get("/").text


def test_it_is_ended_by_hand_and_stays_readable(desk: FlaskClient, tiles: datetime) -> None:
    written(tiles)
    assert desk.post("/alerts/A0001/end").status_code == 303
    page = desk.get("/alerts").text
    assert "No drug alert stands." in page and "Purple down" in page
    assert desk.post("/alerts/A0001/end").status_code == 409
    assert "warn short read" not in desk.get("/").text


def test_it_is_reworded_with_everything_that_was_said(desk: FlaskClient, tiles: datetime) -> None:
    seq = written(tiles)
    form = desk.get(f"/alerts/entries/{seq}/amend").text
    assert 'value="Purple down"' in form and 'value="2026-11-17"' in form
    sent = {**FILLED, "why": "wrong_amount", "ends_on": ""}
    assert desk.post(f"/alerts/entries/{seq}/amend", data=sent).status_code == 303
    assert "until it is ended" in desk.get("/alerts").text
    assert desk.post(f"/alerts/entries/{seq}/amend", data=sent).status_code == 409


def test_a_reading_is_struck_and_not_reworded(tiles: datetime, sign_in: SignIn) -> None:
    seq, joel = written(tiles), sign_in(JOEL)
    joel.post("/alerts/A0001/read", data={"version": seq})
    receipt = trail.last_seq()
    answer = joel.get(f"/alerts/entries/{receipt}/amend")
    assert answer.headers["Location"].endswith(f"/alerts/entries/{receipt}/strike")
    assert joel.get(f"/alerts/entries/{receipt}/strike").status_code == 200
    assert joel.post(f"/alerts/entries/{receipt}/strike", data={"why": "other"}).status_code == 303
    assert STRIP in joel.get("/").text


@pytest.mark.parametrize(
    ("change", "kept"),
    [
        ({"what": ""}, "Oxygen first."),
        ({"what": "x" * 121}, "x" * 121),
        ({"advice": "  "}, "Purple"),
        ({"advice": "<script>" + "x" * 400}, "&lt;script&gt;"),
        ({"since_on": "2026-11-18"}, 'value="2026-11-18"'),
        ({"since_on": "yesterday"}, 'value="yesterday"'),
        ({"ends_on": "2026-11-16"}, 'value="2026-11-16"'),
        ({"ends_on": "9999-12-31"}, 'value="9999-12-31"'),
        ({"ends_on": "2026-02-30"}, 'value="2026-02-30"'),
    ],
)
def test_wrong_input_is_said_beside_it_and_kept(desk: FlaskClient, change: dict[str, str], kept: str) -> None:
    answer = desk.post("/alerts/new", data={**FILLED, **change})
    assert answer.status_code == 422
    assert kept in answer.text
    assert queries.told(datetime.fromisoformat("2026-11-17T23:42:07+00:00")) == []


@pytest.mark.parametrize("path", ["/alerts/entries/999/amend", "/alerts/entries/999/strike"])
def test_what_is_not_there_is_not_found(desk: FlaskClient, path: str) -> None:
    assert desk.get(path).status_code == 404
    assert desk.post("/alerts/A9999/read", data={"version": 1}).status_code == 404
    assert desk.post("/alerts/A9999/end").status_code == 404


@pytest.mark.parametrize("role", [Role.FUNDER, Role.ADMIN])
def test_who_is_not_at_the_desk_sees_none(app: Flask, tiles: datetime, sign_in: SignIn, role: Role) -> None:
    seq = written(tiles)
    other = sign_in(Actor("S08", "Fay F.", "FF", role, "funder"))
    for path in ("/alerts", "/alerts/new", "/board/drug-alerts", "/board/drug-sign"):
        assert other.get(path).status_code == 403
    assert other.post("/alerts/A0001/read", data={"version": seq}).status_code == 403
    assert STRIP not in other.get("/me").text
