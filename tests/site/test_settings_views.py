"""The pages of Settings as a browser without JavaScript sees them."""

import re
from datetime import datetime, timedelta
from html import unescape
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from sitelog.ground.access import Actor
from sitelog.site import actions, history, queries, topics
from sitelog.store.db import db
from tests import factories
from tests.referrals.test_views import signed_in, text_of

# As the script asks for a sheet: the same form without the frame, which is most of the work of a page.
AS_SHEET = {"HX-Request": "true"}
DOWN = {"label": "Dope", "group": "opioid", "key": "1", "table": "opioids"}


def seen(office: FlaskClient, url: str) -> str:
    """The newest change a page was opened with."""
    found = re.search(r'name="known_seq" value="(\d+)"', office.get(url).text)
    assert found
    return found[1]


def post(office: FlaskClient, url: str, **data: Any) -> Any:
    return office.post(url, data=data)


def test_every_page_of_settings_opens(office: FlaskClient, at: datetime) -> None:
    raw = history.values_of(history.versions(), at)
    for topic in topics.topics(raw):
        assert office.get(f"/settings/{topic.code}").status_code == 200, topic.code
        if topic.rows:
            assert office.get(f"/settings/{topic.code}/new").status_code == 200, topic.code
            code = topics.content(topic, raw)[0]["code"]
            assert office.get(f"/settings/{topic.code}/{code}").status_code == 200, topic.code
    assert office.get("/settings").status_code == 200
    assert office.get("/settings/changes").status_code == 200


def test_every_sheet_and_row_can_be_saved_as_it_is_shown(office: FlaskClient, at: datetime) -> None:
    raw = history.values_of(history.versions(), at)
    for topic in topics.topics(raw):
        urls = [f"/settings/{topic.code}"]
        if topic.rows:
            urls = [f"/settings/{topic.code}/{row['code']}" for row in topics.content(topic, raw)]
        for url in urls:
            answer = office.post(url, data=fields(office.get(url, headers=AS_SHEET).text), headers=AS_SHEET)
            said = text_of(answer.text)
            assert answer.status_code == 422, url
            assert "Nothing is different" in said, (url, said)


def fields(html: str) -> dict[str, Any]:
    """What a browser would send of the page's own form."""
    form = html[html.index('class="formpage"' if "formpage" in html else 'class="values"') :]
    form = form[: form.index("</form>")]
    found: dict[str, Any] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        boxed = 'type="checkbox"' in tag or 'type="radio"' in tag
        if name and (not boxed or "checked" in tag):
            found.setdefault(name[1], []).append(unescape(value[1]) if value else "")
    for name, options in re.findall(r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'<option[^>]*selected[^>]*value="([^"]*)"', options) or re.search(
            r'<option[^>]*value="([^"]*)"[^>]*selected', options
        )
        found[name] = chosen[1] if chosen else ""
    return found


def test_a_new_word_is_offered_at_the_next_arrival(office: FlaskClient) -> None:
    answer = post(
        office, "/settings/substance/new", label="Tranq dope", group="opioid", table="opioids", key=""
    )
    assert (answer.status_code, answer.location) == (303, "/settings/substance")
    assert "Tranq dope" in office.get("/arrive").text
    assert queries.book().choice("substance", "tranq_dope").group == "opioid"


def test_a_place_counts_the_entries_it_stands_in(office: FlaskClient, at: datetime) -> None:
    factories.seated(at, "3")
    text = text_of(office.get("/settings/places").text)
    assert "in 1 entry" in text
    assert "in 0 entries" in text


def test_a_retired_word_is_offered_no_more_and_old_entries_still_know_it(
    office: FlaskClient, at: datetime
) -> None:
    ref = factories.seated(at, "3")
    assert post(office, "/settings/substance/down/retire").status_code == 303
    assert 'value="down"' not in office.get("/arrive").text
    assert "Down" in text_of(office.get(f"/visits/{ref}").text)
    assert post(office, "/settings/substance/down/back").status_code == 303
    assert 'value="down"' in office.get("/arrive").text


def test_who_sits_in_a_place_stays_on_the_board_when_it_is_retired(office: FlaskClient, at: datetime) -> None:
    factories.seated(at, "3", "Sparrow")
    post(office, "/settings/places/3/retire")
    post(office, "/settings/places/4/retire")
    board = text_of(office.get("/").text)
    assert "Booth 3" in board or "place-3" in office.get("/").text
    assert 'id="place-4"' not in office.get("/").text


@pytest.mark.parametrize(
    ("url", "wrong", "words"),
    [
        ("/settings/places/new", {"code": "3", "label": "Tent"}, "on this list already"),
        ("/settings/places/new", {"code": "A", "label": "Tent"}, "the key of Arrive and of Tent"),
        ("/settings/places/new", {"code": "<3>", "label": "Tent"}, "Letters, digits"),
        ("/settings/places/3", {"label": ""}, "Say something here"),
        ("/settings/places/3", {"label": "Booth 3", "limit_minutes": "many"}, "Type a whole number"),
        ("/settings/places/3", {"label": "Booth 3", "limit_minutes": "9999"}, "Between 1 and 600"),
        ("/settings/places/3", {"label": "Booth 4"}, "on this list already"),
        ("/settings/substance/down", DOWN | {"key": "2"}, "the key of Dope and of Crystal"),
        ("/settings/substance/down", DOWN | {"group": "nonsense"}, "is not on this list"),
        ("/settings/shift_times/day", {"label": "Day", "starts": "late", "ends": "07:00"}, "Type a time"),
        ("/settings/bands/early", {"label": "Early", "starts": "07:00"}, "Another part of the day"),
        ("/settings/bands/early", {"label": "Early", "starts": "06:00"}, "two hours at least"),
        ("/settings/audiences/funder", {"preset": "partner", "k": "4"}, "at least 5"),
        ("/settings/audiences/funder", {"preset": "us-cms", "k": "5"}, "at least 11"),
        ("/settings/ages", {"ages": "50, 30"}, "from young to old"),
        ("/settings/ages", {"ages": "young"}, "Whole numbers"),
        ("/settings/limits", {"wait_minutes": "-3"}, "Between 1 and 240"),
        ("/settings/keys", {"arrive": "s"}, "the key of Arrive and of Supplies"),
        ("/settings/site", {"name": "Site", "zone": "Mars/Base", "day_starts": "04:00"}, "no time zone"),
        (
            "/settings/on_site_service/new",
            {"label": "Foot care", "group": "health", "asks": "topic"},
            "from which list",
        ),
        (
            "/settings/on_site_service/new",
            {"label": "Foot care", "group": "health", "needs": "topic"},
            "only need what it asks",
        ),
        ("/settings/substance/down", DOWN | {"from_on": "tomorrow"}, "Type a day"),
        ("/settings/substance/down", DOWN | {"from_on": "2020-01-01"}, "still to come"),
    ],
)
def test_a_wrong_value_is_refused_beside_its_field_and_everything_typed_is_kept(
    office: FlaskClient, url: str, wrong: dict[str, str], words: str
) -> None:
    before = queries.book()
    usual = {"kind": "injection", "limit_minutes": "25", "check_minutes": "5", "grace_minutes": "300"}
    if url in ("/settings/limits", "/settings/keys"):
        usual |= fields(office.get(url).text)
    answer = office.post(url, data=usual | wrong | {"why": "as agreed on Monday"})
    assert answer.status_code == 422
    assert words in text_of(answer.text)
    assert '<p class="error"' in answer.text
    assert "as agreed on Monday" in answer.text
    for value in wrong.values():
        assert value.replace("<", "&lt;").replace(">", "&gt;") in answer.text
    assert queries.book() == before


def test_of_two_who_change_one_list_the_second_sees_both(
    office: FlaskClient, lead: Actor, at: datetime
) -> None:
    known = seen(office, "/settings/substance/down")
    actions.say_anew("substance", "crystal", {"label": "Tina"}, by=lead, at=at)
    answer = post(office, "/settings/substance/down", **DOWN, known_seq=known)
    text = text_of(answer.text)
    assert answer.status_code == 409
    assert "Crystal" in text and "→ Tina" in text
    assert 'value="Dope"' in answer.text
    again = re.search(r'name="known_seq" value="(\d+)"', answer.text)
    assert again
    assert post(office, "/settings/substance/down", **DOWN, known_seq=again[1]).status_code == 303
    labels = [word.label for word in queries.book().choices("substance")][:2]
    assert labels == ["Dope", "Tina"]


def test_a_change_of_another_list_is_no_conflict(office: FlaskClient, lead: Actor, at: datetime) -> None:
    known = seen(office, "/settings/substance/down")
    actions.say_anew("route", "smoke", {"label": "Inhale"}, by=lead, at=at)
    assert post(office, "/settings/substance/down", **DOWN, known_seq=known).status_code == 303


def test_a_double_tap_adds_one_word(office: FlaskClient) -> None:
    data = {"label": "Strong tea", "token": "f" * 32}
    for _ in range(2):
        assert post(office, "/settings/looks/new", **data).status_code == 303
    assert [word.code for word in queries.book().choices("looks")].count("strong_tea") == 1


def test_a_change_for_a_day_to_come_is_shown_as_planned_and_holds_from_that_day(
    office: FlaskClient, app: Flask, at: datetime
) -> None:
    post(office, "/settings/substance/down", **DOWN, from_on="2026-12-01")
    text = text_of(office.get("/settings/substance").text)
    assert "Planned" in text and "→ Dope" in text
    assert queries.book().label("substance", "down") == "Down"
    db.session.remove()
    with time_machine.travel(at + timedelta(days=20), tick=False):
        assert "Dope" in office.get("/arrive").text


def test_the_history_says_before_and_after_and_takes_a_change_back(office: FlaskClient) -> None:
    post(office, "/settings/substance/down", **DOWN)
    page = office.get("/settings/changes")
    assert "Down, Word at the desk: Down → Dope" in text_of(page.text)
    action = re.search(r'action="(/settings/changes/\d+/undo)"', page.text)
    assert action
    assert office.post(action[1]).status_code == 303
    assert queries.book().label("substance", "down") == "Down"
    assert "Change taken back" in text_of(office.get("/settings/changes").text)
    assert office.post(action[1]).status_code == 409


def test_order_is_moved_one_up_and_one_down(office: FlaskClient) -> None:
    post(office, "/settings/looks/drowsy/up")
    assert [word.code for word in queries.book().choices("looks")][:2] == ["drowsy", "well"]
    post(office, "/settings/looks/drowsy/down")
    assert [word.code for word in queries.book().choices("looks")][:2] == ["well", "drowsy"]
    assert post(office, "/settings/looks/well/up").status_code == 422


def test_a_jurisdiction_is_chosen_while_nothing_was_entered_and_not_after(
    office: FlaskClient, at: datetime
) -> None:
    assert "Start as a jurisdiction does" in text_of(office.get("/settings").text)
    assert post(office, "/settings/preset", preset="nowhere").status_code == 422
    assert post(office, "/settings/preset", preset="germany").status_code == 303
    assert (queries.book().zone, queries.book().ages[0]) == ("Europe/Berlin", (0, 17))
    factories.arrive(at)
    assert "Start as a jurisdiction does" not in text_of(office.get("/settings").text)
    assert post(office, "/settings/preset", preset="scotland").status_code == 409


def test_the_clock_of_a_site_with_entries_stays_and_its_name_may_change(
    office: FlaskClient, at: datetime
) -> None:
    factories.arrive(at)
    site = {"name": "Juniper", "zone": "Europe/Berlin", "day_starts": "04:00", "grace_minutes": "300"}
    assert post(office, "/settings/site", **site).status_code == 422
    assert post(office, "/settings/site", **site | {"zone": "America/Toronto"}).status_code == 303
    assert queries.book().name == "Juniper"


def test_what_is_in_a_kit_is_said_item_by_item(office: FlaskClient) -> None:
    data = {"label": "Inhalation kit", "items.straight_stem": "2", "items.foil": "3", "items.swab": ""}
    assert post(office, "/settings/supply_kit/inhalation_kit", **data).status_code == 303
    kit = queries.book().choice("supply_kit", "inhalation_kit")
    assert kit.data["items"] == {"straight_stem": 2, "foil": 3}


def test_a_letter_that_was_moved_is_told_to_the_page(office: FlaskClient) -> None:
    keys = fields(office.get("/settings/keys").text) | {"arrive": "q"}
    assert office.post("/settings/keys", data=keys).status_code == 303
    assert 'name="keys" content="{&#34;a&#34;: &#34;&#34;, &#34;q&#34;: &#34;a&#34;}"' in office.get("/").text


def test_unknown_pages_rows_and_changes_are_not_found(office: FlaskClient) -> None:
    for url in ("/settings/nonsense", "/settings/looks/nonsense", "/settings/limits/new"):
        assert office.get(url).status_code == 404, url
    assert post(office, "/settings/looks/nonsense/retire").status_code == 404
    assert post(office, "/settings/looks").status_code == 404
    assert post(office, "/settings/changes/9999/undo").status_code == 404


def test_a_nurse_sees_no_settings(the_evening: None, app: Flask, nurse: Actor) -> None:
    desk = signed_in(app, nurse)
    assert desk.get("/settings").status_code == 403
    assert desk.post("/settings/looks/well/retire").status_code == 403
