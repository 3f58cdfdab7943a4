"""The verbs of a response, as nurses say them. Each leaves one link; odd entries are recorded too."""

from datetime import datetime
from typing import Any

from sitelog.ground.access import Actor, Permission
from sitelog.ground.days import check_not_ahead
from sitelog.ground.errors import Conflict
from sitelog.ground.words import N_
from sitelog.responses import queries, rules
from sitelog.responses.case import Done
from sitelog.responses.models import Closing, DutyAssignment, PathwayChange, Response, Step, Whereabouts
from sitelog.responses.step_verbs import (
    add_step,
    assist_breathing,
    beginning,
    call_ems,
    changed_row,
    ems_arrived,
    ems_gave_naloxone,
    ems_left,
    give_naloxone,
    give_oxygen,
    open_airway,
    record_vitals,
    start_cpr,
    stimulate,
    stock_used,
    take_up_if_struck,
    use_aed,
)
from sitelog.responses.steps import OBSERVED_HERE
from sitelog.responses.visit_verbs import end_the_visit, free_the_place
from sitelog.responses.whole import WholeResponse, check_entry, check_response, enter_responses
from sitelog.site import queries as site
from sitelog.site.rules import check_choice
from sitelog.store.transaction import transaction
from sitelog.trail import amend as trail_amend
from sitelog.trail import queries as trail
from sitelog.trail.actions import append, seen
from sitelog.trail.models import Link
from sitelog.trail.queries import rows_of

__all__ = [
    "WholeResponse",
    "add_step",
    "amend",
    "assign_duty",
    "assist_breathing",
    "call_ems",
    "check_entry",
    "check_response",
    "close",
    "ems_arrived",
    "ems_gave_naloxone",
    "ems_left",
    "enter_responses",
    "give_naloxone",
    "give_oxygen",
    "no_overdose",
    "note",
    "open_airway",
    "place_said",
    "record_vitals",
    "set_pathway",
    "start",
    "start_cpr",
    "stimulate",
    "strike",
    "take_up_again",
    "to_aftercare",
    "use_aed",
]


def start(
    where: str = "elsewhere",
    place_code: str | None = None,
    visit_ref: str | None = None,
    *,
    by: Actor,
    happened_at: datetime,
    at: datetime,
    token: str | None = None,
) -> Response:
    """Begin a response at a place or elsewhere. One that already runs there is the answer, never a second."""
    with transaction():
        if first := seen(token, by=by, whoever=True):
            return queries.response(first.subject)
        check_not_ahead(happened_at, at)
        if running := queries.running_at(place_code, visit_ref):
            return running
        number = trail.next_number(Response)
        held = {one.desk_key for one in queries.open_responses(at) if one.desk_key is not None}
        made = Response(id=number, number=number, ref=f"R{number:04d}", desk_key=rules.free_key(held))
        rows = (made, *beginning(number, _where(where, place_code, visit_ref, happened_at), happened_at))
        append("response.started", made.ref, *rows, by=by, happened_at=happened_at, at=at, token=token)
        return made


def place_said(
    ref: str,
    where: str,
    place_code: str | None = None,
    visit_ref: str | None = None,
    *,
    by: Actor,
    happened_at: datetime,
    at: datetime,
    token: str | None = None,
) -> Whereabouts:
    """Say where it is, and whose visit, after it began."""
    with transaction():
        if first := seen(token, by=by):
            return rows_of(first, Whereabouts)[0]
        response = queries.response(ref)
        row = Whereabouts(response_id=response.id, **_where(where, place_code, visit_ref, at, response.id))
        append("response.place_said", ref, row, by=by, happened_at=happened_at, at=at, token=token)
        return row


def set_pathway(
    ref: str, pathway: str, *, by: Actor, happened_at: datetime, at: datetime, token: str | None = None
) -> PathwayChange:
    """Work by another pathway from now on; every entry stays."""
    with transaction():
        if first := seen(token, by=by):
            return rows_of(first, PathwayChange)[0]
        rules.check_pathway(pathway)
        row = PathwayChange(response_id=queries.response(ref).id, happened_at=happened_at, pathway=pathway)
        append("response.pathway_set", ref, row, by=by, happened_at=happened_at, at=at, token=token)
        return row


def assign_duty(
    ref: str,
    duty: str,
    staff_ref: str | None,
    *,
    by: Actor,
    happened_at: datetime,
    at: datetime,
    token: str | None = None,
) -> DutyAssignment:
    """Say who does what; None gives the duty back."""
    with transaction():
        if first := seen(token, by=by):
            return rows_of(first, DutyAssignment)[0]
        rules.check_duty(duty)
        response = queries.response(ref)
        row = DutyAssignment(response_id=response.id, happened_at=happened_at, duty=duty, staff_ref=staff_ref)
        append("response.duty_assigned", ref, row, by=by, happened_at=happened_at, at=at, token=token)
        return row


def note(
    ref: str, words: str, *, by: Actor, happened_at: datetime, at: datetime, token: str | None = None
) -> Link:
    """A few words, kept where they can be erased."""
    with transaction():
        if first := seen(token, by=by):
            return first
        rules.check_note(words)
        queries.response(ref)
        when: dict[str, Any] = {"happened_at": happened_at, "at": at}
        return append("response.noted", ref, by=by, token=token, note=words.strip(), **when)


def to_aftercare(
    ref: str, *, by: Actor, happened_at: datetime, at: datetime, token: str | None = None
) -> Step:
    """The emergency is over: the person is watched in aftercare, and the place is free again."""
    with transaction():
        if first := seen(token, by=by):
            return rows_of(first, Step)[0]
        response = queries.response(ref)
        row = add_step(ref, Done("aftercare", happened_at), by=by, at=at, token=token)
        free_the_place(response, by=by, happened_at=happened_at, at=at)
        return row


def close(
    ref: str,
    outcome: str,
    plan: str | None = None,
    *,
    by: Actor,
    happened_at: datetime,
    at: datetime,
    token: str | None = None,
    note: str | None = None,
    visit_ends: bool = False,
) -> Closing:
    """End a response with its outcome. What else is missing is listed, never asked for first.

    `visit_ends`: where the outcome says that the person is gone, their visit ends too. Whoever is to be
    observed here is in aftercare from then on, if they were not."""
    with transaction():
        if first := seen(token, by=by):
            return rows_of(first, Closing)[0]
        response = queries.response(ref)
        check_not_ahead(happened_at, at)
        check_choice(site.book(), "outcome", outcome, "outcome")
        rules.check_plan(plan)
        rules.check_open_for_closing(queries.case(ref))
        row = Closing(response_id=response.id, happened_at=happened_at, outcome=outcome, plan=plan)
        when: dict[str, Any] = {"happened_at": happened_at, "at": at}
        append("response.closed", ref, row, by=by, token=token, note=note, **when)
        gone = rules.is_gone(site.book().choice("outcome", outcome).group)
        if gone and visit_ends:
            end_the_visit(ref, by=by, **when)
        elif plan == OBSERVED_HERE and not gone:
            free_the_place(response, by=by, **when)
        return row


def no_overdose(ref: str, *, by: Actor, at: datetime, token: str | None = None) -> Link:
    """It was none: the start is struck. Every entry stays readable, and nothing of it counts."""
    with transaction():
        if first := seen(token, by=by):
            return first
        standing = queries.standing_recognition(queries.response(ref).id)
        if standing is None:
            raise Conflict(N_("%(ref)s was already said to be no overdose."), ref=ref)
        return trail_amend.strike(standing.link_seq, by=by, at=at, token=token, reason="did_not_happen")


def take_up_again(ref: str, *, by: Actor, at: datetime, token: str | None = None) -> Response:
    """It was one after all: it runs on from where and when it had begun."""
    with transaction():
        if first := seen(token, by=by):
            return queries.response(first.subject)
        response = queries.response(ref)
        take_up_if_struck(response, by=by, at=at, token=token)
        return response


def strike(
    seq: int,
    *,
    by: Actor,
    at: datetime,
    reason: str = "other",
    token: str | None = None,
    note: str | None = None,
) -> Link:
    """Take one entry out of what counts; a struck closing opens the response again."""
    with transaction():
        if first := seen(token, by=by):
            return first
        _check_may_change(queries.entry(seq), by)
        return trail_amend.strike(seq, by=by, at=at, reason=reason, token=token, note=note)


def amend(
    seq: int,
    *,
    happened_at: datetime,
    reason: str,
    by: Actor,
    at: datetime,
    changes: dict[str, Any] | None = None,
    token: str | None = None,
    note: str | None = None,
) -> Link:
    """Replace an entry by one with another time or other values (`changes`, by column); both stay."""
    with transaction():
        if first := seen(token, by=by):
            return first
        old = queries.entry(seq)
        _check_may_change(old, by)
        rows = [changed_row(row, happened_at, changes or {}, at) for row in queries.rows_on(old)]
        rows += [move for row in list(rows) for move in stock_used(row, instead_of=seq)]
        words: dict[str, Any] = {"happened_at": happened_at, "at": at, "reason": reason, "note": note}
        return trail_amend.amend(seq, *rows, by=by, token=token, **words)


def _where(
    where: str,
    place_code: str | None,
    visit_ref: str | None,
    happened_at: datetime,
    response_id: int | None = None,
) -> dict[str, Any]:
    area = "place" if place_code else where
    rules.check_area(area)
    if place_code:
        site.book().place(place_code)
    visit_id = queries.visit_id(visit_ref, place_code, happened_at)
    if visit_id is None and response_id is not None and not place_code:
        visit_id = queries.known_visit_id(response_id)
    return {"happened_at": happened_at, "area": area, "place_code": place_code, "visit_id": visit_id}


def _check_may_change(link: Link, by: Actor) -> None:
    own = link.actor == by.ref
    rules.check_may_change(queries.case(link.subject), own, by.can(Permission.AMEND_ANY))
