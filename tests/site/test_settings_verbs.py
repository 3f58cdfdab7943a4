"""Changing what is set: versions with a day, undo, both versions kept, and the chain that holds them."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask

from sitelog.ground.access import Actor
from sitelog.ground.errors import Conflict, Refused, Unknown
from sitelog.site import actions, changes, history, queries, topics
from sitelog.store.db import db
from sitelog.store.transaction import transaction
from sitelog.trail import queries as trail
from sitelog.trail.verify import verify

pytestmark = pytest.mark.usefixtures("the_evening", "app")
DECEMBER = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)


def label(code: str = "down", instant: datetime | None = None) -> str:
    db.session.remove()
    book = queries.book() if instant is None else queries.book_at(instant)
    return book.label("substance", code)


def relabel(words: str, lead: Actor, at: datetime, code: str = "down", **more: object) -> int:
    return actions.say_anew("substance", code, {"label": words}, by=lead, at=at, **more).seq


def test_a_change_holds_from_now_on_and_the_day_before_keeps_its_word(lead: Actor, at: datetime) -> None:
    relabel("Dope", lead, at)
    assert label() == "Dope"
    assert label(instant=at - timedelta(hours=1)) == "Down"
    assert label(instant=datetime(2020, 1, 1, tzinfo=UTC)) == "Down", "what was set up first held before too"
    assert verify().count == trail.last_seq()


def test_a_planned_change_begins_on_its_day_without_a_restart(lead: Actor, at: datetime) -> None:
    relabel("Dope", lead, at, valid_from=DECEMBER)
    assert (label(), queries.book().until) == ("Down", DECEMBER)
    with time_machine.travel(DECEMBER, tick=False):
        assert (label(), queries.book().until) == ("Dope", None)
    assert (label(instant=at), label(instant=DECEMBER)) == ("Down", "Dope")


def test_a_change_made_while_another_is_planned_is_still_there_when_that_begins(
    lead: Actor, at: datetime
) -> None:
    relabel("Dope", lead, at, valid_from=DECEMBER)
    relabel("Tina", lead, at, code="crystal")
    assert (label("down", DECEMBER), label("crystal", DECEMBER)) == ("Dope", "Tina")
    assert (label("down"), label("crystal")) == ("Down", "Tina")


def test_a_change_that_was_not_kept_is_in_nobodys_book(lead: Actor, at: datetime) -> None:
    with pytest.raises(LookupError), transaction():
        relabel("Dope", lead, at)
        assert queries.book_at(at + timedelta(hours=1)).label("substance", "down") == "Dope"
        raise LookupError
    relabel("Tina", lead, at, code="crystal")
    assert (label("down"), label("crystal")) == ("Down", "Tina")


def test_undo_puts_back_what_was_there_as_a_new_version(lead: Actor, at: datetime) -> None:
    seq = relabel("Dope", lead, at)
    later = at + timedelta(hours=1)
    with time_machine.travel(later, tick=False):
        actions.undo_change(seq, by=lead, at=later)
        assert label() == "Down"
        assert label(instant=at) == "Dope", "for that hour the change did hold"
        with pytest.raises(Conflict):
            actions.undo_change(seq, by=lead, at=later)


def test_what_was_planned_can_be_taken_back_before_its_day(lead: Actor, at: datetime) -> None:
    seq = relabel("Dope", lead, at, valid_from=DECEMBER)
    topic = topics.topic_of(history.values_of(history.versions(), at), "substance")
    assert len(changes.planned(topic, at)) == 1
    actions.undo_change(seq, by=lead, at=at)
    assert label(instant=DECEMBER) == "Down"
    assert changes.planned(topic, at) == []


def test_what_was_changed_again_is_taken_back_in_turn(lead: Actor, at: datetime) -> None:
    first, second = relabel("Dope", lead, at), relabel("Horse", lead, at)
    with pytest.raises(Conflict, match=str(second)):
        actions.undo_change(first, by=lead, at=at)
    actions.undo_change(second, by=lead, at=at)
    assert label() == "Dope"


def test_the_first_setting_up_and_other_entries_cannot_be_taken_back(lead: Actor, at: datetime) -> None:
    with pytest.raises(Conflict):
        actions.undo_change(1, by=lead, at=at)
    with pytest.raises(Unknown):
        actions.undo_change(999, by=lead, at=at)


def test_a_code_is_never_given_twice(lead: Actor, at: datetime) -> None:
    new = {"label": "Tea", "group": "other", "table": "other"}
    actions.add("substance", new, by=lead, at=at)
    actions.retire("substance", "tea", by=lead, at=at)
    actions.add("substance", new, by=lead, at=at)
    codes = [word.code for word in queries.book().choices("substance", retired=True)]
    assert codes.count("tea") == codes.count("tea_2") == 1
    with pytest.raises(Refused, match="already"):
        actions.bring_back("substance", "tea", by=lead, at=at)


def test_the_last_word_of_a_list_cannot_be_retired(lead: Actor, at: datetime) -> None:
    for code in ("counted", "said", "container"):
        actions.retire("return_method", code, by=lead, at=at)
    with pytest.raises(Refused):
        actions.retire("return_method", "weight", by=lead, at=at)


def test_a_word_keeps_what_its_list_does_not_show(lead: Actor, at: datetime) -> None:
    actions.say_anew("oxygen_device", "simple_mask", {"label": "Mask"}, by=lead, at=at)
    word = queries.book().choice("oxygen_device", "simple_mask")
    assert (word.label, word.data) == ("Mask", {"litres_per_minute": 10})


def test_who_changed_what_is_told_with_before_and_after(lead: Actor, at: datetime) -> None:
    actions.say_anew("places", "3", {"limit_minutes": 30}, by=lead, at=at, note="asked for by the team")
    newest = changes.changes(at)[0]
    (line,) = newest.lines
    assert (newest.by, newest.titles, line.what, line.was, line.now) == (
        lead.ref,
        ("Places",),
        "Booth 3",
        ("25",),
        ("30",),
    )
    assert trail.notes([newest.seq]) == {newest.seq: "asked for by the team"}


def test_a_change_that_changes_nothing_is_no_entry(lead: Actor, at: datetime) -> None:
    before = trail.last_seq()
    with pytest.raises(Refused):
        relabel("Down", lead, at)
    assert trail.last_seq() == before


def test_a_clock_that_was_set_back_takes_no_change_away(app: Flask, lead: Actor, at: datetime) -> None:
    relabel("Dope", lead, at)
    back = at - timedelta(minutes=5)
    with time_machine.travel(back, tick=False):
        relabel("Horse", lead, back)
        assert label() == "Horse"


def test_limits_keys_and_small_numbers_are_changed_by_name(lead: Actor, at: datetime) -> None:
    actions.set_values("limits", {"wait_minutes": 20}, by=lead, at=at)
    actions.set_values("keys", {"arrive": "q"}, by=lead, at=at)
    actions.say_anew("audiences", "funder", {"preset": "us-cms", "k": 12}, by=lead, at=at)
    book = queries.book()
    assert (book.limit("wait_minutes"), book.limit("undo_seconds")) == (20, 120)
    assert book.keys_pressed == {"a": "", "q": "a"}
    assert book.policy("audiences")["funder"]["k"] == 12


def test_a_change_whose_letter_was_given_away_since_is_not_taken_back(lead: Actor, at: datetime) -> None:
    moved = actions.set_values("keys", {"arrive": "q"}, by=lead, at=at)
    annex = {"code": "A", "label": "Annex", "kind": "other", "limit_minutes": 20, "check_minutes": 5}
    actions.add("places", annex, by=lead, at=at)
    with pytest.raises(Refused, match="Annex"):
        actions.undo_change(moved.seq, by=lead, at=at)
    assert queries.book().keys_pressed == {"a": "", "q": "a"}
    assert queries.book().place("A").room == "other"
