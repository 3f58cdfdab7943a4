"""The pages of visits, as a browser without a script and as the script sees them."""

import json
import re
from datetime import datetime, timedelta

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from sitelog.ground.access import Actor
from sitelog.services import actions as services
from sitelog.site import actions as site
from sitelog.site import defaults
from sitelog.store.db import db
from sitelog.supplies import actions as supplies
from sitelog.supplies.rules import Exchange
from sitelog.visits import actions, queries
from tests.factories import CRACK, arrive, in_aftercare, register, said, seated
from tests.visits.conftest import text_of

HTMX = {"HX-Request": "true"}
MINUTE = timedelta(minutes=1)


def sent(desk: FlaskClient, path: str, **fields: object) -> TestResponse:
    """A form sent from a page, and whatever the test reads next is fresh."""
    answer = desk.post(path, data=fields)
    db.session.rollback()
    return answer


def checked(html: str, name: str) -> list[str]:
    """The values ticked in a group of chips."""
    inputs = re.findall(r"<input[^>]*>", html)
    ticked = [one for one in inputs if f'name="{name}"' in one and " checked" in one]
    return [re.search(r'value="([^"]*)"', one)[1] for one in ticked]  # type: ignore[index]


def test_the_sheet_offers_the_sites_words_and_the_next_places(desk: FlaskClient, at: datetime) -> None:
    seated(at, "1", "moss")
    page = desk.get("/arrive").text
    words = text_of(page)
    assert "Anon 1" in words and "Down" in words and "Step-free" in words
    assert "Seat in booth 2" in words and "Seat in inhalation X" in words
    assert "style=" not in page and "onclick" not in page


def test_over_the_board_the_sheet_comes_without_its_frame(desk: FlaskClient) -> None:
    part = desk.get("/arrive", headers=HTMX).text
    assert "<html" not in part and 'action="/arrive"' in part


def test_nobody_named_sits_down_with_one_form(desk: FlaskClient, at: datetime) -> None:
    answer = sent(desk, "/arrive", anonymous="y", substances="crack", route="smoke", then="seat")
    assert (answer.status_code, answer.location) == (303, "/")
    one = queries.at_place("X")
    assert (one.who, one.substances, one.routes) == ("Anon 1", ("crack",), ("smoke",))


def test_somebody_new_is_registered_by_typing_a_handle(desk: FlaskClient) -> None:
    sent(desk, "/arrive", who="moss", substances=["down", "crystal"], route="inject", then="waiting")
    [one] = queries.in_house()
    assert (one.who, one.area, one.substances) == ("moss", "waiting", ("down", "crystal"))


def test_a_handle_typed_in_full_is_the_person_of_the_register(desk: FlaskClient, at: datetime) -> None:
    register("Mari-Posa", at)
    sent(desk, "/arrive", who="mariposa", then="waiting")
    assert queries.in_house()[0].who == "Mari-Posa"


def test_a_misspelled_handle_is_asked_about(desk: FlaskClient, at: datetime) -> None:
    ref = register("sparrow", at)
    answer = sent(desk, "/arrive", who="sprrow", then="seat")
    assert answer.status_code == 409 and f'value="{ref}"' in answer.text
    assert queries.in_house() == []


def test_half_a_handle_is_asked_about_and_nothing_is_lost(desk: FlaskClient, at: datetime) -> None:
    ref = register("mariposa", at)
    answer = sent(
        desk, "/arrive", who="mari", substances="crack", route="smoke", also="splitting", then="seat"
    )
    assert answer.status_code == 409
    assert "Is it one of these, or somebody new?" in text_of(answer.text)
    assert f'value="{ref}"' in answer.text and 'value="mari"' in answer.text
    assert checked(answer.text, "substances") == ["crack"]
    assert checked(answer.text, "also") == ["splitting"]
    assert queries.in_house() == []
    sent(desk, "/arrive", who="mari", person="", which=ref, then="waiting")
    assert queries.in_house()[0].who == "mariposa"
    sent(desk, "/visits/V0001/leave")
    sent(desk, "/arrive", who="mari", new="y", then="waiting")
    assert queries.in_house()[0].who == "mari"


def test_a_place_just_taken_leaves_the_choice_of_the_others(desk: FlaskClient, at: datetime) -> None:
    seated(at, "5", "pike")
    token = "a" * 32
    fields = {"who": "moss", "substances": "down", "route": "inject", "then": "seat", "token": token}
    answer = sent(desk, "/arrive", **fields, place="5")
    words = text_of(answer.text)
    assert answer.status_code == 409
    assert "Booth 5 was taken by pike at 18:42" in words and "Which place instead?" in words
    assert checked(answer.text, "substances") == ["down"] and token in answer.text
    assert sent(desk, "/arrive", **fields, place="6").status_code == 303
    assert queries.at_place("6").who == "moss"


def test_when_every_place_is_full_the_person_waits(desk: FlaskClient, at: datetime) -> None:
    for code in "XYZ":
        seated(at, code, asked=CRACK)
    sent(desk, "/arrive", who="moss", route="smoke", then="seat")
    assert next(one for one in queries.in_house() if one.who == "moss").area == "waiting"
    assert "No place is free: moss is on the waiting list." in text_of(desk.get("/arrive").text)


def test_somebody_who_is_here_is_not_checked_in_twice(desk: FlaskClient, at: datetime) -> None:
    ref = register("marigold", at)
    came = arrive(at, person=ref)
    answer = sent(desk, "/arrive", person=ref, who="marigold", then="seat")
    assert answer.status_code == 409
    assert f"/visits/{came.ref}" in answer.text


def test_the_search_shows_what_is_usual_and_who_is_here_and_no_handle_is_in_an_address(
    desk: FlaskClient, at: datetime
) -> None:
    ref = register("mariposa", at)
    actions.leave(arrive(at - 9 * MINUTE, person=ref).ref, **said(at))
    seated(at, "8", "marigold")
    answer = desk.post("/people/search", data={"who": "Mari"}, headers=HTMX)
    words = text_of(answer.text)
    assert "usual: Down · inject" in words and "last 17 Nov" in words
    assert "in booth 8 now" in words and "already here" in words
    assert (
        f'data-ref="{ref}" data-handle="mariposa" data-substances="down" data-route="inject"' in answer.text
    )
    assert "Nobody by that handle" in desk.post("/people/search", data={"who": "zed"}, headers=HTMX).text
    assert desk.get("/people/search?who=mari").status_code == 404


def test_optional_questions_are_asked_only_where_the_site_does(desk: FlaskClient, at: datetime) -> None:
    assert "Where otherwise" not in desk.get("/arrive").text
    site.configure({"policies": defaults.POLICIES | {"ask_where_else": True, "ask_alone": True}}, **said(at))
    assert "Where otherwise" in desk.get("/arrive").text
    sent(desk, "/arrive", anonymous="y", where_else="public", alone="yes", then="waiting")
    asked = queries.visit("V0001").asked
    assert (asked.where_else, asked.alone, asked.last_use) == ("public", "yes", None)


@pytest.mark.parametrize(
    "fields",
    [
        {"substances": "moonshine"},
        {"route": "osmosis"},
        {"who": "x" * 41},
        {"who": "bell\x07"},
        {"earlier_at": "25:99"},
        {"earlier_at": "2026-11-19T10:00"},
        {"earlier_at": "2020-01-01T10:00"},
        {"place": "99"},
        {"person": "P9999"},
        {"also": "nonsense"},
        {"token": "not a token", "route": "x" * 5000},
    ],
)
def test_bad_input_is_said_beside_its_field_with_everything_kept(desk: FlaskClient, fields: dict) -> None:
    answer = sent(desk, "/arrive", **({"who": "moss", "help_reason": "physical", "then": "seat"} | fields))
    assert answer.status_code in (404, 422)
    if answer.status_code == 422:
        assert checked(answer.text, "help_reason") == ["physical"]
        assert fields.get("who", "moss").replace("\x07", "") in answer.text
    assert queries.in_house() == []


def test_not_said_does_not_go_with_a_substance(desk: FlaskClient) -> None:
    answer = sent(desk, "/arrive", who="heron", new="y", substances=["down", "not_said"], then="waiting")
    assert answer.status_code == 422 and queries.in_house() == []
    assert "“Not said” does not go with another answer" in text_of(answer.text)
    assert checked(answer.text, "substances") == ["down", "not_said"]


def test_what_is_given_at_the_door_is_entered_within_the_visit_once(desk: FlaskClient) -> None:
    assert "Injection kit" in text_of(desk.get("/arrive").text)
    sheet = {"anonymous": "y", "token": "a" * 32, "kit_injection_kit": "2", "returned": "12"}
    for _ in range(2):
        assert desk.post("/arrive", data=sheet).status_code == 303
    assert [line.link.kind for line in queries.timeline("V0001")].count("supply.exchanged") == 1
    assert "12 taken back" in text_of(desk.get("/visits/V0001").text)


def test_a_wrong_number_of_kits_keeps_the_whole_sheet_and_lets_nobody_in(desk: FlaskClient) -> None:
    wrong = desk.post("/arrive", data={"who": "heron-42", "kit_injection_kit": "two", "substances": "down"})
    assert wrong.status_code == 422
    assert 'value="heron-42"' in wrong.text and 'value="two"' in wrong.text
    assert queries.positions() == {}


def test_a_sheet_that_was_changed_after_its_answer_was_lost_is_not_answered_as_the_first(
    desk: FlaskClient,
) -> None:
    sent = {"anonymous": "y", "token": "a" * 32, "then": "waiting"}
    assert desk.post("/arrive", data=sent).status_code == 303
    changed = desk.post("/arrive", data={"who": "heron-42", "token": "a" * 32, "then": "waiting"})
    assert changed.status_code == 409
    assert "entered already as you first sent it" in text_of(changed.text)
    assert 'value="heron-42"' in changed.text and list(queries.positions()) == [1]
    (token,) = re.findall(r'name="token" value="([0-9a-f]{32})"', changed.text.partition('id="who"')[0])[-1:]
    assert token != "a" * 32
    again = {"who": "heron-42", "token": token, "then": "waiting"}
    for _ in range(2):
        assert desk.post("/arrive", data=again).status_code == 303
    assert list(queries.positions()) == [1, 2]


def test_a_sheet_that_is_sent_again_after_a_reload_is_the_same_arrival_though_the_place_offered_is_another(
    desk: FlaskClient,
) -> None:
    sent = {"anonymous": "y", "token": "a" * 32}
    assert desk.post("/arrive", data=sent | {"place": "1"}).status_code == 303
    assert desk.post("/arrive", data=sent | {"place": "2"}).status_code == 303
    assert list(queries.positions()) == [1]


def test_a_double_tap_on_the_sheet_is_one_person(desk: FlaskClient) -> None:
    for _ in range(2):
        answer = sent(desk, "/arrive", who="moss", then="seat", token="a" * 32)
        assert answer.status_code == 303
    assert len(queries.in_house()) == 1


def test_two_buttons_of_one_card_are_two_entries(desk: FlaskClient, at: datetime) -> None:
    # The card still holds its token when the second button is pressed before the board was read again.
    ref, token = seated(at, "3", "moss"), "a" * 32
    assert sent(desk, f"/visits/{ref}/check", looks="well", token=token).status_code == 303
    assert sent(desk, f"/visits/{ref}/aftercare", token=token).status_code == 303
    assert queries.present(ref).area == "aftercare"
    assert sent(desk, f"/visits/{ref}/waiting", token=token).status_code == 303
    assert queries.present(ref).area == "waiting"


def test_a_tap_on_a_card_answers_the_script_with_what_was_said(desk: FlaskClient, at: datetime) -> None:
    ref = seated(at, "3", "moss")
    answer = desk.post(f"/visits/{ref}/check", data={"looks": "well"}, headers=HTMX)
    news = json.loads(answer.headers["HX-Trigger"])["entered"]
    assert answer.status_code == 204
    assert news["said"] == "Check 3: looks well, talking."
    assert news["seq"] > 0


@pytest.mark.parametrize(
    ("start", "path", "area"),
    [
        (seated, "aftercare", "aftercare"),
        (seated, "waiting", "waiting"),
        (in_aftercare, "waiting", "waiting"),
        (in_aftercare, "service", "service"),
    ],
)
def test_one_tap_moves_somebody_on(desk: FlaskClient, at: datetime, start, path: str, area: str) -> None:  # type: ignore[no-untyped-def]
    ref = start(at - MINUTE, "3", "moss")
    assert "moss" in desk.get(f"/visits/{ref}/{path}").text
    assert sent(desk, f"/visits/{ref}/{path}").status_code == 303
    assert queries.present(ref).area == area


def test_seating_without_a_place_takes_the_next_that_fits(desk: FlaskClient, at: datetime) -> None:
    came = arrive(at, "moss", CRACK)
    assert "Inhalation X" in desk.get(f"/visits/{came.ref}/seat").text
    sent(desk, f"/visits/{came.ref}/seat")
    assert queries.at_place("X").who == "moss"


def test_an_unfitting_place_is_advised_against_and_recorded(desk: FlaskClient, at: datetime) -> None:
    came = arrive(at, "moss", CRACK)
    sent(desk, f"/visits/{came.ref}/seat", place="3")
    assert queries.at_place("3").who == "moss"
    assert "Booth 3 is not meant for this route" in desk.get(f"/visits/{came.ref}").text


def test_a_seat_taken_in_the_meantime_opens_the_choice(desk: FlaskClient, at: datetime) -> None:
    came = arrive(at, "moss")
    seated(at, "3", "pike")
    answer = desk.post(f"/visits/{came.ref}/seat", data={"place": "3"}, headers=HTMX)
    assert answer.status_code == 409
    assert "taken by pike" in answer.text and 'value="4"' in answer.text


def test_observations_are_typed_and_impossible_ones_refused(desk: FlaskClient, at: datetime) -> None:
    ref = in_aftercare(at, "3", "moss")
    answer = sent(desk, f"/visits/{ref}/check", looks="drowsy", spo2="970", respirations="14", note="pale")
    assert answer.status_code == 422
    assert 'value="970"' in answer.text and "pale" in answer.text and "Between 0 and 100" in answer.text
    assert sent(desk, f"/visits/{ref}/check", looks="", spo2="97", respirations="14").status_code == 303
    last = queries.present(ref).last_check
    assert (last.looks, last.spo2, last.respirations) == (None, 97, 14)


def test_left_with_its_reason_and_left_after_an_episode(desk: FlaskClient, at: datetime) -> None:
    came = arrive(at, "moss")
    assert "would not wait" in desk.get(f"/visits/{came.ref}/left").text
    sent(desk, f"/visits/{came.ref}/left", reason="wait")
    assert "left before service: would not wait" in text_of(desk.get(f"/visits/{came.ref}").text)
    ref = in_aftercare(at - MINUTE, "3", "pike")
    actions.to_waiting(ref, **said(at))
    db.session.rollback()
    assert sent(desk, f"/visits/{ref}/left").status_code == 303
    assert "pike left" in text_of(desk.get(f"/visits/{ref}").text)


def test_a_route_without_a_substance_is_kept_with_not_said(desk: FlaskClient) -> None:
    sent(desk, "/arrive", anonymous="y", route="smoke", then="waiting")
    [one] = queries.in_house()
    assert (one.substances, one.routes) == (("not_said",), ("smoke",))


def test_another_episode_begins_with_what_was_used_before(desk: FlaskClient, at: datetime) -> None:
    ref = in_aftercare(at - MINUTE, "3", "moss")
    assert checked(desk.get(f"/visits/{ref}/again").text, "substances") == ["down"]
    sent(desk, f"/visits/{ref}/again", substances="crack", route="smoke")
    assert queries.at_place("X").episodes == 2


def test_the_page_of_a_visit_tells_it_all_with_both_versions(desk: FlaskClient, at: datetime) -> None:
    ref = seated(at - 10 * MINUTE, "3", "moss")
    looked = actions.check(ref, **said(at - 5 * MINUTE))
    path = f"/visits/entries/{looked.link_seq}/amend"
    assert 'value="18:37"' in desk.get(path).text
    answer = sent(desk, path, time="18:39", looks="drowsy", why="wrong_amount", note="was half asleep")
    assert (answer.status_code, answer.location) == (303, f"/visits/{ref}")
    page = desk.get(f"/visits/{ref}").text
    words = text_of(page)
    assert "moss arrived: Down · inject" in words and "moss seated, booth 3" in words
    assert "drowsy, rouses to voice" in words and "was half asleep" in words
    assert re.search(r'<s class="was">Check 3: looks well, talking</s>', page)
    assert queries.present(ref).last_check.at == at.replace(second=0) - 3 * MINUTE


def test_an_amendment_to_a_time_still_to_come_is_refused_beside_the_time(
    desk: FlaskClient, at: datetime
) -> None:
    came = arrive(at, "moss")
    path = f"/visits/entries/{came.link_seq}/amend"
    assert checked(desk.get(path).text, "why") == []
    answer = sent(desk, path, time="20:00", purpose="consume", substances="down", route="inject")
    assert answer.status_code == 422
    beside = answer.text.split('id="time-error"')[1].split("</p>")[0]
    assert "still to come" in beside and 'value="20:00"' in answer.text


def test_amending_the_arrival_changes_who_what_and_how(desk: FlaskClient, at: datetime) -> None:
    register("mariposa", at)
    came = arrive(at, "marigold")
    path = f"/visits/entries/{came.link_seq}/amend"
    page = desk.get(path).text
    assert checked(page, "substances") == ["down"] and 'value="marigold"' in page
    fields = {"purpose": "consume", "substances": "crystal", "route": "smoke", "also": "help"}
    assert sent(desk, path, time="18:42", who="nobody", **fields).status_code == 422
    assert sent(desk, path, time="18:42", who="mariposa", **fields).status_code == 303
    one = queries.present(came.ref)
    assert (one.who, one.substances, one.flags) == ("mariposa", ("crystal",), ("help",))


def test_striking_asks_why_and_warns_that_the_arrival_takes_all_with_it(
    desk: FlaskClient, at: datetime
) -> None:
    came = arrive(at, "moss")
    path = f"/visits/entries/{came.link_seq}/strike"
    assert "every other entry of the visit" in desk.get(path).text
    assert sent(desk, path, why="entered_twice").status_code == 303
    assert queries.in_house() == []
    assert "struck" in text_of(desk.get(f"/visits/{came.ref}").text)
    assert sent(desk, path, why="entered_twice").status_code == 409


@pytest.mark.parametrize("path", ["", "/seat", "/move", "/check", "/aftercare", "/leave", "/left", "/again"])
@pytest.mark.parametrize("ref", ["V9999", "nonsense", "V0001'--"])
def test_a_visit_that_is_not_there_is_said_not_to_be(desk: FlaskClient, ref: str, path: str) -> None:
    assert desk.get(f"/visits/{ref}{path}").status_code == 404
    if path:
        assert sent(desk, f"/visits/{ref}{path}").status_code == 404


@pytest.mark.parametrize("path", ["/visits/entries/99999/amend", "/visits/entries/99999/strike"])
def test_an_entry_that_is_not_there_is_said_not_to_be(desk: FlaskClient, path: str) -> None:
    assert desk.get(path).status_code == 404
    assert sent(desk, path).status_code == 404


def test_nobody_signed_in_sees_nothing(client: FlaskClient) -> None:
    for path in ("/arrive", "/visits/V0001", "/visits/entries/1/amend"):
        assert client.get(path).status_code == 303
    assert client.post("/people/search", data={"who": "mari"}).status_code == 401


@pytest.mark.parametrize(("earlier", "minutes"), [({"earlier": "-5"}, 5), ({"earlier_at": "18:30"}, 12.1)])
def test_an_earlier_time_is_kept_with_the_entry(
    desk: FlaskClient, at: datetime, earlier: dict[str, str], minutes: float
) -> None:
    sent(desk, "/arrive", who="moss", then="waiting", **earlier)
    one = queries.present("V0001")
    assert round((at - one.since) / MINUTE, 1) == minutes
    assert "entered 18:42" in text_of(desk.get("/visits/V0001").text)


def test_what_was_given_within_a_visit_stands_in_its_log_and_is_corrected_from_there(
    desk: FlaskClient, nurse: Actor, at: datetime
) -> None:
    ref, other = arrive(at).ref, arrive(at).ref
    made = services.give("food", visit=ref, **said(at))
    supplies.exchange(Exchange({"cooker": 3}, visit=ref), **said(at))
    services.give("shower", visit=other, **said(at))
    kinds = [line.link.kind for line in queries.timeline(ref)]
    assert kinds == ["visit.checked_in", "service.given", "supply.exchanged"]
    page = desk.get(f"/visits/{ref}").text
    assert f'href="/services/entries/{made.link_seq}/amend"' in page
    assert f'href="/supplies/exchange?visit={ref}"' in page
    assert "Supplies: 3 given, 0 taken back" in page
    services.strike(made.link_seq, by=nurse, at=at)
    struck = next(line for line in queries.timeline(ref) if line.link.kind == "service.given")
    assert struck.later is not None and f"{made.link_seq}/amend" not in desk.get(f"/visits/{ref}").text
