"""The referral pages as a browser without JavaScript sees them."""

import re
from datetime import datetime, timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from sitelog.ground.access import Actor, Role
from sitelog.people import actions as people
from sitelog.referrals import actions, queries
from sitelog.trail import queries as trail
from sitelog.web.guards import Identity, load_actor_with

FUNDER = Actor("S08", "Harbour Fund", "HF", Role.FUNDER, "funder")


@pytest.fixture(autouse=True)
def the_evening(directory: None, at: datetime):
    """The clock stands at the moment the tests speak of."""
    with time_machine.travel(at, tick=False):
        yield


@pytest.fixture
def desk(app: Flask, nurse: Actor) -> FlaskClient:
    """A browser at which the nurse is signed in."""
    return signed_in(app, nurse)


def signed_in(app: Flask, actor: Actor) -> FlaskClient:
    app.config["WTF_CSRF_ENABLED"] = False
    load_actor_with(app, lambda request: Identity(actor=actor, person=actor))
    return app.test_client()


def offered(by: Actor, at: datetime, service: str = "methadone", ago: int = 0, **words: object) -> str:
    when = at - timedelta(minutes=ago)
    return actions.offer(service, by=by, happened_at=when, at=when, **words).ref  # type: ignore[arg-type]


def text_of(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_an_empty_site_shows_the_directory_and_says_nothing_is_due(desk: FlaskClient) -> None:
    answer = desk.get("/referrals")
    words = text_of(answer.text)
    assert answer.status_code == 200
    assert "Nothing is due" in words
    assert "Buprenorphine" in words
    assert "style=" not in answer.text


def test_a_tap_in_the_directory_offers_and_leads_to_the_ladder(desk: FlaskClient) -> None:
    answer = desk.post("/referrals", data={"service": "housing", "who": ""})
    assert (answer.status_code, answer.location) == (303, "/referrals/F0001")
    words = text_of(desk.get(answer.location).text)
    assert "What came of it?" in words
    assert "Housing, Northgate intake" in words


def test_a_double_tap_offers_once(desk: FlaskClient) -> None:
    for _ in range(2):
        desk.post("/referrals", data={"service": "housing", "token": "a" * 32})
    assert queries.open_count() == 1


def test_an_offer_by_handle_finds_the_person_however_it_is_spelled(
    desk: FlaskClient, nurse: Actor, at: datetime
) -> None:
    people.register("Mari-Posa", by=nurse, happened_at=at, at=at)
    answer = desk.post("/referrals", data={"service": "housing", "who": "mariposa"})
    assert "Mari-Posa" in desk.get(answer.location).text


def test_an_unknown_handle_is_said_beside_the_field_and_what_was_typed_is_kept(desk: FlaskClient) -> None:
    typed = {"service": "housing", "who": "nobody-9", "note": "speaks French"}
    answer = desk.post("/referrals", data=typed)
    assert answer.status_code == 422
    assert "Nobody has this handle" in answer.text
    assert 'value="nobody-9"' in answer.text
    assert "speaks French" in answer.text
    assert queries.open_count() == 0


def test_enter_after_a_handle_offers_nothing_yet(desk: FlaskClient, nurse: Actor, at: datetime) -> None:
    people.register("heron-42", by=nurse, happened_at=at, at=at)
    form = desk.get("/referrals?new=1").text.split('id="offer"')[1]
    assert "name=" not in form[form.index("<button") :].partition(">")[0]
    refused = desk.post("/referrals", data={"who": "heron-42", "token": "a" * 32})
    assert refused.status_code == 422
    assert "Tap the service to offer." in refused.text and 'value="heron-42"' in refused.text


def test_an_unknown_service_or_visit_is_an_answer_not_a_failure(desk: FlaskClient) -> None:
    assert desk.post("/referrals", data={"service": "x" * 3000}).status_code == 422
    assert desk.post("/referrals", data={"service": "spaceship"}).status_code == 422
    gone = desk.post("/referrals", data={"service": "housing", "visit": "V9999", "note": "kept"})
    assert gone.status_code == 422 and "There is no visit V9999." in gone.text and "kept" in gone.text
    assert desk.get("/referrals?visit=V9999").status_code == 404


def test_an_offer_after_a_response_keeps_its_ref(desk: FlaskClient) -> None:
    page = desk.get("/referrals?response=R0412")
    assert "after response R0412" in text_of(page.text)
    desk.post("/referrals", data={"service": "detox", "response": "R0412"})
    assert queries.referral("F0001").response_ref == "R0412"


@pytest.mark.parametrize(
    ("choice", "state"), [("accepted", "accepted"), ("declined", "declined"), ("made", "made")]
)
def test_an_answer_is_the_next_rung(
    desk: FlaskClient, nurse: Actor, at: datetime, choice: str, state: str
) -> None:
    ref = offered(nurse, at, ago=30)
    answer = desk.post(f"/referrals/{ref}", data={"choice": choice, "how": "phone", "earlier": "-5"})
    assert answer.status_code == 303
    ladder = queries.ladder(ref)
    assert ladder.state == state
    assert ladder.steps[-1].happened_at == at - timedelta(minutes=5)


def test_an_answer_with_a_follow_up_is_one_entry(desk: FlaskClient, nurse: Actor, at: datetime) -> None:
    ref, before = offered(nurse, at), trail.last_seq()
    desk.post(f"/referrals/{ref}", data={"choice": "accepted", "follow": "3", "note": "call after ten"})
    ladder = queries.ladder(ref)
    assert trail.last_seq() == before + 1
    assert ladder.follow_up and ladder.follow_up.due_on.isoformat() == "2026-11-20"
    assert ladder.notes == ["call after ten"]


def test_ask_again_without_a_date_means_tomorrow(desk: FlaskClient, nurse: Actor, at: datetime) -> None:
    ref = offered(nurse, at)
    desk.post(f"/referrals/{ref}", data={"choice": "ask"})
    assert "1 d left" in text_of(desk.get("/referrals/due").text)


@pytest.mark.parametrize(
    ("typed", "status", "words"),
    [
        ({"choice": "made", "how": ""}, 422, "Say how it was made"),
        ({"choice": "flown"}, 422, "Choose what came of it"),
        ({"choice": "ask", "follow": "date"}, 422, "Choose the date"),
        ({"choice": "ask", "follow": "date", "follow_on": "2020-01-01"}, 422, "That date is past"),
        ({"choice": "ask", "follow": "date", "follow_on": "soon"}, 422, "Not a valid date"),
        ({"choice": "accepted", "earlier_at": "09:00"}, 422, "before it was offered"),
        ({"choice": "accepted", "note": "x" * 3000}, 422, "At most 2000 characters"),
        ({"choice": "note", "note": " "}, 422, "Write a note first"),
    ],
)
def test_what_is_impossible_is_said_and_nothing_is_lost(
    desk: FlaskClient, nurse: Actor, at: datetime, typed: dict[str, str], status: int, words: str
) -> None:
    ref = offered(nurse, at)
    answer = desk.post(f"/referrals/{ref}", data={"note": "walks over", **typed})
    assert answer.status_code == status
    assert words in text_of(answer.text)
    assert (typed.get("note") or "walks over")[:10].strip() in answer.text
    assert queries.ladder(ref).state == "offered"


def test_somebody_else_was_first_is_a_conflict_with_the_ladder_as_it_is(
    desk: FlaskClient, nurse: Actor, at: datetime
) -> None:
    ref = offered(nurse, at)
    actions.accept(ref, by=nurse, happened_at=at, at=at)
    answer = desk.post(f"/referrals/{ref}", data={"choice": "accepted"})
    assert answer.status_code == 409
    assert "already" in text_of(answer.text)


def test_skipped_rungs_show_as_not_recorded(desk: FlaskClient, nurse: Actor, at: datetime) -> None:
    ref = offered(nurse, at)
    actions.attend(ref, by=nurse, happened_at=at, at=at)
    assert text_of(desk.get(f"/referrals/{ref}").text).count("not recorded") == 2


def test_an_entry_is_amended_and_the_first_version_stays(
    desk: FlaskClient, nurse: Actor, at: datetime
) -> None:
    ref = offered(nurse, at, ago=60)
    row = actions.make(ref, "phone", by=nurse, happened_at=at, at=at)
    path = f"/referrals/entries/{row.link_seq}/amend"
    assert "How it was made" in desk.get(path).text
    typed = {"how": "letter", "why": "wrong_amount", "earlier": "-10"}
    assert desk.post(path, data=typed).location == f"/referrals/{ref}"
    assert queries.ladder(ref).how == "letter"
    assert queries.ladder(ref).steps[-1].happened_at == at - timedelta(minutes=10)
    assert desk.post(path, data=typed).status_code == 409


def test_a_day_to_ask_again_that_is_past_is_refused_beside_the_field_it_was_corrected_in(
    desk: FlaskClient, nurse: Actor, at: datetime
) -> None:
    ref = offered(nurse, at, ago=60)
    row = actions.follow_up(ref, at.date() + timedelta(days=3), by=nurse, happened_at=at, at=at)
    answer = desk.post(f"/referrals/entries/{row.link_seq}/amend", data={"due_on": "2026-11-10"})
    assert answer.status_code == 422
    assert "That date is past" in answer.text.partition('id="due_on-error"')[2]


def test_an_entry_is_struck_with_a_reason(desk: FlaskClient, nurse: Actor, at: datetime) -> None:
    ref = offered(nurse, at)
    row = actions.accept(ref, by=nurse, happened_at=at, at=at)
    path = f"/referrals/entries/{row.link_seq}/strike"
    assert desk.get(path).status_code == 200
    assert desk.post(path, data={"why": "did_not_happen"}).status_code == 303
    assert queries.ladder(ref).state == "offered"
    assert trail.recent(1)[0].reason == "did_not_happen"


@pytest.mark.parametrize("path", ["/referrals/F9999", "/referrals/entries/999999/amend"])
def test_what_is_not_there_is_not_found(desk: FlaskClient, path: str) -> None:
    assert desk.get(path).status_code == 404


def test_an_entry_about_something_else_is_not_changed_here(desk: FlaskClient) -> None:
    assert desk.get(f"/referrals/entries/{trail.last_seq()}/amend").status_code == 422


def test_a_referral_is_found_by_number(desk: FlaskClient, nurse: Actor, at: datetime) -> None:
    ref = offered(nurse, at)
    assert f'href="/referrals/{ref}"' in desk.get("/referrals?find=f0001").text
    assert "No referral of that number" in desk.get("/referrals?find=zzz").text


def test_the_list_of_what_is_due_is_unchanged_until_something_changes(
    desk: FlaskClient, nurse: Actor, at: datetime
) -> None:
    etag = desk.get("/referrals/due").headers["ETag"]
    assert desk.get("/referrals/due", headers={"If-None-Match": etag}).status_code == 304
    offered(nurse, at, follow_up_on=at.date())
    assert desk.get("/referrals/due", headers={"If-None-Match": etag}).status_code == 200


@pytest.mark.parametrize("path", ["/referrals", "/referrals/F0001", "/referrals/due"])
def test_a_funder_sees_no_referral(app: Flask, path: str) -> None:
    assert signed_in(app, FUNDER).get(path).status_code == 403
