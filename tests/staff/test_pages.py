"""The door in a browser: signing in, the lock, an expired session that carries its form, accounts."""

import re
from datetime import datetime, timedelta
from html import unescape

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from sitelog.staff import gate, queries
from sitelog.staff.models import Account, StaffSession
from sitelog.store.db import db
from sitelog.web.kept import Kept
from tests.staff.conftest import PINS, csrf, sign_in

Staff = dict[str, Account]


@pytest.fixture(autouse=True)
def evening(staff: Staff, at: datetime) -> object:
    """The tests' moment, standing still."""
    with time_machine.travel(at, tick=False) as traveller:
        yield traveller


def kept_of(page: str) -> str:
    found = re.search(r'name="kept" value="([^"]*)"', page)
    assert found
    return unescape(found[1])


def test_the_door_is_name_and_password_until_the_browser_is_a_desk(client: FlaskClient) -> None:
    assert 'name="name"' in client.get("/sign-in").text
    answer = sign_in(client, "Joel T.", next="/me")
    assert (answer.status_code, answer.location) == (303, "/me")
    client.post("/sign-out", data={"csrf_token": csrf(client)})
    page = client.get("/sign-in").text
    assert "Who is at the desk?" in page
    assert "Amina K." in page
    assert "Overdose: start now" in page


def test_the_cookies_are_out_of_reach_of_scripts_and_other_sites(client: FlaskClient) -> None:
    cookies = sign_in(client, "Joel T.").headers.getlist("Set-Cookie")
    ours = [one for one in cookies if one.startswith((gate.SESSION, gate.DEVICE))]
    assert len(ours) == 2
    assert all("HttpOnly" in one and "SameSite=Strict" in one for one in ours)


def test_nobody_is_sent_elsewhere_after_signing_in(client: FlaskClient) -> None:
    assert sign_in(client, "Joel T.", next="https://evil.example/").location in (
        "/",
        "/me",
        "/reports",
        "/referrals",
    )


def test_a_wrong_password_says_so_beside_the_field_and_keeps_the_name(client: FlaskClient) -> None:
    answer = client.post("/sign-in", data={"name": "Joel T.", "secret": "wrong", "csrf_token": csrf(client)})
    assert answer.status_code == 422
    assert "That is not right" in answer.text
    assert 'value="Joel T."' in answer.text
    assert 'value="wrong"' not in answer.text
    assert 'aria-describedby="secret-error"' in answer.text


def test_who_may_not_see_the_board_comes_to_their_own_first_page(client: FlaskClient) -> None:
    assert client.get("/").location == "/sign-in?next=%2F"
    answer = sign_in(client, "Ada A.", next="/")
    assert answer.status_code == 303 and client.get(answer.location).status_code == 200


def test_a_form_sent_after_the_session_ended_is_offered_again_after_signing_in(client: FlaskClient) -> None:
    sign_in(client, "Ada A.")
    typed = {"name": "Zoë <Z>", "role": "nurse", "csrf_token": csrf(client)}
    db.session.query(StaffSession).delete()
    db.session.commit()
    refused = client.post("/accounts", data=typed)
    assert refused.status_code == 401
    assert "is kept" in refused.text
    wrong = client.post(
        "/sign-in",
        data={"name": "Ada A.", "secret": "wrong", "kept": kept_of(refused.text), "csrf_token": csrf(client)},
    )
    back = sign_in(client, "Ada A.", kept=kept_of(wrong.text))
    assert back.status_code == 200
    assert 'action="/accounts"' in back.text
    assert "Zoë &lt;Z&gt;</textarea>" in back.text
    fields = dict(re.findall(r'<textarea hidden name="(\w+)">\n(.*?)</textarea>', back.text, re.S))
    fields = {name: unescape(value) for name, value in fields.items()}
    saved = client.post("/accounts", data={**fields, "csrf_token": csrf(client)})
    assert saved.status_code == 200
    assert queries.account_named("zoë <z>")


def test_the_desk_is_locked_and_opened_by_htmx_without_leaving_the_page(client: FlaskClient) -> None:
    sign_in(client, "Joel T.")
    quick = {"HX-Request": "true", "X-CSRFToken": csrf(client)}
    assert client.post("/lock", headers=quick).status_code == 204
    assert client.get("/me", headers=quick).status_code == 401
    door = client.get("/sign-in", headers=quick).text
    assert "<html" not in door
    assert 'hx-post="/unlock"' in door
    assert 'value="S02" data-name="Joel T." checked' in door
    wrong = client.post("/unlock", data={"who": "S02", "secret": "000001"}, headers=quick)
    assert (wrong.status_code, "That is not right" in wrong.text) == (422, True)
    right = client.post("/unlock", data={"who": "S02", "secret": PINS["Joel T."]}, headers=quick)
    assert right.status_code == 204
    assert '"actor": "S02"' in right.headers["HX-Trigger"]
    assert client.get("/me").status_code == 200


def test_who_works_here_is_not_told_to_a_browser_that_is_no_desk(client: FlaskClient) -> None:
    token = csrf(client)
    kept = "what was typed before the desk was taken off the list"
    sent = {"who": "S02", "secret": PINS["Joel T."], "csrf_token": token, "kept": kept}
    answer = client.post("/unlock", data=sent)
    assert answer.status_code == 422 and "only at a registered desk" in answer.text
    assert "Joel T." not in answer.text and 'name="name"' in answer.text


def test_a_desk_nobody_touched_is_locked_by_the_server_too(
    client: FlaskClient, at: datetime, evening: time_machine.Traveller
) -> None:
    sign_in(client, "Joel T.")
    for minutes in (2, 4, 6):
        evening.move_to(at + timedelta(minutes=minutes), tick=False)
        assert client.get("/me").status_code == 200
    evening.move_to(at + timedelta(minutes=12), tick=False)
    assert client.get("/me").status_code == 303


def test_a_screen_that_refreshes_itself_does_not_hold_the_lock_off(
    client: FlaskClient, at: datetime, evening: time_machine.Traveller
) -> None:
    sign_in(client, "Joel T.")
    for minutes in range(1, 5):
        evening.move_to(at + timedelta(minutes=minutes), tick=False)
        assert client.get("/me", headers={"X-Background": "1"}).status_code == 200
    evening.move_to(at + timedelta(minutes=6), tick=False)
    assert client.get("/me", headers={"X-Background": "1"}).status_code == 303


def test_being_seen_is_written_at_most_once_a_minute(
    client: FlaskClient, at: datetime, evening: time_machine.Traveller
) -> None:
    sign_in(client, "Joel T.")
    seen = []
    for seconds in (10, 50, 61, 70, 120):
        evening.move_to(at + timedelta(seconds=seconds), tick=False)
        client.get("/me")
        db.session.expire_all()
        seen.append((db.session.query(StaffSession).one().seen_at - at).total_seconds())
    assert seen == [0, 0, 61, 61, 61]


def test_without_a_script_someone_else_comes_in_and_what_was_kept_comes_along(client: FlaskClient) -> None:
    sign_in(client, "Joel T.")
    client.post("/lock", data={"csrf_token": csrf(client)})
    refused = client.post("/accounts", data={"name": "Zoë Z.", "csrf_token": csrf(client)})
    other = client.post(
        "/sign-in", data={"other": "1", "kept": kept_of(refused.text), "csrf_token": csrf(client)}
    )
    assert 'name="name"' in other.text
    kept = Kept.read(kept_of(other.text))
    assert kept
    assert kept.fields == (("name", "Zoë Z."),)


def test_an_administrator_adds_and_disables_and_sees_a_password_once(client: FlaskClient) -> None:
    sign_in(client, "Ada A.")
    sent = {"name": "Zoë Z.", "role": "nurse", "token": "ab" * 16, "csrf_token": csrf(client)}
    shown = client.post("/accounts", data=sent).text
    found = re.search(r"<code>([a-z0-9-]+)</code>", shown)
    assert found
    assert "<code>" not in client.post("/accounts", data=sent).text
    other = client.application.test_client()
    answer = other.post("/sign-in", data={"name": "Zoë Z.", "secret": found[1], "csrf_token": csrf(other)})
    assert answer.status_code == 303
    assert client.post("/accounts/S06/disable", data={"csrf_token": csrf(client)}).status_code == 303
    assert other.get("/me").status_code == 303
    assert "disabled" in client.get("/accounts").text


@pytest.mark.parametrize("step", ["disable", "enable", "reset"])
def test_a_person_nobody_knows_is_404(client: FlaskClient, step: str) -> None:
    sign_in(client, "Ada A.")
    assert client.post(f"/accounts/S99/{step}", data={"csrf_token": csrf(client)}).status_code == 404
    assert client.post("/accounts/S01/explode", data={"csrf_token": csrf(client)}).status_code == 404


def test_the_last_administrator_is_told_why_not(client: FlaskClient) -> None:
    sign_in(client, "Ada A.")
    answer = client.post("/accounts/S04/disable", data={"csrf_token": csrf(client)})
    assert answer.status_code == 409
    assert "last active administrator" in answer.text


def test_an_account_with_a_mistake_comes_back_as_it_was_typed(client: FlaskClient) -> None:
    sign_in(client, "Ada A.")
    sent = {
        "name": "Amina K.",
        "initials": "<b>",
        "role": "funder",
        "audience": "x y",
        "csrf_token": csrf(client),
    }
    answer = client.post("/accounts", data=sent)
    assert answer.status_code == 422
    assert 'value="&lt;b&gt;"' in answer.text
    assert 'value="x y"' in answer.text
    assert re.search(r'value="funder"\s+selected|selected value="funder"', answer.text)


def test_an_audience_that_is_not_there_is_refused_with_those_that_are(client: FlaskClient) -> None:
    sign_in(client, "Ada A.")
    sent = {"name": "Zoë Z.", "role": "funder", "audience": "nobody", "csrf_token": csrf(client)}
    answer = client.post("/accounts", data=sent)
    assert answer.status_code == 422 and "no audience “nobody” here; there are: funder" in answer.text
    assert client.post("/accounts", data={**sent, "audience": "funder"}).status_code == 200


@pytest.mark.parametrize("name", ["Amina K.", "Marc D.", "Fay F."])
def test_accounts_are_for_whoever_manages_them(client: FlaskClient, name: str) -> None:
    sign_in(client, name)
    assert client.get("/accounts").status_code == 403


def test_a_person_changes_the_own_pin_and_password(client: FlaskClient, app: Flask) -> None:
    sign_in(client, "Joel T.")
    words = {"secret": "correct horse", "pin": "161803", "csrf_token": csrf(client)}
    assert client.post("/me", data={**words, "secret": "wrong"}).status_code == 422
    assert client.post("/me", data={**words, "pin": "111111"}).status_code == 422
    assert client.post("/me", data=words).status_code == 303
    client.post("/lock", data={"csrf_token": csrf(client)})
    sent = {"who": "S02", "secret": "161803", "csrf_token": csrf(client)}
    assert client.post("/unlock", data=sent).status_code == 303


@pytest.mark.parametrize("next_", ["//evil", "https://evil", "/\\evil", "x" * 5000])
def test_a_strange_way_on_is_forgotten(client: FlaskClient, next_: str) -> None:
    page = client.get("/sign-in", query_string={"next": next_})
    assert page.status_code == 200
    assert 'name="next" value=""' in page.text


@pytest.mark.parametrize("cookie", ["", "x", "é".encode().decode("latin-1"), "a" * 4000, "\\x00"])
def test_a_cookie_that_is_none_of_ours_is_nobody(client: FlaskClient, cookie: str) -> None:
    client.set_cookie(gate.SESSION, cookie)
    client.set_cookie(gate.DEVICE, cookie)
    assert client.get("/me").status_code == 303
