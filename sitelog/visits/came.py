"""One visit, or several by id: as it began, its course from there, what was declared."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, fields
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import BindParameter, CompoundSelect, bindparam, cast, literal, null, select, union_all
from sqlalchemy.types import Integer, String

from sitelog.ground.errors import Conflict, Unknown
from sitelog.ground.words import N_
from sitelog.people import queries as people
from sitelog.site import queries as site
from sitelog.store.db import db
from sitelog.store.transaction import connection
from sitelog.trail import queries as trail
from sitelog.trail.amend import is_current
from sitelog.visits.models import Arrival, Declared, Departure, Stay, Visit
from sitelog.visits.rules import LAST_TURN, Asked, Course, Item, Step, unnamed


@dataclass(frozen=True)
class Came:
    """A visit as it began: `id`, who, when, and what was asked at the door (`asked`)."""

    id: int
    ref: str
    number: int
    seq: int
    person_id: int | None
    anonymous_number: int | None
    arrived_at: datetime
    asked: Asked

    @property
    def purpose(self) -> str:
        """What they came for: consume or service."""
        return self.asked.purpose


# Built once: putting a statement together costs more than running it.
_ASKED = tuple(field.name for field in fields(Asked) if hasattr(Arrival, field.name))
CAME = select(
    Visit.ref,
    Visit.number,
    Arrival.visit_id,
    Arrival.link_seq,
    Arrival.person_id,
    Arrival.anonymous_number,
    Arrival.happened_at,
    *(getattr(Arrival, name) for name in _ASKED),
)
CAME = CAME.join(Arrival, Arrival.visit_id == Visit.id).where(is_current(Arrival))
_CAME_REF, CAME_IDS = (
    CAME.where(Visit.ref == bindparam("ref")),
    CAME.where(Visit.id.in_(bindparam("ids", expanding=True))),
)
_STEPS: CompoundSelect[Any] = union_all(
    select(
        Stay.visit_id, Stay.area, Stay.happened_at, Stay.turn, Stay.place_code, Stay.episode, Stay.link_seq
    ).where(Stay.visit_id == bindparam("visit"), is_current(Stay)),
    select(
        Departure.visit_id,
        literal("left"),
        Departure.happened_at,
        literal(LAST_TURN),
        cast(null(), String),
        cast(null(), Integer),
        Departure.link_seq,
    ).where(Departure.visit_id == bindparam("visit"), is_current(Departure)),
)
_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
_DECLARED = select(Declared.visit_id, Declared.episode, Declared.substance, Declared.route)
_DECLARED = _DECLARED.where(Declared.visit_id.in_(_IDS), is_current(Declared)).order_by(Declared.id)


def visit(ref: str) -> Came:
    """The visit people call by this ref. Unknown if there is none, Conflict if its arrival was struck."""
    row = connection().execute(_CAME_REF, {"ref": ref}).first()
    if row is None:
        raise _no_such(ref)
    return read_row(row)


def _no_such(ref: str) -> Unknown | Conflict:
    if db.session.scalar(select(Visit.id).where(Visit.ref == ref)) is None:
        return Unknown(N_("There is no visit %(ref)s."), ref=ref)
    return Conflict(N_("%(ref)s was struck: that visit did not happen."), ref=ref)


def whose(refs: Collection[str]) -> dict[str, tuple[int, int | None]]:
    """The id and the person's id of these visits, by ref; one that was struck, or never was, is left out."""
    chosen = select(Visit.ref, Visit.id, Arrival.person_id).join(Arrival, Arrival.visit_id == Visit.id)
    rows = trail.in_parts(chosen.where(is_current(Arrival)), Visit.ref, refs)
    return {ref: (visit_id, person_id) for ref, visit_id, person_id in rows}


def read_row(row: Any) -> Came:
    """A row of `CAME` as a value."""
    ref, number, visit_id, seq, person_id, anonymous_number, happened_at, *answers = row
    asked = Asked(**dict(zip(_ASKED, answers, strict=True)))
    return Came(visit_id, ref, number, seq, person_id, anonymous_number, happened_at, asked)


def course(came: Came) -> Course:
    """Everything that stands about where somebody was, from arrival to now."""
    rows = connection().execute(_STEPS, {"visit": came.id})
    steps = tuple(Step(area, t, turn, code, n, seq) for _, area, t, turn, code, n, seq in rows)
    named = partial(who, came.person_id, came.anonymous_number)
    return Course(came.id, came.ref, came.arrived_at, steps, site.calendar(), named)


def who(person_id: int | None, anonymous_number: int | None) -> str:
    """What to call somebody: their handle, or Anon and the number of the day."""
    if person_id is None:
        return unnamed(anonymous_number)
    return people.handle_of([person_id]).get(person_id, "")


def names_of(visit_ids: Iterable[int]) -> dict[int, str]:
    """What to call the people of these visits."""
    rows = connection().execute(CAME_IDS, {"ids": list(set(visit_ids))}).all()
    known = people.handle_of(row.person_id for row in rows if row.person_id)
    return {row.visit_id: known.get(row.person_id or 0, unnamed(row.anonymous_number)) for row in rows}


def declared(visit_ids: Iterable[int]) -> dict[int, dict[int, tuple[Item, ...]]]:
    """What was declared in these visits: visit id -> episode -> items."""
    found: dict[int, dict[int, tuple[Item, ...]]] = defaultdict(dict)
    for visit_id, episode, substance, route in connection().execute(_DECLARED, {"ids": sorted(visit_ids)}):
        found[visit_id][episode] = (*found[visit_id].get(episode, ()), Item(substance, route))
    return found


def visit_number() -> int:
    """The next visit's number; asked inside a write transaction."""
    return trail.next_number(Visit)
