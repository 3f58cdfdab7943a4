"""The verbs of on-site services: give, amend, strike."""

from datetime import datetime
from typing import Any

from sitelog.ground.access import Actor
from sitelog.ground.errors import Refused
from sitelog.ground.words import N_
from sitelog.people import queries as people
from sitelog.services import rules
from sitelog.services.models import Component, Given, Strip
from sitelog.services.rules import Details
from sitelog.site import queries as site
from sitelog.store.recorded import Recorded
from sitelog.store.transaction import transaction
from sitelog.trail import amend as amending
from sitelog.trail import queries as trail
from sitelog.trail.actions import append, seen
from sitelog.trail.models import Link
from sitelog.visits import queries as visits

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
    note: str | None = None,
) -> Given:
    """A service was given: within a visit, to a person by ref, or to nobody named."""
    with transaction():
        if first := seen(token, by=by):
            return trail.rows_of(first, Given)[0]
        rules.check_details(site.book(), kind, details)
        came = visits.visit(visit) if visit else None
        person_id = came.person_id if came else people.person(person).id if person else None
        number = trail.next_number(Given)
        row = Given(number=number, ref=f"T{number:04d}", visit_id=came.id if came else None)
        row.person_id = person_id
        rows = _said(row, kind, details, happened_at, by.ref)
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
    """Say again what was given and when; whom it was given to stays."""
    with transaction():
        if first := seen(token, by=by):
            return first
        old = check_changeable(seq, by)
        amending.check_amendable(seq)
        rules.check_details(site.book(), kind, details)
        was = trail.rows_of(old, Given)[0]
        row = Given(number=was.number, ref=was.ref, person_id=was.person_id, visit_id=was.visit_id)
        rows = _said(row, kind, details, happened_at, was.by)
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


def check_changeable(seq: int, by: Actor) -> Link:
    """The entry of a service, if this person may change it."""
    old = trail.link(seq)
    if old.noun != "service":
        raise Refused(N_("Entry %(seq)s is not about a service."), seq=seq)
    amending.check_own(old, by)
    return old


def _said(row: Given, kind: str, details: Details, happened_at: datetime, by: str) -> list[Recorded]:
    row.kind, row.happened_at, row.by = kind, happened_at, by
    for name in ("attending", "topic", "result_given", "expected", "did"):
        setattr(row, name, getattr(details, name))
    strips = [Strip(ref=row.ref, strip=strip, result=result) for strip, result in details.strips]
    found = [Component(ref=row.ref, component=code) for code in dict.fromkeys(details.found)]
    return [row, *strips, *found]
