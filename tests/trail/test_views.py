"""The trail on a page: who may read what of it, what was asked for, and whether the chain held."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import event, text

from sitelog.ground.access import Actor, Role
from sitelog.ground.errors import Broken
from sitelog.store.db import db
from sitelog.trail import journal, queries, views, walks
from sitelog.visits import actions as visits
from tests.board import scene
from tests.factories import NURSE, arrive, in_aftercare
from tests.house.kinds import kinds
from tests.reports.scene import FUNDER, LEAD, signed_in, words_of

ADMIN = Actor("S11", "Administrator", "AD", Role.ADMIN)
HANDLE = "Zwartbles"
# What the trail shows as its kind alone.
NOT_TOLD = {"directory": "which services there are", "cells": "its reason is a note, and no feature's"}


@pytest.fixture(autouse=True)
def stands_still(at: datetime) -> Iterator[None]:
    with time_machine.travel(at, tick=False):
        yield


def shown(app: Flask, actor: Actor, asked: str = "") -> str:
    answer = signed_in(app, actor).get(f"/trail{asked}")
    assert answer.status_code == 200
    return words_of(answer.text)


def numbers(page: str) -> list[int]:
    return [int(seq) for seq in re.findall(r'<th scope="row" class="num">(\d+)</th>', page)]


def rows(app: Flask, asked: str = "") -> list[int]:
    return numbers(signed_in(app, LEAD).get(f"/trail{asked}").text)


def test_a_lead_reads_every_entry_in_words_the_newest_first(app: Flask, at: datetime) -> None:
    ref = in_aftercare(at - timedelta(hours=1), handle=HANDLE)
    page = signed_in(app, LEAD).get("/trail").text
    assert numbers(page) == list(range(queries.last_seq(), 0, -1))
    assert HANDLE in page and f'href="/visits/{ref}"' in page and "S01" in page
    assert "site.configured" not in page


def test_an_administrator_sees_kind_who_and_when_and_nothing_of_a_person(app: Flask, at: datetime) -> None:
    scene.evening(at)
    in_aftercare(at, "5", HANDLE)
    page = signed_in(app, ADMIN).get("/trail").text
    assert numbers(page) == list(range(queries.last_seq(), 0, -1))[: views.PAGE]
    assert "<code>visit.checked_in</code>" in page and "S01" in page
    table = page.partition("<tbody>")[2].partition("</tbody>")[0]
    assert HANDLE not in page and "href" not in table and "V00" not in table and "P00" not in table


def test_nobody_else_reads_it(app: Flask, nurse: Actor) -> None:
    for actor in (nurse, FUNDER):
        assert signed_in(app, actor).get("/trail").status_code == 403


def test_what_was_struck_stays_with_why(app: Flask, at: datetime) -> None:
    seq = arrive(at, HANDLE).link_seq
    visits.strike(seq, reason="entered_twice", by=NURSE, at=at)
    words = shown(app, LEAD, "?about=visit")
    assert f"before: {HANDLE}" in words and "Why: entered twice" in words
    assert "entered twice" not in shown(app, ADMIN)


def test_it_is_narrowed_by_day_by_what_and_by_whom(app: Flask, at: datetime) -> None:
    yesterday = at - timedelta(days=1)
    for when, by in ((yesterday, NURSE), (at, NURSE), (at, LEAD)):
        arrive(when, by=by)
    first, second, third = (link.seq for link in queries.links_since(queries.last_seq() - 3))
    assert rows(app, "?about=visit") == [third, second, first]
    assert rows(app, "?on=2026-11-17") == [third, second]
    assert rows(app, "?on=2026-11-16&about=visit&by=S01") == [first]
    assert rows(app, "?by=S02") == [third]
    assert "There is no such entry." in shown(app, LEAD, "?about=shift")


@pytest.mark.parametrize(
    "asked", ["?on=yesterday", "?on=0001-01-01", "?about=%25", "?before=x", f"?before={10**30}"]
)
def test_what_cannot_be_asked_for_narrows_nothing(app: Flask, asked: str) -> None:
    assert rows(app, asked) == list(range(queries.last_seq(), 0, -1))


@pytest.mark.parametrize(
    ("name", "typed", "words"),
    [
        ("on", "2026-02-30", "That is no day of the calendar."),
        ("about", "visits", "Entries are about nothing of that name."),
        ("by", "S99", "Nobody here has that number."),
    ],
)
def test_what_is_not_understood_is_said_beside_its_field_and_kept(
    app: Flask, at: datetime, name: str, typed: str, words: str
) -> None:
    arrive(at)
    asked = {"on": "2026-11-17", "about": "visit", "by": "S01"} | {name: typed}
    page = signed_in(app, LEAD).get("/trail", query_string=asked).text
    wrong = page.partition('aria-invalid="true"')[2].partition("</div>")[0]
    assert words in words_of(wrong) and f'aria-describedby="{name}-error"' in wrong
    assert page.count('aria-invalid="true"') == 1
    for value in asked.values():
        assert f'value="{value}"' in page
    assert numbers(page) == [queries.last_seq()]


def test_it_goes_on_page_by_page_and_keeps_what_was_asked(
    app: Flask, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "PAGE", 2)
    for _ in range(5):
        arrive(at)
    browser, seen, asked = signed_in(app, LEAD), list[int](), "/trail?about=visit"
    while asked:
        page = browser.get(asked).text
        seen += numbers(page)
        found = re.search(r'href="(/trail\?[^"]*before=\d+)">Older', page)
        asked = found[1].replace("&amp;", "&") if found else ""
    assert seen == list(range(queries.last_seq(), queries.last_seq() - 5, -1))


def test_a_long_page_asks_the_database_no_more_than_a_short_one(app: Flask, at: datetime) -> None:
    browser = signed_in(app, LEAD)
    arrive(at, HANDLE)
    browser.get("/trail?about=visit")  # what is kept for as long as nothing changes is read now
    with asked() as few:
        browser.get("/trail?about=visit")
    for n in range(12):
        arrive(at, f"{HANDLE}-{n}")
    browser.get("/trail?about=visit")
    with asked() as many:
        browser.get("/trail?about=visit")
    assert len(many) == len(few)


@contextmanager
def asked() -> Iterator[list[str]]:
    """The statements that are run inside."""
    found: list[str] = []

    def note(connection: object, cursor: object, statement: str, *rest: object) -> None:
        found.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    yield found
    event.remove(db.engine, "before_cursor_execute", note)


def test_it_says_when_the_chain_was_walked_and_that_it_held(app: Flask, at: datetime) -> None:
    assert "Nobody has walked it here yet." in shown(app, ADMIN)
    found = walks.walk(at=at)
    words = shown(app, ADMIN)
    assert f"all of {found.count} entr" in words and found.digest in words and "sitelog verify" in words


def test_it_says_where_the_chain_is_broken(app: Flask, at: datetime) -> None:
    arrive(at)
    db.session.rollback()
    with db.engine.begin() as connection:
        connection.execute(text("DROP TRIGGER link_no_update"))
        connection.execute(text("UPDATE link SET actor = 'S09' WHERE seq = 2"))
    with pytest.raises(Broken):
        walks.walk(at=at)
    assert "broken at entry 2" in shown(app, LEAD)


def test_every_noun_that_entries_are_about_can_be_asked_for() -> None:
    appended = {kind.partition(".")[0] for kind in kinds()}
    assert appended - journal.NOUNS.keys() == set(), (
        "entries are made of these: NOUNS of trail/journal.py lacks them"
    )
    assert journal.NOUNS.keys() - appended == set(), "no verb makes an entry about these"


def test_every_noun_is_told_in_the_words_of_its_feature(app: Flask) -> None:
    voices = app.extensions["sitelog.trail.voices"].keys()
    dumb = journal.NOUNS.keys() - voices - NOT_TOLD.keys()
    assert dumb == set(), "say in whose words: TELLERS of board/feed.py, else _tell_trail of app.py"
    assert voices - journal.NOUNS.keys() == set(), "NOUNS of trail/journal.py lacks them"
    assert NOT_TOLD.keys() <= journal.NOUNS.keys() - voices


def test_a_noun_leads_to_a_page_that_is_there(app: Flask) -> None:
    pages = {code: noun.page.replace("%s", "X0001") for code, noun in journal.NOUNS.items() if noun.page}
    routes = app.url_map.bind("")
    assert {code: page for code, page in pages.items() if not routes.test(page)} == {}


def test_links_cut_off_the_end_are_missed_by_an_earlier_walk_and_by_what_was_published(
    app: Flask, at: datetime
) -> None:
    arrive(at)
    digest = walks.walk(at=at).digest
    assert walks.link_of(digest).seq == queries.last_seq()  # type: ignore[union-attr]
    assert walks.link_of("00" * 32) is None and walks.link_of("no digest") is None
    walks.witnessed_by(app, lambda: [walks.Witness(queries.last_seq() + 1, digest, "daily-v1.pdf")])
    with pytest.raises(Broken, match=r"daily-v1\.pdf"):
        walks.walk(at=at)
    walks.witnessed_by(app, tuple)
    db.session.rollback()
    with db.engine.begin() as connection:
        connection.execute(text("UPDATE walk SET links = links + 1 WHERE links IS NOT NULL"))
    with pytest.raises(Broken, match="the walk of"):
        walks.walk(at=at)


def test_a_handle_found_by_the_words_of_another_is_told(app: Flask, at: datetime) -> None:
    in_aftercare(at, handle=HANDLE)
    walks.walk(at=at)
    db.session.execute(text("UPDATE handle SET normalised = 'heron 42'"))
    db.session.commit()
    with pytest.raises(Broken, match="words that are not theirs"):
        walks.walk(at=at)
