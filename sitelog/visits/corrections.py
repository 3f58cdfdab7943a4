"""Amend and strike entries of a visit: the old version stays readable, and nothing impossible may be left."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import inspect

from sitelog.ground.access import Actor
from sitelog.ground.days import check_not_ahead
from sitelog.ground.errors import Unknown
from sitelog.ground.words import N_
from sitelog.people import queries as people
from sitelog.site import queries as site
from sitelog.site.rules import check_choice
from sitelog.store.transaction import transaction
from sitelog.trail import amend as amending
from sitelog.trail import queries as trail
from sitelog.trail.actions import seen
from sitelog.trail.models import Link
from sitelog.visits import queries, rules
from sitelog.visits.entries import (
    arrival_of,
    check_asked,
    check_not_here,
    check_position,
    declared_rows,
    step_of,
)
from sitelog.visits.models import Arrival, Check, Declared, Departure, Stay
from sitelog.visits.rules import Change, Course
from sitelog.visits.said import entries_of

# Everything that can hang on an entry of a visit and be said anew.
MODELS: tuple[Any, ...] = (Arrival, Declared, Stay, Check, Departure)


def amend(
    seq: int,
    change: Change,
    *,
    by: Actor,
    happened_at: datetime,
    at: datetime,
    reason: str = "other",
    token: str | None = None,
    note: str | None = None,
) -> Link:
    """Say an entry anew: when it happened, and whatever `change` names."""
    with transaction():
        if first := seen(token, by=by):
            return first
        check_not_ahead(happened_at, at)
        link = changeable(seq, by)
        _check_words(change)
        rows = [new for old in rows_on(link) for new in _anew(old, change, happened_at, by)]
        rows += _declared_anew(link, change)
        _check_result(link, rows, happened_at)
        words: dict[str, Any] = {"by": by, "happened_at": happened_at, "at": at}
        return amending.amend(seq, *rows, **words, reason=reason, token=token, note=note)


def strike(
    seq: int,
    *,
    by: Actor,
    at: datetime,
    reason: str = "other",
    token: str | None = None,
    note: str | None = None,
) -> Link:
    """Take an entry out of what counts. With the arrival goes every later entry of the visit."""
    with transaction():
        if first := seen(token, by=by):
            return first
        link = changeable(seq, by)
        rows = rows_on(link)
        words: dict[str, Any] = {"by": by, "at": at, "reason": reason}
        if any(isinstance(row, Arrival) for row in rows):
            for later in _standing_after(link):
                amending.strike(later, **words)
        else:
            _check_without(link, rows)
        return amending.strike(seq, **words, token=token, note=note)


def changeable(seq: int, by: Actor) -> Link:
    """The entry, if it is one of a visit, still stands and is this actor's to change."""
    link = amending.check_amendable(seq)
    if link.noun != "visit":
        raise Unknown(N_("Entry %(seq)s is not about a visit."), seq=seq)
    amending.check_own(link, by)
    return link


def rows_on(link: Link) -> list[Any]:
    """What hangs on an entry and can be said anew, arrivals first."""
    return [row for model in MODELS for row in trail.rows_of(link, model)]


def _anew(old: Any, change: Change, happened_at: datetime, by: Actor) -> Iterable[Any]:
    if isinstance(old, Arrival):
        return [_arrival_anew(old, change, happened_at, by)]
    if isinstance(old, Stay):
        return [_copy(old, happened_at=happened_at, **_stay_changes(old, change))]
    if isinstance(old, Check):
        given = {"looks": change.looks, "spo2": change.spo2, "respirations": change.respirations}
        return [_copy(old, happened_at=happened_at, **_said(given))]
    if isinstance(old, Departure):
        return [_copy(old, happened_at=happened_at, **_said({"reason": change.reason}))]
    return [] if change.asked is not None else [_copy(old)]


def _arrival_anew(old: Arrival, change: Change, happened_at: datetime, by: Actor) -> Arrival:
    who: dict[str, int | None] = {"person_id": old.person_id, "anonymous_number": old.anonymous_number}
    if change.person:
        found = people.person(change.person).id
        check_not_here(found, but=old.visit_id)
        who = {"person_id": found, "anonymous_number": None}
    elif change.person == "" and old.person_id is not None:
        who = {"person_id": None, "anonymous_number": queries.next_anonymous(happened_at)}
    if change.asked is None:
        copied: Arrival = _copy(old, happened_at=happened_at, **who)
        return copied
    return arrival_of(change.asked, old.visit_id, happened_at, by, **who)


def _stay_changes(old: Stay, change: Change) -> dict[str, Any]:
    if old.area == "place":
        return _said({"place_code": change.place_code})
    if change.asked is not None and old.turn == 1:
        return {"area": "service" if change.asked.purpose == "service" else "waiting"}
    return {}


def _declared_anew(link: Link, change: Change) -> list[Declared]:
    if change.asked is None:
        return []
    arrivals, before = trail.rows_of(link, Arrival), trail.rows_of(link, Declared)
    owners: list[int] = [row.visit_id for row in arrivals] or [row.visit_id for row in before]
    episode = before[0].episode if before else 1
    return declared_rows(owners[0], episode, change.asked.items) if owners else []


def _check_words(change: Change) -> None:
    if change.asked is not None:
        check_asked(site.book(), change.asked)
    if change.looks is not None:
        check_choice(site.book(), "looks", change.looks, "looks")
    if change.reason is not None:
        check_choice(site.book(), "left_reason", change.reason, "left_reason")
    if change.place_code is not None:
        site.book().place(change.place_code)
    rules.check_vitals(change.spo2, change.respirations)


def _check_result(link: Link, rows: Sequence[Any], happened_at: datetime) -> None:
    course = queries.course(queries.visit(link.subject))
    if any(isinstance(row, Arrival) for row in rows):
        course = replace(course, arrived_at=happened_at)
    steps = [step_of(row) for row in rows if isinstance(row, Stay | Departure)]
    if any(isinstance(row, Check) for row in rows):
        rules.check_present(course, happened_at)
    _check_position(course.with_steps(*steps, without=link.seq), course)


def _check_without(link: Link, rows: Sequence[Any]) -> None:
    came = queries.visit(link.subject)
    course = queries.course(came)
    if any(isinstance(row, Departure) for row in rows) and came.person_id is not None:
        check_not_here(came.person_id, but=came.id)
    _check_position(course.with_steps(without=link.seq), course)


def _check_position(course: Course, before: Course) -> None:
    rules.check_course(course)
    if course.here.place_code != before.here.place_code:
        check_position(course)


def _standing_after(link: Link) -> list[int]:
    """The visit's other entries that still stand, newest first."""
    others = [one for one in entries_of(link.subject) if one.seq != link.seq and one.verb != "struck"]
    replaced = trail.amended_by([one.seq for one in others])
    return [one.seq for one in reversed(others) if one.seq not in replaced]


def _said(given: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in given.items() if value is not None}


def _copy(row: Any, **changes: Any) -> Any:
    kept = {a.key: getattr(row, a.key) for a in inspect(type(row)).column_attrs}
    for name in ("id", "link_seq"):
        del kept[name]
    return type(row)(**{**kept, **changes})
