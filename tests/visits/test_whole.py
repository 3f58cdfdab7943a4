"""Whole visits entered at once: the same rows and links the single verbs make, refused by the same rules."""

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask

from sitelog.ground.errors import Refused
from sitelog.people import queries as people
from sitelog.trail import queries as trail
from sitelog.trail.verify import verify
from sitelog.visits import actions as visits
from sitelog.visits import queries
from sitelog.visits.actions import Use, WholeVisit
from sitelog.visits.models import Arrival, Declared, Departure, Stay
from sitelog.visits.rules import Item
from tests.conftest import EVENING, NOON
from tests.factories import DOWN, NURSE, register, said

MINUTE = timedelta(minutes=1)
CRACK = Item("crack", "smoke")
# Twice in a place, watched afterwards.
BUSY = WholeVisit(
    NOON,
    NOON + 90 * MINUTE,
    DOWN,
    (Use("3", NOON + 5 * MINUTE), Use("X", NOON + 40 * MINUTE, (CRACK,))),
    aftercare_at=NOON + 60 * MINUTE,
)


def enter(*wholes: WholeVisit) -> list[str]:
    first = visits.enter_visits(wholes, by=NURSE, at=EVENING)
    return [f"V{first + n:04d}" for n in range(len(wholes))]


def told(ref: str) -> list[tuple[str, object]]:
    """What the trail and the rows say of a visit, without what numbers it."""
    found: list[tuple[str, object]] = []
    for link in trail.links_since(0):
        if link.subject != ref:
            continue
        found.append((link.kind, link.happened_at))
        for model in (Arrival, Declared, Stay, Departure):
            for row in trail.rows_of(link, model):
                values = {c.key: getattr(row, c.key) for c in row.__table__.columns}
                names = values.keys() - {"id", "link_seq", "visit_id", "anonymous_number"}
                found.append((model.__name__, tuple((name, values[name]) for name in sorted(names))))
    return found


def test_a_whole_visit_leaves_what_the_single_verbs_leave(app: Flask) -> None:
    def at(minutes: int) -> dict[str, object]:
        return {"by": NURSE, "happened_at": NOON + minutes * MINUTE, "at": EVENING}

    ref = visits.check_in(DOWN, **at(0)).ref
    visits.seat(ref, "3", **at(5))
    visits.to_waiting(ref, **at(40))
    visits.use_again(ref, (CRACK,), "X", **at(40))
    visits.to_aftercare(ref, **at(60))
    visits.leave(ref, **at(90))
    (whole,) = enter(BUSY)
    assert told(whole) == told(ref)
    assert verify().count == trail.last_seq()


def test_numbers_go_on_where_the_desk_stopped_and_the_desk_goes_on_after_them(app: Flask) -> None:
    visits.check_in(DOWN, **said(NOON))
    assert enter(BUSY, BUSY) == ["V0002", "V0003"]
    assert visits.check_in(DOWN, **said(EVENING)).ref == "V0004"
    numbers = [trail.rows_of(link, Arrival)[0].anonymous_number for link in _arrivals()]
    assert numbers == [1, 2, 3, 4]
    assert verify().count == trail.last_seq()


def _arrivals() -> list:
    return [link for link in trail.links_since(0) if link.kind == "visit.checked_in"]


def test_who_is_over_is_not_in_the_house_and_belongs_to_its_person(app: Flask) -> None:
    person = people.person(register("maple", NOON))
    (ref,) = enter(replace(BUSY, person_id=person.id))
    assert queries.visit(ref).person_id == person.id
    assert queries.in_house(EVENING) == []


def test_late_entries_are_written_now_and_happened_then(app: Flask) -> None:
    enter(BUSY)
    (arrival,) = _arrivals()
    assert (arrival.at, arrival.happened_at, arrival.actor) == (EVENING, NOON, NURSE.ref)


@pytest.mark.parametrize(
    ("field", "whole"),
    [
        ("arrived_at", replace(BUSY, arrived_at=EVENING + 9 * MINUTE)),
        ("left_at", replace(BUSY, left_at=EVENING + 9 * MINUTE)),
        ("left_at", replace(BUSY, left_at=NOON + 50 * MINUTE)),
        ("left_at", replace(BUSY, uses=(), aftercare_at=None, left_at=NOON - MINUTE)),
        ("uses.1", replace(BUSY, uses=(Use("3", NOON - MINUTE),))),
        ("uses.2", replace(BUSY, uses=BUSY.uses[::-1])),
        ("uses.1", replace(BUSY, uses=(Use("99", NOON + MINUTE),))),
        ("aftercare_at", replace(BUSY, aftercare_at=NOON - MINUTE)),
        ("left_reason", replace(BUSY, left_reason="wait")),
        ("left_reason", replace(BUSY, uses=(), before_service=True, left_reason="boredom")),
        ("left_before_service", replace(BUSY, aftercare_at=None, before_service=True)),
        ("purpose", replace(BUSY, asked=replace(DOWN, purpose="tea"))),
        ("alone", replace(BUSY, asked=replace(DOWN, alone="perhaps"))),
        ("substances", replace(BUSY, asked=replace(DOWN, items=(Item("tea"),)))),
    ],
)
def test_what_the_verbs_refuse_is_refused_by_its_field(app: Flask, field: str, whole: WholeVisit) -> None:
    before = trail.last_seq()
    with pytest.raises(Refused) as refused:
        enter(BUSY, whole)
    assert refused.value.field == field
    assert trail.last_seq() == before
