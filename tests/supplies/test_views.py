"""The supplies pages as a browser without JavaScript sees them."""

import json
from datetime import date, datetime

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from sitelog.ground.access import Actor, Role
from sitelog.supplies import actions, queries
from sitelog.supplies.rules import Exchange, Level, Receipt
from sitelog.web.guards import Identity, load_actor_with
from tests.factories import said

SHEETS = ("exchange", "naloxone", "pick-up", "receive", "count", "waste", "cylinder")
FILLED = {
    "exchange": {"item_needle_1ml": "5", "kit_injection_kit": "1", "returned": "9", "method": "said"},
    "naloxone": {"naloxone_form": "nasal", "count": "1", "trained": "y", "reason": "first"},
    "pick-up": {"kind": "public", "count": "4"},
    "receive": {"item": "foil", "count": "50", "lot": "F1", "expires_on": "2027-05-01"},
    "count": {"item": "foil", "counted": "3", "reason": "miscounted"},
    "waste": {"item": "foil", "count": "1", "reason": "damaged"},
    "cylinder": {"code": "2", "state": "in_use", "percent": "80"},
}


@pytest.fixture(autouse=True)
def the_evening(app: Flask, at: datetime):
    with time_machine.travel(at, tick=False):
        yield


def test_the_bar_says_days_as_every_page_does(app: Flask, nurse: Actor, at: datetime) -> None:
    actions.receive(Receipt("foil", 500, "F", date(2026, 11, 16)), **said(at))
    actions.receive(Receipt("condom", 500, "C", date(2025, 12, 1)), **said(at))
    bar = signed_in(app, nurse).get("/board/warns").text
    assert "expired 16 Nov" in bar and "expired 1 Dec 2025" in bar


def signed_in(app: Flask, actor: Actor) -> FlaskClient:
    app.config["WTF_CSRF_ENABLED"] = False
    load_actor_with(app, lambda request: Identity(actor=actor, person=actor))
    return app.test_client()


@pytest.fixture
def desk(app: Flask, nurse: Actor) -> FlaskClient:
    return signed_in(app, nurse)


@pytest.mark.parametrize("sheet", SHEETS)
def test_a_sheet_is_filled_in_corrected_and_struck(desk: FlaskClient, sheet: str) -> None:
    assert desk.get(f"/supplies/{sheet}").status_code == 200
    assert desk.post(f"/supplies/{sheet}", data=FILLED[sheet]).status_code == 303
    seq = queries.entry("X0001").link_seq
    assert desk.get(f"/supplies/entries/{seq}/amend").status_code == 200
    again = {**FILLED[sheet], "why": "wrong_amount"}
    assert desk.post(f"/supplies/entries/{seq}/amend", data=again).status_code == 303
    newer = queries.entry("X0001").link_seq
    assert newer > seq
    assert desk.get(f"/supplies/entries/{newer}/strike").status_code == 200
    assert desk.post(f"/supplies/entries/{newer}/strike", data={"why": "other"}).status_code == 303
    assert desk.get("/supplies").status_code == 200
    assert desk.get("/").status_code == 200


@pytest.mark.parametrize("sheet", SHEETS)
def test_an_empty_sheet_is_refused_with_words(desk: FlaskClient, sheet: str) -> None:
    answer = desk.post(f"/supplies/{sheet}", data={"note": "kept words"})
    assert answer.status_code == 422
    assert "kept words" in answer.text


def test_a_number_that_is_none_is_kept_and_said(desk: FlaskClient) -> None:
    answer = desk.post("/supplies/exchange", data={"item_needle_1ml": "some", "returned": "7"})
    assert answer.status_code == 422
    assert 'value="some"' in answer.text and 'value="7"' in answer.text


def test_a_sheet_shows_what_was_entered_when_it_is_corrected(desk: FlaskClient, at: datetime) -> None:
    row = actions.exchange(Exchange({"cooker": 3}, {"injection_kit": 2}, 41, "said"), **said(at))
    text = desk.get(f"/supplies/entries/{row.link_seq}/amend").text
    assert 'name="item_cooker" value="3"' in text
    assert 'name="kit_injection_kit" value="2"' in text
    assert 'value="41"' in text


def test_an_entry_already_changed_is_a_conflict(desk: FlaskClient, at: datetime, nurse: Actor) -> None:
    row = actions.exchange(Exchange({"cooker": 3}), **said(at))
    actions.strike(row.link_seq, by=nurse, at=at)
    answer = desk.post(f"/supplies/entries/{row.link_seq}/amend", data={"item_cooker": "4"})
    assert answer.status_code == 409


@pytest.mark.parametrize(
    "path", ["/supplies/nothing", "/supplies/items/nothing", "/supplies/entries/999/amend"]
)
def test_what_is_not_there_is_not_found(desk: FlaskClient, path: str) -> None:
    assert desk.get(f"/supplies/{path}").status_code == 404


def test_the_bar_of_every_page_says_what_is_short(desk: FlaskClient, at: datetime) -> None:
    actions.receive(Receipt("foil", 3, "F1"), **said(at))
    for path in ("/", "/supplies", "/referrals"):
        assert "Foil sheet: 3 left, reorder" in desk.get(path).text
    assert "+3" in desk.get("/supplies/items/foil").text


def test_a_number_below_nothing_has_a_minus_and_no_hyphen(desk: FlaskClient, at: datetime) -> None:
    actions.receive(Receipt("foil", 1, "F1"), **said(at))
    desk.post("/supplies/waste", data={**FILLED["waste"], "lot": "F7", "count": "41"})
    assert queries.on_hand("foil") == -40
    shelf = desk.get("/supplies").text.partition("/supplies/items/foil")[2].partition("</tr>")[0]
    assert "−40" in shelf and "-40" not in shelf
    item = desk.get("/supplies/items/foil").text
    assert "−40 on hand" in item and "−41" in item and "-41" not in item


def test_what_is_taken_from_a_lot_that_never_came_is_entered_and_remarked_on(
    desk: FlaskClient, at: datetime
) -> None:
    actions.receive(Receipt("foil", 50, "F1"), **said(at))
    gone = {**FILLED["waste"], "lot": "F7", "count": "3"}
    answer = desk.post("/supplies/waste", data=gone, headers={"HX-Request": "true"})
    remark = "Foil sheet, lot F7: 3 more went than came. Was it another lot? Amend it, or count."
    assert remark in json.loads(answer.headers["HX-Trigger"])["entered"]["said"]
    assert queries.on_hand("foil") == 47
    row = desk.get("/supplies").text.partition("F7: ")[2].partition("</td>")[0]
    assert "3 more went than came" in row and "tag due" in row
    good = desk.post("/supplies/waste", data={**FILLED["waste"], "lot": "F1"}, headers={"HX-Request": "true"})
    assert json.loads(good.headers["HX-Trigger"])["entered"]["said"] == "Saved."


@pytest.mark.parametrize(
    ("filled", "remark"),
    [
        (
            {"returned": "5000", "method": "counted"},
            "Taken back: 5000 pieces (Counted). If it was grams, ",
        ),
        ({"method": "weight", "grams": "5000"}, "Taken back: 5000 g, which is "),
        ({"returned": "1000", "method": "counted"}, ""),
    ],
)
def test_a_large_number_taken_back_is_entered_and_said_as_it_was_understood(
    desk: FlaskClient, filled: dict[str, str], remark: str
) -> None:
    answer = desk.post("/supplies/exchange", data=filled, headers={"HX-Request": "true"})
    entered = json.loads(answer.headers["HX-Trigger"])["entered"]
    assert entered["said"].startswith(f"Saved. {remark}" if remark else "Saved.")
    assert entered["seq"] == queries.entry("X0001").link_seq
    assert ("Taken back" in entered["said"]) == bool(remark)


def test_a_funder_sees_no_stock(app: Flask) -> None:
    funder = signed_in(app, Actor("S08", "Harbour Fund", "HF", Role.FUNDER, "funder"))
    assert funder.get("/supplies").status_code == 403


def test_a_cylinders_page_says_its_level_over_time_and_corrects_it(
    desk: FlaskClient, at: datetime, nurse: Actor
) -> None:
    first = actions.set_cylinder(Level("by the door/2", "spare", 100), **said(at))
    wrong = actions.set_cylinder(Level("by the door/2", "in_use", 9), **said(at))
    actions.strike(wrong.link_seq, by=nurse, at=at)
    actions.set_cylinder(Level("other", "in_use", 40), **said(at))
    assert "/supplies/oxygen/by%20the%20door/2" in desk.get("/supplies").text
    page = desk.get("/supplies/oxygen/by%20the%20door/2").text
    assert "100 %" in page and "<s>9 %</s>" in page and "40 %" not in page
    assert f"/supplies/entries/{first.link_seq}/amend" in page
    assert f"/supplies/entries/{first.link_seq}/strike" in page
    assert f"/supplies/entries/{wrong.link_seq}/amend" not in page
    assert desk.get("/supplies/oxygen/none").status_code == 404
    assert 'value="by the door/2"' in desk.get("/supplies/cylinder?code=by the door/2").text


def test_why_a_kit_is_given_again_tells_the_person_and_somebody_else_apart(desk: FlaskClient) -> None:
    sheet = desk.get("/supplies/naloxone").text
    for code, words in (("self", "Used on the person themselves"), ("other", "Used on somebody else")):
        assert words in sheet.partition(f'value="used_on_{code}"')[2].partition("</label>")[0]
