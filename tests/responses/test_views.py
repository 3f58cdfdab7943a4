"""The response page: each tap one entry, forms that keep what was typed, and no script needed."""

import json
import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from html import unescape

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from sitelog.ground.access import NEEDS, ROLES, Actor, Permission, Role
from sitelog.responses import actions, queries
from sitelog.responses.case import Done, state_of
from sitelog.responses.pathways import PATHWAYS
from sitelog.trail import queries as trail
from sitelog.visits import queries as visits
from sitelog.web.guards import Identity, load_actor_with
from tests.factories import in_aftercare, response_running, said, seated

HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def stands_still(at: datetime) -> Iterator[None]:
    with time_machine.travel(at, tick=False):
        yield


@pytest.fixture
def sign_in(app: Flask) -> Callable[[Actor], FlaskClient]:
    app.config["WTF_CSRF_ENABLED"] = False

    def browser(who: Actor) -> FlaskClient:
        load_actor_with(app, lambda request: Identity(actor=who, person=who))
        return app.test_client()

    return browser


@pytest.fixture
def desk(sign_in: Callable[[Actor], FlaskClient], nurse: Actor) -> FlaskClient:
    return sign_in(nurse)


@pytest.fixture
def ref(app: Flask, nurse: Actor, at: datetime) -> str:
    seated(at - timedelta(minutes=16), "3", "heron-42", by=nurse)
    return response_running(nurse, at).ref


def html(browser: FlaskClient, path: str) -> str:
    answer = browser.get(path)
    assert answer.status_code == 200, answer.text[:2000]
    return answer.text


def test_whoever_may_start_a_response_gets_to_its_page_and_back_to_the_board(
    sign_in: Callable[[Actor], FlaskClient], nurse: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    allowed = {Permission.START_RESPONSE}
    while more := {needed for held in allowed for needed in NEEDS.get(held, ())} - allowed:
        allowed |= more
    monkeypatch.setitem(ROLES, nurse.role, frozenset(allowed))
    peer = sign_in(nurse)
    assert "runs" in html(peer, peer.post("/responses", data={"token": "a" * 32}).location)
    assert html(peer, "/") and html(peer, "/arrive")


def button(page: str, id_: str) -> tuple[str, str]:
    """The address and the token of a button, as the page that was drawn has them."""
    found = re.search(rf'<button [^>]*id="b-{re.escape(id_)}"[^>]*>', page)
    assert found, f"no button {id_}"
    url = re.search(r'formaction="([^"]*)"', found[0])
    token = re.search(r'name="token" value="([0-9a-f]{32})"', found[0])
    assert url and token
    return unescape(url[1]), token[1]


def tap(browser: FlaskClient, page: str, id_: str, **more: str) -> int:
    url, token = button(page, id_)
    return browser.post(url, data={"token": token, **more}).status_code


def doses(ref: str) -> list[int | None]:
    return [step.micrograms for step in queries.case(ref).all("naloxone")]


def test_the_page_shows_where_who_the_ladder_and_what_is_missing(desk: FlaskClient, ref: str) -> None:
    page = html(desk, f"/responses/{ref}")
    for words in ("Booth 3 · heron-42", "Opioid", "Oxygen", "wait", "Late entry", "To close: 4 missing"):
        assert words in page
    assert page.index('id="rung-oxygen"') < page.index('id="rung-naloxone"')
    assert "disabled" not in page


@pytest.mark.parametrize("pathway", PATHWAYS)
def test_every_pathway_has_its_page(
    desk: FlaskClient, ref: str, nurse: Actor, at: datetime, pathway: str
) -> None:
    actions.set_pathway(ref, pathway, by=nurse, happened_at=at, at=at)
    page = html(desk, f"/responses/{ref}")
    assert len(re.findall(r'class="rung', page)) == len(PATHWAYS[pathway].rungs)
    assert 'class="rung o2' in page


def test_one_tap_anywhere_starts_a_response(desk: FlaskClient) -> None:
    answer = desk.post("/responses", data={"token": "a" * 32, "where": "elsewhere"})
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/responses/R0001"
    desk.post("/responses", data={"token": "a" * 32, "where": "elsewhere"})
    desk.post("/responses", data={"token": "b" * 32, "place_code": "3"})
    desk.post("/responses", data={"token": "c" * 32, "place_code": "3"})
    assert len(queries.unclosed()) == 2
    assert "Where?" in html(desk, "/responses/R0001")


def test_a_locked_desk_starts_a_response(sign_in: Callable[[Actor], FlaskClient]) -> None:
    locked = sign_in(Actor("D01", "Desk 1", "–", Role.DESK))
    assert locked.post("/responses", data={"token": "a" * 32}).status_code == 303
    assert len(queries.unclosed()) == 1
    assert locked.get("/responses/R0001").status_code == 303


@pytest.mark.parametrize(
    "first", [Actor("D01", "Desk 1", "–", Role.DESK), Actor("S09", "Joel T.", "JT", Role.NURSE)]
)
def test_an_emergency_whose_answer_was_lost_is_the_same_one_when_somebody_else_sends_it(
    sign_in: Callable[[Actor], FlaskClient], nurse: Actor, first: Actor
) -> None:
    kept = {"token": "a" * 32, "where": "elsewhere"}
    sign_in(first).post("/responses", data=kept)
    again = sign_in(nurse).post("/responses", data=kept, headers={"HX-Request": "true"})
    assert again.headers["HX-Redirect"] == "/responses/R0001"
    assert len(queries.unclosed()) == 1


def test_a_funder_sees_no_response(sign_in: Callable[[Actor], FlaskClient], ref: str) -> None:
    funder = sign_in(Actor("S09", "F", "F", Role.FUNDER))
    assert funder.get(f"/responses/{ref}").status_code == 403
    assert funder.post("/responses").status_code == 403


def test_a_double_tap_on_the_same_button_is_one_dose_and_the_next_page_gives_another(
    desk: FlaskClient, ref: str
) -> None:
    page = html(desk, f"/responses/{ref}")
    assert [tap(desk, page, "naloxone-naloxone-im_0_4") for _ in range(3)] == [303, 303, 303]
    assert doses(ref) == [400, 400]
    tap(desk, html(desk, f"/responses/{ref}"), "naloxone-naloxone-im_0_4")
    assert doses(ref) == [400, 400, 400]


def test_every_page_of_a_response_starts_another_overdose_of_its_own(desk: FlaskClient, ref: str) -> None:
    started = []
    for _page in range(2):  # nothing is entered about this response in between
        form = html(desk, f"/responses/{ref}").partition('action="/responses" data-emergency')[2]
        token = re.search(r'name="token" value="([0-9a-f]{32})"', form)
        assert token
        sent = {"token": token[1], "where": "elsewhere"}
        twice = {desk.post("/responses", data=sent).location for _ in "ab"}
        assert len(twice) == 1
        started += twice
    assert started[0] != started[1]


def test_what_happens_elsewhere_leaves_the_tokens_of_a_response_alone(
    desk: FlaskClient, ref: str, nurse: Actor, at: datetime
) -> None:
    before = button(html(desk, f"/responses/{ref}"), "naloxone-naloxone-im_0_4")
    actions.start(by=nurse, happened_at=at, at=at)
    assert button(html(desk, f"/responses/{ref}"), "naloxone-naloxone-im_0_4") == before


def test_every_button_of_the_page_makes_an_entry(desk: FlaskClient, ref: str) -> None:
    page = html(desk, f"/responses/{ref}")
    ids = re.findall(r'id="b-([^"]+)"', page)
    taps = [id_ for id_ in ids if f'id="b-{id_}" formaction' in page]
    assert len(taps) > 50
    for id_ in taps:
        if id_ not in ("undo", "aftercare", "no-overdose"):
            before = trail.last_seq()
            assert tap(desk, page, id_) == 303, id_
            assert trail.last_seq() == before + 1, id_


def test_the_next_entry_can_have_happened_earlier(desk: FlaskClient, ref: str, at: datetime) -> None:
    page = html(desk, f"/responses/{ref}")
    tap(desk, page, "heart-aed", earlier="-2")
    assert queries.case(ref).all("aed")[0].happened_at == at - timedelta(minutes=2)
    tap(desk, page, "airway-suction", earlier_at="18:40")
    suction = queries.case(ref).all("suction")[0].happened_at
    assert suction == at.replace(minute=40, second=0)


@pytest.mark.parametrize(("id_", "words"), [("airway-suction", "Suction"), ("spo2-4", "SpO₂ 88")])
def test_what_is_entered_for_another_time_says_the_time_it_was_entered_for(
    desk: FlaskClient, ref: str, id_: str, words: str
) -> None:
    for typed, answered in (("", words), ("17:40", f"{words} at 17:40")):
        url, token = button(html(desk, f"/responses/{ref}"), id_)
        answer = desk.post(url, data={"token": token, "earlier_at": typed}, headers=HTMX)
        assert json.loads(answer.headers["HX-Trigger"])["entered"]["said"] == answered


@pytest.mark.parametrize("typed", ["soon", "l", "25:99", "2026-01-01T10:00", "2031-01-01T10:00"])
@pytest.mark.parametrize(("id_", "kind"), [("naloxone-naloxone-im_0_4", "naloxone"), ("spo2-1", None)])
def test_a_time_that_cannot_be_meant_keeps_no_dose_out_of_the_log(
    desk: FlaskClient, ref: str, at: datetime, typed: str, id_: str, kind: str | None
) -> None:
    url, token = button(html(desk, f"/responses/{ref}"), id_)
    answer = desk.post(url, data={"token": token, "earlier_at": typed}, headers=HTMX)
    assert answer.status_code == 204
    case = queries.case(ref)
    assert (case.all(kind) if kind else case.vitals)[-1].happened_at == at
    said = json.loads(answer.headers["HX-Trigger"])["entered"]["said"]
    assert f"Entered for now: “{typed}”" in said


def test_a_limit_of_the_pad_is_kept_as_a_limit(desk: FlaskClient, ref: str) -> None:
    tap(desk, html(desk, f"/responses/{ref}"), "spo2-1")
    assert [(one.spo2, one.bound) for one in queries.case(ref).vitals] == [(75, "below")]
    page = html(desk, f"/responses/{ref}")
    assert "SpO₂<small>%</small>" in page
    assert re.search(r'id="b-spo2-1"[^>]* aria-pressed="true"', page)
    assert "SpO₂ &lt;75" in page


def test_htmx_is_told_what_was_entered_and_gets_no_page(desk: FlaskClient, ref: str) -> None:
    url, token = button(html(desk, f"/responses/{ref}"), "naloxone-naloxone-im_0_4")
    answer = desk.post(url, data={"token": token}, headers=HTMX)
    assert answer.status_code == 204
    assert "Naloxone 0.4 mg IM" in answer.headers["HX-Trigger"]


def test_the_live_region_is_304_until_something_happens(
    desk: FlaskClient, ref: str, nurse: Actor, at: datetime
) -> None:
    first = desk.get(f"/responses/{ref}/live", headers=HTMX)
    assert first.status_code == 200 and first.text.lstrip().startswith("<div")
    url = unescape(re.search(r'hx-get="([^"]*)"', first.text)[1])  # type: ignore[index]
    tagged = {**HTMX, "If-None-Match": first.headers["ETag"]}
    assert desk.get(url, headers=tagged).status_code == 304
    with time_machine.travel(at + timedelta(minutes=2), tick=False):
        assert desk.get(url, headers=tagged).status_code == 200
    actions.call_ems(ref, by=nurse, happened_at=at, at=at)
    assert desk.get(url, headers=tagged).status_code == 200


def test_exact_values_are_typed_and_a_wrong_one_keeps_everything(desk: FlaskClient, ref: str) -> None:
    good = {
        "exact": "1",
        "spo2": "91",
        "temperature_tenths": "38,4",
        "sedation_score": "2",
        "pupils": "pinpoint",
    }
    wrong = desk.post(f"/responses/{ref}/vitals", data={**good, "respirations": "900", "token": "a" * 32})
    assert wrong.status_code == 422
    assert 'value="38,4"' in wrong.text and "Between 0 and 80" in wrong.text
    assert desk.post(f"/responses/{ref}/vitals", data={**good, "token": "a" * 32}).status_code == 303
    [one] = queries.case(ref).vitals
    assert (one.spo2, one.temperature_tenths, one.sedation_scale, one.sedation_score) == (91, 384, "avpu", 2)


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({"systolic": "40", "diastolic": "140"}, "systolic", "Are they the wrong way round?"),
        ({"pulse": "9" * 30}, "pulse", "Between 0 and 300, please."),
        ({"spo2": "97000+"}, "spo2", "Between 0 and 100, please."),
        ({"glucose_tenths": "9" * 30}, "glucose_tenths", "Between 0 and 100, please."),
        ({"temperature_tenths": "384"}, "temperature_tenths", "Between 15 and 46, please."),
    ],
)
def test_what_no_body_shows_is_said_with_its_limits_beside_the_field(
    desk: FlaskClient, ref: str, typed: dict[str, str], field: str, said: str
) -> None:
    answer = desk.post(f"/responses/{ref}/vitals", data={"exact": "1", "token": "a" * 32, **typed})
    assert answer.status_code == 422
    assert said in beside(answer.text, field)


def beside(text: str, field: str) -> str:
    """What is said beside a field."""
    return text.partition(f'id="{field}-error"')[2].partition("</p>")[0]


def test_all_that_is_wrong_with_exact_values_is_said_at_once(desk: FlaskClient, ref: str) -> None:
    wrong = {"spo2": "191", "respirations": "fast", "pulse": "900", "systolic": "40", "diastolic": "140"}
    answer = desk.post(f"/responses/{ref}/vitals", data={"exact": "1", **wrong, "skin": "pale"})
    assert answer.status_code == 422
    assert "Between 0 and 100" in beside(answer.text, "spo2")
    assert "Type a whole number" in beside(answer.text, "respirations")
    assert "Between 0 and 300" in beside(answer.text, "pulse")
    assert "the wrong way round" in beside(answer.text, "systolic")
    assert all(f'value="{typed}"' in answer.text for typed in wrong.values())
    assert queries.case(ref).vitals == []


def test_glucose_in_the_other_unit_is_kept_and_what_it_would_be_is_said(desk: FlaskClient, ref: str) -> None:
    data = {"exact": "1", "glucose_tenths": "54", "pulse": "90", "token": "a" * 32}
    answer = desk.post(f"/responses/{ref}/vitals", data=data, headers=HTMX)
    said = "o meter shows 54 mmol/L; if it was 54 mg/dL, amend it to 3.0"
    assert f"N{said}." in json.loads(answer.headers["HX-Trigger"])["entered"]["said"]
    assert queries.case(ref).vitals[-1].glucose_tenths == 540
    assert f"n{said}" in desk.get(f"/responses/{ref}").text
    assert "no meter shows" not in desk.get(f"/responses/{ref}").text.replace(f"n{said}", "")
    seq = queries.newest_seq(ref)
    mended = {"glucose_tenths": "3.0", "pulse": "90", "token": "b" * 32}
    assert desk.post(f"/responses/entries/{seq}/amend", data=mended).status_code == 303
    assert "no meter shows" not in desk.get(f"/responses/{ref}").text


@pytest.mark.parametrize("exact", [{"exact": "1"}, {}])
def test_a_measure_finer_than_it_is_kept_is_rounded_and_that_is_said(
    desk: FlaskClient, ref: str, exact: dict[str, str]
) -> None:
    data = {"glucose_tenths": "5.45", "token": "a" * 32, **exact}
    answer = desk.post(f"/responses/{ref}/vitals", data=data, headers=HTMX)
    assert answer.status_code == 204
    assert "5.45 is kept as 5.5." in json.loads(answer.headers["HX-Trigger"])["entered"]["said"]
    assert queries.case(ref).vitals[-1].glucose_tenths == 55


@pytest.mark.parametrize(
    ("kind", "data", "status"),
    [
        ("naloxone", {"milligrams": "2", "route": "intranasal"}, 303),
        ("naloxone", {"milligrams": "0"}, 422),
        ("naloxone", {"milligrams": ""}, 303),
        ("naloxone", {"milligrams": "101"}, 422),
        ("naloxone", {"milligrams": "9" * 400}, 422),
        ("naloxone", {"milligrams": "0.0004"}, 422),
        ("naloxone", {"milligrams": "1", "route": "osmosis"}, 422),
        ("naloxone", {"milligrams": "1", "earlier_at": "25:99"}, 422),
        ("ems_naloxone", {}, 303),
        ("ems_left", {"word": "transported"}, 303),
        ("ems_left", {"word": "vanished"}, 422),
        ("adjunct", {"word": "opa"}, 303),
        ("oxygen", {"litres_per_minute": "99"}, 422),
        ("oxygen", {"device": "bag_valve_mask", "litres_per_minute": "12"}, 303),
        ("levitate", {}, 404),
    ],
)
def test_a_typed_step_is_taken_or_says_what_is_wrong(
    desk: FlaskClient, ref: str, kind: str, data: dict[str, str], status: int
) -> None:
    assert desk.get(f"/responses/{ref}/{kind}").status_code == (404 if status == 404 else 200)
    answer = desk.post(f"/responses/{ref}/{kind}", data={"exact": "1", "token": "a" * 32, **data})
    assert answer.status_code == status
    if status == 422:
        assert all(value[:100] in answer.text for value in data.values())


def test_a_late_entry_names_its_kind_and_its_time(desk: FlaskClient, ref: str, at: datetime) -> None:
    assert "Late entry" in html(desk, f"/responses/{ref}/late")
    data = {"kind": "suction", "earlier": "-5", "token": "a" * 32}
    assert desk.post(f"/responses/{ref}/late", data=data).status_code == 303
    assert queries.case(ref).all("suction")[0].happened_at == at - timedelta(minutes=5)
    wrong = desk.post(f"/responses/{ref}/late", data={"kind": "levitate", "token": "b" * 32})
    assert wrong.status_code == 422


@pytest.mark.parametrize(
    "path", ["vitals", "late", "note", "close", "place", "no-overdose", "timeline", "duties/lead"]
)
def test_every_sheet_is_a_page_and_a_part(desk: FlaskClient, ref: str, path: str) -> None:
    assert "<html" in html(desk, f"/responses/{ref}/{path}")
    part = desk.get(f"/responses/{ref}/{path}", headers=HTMX)
    assert part.status_code == 200 and "<html" not in part.text


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/live",
        "/vitals",
        "/late",
        "/note",
        "/close",
        "/place",
        "/timeline",
        "/duties/lead",
        "/no-overdose",
    ],
)
def test_an_unknown_response_is_not_there(desk: FlaskClient, path: str) -> None:
    assert desk.get(f"/responses/R9999{path}").status_code == 404


def test_an_unknown_duty_entry_or_place_is_not_there(desk: FlaskClient, ref: str) -> None:
    assert desk.get(f"/responses/{ref}/duties/cook").status_code == 404
    assert desk.get("/responses/entries/99999/amend").status_code == 404
    assert desk.post("/responses", data={"place_code": "99", "token": "a" * 32}).status_code == 404


def test_closing_lists_what_is_missing_and_needs_an_outcome_only(desk: FlaskClient, ref: str) -> None:
    assert "Aftercare plan" in html(desk, f"/responses/{ref}/close")
    refused = desk.post(f"/responses/{ref}/close", data={"token": "a" * 32, "note": "was fine"})
    assert refused.status_code == 422 and "was fine" in refused.text
    closed = desk.post(f"/responses/{ref}/close", data={"token": "a" * 32, "outcome": "unknown"})
    assert closed.status_code == 303
    assert state_of(queries.case(ref)) == "closed"
    again = desk.post(f"/responses/{ref}/close", data={"token": "b" * 32, "outcome": "left", "note": "late"})
    assert again.status_code == 409 and "late" in again.text
    assert "Closed, " in html(desk, f"/responses/{ref}")


def test_the_clocks_of_a_closed_response_stand_still(desk: FlaskClient, ref: str) -> None:
    steps = ("bag_breaths", "ems_called", "naloxone?micrograms=400&route=intramuscular", "vitals?spo2=91")
    for number, step in enumerate(steps):
        assert desk.post(f"/responses/{ref}/{step}", data={"token": f"{number:032}"}).status_code == 303

    def ladder_dose_and_vitals() -> str:
        page = html(desk, f"/responses/{ref}")
        return page[page.index('id="ladder"') : page.index('class="pad"')]

    running = ladder_dose_and_vitals()
    assert running.count("data-since") > 3 and "data-until" in running
    desk.post(f"/responses/{ref}/close", data={"outcome": "recovered", "token": "c" * 32})
    ended = ladder_dose_and_vitals()
    assert "data-since" not in ended and "data-until" not in ended
    assert "of 3:00" not in ended and "No dose by staff yet" not in ended
    assert "2 doses, 0.8 mg" in ended and 'class="btn on"' not in ended


def test_where_ems_took_the_person_to_hospital_the_outcome_stands_ready_and_another_is_said(
    desk: FlaskClient, ref: str, at: datetime
) -> None:
    assert f"The ambulance leaves · {ref}" in html(desk, f"/responses/{ref}/ems_left")
    actions.ems_left(ref, "transported", **said(at))
    chosen = re.search(r'<input[^>]*name="outcome"[^>]*checked[^>]*>', html(desk, f"/responses/{ref}/close"))
    assert chosen is not None and 'value="transported"' in chosen[0]
    desk.post(f"/responses/{ref}/close", data={"token": "a" * 32, "outcome": "recovered"})
    assert state_of(queries.case(ref)) == "closed"
    assert "EMS took the person to hospital; the outcome says otherwise." in html(desk, f"/responses/{ref}")


def test_closing_ends_the_visit_of_whoever_is_gone_when_the_ambulance_left(
    desk: FlaskClient, ref: str, at: datetime
) -> None:
    actions.ems_left(ref, "transported", **said(at) | {"happened_at": at - timedelta(minutes=2)})
    assert "heron-42 has left the site too" in html(desk, f"/responses/{ref}/close")
    desk.post(
        f"/responses/{ref}/close", data={"token": "a" * 32, "outcome": "transported", "visit_ends": "y"}
    )
    assert visits.occupant("3") is None
    last = visits.timeline("V0001")[-1].link
    assert (last.kind, last.happened_at) == ("visit.left", at - timedelta(minutes=2))


@pytest.mark.parametrize(("outcome", "ticked"), [("recovered", True), ("transported", False)])
def test_closing_ends_no_visit_of_whoever_stays(
    desk: FlaskClient, ref: str, outcome: str, ticked: bool
) -> None:
    told = {"token": "a" * 32, "outcome": outcome} | ({"visit_ends": "y"} if ticked else {})
    desk.post(f"/responses/{ref}/close", data=told)
    assert visits.occupant("3") is not None


def test_whoever_is_to_be_observed_here_is_in_aftercare_once_it_is_closed(
    desk: FlaskClient, ref: str
) -> None:
    told = {"token": "a" * 32, "outcome": "recovered", "plan": "observed_here", "visit_ends": "y"}
    desk.post(f"/responses/{ref}/close", data=told)
    (present,) = visits.in_house(queries.case(ref).recognised_at)
    assert (visits.occupant("3"), present.area) == (None, "aftercare")


def test_a_response_elsewhere_is_given_its_person_by_handle_and_keeps_its_place(
    desk: FlaskClient, at: datetime, nurse: Actor
) -> None:
    in_aftercare(at - timedelta(minutes=9), "5", "wren", by=nurse)
    ref = actions.start("washroom", **said(at)).ref
    sheet = html(desk, f"/responses/{ref}/place")
    # Enter presses the first button of a form: here the one that says no place; the field stands before it.
    form = sheet.partition(f'action="/responses/{ref}/place"')[2]
    assert re.findall(r'<button[^>]* name="(\w+)"', form)[0] == "who"
    assert sheet.index('name="visit"') < sheet.index('name="who"')
    assert desk.post(f"/responses/{ref}/place", data={"token": "b" * 32, "visit": "Wren"}).status_code == 303
    person = queries.person_of(ref)
    assert person is not None and person.who == "wren" and queries.case(ref).area == "washroom"
    seated(at, "4", "moss", by=nurse)
    other = actions.start(place_code="4", **said(at)).ref
    # Nothing typed and nothing tapped: nothing is entered, and it stays where it is.
    before = trail.last_seq()
    nothing = desk.post(f"/responses/{other}/place", data={"token": "d" * 32})
    assert nothing.status_code == 422 and "Nothing was entered" in nothing.text
    assert (queries.case(other).place_code, trail.last_seq()) == ("4", before)
    nobody = desk.post(f"/responses/{ref}/place", data={"token": "c" * 32, "visit": "nobody-1"})
    assert nobody.status_code == 422 and "nobody-1" in nobody.text


def test_where_ems_took_the_person_the_next_is_closing_and_what_comes_after_it_is_marked(
    desk: FlaskClient, ref: str, at: datetime
) -> None:
    actions.ems_left(ref, "transported", **said(at))
    assert "To aftercare <kbd" not in html(desk, f"/responses/{ref}")
    actions.close(ref, "transported", **said(at))
    actions.add_step(ref, Done("suction", at + timedelta(seconds=60)), by=said(at)["by"], at=at)
    assert "after the response was closed" in html(desk, f"/responses/{ref}")


def test_to_aftercare_then_closing_leaves_red(desk: FlaskClient, ref: str) -> None:
    page = html(desk, f"/responses/{ref}")
    assert tap(desk, page, "aftercare") == 303
    page = html(desk, f"/responses/{ref}")
    assert "In aftercare" in page and 'class="rhead calm"' in page


def test_undo_takes_back_my_last_entry_while_it_is_fresh(desk: FlaskClient, ref: str, at: datetime) -> None:
    page = html(desk, f"/responses/{ref}")
    tap(desk, page, "naloxone-naloxone-im_0_4")
    assert tap(desk, html(desk, f"/responses/{ref}"), "undo") == 303
    assert doses(ref) == [400]
    assert 'class="was"' in html(desk, f"/responses/{ref}")
    with time_machine.travel(at + timedelta(minutes=10), tick=False):
        assert tap(desk, html(desk, f"/responses/{ref}"), "undo") == 409


def test_no_overdose_is_one_tap_while_nothing_was_done_and_can_be_taken_back(
    desk: FlaskClient, nurse: Actor, at: datetime
) -> None:
    ref = actions.start(by=nurse, happened_at=at, at=at).ref
    assert tap(desk, html(desk, f"/responses/{ref}"), "no-overdose") == 303
    page = html(desk, f"/responses/{ref}")
    assert "No overdose" in page and queries.open_responses(at) == []
    assert tap(desk, page, "again") == 303
    assert len(queries.open_responses(at)) == 1


def test_amending_shows_the_old_values_and_keeps_both(desk: FlaskClient, ref: str, at: datetime) -> None:
    seq = queries.case(ref).all("naloxone")[0].seq
    page = html(desk, f"/responses/entries/{seq}/amend")
    assert 'value="18:40:31"' in page and 'value="0.4"' in page
    data = {"time": "18:39", "milligrams": "0.8", "route": "intramuscular", "why": "wrong_amount"}
    refused = desk.post(
        f"/responses/entries/{seq}/amend", data={**data, "milligrams": "-1", "token": "a" * 32}
    )
    assert refused.status_code == 422 and 'value="-1"' in refused.text
    assert desk.post(f"/responses/entries/{seq}/amend", data={**data, "token": "a" * 32}).status_code == 303
    assert doses(ref) == [800]
    assert queries.case(ref).all("naloxone")[0].happened_at == at.replace(minute=39, second=0)
    late = desk.post(f"/responses/entries/{seq}/amend", data={**data, "token": "b" * 32})
    assert late.status_code == 409
    assert "0.4 mg IM" in html(desk, f"/responses/{ref}/timeline")


@pytest.mark.parametrize(
    "what", ["started", "vitals_recorded", "closed", "noted", "duty_assigned", "pathway_set"]
)
def test_every_sort_of_entry_can_be_amended_and_struck(
    desk: FlaskClient, ref: str, nurse: Actor, what: str
) -> None:
    desk.post(f"/responses/{ref}/vitals?spo2=<75", data={"token": "1" * 32})
    desk.post(f"/responses/{ref}/note", data={"token": "2" * 32, "words": "partner outside"})
    desk.post(f"/responses/{ref}/duties/lead", data={"token": "3" * 32, "staff": ""})
    desk.post(f"/responses/{ref}/pathway?pathway=mixed", data={"token": "4" * 32})
    desk.post(f"/responses/{ref}/close", data={"token": "5" * 32, "outcome": "recovered"})
    seq = next(link.seq for link in trail.recent(50) if link.kind == f"response.{what}")
    page = html(desk, f"/responses/entries/{seq}/amend")
    fields = dict(re.findall(r'<input[^>]* name="(\w+)"[^>]* value="([^"]*)"', page))
    sent = {name: unescape(value) for name, value in fields.items() if name in ("time", "spo2")}
    sent |= {"place_code": "4"} if what == "started" else {}
    sent |= {"outcome": "left"} if what == "closed" else {}
    sent |= {"note": "partner outside, waiting"} if what == "noted" else {}
    answer = desk.post(
        f"/responses/entries/{seq}/amend", data={**sent, "time": "18:41:00", "token": "6" * 32}
    )
    assert answer.status_code == 303, answer.text
    newest = trail.last_seq()
    assert trail.link(newest).amends == seq
    assert desk.post(f"/responses/entries/{newest}/strike", data={"token": "7" * 32}).status_code == 303
    assert html(desk, f"/responses/{ref}")


def test_the_list_shows_what_runs_and_what_was(desk: FlaskClient, ref: str) -> None:
    page = html(desk, "/responses")
    assert ref in page and "running" in page


def test_the_list_has_what_is_not_closed_on_top_however_long_ago_it_was(
    desk: FlaskClient, nurse: Actor, at: datetime
) -> None:
    def respond(minutes_ago: int) -> str:
        when = {"by": nurse, "happened_at": at - timedelta(minutes=minutes_ago), "at": at}
        return actions.start("washroom", **when).ref

    watched, running = respond(300), respond(1)
    actions.to_aftercare(watched, by=nurse, happened_at=at, at=at)
    closed = [respond(200 - n) for n in range(55)]
    for ref in closed:
        actions.close(ref, "recovered", None, by=nurse, happened_at=at, at=at)
    above, _, below = html(desk, "/responses").partition("<main")[2].partition('id="h-before"')
    assert re.findall(r'href="/responses/(R\d+)"', above) == [running, watched]
    assert "in aftercare, to be closed" in above
    listed = re.findall(r'href="/responses/(R\d+)"', below)
    assert listed[0] == closed[-1] and not {running, watched} & set(listed)


def test_two_at_once_have_a_tab_each_with_their_keys(
    desk: FlaskClient, ref: str, nurse: Actor, at: datetime
) -> None:
    other = actions.start(place_code="Y", by=nurse, happened_at=at, at=at).ref
    page = html(desk, f"/responses/{ref}")
    assert re.search(rf'id="tab-{ref}"[^>]*data-key="F2"', page)
    assert re.search(rf'id="tab-{other}"[^>]*data-key="F4"', page)


def test_a_key_opens_the_same_response_when_an_earlier_one_ends(
    desk: FlaskClient, ref: str, nurse: Actor, at: datetime
) -> None:
    said = {"by": nurse, "happened_at": at, "at": at}
    other = actions.start(place_code="Y", **said).ref
    actions.close(ref, "recovered", None, **said)
    assert re.search(rf'id="tab-{other}"[^>]*data-key="F4"', html(desk, f"/responses/{other}"))
    assert re.search(rf'id="alert-{other}"[^>]*data-key="F4"', html(desk, "/"))
    third = actions.start(place_code="3", **said).ref
    assert re.search(rf'id="tab-{third}"[^>]*data-key="F2"', html(desk, f"/responses/{third}"))


def test_one_form_at_another_place_is_another_emergency_and_other_vitals_are_never_the_first(
    desk: FlaskClient, ref: str
) -> None:
    started = [
        desk.post("/responses", data={"token": "a" * 32, "where": where}).location
        for where in ("washroom", "outside", "washroom")
    ]
    assert started[0] == started[2] != started[1]
    sheet = f"/responses/{ref}/vitals"
    assert desk.post(sheet, data={"token": "b" * 32, "spo2": "97"}).status_code == 303
    assert desk.post(sheet, data={"token": "b" * 32, "spo2": "97"}).status_code == 303
    changed = desk.post(sheet, data={"token": "b" * 32, "spo2": "71"})
    assert changed.status_code == 409
    assert "entered already as you first sent it" in changed.text and "<li>71</li>" in changed.text
    assert [one.spo2 for one in queries.case(ref).vitals] == [97]


def test_no_page_carries_an_inline_style_or_script(desk: FlaskClient, ref: str) -> None:
    page = html(desk, f"/responses/{ref}")
    assert not re.search(r"\sstyle=|\son\w+=|<style|<script(?![^>]*src=)", page)
