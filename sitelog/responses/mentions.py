"""Which responses were to people of the register: for their own page, and for what is erased with them."""

from collections.abc import Collection

from sqlalchemy import case, func, select

from sitelog.people.queries import Mention
from sitelog.responses import persons
from sitelog.responses.models import Recognition, Response, Whereabouts
from sitelog.store.db import db
from sitelog.trail.amend import is_current


def mentions(person_ids: Collection[int]) -> list[Mention]:
    """The responses in visits of these registrations, by the last word about whose visit it was."""
    visits = persons.visits_of(person_ids)
    last = select(func.max(Whereabouts.id)).group_by(Whereabouts.response_id)
    theirs = select(Whereabouts.response_id).where(Whereabouts.id.in_(last), Whereabouts.visit_id.in_(visits))
    stands = func.max(case((is_current(Recognition), 1), else_=0))
    chosen = select(Response.ref, func.max(Recognition.happened_at), stands)
    chosen = chosen.join(Recognition, Recognition.response_id == Response.id).group_by(Response.ref)
    rows = db.session.execute(chosen.where(Response.id.in_(theirs))).all()
    return [Mention("response", ref, at, bool(stands)) for ref, at, stands in rows]
