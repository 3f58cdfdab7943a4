"""What the desk asks before it seats somebody: who sits where, what is free, what is usual for whom."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from flask import Flask, current_app
from sqlalchemy import bindparam, func, select

from sitelog.people import queries as people
from sitelog.site import queries as site
from sitelog.site.rules import Place
from sitelog.store.db import db
from sitelog.store.transaction import connection
from sitelog.trail.amend import is_current
from sitelog.visits import here
from sitelog.visits.came import CAME, CAME_IDS, Came, declared, names_of, read_row
from sitelog.visits.models import Arrival, Stay
from sitelog.visits.rules import Item, Occupant, Step

_KEPT_CLEAR = "sitelog.places_kept_clear"
# Built once: putting a statement together costs more than running it.
_SITTING = select(Stay.visit_id, Stay.area, Stay.place_code, Stay.happened_at).where(
    Stay.visit_id.in_(bindparam("ids", expanding=True)), is_current(Stay)
)
_SITTING = _SITTING.order_by(Stay.happened_at, Stay.turn)
_MAX_ANON = select(func.max(Arrival.anonymous_number)).where(
    Arrival.happened_at >= bindparam("start"), Arrival.happened_at < bindparam("end")
)


def positions() -> dict[int, Step]:
    """Where everybody in the house is: visit id -> area, place and since when."""
    ids = here.ids()
    rows = connection().execute(_SITTING, {"ids": sorted(ids)}) if ids else ()
    return {visit_id: Step(area, since, 0, place) for visit_id, area, place, since in rows}


def occupant(code: str, but: int | None = None) -> Occupant | None:
    """Who is in a place, other than the visit `but`."""
    for visit_id, step in positions().items():
        if step.place_code == code and visit_id != but:
            return Occupant(visit_id, names_of([visit_id])[visit_id], step.happened_at)
    return None


def kept_clear_by(app: Flask, codes: Callable[[], set[str]]) -> None:
    """Let a floor above say which places it needs: a response runs there, though nobody sits there now."""
    app.extensions[_KEPT_CLEAR] = codes


def taken() -> set[str]:
    """The places nobody is offered: somebody is there, staff respond there, or they are out of service."""
    inside = {step.place_code for step in positions().values() if step.place_code}
    needed: set[str] = current_app.extensions.get(_KEPT_CLEAR, set)()
    return inside | set(site.out_of_service()) | needed


def free_places() -> list[Place]:
    """The places somebody can be seated in, in the site's order."""
    occupied = taken()
    return [place for place in site.book().places if place.code not in occupied]


def visit_here(person_id: int) -> Came | None:
    """The visit of a person who is in the house."""
    rows = connection().execute(CAME_IDS, {"ids": sorted(here.ids())}).all()
    whole = people.together([person_id])
    return next((read_row(row) for row in rows if row.person_id in whole), None)


def ref_here(text: str) -> str | None:
    """The ref of the visit of whoever is in the house under this handle or code; None where nobody is."""
    known = people.known_as(text)
    came = visit_here(known.id) if known else None
    return came.ref if came else None


def next_anonymous(at: datetime) -> int:
    """The number the next person without a handle gets: it counts within the site's day."""
    day = site.calendar().day(site.calendar().day_of(at))
    highest = connection().scalar(_MAX_ANON, {"start": day.start, "end": day.end})
    return (highest or 0) + 1


@dataclass(frozen=True)
class Usual:
    """What the arrival sheet offers for a person: when they were last here, what they declared then, and
    where they are if they are here now."""

    person: people.Known
    last_at: datetime | None = None
    items: tuple[Item, ...] = ()
    ref: str | None = None
    here: Step | None = None


def usual(known: Sequence[people.Known]) -> list[Usual]:
    """The last visit of each of these people, under whichever of their registrations it was."""
    whole = people.together([person.id for person in known])
    newest = select(func.max(Arrival.id)).where(Arrival.person_id.in_(whole), is_current(Arrival))
    rows = db.session.execute(CAME.where(Arrival.id.in_(newest.group_by(Arrival.person_id)))).all()
    found = sorted(map(read_row, rows), key=lambda came: (came.arrived_at, came.id))
    last = {whole[came.person_id]: came for came in found if came.person_id is not None}
    items = declared(came.id for came in last.values())
    inside = positions() if last else {}
    offered = []
    for person in known:
        came = last.get(person.id)
        one = Usual(person)
        if came is not None:
            first = items.get(came.id, {}).get(1, ())
            one = replace(one, last_at=came.arrived_at, items=first, ref=came.ref, here=inside.get(came.id))
        offered.append(one)
    return offered
