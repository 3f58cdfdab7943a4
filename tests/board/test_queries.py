"""What the board reads: who is where, what comes next, and how many reads that takes."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask, current_app
from sqlalchemy import event

from sitelog.board import actions, feed, queries
from sitelog.board.house import REGIONS, Card
from sitelog.ground.access import Actor
from sitelog.ground.errors import Conflict, Refused
from sitelog.incidents import actions as incidents
from sitelog.incidents.rules import Happening, Words
from sitelog.people import actions as people
from sitelog.people.corrections import check_changeable
from sitelog.referrals import actions as referrals
from sitelog.responses import actions as responses
from sitelog.site import actions as site
from sitelog.store.db import db
from sitelog.trail import queries as trail
from sitelog.visits import actions as visits
from tests.board.scene import LEAD, NURSE, OTHER, evening
from tests.factories import DOWN, arrive, in_aftercare, referral_offered, register, said, seated

# With responses running and every kind of entry in the feed; a constant, not a function of the crowd.
# One is of the site's book, which so far only transactions have read: what they read is kept by nobody.
READS_OF_THE_HOUSE = 34
READS_OF_THE_FEED = 24


@contextmanager
def reads() -> Iterator[list[str]]:
    """The statements sent to the database."""
    sent: list[str] = []

    def count(connection: object, cursor: object, statement: str, *_: object) -> None:
        if statement.startswith("SELECT"):
            sent.append(statement)

    db.session.remove()
    for kept in [name for name in current_app.extensions if name.startswith("sitelog.board.")]:
        del current_app.extensions[kept]
    event.listen(db.engine, "before_cursor_execute", count)
    yield sent
    event.remove(db.engine, "before_cursor_execute", count)


def test_the_busy_evening_reads_as_drawn(busy: datetime) -> None:
    house = queries.house(busy)
    cards = {card.place.code: card for room in house.rooms for card in room.cards}
    assert {code: card.seen.state for code, card in cards.items()} == {
        "1": "in_use",
        "2": "check_due",
        "3": "response",
        "4": "over_time",
        "5": "free",
        "6": "in_use",
        "7": "out_of_service",
        "8": "in_use",
        "X": "check_late",
        "Y": "response",
        "Z": "free",
    }
    assert [wait.present.who for wait in house.waiting][:1] == ["two-tone"]
    assert {wait.present.who: wait.seat.code for wait in house.waiting if wait.seat} == {
        "two-tone": "5",
        "Anon 1": "Z",
    }
    assert [after.seen.card for after in house.aftercare] == ["done", ""]
    assert [(one.response.place_code, one.key) for one in house.running] == [("3", "F2"), ("Y", "F4")]
    assert [(room.used, room.open) for room in house.rooms] == [(6, 7), (2, 3)]


def test_ten_times_the_people_take_no_more_reads(app: Flask, stands_still: datetime) -> None:
    now = stands_still
    evening(now)
    tries: tuple[tuple[Callable[[], object], int], ...] = (
        (lambda: queries.house(now), READS_OF_THE_HOUSE),
        (lambda: feed.last_entries(NURSE, now), READS_OF_THE_FEED),
    )
    few = []
    for read, bound in tries:
        with reads() as sent:
            read()
        assert len(sent) <= bound
        few.append(len(sent))
    for n in range(40):
        arrive(now - timedelta(minutes=n), f"more-{n}")
    for (read, _), before in zip(tries, few, strict=True):
        with reads() as sent:
            read()
        assert len(sent) <= before


def test_a_second_screen_reads_nothing_again_until_something_changes(
    app: Flask, stands_still: datetime
) -> None:
    evening(stands_still)
    first = queries.house(stands_still)
    with reads() as sent:
        fresh = queries.house(stands_still)
        many = len(sent)
        assert queries.house(stands_still) is fresh
        assert len(sent) == many + 1
    assert fresh == first
    until = min(filter(None, (fresh.next_change(region) for region in REGIONS)))
    assert queries.house(until) is not fresh
    arrive(stands_still, "one-more")
    assert len(queries.house(stands_still).waiting) == len(fresh.waiting) + 1


def test_a_move_puts_no_check_off_and_the_minutes_begin_anew(app: Flask, at: datetime) -> None:
    def card() -> Card:
        return queries.house(at).rooms[0].cards[1]

    ref = seated(at - timedelta(minutes=20), "1", "pike")
    visits.move(ref, "2", **said(at - timedelta(minutes=2)))
    assert str(card().seen.words) == "Check 15 min late" and not card().checked
    visits.check(ref, **said(at - timedelta(minutes=6)))
    assert str(card().seen.words) == "Check 1 min late" and card().checked
    assert card().sitting and card().sitting.since == at - timedelta(minutes=2)


def test_a_check_of_an_earlier_use_is_none_of_this_one(app: Flask, at: datetime) -> None:
    ref = in_aftercare(at - timedelta(minutes=20), "1", "pike")
    visits.check(ref, **said(at - timedelta(minutes=16)))
    visits.use_again(ref, DOWN.items, "2", **said(at - timedelta(minutes=2)))
    card = queries.house(at).rooms[0].cards[1]
    assert str(card.seen.words) == "First check in 3 min"


def test_after_a_response_aftercare_is_longer(app: Flask, at: datetime) -> None:
    ref = seated(at - timedelta(minutes=40), "1", "birch-2")
    response = responses.start("place", "1", **said(at - timedelta(minutes=30)))
    responses.to_aftercare(response.ref, **said(at - timedelta(minutes=19)))
    in_aftercare(at - timedelta(minutes=16), "2", "moss")
    after = {one.present.who: one for one in queries.house(at).aftercare}
    assert after["birch-2"].present.ref == ref
    assert (after["birch-2"].seen.card, str(after["birch-2"].seen.words)) == (
        "due",
        "After response: obs due",
    )
    assert after["moss"].seen.card == "due"


def test_how_often_to_look_after_a_response_is_a_limit_of_its_own(app: Flask, at: datetime) -> None:
    limits = {"aftercare_check_minutes": 10, "aftercare_after_response_check_minutes": 5}
    site.set_values("limits", limits, by=LEAD, at=at - timedelta(hours=1))
    seated(at - timedelta(minutes=30), "1", "birch-2")
    response = responses.start("place", "1", **said(at - timedelta(minutes=20)))
    responses.to_aftercare(response.ref, **said(at - timedelta(minutes=6)))
    in_aftercare(at - timedelta(minutes=6), "2", "moss")
    cards = {one.present.who: one.seen.card for one in queries.house(at).aftercare}
    assert cards == {"birch-2": "due", "moss": ""}


def test_an_empty_house_is_all_free(app: Flask, at: datetime) -> None:
    house = queries.house(at)
    assert {card.seen.state for room in house.rooms for card in room.cards} == {"free"}
    assert house.waiting == house.aftercare == house.running == ()
    assert all(house.next_change(region) is None for region in REGIONS)


def freed(at: datetime) -> dict[str, tuple[datetime, str]]:
    """The free places of which the log knows since when, and by whom."""
    cards = [card for room in queries.house(at).rooms for card in room.cards]
    return {card.place.code: (card.freed.at, card.freed.by) for card in cards if card.freed}


def test_a_free_place_says_since_when_and_who_freed_it(app: Flask, at: datetime) -> None:
    def ago(minutes: int, by: Actor = NURSE) -> dict[str, Any]:
        return said(at - timedelta(minutes=minutes), by)

    assert freed(at) == {}
    ref = seated(at - timedelta(minutes=40), "1", "pike")
    seated(at - timedelta(minutes=40), "4", "moss")
    visits.move(ref, "2", **ago(30))
    visits.to_aftercare(ref, **ago(20, OTHER))
    one, two = (at - timedelta(minutes=30), NURSE.ref), (at - timedelta(minutes=20), OTHER.ref)
    assert freed(at) == {"1": one, "2": two}
    again = seated(at - timedelta(minutes=15), "1", "rue-88")
    assert freed(at) == {"2": two}
    visits.leave(again, **ago(5))
    site.take_out_of_service("2", "cleaning", **ago(4))
    assert freed(at) == {"1": (at - timedelta(minutes=5), NURSE.ref)}
    site.put_back_in_service("2", **ago(3))
    assert freed(at)["2"] == (at - timedelta(minutes=3), NURSE.ref)


def entries(at: datetime, who: object = NURSE) -> list[feed.Entry]:
    return feed.last_entries(who, at)  # type: ignore[arg-type]


def test_my_newest_entry_can_be_undone_for_two_minutes(app: Flask, at: datetime) -> None:
    arrive(at, "pike")
    assert entries(at)[0].undo_until == at + timedelta(minutes=2)
    assert entries(at + timedelta(seconds=119))[0].undo_until
    assert entries(at + timedelta(minutes=2))[0].undo_until is None
    assert entries(at, OTHER)[0].undo_until is None


def test_what_was_undone_stays_readable_struck_through(app: Flask, at: datetime) -> None:
    ref = seated(at, "3", "pike")
    visits.check(ref, **said(at))
    said_before = entries(at)[0].now
    actions.undo(by=NURSE, at=at)
    first = entries(at)[0]
    assert first.now is None and first.was == said_before
    assert len([entry for entry in entries(at) if entry.now == said_before]) == 0


def test_undo_takes_back_only_ones_own_newest_entry(app: Flask, at: datetime) -> None:
    arrive(at, "pike")
    mine = trail.last_seq()
    with pytest.raises(Conflict):
        actions.undo(by=OTHER, at=at)
    arrive(at, "rue-88", by=OTHER)
    with pytest.raises(Conflict):
        actions.undo(by=OTHER, at=at, seq=mine)
    actions.undo(by=NURSE, at=at, seq=mine, token="a" * 32)
    after = trail.last_seq()
    actions.undo(by=NURSE, at=at, seq=mine, token="a" * 32)
    assert trail.last_seq() == after
    with pytest.raises(Conflict):
        actions.undo(by=OTHER, at=at + timedelta(minutes=3))


def test_a_note_is_kept_where_it_can_be_erased_and_can_be_written_anew(app: Flask, at: datetime) -> None:
    link = actions.note("Fan in Y is loud", **said(at))
    assert "Fan" not in f"{link.kind} {link.subject} {link.reason}"
    assert dict(entries(at)[0].now.values) == {"words": "Fan in Y is loud"}
    actions.amend_note(link.seq, "Fan in X is loud", reason="wrong_place", **said(at))
    first = entries(at)[0]
    assert dict(first.now.values) == {"words": "Fan in X is loud"}
    assert dict(first.was.values) == {"words": "Fan in Y is loud"}
    with pytest.raises(Refused):
        actions.note("  ", **said(at))


def test_a_note_whose_words_were_erased_is_neither_amended_nor_undone(app: Flask, at: datetime) -> None:
    people.forget(register("moss", at), [actions.note("moss sleeps", **said(at)).seq], **said(at, LEAD))
    note = next(entry for entry in entries(at, LEAD) if "erased" in entry.now.text and not entry.now.values)
    assert (note.amend_url, note.undo_until) == ("", None)
    with pytest.raises(Conflict):
        actions.amend_note(note.seq, "moss snores", reason="other", **said(at, LEAD))
    with pytest.raises(Conflict):
        actions.undo(by=NURSE, at=at)


@pytest.mark.parametrize("noun", ["response", "incident", "referral"])
def test_a_note_about_anything_is_not_amended_once_its_words_were_erased(
    app: Flask, at: datetime, noun: str
) -> None:
    ref = register("moss", at)
    visit = arrive(at, person=ref).ref
    visits.seat(visit, "3", **said(at))
    made = responses.start("place", "3", visit, **said(at)).ref
    told = incidents.log(Happening("other", ties=[visit]), **said(at)).ref
    offered = referral_offered(at, visit=visit)
    responses.note(made, "heron", **said(at))
    incidents.write(told, Words("heron"), **said(at))
    referrals.note(offered, "heron", **said(at))
    before = [one for one in entries(at, LEAD) if one.amend_url]
    people.forget(ref, **said(at, LEAD))
    after = {one.seq: one for one in entries(at, LEAD)}
    links = [trail.link(one.seq) for one in before]
    noted = next(link for link in links if link.kind == f"{noun}.noted")
    assert after[noted.seq].now.final and after[noted.seq].amend_url == ""
    assert [one for one in after.values() if one.amend_url], "what happened can be corrected still"


def test_nothing_of_the_register_from_before_somebody_was_forgotten_is_offered_to_amend(
    app: Flask, at: datetime
) -> None:
    ref, other = register("moss", at), register("pike", at)
    for one in (ref, other):
        people.set_alert(one, "allergy", **said(at))
    people.forget(ref, **said(at, LEAD))
    people.set_alert(ref, "allergy", **said(at))
    offered = [trail.link(one.seq) for one in entries(at, LEAD) if one.amend_url]
    assert [(link.subject, link.verb) for link in offered] == [
        (ref, "alert_set"),
        (other, "alert_set"),
        (other, "registered"),
    ]
    for link in offered:
        check_changeable(link.seq, LEAD)


def test_amend_is_offered_on_ones_own_entries_and_to_the_lead_on_all(app: Flask, at: datetime) -> None:
    arrive(at, "pike")
    assert entries(at)[0].amend_url == f"/visits/entries/{entries(at)[0].seq}/amend"
    assert entries(at, OTHER)[0].amend_url == ""
    assert entries(at, LEAD)[0].amend_url
