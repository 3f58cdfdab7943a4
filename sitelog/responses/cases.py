"""Cases put together from their rows, for one response or for many, with one query per table."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import select

from sitelog.ground.days import Window
from sitelog.responses import persons
from sitelog.responses.case import Case, Closed, Done, Measured
from sitelog.responses.models import (
    Closing,
    PathwayChange,
    Recognition,
    Response,
    Step,
    Vitals,
    Whereabouts,
)
from sitelog.responses.pathways import suggested
from sitelog.responses.persons import Person
from sitelog.store.db import db
from sitelog.trail import queries as trail
from sitelog.trail.amend import current, is_current

_STEP_FIELDS = [field.name for field in fields(Done) if field.name != "seq"]
_VITALS_FIELDS = [field.name for field in fields(Measured) if field.name != "seq"]


def cases(responses: Sequence[Response], with_vitals: bool = True) -> dict[int, Case]:
    """Everything that stands about these responses, by id, in one query per table."""
    ids = [one.id for one in responses]
    began, where = grouped(Recognition, ids), grouped(Whereabouts, ids)
    pathways, steps = grouped(PathwayChange, ids), grouped(Step, ids)
    vitals = grouped(Vitals, ids) if with_vitals else {}
    closings = grouped(Closing, ids)
    people = persons.of({w[-1].visit_id for w in where.values() if w[-1].visit_id is not None})
    made = {}
    for one in responses:
        rows = (began.get(one.id, []), where.get(one.id, []), pathways.get(one.id, []))
        parts = (steps.get(one.id, []), vitals.get(one.id, []), closings.get(one.id, []))
        made[one.id] = assembled(one, rows, parts, people)
    return made


def began_in(window: Window, with_vitals: bool = True) -> list[tuple[Response, Case]]:
    """The responses recognised in a window that stand, first come first."""
    inside = (Recognition.happened_at >= window.start, Recognition.happened_at < window.end)
    began = select(Recognition.response_id).where(is_current(Recognition), *inside)
    found = db.session.scalars(select(Response).where(Response.id.in_(began)).order_by(Response.number)).all()
    known = cases(found, with_vitals)
    pairs = [(one, known[one.id]) for one in found]
    return [(one, case) for one, case in pairs if not case.struck and case.recognised_at in window]


def ids_of(refs: Collection[str]) -> dict[str, int]:
    """The ids of these responses by ref; one that is not there is left out."""
    rows = trail.in_parts(select(Response.ref, Response.id), Response.ref, refs)
    return {ref: response_id for ref, response_id in rows}


def last_beginning(response_id: int) -> tuple[datetime, dict[str, Any]]:
    """When and where it began by the last word about it, struck or not."""
    began = select(Recognition.happened_at).where(Recognition.response_id == response_id)
    found = db.session.scalar(began.order_by(Recognition.id.desc()).limit(1))
    rows = select(Whereabouts).where(Whereabouts.response_id == response_id)
    where = db.session.scalars(rows.order_by(Whereabouts.id.desc()).limit(1)).one()
    names = ("happened_at", "area", "place_code", "visit_id")
    assert found is not None
    return found, {name: getattr(where, name) for name in names}


def grouped(model: Any, ids: Iterable[int]) -> dict[int, list[Any]]:
    """The standing rows of a table by response, in the order they happened."""
    chosen = current(model).where(model.response_id.in_(list(ids)))
    found: dict[int, list[Any]] = defaultdict(list)
    for row in db.session.scalars(chosen.order_by(model.happened_at, model.id)):
        found[row.response_id].append(row)
    return found


def assembled(one: Response, rows: Any, parts: Any, people: dict[int, Person]) -> Case:
    """One case from its rows: (recognitions, whereabouts, pathways) and (steps, vitals, closings)."""
    began, wheres, pathways = rows
    steps, vitals, closings = parts
    struck = not began
    recognised_at = began[-1].happened_at if began else last_beginning(one.id)[0]
    where = wheres[-1] if wheres else None
    return Case(
        ref=one.ref,
        recognised_at=recognised_at,
        area=where.area if where else "elsewhere",
        place_code=where.place_code if where else None,
        pathway=_pathway(pathways, where, people),
        steps=[_done(step) for step in steps],
        vitals=[_measured(row) for row in vitals],
        closed=_closed(closings[-1]) if closings else None,
        struck=struck,
    )


def _pathway(rows: Sequence[PathwayChange], where: Whereabouts | None, people: dict[int, Person]) -> str:
    if rows:
        return rows[-1].pathway
    person = people.get(where.visit_id) if where and where.visit_id else None
    return suggested(person.classes if person else ())


def _done(row: Step) -> Done:
    return Done(**{name: getattr(row, name) for name in _STEP_FIELDS}, seq=row.link_seq)


def _measured(row: Vitals) -> Measured:
    return Measured(**{name: getattr(row, name) for name in _VITALS_FIELDS}, seq=row.link_seq)


def _closed(row: Closing) -> Closed:
    return Closed(row.happened_at, row.outcome, row.plan, row.link_seq)
