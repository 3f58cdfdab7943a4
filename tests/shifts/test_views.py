"""The shift pages as a browser without JavaScript sees them."""

from datetime import datetime, timedelta
from html import unescape

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from sitelog.ground.access import Actor, Role
from sitelog.responses import actions as responses
from sitelog.shifts import actions, drafts, queries
from sitelog.staff import queries as staff_queries
from sitelog.staff.models import Account
from sitelog.supplies import actions as supplies
from sitelog.supplies.rules import Receipt
from sitelog.trail import queries as trail
from sitelog.visits import actions as visits
from sitelog.web.guards import Identity, load_actor_with
from tests.factories import arrive, in_aftercare, referral_offered, response_running, said, seated
from tests.staff.conftest import PINS

REF = "H20261117-day"
NIGHT = "H20261117-night"
POSTS = ("roster", "opening", "lines/S.people", "sign", "read-back")


@pytest.fixture(autouse=True)
def the_evening(app: Flask, at: datetime):
    with time_machine.travel(at, tick=False):
        yield


def signed_in(app: Flask, actor: Actor) -> FlaskClient:
    app.config["WTF_CSRF_ENABLED"] = False
    load_actor_with(app, lambda request: Identity(actor=actor, person=actor))
    return app.test_client()


@pytest.fixture
def marc(staff: dict[str, Account]) -> Actor:
    return staff_queries.actor_of(staff["Marc D."])


@pytest.fixture
def amina(staff: dict[str, Account]) -> Actor:
    return staff_queries.actor_of(staff["Amina K."])


@pytest.fixture
def desk(app: Flask, marc: Actor) -> FlaskClient:
    return signed_in(app, marc)


def test_the_list_leads_to_the_shift_that_runs_and_says_what_is_owed(desk: FlaskClient) -> None:
    text = desk.get("/shifts").text
    assert f'href="/shifts/{REF}"' in text
    assert "14 shifts want a signature" in text
    assert "Day 07:00–19:00" in unescape(desk.get("/").text)


def test_the_handover_counts_the_follow_ups_that_the_bar_counts(desk: FlaskClient, at: datetime) -> None:
    for days in (0, 1, 3):
        referral_offered(at, follow_up_on=at.date() + timedelta(days=days))
    text = unescape(desk.get(f"/shifts/{REF}").text)
    assert '<span class="n">2<span class="vh"> due by tomorrow</span></span>' in text
    assert "Follow-ups of referrals due by tomorrow: 2." in text
    assert "2 follow-ups due by tomorrow" in desk.get("/referrals").text


def test_a_shift_shows_figures_handover_and_open_items(desk: FlaskClient, marc: Actor, at: datetime) -> None:
    in_aftercare(at - timedelta(minutes=12), "3", "heron")
    seated(at - timedelta(minutes=2), "4")
    arrive(at)
    response_running(marc, at, "5")
    referral_offered(at, follow_up_on=at.date())
    supplies.receive(Receipt("foil", 3, "F1"), **said(at))
    text = unescape(desk.get(f"/shifts/{REF}").text)
    for words in (
        "Day shift, Tue 17 Nov 2026",
        "heron: observation due",
        "Response R0001, Booth 5: running",
        "1 in places, 1 waiting, 1 in aftercare.",
        "Foil sheet: 3 left, reorder",
        "Finish and close response R0001.",
        "F0001: ask about Methadone",
    ):
        assert words in text, words
    assert "heron" not in text.split("</title>")[0]


def test_the_roster_is_signed_on_and_off_by_tile(desk: FlaskClient, amina: Actor) -> None:
    data = {"who": amina.ref, "role": "lead", "do": "on"}
    assert desk.post(f"/shifts/{REF}/roster", data=data).status_code == 303
    assert "lead Amina K." in desk.get(f"/shifts/{REF}").text
    assert desk.post(f"/shifts/{REF}/roster", data=data).status_code == 409
    assert desk.post(f"/shifts/{REF}/roster", data={"who": amina.ref, "do": "off"}).status_code == 303
    assert queries.roster(REF)[0].until is not None


def test_a_point_of_the_opening_check_is_ticked_with_its_number(desk: FlaskClient) -> None:
    assert "6 missing" in desk.get(f"/shifts/{REF}").text
    answer = desk.post(f"/shifts/{REF}/opening", data={"item": "oxygen", "fine": "yes", "number": "85"})
    assert answer.status_code == 303
    text = desk.get(f"/shifts/{REF}").text
    assert "5 missing" in text and "85 %" in text


def test_a_line_edited_by_hand_stays_and_the_new_facts_are_offered_beside_it(
    desk: FlaskClient, at: datetime
) -> None:
    drafted = "0 in places, 0 waiting, 0 in aftercare."
    data = {"words": "quiet, two regulars expected", "drafted": drafted, "seen": ""}
    assert desk.post(f"/shifts/{REF}/lines/S.people", data=data).status_code == 303
    assert "The log says now" not in desk.get(f"/shifts/{REF}").text
    arrive(at)
    text = unescape(desk.get(f"/shifts/{REF}").text)
    assert "quiet, two regulars expected</textarea>" in text
    assert "The log says now" in text and "0 in places, 1 waiting, 0 in aftercare." in text


def test_a_line_of_ones_own_is_signed_with_the_others(desk: FlaskClient) -> None:
    desk.post(f"/shifts/{REF}/lines/R.own.1", data={"words": "order gauze"})
    assert desk.post(f"/shifts/{REF}/sign", data={}).status_code == 303
    text = desk.get(f"/shifts/{REF}?version=1").text
    assert "<li>order gauze</li>" in text and "as signed, version 1" in text
    assert queries.version(REF, 1).digest in text


def test_who_signs_while_a_response_runs_is_told_and_the_handover_says_it(
    desk: FlaskClient, marc: Actor, at: datetime
) -> None:
    assert "still running" not in desk.get(f"/shifts/{REF}").text
    response_running(marc, at, "5")
    said_so = "Response R0001, Booth 5: running since"
    sign = unescape(desk.get(f"/shifts/{REF}").text).split('id="sign"')[1]
    assert f"1 response is still running: {said_so}" in sign and f'action="/shifts/{REF}/sign"' in sign
    for line in ("S.response.R0001", "A.running"):
        desk.post(f"/shifts/{REF}/lines/{line}", data={"words": "all calm"})
    assert desk.post(f"/shifts/{REF}/sign", data={}).status_code == 303
    signed = unescape(desk.get(f"/shifts/{REF}?version=1").text)
    assert f"<li>1 response is still running: {said_so}" in signed
    assert "still running" not in signed.split('id="sign"')[1]


def test_autosave_answers_with_what_is_kept_and_shows_anothers_words(
    app: Flask, desk: FlaskClient, marc: Actor, amina: Actor, at: datetime
) -> None:
    htmx = {"HX-Request": "true"}
    url = f"/shifts/{REF}/lines/S.people"
    kept = desk.post(url, data={"words": "one"}, headers=htmx)
    assert kept.status_code == 200 and "kept" in kept.text and 'value="1.1"' in kept.text
    drafts.keep(REF, "S.people", "two <b>", "", "1.1", by=amina, at=at + timedelta(seconds=5))
    late = desk.post(url, data={"words": "three", "seen": "1.1"}, headers=htmx)
    assert late.status_code == 409
    assert "Amina K. changed this line" in late.text and "two &lt;b&gt;" in late.text
    whole = desk.post(url, data={"words": "three", "seen": "1.1"})
    assert whole.status_code == 409 and ">three</textarea>" in whole.text
    news = desk.get(f"/shifts/{REF}/news", query_string={"since": at.isoformat(), "seq": 0}).text
    assert "two &lt;b&gt;" in news and "Amina K." in news


def test_a_wrong_pin_signs_nothing_and_keeps_the_name(desk: FlaskClient, amina: Actor) -> None:
    answer = desk.post(f"/shifts/{REF}/sign", data={"who": amina.ref, "pin": "999123"})
    assert answer.status_code == 422
    assert "That is not right" in answer.text and "999123" not in answer.text
    assert f'selected value="{amina.ref}"' in answer.text or f'value="{amina.ref}" selected' in answer.text
    assert queries.versions(REF) == []
    right = desk.post(f"/shifts/{REF}/sign", data={"who": amina.ref, "pin": PINS["Amina K."]})
    assert right.status_code == 303
    assert "read back by Amina K." in desk.get(f"/shifts/{REF}").text


def test_the_read_back_can_come_later(desk: FlaskClient, amina: Actor) -> None:
    desk.post(f"/shifts/{REF}/sign", data={})
    assert "not read back" in desk.get(f"/shifts/{REF}").text
    wrong = desk.post(f"/shifts/{REF}/read-back", data={"who": amina.ref, "pin": "999123"})
    assert wrong.status_code == 422
    data = {"who": amina.ref, "pin": PINS["Amina K."]}
    assert desk.post(f"/shifts/{REF}/read-back", data=data).status_code == 303
    assert queries.read_backs(REF)[1].staff == amina.ref


def test_version_2_says_what_changed_and_version_1_stays_readable(
    desk: FlaskClient, marc: Actor, at: datetime
) -> None:
    visit = arrive(at - timedelta(hours=1))
    desk.post(f"/shifts/{REF}/sign", data={})
    came = next(link for link in trail.links_since(0) if link.subject == visit.ref)
    visits.strike(came.seq, by=marc, at=at)
    text = desk.get(f"/shifts/{REF}").text
    assert "Changed since version 1, sign again" in text and "Accesses: 0, was 1" in text
    assert "changed since version 1: sign again" in desk.get("/shifts").text
    assert desk.post(f"/shifts/{REF}/sign", data={}).status_code == 303
    second = desk.get(f"/shifts/{REF}?version=2").text
    assert "What changed in version 2" in second and "Accesses: 0, was 1" in second
    first = desk.get(f"/shifts/{REF}?version=1").text
    assert "replaced by version 2" in first and "1 accesses" in first


def test_a_signed_version_shows_who_was_on_and_what_was_ticked_then(
    desk: FlaskClient, marc: Actor, amina: Actor, at: datetime
) -> None:
    actions.come_on(REF, marc.ref, "lead", **said(at, marc))
    actions.tick(REF, "oxygen", True, 85, **said(at, marc))
    actions.sign_off(REF, [], **said(at, marc))
    actions.come_on(REF, amina.ref, "door", **said(at, amina))
    actions.tick(REF, "oxygen", False, 10, **said(at, amina))
    text = desk.get(f"/shifts/{REF}?version=1").text
    assert "1 person" in text and "85 %" in text and "10 %" not in text
    assert "10 %" in desk.get(f"/shifts/{REF}").text


def test_stock_is_handed_over_as_it_is_now_and_with_a_version_as_it_was_then(
    desk: FlaskClient, at: datetime
) -> None:
    supplies.receive(Receipt("naloxone_ampoule", 3, "A", at.date()), **said(at))
    text = unescape(desk.get(f"/shifts/{REF}").text)
    assert ">Stock</h2>" in text and "reorder at 6" in text
    desk.post(f"/shifts/{REF}/sign", data={})
    supplies.receive(Receipt("naloxone_ampoule", 40, "B", at.date()), **said(at))
    signed = unescape(desk.get(f"/shifts/{REF}?version=1").text)
    card = signed[signed.index(">Stock</h2>") :]
    assert "<b>3</b>" in card and "reorder at 6" in card and "<b>43</b>" not in card
    assert "<b>43</b>" in desk.get(f"/shifts/{REF}").text


def test_signing_twice_is_a_conflict_in_words(desk: FlaskClient) -> None:
    desk.post(f"/shifts/{REF}/sign", data={})
    answer = desk.post(f"/shifts/{REF}/sign", data={})
    assert answer.status_code == 409 and "nothing in it has changed" in answer.text


def test_a_nurse_who_does_not_lead_cannot_sign_and_is_told_who_does(
    app: Flask, amina: Actor, marc: Actor, at: datetime
) -> None:
    desk = signed_in(app, amina)
    assert desk.post(f"/shifts/{REF}/sign", data={}).status_code == 403
    text = desk.get(f"/shifts/{REF}").text
    assert f'action="/shifts/{REF}/sign"' not in text and 'name="pin"' not in text
    assert "Nobody has signed this shift off yet" in text and "It is for Marc D. to sign." in text
    actions.sign_off(REF, [], **said(at, marc))
    assert f'action="/shifts/{REF}/read-back"' in desk.get(f"/shifts/{REF}").text
    arrive(at)
    text = desk.get(f"/shifts/{REF}").text
    assert "Version 1 no longer says what the log says" in text and 'name="pin"' not in text
    actions.come_on(REF, amina.ref, "lead", **said(at, amina))
    assert f'action="/shifts/{REF}/sign"' in desk.get(f"/shifts/{REF}").text


def test_who_signs_is_told_whose_shift_it_is_and_what_the_roster_says(
    desk: FlaskClient, amina: Actor, marc: Actor, at: datetime
) -> None:
    sheet = desk.get(f"/shifts/{REF}").text.partition('id="sign"')[2]
    assert "You sign: Day shift, Tue 17 Nov 2026. It still runs until 19:00." in sheet
    assert "By the roster nobody leads it." in sheet and "you sign as a site lead" in sheet
    actions.come_on(REF, amina.ref, "lead", **said(at, marc))
    sheet = desk.get(f"/shifts/{REF}").text.partition('id="sign"')[2]
    assert "Led by Amina K., by the roster." in sheet and "You are not on its roster as lead" in sheet
    actions.come_on(REF, marc.ref, "lead", **said(at, marc))
    sheet = desk.get(f"/shifts/{REF}").text.partition('id="sign"')[2]
    assert "Led by Amina K., Marc D., by the roster." in sheet and "You are not on its roster" not in sheet
    actions.sign_off(REF, [], **said(at, marc))


def test_entries_are_corrected_and_struck(desk: FlaskClient, marc: Actor, at: datetime) -> None:
    row = actions.tick(REF, "oxygen", True, 85, **said(at, marc))
    duty = actions.come_on(REF, marc.ref, "lead", **said(at, marc))
    signed = actions.sign_off(REF, [], **said(at, marc))
    for seq in (row.link_seq, duty.link_seq, signed.link_seq):
        assert desk.get(f"/shifts/entries/{seq}/amend").status_code == 200
        assert desk.get(f"/shifts/entries/{seq}/strike").status_code == 200
    bad = desk.post(f"/shifts/entries/{row.link_seq}/amend", data={"fine": "yes", "number": "lots"})
    assert bad.status_code == 422 and 'value="lots"' in bad.text
    data = {"fine": "no", "number": "20", "why": "wrong_amount"}
    assert desk.post(f"/shifts/entries/{row.link_seq}/amend", data=data).status_code == 303
    assert desk.post(f"/shifts/entries/{row.link_seq}/amend", data=data).status_code == 409
    data = {"role": "door", "why": "other"}
    assert desk.post(f"/shifts/entries/{duty.link_seq}/amend", data=data).status_code == 303
    assert queries.roster(REF)[0].role == "door"
    assert desk.post(f"/shifts/entries/{signed.link_seq}/strike", data={"why": "other"}).status_code == 303
    assert queries.versions(REF) == []
    assert "Opening check" in desk.get("/").text


def test_any_stretch_of_time_has_a_summary(desk: FlaskClient, at: datetime) -> None:
    arrive(at)
    asked = {"starts": "2026-11-17T18:00", "ends": "2026-11-17T19:00"}
    assert "1 accesses" in desk.get("/shifts/window", query_string=asked).text


@pytest.mark.parametrize(
    ("starts", "ends"),
    [
        ("", ""),
        ("yesterday", "2026-11-17T19:00"),
        ("2026-11-17T19:00", "2026-11-17T18:00"),
        ("2026-01-01T00:00", "2026-11-17T18:00"),
        ("2026-03-08T02:30", "2026-03-08T05:00"),
        ("0001-01-01T00:00", "9999-12-31T23:59"),
        ("2026-11-17T18:00Z", "2026-11-17T19:00Z"),
    ],
)
def test_a_window_that_is_none_is_refused_with_words(desk: FlaskClient, starts: str, ends: str) -> None:
    answer = desk.get("/shifts/window", query_string={"starts": starts, "ends": ends})
    assert answer.status_code == 422
    assert f'value="{starts}"' in answer.text


@pytest.mark.parametrize(
    "path",
    [
        "H20261117-dusk",
        "H20261399-day",
        "nothing",
        f"{REF}?version=9",
        "H20261117-dusk/news",
        "entries/999/amend",
        "entries/999/strike",
    ],
)
def test_what_is_not_there_is_not_found(desk: FlaskClient, path: str) -> None:
    assert desk.get(f"/shifts/{path}").status_code == 404


@pytest.mark.parametrize(
    ("post", "data"),
    [
        ("roster", {}),
        ("roster", {"who": "S99", "role": "lead", "do": "on"}),
        ("roster", {"who": "S01", "role": "pilot", "do": "on"}),
        ("opening", {}),
        ("opening", {"item": "tea", "fine": "yes"}),
        ("opening", {"item": "oxygen", "fine": "maybe"}),
        ("opening", {"item": "oxygen", "fine": "yes", "number": "-3"}),
        ("opening", {"item": "aed", "fine": "yes", "number": "3"}),
        ("lines/S.people", {"words": "x" * 501}),
        ("lines/S.people", {"words": "bell \x07"}),
        ("sign", {"who": "S99"}),
        ("read-back", {"who": "S99", "pin": "1"}),
    ],
)
def test_bad_input_is_refused_with_words_and_never_fails(
    desk: FlaskClient, post: str, data: dict[str, str]
) -> None:
    answer = desk.post(f"/shifts/{REF}/{post}", data=data)
    assert answer.status_code == 422
    assert 'class="error' in answer.text or "wrong-form" in answer.text


@pytest.mark.parametrize("line", ["X.people", "S", "S.a b", "S." + "x" * 90])
def test_a_line_no_handover_has_is_not_found(desk: FlaskClient, line: str) -> None:
    assert desk.post(f"/shifts/{REF}/lines/{line}", data={"words": "x"}).status_code == 404


def test_odd_addresses_of_the_news_never_fail(desk: FlaskClient) -> None:
    for asked in ("?since=x&seq=y", "?since=2026-11-17&seq=-1", "?seq=99999999999999999999999"):
        assert desk.get(f"/shifts/{REF}/news{asked}").status_code == 200


@pytest.mark.parametrize("role", [Role.FUNDER, Role.ADMIN, Role.DESK])
def test_only_the_people_of_the_desk_see_shifts(app: Flask, role: Role) -> None:
    outside = signed_in(app, Actor("S08", "Harbour Fund", "HF", role, "funder"))
    turned_away = {403} if role is not Role.DESK else {303, 401}
    for path in ("/shifts", f"/shifts/{REF}", "/shifts/window", f"/shifts/{REF}/news"):
        assert outside.get(path).status_code in turned_away
    for post in POSTS:
        assert outside.post(f"/shifts/{REF}/{post}", data={}).status_code in turned_away


def test_a_shift_to_come_can_be_looked_at_and_not_signed(desk: FlaskClient) -> None:
    assert "This shift has not begun yet" in desk.get(f"/shifts/{NIGHT}").text
    assert desk.post(f"/shifts/{NIGHT}/sign", data={}).status_code == 409


def test_a_dose_given_before_it_was_recognised_is_as_long_before_on_the_summary(
    desk: FlaskClient, marc: Actor, at: datetime
) -> None:
    response_running(marc, at, "5")
    early = at - timedelta(seconds=240 + 21)
    responses.give_naloxone("R0001", 400, "intramuscular", **said(early, marc))
    assert "−0:21" in desk.get(f"/shifts/{REF}").text


def test_a_dose_without_an_amount_is_on_the_summary(desk: FlaskClient, marc: Actor, at: datetime) -> None:
    response_running(marc, at, "5")
    responses.give_naloxone("R0001", None, "intranasal", **said(at, marc))
    assert "2, 0.4 mg, 1 without amount" in desk.get(f"/shifts/{REF}").text


def test_what_is_only_counted_leads_to_the_list_of_it(desk: FlaskClient, at: datetime) -> None:
    for _ in range(5):
        referral_offered(at, follow_up_on=at.date())
    text = desk.get(f"/shifts/{REF}").text
    assert '<a href="#open">2 more under Open now</a>' in text and 'id="open"' in text
