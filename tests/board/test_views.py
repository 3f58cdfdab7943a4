"""The board's pages and regions as a browser asks for them."""

import re
from datetime import datetime, timedelta
from html import unescape

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from sitelog.ground.access import Actor, Role
from sitelog.referrals import actions as referrals
from sitelog.responses import actions as responses
from sitelog.responses import queries as responses_read
from sitelog.responses.case import Done, Measured
from sitelog.site import queries as site
from sitelog.trail import queries as trail
from sitelog.visits import actions as visits
from sitelog.visits import queries as visit_queries
from tests import factories
from tests.board.conftest import SignIn
from tests.factories import arrive, referral_offered, seated

REGIONS = ("/board/waiting", "/board/places", "/board/aftercare", "/board/feed", "/board/alerts")
FUNDER = Actor("S08", "Harbour Fund", "HF", Role.FUNDER, "funder")


def words(html: str) -> str:
    """The page's text, without its marks."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_the_page_says_what_the_design_says(busy: datetime, desk: FlaskClient) -> None:
    text = words(desk.get("/").text)
    for said in (
        "Check in 3 min",
        "First check in 2 min",
        "Check due now",
        "Check 2 min late",
        "4 min over time",
        "Out of service Sharps bin",
        "6 of 7 open are in use",
        "Time done, may leave",
        "Dose 1, 1:48 ago",
        "Seat → 5",
        "Overdose elsewhere Waiting Washroom Aftercare Outside",
    ):
        assert said in text


def test_a_time_of_yesterday_has_its_date_wherever_entries_are_listed(
    app: Flask, desk: FlaskClient, at: datetime
) -> None:
    # Ten past midnight in Toronto: five to twelve is of another date, though of the same shift.
    night = at.replace(day=18, hour=5, minute=10, second=0)
    before = night - timedelta(minutes=15)
    with time_machine.travel(night, tick=False):
        visit = seated(before, "3")
        response = responses.start(place_code="4", **factories.said(before)).ref
        visits.check(visit, **factories.said(night))
        pages = (
            "/board/feed",
            f"/visits/{visit}",
            f"/responses/{response}",
            f"/responses/{response}/timeline",
        )
        for path in pages:
            assert "17 Nov 23:55" in words(desk.get(path).text), path
        feed = words(desk.get("/board/feed").text)
        assert "00:10" in feed and "18 Nov 00:10" not in feed


def test_whoever_was_never_named_is_watched_in_aftercare_too(
    app: Flask, stands_still: datetime, desk: FlaskClient, at: datetime
) -> None:
    ref = responses.start("washroom", **factories.said(at - timedelta(minutes=30))).ref
    responses.to_aftercare(ref, **factories.said(at - timedelta(minutes=16)))
    page = desk.get("/board/aftercare").text
    assert "Nobody named, washroom After response: obs due" in words(page)
    assert f'href="/responses/{ref}/vitals"' in page and "toclose-list" not in page
    responses.record_vitals(ref, Measured(at, spo2=97), by=factories.NURSE, at=at)
    assert "After response, obs" in words(desk.get("/board/aftercare").text)
    responses.close(ref, "recovered", "observed_here", **factories.said(at))
    closed = words(desk.get("/board/aftercare").text)
    assert "Nobody named, washroom" in closed and "still to be closed" not in closed
    again = responses.start("outside", **factories.said(at)).ref
    responses.close(again, "left", **factories.said(at))
    assert again not in desk.get("/board/aftercare").text


def test_a_response_in_aftercare_is_marked_until_it_is_closed(
    app: Flask, desk: FlaskClient, at: datetime
) -> None:
    seated(at - timedelta(minutes=40), "1", "birch-2")
    ref = responses.start("place", "1", **factories.said(at - timedelta(minutes=30))).ref
    mark = f'href="/responses/{ref}"'
    responses.to_aftercare(ref, **factories.said(at - timedelta(minutes=9)))
    strip = desk.get("/board/aftercare").text
    assert mark in strip and f"{ref}: still to be closed" in words(strip)
    assert "toclose-list" not in strip
    visits.leave(visit_queries.in_house(at)[0].ref, **factories.said(at))
    gone = desk.get("/board/aftercare").text
    assert mark in gone.partition("toclose-list")[2] and "Nobody is in aftercare." in words(gone)
    responses.close(ref, "recovered", None, **factories.said(at))
    assert mark not in desk.get("/board/aftercare").text


def test_somebody_outside_the_places_is_red_while_a_response_runs_for_them(
    app: Flask, stands_still: datetime, desk: FlaskClient, at: datetime
) -> None:
    watched = factories.in_aftercare(at - timedelta(minutes=20), "1", "lynx")
    waits, served = arrive(at, "pike").ref, arrive(at, "moss").ref
    visits.start_service(served, **factories.said(at))
    for region, visit in (("aftercare", watched), ("waiting", waits), ("waiting", served)):
        path = f"/board/{region}"
        assert "Response runs" not in words(desk.get(path).text)
        ref = responses.start("aftercare", visit_ref=visit, **factories.said(at)).ref
        row = desk.get(path).text.partition(f'id="strip-{visit}"')[2].partition("</li>")[0]
        assert 'data-state="resp"' in row and f'data-row><a class="btn" href="/responses/{ref}"' in row
        assert "Response runs" in words(row) and "<button" not in row
        assert f"/visits/{visit}/seat" not in desk.get("/board/places").text
        responses.close(ref, "recovered", None, **factories.said(at))


def test_what_runs_elsewhere_says_whose_it_is(
    app: Flask, stands_still: datetime, desk: FlaskClient, at: datetime
) -> None:
    responses.start("waiting", visit_ref=arrive(at, "lynx").ref, **factories.said(at))
    assert "Waiting · lynx" in words(desk.get("/board/alerts").text)


def test_an_empty_board_says_so_in_words(app: Flask, desk: FlaskClient) -> None:
    text = words(desk.get("/").text)
    for said in ("Nobody is waiting.", "Nobody is in aftercare.", "Nothing has been entered yet."):
        assert said in text


def test_nothing_on_the_board_needs_an_inline_script_or_style(busy: datetime, desk: FlaskClient) -> None:
    html = desk.get("/").text
    assert not re.search(r"\sstyle=|<style|\son\w+=|<script(?![^>]*\bsrc=)", html)


def test_every_button_is_in_a_form_and_no_id_is_there_twice(busy: datetime, desk: FlaskClient) -> None:
    html = desk.get("/").text
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    for form in re.findall(r'\sform="([^"]+)"', html):
        assert f'id="{form}"' in html


@pytest.mark.parametrize("url", REGIONS)
def test_an_unchanged_region_is_not_sent_again(busy: datetime, desk: FlaskClient, url: str) -> None:
    first = desk.get(url)
    again = desk.get(url, headers={"If-None-Match": first.headers["ETag"]})
    assert (first.status_code, again.status_code, again.data) == (200, 304, b"")
    assert f'data-etag="{first.headers["ETag"]}"'.replace('"', "") in first.text.replace("&#34;", "").replace(
        "&quot;", ""
    ).replace('"', "")
    arrive(busy, "new-one")
    assert desk.get(url, headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_a_region_is_sent_again_when_its_words_change_with_the_clock(
    busy: datetime, desk: FlaskClient
) -> None:
    first = desk.get("/board/places")
    until = datetime.fromisoformat(re.search(r'data-next-change="([^"]+)"', first.text)[1])
    assert busy < until < busy + timedelta(minutes=1)
    held = {"If-None-Match": first.headers["ETag"]}
    with time_machine.travel(until - timedelta(seconds=1), tick=False):
        assert desk.get("/board/places", headers=held).status_code == 304
    with time_machine.travel(until, tick=False):
        assert desk.get("/board/places", headers=held).status_code == 200


def test_a_region_on_the_page_and_alone_is_the_same(busy: datetime, desk: FlaskClient) -> None:
    page = re.sub(r'value="[0-9a-f]{32}"', "", desk.get("/").text)
    for url in REGIONS:
        alone = re.sub(r'value="[0-9a-f]{32}"', "", desk.get(url).text).strip()
        squeezed = re.sub(r"\s+", " ", page)
        assert re.sub(r"\s+", " ", alone) in squeezed, url


def test_two_readers_never_share_a_fragment(
    busy: datetime, sign_in: SignIn, nurse: Actor, lead: Actor
) -> None:
    tag = sign_in(nurse).get("/board/feed").headers["ETag"]
    assert sign_in(lead).get("/board/feed", headers={"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize(
    "tag", ["", "x", '"1-2"', '"1-99999999999999999999-abcdefabcdef"', 'W/"0--000000000000"']
)
def test_a_tag_that_is_none_of_ours_is_ignored(busy: datetime, desk: FlaskClient, tag: str) -> None:
    assert desk.get("/board/waiting", headers={"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize("url", [*REGIONS, "/stream", "/pulse", "/board/note"])
def test_a_funder_sees_none_of_it(app: Flask, sign_in: SignIn, url: str) -> None:
    assert sign_in(FUNDER).get(url).status_code == 403


def test_a_funder_who_opens_the_board_is_sent_to_the_reports(app: Flask, sign_in: SignIn) -> None:
    answer = sign_in(FUNDER).get("/")
    assert (answer.status_code, answer.location) == (303, "/reports")


def test_undo_strikes_my_last_entry(busy: datetime, desk: FlaskClient) -> None:
    arrive(busy, "new-one")
    seq = trail.last_seq()
    assert desk.post("/board/undo", data={"seq": seq}).status_code == 303
    assert trail.amended_by([seq])[seq].reason == "undone"
    assert '<span class="was">' in desk.get("/board/feed").text


def test_undoing_nothing_is_said_in_words(app: Flask, desk: FlaskClient) -> None:
    answer = desk.post("/board/undo")
    assert answer.status_code == 409
    assert "Nothing of yours" in words(answer.text)


def test_a_note_needs_words_and_keeps_what_was_typed(app: Flask, desk: FlaskClient) -> None:
    assert desk.get("/board/note").status_code == 200
    assert desk.post("/board/note", data={"words": " "}).status_code == 422
    wrong = desk.post("/board/note", data={"words": "Fan is loud", "earlier_at": "25:99"})
    assert wrong.status_code == 422 and "Fan is loud" in wrong.text
    assert desk.post("/board/note", data={"words": "Fan is loud"}).status_code == 303
    seq = trail.last_seq()
    assert "Note: Fan is loud" in words(desk.get("/board/feed").text)
    amended = {"words": "Fan is quiet", "why": "other"}
    assert desk.post(f"/board/entries/{seq}/amend", data=amended).status_code == 303
    assert desk.post(f"/board/entries/{seq + 1}/strike").status_code == 303
    assert desk.post("/board/entries/1/strike").status_code == 404


def test_a_place_goes_out_of_service_and_comes_back(app: Flask, desk: FlaskClient) -> None:
    assert "out of service" in desk.get("/board/places/5").text
    assert desk.post("/board/places/5").status_code == 422
    assert desk.post("/board/places/5", data={"reason": "cleaning"}).status_code == 303
    assert site.out_of_service()["5"].reason == "cleaning"
    assert desk.post("/board/places/5", data={"reason": "cleaning"}).status_code == 409
    assert desk.post("/board/places/5/back").status_code == 303
    assert site.out_of_service() == {}
    assert desk.get("/board/places/99").status_code == 404


def test_other_pages_carry_what_runs(busy: datetime, desk: FlaskClient) -> None:
    assert 'hx-get="/board/alerts"' in desk.get("/board/note").text
    assert "Booth 3" in words(desk.get("/board/alerts").text)


def test_screens_share_a_drawing_but_never_a_token(
    busy: datetime, sign_in: SignIn, nurse: Actor, lead: Actor
) -> None:
    first, second = sign_in(nurse).get("/board/places"), sign_in(lead).get("/board/places")
    csrf, token = (re.compile(f'name="{name}" value="([^"]+)"') for name in ("csrf_token", "token"))
    mine, theirs = set(token.findall(first.text)), set(token.findall(second.text))
    assert len(mine) == len(token.findall(first.text)) > 10
    assert not mine & theirs
    keys = [set(csrf.findall(answer.text)) for answer in (first, second)]
    assert len(keys[0]) == len(keys[1]) == 1 and keys[0] != keys[1]
    assert first.headers["ETag"] != second.headers["ETag"]


@pytest.mark.parametrize(
    "typed", ['<img src=x hx-post="/lock" hx-trigger="load">', "SpO2 95%", "%(x)s %d {{ 7 }}"]
)
def test_what_somebody_typed_is_shown_as_words_and_is_never_markup_or_a_pattern(
    app: Flask, desk: FlaskClient, at: datetime, typed: str
) -> None:
    desk.post("/board/note", data={"words": typed})
    arrive(at, typed[:40])
    for page in ("/", "/board/feed"):
        answer = desk.get(page)
        assert answer.status_code == 200
        assert typed in unescape(answer.text)
        assert "<img src=x" not in answer.text


def test_who_is_here_shows_the_follow_up_that_is_due_until_it_is_answered(
    app: Flask, desk: FlaskClient, nurse: Actor, at: datetime
) -> None:
    with time_machine.travel(at, tick=False):
        visit = seated(at, "3", "heron-42")
        ref = referral_offered(at, "methadone", visit=visit, follow_up_on=at.date())
        assert "Follow-up due: Methadone" in desk.get("/board/places").text
        referrals.attend(ref, by=nurse, happened_at=at, at=at)
        assert "Follow-up due" not in desk.get("/board/places").text


def test_undo_says_what_it_took_back_and_takes_nothing_out_of_a_running_response(
    app: Flask, stands_still: datetime, desk: FlaskClient, nurse: Actor, at: datetime
) -> None:
    arrive(at, "pike", by=nurse)
    desk.post("/board/undo", data={"token": "a" * 32})
    assert "Undone: pike" in desk.get("/").text
    ref = responses.start("washroom", **factories.said(at, nurse)).ref
    responses.add_step(ref, Done("suction", at), by=nurse, at=at)
    refused = desk.post("/board/undo", data={"token": "b" * 32})
    assert refused.status_code == 409 and "undo it there" in refused.text
    assert responses_read.case(ref).last("suction") is not None
