"""Every route says who may call it; who may not is told so without losing what was typed."""

import json
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from sitelog import web
from sitelog.ground.access import ROLES, Permission, Role
from sitelog.web import guards
from sitelog.web.kept import Kept, local_path

HERE = "http://localhost"


def token(browser: FlaskClient, person: str = "nurse") -> str:
    page = browser.get("/" if person != "funder" else "/reports", headers={"Test-Person": person})
    found = re.search(r'name="csrf-token" content="([^"]+)"', page.text)
    assert found
    return found[1]


def test_an_app_with_a_route_nobody_guarded_does_not_start() -> None:
    app = Flask("bare")
    app.secret_key = "x"
    web.init_app(app)
    app.add_url_rule("/secret", "secret", lambda: "oops")
    with pytest.raises(guards.Unguarded, match="secret"):
        web.check_routes(app)


def test_an_unguarded_route_added_after_the_check_is_still_closed(browser: FlaskClient, small: Flask) -> None:
    small.add_url_rule("/late", "late", lambda: "oops")
    assert browser.get("/late", headers={"Test-Person": "lead"}).status_code == 403
    assert browser.get("/late").status_code == 303


@pytest.mark.parametrize("role", ["nurse", "lead", "funder", "admin", "desk"])
@pytest.mark.parametrize(
    ("path", "permission"), [("/", Permission.READ_BOARD), ("/reports", Permission.READ_REPORTS)]
)
def test_each_role_sees_exactly_what_its_permissions_say(
    browser: FlaskClient, role: str, path: str, permission: Permission
) -> None:
    may = permission in ROLES[Role(role)]
    answer = browser.get(path, headers={"Test-Person": role})
    own = path == "/" and Permission.READ_REPORTS in ROLES[Role(role)]
    assert answer.status_code == (200 if may else 303 if role == "desk" or own else 403)


def test_who_may_not_see_the_board_is_sent_from_the_address_to_their_own_first_page(
    browser: FlaskClient,
) -> None:
    assert browser.get("/", headers={"Test-Person": "funder"}).location == "/reports"
    assert browser.post("/start", headers={"Test-Person": "funder"}).status_code == 403


def test_nobody_is_sent_to_the_door_and_back_to_where_they_were_going(browser: FlaskClient) -> None:
    answer = browser.get("/entry?visit=V12&visit=V13")
    assert answer.status_code == 303
    assert answer.location == "/sign-in?next=%2Fentry%3Fvisit%3DV12%26visit%3DV13"


def test_a_form_posted_by_nobody_is_carried_through_the_sign_in_whole(browser: FlaskClient) -> None:
    answer = browser.post(
        "/entry?x=1", data={"what": ["down", "crack"], "words": "a & <b>", "csrf_token": "old"}
    )
    assert answer.status_code == 401
    kept = Kept.read(answer.text.removeprefix("sign in, then: "))
    assert kept
    assert kept.url == "/entry?x=1"
    assert kept.fields == (("what", "down"), ("what", "crack"), ("words", "a & <b>"))


@pytest.mark.parametrize("person", ["", "desk"])
def test_htmx_is_told_to_put_the_lock_over_the_page_which_stays(browser: FlaskClient, person: str) -> None:
    answer = browser.post(
        "/entry", data={"words": "typed"}, headers={"HX-Request": "true", "Test-Person": person}
    )
    assert answer.status_code == 401
    assert answer.headers["HX-Trigger"] == "locked"
    assert answer.text == ""


def test_a_locked_desk_can_start_a_response_and_nothing_else(browser: FlaskClient) -> None:
    good = token(browser)
    desk = {"Test-Person": "desk"}
    assert browser.post("/start", data={"csrf_token": good}, headers=desk).text == "started by desk 4"
    assert browser.post("/entry", data={"csrf_token": good}, headers=desk).status_code == 401


def test_a_person_without_the_permission_is_told_in_words(browser: FlaskClient) -> None:
    answer = browser.get("/entry", headers={"Test-Person": "funder"})
    assert answer.status_code == 403
    assert "not allowed to do this" in answer.text


def test_a_funder_is_shown_the_way_to_reports_only(browser: FlaskClient) -> None:
    page = browser.get("/reports", headers={"Test-Person": "funder"}).text
    nav = page.split("<nav", 1)[1].split("</nav>", 1)[0]
    assert re.findall(r'href="([^"]+)"', nav) == ["/reports"]
    assert "/responses" not in page


def test_a_form_we_did_not_make_changes_nothing_and_can_be_sent_again(browser: FlaskClient) -> None:
    answer = browser.post("/entry", data={"words": "typed <i>"}, headers={"Test-Person": "nurse"})
    assert answer.status_code == 400
    assert "Send it again" in answer.text
    assert "typed &lt;i&gt;</textarea>" in answer.text


def test_htmx_with_an_old_form_gets_a_new_token_and_keeps_the_page(browser: FlaskClient) -> None:
    asked = {"Test-Person": "nurse", "HX-Request": "true"}
    answer = browser.post("/entry", data={"words": "typed"}, headers=asked)
    assert answer.status_code == 400
    assert answer.headers["HX-Reswap"] == "none"
    again = browser.post(
        "/entry", data={"words": "typed"}, headers={**asked, "X-CSRFToken": answer.headers["X-CSRFToken"]}
    )
    assert again.status_code == 204


def test_a_token_stays_the_same_so_that_an_unchanged_fragment_has_an_unchanged_mark(
    browser: FlaskClient,
) -> None:
    assert token(browser) == token(browser)


@pytest.mark.parametrize(
    "address",
    [
        "//evil.example",
        "https://evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "",
        None,
        "/a\nb",
        "/a b",
    ],
)
def test_nobody_is_sent_to_another_site_after_signing_in(address: str | None) -> None:
    assert local_path(address) is None


@pytest.mark.parametrize(
    "text", [None, "", "no json", "[]", '{"url": "//evil", "fields": []}', '{"url": "/x"}', "7"]
)
def test_a_kept_form_that_was_tampered_with_is_dropped(text: str | None) -> None:
    assert Kept.read(text) is None


def test_a_kept_form_survives_the_way_through_a_browser() -> None:
    kept = Kept("/entry", (("a", "1"), ("a", "2"), ("words", "“ü”\nline")))
    assert Kept.read(kept.text()) == kept
    assert json.loads(kept.text())["url"] == "/entry"
