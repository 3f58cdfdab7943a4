"""Referrals through their verbs: the ladder, follow-ups, uptake, corrections, facts and the feed's words."""

from datetime import datetime, time, timedelta
from typing import Any

import pytest
from flask import Flask

from sitelog.ground.access import Actor
from sitelog.ground.days import Window
from sitelog.ground.errors import Conflict, Forbidden, Refused, Unknown
from sitelog.ground.facts import Band, Grain
from sitelog.people import actions as people
from sitelog.referrals import actions, facts, queries
from sitelog.site import queries as site
from sitelog.trail import queries as trail
from sitelog.trail.verify import verify

pytestmark = pytest.mark.usefixtures("directory")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def said(by: Actor, at: datetime) -> dict[str, Any]:
    return {"by": by, "happened_at": at, "at": at}


def climb(by: Actor, at: datetime, *rungs: str, service: str = "methadone") -> str:
    """A referral with rungs an hour apart."""
    ref = actions.offer(service, **said(by, at)).ref
    for n, rung in enumerate(rungs, 1):
        verb = {"accepted": actions.accept, "made": actions.make, "attended": actions.attend}
        verb |= {"declined": actions.decline, "unknown": actions.not_known, "closed": actions.close}
        how = {"how": "phone"} if rung == "made" else {}
        verb[rung](ref, **how, **said(by, at + n * HOUR))
    return ref


def test_a_referral_climbs_and_each_rung_keeps_its_date(app: Flask, nurse: Actor, at: datetime) -> None:
    ladder = queries.ladder(climb(nurse, at, "accepted", "made", "attended"))
    assert ladder.state == "attended"
    assert [step.happened_at - at for step in ladder.steps] == [0 * HOUR, HOUR, 2 * HOUR, 3 * HOUR]
    assert ladder.how == "phone"
    assert verify().count == trail.last_seq()


def test_numbers_count_up_and_are_said_with_an_f(app: Flask, nurse: Actor, at: datetime) -> None:
    assert [climb(nurse, at), climb(nurse, at)] == ["F0001", "F0002"]


def test_a_repeated_token_is_one_referral_and_one_rung(app: Flask, nurse: Actor, at: datetime) -> None:
    first = actions.offer("detox", **said(nurse, at), token="a" * 32)
    again = actions.offer("detox", **said(nurse, at + HOUR), token="a" * 32)
    assert again.ref == first.ref
    one = actions.accept(first.ref, **said(nurse, at), token="b" * 32)
    two = actions.accept(first.ref, **said(nurse, at), token="b" * 32)
    assert one.id == two.id


def test_an_unknown_service_person_or_referral_is_said_to_be_unknown(
    app: Flask, nurse: Actor, at: datetime
) -> None:
    with pytest.raises(Unknown, match="spaceship"):
        actions.offer("spaceship", **said(nurse, at))
    with pytest.raises(Unknown):
        actions.offer("detox", person="P9999", **said(nurse, at))
    with pytest.raises(Unknown, match="F0007"):
        actions.accept("F0007", **said(nurse, at))


def test_a_retired_service_can_no_longer_be_offered_but_old_referrals_still_show_it(
    app: Flask, nurse: Actor, lead: Actor, at: datetime
) -> None:
    ref = climb(nurse, at)
    kept = next(entry for entry in queries.directory() if entry.code == "methadone")
    columns = ("code", "name", "kind", "agency", "opening", "availability", "tone")
    gone = {name: getattr(kept, name) for name in columns} | {"retired": True}
    actions.list_services([gone], **said(lead, at))
    assert "methadone" not in {entry.code for entry in queries.directory()}
    assert queries.ladder(ref).service.name == "Methadone"
    with pytest.raises(Unknown):
        actions.offer("methadone", **said(nurse, at))


def test_two_desks_accepting_the_same_referral_get_one_rung_and_a_conflict(
    app: Flask, nurse: Actor, lead: Actor, at: datetime
) -> None:
    ref = climb(nurse, at, "accepted")
    with pytest.raises(Conflict):
        actions.accept(ref, **said(lead, at + 2 * HOUR))


def test_follow_ups_come_oldest_first_with_how_late_they_are(app: Flask, nurse: Actor, at: datetime) -> None:
    today = site.calendar().day_of(at)
    refs = [climb(nurse, at) for _ in range(4)]
    for ref, days in zip(refs, (1, 0, 3, 9), strict=True):
        actions.follow_up(ref, today + timedelta(days=days), **said(nurse, at))
    later = at + 2 * DAY
    assert [(line.ref, line.days, line.tone) for line in queries.due(later)] == [
        (refs[1], -2, "late"),
        (refs[0], -1, "late"),
        (refs[2], 1, "left"),
    ]
    assert queries.due_count(later) == 3
    assert queries.due_count(later + 10 * DAY) == 4


def test_a_later_rung_settles_the_follow_up_and_its_own_one_counts(
    app: Flask, nurse: Actor, at: datetime
) -> None:
    today = site.calendar().day_of(at)
    ref = actions.offer("housing", follow_up_on=today, **said(nurse, at)).ref
    assert queries.due_count(at) == 1
    actions.accept(ref, **said(nurse, at + HOUR))
    assert queries.due(at + HOUR) == []
    actions.make(ref, "letter", follow_up_on=today + DAY, **said(nurse, at + HOUR))
    assert [line.state for line in queries.due(at + HOUR)] == ["made"]


def test_correcting_the_time_of_a_rung_does_not_settle_what_was_promised_after_it(
    app: Flask, nurse: Actor, at: datetime
) -> None:
    today = site.calendar().day_of(at)
    ref = actions.offer("housing", **said(nurse, at)).ref
    row = actions.accept(ref, **said(nurse, at + HOUR))
    actions.follow_up(ref, today, **said(nurse, at + HOUR))
    words = {"by": nurse, "at": at + 2 * HOUR, "reason": "wrong_time"}
    actions.amend(row.link_seq, happened_at=at + timedelta(minutes=5), **words)
    assert queries.due_count(at + 2 * HOUR) == 1
    assert queries.ladder(ref).steps[-1].happened_at == at + timedelta(minutes=5)


def test_a_follow_up_of_the_past_is_refused(app: Flask, nurse: Actor, at: datetime) -> None:
    ref = climb(nurse, at)
    with pytest.raises(Refused):
        actions.follow_up(ref, site.calendar().day_of(at) - DAY, **said(nurse, at))


def test_striking_the_offer_takes_the_whole_referral_out(app: Flask, nurse: Actor, at: datetime) -> None:
    row = actions.offer("housing", follow_up_on=site.calendar().day_of(at), **said(nurse, at))
    actions.accept(row.ref, **said(nurse, at))
    actions.strike(row.link_seq, by=nurse, at=at, reason="did_not_happen")
    assert queries.due(at) == []
    assert queries.open_count() == 0
    assert list(facts.facts(Window(at - DAY, at + DAY), grain())) == []
    with pytest.raises(Unknown):
        queries.referral(row.ref)


def test_striking_a_rung_goes_back_to_the_one_before(app: Flask, nurse: Actor, at: datetime) -> None:
    ref = climb(nurse, at, "accepted")
    row = actions.make(ref, "self", **said(nurse, at + 2 * HOUR))
    actions.strike(row.link_seq, by=nurse, at=at + 2 * HOUR, reason="undone")
    assert queries.ladder(ref).state == "accepted"


def test_an_amended_offer_keeps_its_number_its_rungs_and_its_person(
    app: Flask, nurse: Actor, at: datetime
) -> None:
    person = people.register("mariposa", **said(nurse, at))
    row = actions.offer("housing", person=person.ref, **said(nurse, at))
    actions.accept(row.ref, **said(nurse, at + HOUR))
    words = {"by": nurse, "happened_at": at, "at": at + HOUR, "reason": "wrong_amount"}
    actions.amend(row.link_seq, service="detox", **words)
    ladder = queries.ladder(row.ref)
    assert (ladder.who, ladder.service.code, ladder.state) == ("mariposa", "detox", "accepted")
    assert actions.offer("housing", **said(nurse, at)).ref == "F0002"


def test_an_amended_rung_may_not_move_before_the_offer(app: Flask, nurse: Actor, at: datetime) -> None:
    ref = climb(nurse, at)
    row = actions.accept(ref, **said(nurse, at + HOUR))
    with pytest.raises(Refused):
        words = {"by": nurse, "at": at + HOUR, "reason": "wrong_time"}
        actions.amend(row.link_seq, happened_at=at - HOUR, **words)


def test_only_a_lead_changes_what_somebody_else_entered(
    app: Flask, nurse: Actor, lead: Actor, at: datetime
) -> None:
    other = Actor("S09", "Lena W.", "LW", nurse.role)
    row = actions.offer("housing", **said(other, at))
    with pytest.raises(Forbidden):
        actions.strike(row.link_seq, by=nurse, at=at)
    actions.strike(row.link_seq, by=lead, at=at)


def test_notes_are_kept_with_the_referral_newest_first(app: Flask, nurse: Actor, at: datetime) -> None:
    ref = climb(nurse, at)
    actions.note(ref, "call after ten", **said(nurse, at))
    actions.accept(ref, note="walks over", **said(nurse, at))
    assert queries.ladder(ref).notes == ["walks over", "call after ten"]
    with pytest.raises(Refused):
        actions.note(ref, "  ", **said(nurse, at))


def test_a_note_that_was_amended_or_struck_is_no_longer_shown(app: Flask, nurse: Actor, at: datetime) -> None:
    ref = climb(nurse, at)
    first = actions.note(ref, "call after ten", **said(nurse, at))
    second = actions.note(ref, "wrong person", **said(nurse, at))
    words = {"note": "call after eleven", "reason": "wrong_time", **said(nurse, at)}
    actions.amend(first.seq, **words)
    actions.strike(second.seq, by=nurse, at=at)
    assert queries.ladder(ref).notes == ["call after eleven"]


def test_uptake_counts_each_rung_out_of_the_one_before(app: Flask, nurse: Actor, at: datetime) -> None:
    climb(nurse, at, "accepted", "made", "attended")
    climb(nurse, at, "accepted", "made", "unknown")
    climb(nurse, at, "made")
    climb(nurse, at, "declined")
    climb(nurse, at, "accepted", service="wound_care")
    lines = queries.uptake(Window(at - DAY, at + DAY))
    assert [(line.rung, line.count, line.denominator) for line in lines] == [
        ("offered", 4, 0),
        ("accepted", 3, 4),
        ("made", 3, 3),
        ("attended", 1, 3),
        ("unknown", 1, 3),
    ]
    assert lines[1].per_cent == 75
    assert lines[0].per_cent is None


def test_open_means_neither_declined_nor_closed(app: Flask, nurse: Actor, at: datetime) -> None:
    climb(nurse, at)
    climb(nurse, at, "declined")
    climb(nurse, at, "accepted", "closed")
    assert queries.open_count() == 1


def test_a_referral_is_found_by_its_number_and_by_handle(app: Flask, nurse: Actor, at: datetime) -> None:
    person = people.register("mariposa", **said(nurse, at))
    climb(nurse, at)
    ref = actions.offer("housing", person=person.ref, **said(nurse, at)).ref
    assert [row.ref for row, _, _ in queries.find("marip")] == [ref]
    assert [row.ref for row, _, _ in queries.find("f0001")] == ["F0001"]
    assert queries.find("nobody") == []


def grain() -> Grain:
    return Grain(site.calendar(), [Band("day", "Day", time(4))], lambda key: key)


def test_facts_count_each_rung_once_by_its_own_day_and_leave_out_services_given_here(
    app: Flask, nurse: Actor, at: datetime
) -> None:
    ref = climb(nurse, at, "accepted", "made")
    actions.make(ref, "letter", **said(nurse, at + DAY))
    climb(nurse, at, service="wound_care")
    actions.attend(ref, **said(nurse, at + 2 * DAY))
    today = site.calendar().day_of(at)
    counted = {
        n: sorted(fact.measure for fact in facts.facts(site.calendar().day(today + n * DAY), grain()))
        for n in range(3)
    }
    assert counted == {
        0: ["referrals_accepted", "referrals_made", "referrals_offered"],
        1: [],
        2: ["referrals_attended"],
    }
    found = next(iter(facts.facts(site.calendar().day(today), grain())))
    assert found.dims == (("referral_kind", "treatment"),)
    assert found.person is None


def test_every_fact_has_a_measure_that_defines_it() -> None:
    assert {measure.code for measure in facts.MEASURES} == {
        f"referrals_{rung}" for rung in ("offered", "accepted", "made", "attended")
    }


def test_the_feed_says_every_kind_of_entry(app: Flask, nurse: Actor, at: datetime) -> None:
    ref = climb(nurse, at, "accepted", "made")
    actions.follow_up(ref, site.calendar().day_of(at), **said(nurse, at))
    actions.note(ref, "call after ten", **said(nurse, at))
    actions.strike(trail.last_seq(), by=nurse, at=at)
    words = queries.sentences(trail.recent(20, ["referral", "directory"]))
    texts = [one.text % one.values for _, one in sorted(words.items())]
    assert texts[0] == "Directory of services changed"
    assert texts[1:4] == [
        "Referral offered: Methadone",
        "Referral accepted: Methadone",
        "Referral made, by phone: Methadone",
    ]
    assert texts[4].startswith("Referral, ask again 2026-11-17")
    assert texts[5:] == [
        "Note on a referral: Methadone",
        "Struck: an entry about the referral to Methadone",
    ]
