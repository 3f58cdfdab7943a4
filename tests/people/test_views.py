"""The register's pages as a browser without a script sees them, and the door that reads it."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text
from werkzeug.test import TestResponse

from sitelog.board import actions as board
from sitelog.ground.access import Actor, Role
from sitelog.people import actions, keeping, queries
from sitelog.site import actions as site
from sitelog.site import defaults
from sitelog.store import erasure
from sitelog.store.db import db
from sitelog.visits import queries as visits
from sitelog.web.guards import Identity, load_actor_with
from tests.factories import arrive, register, said, seated
from tests.visits.conftest import text_of

TODAY = date(2026, 11, 17)
DAY = timedelta(days=1)
HTMX = {"HX-Request": "true"}
SignIn = Callable[[Actor], FlaskClient]
FILLED: dict[str, dict[str, str]] = {
    "handle": {"who": "mariposa two"},
    "code": {"code": "blue 7"},
    "about": {"birth_year": "1985", "gender": "female"},
    "agreement": {"version": "first", "signed_on": "2026-11-16"},
    "alert": {"kind": "hard_to_rouse", "note": "count the breaths"},
    "restriction": {"reason": "theft", "starts_on": "2026-11-17", "ends_on": "2026-11-20"},
    "merge": {"into": "pike"},
    "forget": {"confirm": "P0001"},
}
WRONG: dict[str, dict[str, str]] = {
    "handle": {"who": ""},
    "code": {"code": "x" * 41},
    "about": {"birth_year": "ninety", "gender": "female"},
    "agreement": {"version": "first", "signed_on": "2026-13-40"},
    "alert": {"kind": "", "note": "count the breaths"},
    "restriction": {
        "reason": "theft",
        "starts_on": "2026-11-17",
        "ends_on": "2026-11-10",
        "note": "kept words",
    },
    "merge": {"into": "nobody at all"},
    "forget": {"confirm": "P0002"},
}
# What makes each of these possible.
GOOD = {"restriction": {"review_on": "2026-11-20"}, "merge": {"into": "pike"}}
REVIEWED_LATE = {
    "reason": "theft",
    "starts_on": "2026-11-17",
    "ends_on": "2026-11-20",
    "review_on": "2026-11-21",
}


@pytest.fixture
def sign_in(app: Flask, at: datetime) -> Iterator[SignIn]:
    """A browser at which somebody is signed in, in the evening, at a site that keeps codes."""
    site.configure({"policies": defaults.POLICIES | {"person_code": "free"}}, **said(at - timedelta(days=1)))
    app.config["WTF_CSRF_ENABLED"] = False

    def signed(actor: Actor) -> FlaskClient:
        load_actor_with(app, lambda request: Identity(actor=actor, person=actor))
        return app.test_client()

    with time_machine.travel(at, tick=False):
        yield signed


@pytest.fixture
def desk(sign_in: SignIn, nurse: Actor) -> FlaskClient:
    return sign_in(nurse)


@pytest.fixture
def mariposa(app: Flask, at: datetime) -> str:
    ref = register("mariposa", at)
    register("pike", at)
    return ref


def sent(client: FlaskClient, path: str, **fields: Any) -> TestResponse:
    answer = client.post(path, data=fields)
    db.session.rollback()
    return answer


@pytest.mark.parametrize("act", FILLED)
def test_a_sheet_about_a_person_is_filled_in(sign_in: SignIn, lead: Actor, mariposa: str, act: str) -> None:
    client = sign_in(lead)
    assert client.get(f"/people/{mariposa}/{act}").status_code == 200
    answer = sent(client, f"/people/{mariposa}/{act}", **FILLED[act])
    assert (answer.status_code, answer.location) == (303, "/people/P0001")
    assert client.get(f"/people/{mariposa}").status_code == 200
    assert client.get("/people").status_code == 200
    assert client.get("/").status_code == 200


@pytest.mark.parametrize("act", WRONG)
def test_a_wrong_answer_is_said_beside_its_field_and_kept(
    sign_in: SignIn, lead: Actor, mariposa: str, act: str
) -> None:
    answer = sent(sign_in(lead), f"/people/{mariposa}/{act}", **WRONG[act])
    assert answer.status_code == 422
    assert 'class="error"' in answer.text or 'class="wrong-form"' in answer.text
    for typed in WRONG[act].values():
        assert typed in answer.text


@pytest.mark.parametrize(
    ("act", "filled", "beside"),
    [("restriction", REVIEWED_LATE, "review_on-error"), ("merge", {"into": "Mari Posa"}, "into-error")],
)
def test_what_cannot_be_is_said_beside_the_field_it_was_typed_in(
    sign_in: SignIn, lead: Actor, mariposa: str, act: str, filled: dict[str, str], beside: str
) -> None:
    answer = sent(sign_in(lead), f"/people/{mariposa}/{act}", **filled)
    assert answer.status_code == 422 and f'id="{beside}"' in answer.text
    assert sent(sign_in(lead), f"/people/{mariposa}/{act}", **filled | GOOD[act]).status_code == 303


@pytest.mark.parametrize("act", ["merge", "forget"])
def test_a_nurse_neither_merges_nor_forgets(desk: FlaskClient, mariposa: str, act: str) -> None:
    assert desk.get(f"/people/{mariposa}/{act}").status_code == 403
    assert sent(desk, f"/people/{mariposa}/{act}", **FILLED[act]).status_code == 403
    assert queries.person(mariposa).handle == "mariposa"
    assert "Forget this person" not in desk.get(f"/people/{mariposa}").text


@pytest.mark.parametrize("role", [Role.FUNDER, Role.ADMIN])
def test_whoever_works_at_no_desk_sees_no_person(sign_in: SignIn, mariposa: str, role: Role) -> None:
    client = sign_in(Actor("S08", "Somebody Else", "SE", role, "funder"))
    for path in ("/people", "/people/new", f"/people/{mariposa}", f"/people/{mariposa}/alert"):
        assert client.get(path).status_code == 403
    assert client.post("/people", data={"find": "mari"}).status_code == 403


def test_somebody_is_found_by_what_is_typed_and_no_address_or_title_says_it(
    desk: FlaskClient, mariposa: str
) -> None:
    for typed in ("MARI", "mriposa", "P0001", "posa"):
        answer = desk.post("/people", data={"find": typed})
        assert answer.status_code == 200 and f'href="/people/{mariposa}"' in answer.text
    page = desk.get(f"/people/{mariposa}").text
    assert "mariposa" in text_of(page)
    assert "mariposa" not in page.partition("<title>")[2].partition("</title>")[0]
    assert "mariposa" not in "".join(part.partition('"')[0] for part in page.split('href="')[1:])
    assert "Nobody is found" in desk.post("/people", data={"find": "zed"}).text
    assert desk.post("/people", data={"find": "x" * 61}).status_code == 422


def test_what_is_typed_is_shown_as_words(desk: FlaskClient, at: datetime) -> None:
    register("<b>bold</b>", at)
    answer = desk.post("/people", data={"find": "<b>bold"})
    assert "<b>bold</b>" not in answer.text and "&lt;b&gt;bold" in answer.text


def test_somebody_new_is_registered_with_what_they_want_to_tell(desk: FlaskClient) -> None:
    answer = sent(desk, "/people/new", who="moss", code="blue 7", birth_year="1985", agreement="first")
    assert (answer.status_code, answer.location) == (303, "/people/P0001")
    known = queries.person("P0001")
    assert (known.handle, known.code) == ("moss", "blue 7")
    words = text_of(desk.get("/people/P0001").text)
    assert "1985, not said" in words and "First version, 17 Nov 2026" in words


def test_a_handle_that_is_taken_is_a_conflict_that_names_its_person(desk: FlaskClient, mariposa: str) -> None:
    answer = sent(desk, "/people/new", who="Mari Posa", birth_year="1985")
    assert answer.status_code == 409
    assert f'href="/people/{mariposa}"' in answer.text and 'value="1985"' in answer.text


@pytest.mark.parametrize(
    "path",
    [
        "/people/P9999",
        "/people/P0001/nothing",
        "/people/entries/9999/amend",
        "/people/entries/1/end",
        "/people/x",
    ],
)
def test_what_is_not_there_is_not_found(desk: FlaskClient, mariposa: str, path: str) -> None:
    assert desk.get(path).status_code == 404


def test_an_alert_is_amended_ended_and_struck(desk: FlaskClient, at: datetime, mariposa: str) -> None:
    seq = actions.set_alert(mariposa, "allergy", note="latex", **said(at)).link_seq
    page = desk.get(f"/people/entries/{seq}/amend").text
    assert "latex" in page and "allergy" in page
    assert sent(desk, f"/people/entries/{seq}/amend", kind="seizures", note="two").status_code == 303
    one = queries.person(mariposa).id
    newer = queries.alerts_of([one])[one][0]
    assert (newer.kind, newer.words) == ("seizures", "two")
    assert desk.get(f"/people/entries/{newer.seq}/end").status_code == 200
    assert sent(desk, f"/people/entries/{newer.seq}/end", note="gone").status_code == 303
    assert queries.alerts_of([one]) == {}
    assert sent(desk, f"/people/entries/{newer.seq}/end").status_code == 409
    assert sent(desk, f"/people/entries/{seq}/strike").status_code == 409


def test_a_registration_is_struck_not_said_anew(desk: FlaskClient, at: datetime, mariposa: str) -> None:
    seq = queries.timeline([mariposa])[0].link.seq
    assert "registration is taken back" in desk.get(f"/people/entries/{seq}/amend").text
    answer = sent(desk, f"/people/entries/{seq}/strike", why="did_not_happen")
    assert (answer.status_code, answer.location) == (303, "/people")
    assert desk.get(f"/people/{mariposa}").status_code == 404


def test_a_restriction_without_a_reason_is_refused_beside_the_field_and_keeps_what_was_typed(
    desk: FlaskClient, mariposa: str
) -> None:
    answer = sent(desk, f"/people/{mariposa}/restriction", ends_on="2026-11-20", note="kept words")
    assert answer.status_code == 422
    assert 'id="reason-error"' in answer.text and "kept words" in answer.text
    assert 'value="2026-11-20"' in answer.text


def test_after_midnight_the_sheet_of_a_restriction_says_which_day_it_still_is(
    desk: FlaskClient, at: datetime, mariposa: str
) -> None:
    assert "Days begin at" not in desk.get(f"/people/{mariposa}/restriction").text
    with time_machine.travel(at.replace(day=18, hour=6, minute=30), tick=False):
        sheet = desk.get(f"/people/{mariposa}/restriction").text
    # It holds from now on: with the calendar's date it would not before four o'clock.
    assert "Days begin at 04:00 here: until then it is still Tue 17 Nov." in sheet
    assert 'value="2026-11-17"' in sheet


def test_a_restriction_is_entered_by_a_nurse_and_lifted_by_the_lead(
    sign_in: SignIn, nurse: Actor, lead: Actor, mariposa: str
) -> None:
    desk = sign_in(nurse)
    sent(desk, f"/people/{mariposa}/restriction", **FILLED["restriction"])
    one = queries.person(mariposa).id
    [row] = queries.restrictions_of([one])[one]
    assert "in force" in desk.get(f"/people/{mariposa}").text
    assert desk.get(f"/people/entries/{row.seq}/end").status_code == 403
    assert sent(desk, f"/people/entries/{row.seq}/end").status_code == 403
    assert sent(sign_in(lead), f"/people/entries/{row.seq}/end").status_code == 303
    assert queries.restrictions_of([one]) == {}


def test_a_merge_and_a_forgotten_person_read_well_on_the_page(
    sign_in: SignIn, lead: Actor, at: datetime, mariposa: str
) -> None:
    client = sign_in(lead)
    sent(client, "/people/P0002/merge", into=mariposa, note="same tattoo")
    assert "P0002 is this person too" in client.get("/people/P0002").text
    assert "also pike" in client.get(f"/people/{mariposa}").text
    assert "the handle “pike”" in client.get(f"/people/{mariposa}/forget").text
    sent(client, f"/people/{mariposa}/forget", confirm=mariposa.lower())
    words = text_of(client.get(f"/people/{mariposa}").text)
    assert "words erased for good" in words and "same tattoo" not in words and "pike" not in words


@pytest.mark.both_databases
def test_the_page_says_so_while_erased_words_are_still_in_the_files(
    app: Flask, sign_in: SignIn, lead: Actor, mariposa: str
) -> None:
    client = sign_in(lead)
    with db.engine.connect() as reading:
        reading.execute(text("SELECT count(*) FROM handle")).scalar()
        sent(client, f"/people/{mariposa}/forget", confirm=mariposa)
        assert "still being erased" in client.get(f"/people/{mariposa}").text
        assert "still being erased" in client.get("/people").text
    assert erasure.scrub()
    assert "still being erased" not in client.get(f"/people/{mariposa}").text


def test_the_lead_sees_which_other_notes_call_somebody_by_name(
    sign_in: SignIn, lead: Actor, at: datetime, mariposa: str
) -> None:
    board.note("mariposa left a bag", **said(at))
    client = sign_in(lead)
    assert "mariposa left a bag" in client.get(f"/people/{mariposa}/forget").text
    [one] = keeping.words_kept(mariposa).named
    token = "c" * 32
    for _ in range(2):
        answer = sent(
            client, f"/people/{mariposa}/forget", confirm=mariposa, named=[str(one.seq), "x"], token=token
        )
        assert answer.status_code == 303
    assert "left a bag" not in client.get("/").text


# ── the door ──────────────────────────────────────────────────────────────
def restrict(ref: str, at: datetime) -> None:
    actions.restrict(ref, "violence", TODAY, TODAY, note="threw a chair", **said(at))


def test_a_restriction_is_shown_once_at_the_door_and_the_next_enter_goes_on(
    desk: FlaskClient, at: datetime, mariposa: str
) -> None:
    restrict(mariposa, at)
    shown = sent(desk, "/arrive", who="mariposa", substances="down", then="waiting")
    assert shown.status_code == 422
    assert "threw a chair" in shown.text and "Enter goes on" in shown.text
    assert f'name="noticed" value="{mariposa}"' in shown.text
    assert f'name="person" value="{mariposa}"' in shown.text
    kept = {"who": "mariposa", "person": mariposa, "noticed": mariposa, "then": "waiting"}
    assert sent(desk, "/arrive", **kept, let_in="safety").status_code == 303
    assert [one.who for one in visits.in_house()] == ["mariposa"]
    told = [line.said.values["what"] for line in queries.timeline([mariposa]) if line.link.verb == "let_in"]
    assert told == ["Safer in than out"]


def test_every_restriction_in_force_is_shown_at_the_door(
    desk: FlaskClient, at: datetime, mariposa: str
) -> None:
    restrict(mariposa, at)
    actions.restrict(mariposa, "theft", TODAY, TODAY + timedelta(days=30), note="the till", **said(at))
    shown = sent(desk, "/arrive", who="mariposa", substances="down", then="waiting").text
    assert shown.index("the till") < shown.index("threw a chair")
    assert shown.count('name="noticed"') == 1
    found = text_of(desk.post("/people/search", data={"who": "mari"}, headers=HTMX).text)
    assert "Restricted until 17 Dec 2026" in found and "Restricted until 17 Nov 2026" in found


def test_the_search_at_the_door_says_what_staff_should_know(
    desk: FlaskClient, at: datetime, mariposa: str
) -> None:
    restrict(mariposa, at)
    actions.set_alert(mariposa, "hard_to_rouse", note="count the breaths", **said(at))
    answer = desk.post("/people/search", data={"who": "mari"}, headers=HTMX)
    words = text_of(answer.text)
    assert "Restricted until 17 Nov 2026" in words
    assert "Hard to rouse, breathing fine" in words and "count the breaths" in words


def test_a_restriction_of_somebody_in_the_house_is_a_sign_on_the_board_and_read_on_the_visit(
    desk: FlaskClient, at: datetime, mariposa: str
) -> None:
    sent(desk, "/arrive", who="mariposa", then="waiting")
    sign = 'title="Restricted"'
    assert sign not in desk.get("/").text
    actions.restrict(mariposa, "violence", TODAY + DAY, TODAY + 2 * DAY, note="threw a chair", **said(at))
    assert sign not in desk.get("/").text
    restrict(mariposa, at)
    assert sign in desk.get("/").text
    [here] = visits.in_house()
    words = text_of(desk.get(f"/visits/{here.ref}").text)
    assert "Restricted: Violence or threats" in words and "threw a chair" in words
    with time_machine.travel(at + DAY, tick=False):
        assert sign in desk.get("/board/waiting").text
    with time_machine.travel(at + 4 * DAY, tick=False):
        assert sign not in desk.get("/board/waiting").text


def test_an_alert_is_said_when_somebody_sits_down(desk: FlaskClient, at: datetime, mariposa: str) -> None:
    actions.set_alert(mariposa, "hard_to_rouse", **said(at))
    answer = desk.post("/arrive", data={"who": "mariposa", "then": "seat"}, follow_redirects=True)
    assert "Hard to rouse, breathing fine." in text_of(answer.text)
    assert 'title="Alert: Hard to rouse, breathing fine"' in answer.text


def test_a_code_alone_brings_somebody_in(desk: FlaskClient, at: datetime) -> None:
    sent(desk, "/arrive", code="blue 7", birth_year="1985", then="waiting")
    sent(desk, f"/visits/{visits.in_house()[0].ref}/left")
    sent(desk, "/arrive", code="Blue-7", then="waiting")
    [one] = visits.in_house()
    assert (one.who, queries.person("P0001").code) == ("P0001", "blue 7")


def test_a_birth_year_without_anybody_to_hang_on_is_not_lost(desk: FlaskClient) -> None:
    answer = sent(desk, "/arrive", birth_year="1985", then="waiting")
    assert answer.status_code == 422 and 'value="1985"' in answer.text
    assert visits.in_house() == []


def test_from_their_page_somebody_arrives_with_their_name_on_the_sheet(
    desk: FlaskClient, at: datetime, mariposa: str
) -> None:
    restrict(mariposa, at)
    page = desk.get(f"/arrive?person={mariposa}").text
    assert f'name="person" value="{mariposa}"' in page and "threw a chair" in page
    assert desk.get("/arrive?person=P9999").status_code == 404


def test_a_visit_and_a_response_show_the_alerts_of_whoever_it_is(
    desk: FlaskClient, at: datetime, mariposa: str
) -> None:
    actions.set_alert(mariposa, "hard_to_rouse", note="count the breaths", **said(at))
    visit = arrive(at, person=mariposa).ref
    sent(desk, f"/visits/{visit}/seat", place="3")
    sent(desk, "/responses", place_code="3")
    for path in (f"/visits/{visit}", "/responses/R0001"):
        assert "count the breaths" in desk.get(path).text
    seated(at, "4", "heron")
    assert "count the breaths" not in desk.get("/").text


YOUNG = "By the birth year under 16: follow the site's way for young people."


def shown_beside_the_year(html: str) -> bool:
    """Whether the word beside the birth year is there to be read."""
    words = html.partition('class="advised"')[2].partition("</p>")[0]
    assert "under 16" in words
    return "<span hidden>" not in words


def text_without_marks(html: str) -> str:
    return text_of(html).replace("&#39;", "'")


def test_a_very_young_person_is_registered_and_staff_are_told_the_sites_way(desk: FlaskClient) -> None:
    assert not shown_beside_the_year(desk.get("/people/new").text)
    answer = desk.post("/people/new", data={"who": "wren", "birth_year": "2011"}, follow_redirects=True)
    said = text_without_marks(answer.text)
    assert f"Registered. {YOUNG}" in said
    assert YOUNG in text_without_marks(desk.get("/people/P0001").text)
    assert "Very young?" in text_of(desk.post("/people", data={"find": "wren"}).text)
    assert shown_beside_the_year(desk.get("/people/P0001/about").text)
    sent(desk, "/people/P0001/about", birth_year="1985")
    assert "under 16" not in desk.get("/people/P0001").text


@pytest.mark.parametrize("year, young", [("2011", True), ("1985", False)])
def test_a_form_that_comes_back_says_beside_the_birth_year_that_it_is_a_very_young_one(
    desk: FlaskClient, mariposa: str, year: str, young: bool
) -> None:
    for path in ("/people/new", "/arrive"):
        back = sent(desk, path, who="x" * 41, birth_year=year)
        assert back.status_code == 422
        assert shown_beside_the_year(back.text) is young
    sent(desk, f"/people/{mariposa}/about", birth_year="1985")
    seq = next(line.link.seq for line in queries.timeline([mariposa]) if line.link.verb == "described")
    back = sent(desk, f"/people/entries/{seq}/amend", birth_year=year, note="x" * 3000)
    assert back.status_code == 422
    assert shown_beside_the_year(back.text) is young


def test_a_very_young_person_at_the_door_comes_in_and_staff_are_told(desk: FlaskClient, at: datetime) -> None:
    new = {"who": "wren", "new": "y", "birth_year": "2011", "then": "seat"}
    answer = desk.post("/arrive", data=new, follow_redirects=True)
    assert f"wren seated, booth 1. {YOUNG}" in text_without_marks(answer.text)
    visit = visits.in_house()[0].ref
    assert YOUNG in text_without_marks(desk.get(f"/visits/{visit}").text)
    sent(desk, f"/visits/{visit}/leave")
    assert "under 16" in desk.post("/people/search", data={"who": "wren"}, headers=HTMX).text
    again = desk.post("/arrive", data={"who": "wren", "then": "waiting"}, follow_redirects=True)
    assert f"wren is on the waiting list. {YOUNG}" in text_without_marks(again.text)
    assert "under 16" in desk.get("/arrive?person=P0001").text
    answer = desk.post("/arrive", data={"who": "moss", "new": "y", "then": "waiting"}, follow_redirects=True)
    assert "under 16" not in answer.text
