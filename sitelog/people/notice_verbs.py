"""The verbs about what staff should know: alerts and restrictions, ended by hand, and who was let in."""

from datetime import date, datetime
from typing import Any

from sitelog.ground.access import Actor
from sitelog.ground.errors import Conflict, Unknown
from sitelog.ground.words import N_
from sitelog.people import queries, rules
from sitelog.people.corrections import check_lead
from sitelog.people.models import Alert, Ending, LetIn, Restriction
from sitelog.site import queries as site
from sitelog.site.rules import check_choice
from sitelog.store.transaction import transaction
from sitelog.trail import amend as amending
from sitelog.trail import queries as trail
from sitelog.trail.actions import append, seen


def set_alert(
    ref: str,
    kind: str,
    *,
    by: Actor,
    happened_at: datetime,
    at: datetime,
    token: str | None = None,
    note: str | None = None,
) -> Alert:
    """Tell staff something about a person, until it is ended by hand; `note` is its erasable words."""
    with transaction():
        if first := seen(token, by=by):
            return trail.rows_of(first, Alert)[0]
        check_choice(site.book(), "person_alert", kind, "kind")
        known = queries.person(ref)
        row = Alert(person_id=known.id, kind=kind, happened_at=happened_at, by=by.ref)
        words: dict[str, Any] = {"by": by, "happened_at": happened_at, "at": at, "token": token, "note": note}
        append("person.alert_set", known.ref, row, **words)
        return row


def end_alert(seq: int, **words: Any) -> Ending:
    """The alert of this entry is no longer true."""
    return _end(seq, Alert, "alert_ended", **words)


def restrict(
    ref: str,
    reason: str,
    starts_on: date,
    ends_on: date | None = None,
    *,
    by: Actor,
    happened_at: datetime,
    at: datetime,
    review_on: date | None = None,
    decided_by: str | None = None,
    token: str | None = None,
    note: str | None = None,
) -> Restriction:
    """Ask a person to stay away on these site dates; it is shown at arrival and blocks nothing."""
    with transaction():
        if first := seen(token, by=by):
            return trail.rows_of(first, Restriction)[0]
        check_choice(site.book(), "restriction_reason", reason, "reason")
        rules.check_restriction(starts_on, ends_on, review_on)
        known = queries.person(ref)
        row = Restriction(person_id=known.id, reason=reason, starts_on=starts_on, ends_on=ends_on)
        row.review_on, row.decided_by = review_on, decided_by or by.ref
        row.happened_at, row.by = happened_at, by.ref
        words: dict[str, Any] = {"by": by, "happened_at": happened_at, "at": at, "token": token, "note": note}
        append("person.restricted", known.ref, row, **words)
        return row


def lift(seq: int, **words: Any) -> Ending:
    """The restriction of this entry holds no longer; the site lead says so."""
    return _end(seq, Restriction, "restriction_lifted", **words)


def let_in(
    ref: str,
    reason: str,
    *,
    by: Actor,
    happened_at: datetime,
    at: datetime,
    token: str | None = None,
    note: str | None = None,
) -> LetIn:
    """Somebody comes in although a restriction is in force, for a reason of the list."""
    with transaction():
        if first := seen(token, by=by):
            return trail.rows_of(first, LetIn)[0]
        check_choice(site.book(), "let_in_reason", reason, "let_in")
        known = queries.person(ref)
        row = LetIn(person_id=known.id, reason=reason, happened_at=happened_at, by=by.ref)
        words: dict[str, Any] = {"by": by, "happened_at": happened_at, "at": at, "token": token, "note": note}
        append("person.let_in", known.ref, row, **words)
        return row


def _end(
    seq: int,
    model: type[Alert] | type[Restriction],
    verb: str,
    *,
    by: Actor,
    happened_at: datetime,
    at: datetime,
    token: str | None = None,
    note: str | None = None,
) -> Ending:
    with transaction():
        if first := seen(token, by=by):
            return trail.rows_of(first, Ending)[0]
        if model is Restriction:
            check_lead(by)
        link = trail.link(seq)
        rows = trail.rows_of(link, model)
        if not rows:
            raise Unknown(N_("Entry %(seq)s is nothing that can be ended."), seq=seq)
        amending.check_amendable(seq)
        row = rows[0]
        root = row.root_seq or row.link_seq
        if queries.has_ended(root):
            raise Conflict(N_("That was ended already."))
        ending = Ending(person_id=row.person_id, entry_seq=root, happened_at=happened_at, by=by.ref)
        words: dict[str, Any] = {"by": by, "happened_at": happened_at, "at": at, "token": token, "note": note}
        append(f"person.{verb}", link.subject, ending, **words)
        return ending
