"""Drug alerts through their verbs: written, read by name, ended, reworded, taken back."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import event, text

from sitelog.alerts import actions, facts, queries, rules
from sitelog.alerts.models import AlertWords
from sitelog.alerts.rules import Alert, Standing
from sitelog.board import actions as board
from sitelog.board import feed
from sitelog.ground.access import Actor, Role
from sitelog.ground.days import Window
from sitelog.ground.errors import Broken, Conflict, Forbidden, Refused, Unknown
from sitelog.ground.facts import Grain
from sitelog.site import queries as site
from sitelog.store.db import db
from sitelog.trail import queries as trail
from sitelog.trail.models import Link
from sitelog.trail.verify import verify
from tests.factories import arrive, said
from tests.incidents.conftest import JOEL

TODAY = date(2026, 11, 17)
PURPLE = Alert("Purple “down”: medetomidine", "Oxygen first, count breaths.", TODAY, TODAY)


def standing(at: datetime) -> list[Standing]:
    return queries.standing(trail.last_seq(), at)


def read(at: datetime, by: Actor = JOEL) -> Link:
    (one,) = standing(at)
    return actions.read(one.ref, one.seq, **said(at, by))


@contextmanager
def statements() -> Iterator[list[str]]:
    """What is asked of the database meanwhile."""
    asked: list[str] = []

    def keep(connection: object, cursor: object, statement: str, *_: object) -> None:
        asked.append(statement)

    event.listen(db.engine, "before_cursor_execute", keep)
    yield asked
    event.remove(db.engine, "before_cursor_execute", keep)


def test_an_alert_stands_until_the_site_s_day_ends(app: Flask, at: datetime) -> None:
    assert actions.write(PURPLE, **said(at)).ref == "A0001"
    (one,) = standing(at)
    assert (one.what, one.advice, one.author) == (PURPLE.what, PURPLE.advice, "S01")
    end = datetime(2026, 11, 18, 9, tzinfo=one.ends_at.tzinfo if one.ends_at else None)  # 04:00 in Toronto
    assert one.ends_at == end
    assert standing(end - timedelta(seconds=1)) and not standing(end)
    assert [told.ended_at for told in queries.told(end)] == [end]


def test_it_is_unread_until_each_says_so(app: Flask, at: datetime, nurse: Actor) -> None:
    actions.write(PURPLE, **said(at))
    assert rules.unread(standing(at), JOEL.ref) and not rules.unread(standing(at), nurse.ref)
    read(at + timedelta(minutes=3))
    assert not rules.unread(standing(at), JOEL.ref)
    assert standing(at)[0].readings == ((JOEL.ref, at + timedelta(minutes=3)),)


def test_reading_twice_is_one_reading(app: Flask, at: datetime) -> None:
    actions.write(PURPLE, **said(at))
    first, again = read(at), read(at + timedelta(minutes=5))
    assert first.seq == again.seq
    assert len(standing(at)[0].readings) == 1


def test_a_reworded_alert_is_read_again_and_both_versions_stay(app: Flask, at: datetime) -> None:
    row = actions.write(PURPLE, **said(at))
    seen = standing(at)[0].seq
    read(at)
    again = Alert("Purple and grey “down”", "Oxygen first.", TODAY)
    actions.amend(row.link_seq, again, **said(at), reason="wrong_amount")
    (one,) = standing(at)
    assert (one.what, one.ends_at, one.readings) == ("Purple and grey “down”", None, ())
    with pytest.raises(Conflict):
        actions.read(one.ref, seen, **said(at, JOEL))
    was = queries.as_written(trail.link(row.link_seq))
    assert was == PURPLE
    assert verify().count == trail.last_seq()


def test_it_is_ended_by_hand_once(app: Flask, at: datetime, nurse: Actor) -> None:
    actions.write(PURPLE, **said(at))
    link = actions.end("A0001", **said(at))
    assert standing(at) == []
    with pytest.raises(Conflict):
        actions.end("A0001", **said(at))
    actions.strike(link.seq, by=nurse, at=at)
    assert [one.ref for one in standing(at)] == ["A0001"]


def test_what_ended_by_itself_is_not_ended_again(app: Flask, at: datetime) -> None:
    actions.write(PURPLE, **said(at))
    with pytest.raises(Conflict):
        actions.end("A0001", **said(at + timedelta(days=1)))


def test_a_struck_alert_is_on_no_screen(app: Flask, at: datetime, nurse: Actor) -> None:
    row = actions.write(PURPLE, **said(at))
    actions.strike(row.link_seq, by=nurse, at=at)
    assert standing(at) == [] and queries.told(at) == []
    with pytest.raises(Unknown):
        actions.read("A0001", row.link_seq, **said(at, JOEL))


def test_undo_takes_back_the_reading_that_was_mine(app: Flask, at: datetime) -> None:
    actions.write(PURPLE, **said(at))
    read(at)
    board.undo(by=JOEL, at=at + timedelta(seconds=20))
    assert rules.unread(standing(at), JOEL.ref)
    assert read(at).seq == trail.last_seq()


def test_only_the_text_of_an_alert_can_be_reworded(app: Flask, at: datetime) -> None:
    actions.write(PURPLE, **said(at))
    seq = read(at).seq
    with pytest.raises(Refused):
        actions.amend(seq, PURPLE, **said(at, JOEL), reason="other")


def test_nobody_rewords_what_somebody_else_wrote(app: Flask, at: datetime, lead: Actor) -> None:
    row = actions.write(PURPLE, **said(at))
    with pytest.raises(Forbidden):
        actions.strike(row.link_seq, by=Actor("S09", "Other nurse", "ON", Role.NURSE), at=at)
    actions.amend(row.link_seq, PURPLE, **said(at, lead), reason="other")


def test_an_entry_about_something_else_is_not_touched(app: Flask, at: datetime, nurse: Actor) -> None:
    arrive(at)
    with pytest.raises(Refused):
        actions.strike(trail.last_seq(), by=nurse, at=at)


def test_a_double_tap_is_one_alert(app: Flask, at: datetime) -> None:
    refs = {actions.write(PURPLE, **said(at), token="a" * 32).ref for _ in range(2)}
    assert refs == {"A0001"} and len(standing(at)) == 1


def test_the_page_asks_the_database_nothing_while_nothing_is_entered(app: Flask, at: datetime) -> None:
    actions.write(PURPLE, **said(at))
    seq = trail.last_seq()
    queries.standing(seq, at)
    with statements() as asked:
        assert queries.standing(seq, at)
    assert asked == []


def test_other_entries_cost_one_look_at_the_newest_alert(app: Flask, at: datetime) -> None:
    actions.write(PURPLE, **said(at))
    queries.standing(trail.last_seq(), at)
    arrive(at)
    seq = trail.last_seq()
    with statements() as asked:
        assert queries.standing(seq, at)
    assert len(asked) == 1


def test_the_words_can_be_erased_and_the_chain_still_holds(app: Flask, at: datetime, nurse: Actor) -> None:
    actions.write(PURPLE, **said(at))
    db.session.query(AlertWords).delete()
    db.session.commit()
    assert verify().count == trail.last_seq()
    arrive(at)
    (entry,) = [one for one in feed.last_entries(nurse, at) if one.now and "A0001" in str(one.now.values)]
    assert entry.now and entry.now.values["what"] == "its words were erased"


def test_words_that_were_changed_are_found(app: Flask, at: datetime) -> None:
    actions.write(PURPLE, **said(at))
    db.session.execute(text("UPDATE drug_alert_words SET text = 'all is well'"))
    db.session.commit()
    with pytest.raises(Broken):
        verify()


def test_no_word_of_an_alert_is_in_the_chain(app: Flask, at: datetime) -> None:
    actions.write(PURPLE, **said(at))
    kept = db.session.execute(text("SELECT * FROM drug_alert")).all()
    assert "medetomidine" not in str(kept)


def test_an_alert_is_counted_once_however_often_it_is_reworded(app: Flask, at: datetime) -> None:
    row = actions.write(PURPLE, **said(at))
    actions.amend(row.link_seq, PURPLE, **said(at), reason="other")
    book = site.book()
    window = Window(at, at + timedelta(hours=1))
    found = list(facts.facts(window, Grain(book.calendar, book.bands, str)))
    assert [fact.measure for fact in found] == ["drug_alerts"]
