"""The verbs of a response: one link each, one row per tap, both versions kept, nothing ever blocked."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from sitelog.ground.access import Actor, Role
from sitelog.ground.errors import Conflict, Forbidden, Refused, Unknown
from sitelog.responses import actions, queries
from sitelog.responses.case import Done, Measured, state_of
from sitelog.responses.models import Response, Step
from sitelog.store.db import db
from sitelog.trail import queries as trail
from sitelog.trail.verify import verify
from sitelog.visits import actions as visits
from sitelog.visits import queries as visit_queries
from sitelog.visits.rules import Asked, Item
from tests.factories import response_running

TOKEN = "a" * 32


def when(at: datetime, seconds: float = 0) -> dict[str, datetime]:
    then = at + timedelta(seconds=seconds)
    return {"happened_at": then, "at": then}


def someone_in(place: str, by: Actor, at: datetime, substance: str = "down") -> str:
    asked = Asked((Item(substance, "inject"),))
    return visits.check_in(asked, by=by, **when(at)).ref if not place else _seated(place, by, at, asked)


def _seated(place: str, by: Actor, at: datetime, asked: Asked) -> str:
    ref = visits.check_in(asked, by=by, **when(at)).ref
    visits.seat(ref, place, by=by, **when(at))
    return ref


def doses(ref: str) -> list[int | None]:
    return [step.micrograms for step in queries.case(ref).all("naloxone")]


def test_a_response_begins_at_a_place_with_the_person_who_sits_there(
    app: Flask, nurse: Actor, at: datetime
) -> None:
    visit = someone_in("3", nurse, at - timedelta(minutes=12))
    made = actions.start(place_code="3", by=nurse, **when(at))
    assert made.ref == "R0001"
    [found] = queries.open_responses(at)
    assert (found.where, found.visit_ref, found.pathway, found.state) == ("Booth 3", visit, "opioid", "open")


def test_elsewhere_asks_for_the_place_afterwards(app: Flask, nurse: Actor, at: datetime) -> None:
    made = actions.start(by=nurse, **when(at))
    assert "place" in queries.summary(made.ref, at).missing
    actions.place_said(made.ref, "washroom", by=nurse, **when(at, 60))
    assert "place" not in queries.summary(made.ref, at).missing
    assert queries.open_responses(at)[0].where == "Washroom"


def test_a_place_that_has_a_running_response_answers_with_it(
    app: Flask, nurse: Actor, lead: Actor, at: datetime
) -> None:
    first = actions.start(place_code="3", by=nurse, **when(at))
    again = actions.start(place_code="3", by=lead, **when(at, 1))
    assert again.ref == first.ref
    assert db.session.query(Response).count() == 1


def test_a_visit_nobody_knows_does_not_hold_up_a_start(app: Flask, nurse: Actor, at: datetime) -> None:
    made = actions.start("waiting", visit_ref="V9999", by=nurse, **when(at))
    assert [one.ref for one in queries.open_responses(at)] == [made.ref]


def test_a_double_tap_on_start_is_one_response(app: Flask, nurse: Actor, at: datetime) -> None:
    first = actions.start(by=nurse, **when(at), token=TOKEN)
    again = actions.start(by=nurse, **when(at, 1), token=TOKEN)
    assert (again.ref, db.session.query(Response).count()) == (first.ref, 1)


def test_two_at_once_are_two(app: Flask, nurse: Actor, lead: Actor, at: datetime) -> None:
    one = actions.start(place_code="3", by=nurse, **when(at))
    two = actions.start(place_code="Y", by=lead, **when(at, 90))
    three = actions.start(by=lead, **when(at, 95))
    four = actions.start(by=nurse, **when(at, 96))
    actions.give_naloxone(one.ref, 400, "intramuscular", by=nurse, **when(at, 100))
    assert [found.ref for found in queries.open_responses(at)] == [one.ref, two.ref, three.ref, four.ref]
    assert [found.doses for found in queries.open_responses(at)] == [1, 0, 0, 0]


def test_a_locked_desk_can_start_and_its_trail_says_so(app: Flask, at: datetime) -> None:
    desk = Actor("D01", "Desk 1", "–", Role.DESK)
    made = actions.start(by=desk, **when(at))
    assert trail.link(made.link_seq).actor == "D01"


def test_every_verb_leaves_its_link_and_the_chain_holds(app: Flask, nurse: Actor, at: datetime) -> None:
    ref = actions.start(place_code="3", by=nurse, **when(at)).ref
    before = trail.last_seq()
    actions.set_pathway(ref, "mixed", by=nurse, **when(at, 5))
    actions.stimulate(ref, "sternal_rub", by=nurse, **when(at, 10))
    actions.open_airway(ref, "adjunct", "opa", by=nurse, **when(at, 20))
    actions.give_oxygen(ref, "non_rebreather", by=nurse, **when(at, 30))
    actions.assist_breathing(ref, by=nurse, **when(at, 40))
    actions.give_naloxone(ref, 4000, "intranasal", by=nurse, **when(at, 90))
    actions.call_ems(ref, by=nurse, **when(at, 100))
    actions.ems_arrived(ref, by=nurse, **when(at, 400))
    actions.ems_gave_naloxone(ref, by=nurse, **when(at, 420))
    actions.ems_left(ref, "declined", by=nurse, **when(at, 700))
    actions.start_cpr(ref, by=nurse, **when(at, 50))
    actions.use_aed(ref, shock=True, by=nurse, **when(at, 55))
    actions.record_vitals(ref, Measured(at, spo2=91), by=nurse, at=at)
    actions.assign_duty(ref, "lead", "S02", by=nurse, **when(at))
    actions.note(ref, "partner is outside", by=nurse, **when(at))
    actions.to_aftercare(ref, by=nurse, **when(at, 800))
    actions.close(ref, "recovered", "observed_here", by=nurse, **when(at, 900))
    assert verify().count == before + 17
    kinds = [link.kind for link in trail.recent(17)]
    assert all(kind.startswith("response.") for kind in kinds)
    assert (
        queries.usual_litres("non_rebreather") == queries.case(ref).all("oxygen")[0].litres_per_minute == 15
    )


def test_the_words_of_a_note_are_only_in_the_note(app: Flask, nurse: Actor, at: datetime) -> None:
    ref = actions.start(by=nurse, **when(at)).ref
    link = actions.note(ref, "partner is outside", by=nurse, **when(at))
    assert trail.notes([link.seq]) == {link.seq: "partner is outside"}
    assert queries.sentences([link])[link.seq].values["what"] == "Note: partner is outside"


def test_a_double_tap_is_one_dose(app: Flask, nurse: Actor, at: datetime) -> None:
    ref = actions.start(by=nurse, **when(at)).ref
    for second in (0, 1):
        actions.give_naloxone(ref, 400, "intramuscular", by=nurse, **when(at, second), token=TOKEN)
    actions.give_naloxone(ref, 400, "intramuscular", by=nurse, **when(at, 2), token="b" * 32)
    assert doses(ref) == [400, 400]
    assert db.session.query(Step).count() == 2


def test_a_dose_before_the_interval_is_recorded(app: Flask, nurse: Actor, at: datetime) -> None:
    ref = response_running(nurse, at).ref
    actions.give_naloxone(ref, 400, "intramuscular", by=nurse, **when(at))
    assert doses(ref) == [400, 400]
    line = queries.timeline(ref)[0]
    assert [one.text % one.values for one in line.advice] == ["1:36 after the last, interval 3:00"]


def test_an_amended_dose_counts_once_and_both_versions_stay(app: Flask, nurse: Actor, at: datetime) -> None:
    ref = response_running(nurse, at).ref
    dose = queries.case(ref).all("naloxone")[0]
    earlier = dose.happened_at - timedelta(minutes=1)
    made = actions.amend(
        dose.seq, happened_at=earlier, reason="wrong_amount", by=nurse, at=at, changes={"micrograms": 800}
    )
    assert doses(ref) == [800]
    assert queries.case(ref).all("naloxone")[0].happened_at == earlier
    assert [step.micrograms for step in trail.rows_of(trail.link(dose.seq), Step)] == [400]
    [line] = [line for line in queries.timeline(ref) if line.seq == made.seq]
    assert line.was is not None and line.was.values["dose"] == "0.4 mg IM"
    assert line.was_at == dose.happened_at
    with pytest.raises(Conflict):
        actions.amend(dose.seq, happened_at=earlier, reason="other", by=nurse, at=at)


def test_an_impossible_amendment_is_refused_and_changes_nothing(
    app: Flask, nurse: Actor, at: datetime
) -> None:
    ref = response_running(nurse, at).ref
    dose = queries.case(ref).all("naloxone")[0]
    with pytest.raises(Refused):
        actions.amend(
            dose.seq, happened_at=at, reason="wrong_amount", by=nurse, at=at, changes={"micrograms": 0}
        )
    assert doses(ref) == [400]


def test_the_beginning_can_be_put_earlier(app: Flask, nurse: Actor, at: datetime) -> None:
    made = actions.start(place_code="3", by=nurse, **when(at))
    actions.place_said(made.ref, "washroom", by=nurse, **when(at, 30))
    earlier = at - timedelta(minutes=5)
    actions.amend(
        made.link_seq, happened_at=earlier, reason="wrong_time", by=nurse, at=at + timedelta(minutes=2)
    )
    known = queries.case(made.ref)
    assert (known.recognised_at, known.area) == (earlier, "washroom")


def test_a_struck_step_no_longer_counts_and_stays_in_the_timeline(
    app: Flask, nurse: Actor, at: datetime
) -> None:
    ref = response_running(nurse, at).ref
    dose = queries.case(ref).all("naloxone")[0]
    actions.strike(dose.seq, by=nurse, at=at, reason="did_not_happen")
    assert doses(ref) == []
    [line] = [line for line in queries.timeline(ref) if line.seq == dose.seq]
    assert line.struck and line.reason == "did_not_happen"


def test_no_overdose_takes_it_off_every_screen_with_one_tap(app: Flask, nurse: Actor, at: datetime) -> None:
    ref = response_running(nurse, at).ref
    actions.no_overdose(ref, by=nurse, at=at)
    assert queries.open_responses(at) == []
    assert state_of(queries.case(ref)) == "struck"
    with pytest.raises(Conflict):
        actions.no_overdose(ref, by=nurse, at=at)


def test_a_tap_on_a_struck_response_is_saved_and_takes_it_up_again(
    app: Flask, nurse: Actor, lead: Actor, at: datetime
) -> None:
    made = response_running(nurse, at)
    began = queries.case(made.ref).recognised_at
    actions.no_overdose(made.ref, by=lead, at=at)
    actions.give_naloxone(made.ref, 400, "intramuscular", by=nurse, **when(at, 5))
    [found] = queries.open_responses(at)
    assert (found.doses, found.recognised_at, found.where) == (2, began, "Booth 3")
    actions.no_overdose(made.ref, by=lead, at=at)
    actions.take_up_again(made.ref, by=lead, at=at)
    assert len(queries.open_responses(at)) == 1
    verify()


def test_to_aftercare_frees_the_place_in_the_same_moment(app: Flask, nurse: Actor, at: datetime) -> None:
    visit = someone_in("3", nurse, at - timedelta(minutes=12))
    ref = actions.start(place_code="3", by=nurse, **when(at)).ref
    actions.to_aftercare(ref, by=nurse, **when(at, 900))
    assert visit_queries.at_place("3") is None
    present = visit_queries.present(visit)
    assert present is not None and present.area == "aftercare"
    assert queries.open_responses(at) == []
    assert [one.ref for one in queries.unclosed()] == [ref]


def test_a_visit_that_cannot_follow_does_not_hold_up_the_response(
    app: Flask, nurse: Actor, at: datetime
) -> None:
    someone_in("3", nurse, at)
    ref = actions.start(place_code="3", by=nurse, **when(at)).ref
    actions.to_aftercare(ref, by=nurse, happened_at=at - timedelta(hours=1), at=at)
    assert queries.case(ref).last("aftercare") is not None


def test_treating_again_in_aftercare_makes_it_run_again(app: Flask, nurse: Actor, at: datetime) -> None:
    ref = response_running(nurse, at).ref
    actions.to_aftercare(ref, by=nurse, **when(at, 60))
    actions.give_naloxone(ref, 400, "intramuscular", by=nurse, **when(at, 600))
    assert [one.ref for one in queries.open_responses(at)] == [ref]


def test_closing_needs_only_an_outcome_and_late_entries_are_still_taken(
    app: Flask, nurse: Actor, at: datetime
) -> None:
    ref = actions.start(by=nurse, **when(at)).ref
    actions.close(ref, "unknown", by=nurse, **when(at, 60))
    assert queries.summary(ref, at).state == "closed"
    assert "place" in queries.summary(ref, at).missing
    actions.give_naloxone(ref, 400, "intramuscular", by=nurse, happened_at=at, at=at + timedelta(hours=2))
    assert (queries.summary(ref, at).tier, queries.summary(ref, at).state) == (4, "closed")


def test_closing_twice_is_a_conflict_and_a_struck_closing_opens_it_again(
    app: Flask, nurse: Actor, lead: Actor, at: datetime
) -> None:
    ref = actions.start(by=nurse, **when(at)).ref
    closing = actions.close(ref, "recovered", by=nurse, **when(at, 60))
    with pytest.raises(Conflict):
        actions.close(ref, "left", by=lead, **when(at, 61))
    actions.strike(closing.link_seq, by=lead, at=at)
    assert queries.summary(ref, at).state == "open"


def test_after_closing_each_changes_their_own_and_a_lead_everything(
    app: Flask, nurse: Actor, lead: Actor, at: datetime
) -> None:
    other = Actor("S03", "Joel T.", "JT", Role.NURSE)
    ref = response_running(nurse, at).ref
    dose = queries.case(ref).all("naloxone")[0]
    actions.close(ref, "recovered", by=nurse, **when(at, 60))
    with pytest.raises(Forbidden):
        actions.strike(dose.seq, by=other, at=at)
    actions.amend(dose.seq, happened_at=dose.happened_at, reason="wrong_amount", by=lead, at=at)
    assert doses(ref) == [400]


@pytest.mark.parametrize(
    "wrong",
    [
        lambda ref, w: actions.add_step(ref, Done("levitate", w["happened_at"]), by=w["by"], at=w["at"]),
        lambda ref, w: actions.give_naloxone(ref, 0, "intramuscular", **w),
        lambda ref, w: actions.give_oxygen(ref, "snorkel", **w),
        lambda ref, w: actions.close(ref, "fine", **w),
        lambda ref, w: actions.close(ref, "recovered", "moon", **w),
        lambda ref, w: actions.set_pathway(ref, "scenic", **w),
        lambda ref, w: actions.place_said(ref, "roof", **w),
        lambda ref, w: actions.assign_duty(ref, "cook", "S01", **w),
        lambda ref, w: actions.note(ref, "  ", **w),
    ],
)
def test_the_impossible_is_refused_and_leaves_nothing(
    app: Flask, nurse: Actor, at: datetime, wrong: Any
) -> None:
    ref = actions.start(by=nurse, **when(at)).ref
    before = trail.last_seq()
    with pytest.raises(Refused):
        wrong(ref, {"by": nurse, "happened_at": at, "at": at})
    assert trail.last_seq() == before


def test_an_unknown_response_place_or_entry_is_unknown(app: Flask, nurse: Actor, at: datetime) -> None:
    with pytest.raises(Unknown):
        actions.call_ems("R9999", by=nurse, **when(at))
    with pytest.raises(Unknown):
        actions.start(place_code="99", by=nurse, **when(at))
    with pytest.raises(Unknown):
        actions.strike(1, by=nurse, at=at)


def test_the_feed_says_what_and_where(app: Flask, nurse: Actor, at: datetime) -> None:
    ref = response_running(nurse, at).ref
    dose = queries.case(ref).all("naloxone")[0]
    made = actions.amend(
        dose.seq, happened_at=at, reason="wrong_amount", by=nurse, at=at, changes={"micrograms": 800}
    )
    struck = actions.no_overdose(ref, by=nurse, at=at)
    links = [trail.link(seq) for seq in (dose.seq, made.seq, struck.seq)]
    said = queries.sentences(links)
    words = [said[link.seq].text % said[link.seq].values for link in links]
    assert words == ["Naloxone 0.4 mg IM, Booth 3", "Naloxone 0.8 mg IM, Booth 3", "No overdose, Booth 3"]
    assert said[made.seq].was == "Naloxone 0.4 mg IM"


def test_vitals_tapped_one_by_one_are_one_line(app: Flask, nurse: Actor, at: datetime) -> None:
    ref = actions.start(by=nurse, **when(at)).ref
    for second, values in enumerate(({"spo2": 91}, {"respirations": 9}, {"pulse": 150, "bound": "above"})):
        then = at + timedelta(seconds=second)
        actions.record_vitals(ref, Measured(then, **values), by=nurse, at=then)  # type: ignore[arg-type]
    from sitelog.responses.timeline import grouped

    line = grouped(queries.timeline(ref))[0]
    assert line.said.values["vitals"] == "SpO₂ 91, RR 9, P ≥150"
    assert len(line.members) == 3
