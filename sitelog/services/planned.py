"""Reads of planned sessions: what became of each is read off the rows that stand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, exists, select

from sitelog.ground.errors import Conflict, Unknown
from sitelog.ground.words import N_
from sitelog.services import rules
from sitelog.services.models import Cancelled, Given, Session
from sitelog.site import queries as site
from sitelog.store.db import db
from sitelog.trail import queries as trail
from sitelog.trail.amend import is_current
from sitelog.trail.models import Link

_HELD = select(Given.attending).where(Given.session_ref == Session.ref, is_current(Given))
_CANCELLED = select(Cancelled.ref).where(Cancelled.ref == Session.ref, is_current(Cancelled))
# A closed session stays on the page for the rest of its day.
AHEAD = timedelta(days=31)


@dataclass(frozen=True)
class Planned:
    """One session as it stands; `attended` once it was held."""

    session: Session
    state: str
    attended: int | None


def session(ref: str) -> Planned:
    """The session people call by this ref; Unknown if there is none."""
    for found in _sessions(Session.ref == ref):
        return found
    raise Unknown(N_("There is no session %(ref)s."), ref=ref[:16])


def sessions(now: datetime) -> Sequence[Planned]:
    """Those of today and the month to come, and earlier ones that nobody closed; soonest first."""
    today = site.calendar().day(site.calendar().day_of(now))
    still = (Session.starts_at >= today.start) | (~exists(_HELD) & ~exists(_CANCELLED))
    return _sessions(Session.starts_at < now + AHEAD, still)


def open_items(now: datetime) -> Sequence[Planned]:
    """Sessions planned for today or before that were neither held nor cancelled; soonest first."""
    today = site.calendar().day(site.calendar().day_of(now))
    return _sessions(Session.starts_at < today.end, ~exists(_HELD), ~exists(_CANCELLED))


def _sessions(*which: ColumnElement[bool] | Any) -> list[Planned]:
    columns = (Session, exists(_HELD), _HELD.limit(1).scalar_subquery(), exists(_CANCELLED))
    chosen = select(*columns).where(is_current(Session), *which).order_by(Session.starts_at, Session.id)
    return [
        Planned(row, rules.state(held=held, cancelled=cancelled), attended)
        for row, held, attended, cancelled in db.session.execute(chosen)
    ]


def planned_in(link: Link) -> Session:
    """The plan one entry said; a Conflict where it said none."""
    for row in trail.rows_of(link, Session):
        return row
    raise Conflict(N_("Only a plan can be changed. Strike this entry instead."))
