"""The visits of people of the register: who came when, whichever of their registrations it was under."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, select

from sitelog.people import queries as people
from sitelog.people.queries import Mention
from sitelog.store.db import db
from sitelog.trail.amend import is_current
from sitelog.visits.models import Arrival, Visit

# Built once: putting a statement together costs more than running it.
_IDS: Any = bindparam("ids", expanding=True)
# The last word about who came, struck or not.
_LAST = select(func.max(Arrival.id)).group_by(Arrival.visit_id)
_OF = (
    select(Visit.id, Visit.ref, Arrival.happened_at, is_current(Arrival).label("stands"))
    .join(Arrival, Arrival.visit_id == Visit.id)
    .where(
        Arrival.person_id.in_(_IDS),
        Arrival.id.in_(_LAST.where(Arrival.visit_id == Visit.id).correlate(Visit)),
    )
)
_FIRST = select(Arrival.person_id, func.min(Arrival.happened_at)).where(
    Arrival.person_id.in_(_IDS), is_current(Arrival)
)
_FIRST = _FIRST.group_by(Arrival.person_id)


def mentions(person_ids: Collection[int]) -> list[Mention]:
    """Every visit of these registrations; a struck one too, as it no longer stands."""
    rows = db.session.execute(_OF, {"ids": sorted(person_ids)}).all()
    return [Mention("visit", row.ref, row.happened_at, row.stands) for row in rows]


def visit_ids(person_ids: Collection[int]) -> set[int]:
    """The visits of these registrations, struck ones too."""
    return {row.id for row in db.session.execute(_OF, {"ids": sorted(person_ids)})}


def first_visits(person_ids: Iterable[int]) -> dict[int, datetime]:
    """When these people came here for the first time ever; who never did is left out. One query."""
    wanted = set(person_ids)
    whole = people.together(wanted)
    first: dict[int, datetime] = {}
    rows: Iterable[Any] = db.session.execute(_FIRST, {"ids": sorted(whole)})
    for one, at in rows:
        first[whole[one]] = min(at, first.get(whole[one], at))
    return {one: first[people.root(one)] for one in wanted if people.root(one) in first}
