"""The verbs of a visit: check in, seat, move, check, to aftercare, leave. Each is one link of the trail."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from sitelog.ground.access import Actor
from sitelog.ground.days import check_not_ahead
from sitelog.people.rules import NOTHING, About
from sitelog.site import queries as site
from sitelog.site.rules import check_choice
from sitelog.store.transaction import transaction
from sitelog.trail.actions import append, seen
from sitelog.trail.queries import rows_of
from sitelog.visits import queries, rules
from sitelog.visits.corrections import amend, strike
from sitelog.visits.door import comes
from sitelog.visits.entries import (
    arrival_of,
    check_asked,
    check_position,
    declared_rows,
    step_of,
)
from sitelog.visits.models import Check, Declared, Departure, Stay, Visit
from sitelog.visits.rules import Asked, Course, Item, Step
from sitelog.visits.whole import PAST, Use, WholeVisit, check_visit, enter_visits

__all__ = ["Use", "WholeVisit", "amend", "check_visit", "enter_visits", "strike"]


def check_in(
    asked: Asked,
    *,
    by: Actor,
    happened_at: datetime,
    at: datetime,
    token: str | None = None,
    person: str | None = None,
    handle: str | None = None,
    about: About = NOTHING,
    let_in: str | None = None,
    within: Callable[[str], None] | None = None,
) -> Visit:
    """Somebody came in: a person of the register, somebody new (`handle`, `about`), or nobody named.

    Who comes for a service is at once with it; everybody else is on the waiting list. Somebody who is
    restricted is let in, and that is recorded with its reason (`let_in`, a word of the list). What they are
    given as they come in is entered in the same transaction (`within` the visit, told its ref) or not at all.
    """
    with transaction():
        if first := seen(token, by=by):
            return rows_of(first, Visit)[0]
        check_not_ahead(happened_at, at)
        check_asked(site.book(), asked)
        when: dict[str, Any] = {"by": by, "happened_at": happened_at, "at": at}
        who = comes(person, handle, about, let_in, when)
        number = queries.visit_number()
        row = Visit(id=number, number=number, ref=f"V{number:04d}")
        arrival = arrival_of(asked, row.id, happened_at, by, **who)
        area = "service" if asked.purpose == "service" else "waiting"
        stay = Stay(
            visit_id=row.id, turn=1, area=area, after_response=False, happened_at=happened_at, by=by.ref
        )
        items = declared_rows(row.id, 1, asked.items)
        append("visit.checked_in", row.ref, row, arrival, stay, *items, **when, token=token)
        if within:
            within(row.ref)
        return row


def check_in_and_seat(
    asked: Asked,
    place_code: str,
    *,
    by: Actor,
    happened_at: datetime,
    at: datetime,
    token: str | None = None,
    **who: Any,
) -> Stay:
    """Somebody came in (`who`: as in `check_in`) and sat down at once: two entries, both or neither."""
    with transaction():
        if first := seen(token, by=by):
            return rows_of(first, Stay)[0]
        when: dict[str, Any] = {"by": by, "happened_at": happened_at, "at": at}
        came = check_in(asked, **when, **who)
        return seat(came.ref, place_code, **when, token=token)


def seat(
    ref: str, place_code: str, *, by: Actor, happened_at: datetime, at: datetime, token: str | None = None
) -> Stay:
    """Somebody sits down in a place: an episode begins. Conflict if somebody else sits there."""
    return _stay(ref, "seat", "place", place_code, by=by, happened_at=happened_at, at=at, token=token)


def move(
    ref: str, place_code: str, *, by: Actor, happened_at: datetime, at: datetime, token: str | None = None
) -> Stay:
    """To another place; the episode goes on."""
    return _stay(ref, "move", "place", place_code, by=by, happened_at=happened_at, at=at, token=token)


def to_aftercare(
    ref: str,
    *,
    by: Actor,
    happened_at: datetime,
    at: datetime,
    token: str | None = None,
    after_response: bool = False,
) -> Stay:
    """Out of the place and watched; the place is free again."""
    words: dict[str, Any] = {"by": by, "happened_at": happened_at, "at": at, "token": token}
    return _stay(ref, "to_aftercare", "aftercare", after_response=after_response, **words)


def to_waiting(ref: str, *, by: Actor, happened_at: datetime, at: datetime, token: str | None = None) -> Stay:
    """On the waiting list, perhaps again."""
    return _stay(ref, "to_waiting", "waiting", by=by, happened_at=happened_at, at=at, token=token)


def start_service(
    ref: str, *, by: Actor, happened_at: datetime, at: datetime, token: str | None = None
) -> Stay:
    """A service begins: wound care, a talk, a test."""
    return _stay(ref, "start_service", "service", by=by, happened_at=happened_at, at=at, token=token)


def _stay(
    ref: str,
    verb: str,
    area: str,
    place_code: str | None = None,
    *,
    by: Actor,
    happened_at: datetime,
    at: datetime,
    token: str | None,
    after_response: bool = False,
) -> Stay:
    with transaction():
        if first := seen(token, by=by):
            return rows_of(first, Stay)[0]
        check_not_ahead(happened_at, at)
        course = queries.course(queries.visit(ref))
        before = rules.check_next(course, verb, happened_at)
        episode = _episode(course, before, verb) if area == "place" else None
        row = Stay(visit_id=course.visit_id, turn=course.turns + 1, area=area, place_code=place_code)
        row.episode, row.after_response = episode, after_response
        row.happened_at, row.by = happened_at, by.ref
        check_position(course.with_steps(step_of(row)))
        kind = f"visit.{PAST[verb]}"
        append(kind, ref, row, by=by, happened_at=happened_at, at=at, token=token)
        return row


def _episode(course: Course, before: Step, verb: str) -> int:
    return (before.episode or 1) if verb == "move" else course.episodes + 1


def check(
    ref: str,
    looks: str | None = "well",
    *,
    by: Actor,
    happened_at: datetime,
    at: datetime,
    token: str | None = None,
    spo2: int | None = None,
    respirations: int | None = None,
    note: str | None = None,
) -> Check:
    """Somebody looked: a word of the list `looks`, and what was measured (SpO2 in %, breaths a minute)."""
    with transaction():
        if first := seen(token, by=by):
            return rows_of(first, Check)[0]
        check_not_ahead(happened_at, at)
        if looks is not None:
            check_choice(site.book(), "looks", looks, "looks")
        rules.check_vitals(spo2, respirations)
        course = queries.course(queries.visit(ref))
        rules.check_present(course, happened_at)
        row = Check(visit_id=course.visit_id, place_code=course.at(happened_at).place_code, looks=looks)
        row.spo2, row.respirations, row.happened_at, row.by = spo2, respirations, happened_at, by.ref
        append("visit.checked", ref, row, by=by, happened_at=happened_at, at=at, token=token, note=note)
        return row


def leave(ref: str, *, by: Actor, happened_at: datetime, at: datetime, token: str | None = None) -> Departure:
    """Somebody left."""
    return _depart(ref, "leave", None, by=by, happened_at=happened_at, at=at, token=token)


def leave_before_service(
    ref: str,
    reason: str | None = None,
    *,
    by: Actor,
    happened_at: datetime,
    at: datetime,
    token: str | None = None,
) -> Departure:
    """Somebody left without having been served; `reason` is a word of the list `left_reason`."""
    words: dict[str, Any] = {"by": by, "happened_at": happened_at, "at": at, "token": token}
    return _depart(ref, "leave_before_service", reason, **words)


def _depart(
    ref: str,
    verb: str,
    reason: str | None,
    *,
    by: Actor,
    happened_at: datetime,
    at: datetime,
    token: str | None,
) -> Departure:
    with transaction():
        if first := seen(token, by=by):
            return rows_of(first, Departure)[0]
        check_not_ahead(happened_at, at)
        if reason is not None:
            check_choice(site.book(), "left_reason", reason, "reason")
        course = queries.course(queries.visit(ref))
        rules.check_next(course, verb, happened_at)
        how = "left"
        if verb == "leave_before_service":
            rules.check_before_service(course)
            how = "left_before_service"
        row = Departure(visit_id=course.visit_id, how=how, reason=reason, happened_at=happened_at, by=by.ref)
        append(f"visit.{how}", ref, row, by=by, happened_at=happened_at, at=at, token=token)
        return row


def declare_again(
    ref: str,
    items: Iterable[Item],
    *,
    by: Actor,
    happened_at: datetime,
    at: datetime,
    token: str | None = None,
) -> list[Declared]:
    """What somebody is going to use next, before they sit down another time in the same visit."""
    with transaction():
        if first := seen(token, by=by):
            return rows_of(first, Declared)
        check_not_ahead(happened_at, at)
        declared = tuple(items)
        check_asked(site.book(), Asked(declared))
        course = queries.course(queries.visit(ref))
        rules.check_present(course, happened_at)
        rows = declared_rows(course.visit_id, course.episodes + 1, declared)
        append("visit.declared_again", ref, *rows, by=by, happened_at=happened_at, at=at, token=token)
        return rows


def use_again(
    ref: str,
    items: Iterable[Item],
    place_code: str | None = None,
    *,
    by: Actor,
    happened_at: datetime,
    at: datetime,
    token: str | None = None,
) -> Stay:
    """Somebody wants to use again: declared, and seated or put on the waiting list, all or nothing."""
    with transaction():
        if first := seen(token, by=by):
            return rows_of(first, Stay)[0]
        when: dict[str, Any] = {"by": by, "happened_at": happened_at, "at": at}
        if declared := tuple(items):
            declare_again(ref, declared, **when)
        if place_code is not None:
            return seat(ref, place_code, **when, token=token)
        return to_waiting(ref, **when, token=token)
