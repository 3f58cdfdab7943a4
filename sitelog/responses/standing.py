"""Responses as alerts, board and tabs show them: not closed yet, or closed and still observed unnamed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, exists, or_, select

from sitelog.responses import persons, rules
from sitelog.responses.case import Case, state_of
from sitelog.responses.cases import assembled, grouped
from sitelog.responses.models import Closing, PathwayChange, Recognition, Response, Step, Vitals, Whereabouts
from sitelog.responses.persons import Person
from sitelog.responses.sentences import step_words, where_label
from sitelog.responses.steps import OBSERVED_HERE
from sitelog.site import queries as site
from sitelog.store.db import db
from sitelog.trail.amend import is_current
from sitelog.trail.queries import Sentence


@dataclass(frozen=True)
class OpenResponse:
    """A response as the alerts, the board and the tabs show it. `said` is its last step, in words."""

    ref: str
    where: str
    area: str
    place_code: str | None
    visit_ref: str | None
    who: str | None
    person_id: int | None
    pathway: str
    state: str
    recognised_at: datetime
    last_dose_at: datetime | None
    doses: int
    said: Sentence | None
    desk_key: int | None
    case: Case


def unclosed() -> list[OpenResponse]:
    """The responses without a closing, running or in aftercare: few queries, whatever their number."""
    return _read(~_has_closing())


def observed_unnamed(since: datetime) -> list[OpenResponse]:
    """Those closed since then of somebody who was to be observed here and of whom no visit is known: nothing
    but the response tells that they are in the house."""
    here = or_(Closing.plan.is_(None), Closing.plan == OBSERVED_HERE)
    closed = (is_current(Closing), Closing.happened_at >= since, here)
    found = _read(exists(select(Closing.id).where(Closing.response_id == Response.id, *closed)), closed=True)
    gone = {one.code for one in site.book().choices("outcome", retired=True) if rules.is_gone(one.group)}
    outcomes = {one.ref: one.case.closed.outcome for one in found if one.case.closed}
    return [one for one in found if one.visit_ref is None and outcomes.get(one.ref) not in gone]


def _read(which: ColumnElement[bool], closed: bool = False) -> list[OpenResponse]:
    beginnings = db.session.execute(
        select(Response, Recognition.happened_at, Whereabouts)
        .join(Recognition, Recognition.response_id == Response.id)
        .join(Whereabouts, Whereabouts.response_id == Response.id)
        .where(is_current(Recognition), is_current(Whereabouts), which)
        .order_by(Recognition.happened_at, Response.id, Whereabouts.happened_at, Whereabouts.id)
    ).all()
    if not beginnings:
        return []
    ids = {one.id for one, _, _ in beginnings}
    steps, vitals = grouped(Step, ids), grouped(Vitals, ids)
    closings = grouped(Closing, ids) if closed else {}
    pathways = grouped(PathwayChange, ids)
    people = persons.of({where.visit_id for _, _, where in beginnings if where.visit_id is not None})
    newest = {one.id: (one, began, where) for one, began, where in beginnings}
    return [
        _open(
            one,
            began,
            where,
            pathways[one.id],
            (steps[one.id], vitals[one.id], closings.get(one.id, [])),
            people,
        )
        for one, began, where in newest.values()
    ]


def _open(
    one: Response, began: datetime, where: Whereabouts, pathways: Any, parts: Any, people: dict[int, Person]
) -> OpenResponse:
    made = assembled(one, ([_At(began)], [where], pathways), parts, people)
    person = people.get(where.visit_id or 0)
    doses = made.all("naloxone")
    return OpenResponse(
        ref=one.ref,
        where=where_label(where.area, where.place_code),
        area=where.area,
        place_code=where.place_code,
        visit_ref=person.visit_ref if person else None,
        who=person.who if person else None,
        person_id=person.person_id if person else None,
        pathway=made.pathway,
        state=state_of(made),
        recognised_at=began,
        last_dose_at=doses[-1].happened_at if doses else None,
        doses=len(doses),
        said=step_words(made.steps[-1]) if made.steps else None,
        desk_key=one.desk_key,
        case=made,
    )


@dataclass(frozen=True)
class _At:
    happened_at: datetime


def _has_closing() -> ColumnElement[bool]:
    return exists(select(Closing.id).where(Closing.response_id == Response.id, is_current(Closing)))
