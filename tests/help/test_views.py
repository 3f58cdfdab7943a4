"""Help is for whoever may open the screen it tells of; only how to sign in is for everybody."""

import pytest
from flask import Flask

from sitelog.ground.access import Actor, Role
from sitelog.help.topics import TOPICS
from sitelog.help.words import WORDS
from sitelog.staff import queries as staff
from sitelog.web.guards import Identity, guard_of, load_actor_with
from tests.reports.scene import FUNDER, LEAD, signed_in, words_of

ADMIN = Actor("S11", "Ines V.", "IV", Role.ADMIN)
NURSE = Actor("S01", "Amina K.", "AK", Role.NURSE)
DESK = Actor("desk:1", "Desk 1", "–", Role.DESK)


@pytest.mark.parametrize("actor", [NURSE, LEAD, FUNDER, ADMIN], ids=lambda one: one.role.value)
def test_a_reader_gets_the_help_of_the_screens_they_may_open_and_no_other(app: Flask, actor: Actor) -> None:
    browser = signed_in(app, actor)
    contents = browser.get("/help").text
    for topic in TOPICS:
        guards = [guard_of(app.view_functions[screen]) for screen in topic.screens]
        may = actor.can(topic.may) if topic.may else any(guard.admits(actor) for guard in guards if guard)
        assert browser.get(f"/help/{topic.code}").status_code == (200 if may else 403), topic.code
        assert (f'href="/help/{topic.code}"' in contents) == may, topic.code


def test_a_role_reads_its_own_page_and_those_of_roles_that_may_no_more(app: Flask) -> None:
    may = {
        actor.role.value: {
            role
            for role in ("nurse", "lead", "funder", "admin")
            if signed_in(app, actor).get(f"/help/roles/{role}").status_code == 200
        }
        for actor in (NURSE, LEAD, FUNDER, ADMIN)
    }
    assert may == {
        "nurse": {"nurse", "funder"},
        "lead": {"lead", "nurse", "funder"},
        "funder": {"funder"},
        "admin": {"admin"},
    }


def test_what_only_a_lead_may_do_is_not_told_to_a_funder(app: Flask) -> None:
    assert "Publish now" in words_of(signed_in(app, LEAD).get("/help/reports").text)
    assert "Publish now" not in words_of(signed_in(app, FUNDER).get("/help/reports").text)


def test_keys_and_signs_are_those_of_the_reader(app: Flask) -> None:
    told = {one.role: words_of(signed_in(app, one).get("/reports").text) for one in (NURSE, FUNDER)}
    for words in ("Start a response elsewhere", "Check the place", "whole card red"):
        assert words in told[Role.NURSE] and words not in told[Role.FUNDER], words
    assert "Close a sheet" in told[Role.FUNDER]


def test_a_word_on_a_help_page_leads_to_the_list_of_words(app: Flask) -> None:
    browser = signed_in(app, NURSE)
    assert 'href="/help/words#word-tier"' in browser.get("/help/response").text
    everything = browser.get("/help/words").text
    assert all(f'id="word-{code}"' in everything for code in WORDS)


def test_a_page_offers_the_help_of_its_own_screen(app: Flask) -> None:
    browser = signed_in(app, LEAD)
    for path, code in (("/incidents", "incidents"), ("/settings", "settings"), ("/me", "me"), ("/", "board")):
        assert f'href="/help/{code}" data-help-screen' in browser.get(path).text


def test_an_address_leads_to_the_help_of_what_answers_there(app: Flask) -> None:
    browser = signed_in(app, NURSE)
    places = {
        "/arrive": "/help/arrive",
        "/responses/R0001/late": "/help/response",
        "/visits/entries/7/amend": "/help/corrections",
        "/nowhere": "/help",
        "//elsewhere.example": "/help",
    }
    for path, to in places.items():
        answer = browser.get("/help/at", query_string={"path": path})
        assert (answer.status_code, answer.location) == (303, to), path


def test_a_refused_form_offers_help_as_its_page_does(app: Flask) -> None:
    answer = signed_in(app, ADMIN).post("/accounts", data={"name": ""})
    assert answer.status_code == 422
    assert 'href="/help/accounts" data-help-screen' in answer.text


def test_a_script_gets_the_page_without_its_frame(app: Flask) -> None:
    answer = signed_in(app, NURSE).get("/help/board", headers={"HX-Request": "true"})
    assert answer.status_code == 200 and "<html" not in answer.text and "<h1" in answer.text


@pytest.mark.parametrize("who", [Identity(), Identity(DESK, device="1", person=NURSE, locked=True)])
def test_whoever_is_not_signed_in_reads_how_to_and_nothing_about_the_site(app: Flask, who: Identity) -> None:
    load_actor_with(app, lambda request: who)
    browser = app.test_client()
    answer = browser.get("/help/sign-in")
    assert answer.status_code == 200
    told = ["Juniper Street", *(one.name for one in staff.accounts()), NURSE.name, DESK.name]
    assert [name for name in told if name in answer.text] == []
    assert ("F8" in answer.text and 'action="/responses"' in answer.text) == (who.actor is not None)
    for path in ("/help", "/help/words", "/help/board", "/help/roles/nurse", "/help/at?path=/"):
        assert browser.get(path).status_code == 303, path


def test_there_is_no_help_for_what_there_is_not(app: Flask) -> None:
    for path in ("/help/tea", "/help/roles/desk", "/help/roles/system"):
        assert signed_in(app, LEAD).get(path).status_code == 404, path
