"""Amend and strike: both versions stay, and nothing impossible is left behind."""

from datetime import datetime, timedelta

import pytest
from flask import Flask

from sitelog.ground.access import Actor, Role
from sitelog.ground.errors import Conflict, Forbidden, Refused, Unknown
from sitelog.site import actions as site
from sitelog.trail import queries as trail
from sitelog.trail.verify import verify
from sitelog.visits import actions, corrections, queries
from sitelog.visits.rules import Asked, Change, Item
from tests.factories import DOWN, arrive, register, said, seated

MINUTE = timedelta(minutes=1)
OTHER_NURSE = Actor("S05", "Joel T.", "JT", Role.NURSE)
LEAD = Actor("S02", "Marc D.", "MD", Role.LEAD)


def words(at: datetime, by: Actor | None = None) -> dict[str, object]:
    return {"by": by or said(at)["by"], "at": at}


def told(seq: int) -> str:
    sentence = queries.sentences([trail.link(seq)])[seq]
    return sentence.text % sentence.values


def test_a_wrong_time_is_said_anew_and_the_old_one_stays(app: Flask, at: datetime) -> None:
    ref = seated(at, "3", "moss")
    looked = actions.check(ref, **said(at + 5 * MINUTE))
    link = corrections.amend(
        looked.link_seq, Change(), happened_at=at + 3 * MINUTE, **words(at + 6 * MINUTE), reason="wrong_time"
    )
    assert queries.at_place("3").last_check.at == at + 3 * MINUTE
    assert (link.kind, link.amends, link.reason) == ("visit.amended", looked.link_seq, "wrong_time")
    sentence = queries.sentences([link])[link.seq]
    assert (sentence.text % sentence.values, sentence.was) == ("Check 3: looks well, talking", "18:47")
    assert len(corrections.rows_on(trail.link(looked.link_seq))) == 1
    verify()


def test_a_wrong_substance_is_corrected_at_the_door(app: Flask, at: datetime) -> None:
    came = arrive(at, "moss")
    asked = Asked((Item("crystal", "smoke"),), splitting=True)
    link = corrections.amend(came.link_seq, Change(asked), happened_at=at, **words(at), reason="wrong_amount")
    one = queries.present(came.ref)
    assert (one.substances, one.routes, one.flags) == (("crystal",), ("smoke",), ("splitting",))
    assert told(link.seq) == "moss arrived: Crystal · smoke"
    assert told(came.link_seq) == "moss arrived: Down · inject"


def test_an_arrival_entered_as_a_service_becomes_a_wait(app: Flask, at: datetime) -> None:
    came = arrive(at, "moss", Asked(purpose="service"))
    corrections.amend(came.link_seq, Change(DOWN), happened_at=at, **words(at))
    assert queries.present(came.ref).area == "waiting"


def test_the_wrong_person_is_put_right(app: Flask, at: datetime) -> None:
    right = register("mariposa", at)
    came = arrive(at, "marigold")
    corrections.amend(came.link_seq, Change(person=right), happened_at=at, **words(at))
    assert queries.present(came.ref).who == "mariposa"
    link = queries.visit(came.ref).seq
    corrections.amend(link, Change(person=""), happened_at=at, **words(at))
    assert queries.present(came.ref).who == "Anon 1"


def test_amending_the_arrival_does_not_move_who_sits_already(app: Flask, at: datetime) -> None:
    ref = seated(at, "3", "moss")
    corrections.amend(queries.visit(ref).seq, Change(DOWN), happened_at=at, **words(at))
    assert queries.at_place("3").who == "moss"


def test_the_wrong_place_is_put_right_unless_somebody_sits_there(app: Flask, at: datetime) -> None:
    ref = seated(at, "3", "moss")
    seated(at, "4", "pike")
    seq = next(link.seq for link in queries.entries_of(ref) if link.verb == "seated")
    with pytest.raises(Conflict, match="Booth 4 was taken by pike"):
        corrections.amend(seq, Change(place_code="4"), happened_at=at, **words(at))
    corrections.amend(seq, Change(place_code="5"), happened_at=at, **words(at))
    assert queries.at_place("5").who == "moss"
    assert queries.at_place("3") is None


def test_an_entry_is_amended_once_and_the_second_is_told_of_the_newer(app: Flask, at: datetime) -> None:
    looked = actions.check(seated(at, "3", "moss"), **said(at))
    newer = corrections.amend(looked.link_seq, Change(looks="drowsy"), happened_at=at, **words(at))
    with pytest.raises(Conflict, match=f"entry {newer.seq}"):
        corrections.amend(looked.link_seq, Change(looks="asleep"), happened_at=at, **words(at))
    again = corrections.amend(newer.seq, Change(looks="asleep"), happened_at=at, **words(at))
    assert told(again.seq) == "Check 3: asleep, breathing fine"


def test_an_arrival_cannot_be_moved_behind_what_followed(app: Flask, at: datetime) -> None:
    came = arrive(at, "moss")
    actions.seat(came.ref, "3", **said(at + 5 * MINUTE))
    with pytest.raises(Refused):
        corrections.amend(came.link_seq, Change(), happened_at=at + 6 * MINUTE, **words(at + 9 * MINUTE))


def test_striking_the_seat_puts_the_person_back_on_the_list(app: Flask, at: datetime) -> None:
    came = arrive(at, "moss")
    stay = actions.seat(came.ref, "3", **said(at))
    corrections.strike(stay.link_seq, **words(at), reason="did_not_happen")
    assert queries.present(came.ref).area == "waiting"
    assert queries.present(came.ref).episodes == 0


def test_striking_does_not_put_two_people_in_one_place(app: Flask, at: datetime) -> None:
    ref = seated(at, "3", "moss")
    gone = actions.to_aftercare(ref, **said(at + MINUTE))
    seated(at + 2 * MINUTE, "3", "pike")
    with pytest.raises(Conflict, match="taken by pike"):
        corrections.strike(gone.link_seq, **words(at + 3 * MINUTE))
    assert queries.present(ref).area == "aftercare"


def test_a_struck_leaving_brings_the_person_back_unless_they_are_here_again(app: Flask, at: datetime) -> None:
    ref = register("moss", at)
    first = arrive(at, person=ref)
    gone = actions.leave(first.ref, **said(at + MINUTE))
    second = arrive(at + 2 * MINUTE, person=ref)
    with pytest.raises(Conflict, match=second.ref):
        corrections.strike(gone.link_seq, **words(at + 3 * MINUTE))
    corrections.strike(second.link_seq, **words(at + 3 * MINUTE))
    corrections.strike(gone.link_seq, **words(at + 3 * MINUTE))
    assert [one.ref for one in queries.in_house(at)] == [first.ref]


def test_with_the_arrival_goes_the_whole_visit(app: Flask, at: datetime) -> None:
    ref = seated(at, "3", "moss")
    actions.check(ref, **said(at))
    corrections.strike(queries.visit(ref).seq, **words(at), reason="entered_twice")
    assert queries.in_house(at) == []
    with pytest.raises(Conflict, match="did not happen"):
        queries.visit(ref)
    assert [line.later.verb for line in queries.timeline(ref)] == ["struck"] * 3
    verify()


def test_a_striking_is_not_struck(app: Flask, at: datetime) -> None:
    looked = actions.check(seated(at, "3", "moss"), **said(at))
    link = corrections.strike(looked.link_seq, **words(at))
    with pytest.raises(Conflict):
        corrections.strike(link.seq, **words(at))


def test_a_double_tap_strikes_once(app: Flask, at: datetime) -> None:
    looked = actions.check(seated(at, "3", "moss"), **said(at))
    first = corrections.strike(looked.link_seq, **words(at), token="c" * 32)
    assert corrections.strike(looked.link_seq, **words(at), token="c" * 32).seq == first.seq


def test_a_nurse_corrects_her_own_entries_and_the_lead_everybodys(app: Flask, at: datetime) -> None:
    looked = actions.check(seated(at, "3", "moss"), **said(at))
    with pytest.raises(Forbidden):
        corrections.strike(looked.link_seq, **words(at, OTHER_NURSE))
    corrections.strike(looked.link_seq, **words(at, LEAD))


def test_only_entries_of_visits_are_corrected_here(app: Flask, at: datetime) -> None:
    site.take_out_of_service("3", "broken", **said(at))
    with pytest.raises(Unknown):
        corrections.strike(trail.last_seq(), **words(at))
    with pytest.raises(Unknown):
        corrections.strike(9999, **words(at))
