"""The verbs of on-site services: give, amend, strike; and plan, hold or cancel a session."""

from datetime import datetime
from typing import Any

from sitelog.ground.access import Actor
from sitelog.ground.errors import about
from sitelog.people import queries as people
from sitelog.services import queries, rules
from sitelog.services.entered import rows_of
from sitelog.services.models import Cancelled, Given, Session
from sitelog.services.rules import Details, Plan
from sitelog.services.whole import WholeService, check_service, enter_services
from sitelog.site import queries as site
from sitelog.staff import queries as staff
from sitelog.store.transaction import transaction
from sitelog.trail import amend as amending
from sitelog.trail import queries as trail
from sitelog.trail.actions import append, seen
from sitelog.trail.models import Link
from sitelog.visits import queries as visits
from sitelog.visits.queries import Came

__all__ = ["WholeService", "check_service", "enter_services"]
_NOTHING = Details()


def give(
    kind: str,
    details: Details = _NOTHING,
    *,
    by: Actor,
    happened_at: datetime,
    at: datetime,
    token: str | None = None,
    person: str | None = None,
    visit: str | None = None,
    session: str | None = None,
    note: str | None = None,
) -> Given:
    """A service was given: within a visit, in a session, to a person by ref, or to nobody named."""
    with transaction():
        if first := seen(token, by=by):
            return trail.rows_of(first, Given)[0]
        rules.check_details(site.book(), kind, details)
        came = _came(visit) if visit else None
        person_id = came.person_id if came else people.person(person).id if person else None
        number = trail.next_number(Given)
        row = Given(number=number, ref=f"T{number:04d}", visit_id=came.id if came else None)
        row.person_id, row.session_ref = person_id, session
        rows = rows_of(row, kind, details, happened_at, by.ref)
        words: dict[str, Any] = {"by": by, "happened_at": happened_at, "at": at, "token": token, "note": note}
        append("service.given", row.ref, *rows, **words)
        return row


def amend(
    seq: int,
    kind: str,
    details: Details = _NOTHING,
    *,
    by: Actor,
    happened_at: datetime,
    at: datetime,
    reason: str,
    token: str | None = None,
    note: str | None = None,
) -> Link:
    """Say again what was given and when, another kind too; whom it was given to stays."""
    with transaction():
        if first := seen(token, by=by):
            return first
        old = check_changeable(seq, by)
        amending.check_amendable(seq)
        rules.check_details(site.book(), kind, details)
        was = trail.rows_of(old, Given)[0]
        rules.check_same_session(was.session_ref, was.kind, kind)
        if was.session_ref:
            starts_at = queries.session(was.session_ref).session.starts_at
            rules.check_begun(starts_at, happened_at, site.calendar())
        row = Given(number=was.number, ref=was.ref, person_id=was.person_id, visit_id=was.visit_id)
        row.session_ref = was.session_ref
        rows = rows_of(row, kind, details, happened_at, was.by)
        words: dict[str, Any] = {"by": by, "happened_at": happened_at, "at": at, "token": token, "note": note}
        return amending.amend(seq, *rows, reason=reason, **words)


def strike(
    seq: int,
    *,
    by: Actor,
    at: datetime,
    reason: str = "other",
    token: str | None = None,
    note: str | None = None,
) -> Link:
    """Take a service out of what counts."""
    with transaction():
        if first := seen(token, by=by):
            return first
        check_changeable(seq, by)
        return amending.strike(seq, by=by, at=at, reason=reason, token=token, note=note)


def plan(
    what: Plan,
    *,
    by: Actor,
    happened_at: datetime,
    at: datetime,
    token: str | None = None,
    note: str | None = None,
) -> Session:
    """A session is planned: what, when, where, who leads it."""
    with transaction():
        if first := seen(token, by=by):
            return trail.rows_of(first, Session)[0]
        _check_plan(what, at)
        number = trail.next_number(Session)
        row = _planned(Session(number=number, ref=f"G{number:04d}", by=by.ref), what)
        words: dict[str, Any] = {"by": by, "happened_at": happened_at, "at": at, "token": token, "note": note}
        append("group.planned", row.ref, row, **words)
        return row


def amend_plan(
    seq: int,
    what: Plan,
    *,
    by: Actor,
    happened_at: datetime,
    at: datetime,
    reason: str,
    token: str | None = None,
    note: str | None = None,
) -> Link:
    """Plan a session anew: another time, place or lead."""
    with transaction():
        if first := seen(token, by=by):
            return first
        old = check_changeable(seq, by, "group")
        amending.check_amendable(seq)
        was = queries.planned_in(old)
        _check_plan(what, at)
        row = _planned(Session(number=was.number, ref=was.ref, by=was.by), what)
        words: dict[str, Any] = {"by": by, "happened_at": happened_at, "at": at, "token": token, "note": note}
        return amending.amend(seq, row, reason=reason, **words)


def hold(
    ref: str,
    attending: int,
    *,
    by: Actor,
    happened_at: datetime,
    at: datetime,
    token: str | None = None,
    note: str | None = None,
) -> Given:
    """A planned session was held: one service with how many attended."""
    with transaction():
        if first := seen(token, by=by):
            return trail.rows_of(first, Given)[0]
        found = queries.session(ref)
        rules.check_open(found.state)
        rules.check_begun(found.session.starts_at, happened_at, site.calendar())
        words: dict[str, Any] = {"by": by, "happened_at": happened_at, "at": at, "token": token, "note": note}
        return give(found.session.kind, Details(attending=attending), session=ref, **words)


def cancel(
    ref: str,
    *,
    by: Actor,
    happened_at: datetime,
    at: datetime,
    token: str | None = None,
    note: str | None = None,
) -> Link:
    """A planned session will not be held; why is a note."""
    with transaction():
        if first := seen(token, by=by):
            return first
        rules.check_open(queries.session(ref).state)
        words: dict[str, Any] = {"by": by, "happened_at": happened_at, "at": at, "token": token, "note": note}
        return append("group.cancelled", ref, Cancelled(ref=ref), **words)


def strike_session(
    seq: int,
    *,
    by: Actor,
    at: datetime,
    reason: str = "other",
    token: str | None = None,
    note: str | None = None,
) -> Link:
    """Take a plan, or the cancelling of one, out of what counts; a struck cancelling is planned again."""
    with transaction():
        if first := seen(token, by=by):
            return first
        check_changeable(seq, by, "group")
        return amending.strike(seq, by=by, at=at, reason=reason, token=token, note=note)


def check_changeable(seq: int, by: Actor, noun: str = "service") -> Link:
    """The entry of a service or a session, if this person may change it."""
    return amending.check_changeable(seq, noun, by)


def _check_plan(what: Plan, at: datetime) -> None:
    rules.check_plan(site.book(), what, [one.ref for one in staff.accounts() if one.active], at)


def _came(visit: str) -> Came:
    with about("visit"):
        return visits.visit(visit)


def _planned(row: Session, what: Plan) -> Session:
    row.kind, row.starts_at, row.place, row.leads = what.kind, what.starts_at, what.place, what.leads
    return row
